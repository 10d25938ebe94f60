"""The lists one can ask for, a page at a time, newest first or by name.

A page is found by the place where the one before ended, never by counting rows off; every first page has an index to walk.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.queries.filters import Filters, one_of, resolve
from store.sql.queries.rows import Columns, Dict, ask, columns, listed
from store.sql.queries.words import match, pattern_of, snippet, terms_of

NO_FILTERS = Filters()


@dataclass(frozen=True)
class Page:
    """Rows, and the cursor (`after`) that asks for the next ones; None at the end."""

    rows: list[Dict]
    next: str | None = None


@dataclass(frozen=True)
class Indexed:
    """A table with a full-text index: its alias in the question, the name of its FTS5 index, and the columns that are in it."""

    alias: str
    index: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One question: what it selects, from where, in which order, and what narrows it.

    `order` are SQL expressions whose values (in `cursor`, by public name) never repeat together.
    `where` turns a filter into a condition; it may add a source and values.
    """

    noun: str
    selected: Columns
    origin: str
    order: tuple[str, ...]
    cursor: tuple[str, ...]
    descending: bool
    conditions: dict[str, str]
    always: tuple[str, ...] = ()
    search: Indexed | None = None
    more: tuple[str, ...] = ()
    """Filters that `adjust` handles."""
    adjust: Callable[[Question], None] | None = None


@dataclass
class Question:
    """A question being put together."""

    filters: Filters
    dialect: str
    origin: str
    order: tuple[str, ...]
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


def page(database: Database, listing: Listing, filters: Filters, limit: int, after: str | None) -> Page:
    """One page of a list. Keys are taken at their word first; only an empty page asks whether they exist or are names."""
    known = [*listing.conditions, *listing.more, *(["text", "as_printed"] if listing.search else [])]
    filters.require_only(listing.noun, known)
    if limit < 1:
        raise UsageError("limit must be at least 1")
    with database.asking() as connection:
        bodies: dict[str, tuple[str, ...]] = {name: (getattr(filters, name),) for name in ("recipient", "giver") if getattr(filters, name)}
        sql, values = build(listing, filters, bodies, connection.dialect.name, limit + 1, after)
        rows = ask(connection, sql, values, _selected(listing, filters))
        if not rows and filters.given() & {"recipient", "giver", "programme", "province"}:
            resolved, found = resolve(connection, filters)
            if resolved != filters or found != bodies:
                sql, values = build(listing, resolved, found, connection.dialect.name, limit + 1, after)
                rows = ask(connection, sql, values, _selected(listing, filters))
    more = len(rows) > limit
    rows = rows[:limit]
    if filters.text and listing.search:
        _show_found(rows, filters, listing.search)
    return Page(rows, _cursor(rows[-1], listing.cursor) if more else None)


def each(question: Callable[..., Page], database: Database, filters: Filters = NO_FILTERS, *, limit: int | None = None) -> Iterator[Dict]:
    """Every row of a list, page by page, up to `limit` of them: `each(evaluations, database, Filters(year=2019))`."""
    after, left = None, limit
    while left is None or left > 0:
        found = question(database, filters, limit=1000 if left is None else min(left, 1000), after=after)
        yield from found.rows
        left = None if left is None else left - len(found.rows)
        after = found.next
        if after is None:
            return


def build(
    listing: Listing, filters: Filters, bodies: dict[str, tuple[str, ...]], dialect: str, limit: int, after: str | None
) -> tuple[str, dict[str, Any]]:
    """The SQL of a page and its values."""
    question = Question(filters, dialect, listing.origin, listing.order, list(listing.always), {"limit": limit})
    for name in sorted(filters.given() & set(listing.conditions)):
        condition = listing.conditions[name]
        if name in bodies:
            question.conditions.append(one_of(condition, name, bodies[name], question.values))
        elif isinstance(getattr(filters, name), bool):
            question.conditions.append(condition)
        else:
            question.values[name] = getattr(filters, name)
            question.conditions.append(condition if ":" in condition else f"{condition} = :{name}")
    if listing.adjust:
        listing.adjust(question)
    if filters.text and listing.search:
        question.conditions.append(_search(question, listing.search))
    way = " DESC" if listing.descending else ""
    if after is not None:
        _continue(question, listing, after)
    where = f" WHERE {' AND '.join(question.conditions)}" if question.conditions else ""
    order = ", ".join(f"{expression}{way}" for expression in question.order)
    return f"SELECT {_selected(listing, filters).sql} FROM {question.origin}{where} ORDER BY {order} LIMIT :limit", question.values


def _search(question: Question, indexed: Indexed) -> str:
    terms = terms_of(question.filters.text or "", as_printed=question.filters.as_printed)
    question.values["words"] = match(terms, question.dialect)
    if question.dialect == "postgresql":
        return f"{indexed.alias}.search @@ to_tsquery('simple', :words)"
    return f"{indexed.alias}.id IN (SELECT rowid FROM {indexed.index} WHERE {indexed.index} MATCH :words)"


def _selected(listing: Listing, filters: Filters) -> Columns:
    """The columns of a list; where words are searched, those that hold them too, for the snippet."""
    if not (filters.text and listing.search):
        return listing.selected
    searched = tuple((f"searched {name}", f"{listing.search.alias}.{name}") for name in listing.search.columns)
    return replace(listing.selected, expressions=(*listing.selected.expressions, *searched))


