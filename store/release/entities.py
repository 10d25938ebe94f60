"""A release as FollowTheMoney entities: bodies, people, posts, who held them, articles, and evaluations as events.

Entities are written as plain JSON in the shape of the vocabulary; a test reads them with its own library.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.model.keys import digest

Entity = dict[str, Any]


def write_entities(release: sqlite3.Connection, path: Path) -> None:
    """Write every entity, one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for made in entities(release):
            file.write(json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n")


def entities(release: sqlite3.Connection) -> Iterator[Entity]:
    """Every entity of the release; those that are pointed to come first."""
    yield from (_agency(row) for row in release.execute("SELECT * FROM agencies ORDER BY rowid"))
    yield from (_person(row) for row in release.execute("SELECT * FROM officials ORDER BY rowid"))
    positions: set[str] = set()
    for row in release.execute("SELECT * FROM posts ORDER BY rowid"):
        yield from _occupancy(row, positions)
    yield from (_article(row) for row in release.execute("SELECT * FROM articles WHERE claim_count > 0 ORDER BY rowid"))
    yield from (_event(row) for row in release.execute("SELECT * FROM evaluations ORDER BY rowid"))
    yield from (
        _documentation(row)
        for row in release.execute(
            "SELECT evaluation_key, article_key, min(published) AS published FROM claims GROUP BY 1, 2 ORDER BY 1, 2"
        )
    )


def identity(noun: str, key: str) -> str:
    """The id of an entity: made of its key, which may hold signs the vocabulary does not allow."""
    return f"rapor-{noun}-{digest(noun, key)}"


def _entity(noun: str, key: str, schema: str, **properties: Any) -> Entity:
    given = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value not in (None, "", [])}
    return {"id": identity(noun, key), "schema": schema, "properties": given}


def _agency(row: sqlite3.Row) -> Entity:
    resolved = not row["key"].startswith("~")
    return _entity(
        "agency",
        row["key"],
        "PublicBody" if resolved else "Organization",
        name=row["name"],
        alias=json.loads(row["spellings"]),
        country="id",
        registrationNumber=row["key"] if resolved and row["key"][0].isdigit() and "/" not in row["key"] else None,
        parent=identity("agency", row["parent_key"]) if row["parent_key"] else None,
        incorporationDate=row["since_date"],
        dissolutionDate=row["until_date"],
        topics="gov" if resolved else None,
    )


def _person(row: sqlite3.Row) -> Entity:
    return _entity("official", row["key"], "Person", name=row["name"], alias=json.loads(row["spellings"]), country="id")


def _occupancy(row: sqlite3.Row, positions: set[str]) -> Iterator[Entity]:
    if row["position"] not in positions:
        positions.add(row["position"])
        organization = identity("agency", row["agency_key"]) if row["agency_key"] else None
        yield _entity("position", row["position"], "Position", name=row["position"], country="id", organization=organization)
    yield _entity(
        "post",
        row["key"],
        "Occupancy",
        holder=identity("official", row["official_key"]),
        post=identity("position", row["position"]),
        startDate=row["since_date"],
        endDate=row["until_date"],
        date=[day for day in (row["first_seen_date"], row["last_seen_date"]) if day],
        description=row["acting"],
    )


def _article(row: sqlite3.Row) -> Entity:
    return _entity(
        "article",
        row["key"],
        "Article",
        title=row["title"],
        publisher=row["outlet"],
        publishedAt=row["published_date"],
        sourceUrl=row["url"],
    )


def _event(row: sqlite3.Row) -> Entity:
    words = [row["programme_name"], row["edition_year"], row["result"]]
    return _entity(
        "evaluation",
        row["key"],
        "Event",
        name=" · ".join(str(word) for word in words if word is not None),
        date=row["event_date"] or row["shown_date"],
        location=row["venue"],
        involved=identity("agency", row["agency_key"]),
        organizer=identity("agency", row["giver_key"]) if row["giver_key"] else None,
        summary=row["quotation"],
        recordId=row["key"],
        sourceUrl=row["quotation_url"],
    )


def _documentation(row: sqlite3.Row) -> Entity:
    pair = f"{row['evaluation_key']}/{row['article_key']}"
    document, told = identity("article", row["article_key"]), identity("evaluation", row["evaluation_key"])
    return _entity("documentation", pair, "Documentation", document=document, entity=told, date=(row["published"] or "")[:10])
