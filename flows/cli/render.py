"""Readings, claims and quotations for eyes: what was read, with the words it was read from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flows.cli.output import plain
from store.model.quoting import Quotation, quote

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from store.model.records import Reading

_RESULT = ("predicate", "tier", "rank", "score")
IN_DOUBT = 0.7
"""Confidence of a value under which it is told to be in doubt: fewer than seven in ten such values are right."""
_HIDDEN = {
    "evidence",
    "field_confidence",
    "recipient_name",
    "recipient",
    "programme",
    "programme_name",
    "edition_year",
    *_RESULT,
    "rank_of",
    "rank_scope",
    "score_unit",
}
_COLOURS = {"recipient": "cyan", "programme": "magenta", "giver": "blue", "event_date": "yellow"} | dict.fromkeys(_RESULT, "green")


def console() -> Console:
    """A console on stdout; colours only for a terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120, highlight=False)


def result_of(claim: Mapping[str, Any]) -> str:
    """What was given, in one cell: "BB 74,54", "Top 30 of 187", "rank 2 of 27 (Jawa Barat)"."""
    parts = [plain(claim[name]) for name in ("predicate", "tier") if claim.get(name)]
    of = f" of {claim['rank_of']}" if claim.get("rank_of") else ""
    among = f" ({claim['rank_scope']})" if claim.get("rank_scope") else ""
    if claim.get("rank"):
        parts.append(f"rank {claim['rank']}{of}{among}")
    elif of or among:
        parts.append((of + among).strip())
    if claim.get("score") is not None:
        unit = claim.get("score_unit") or ""
        number = _printed(claim["score"])
        parts.append({"percent": f"{number} %", "rupiah": f"Rp {number}"}.get(unit, number))
    return " ".join(parts) or plain(claim.get("kind"))


def _printed(number: float) -> str:
    """A number as Indonesian print writes it: 74,54 and 5.870.000.000."""
    text = f"{number:,.0f}" if number == int(number) else f"{number:,.10f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


def headline_of(claim: Mapping[str, Any]) -> str:
    """A result in one line: who, what, which programme and year."""
    programme = plain(claim.get("programme_name") or claim.get("programme"))
    year = plain(claim.get("edition_year"))
    who = plain(claim.get("recipient_name") or claim.get("recipient"))
    return f"{who}: {result_of(claim)} · {programme} {year}".rstrip()


def marked(quotation: Quotation) -> Text:
    """A sentence with its read words set off and labelled; brackets say it where there is no colour."""
    from rich.text import Text

    line, at = Text(), 0
    for mark in quotation.marks:
        line.append(quotation.text[at : mark.start])
        colour = next((_COLOURS[field] for field in mark.fields if field in _COLOURS), "white")
        line.append("[" + quotation.text[mark.start : mark.end] + "]", style=f"bold {colour}")
        line.append(" " + ", ".join(mark.fields), style="dim italic")
        at = mark.end
    line.append(quotation.text[at:])
    return line


def write_details(record: Mapping[str, Any], out: Console) -> None:
    """The filled fields of a claim or evaluation that its headline does not say, one a line."""
    for name, value in record.items():
        if name not in _HIDDEN and value not in (None, "", [], (), {}):
            out.print(f"    {name:<22} {plain(value)}", markup=False, soft_wrap=True)


def write_doubts(claim: Mapping[str, Any], out: Console) -> None:
    """The values of a claim that are in doubt, the least sure first, with their confidence."""
    doubts = sorted((sure, name) for name, sure in claim["field_confidence"].items() if sure < IN_DOUBT)
    if doubts:
        told = ", ".join(f"{name} {_value(claim, name)} ({_printed(round(sure, 2))})" for sure, name in doubts)
        out.print(f"    {'in doubt':<22} {told}", markup=False, soft_wrap=True)


def _value(claim: Mapping[str, Any], name: str) -> str:
    """A field of a claim of the reader or of a row of the database, where persons are two columns."""
    return plain(claim[name] if name in claim else {"name": claim[f"{name}_name"], "position": claim[f"{name}_position"]})


def write_quotations(quotations: list[Quotation], out: Console) -> None:
    """Sentences under a claim, indented, marked."""
    from rich.padding import Padding

    for quotation in quotations:
        out.print(Padding(marked(quotation), (0, 0, 0, 4)))


def write_reading(reading: Reading, out: Console) -> None:
    """One reading: the article, then each claim with its fields and sentences."""
    article = reading.article
    out.print(article.title or article.key, style="bold", markup=False)
    about = " · ".join(part for part in (article.outlet, article.published, article.url, ", ".join(article.authors)) if part)
    if about:
        out.print(about, style="dim", markup=False)
    if reading.unread:
        out.print(f"  not read: {reading.unread}", markup=False)
    elif not reading.claims:
        out.print("  no claims", markup=False)
    for claim in reading.claims:
        record = claim.model_dump(mode="json", by_alias=True)
        out.print(f"  {headline_of(record)}", style="bold", markup=False)
        write_details(record, out)
        write_doubts(record, out)
        write_quotations(quote(article.title, article.text, claim.evidence), out)
    for edition in reading.editions:
        facts = edition.model_dump(mode="json", exclude={"evidence"}, exclude_defaults=True)
        facts["participant_parts"] = "; ".join(f"{part.count} {part.who}" for part in edition.participant_parts)
        out.print("  edition  " + ", ".join(f"{name} {plain(value)}" for name, value in facts.items() if value), markup=False)
    for official in reading.officials:
        out.print(f"  official {official.name}" + (f", {official.position}" if official.position else ""), markup=False)
    for agency in reading.agencies:
        out.print(f"  agency   {agency.name}" + (f" ({agency.key})" if agency.key else ""), markup=False)
    out.print()