def _show_found(rows: list[Dict], filters: Filters, indexed: Indexed) -> None:
    """Put `snippet` and `snippet_marks` in the place of what was searched."""
    pattern = pattern_of(terms_of(filters.text or "", as_printed=filters.as_printed))
    names = [f"searched {name}" for name in indexed.columns]
    for row in rows:
        found = snippet(map(row.pop, names), pattern)
        row["snippet"], row["snippet_marks"] = found.text, found.marks


def _cursor(row: Dict, names: tuple[str, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps([row[name] for name in names]).encode()).decode()


def _continue(question: Question, listing: Listing, after: str) -> None:
    try:
        place = json.loads(base64.urlsafe_b64decode(after.encode()))
    except ValueError as error:
        raise UsageError(f"{after!r} is no cursor of a page") from error
    if not isinstance(place, list) or len(place) != len(question.order):
        raise UsageError(f"{after!r} is a cursor of another list")
    marks = ", ".join(f":after_{number}" for number in range(len(place)))
    question.values.update({f"after_{number}": value for number, value in enumerate(place)})
    question.conditions.append(f"({', '.join(question.order)}) {'<' if listing.descending else '>'} ({marks})")


def _narrow_evaluations(question: Question) -> None:
    reviews = question.filters.reviews
    if reviews:
        question.conditions.append(f"e.review IN {listed('review', reviews, question.values)}")
    else:
        question.conditions.append("e.review <> 'rejected'")
    if question.filters.outlet:
        question.origin = "evaluation_outlet o JOIN evaluation e ON e.key = o.evaluation_key"
        question.order = ("o.shown_date", "o.evaluation_key")
        question.conditions.append("o.outlet = :outlet")
        question.values["outlet"] = question.filters.outlet


_SAID = "recipient_name programme_name giver category innovation predicate tier venue received_by_name presented_by_name"
_EVALUATION = Indexed("e", "evaluation_search", tuple(_SAID.split()))
_ARTICLE = Indexed("v", "article_search", ("title", "text"))
_RESULT = "programme programme_name edition_year kind category innovation predicate tier rank rank_of rank_scope score score_unit "
_PEOPLE = (
    "presented_by_name presented_by_position received_by_name received_by_position also_received_by addressed_to_name "
    "addressed_to_position event_date venue status count_total count_streak flags confidence "
)

EVALUATIONS = Listing(
    "evaluations",
    columns(
        "e",
        f"key {_RESULT} recipient_name recipient_key province_code province_name giver giver_key {_PEOPLE} rules source_count "
        "article_count claim_count official_count conflict_count first_published_date last_published_date shown_date review reader",
        json="also_received_by flags rules",
    ),
    "evaluation e",
    ("e.shown_date", "e.key"),
    ("shown_date", "key"),
    True,
    {
        "programme": "e.programme",
        "year": "e.edition_year",
        "recipient": "e.entity_key",
        "province": "e.province_code",
        "kind": "e.kind",
        "giver": "e.giver_key",
        "min_confidence": "e.confidence >= :min_confidence",
        "contested": "e.conflict_count > 0",
    },
    always=("NOT e.taken_down",),
    search=_EVALUATION,
    more=("reviews", "outlet"),
    adjust=_narrow_evaluations,
)

CLAIMS = Listing(
    "claims",
    columns(
        "c",
        f"key evaluation_key article_key {_RESULT} recipient recipient_name recipient_key giver giver_key {_PEOPLE} field_confidence "
        "outlet shown_date background superseded reader",
        json="also_received_by flags field_confidence",
        yes_no="background superseded",
        title="v.title",
        published="v.published",
        url="a.url",
    ),
    "claim c JOIN article_version v ON v.key = c.version_key JOIN article a ON a.key = c.article_key",
    ("c.shown_date", "c.key"),
    ("shown_date", "key"),
    True,
    {
        "programme": "c.programme",
        "year": "c.edition_year",
        "recipient": "c.entity_key",
        "province": "c.province_code",
        "kind": "c.kind",
        "giver": "c.giver_key",
        "outlet": "c.outlet",
        "evaluation": "c.evaluation_key",
        "article": "c.article_key",
        "min_confidence": "c.confidence >= :min_confidence",
    },
    search=_ARTICLE,
    more=("superseded",),
    adjust=lambda question: None if question.filters.superseded else question.conditions.append("NOT c.superseded"),
)

ARTICLES = Listing(
    "articles",
    columns(
        "a",
        "key url outlet source_key official title published language unread versions story_key claim_count shown_date",
        yes_no="official",
        reader="v.reader",
        read_at="v.read_at",
    ),
    "article a JOIN article_version v ON v.key = a.version_key",
    ("a.shown_date", "a.key"),
    ("shown_date", "key"),
    True,
    {"outlet": "a.outlet", "source": "a.source_key"},
    search=_ARTICLE,
)


def evaluations(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """Evaluations, newest first. Rejected ones are left out unless `reviews` asks for them, those taken down always.

    Raises:
        UsageError: A filter does not exist or cannot be meant.
        StoreError: The database cannot be read.
    """
    return page(database, EVALUATIONS, filters, limit, after)


def claims(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """Claims of the articles as they stand, newest first."""
    return page(database, CLAIMS, filters, limit, after)


def articles(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """Articles, newest first."""
    return page(database, ARTICLES, filters, limit, after)
