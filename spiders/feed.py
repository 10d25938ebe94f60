"""Discovery by RSS and Atom feeds."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser
from scrapy import Request
from scrapy.http import Response

from spiders.frontier import Link
from store.model.source import Discovery

if TYPE_CHECKING:
    from spiders.base import SourceSpider


class Feed:
    """One feed, asked for conditionally."""

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None:
        self._spider = spider
        self._discovery = discovery

    def requests(self) -> Iterator[Request]:
        """The feed itself."""
        yield from self._spider.index_requests(self._discovery.url, self.parse, conditional=True)

    def parse(self, response: Response) -> Iterator[Request]:
        """Every entry of the feed that has an address."""
        index = self._spider.opened(response)
        if index is None:
            return
        links = list(entries(self._spider, response))
        if not links:
            self._spider.wire.note(f"the feed {response.url} is empty")
        yield from self._spider.offer(links, self._discovery, index)
        self._spider.indexes.finish(index)


def entries(spider: SourceSpider, response: Response) -> Iterator[Link]:
    """The entries of a feed as links, with title and time as the feed gives them."""
    charset = (response.headers.get("Content-Type") or b"").decode("latin-1")
    feed = feedparser.parse(response.body, response_headers={"content-type": charset or "application/xml"})
    for entry in feed.entries:
        href = entry.get("link") or entry.get("id") or ""
        updated = dict.get(entry, "updated_parsed")  # feedparser's own look-up would pass the other time off for it
        published = dict.get(entry, "published_parsed")
        link = spider.link(
            response.url,
            href,
            title=" ".join(entry.get("title", "").split()) or None,
            published=_said(published or updated),
            changed=_moment(updated) if updated != published else None,
        )
        if link is not None:
            yield link


def _said(parsed: Any) -> str | None:
    moment = _moment(parsed)
    return moment.isoformat() if moment else None


def _moment(parsed: Any) -> datetime | None:
    """Feedparser's time tuple, which is in UTC, as a moment."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError):
        return None
