"""When an address is asked for again: the longer it stays the same, the later; what failed, the later the more often it did.

The crawl says what it met, the reader what the text says; both come together here, as data, and go to the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from store.model.visits import WEIGHTS, KnownAddress, Visit

FIRST: Final = timedelta(days=1)
"""A page is looked at again a day after it was first seen, or changed: corrections come early."""
GROWTH: Final = 3
SETTLED: Final = timedelta(days=60)
"""A page that outlasted a wait of this length unchanged is not asked for again: 1, 3, 9, 27 and 81 days, then never."""
RETRY: Final = timedelta(hours=6)
HOPELESS: Final = 8
"""At this weight of failures in a row an address is given up until somebody resets it."""
ROBOTS: Final = timedelta(days=30)
"""robots.txt and guards are asked again after this long: site owners change their minds."""
CONFIRM: Final = timedelta(days=2)
"""A page that is gone is looked for once more, since servers answer 404 in their own trouble too."""


def after_visit(visit: Visit, before: KnownAddress | None) -> Visit:
    """The visit with the moment its address is due again. A moment that the host itself named (Retry-After) stands."""
    if visit.kind == "index" or visit.next_due is not None:
        return visit
    if (visit.reason or "").startswith("leads to "):
        return visit  # the page is known, and falls due, under its own address
    return visit.model_copy(update={"next_due": _due(visit, before)})


def after_reading(address: KnownAddress, text_digest: str) -> datetime | None:
    """When a page is due whose text was read: soon again where the text changed, as the crawl said where only its bytes did."""
    if address.text_digest in (None, text_digest) or address.last_seen is None:
        return address.next_due
    return address.last_seen + FIRST


def _due(visit: Visit, before: KnownAddress | None) -> datetime | None:
    match visit.outcome:
        case "fetched" if before is None or before.text_digest is None:
            return visit.visited_at + FIRST
        case "fetched" | "unchanged":  # whether new bytes are a new text is for the reader to say
            wait = _wait(before)
            return visit.visited_at + wait * GROWTH if wait <= SETTLED else None
        case "gone":
            return None if before is not None and before.state == "gone" else visit.visited_at + CONFIRM
        case "refused":
            return visit.visited_at + ROBOTS
        case _:
            weight = (before.failures if before else 0) + WEIGHTS[visit.outcome]
            return visit.visited_at + RETRY * 2 ** (weight - 1) if weight < HOPELESS else None


def _wait(before: KnownAddress | None) -> timedelta:
    """The wait that an address was given at its last visit."""
    if before is None or before.next_due is None or before.last_seen is None:
        return FIRST
    return max(FIRST, before.next_due - before.last_seen)
