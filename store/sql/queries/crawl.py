"""What the crawl and the reader are told before they start: known addresses, and snapshots that nobody has read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store.model.visits import KnownAddress
from store.sql.database import Database
from store.sql.queries.rows import Dict, ask, columns, listed, scalars

_ADDRESS = columns(
    "a",
    "url etag last_modified digest text_digest last_seen next_due failures state kind fetched_url file",
    source="a.source_key",
    offset_="a.position",
    parent="a.parent_url",
)
_RUN = columns("r", "key kind started_at finished_at state figures message", json="figures")
_DRIFT = columns("d", "key source_key run_key seen_at expectation expected found message")
_STATE = columns("a", "url kind state failures status reason first_seen last_seen next_due digest text_digest etag last_modified")
_COUNTS = columns("n", "addresses indexes due failing refused gone next_due", source="n.source_key")
_UNRESOLVED = columns("n", "source number")
_CHUNK = 500


def known_addresses(database: Database, source: str) -> list[KnownAddress]:
    """Everything known of the addresses of a source, by address."""
    sql = f"SELECT {_ADDRESS.sql} FROM address a WHERE a.source_key = :source ORDER BY a.url"
    with database.reading() as connection:
        rows = ask(connection, sql, {"source": source}, _ADDRESS)
    return [KnownAddress(offset=row.pop("offset_"), **row) for row in rows]


def addresses(database: Database, source: str, *, state: str | None = None, limit: int = 50) -> list[Dict]:
    """What is known of the addresses of a source, those with most failures first, then those due first."""
    where = " AND a.state = :state" if state else ""
    order = "ORDER BY a.failures DESC, a.next_due IS NULL, a.next_due, a.url"
    sql = f"SELECT {_STATE.sql} FROM address a WHERE a.source_key = :source{where} {order} LIMIT :limit"
    with database.reading() as connection:
        return ask(connection, sql, {"source": source, "limit": limit, **({"state": state} if state else {})}, _STATE)


def address_counts(database: Database, now: datetime) -> list[Dict]:
    """How many addresses each source has by state, how many pages are due now, and when the next one will be."""
    sql = f"""SELECT {_COUNTS.sql} FROM (
        SELECT source_key, sum(CASE WHEN kind = 'index' THEN 1 ELSE 0 END) AS indexes,
               sum(CASE WHEN kind <> 'index' THEN 1 ELSE 0 END) AS addresses,
               sum(CASE WHEN state = 'failing' THEN 1 ELSE 0 END) AS failing,
               sum(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused,
               sum(CASE WHEN state = 'gone' THEN 1 ELSE 0 END) AS gone,
               sum(CASE WHEN kind <> 'index' AND next_due <= :now THEN 1 ELSE 0 END) AS due,
               min(CASE WHEN kind <> 'index' THEN next_due END) AS next_due
        FROM address GROUP BY source_key) n ORDER BY n.source_key"""
    with database.reading() as connection:
        return ask(connection, sql, {"now": now}, _COUNTS)


def unread_snapshots(database: Database, keys: Iterable[str], *, reader: str | None = None) -> list[str]:
    """Those of the archive's snapshot keys that were neither read nor set aside, in the order given.

    With `reader`, those that this version of the reader has not looked at.
    """
    wanted = list(dict.fromkeys(keys))
    done: set[str] = set()
    condition = "read_at IS NOT NULL" if reader is None else "reader = :reader"
    with database.reading() as connection:
        for start in range(0, len(wanted), _CHUNK):
            values: dict[str, Any] = {} if reader is None else {"reader": reader}
            chosen = listed("key", wanted[start : start + _CHUNK], values)
            done.update(scalars(connection, f"SELECT key FROM snapshot WHERE {condition} AND key IN {chosen}", values))
    return [key for key in wanted if key not in done]


def claimless_snapshots(database: Database, source: str, before: datetime) -> set[str]:
    """Keys of the snapshots of a source, fetched before a moment, that were read and from whose article no claim was ever read.

    A claim that was superseded counts: its sentence can still be shown.
    """
    sql = (
        "SELECT s.key FROM snapshot s JOIN article_version v ON v.key = s.version_key WHERE s.source_key = :source "
        "AND s.fetched_at < :before AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.article_key = v.article_key)"
    )
    with database.reading() as connection:
        return set(scalars(connection, sql, {"source": source, "before": before}))


def runs(database: Database, *, limit: int = 50) -> list[Dict]:
    """Runs, newest first."""
    with database.reading() as connection:
        return ask(connection, f"SELECT {_RUN.sql} FROM run r ORDER BY r.started_at DESC, r.key LIMIT :limit", {"limit": limit}, _RUN)


def drifts(database: Database, source: str | None = None, *, limit: int = 50) -> list[Dict]:
    """Broken expectations, newest first."""
    where = " WHERE d.source_key = :source" if source else ""
    values: dict[str, Any] = {"limit": limit, **({"source": source} if source else {})}
    with database.reading() as connection:
        return ask(connection, f"SELECT {_DRIFT.sql} FROM drift d{where} ORDER BY d.seen_at DESC, d.key LIMIT :limit", values, _DRIFT)


def counts(database: Database) -> dict[str, int]:
    """How many rows the tables that grow have."""
    tables = ("snapshot", "article", "article_version", "claim", "evaluation", "agency", "official", "decision", "unmerged")
    with database.reading() as connection:
        return {name: scalars(connection, f"SELECT count(*) FROM {name}", {})[0] for name in tables}


def unresolved_claims(database: Database) -> dict[str, int]:
    """How many claims as they stand name a recipient that the registry does not resolve, by source."""
    sql = (
        "SELECT a.source_key AS source, count(*) AS number FROM claim c JOIN article a ON a.key = c.article_key "
        "WHERE c.recipient_key IS NULL AND NOT c.superseded GROUP BY a.source_key"
    )
    with database.reading() as connection:
        return {row["source"] or "": row["number"] for row in ask(connection, sql, {}, _UNRESOLVED)}
