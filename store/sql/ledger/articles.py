"""Recording readings: one transaction per article, versions and claims that give way are kept as superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from store.model.errors import ReadError
from store.model.keys import digest
from store.model.records import Reading
from store.sql.database import Database
from store.sql.ledger.recording import Recording


@dataclass(frozen=True)
class Delivery:
    """A reading with what is known of where it came from.

    `source` is the key of the source that brought it (taken from the snapshot where there is one). `signature` holds the
    bands of a near-duplicate signature: two articles that share a band are compared word by word. `seen_at` is when this
    text stood at its address: the snapshot's time, else now; the text seen last holds.
    """

    reading: Reading
    snapshot_key: str | None = None
    source: str | None = None
    signature: Sequence[int | str] = ()
    seen_at: datetime | None = None


@dataclass(frozen=True)
class RecordReport:
    """What recording came to: articles written, articles that were there already, and (key, reason) of those refused."""

    recorded: int = 0
    unchanged: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def record_reading(
    database: Database,
    reading: Reading,
    snapshot_key: str | None = None,
    run: str | None = None,
    *,
    source: str | None = None,
    signature: Sequence[int | str] = (),
    now: datetime | None = None,
) -> bool:
    """Record one reading in one transaction.

    Returns:
        Whether any row was written; the same reading twice writes none.

    Raises:
        ReadError: The reading names what the registry lacks or breaks an invariant; nothing was written.
        UsageError: The snapshot is not recorded.
        StoreError: The database is locked, full or damaged; nothing was written.
    """
    return _record(database, Delivery(reading, snapshot_key, source, signature), run, now or datetime.now(UTC))


def record_readings(database: Database, batch: Iterable[Delivery], run: str | None = None, *, now: datetime | None = None) -> RecordReport:
    """Record many readings, each in a transaction of its own; one that is refused does not stop the others.

    Raises:
        StoreError: The database is locked, full or damaged; the articles before this one are recorded.
    """
    recorded = unchanged = 0
    refused: list[tuple[str, str]] = []
    for item in batch:
        try:
            if _record(database, item, run, now or datetime.now(UTC)):
                recorded += 1
            else:
                unchanged += 1
        except ReadError as error:
            refused.append((item.reading.article.key, str(error)))
    return RecordReport(recorded, unchanged, tuple(refused))


def _record(database: Database, item: Delivery, run: str | None, now: datetime) -> bool:
    article = item.reading.article
    try:
        version = digest("version", article.key, article.model_dump_json(exclude={"rows", "key", "url", "outlet"}))
        content = digest("reading", item.reading.model_dump_json(exclude={"reader": True, "article": {"rows"}}))
    except ValueError as error:  # lone surrogates: the serialiser refuses them
        raise ReadError(f"the article {article.key} holds characters that are no Unicode text") from error
    if "\x00" in article.text or "\x00" in article.title:
        raise ReadError(f"the article {article.key} holds NUL characters; its text cannot be stored")
    try:
        with database.writing() as connection:
            recording = Recording(
                connection, item.reading, version, content, now, run, item.snapshot_key, item.source, item.signature, item.seen_at
            )
            return recording.write()
    except IntegrityError as error:
        raise ReadError(f"the reading of article {article.key} breaks a rule of the tables: {_broken(error)}") from error


def _broken(error: IntegrityError) -> str:
    return str(error.orig).strip().splitlines()[0] if error.orig else "unknown"
