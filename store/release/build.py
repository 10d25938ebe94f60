"""The SQLite file of a release: one pass over the evaluations that may be shown, everything else hung on them.

Rows are written a batch at a time, so memory does not grow with the database; the same database gives the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy import Connection

from store.release.about import describe
from store.release.counting import count
from store.release.delta import compare
from store.release.facts import OTHER_TOPIC, Facts, topics
from store.release.rows import Row, Scales, claim_rows, evaluation_row, handover_rows, stored
from store.release.schema import TABLES, create, finish, table
from store.sql.database import Database
from store.sql.queries import publishing

_BATCH = 200


def build(database: Database, target: Path, facts: Facts, previous: Path | None = None) -> None:
    """Write the release of everything that may be shown to a new file.

    Args:
        database: What is known.
        target: The file to write; it must not be there.
        facts: Version, day and figures.
        previous: SQLite file of the release before, for the delta.

    Raises:
        StoreError: The database cannot be read.
    """
    release = opened(target)
    try:
        with database.reading() as connection:
            known = publishing.registry(connection)
            _write_results(release, connection, Scales(known["steps"]))
            _write_press(release, connection)
            write_known(release, connection, known)
            count(release)
            if previous is not None:
                compare(release, previous, connection)
            describe(release, facts, publishing.last_judged_sample(connection))
        closed(release)
    finally:
        release.close()


def opened(target: Path) -> sqlite3.Connection:
    """A new release file with empty tables."""
    release = sqlite3.connect(target.absolute().as_uri(), isolation_level=None, uri=True)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "page_size=4096", "cache_size=-65536", "temp_store=MEMORY"):
        release.execute(f"PRAGMA {pragma}").close()
    release.execute("BEGIN")
    for one in TABLES:
        release.execute(create(one))
    return release


def closed(release: sqlite3.Connection) -> None:
    """Make the indexes and commit."""
    for one in TABLES:
        for statement in finish(one):
            release.execute(statement)
    release.execute("ANALYZE")
    release.execute("COMMIT")


def write(release: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    """Add rows to a table of the release."""
    one = table(name)
    marks = ", ".join("?" * len(one.columns))
    release.executemany(f"INSERT INTO {name} VALUES ({marks})", (stored(one, row) for row in rows))


def _write_results(release: sqlite3.Connection, connection: Connection, scales: Scales) -> None:
    for batch in _batches(publishing.visible_evaluations(connection)):
        _write_batch(release, connection, batch, scales)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _write_batch(release: sqlite3.Connection, connection: Connection, batch: list[Row], scales: Scales) -> None:
    keys = [row["key"] for row in batch]
    claims: dict[str, list[Row]] = {key: [] for key in keys}
    quotations: list[Row] = []
    told = publishing.claims_of(connection, keys)
    for claim in told:
        made, sentences = claim_rows(claim)
        claims[claim["evaluation_key"]].append(made)
        quotations += sentences
    sides = publishing.sides_of(connection, keys)
    officials = publishing.officials_in(connection, (claim["version_key"] for claim in told))
    outlets = {key: [row["outlet"] for row in rows] for key, rows in groupby(sides["outlets"], lambda row: row["evaluation_key"])}
    evaluations = [evaluation_row(row, claims[row["key"]], outlets.get(row["key"], []), scales) for row in batch]
    write(release, "evaluations", evaluations)
    write(release, "claims", (claim for key in keys for claim in claims[key]))
    write(release, "quotations", quotations)
    write(release, "conflicts", ({**row, "value": _as_text(row["value"])} for row in sides["conflicts"]))
    write(release, "history", sides["history"])
    write(release, "decisions", _decision_rows(sides["decisions"], set(keys)))
    write(release, "handovers", (row for one in evaluations for row in handover_rows(one, claims[one["key"]], officials)))


def _decision_rows(rows: list[Row], keys: set[str]) -> Iterator[Row]:
    for row in rows:
        key = row["target_key"] if row["target_key"] in keys else row["other_key"]
        if key in keys and row["kind"] != "take_down":
            yield {**row, "evaluation_key": key, "value": _as_text(row["value"])}


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _write_press(release: sqlite3.Connection, connection: Connection) -> None:
    write(release, "articles", ({**row, "claim_count": 0} for row in publishing.visible_articles(connection)))
    shown = {key for (key,) in release.execute("SELECT key FROM articles")}
    write(release, "editions", (row for row in publishing.every_edition(connection) if row["article_key"] in shown))


def write_known(release: sqlite3.Connection, connection: Connection, known: dict[str, list[Row]]) -> None:
    """Add what is known beside the articles; results must be there already: they say which unresolved names are needed."""
    _write_programmes(release, known)
    used = {key for (key,) in release.execute("SELECT agency_key FROM evaluations UNION SELECT agency_key FROM claims")}
    empty = {"evaluation_count": 0, "given_count": 0, "first_year": None, "last_year": None}
    write(
        release,
        "agencies",
        (
            {**row, **empty, "spelt": "; ".join(row["spellings"] or ())}
            for row in publishing.every_agency(connection)
            if row["level"] != "unresolved" or row["key"] in used
        ),
    )
    _write_officials(release, connection)


def _write_programmes(release: sqlite3.Connection, known: dict[str, list[Row]]) -> None:
    empty = {"evaluation_count": 0, "agency_count": 0, "first_seen_year": None, "last_seen_year": None}
    write(
        release,
        "programmes",
        (
            {**row, **empty, "topic": topics().get(row["key"], OTHER_TOPIC), "spelt": "; ".join(row["spellings"] or ())}
            for row in known["programmes"]
        ),
    )
    write(release, "programme_steps", known["steps"])
    write(release, "programme_givers", known["givers"])
    counted = {"article_count": 0, "unread_count": 0, "claim_count": 0, "first_published_date": None, "last_published_date": None}
    drifts = {key: list(rows)[:10] for key, rows in groupby(known["drifts"], lambda row: row["source_key"])}
    write(release, "sources", ({**row, **counted, "drifts": _drifts(drifts.get(row["key"], []))} for row in known["sources"]))


def _drifts(rows: list[Row]) -> list[Row]:
    return [{name: row[name] for name in ("seen_at", "expectation", "message")} for row in rows]


def _write_officials(release: sqlite3.Connection, connection: Connection) -> None:
    """People the registry knows, and those who stand in an evaluation that is shown."""
    used = {key for (key,) in release.execute("SELECT official_key FROM handovers WHERE official_key IS NOT NULL")}
    shown = {key for (key,) in release.execute("SELECT key FROM agencies")}
    for key, group in groupby(publishing.every_post(connection), lambda row: row["official_key"]):
        posts = list(group)
        if not (posts[0]["known"] or key in used):
            continue
        person = {
            "key": key,
            "name": posts[0]["official_name"],
            "spellings": posts[0]["spellings"],
            "positions": "; ".join(dict.fromkeys(post["position"] for post in posts)),
            "known": posts[0]["known"],
            "presented_count": 0,
            "received_count": 0,
        }
        write(release, "officials", [person])
        write(release, "posts", ({**post, "agency_key": post["agency_key"] if post["agency_key"] in shown else None} for post in posts))
