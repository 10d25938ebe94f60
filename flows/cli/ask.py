"""`rapor ask`: lists out of the database. Imports no pillar but the database, so that it answers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.output import Format, Row, chosen, write_rows
from flows.cli.render import result_of
from store.model.errors import UsageError

if TYPE_CHECKING:
    from store.sql.database import Database
    from store.sql.queries import Filters


class Noun(StrEnum):
    """What can be asked for."""

    EVALUATIONS = "evaluations"
    CLAIMS = "claims"
    AGENCIES = "agencies"
    OFFICIALS = "officials"
    PROGRAMMES = "programmes"
    ARTICLES = "articles"


_MOMENTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]

# The columns of a table, by their names or by how they are made; the other formats hold every column.
_TABLES: Mapping[Noun, tuple[str, ...]] = {
    Noun.EVALUATIONS: ("key", "shown_date", "recipient_name", "result", "programme", "edition_year", "source_count", "confidence"),
    Noun.CLAIMS: ("key", "published", "outlet", "recipient_name", "result", "programme", "edition_year", "confidence", "evaluation_key"),
    Noun.AGENCIES: ("key", "name", "level", "kind", "province_name"),
    Noun.OFFICIALS: ("name", "position", "agency_key", "acting", "since_date", "until_date"),
    Noun.PROGRAMMES: ("key", "name", "kind", "giver_key", "first_year", "last_year"),
    Noun.ARTICLES: ("key", "published", "outlet", "title", "claim_count", "unread"),
}
_SEARCHED = (Noun.EVALUATIONS, Noun.CLAIMS, Noun.ARTICLES)
"""Nouns with a full-text index: their rows say where the words were found."""
_LABELS = {
    "snippet": "found",
    "shown_date": "date",
    "recipient_name": "recipient",
    "edition_year": "year",
    "source_count": "sources",
    "evaluation_key": "evaluation",
    "province_name": "province",
    "claim_count": "claims",
    "giver_key": "giver",
}
_MADE: Mapping[str, Callable[[Row], Any]] = {
    "result": result_of,
    "programme": lambda row: row.get("programme") or row.get("programme_name"),
    "published": lambda row: (row.get("published") or "")[:10],
    "confidence": lambda row: f"{row['confidence']:.2f}".replace(".", ",") if "confidence" in row else None,
}


def ask(
    ctx: typer.Context,
    noun: Annotated[Noun, typer.Argument(help="What to list.", show_default=False)],
    programme: Annotated[str | None, typer.Option(help="Key or name of a programme: sakip, KLA.")] = None,
    year: Annotated[int | None, typer.Option(help="The year judged.")] = None,
    agency: Annotated[str | None, typer.Option("--agency", "--recipient", help="Who holds it: code, key or name (32.73).")] = None,
    province: Annotated[str | None, typer.Option(help="Name or code of a province.")] = None,
    giver: Annotated[str | None, typer.Option(help="Who gave it: key or name.")] = None,
    kind: Annotated[str | None, typer.Option(help="award, score, predicate, opinion, ranking, …")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who told it.")] = None,
    source: Annotated[str | None, typer.Option(help="Key of the source (articles).")] = None,
    article: Annotated[str | None, typer.Option(help="Key of an article (claims).")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="From this confidence on.")] = None,
    text: Annotated[str | None, typer.Option("--text", "--search", help='Words that must occur; "a phrase", start*.')] = None,
    printed: Annotated[bool, typer.Option("--printed", help="With --text: find no other forms of the words (lapor, melaporkan).")] = False,
    contested: Annotated[bool, typer.Option("--contested", help="Only where sources differ.")] = False,
    as_of: Annotated[
        datetime | None, typer.Option(formats=_MOMENTS, help="What was shown then, in UTC; a day means its first moment.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    everything: Annotated[bool, typer.Option("--all", help="List every one.")] = False,
    fmt: Annotated[Format | None, typer.Option("--format", help="Default: a table, one JSON object a line in a pipe.")] = None,
) -> None:
    """List evaluations, claims, agencies, officials, programmes or articles, narrowed by what you name."""
    from flows.database import connect
    from store.sql import queries

    here = state(ctx)
    filters = queries.Filters(
        programme=programme,
        year=year,
        recipient=agency,
        province=province,
        giver=giver,
        kind=kind,
        outlet=outlet,
        source=source,
        article=article,
        min_confidence=min_confidence,
        text=text,
        as_printed=printed,
        contested=contested,
    )
    database, most = connect(here.settings), None if everything else limit + 1
    rows = _rows(database, noun, filters, as_of, most)
    shape = chosen(fmt)
    more = _Cut(rows, None if everything else limit)
    shown = (_for_eyes(noun, row) for row in more) if shape is Format.TABLE else more
    heads = _TABLES[noun] + (("snippet",) if text and noun in _SEARCHED else ())
    count = write_rows(shown, heads if shape is Format.TABLE else (), shape, _LABELS)
    _say_what_is_missing(here, noun, count, shape, more)


def _say_what_is_missing(here: State, noun: Noun, count: int, shape: Format, more: _Cut) -> None:
    """Say that there is more than what is shown, or nothing."""
    if more.left:
        here.say(f"the first {count} are shown; --all lists every one, --limit more")
    elif count == 0 and shape is Format.TABLE:
        here.say(f"no {noun.value} match")


def _rows(database: Database, noun: Noun, filters: Filters, as_of: datetime | None, most: int | None) -> Iterator[Row]:
    """What there is now, or was shown at a time."""
    from store.sql import queries

    if as_of is None:
        return queries.each(getattr(queries, noun.value), database, filters, limit=most)
    if noun is Noun.EVALUATIONS:
        return iter(queries.evaluations_as_of(database, as_of.replace(tzinfo=UTC), filters, limit=most))
    raise UsageError("only evaluations are known of an earlier time: leave --as-of out")


class _Cut:
    """The first rows of a list; knows afterwards whether there were more."""

    def __init__(self, rows: Iterator[Row], limit: int | None) -> None:
        self._rows, self._limit, self.left = rows, limit, False

    def __iter__(self) -> Iterator[Row]:
        yield from islice(self._rows, self._limit)
        self.left = next(self._rows, None) is not None


def _for_eyes(noun: Noun, row: Row) -> dict[str, Any]:
    made = {name: how(row) for name, how in _MADE.items() if name in _TABLES[noun]}
    return {**row, **made} | ({"snippet": _lit(row)} if "snippet" in row else {})


def _lit(row: Row) -> str:
    """The words around what was found, the found ones in brackets."""
    text, at, parts = row["snippet"], 0, []
    for start, end in row["snippet_marks"]:
        parts += [text[at:start], f"[{text[start:end]}]"]
        at = end
    return "".join([*parts, text[at:]])
