"""Figures of the reader on gold articles: found, right, silent, quoted, with intervals by resampling whole articles.

A claim is found where prize and body agree, right where year and result agree too. Silent is the share of articles without a result
on which nothing was invented. Quoted is the share of filled fields with evidence whose words stand in the article at its offsets.
Background is neither wanted nor punished.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.article import read_json
from extract.reader import Reader
from store.model.records import ConfidentField
from tests.quality.agreement import RESULT, Claim, differences, same_matter
from tests.quality.fields import judged_fields

_RESAMPLES = 1000
_QUOTED: dict[str, tuple[str, ...]] = {
    "recipient": ("recipient", "recipient_name"),
    "edition_year": ("edition_year",),
    **dict.fromkeys(RESULT, RESULT),
    **{name: (name,) for name in ("rank_of", "category", "innovation", "presented_by", "received_by", "event_date", "venue")},
    "giver": ("giver", "programme", "programme_name"),  # a giver may come from the programme; its mention is the evidence then
}


@dataclass(frozen=True)
class FieldJudged:
    """One value of a claim whose body and prize are right: the claim's confidence, the value's (None where none is said), the verdict."""

    field: ConfidentField
    claim: float
    said: float | None
    right: bool


@dataclass(frozen=True)
class Outcome:
    """What the reader made of one gold article: counts of claims and of filled fields, and what went wrong."""

    key: str
    wanted: int
    given: int
    found: int
    right: int
    filled: int
    quoted: int
    faults: tuple[str, ...] = ()
    judged: tuple[tuple[float, bool], ...] = ()
    """Confidence of each claim given, and whether it is right."""
    fields: tuple[FieldJudged, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether there was nothing to find."""
        return self.wanted == 0


@dataclass(frozen=True)
class Figures:
    """The figures of a set of articles; intervals hold 95 of 100 resamples."""

    articles: int
    found: float
    found_between: tuple[float, float]
    right: float
    right_between: tuple[float, float]
    silent: float
    quiet_articles: int
    quoted: float
    fields: int


def read_gold(files: Iterable[Path]) -> list[dict[str, Any]]:
    """The gold articles of some files."""
    items = [json.loads(path.read_text("utf-8")) for path in files]
    return [item for item in items if "gold" in item]


def digest_of(files: Iterable[Path]) -> str:
    """A digest of gold files, their names included: it changes when gold does."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(path.name.encode() + b"\x00" + path.read_bytes() + b"\x00")
    return whole.hexdigest()[:16]


def outcomes(reader: Reader, golds: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Read every gold article, its gold hidden, and compare."""
    return [outcome(item, reader.read_article(read_json({"key": item["key"], **item["article"]})).as_json()) for item in golds]


def outcome(item: dict[str, Any], reading: dict[str, Any]) -> Outcome:
    """Compare one reading (as JSON data) with one gold article."""
    article = item["article"]
    printed = f"{article.get('title') or ''}\n{article.get('text') or ''}"
    claims: list[Claim] = reading["claims"]
    wanted = [claim for claim in item["gold"]["claims"] if not _behind(claim)]
    given = [claim for claim in claims if not _behind(claim)]
    several = Counter(_holder(claim) for claim in wanted)
    pairs = _paired(wanted, given, printed, several)
    faults, right = [], 0
    for i, (j, wrong) in sorted(pairs.items()):
        right += not wrong
        if wrong:
            said = {slot: (wanted[i].get(slot), given[j].get(slot)) for slot in wrong}
            faults.append(f"differs {wanted[i].get('recipient_name')}: {said}")
    faults += [f"missed {_holder(claim)}" for i, claim in enumerate(wanted) if i not in pairs]
    spare = [claim for j, claim in enumerate(given) if j not in {taken for taken, _ in pairs.values()}]
    ground = [claim for claim in item["gold"]["claims"] if _behind(claim)]
    invented = [claim for claim in spare if not any(same_matter(one, claim) for one in ground)]
    faults += [f"invented {_holder(claim)}" for claim in invented]
    quoted, filled = quotations(claims, article)
    judged = [(given[j]["confidence"], not wrong) for j, wrong in pairs.values()] + [(claim["confidence"], False) for claim in invented]
    fields = tuple(
        FieldJudged(name, given[j]["confidence"], given[j].get("field_confidence", {}).get(name), agrees)
        for i, (j, _) in pairs.items()
        for name, agrees in judged_fields(wanted[i], given[j], printed)
    )
    counts = (len(wanted), len(pairs) + len(invented), len(pairs), right, filled, quoted)
    return Outcome(item["key"], *counts, tuple(faults), tuple(judged), fields)


