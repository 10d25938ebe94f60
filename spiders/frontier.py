"""The frontier: every address once, and of those only what is new, due or said to have changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from store.model.visits import AddressKind, KnownAddress


@dataclass(frozen=True, slots=True)
class Link:
    """An address as a discovery found it: what to ask, its key, and what was said of it (`changed`: time of last change)."""

    url: str
    key: str
    kind: AddressKind = "page"
    title: str | None = None
    published: str | None = None
    changed: datetime | None = None
    parent: str | None = None


class Frontier:
    """Decides once per address and crawl. Keeps the counts of what it turned away."""

    def __init__(self, known: Iterable[KnownAddress], now: datetime) -> None:
        self.known = {address.url: address for address in known}
        self.now = now
        self.skipped = 0
        self._seen: set[str] = set()
        self._named: set[str] = set()

    @property
    def discovered(self) -> int:
        """How many addresses were named by indexes and other pages; one that merely fell due was not."""
        return len(self._named)

    def due(self) -> list[KnownAddress]:
        """Known pages and attachments whose time has come, rediscovered or not."""
        return [address for address in self.known.values() if address.kind in ("page", "attachment") and self._time_has_come(address)]

    def wants(self, link: Link) -> bool:
        """Whether to fetch the address: false for one seen in this crawl, or known and neither due nor changed since."""
        self._named.add(link.key)
        if self.seen(link.key):
            return False
        known = self.known.get(link.key)
        if known is None or self._time_has_come(known) or _changed_since(known, link.changed):
            return True
        self.skipped += 1
        return False

    def seen(self, key: str) -> bool:
        """Note that an address was reached, by whichever way; true where it had been already."""
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def recover(self, address: KnownAddress) -> bool:
        """Take in what the archive holds but nobody told us of; false where it was known."""
        known = self.known.get(address.url)
        if known is not None and known.last_seen is not None and address.last_seen is not None and known.last_seen >= address.last_seen:
            return False
        self.known[address.url] = address
        return True

    def _time_has_come(self, known: KnownAddress) -> bool:
        return known.next_due is not None and known.next_due <= self.now


def _changed_since(known: KnownAddress, changed: datetime | None) -> bool:
    return changed is not None and known.last_seen is not None and changed > known.last_seen
