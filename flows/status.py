"""The state of everything at a glance: source by source, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.alerts import open_alerts
from flows.crawl import last_crawls
from flows.manners import Manners
from flows.settings import Settings
from store.archive import Archive
from store.model.source import Source
from store.sql import queries
from store.sql.database import Database

_BACK = timedelta(days=31)


def source_rows(settings: Settings, database: Database, sources: Mapping[str, Source], now: datetime | None = None) -> list[dict[str, Any]]:
    """A row for each source that was ever crawled: when it last was, when it last brought something, what is wrong.

    `pages_per_day` counts the last 31 days, `expected` is what its file expects; `drift` is the newest broken expectation of the
    last two days, `alerts` counts those that stand open; `unread` snapshots wait to be read, `unresolved` claims name a body that
    the registry does not know.
    """
    moment = now or datetime.now(UTC)
    last: dict[str, str] = {}
    pages: dict[str, set[str]] = {}
    unread, unresolved, manners = _unread(settings, database), queries.unresolved_claims(database), Manners(settings.home)
    crawled, alerts = last_crawls(settings.home), Counter(alert.source for alert in open_alerts(settings.home).values())
    for item in Archive(settings.archive_path).snapshots():
        last[item.source] = max(last.get(item.source, ""), item.fetched_at.isoformat(timespec="seconds"))
        if item.fetched_at >= moment - _BACK and item.parent is None:
            pages.setdefault(item.source, set()).add(item.url)
    since = (moment - timedelta(days=2)).isoformat()
    drift = {row["source_key"]: row["message"] for row in reversed(queries.drifts(database, limit=1000)) if row["seen_at"] >= since}
    return [
        {
            "source": key,
            "state": "blocked" if manners.blocked_until(key, moment) else sources[key].state if key in sources else "not listed",
            "frequency": sources[key].frequency if key in sources else None,
            "last_crawled": crawled[key].isoformat(timespec="seconds") if key in crawled else None,
            "last_fetched": last.get(key),
            "pages_per_day": round(len(pages.get(key, ())) / _BACK.days, 2),
            "expected": _expected(sources[key]) if key in sources else None,
            "unread": unread.get(key, 0),
            "unresolved": unresolved.get(key, 0),
            "alerts": alerts.get(key, 0),
            "drift": drift.get(key),
        }
        for key in sorted(last.keys() | crawled.keys())
    ]


def _expected(source: Source) -> str:
    least, most = source.expect.pages_per_day_min, source.expect.pages_per_day_max
    return f"{least:g} or more" if most is None else f"{least:g} to {most:g}"


def _unread(settings: Settings, database: Database) -> dict[str, int]:
    snapshots = {item.key: item.source for item in Archive(settings.archive_path).snapshots()}
    found: dict[str, int] = {}
    for key in queries.unread_snapshots(database, snapshots):
        found[snapshots[key]] = found.get(snapshots[key], 0) + 1
    return found


def totals(database: Database) -> dict[str, int]:
    """How much there is, and how much waits: `unmerged` pairs to merge, `review` evaluations worth a look."""
    return {**queries.counts(database), "review": len(queries.review_queue(database, limit=1000))}
