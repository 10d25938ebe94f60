"""Discovery by sitemaps: an index and its children, news sitemaps, times of last change."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.sitemap import Sitemap as SitemapReader

from spiders.frontier import Link
from store.model.source import Discovery

if TYPE_CHECKING:
    from spiders.base import SourceSpider

MAX_CHILDREN: Final = 500
MAX_DEPTH: Final = 3
MAX_XML: Final = 60 * 1024 * 1024


class Sitemap:
    """One sitemap and what hangs under it. Children whose index says they have not changed since are left alone."""

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None:
        self._spider = spider
        self._discovery = discovery
        self._children = 0

    def requests(self) -> Iterator[Request]:
        """The sitemap that the source names."""
        yield from self._spider.index_requests(self._discovery.url, self.parse, conditional=True, depth_of_map=0)

    def parse(self, response: Response) -> Iterator[Request]:
        """Children of an index, addresses of a sitemap."""
        plain = unpacked(response.body)
        kind, rows = read_sitemap(plain)
        index = self._spider.opened(response, keep=kind != "sitemapindex")
        if index is None:
            return
        if kind == "sitemapindex":
            yield from self._follow(response, rows)
        else:
            if not rows:
                self._spider.wire.note(f"the sitemap {response.url} is empty")
            yield from self._spider.offer(self._links(response, rows), self._discovery, index)
        self._spider.indexes.finish(index)

    def _follow(self, response: Response, rows: list[dict[str, Any]]) -> Iterator[Request]:
        depth = int(response.meta.get("depth_of_map", 0)) + 1
        if depth > MAX_DEPTH:
            self._spider.wire.note(f"the sitemap {response.url} lies too deep and is not followed")
            return
        for row in sorted(rows, key=lambda row: row.get("lastmod", ""), reverse=True):
            link = self._spider.link(response.url, row["loc"], changed=moment(row.get("lastmod")))
            if link is None or self._unchanged(link):
                continue
            if self._children >= MAX_CHILDREN:
                self._spider.wire.note(f"the sitemap {response.url} has more than {MAX_CHILDREN} children; the oldest are left out")
                return
            self._children += 1
            yield from self._spider.index_requests(link.url, self.parse, conditional=True, depth_of_map=depth)

    def _unchanged(self, link: Link) -> bool:
        known = self._spider.frontier.known.get(link.url)
        return (
            known is not None
            and known.digest is not None
            and known.last_seen is not None
            and link.changed is not None
            and (link.changed < known.last_seen)
        )

    def _links(self, response: Response, rows: list[dict[str, Any]]) -> Iterator[Link]:
        for row in rows:
            link = self._spider.link(
                response.url,
                row["loc"],
                title=row.get("title"),
                published=row.get("publication_date"),
                changed=moment(row.get("lastmod")),
            )
            if link is not None:
                yield link


def unpacked(body: bytes) -> bytes:
    """The XML of a sitemap, gunzipped where it is gzipped, never beyond 60 MB."""
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(body, MAX_XML)
    except zlib.error:
        return b""


def read_sitemap(body: bytes) -> tuple[str, list[dict[str, Any]]]:
    """The kind of a sitemap ("urlset", "sitemapindex", "" for what is none) and its rows, news tags included."""
    try:
        reader = SitemapReader(body)
        if reader.type not in ("urlset", "sitemapindex"):
            return "", []
        rows = [row for row in _rows(reader) if row.get("loc")]
    except (etree.XMLSyntaxError, StopIteration):
        return "", []
    return reader.type, rows


def _rows(reader: SitemapReader) -> Iterator[dict[str, Any]]:
    for event, element in reader.xmliter:
        if event != "end" or _name(element) not in ("url", "sitemap"):
            continue
        row: dict[str, Any] = {}
        for child in element.iter():
            name = _name(child)
            if name in ("loc", "lastmod", "title", "publication_date") and child.text and name not in row:
                row[name] = " ".join(child.text.split())
        element.clear()
        yield row


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def moment(text: str | None) -> datetime | None:
    """A time in W3C form; a bare day is its end, so that a page changed on the day of our visit is asked for again."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == 10:
        parsed = parsed.replace(hour=23, minute=59, second=59)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