def _behind(claim: Claim) -> bool:
    return "background" in (claim.get("flags") or ())


def _holder(claim: Claim) -> str:
    return f"{claim.get('programme') or claim.get('programme_name')} | {claim.get('recipient_name')}"


def _paired(wanted: Sequence[Claim], given: Sequence[Claim], printed: str, several: Counter[str]) -> dict[int, tuple[int, list[str]]]:
    """One to one, the pairs with fewest differences first: gold index → (index of the reading's claim, differing slots)."""
    options = [
        (wrong, i, j)
        for i, want in enumerate(wanted)
        for j, got in enumerate(given)
        if same_matter(want, got)
        for wrong in [differences(want, got, printed, one_of_several=several[_holder(want)] > 1)]
    ]
    pairs: dict[int, tuple[int, list[str]]] = {}
    for wrong, i, j in sorted(options, key=lambda option: (len(option[0]), option[1], option[2])):
        if i not in pairs and j not in {taken for taken, _ in pairs.values()}:
            pairs[i] = (j, wrong)
    return pairs


def quotations(claims: Iterable[Claim], article: dict[str, Any]) -> tuple[int, int]:
    """(fields with a true quotation, filled fields) over claims; the words must stand in the article at those offsets."""
    quoted = filled = 0
    for claim in claims:
        true = {span["field"] for span in claim["evidence"] if span["text"] and _cited(article, span) == span["text"]}
        names = {field: by for field, by in _QUOTED.items() if claim.get(field) not in (None, "")}
        if claim.get("programme") or claim.get("programme_name"):
            names["programme"] = ("programme", "programme_name")
        filled += len(names)
        quoted += sum(bool(true.intersection(by)) for by in names.values())
    return quoted, filled


def _cited(article: dict[str, Any], span: dict[str, Any]) -> str:
    return str(article.get(span["in"]) or "")[span["start"] : span["end"]]


def figures(results: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes, with intervals by resampling articles (the same seed every time)."""
    draw = random.Random(0)
    samples = [draw.choices(results, k=len(results)) for _ in range(_RESAMPLES)] if results else []
    quiet = [item for item in results if item.quiet]
    filled = sum(item.filled for item in results)
    return Figures(
        articles=len(results),
        found=_found(results),
        found_between=_between(samples, _found),
        right=_right(results),
        right_between=_between(samples, _right),
        silent=sum(item.given == 0 for item in quiet) / len(quiet) if quiet else 1.0,
        quiet_articles=len(quiet),
        quoted=sum(item.quoted for item in results) / filled if filled else 1.0,
        fields=filled,
    )


def _found(results: Sequence[Outcome]) -> float:
    return _f1(sum(item.found for item in results), results)


def _right(results: Sequence[Outcome]) -> float:
    return _f1(sum(item.right for item in results), results)


def _f1(hits: int, results: Sequence[Outcome]) -> float:
    both = sum(item.given + item.wanted for item in results)
    return 2 * hits / both if both else 1.0


def _between(samples: Sequence[Sequence[Outcome]], measure: Callable[[Sequence[Outcome]], float]) -> tuple[float, float]:
    values = sorted(measure(sample) for sample in samples)
    return (values[int(0.025 * len(values))], values[int(0.975 * len(values))]) if values else (0.0, 1.0)
