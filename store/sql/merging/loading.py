"""Reading claims and programme facts for merging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, tuple_

from store.model.keys import fold
from store.sql import tables
from store.sql.merging.choosing import FIELDS
from store.sql.merging.decided import Decided, Neighbourhoods, Pair
from store.sql.merging.telling import ProgrammeFacts, Telling, word
from store.sql.rows import Row, chunks
from store.sql.tables import table

_VALUES = (*FIELDS, "edition_year", "kind", "flags", "also_received_by", "recipient_name", "programme", "programme_name")
_LEADING = frozenset({"kategori", "klaster", "kluster", "cluster", "bidang"})


def load_tellings(connection: Connection, pairs: Sequence[Pair], around: Neighbourhoods, decided: Decided) -> dict[Pair, list[Telling]]:
    """The claims that hold, by pair of programme and entity."""
    claim, article = table(tables.Claim), table(tables.Article)
    columns = [claim.c[name] for name in _OWN + _VALUES]
    found: dict[Pair, list[Telling]] = {pair: [] for pair in pairs}
    for part in chunks(pairs):
        query = (
            select(*columns, article.c.story_key, article.c.official, article.c.published_date)
            .join(article, article.c.key == claim.c.article_key)
            .where(tuple_(claim.c.programme_id, claim.c.entity_key).in_(part), ~claim.c.superseded)
        )
        for row in connection.execute(query).mappings():
            if row["identity_key"] not in decided.rejected_claims and row["article_key"] not in decided.hidden_articles:
                found[row["programme_id"], row["entity_key"]].append(_telling(row, around))
    return found


_OWN = (
    "key",
    "identity_key",
    "article_key",
    "outlet",
    "shown_date",
    "programme_id",
    "entity_key",
    "background",
    "confidence",
    "field_confidence",
    "reader",
)


def _telling(row: Mapping[Any, Any], around: Neighbourhoods) -> Telling:
    own = around.entities.root(row["entity_key"])
    likely = around.likely.get(row["entity_key"]) if own == row["entity_key"] else None
    category, giver = row["category"], None
    if row["programme_id"].startswith("name:"):
        giver = row["giver_key"] or (fold(row["giver"]) if row["giver"] else None)
    elif row["programme_id"].startswith("giver:"):
        # Without a name of the prize its own words tell one prize of a giver from another.
        category = " ".join(filter(None, (row["category"], row["tier"], row["predicate"]))) or None
    return Telling(
        key=row["key"],
        identity_key=row["identity_key"],
        article=row["article_key"],
        story=row["story_key"],
        outlet=row["outlet"] or row["article_key"],
        official=row["official"],
        published=row["published_date"],
        shown=row["shown_date"],
        programme=around.programmes.root(row["programme_id"]),
        entity=around.entities.root(likely) if likely else own,
        own_entity=own,
        resolved=likely is None,
        year=row["edition_year"],
        category=_plain(category),
        innovation=_plain(row["innovation"]),
        giver=giver,
        background=row["background"],
        confidence=row["confidence"],
        field_confidence=row["field_confidence"],
        reader=row["reader"],
        values={name: row[name] for name in _VALUES},
    )


def _plain(name: str | None) -> str | None:
    """A category as it is compared: folded, without the word that only says it is one."""
    words = fold(name or "").split()
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return " ".join(words) or None


def load_programmes(connection: Connection, keys: Iterable[str]) -> dict[str, ProgrammeFacts]:
    """What is known of programmes, by key."""
    programme, step = table(tables.Programme), table(tables.ProgrammeStep)
    wanted = sorted(set(keys))
    steps: dict[str, dict[str, str]] = {}
    facts: dict[str, ProgrammeFacts] = {}
    for part in chunks(wanted):
        for row in connection.execute(select(step).where(step.c.programme.in_(part)).order_by(step.c.scale, step.c.place)).mappings():
            for spelling in (row["name"], *row["spellings"]):
                steps.setdefault(row["programme"], {})[word(spelling)] = word(row["name"])
        for row in connection.execute(select(programme).where(programme.c.key.in_(part))).mappings():
            facts[row["key"]] = ProgrammeFacts(row["name"], row["kind"], row["year_offset"], row["year_turns"], steps.get(row["key"], {}))
    return facts


def load_bodies(connection: Connection, keys: Iterable[str]) -> dict[str, Row]:
    """Name and province of bodies, by key."""
    agency = table(tables.Agency)
    columns = agency.c.key, agency.c.name, agency.c.level, agency.c.province_code, agency.c.province_name
    found: dict[str, Row] = {}
    for part in chunks(sorted(set(keys))):
        found.update({row["key"]: dict(row) for row in connection.execute(select(*columns).where(agency.c.key.in_(part))).mappings()})
    return found
