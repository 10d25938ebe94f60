"""Lists of what is known: bodies, people in posts, programmes, and what articles say of whole editions. In the order of names."""

from __future__ import annotations

from store.model.keys import fold
from store.sql.database import Database
from store.sql.queries.filters import Filters
from store.sql.queries.lists import NO_FILTERS, Listing, Page, Question, page
from store.sql.queries.rows import columns


def _by_words(question: Question, column: str) -> None:
    """Narrow to names that hold every word; these tables are small enough to look through."""
    for number, word in enumerate(fold(question.filters.text or "").split()):
        question.values[f"word_{number}"] = f"%{word}%"
        question.conditions.append(f"{column} LIKE :word_{number}")


AGENCIES = Listing(
    "agencies",
    columns(
        "a",
        "key name level kind parent_key province_code province_name since_date until_date spellings successor_keys likely_key "
        "origin verified folded_name",
        json="spellings successor_keys",
        yes_no="verified",
        parent_name="(SELECT p.name FROM agency p WHERE p.key = a.parent_key)",
        evaluation_count="(SELECT count(*) FROM evaluation e WHERE e.entity_key = a.key AND NOT e.taken_down AND e.review <> 'rejected')",
    ),
    "agency a",
    ("a.folded_name", "a.key"),
    ("folded_name", "key"),
    False,
    {"province": "a.province_code", "level": "a.level", "kind": "a.kind", "recipient": "a.key"},
    more=("text",),
    adjust=lambda question: _by_words(question, "a.folded_name"),
)

OFFICIALS = Listing(
    "officials",
    columns(
        "t",
        "position agency_key acting since_date until_date first_seen_date last_seen_date origin verified",
        yes_no="known verified",
        key="o.key",
        name="o.name",
        folded_name="o.folded_name",
        known="o.known",
        tenure_key="t.key",
        agency_name="(SELECT a.name FROM agency a WHERE a.key = t.agency_key)",
    ),
    "official o JOIN tenure t ON t.official_key = o.key",
    ("o.folded_name", "t.key"),
    ("folded_name", "tenure_key"),
    False,
    {"recipient": "t.agency_key", "position": "t.position"},
    more=("text",),
    adjust=lambda question: _by_words(question, "o.folded_name"),
)

PROGRAMMES = Listing(
    "programmes",
    columns(
        "p",
        "key name kind giver_key eligible tiers categories score_unit score_low score_high year_offset first_year last_year "
        "origin verified",
        json="eligible tiers categories",
        yes_no="verified",
        giver="(SELECT a.name FROM agency a WHERE a.key = p.giver_key)",
        evaluation_count="(SELECT count(*) FROM evaluation e WHERE e.programme = p.key AND NOT e.taken_down AND e.review <> 'rejected')",
    ),
    "programme p",
    ("p.key",),
    ("key",),
    False,
    {"programme": "p.key", "kind": "p.kind", "giver": "p.giver_key"},
    more=("text",),
    adjust=lambda question: _by_words(question, "lower(p.key || ' ' || p.name)"),
)

EDITIONS = Listing(
    "editions",
    columns(
        "d",
        "version_key place programme programme_name year number categories participants participant_parts steps flags evidence",
        json="categories participant_parts steps flags evidence",
        article_key="v.article_key",
        outlet="a.outlet",
        published="v.published",
    ),
    "edition d JOIN article_version v ON v.key = d.version_key AND NOT v.superseded JOIN article a ON a.key = v.article_key",
    ("d.version_key", "d.place"),
    ("version_key", "place"),
    False,
    {"programme": "d.programme", "year": "d.year", "article": "v.article_key"},
)


def agencies(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """Bodies by name: national, regional, their units, and unresolved names (key starts with ~), with their evaluations counted."""
    return page(database, AGENCIES, filters, limit, after)


def officials(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """People in public posts by name, a row for each post they were known or seen in."""
    return page(database, OFFICIALS, filters, limit, after)


def programmes(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """Programmes by key, with their giver and their evaluations counted."""
    return page(database, PROGRAMMES, filters, limit, after)


def editions(database: Database, filters: Filters = NO_FILTERS, *, limit: int = 50, after: str | None = None) -> Page:
    """What articles say of whole rounds of programmes."""
    return page(database, EDITIONS, filters, limit, after)
