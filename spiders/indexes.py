"""Indexes being read: feeds, sitemaps and lists, and the pages that each still waits for.

An index's validators are told only when every page it led to is settled. A crawl that dies in between tells nothing of the
index, so the next one reads it again instead of hearing "not modified" and losing the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scrapy import Request
from scrapy.http import Response

from store.model.keys import body_digest


@dataclass(slots=True)
class Index:
    """One index: what it was, how many of its pages are under way, whether any was left out, whether it is read to its end."""

    number: int
    request: Request
    status: int
    etag: str | None
    last_modified: str | None
    digest: str | None
    pending: set[str] = field(default_factory=set)
    complete: bool = True
    read: bool = False


class Indexes:
    """All indexes of a crawl. `tell` hears of each, once, when it is settled."""

    def __init__(self, tell: Callable[[Index], None]) -> None:
        self._tell = tell
        self._asked: set[str] = set()
        self._open: dict[int, Index] = {}
        self._waiting: dict[str, list[Index]] = {}
        self._left_out: set[str] = set()
        self.count = 0

    def fresh(self, url: str) -> bool:
        """Whether this crawl has not asked for the index yet; it counts as asked from now on."""
        if url in self._asked:
            return False
        self._asked.add(url)
        return True

    def open(self, request: Request, response: Response, *, keep: bool = True) -> Index:
        """Start reading an index. Without `keep` its validators are forgotten: it must be read in full next time."""
        self.count += 1
        index = Index(
            number=self.count,
            request=request,
            status=response.status,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            digest=body_digest(response.body),
            complete=keep,
        )
        self._open[index.number] = index
        return index

    def finish(self, index: Index) -> None:
        """The index is read to its end; its pages may still be under way."""
        index.read = True
        self._settled(index)

    def request(self, index: Index, key: str) -> None:
        """A page that the index led to is being asked for: the index waits for it."""
        self._waiting.setdefault(key, []).append(index)
        index.pending.add(key)

    def leave_out(self, index: Index, key: str) -> None:
        """A page that the index led to will not be asked for in this crawl although it should."""
        self._left_out.add(key)
        index.complete = False

    def share(self, index: Index, key: str) -> None:
        """The index led to a page that this crawl has met before: it shares that page's fate."""
        if key in self._left_out:
            index.complete = False
        elif key in self._waiting:
            self.request(index, key)

    def settle(self, key: str, *, asked: bool = True) -> None:
        """A page is archived, or failed for good and told so; or, not `asked`, left for the next crawl to find again."""
        for index in self._waiting.pop(key, ()):
            index.complete = index.complete and asked
            index.pending.discard(key)
            self._settled(index)

    def close(self) -> None:
        """The crawl ends: tell of what is still open, without validators."""
        for index in list(self._open.values()):
            index.complete = False
            index.read = True
            index.pending.clear()
            self._settled(index)

    def _settled(self, index: Index) -> None:
        if index.read and not index.pending and self._open.pop(index.number, None) is not None:
            if not index.complete:
                index.etag = index.last_modified = index.digest = None
            self._tell(index)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
