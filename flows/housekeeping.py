"""Housekeeping: archive files put together, what need not be kept let go, the database tidied. Nothing that a claim quotes ever goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flows.archive import open_archive
from flows.database import connect
from flows.settings import Settings

if TYPE_CHECKING:
    from store.archive import Archive, Together
    from store.model.records import Snapshot

REQUESTS_KEPT = timedelta(days=31)
"""How long the count of a day's requests is kept, for whoever asks what a site was asked."""


def compact(settings: Settings, keys: Iterable[str] | None = None, now: datetime | None = None) -> Together:
    """Put the archive files of each source and month together, of months that are over; let go of what the settings say.

    Args:
        settings: Where the archive is, and after how many days a page without a claim may go (`keep_days`).
        keys: Sources; all that the archive holds when None.
        now: The clock, for tests.

    Raises:
        StoreError: A file is damaged, or archive or database cannot be used; what was done before stays.
    """
    from store.archive import Together, put_together

    moment, archive = now or datetime.now(UTC), open_archive(settings)
    done = Together()
    for key in sources_of(archive) if keys is None else keys:
        done += put_together(archive, key, f"{moment:%Y-%m}", _keep(settings, key, moment))
    return done


def sources_of(archive: Archive) -> list[str]:
    """The sources that an archive holds files of."""
    from store.archive.folders import WARC

    return sorted({name.partition("/")[0] for name in archive.names(None, WARC)})


def _keep(settings: Settings, source: str, now: datetime) -> Callable[[Snapshot], bool] | None:
    from store.sql import queries

    if settings.keep_days is None:
        return None
    going = queries.claimless_snapshots(connect(settings), source, now - timedelta(days=settings.keep_days))
    return lambda snapshot: snapshot.key not in going


def forget_requests(settings: Settings, now: datetime | None = None) -> int:
    """Remove the counts of requests of days long gone; how many days that were."""
    first = f"{(now or datetime.now(UTC)) - REQUESTS_KEPT:%Y-%m-%d}"
    old = [path for path in (settings.home / "requests").glob("*.json") if path.stem < first]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def housekeep(settings: Settings, now: datetime | None = None) -> dict[str, Any]:
    """All of it, once a week; the counts as one flat row. Running it twice changes nothing."""
    done = compact(settings, None, now)
    before, after = connect(settings).vacuum()
    return {
        "files_before": done.before,
        "files_after": done.after,
        "pages_let_go": done.let_go,
        "archive_freed_mb": round(done.freed / 1e6, 3),
        "database_freed_mb": round((before - after) / 1e6, 3),
        "days_of_requests_forgotten": forget_requests(settings, now),
    }
