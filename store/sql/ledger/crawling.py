"""What a crawl brings: visits, snapshots, runs and drift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from store.model.errors import UsageError
from store.model.keys import digest
from store.model.records import Snapshot
from store.model.visits import WEIGHTS, Visit
from store.sql import tables
from store.sql.database import Database
from store.sql.rows import Row, chunks, put
from store.sql.tables import table

_STATES = {"fetched": "live", "unchanged": "live", "failed": "failing", "challenged": "failing", "refused": "refused", "gone": "gone"}


def record_visits(database: Database, visits: Iterable[Visit]) -> int:
    """Write what a crawl learned of its addresses. A visit that is not newer than what is known changes nothing.

    Returns:
        How many addresses were added or changed.
    """
    ordered = sorted(visits, key=lambda visit: (visit.visited_at, visit.url))
    if not ordered:
        return 0
    with database.writing() as connection:
        _require_sources(connection, {visit.source for visit in ordered})
        known = _addresses(connection, sorted({visit.url for visit in ordered}))
        touched: dict[str, Row] = {}
        for visit in ordered:
            before = touched.get(visit.url) or known.get(visit.url)
            if before is None or visit.visited_at > before["last_seen"]:
                touched[visit.url] = _after(visit, before)
        return put(connection, table(tables.Address), touched.values())


def record_texts(database: Database, texts: Mapping[str, tuple[str, datetime | None]]) -> int:
    """Write what reading learned of addresses: the digest of the text and when the address is due again.

    Args:
        database: The database.
        texts: Digest and moment by canonical address. Addresses that no crawl has visited are passed over.

    Returns:
        How many addresses changed.
    """
    address = table(tables.Address)
    changed = 0
    with database.writing() as connection:
        for url, (text, due) in sorted(texts.items()):
            differs = address.c.text_digest.is_distinct_from(text) | address.c.next_due.is_distinct_from(due)
            statement = update(address).where(address.c.url == url).where(differs).values(text_digest=text, next_due=due)
            changed += connection.execute(statement).rowcount
    return changed


def reset_addresses(database: Database, source: str, *, everything: bool = False, now: datetime | None = None) -> int:
    """Make addresses of a source due at once: those that failed, were refused or vanished, or with `everything` all of them.

    Failures are forgotten; with `everything` also the validators of feeds and lists, so that these are read in full again.
    The archive keeps what it holds: a body that did not change is not stored twice.

    Returns:
        How many addresses that were.
    """
    address = table(tables.Address)
    moment = now or datetime.now(UTC)
    with database.writing() as connection:
        chosen = address.c.source_key == source
        if not everything:
            chosen &= address.c.state != "live"
        pages = update(address).where(chosen).where(address.c.kind != "index").values(failures=0, next_due=moment)
        indexes = update(address).where(chosen).where(address.c.kind == "index")
        forgotten = indexes.values(failures=0, etag=None, last_modified=None, digest=None)
        return connection.execute(pages).rowcount + connection.execute(forgotten).rowcount


def record_snapshots(database: Database, snapshots: Iterable[Snapshot]) -> int:
    """Write the index entries of archived responses; a snapshot must be there before its reading is recorded.

    Returns:
        How many were added or changed.
    """
    items = list(snapshots)
    with database.writing() as connection:
        _require_sources(connection, {item.source for item in items})
        return put(connection, table(tables.Snapshot), [_snapshot(item) for item in items])


def set_aside(database: Database, snapshot: Snapshot, reason: str, *, reader: str = "", now: datetime | None = None) -> bool:
    """Note that no article could be made of a snapshot, and why; the same reason by the same reader twice changes nothing.

    Returns:
        Whether anything changed.
    """
    target = table(tables.Snapshot)
    with database.writing() as connection:
        _require_sources(connection, {snapshot.source})
        put(connection, target, [_snapshot(snapshot)])
        result = connection.execute(
            update(target)
            .where(target.c.key == snapshot.key)
            .where(target.c.set_aside_reason.is_distinct_from(reason) | target.c.reader.is_distinct_from(reader))
            .values(set_aside_reason=reason, reader=reader, read_at=now or datetime.now(UTC))
        )
        return result.rowcount > 0


def start_run(database: Database, key: str, kind: str, *, now: datetime | None = None) -> None:
    """Note that a run started."""
    row = {"key": key, "kind": kind, "started_at": now or datetime.now(UTC), "state": "running"}
    with database.writing() as connection:
        put(connection, table(tables.Run), [row])


def finish_run(
    database: Database, key: str, *, figures: Mapping[str, Any] | None = None, error: str | None = None, now: datetime | None = None
) -> None:
    """Note that a run ended, with its figures, or why it failed.

    Raises:
        UsageError: No such run was started.
    """
    run = table(tables.Run)
    values = {"finished_at": now or datetime.now(UTC), "state": "failed" if error else "done", "message": error}
    with database.writing() as connection:
        result = connection.execute(update(run).where(run.c.key == key).values(**values, figures=dict(figures or {})))
        if not result.rowcount:
            raise UsageError(f"there is no run {key}")


def record_drift(
    database: Database,
    source: str,
    expectation: str,
    message: str,
    *,
    expected: float | None = None,
    found: float | None = None,
    run: str | None = None,
    now: datetime | None = None,
) -> bool:
    """Note that a source broke an expectation; once per source, run and expectation.

    Returns:
        Whether it was new.
    """
    moment = now or datetime.now(UTC)
    row = {
        "key": digest("drift", source, run or moment.isoformat(), expectation),
        "source_key": source,
        "run_key": run,
        "expectation": expectation,
        "expected": expected,
        "found": found,
        "message": message,
    }
    drift = table(tables.Drift)
    with database.writing() as connection:
        _require_sources(connection, {source})
        known = connection.scalar(select(drift.c.seen_at).where(drift.c.key == row["key"]))
        return put(connection, drift, [{**row, "seen_at": known or moment}]) > 0 and known is None


def _require_sources(connection: Connection, keys: set[str]) -> None:
    source = table(tables.Source)
    missing = keys - set(connection.scalars(select(source.c.key).where(source.c.key.in_(keys))))
    if missing:
        raise UsageError(f"unknown source {', '.join(sorted(missing))}: record the source files first")


def _addresses(connection: Connection, urls: list[str]) -> dict[str, Row]:
    address = table(tables.Address)
    found: dict[str, Row] = {}
    for part in chunks(urls):
        found.update({row["url"]: dict(row) for row in connection.execute(select(address).where(address.c.url.in_(part))).mappings()})
    return found


def _after(visit: Visit, before: Row | None) -> Row:
    """The state of an address after a visit. What a failed visit could not learn is kept from before."""
    learned = visit.outcome == "fetched"
    kept = before or {}
    names = {"etag": "etag", "last_modified": "last_modified", "digest": "digest", "file": "file", "position": "offset"}
    told = {name: getattr(visit, field) for name, field in names.items()}
    values = {name: value if value is not None or learned else kept.get(name) for name, value in told.items()}
    return {
        "url": visit.url,
        "source_key": visit.source,
        **values,
        "text_digest": visit.text_digest or kept.get("text_digest"),
        "first_seen": kept.get("first_seen", visit.visited_at),
        "last_seen": visit.visited_at,
        "next_due": visit.next_due,
        "failures": kept.get("failures", 0) + WEIGHTS[visit.outcome] if visit.outcome in WEIGHTS else 0,
        "state": _STATES[visit.outcome],
        "kind": visit.kind,
        "fetched_url": visit.fetched_url or kept.get("fetched_url"),
        "parent_url": visit.parent or kept.get("parent_url"),
        "status": visit.status,
        "reason": visit.reason,
    }


def _snapshot(item: Snapshot) -> Row:
    return {
        "key": item.key,
        "url": item.url,
        "fetched_url": item.fetched_url,
        "source_key": item.source,
        "fetched_at": item.fetched_at.astimezone(UTC) if item.fetched_at.tzinfo else item.fetched_at.replace(tzinfo=UTC),
        "status": item.status,
        "mime": item.mime,
        "digest": item.digest,
        "length": item.length,
        "file": item.file,
        "position": item.offset,
        "parent_url": item.parent,
        "run_key": item.run or None,
    }
