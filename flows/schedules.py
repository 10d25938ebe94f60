"""When each source is crawled: cron lines made from its facts, the same on every machine, spread so that not all start at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.model.keys import digest
from store.model.source import Source

READ = "25 * * * *"
"""Reading what came in: once an hour."""
NIGHTLY = "10 2 * * *"
"""Re-reading, where the reader's version changed: at night."""
DAILY = "40 6 * * *"
"""Audit, and merging of what waits: in the morning, when the nightly crawls are done."""
WEEKLY = "30 7 * * 1"
"""Release: on Monday, after the audit."""
SUNDAY = "20 3 * * 0"
"""Housekeeping: in the night that is least in the way."""
TIMEZONE = "Asia/Jakarta"

_NIGHT = (0, 1, 2, 3, 4, 5)


def cron_of(source: Source) -> str | None:
    """The cron line of a source in its own time zone; None where it is not crawled on its own (never, blocked, quarantined).

    Daily and rarer sources run at night, outside the hours in which the site wants to rest.
    """
    if source.state != "active":
        return None
    number = int(digest("schedule", source.key), 16)
    minute = number % 60
    awake = [hour for hour in _NIGHT if hour not in source.politeness.rest_hours]
    awake = awake or [hour for hour in range(24) if hour not in source.politeness.rest_hours] or [0]
    hour = awake[number // 60 % len(awake)]
    match source.frequency:
        case "hourly":
            return f"{minute} * * * *"
        case "daily":
            return f"{minute} {hour} * * *"
        case "weekly":
            return f"{minute} {hour} * * {number // 360 % 7}"
        case "monthly":
            return f"{minute} {hour} {number // 360 % 28 + 1} * *"
        case "never":
            return None


_PERIOD = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=31)}


def overdue(source: Source, last: datetime | None, now: datetime) -> bool:
    """Whether a scheduled source missed a crawl while nothing ran: once is enough to catch up, however many were missed."""
    if cron_of(source) is None:
        return False
    return last is None or now - last > _PERIOD[source.frequency]
