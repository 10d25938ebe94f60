"""The spider of a source: one crawl, all its discoveries, every page through one frontier."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure as TwistedFailure

from spiders import javascript
from spiders.addresses import Belonging, request_url, resolve
from spiders.articles import Articles
from spiders.feed import Feed
from spiders.frontier import Frontier, Link
from spiders.indexes import Index, Indexes
from spiders.job import Job
from spiders.links import Links
from spiders.listing import Listing
from spiders.reasons import EnoughError, reason_of
from spiders.search import Search
from spiders.sitemap import Sitemap
from spiders.wire import Wire
from spiders.wordpress import WordPress
from store.model.keys import canonical_url
from store.model.source import Discovery, DiscoveryKind
from store.model.visits import KnownAddress, Outcome, Visit

UNDER_WAY = 500
"""So many page requests live at once; further ones wait as links, a tenth of the memory."""


class Finder(Protocol):
    """One way to find articles: the requests that open it. Its callbacks offer what they find to the spider."""

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None: ...

    def requests(self) -> Iterator[Request]:
        """The first requests."""
        ...


FINDERS: dict[DiscoveryKind, type[Finder]] = {
    "feed": Feed,
    "sitemap": Sitemap,
    "listing": Listing,
    "search": Search,
    "wordpress": WordPress,
    "links": Links,
}


class SourceSpider(Spider):
    """Crawls one source by its facts. What it finds goes to the archive, what it learns of addresses to the wire."""

    name = "source"

    def __init__(self, job: Job, wire: Wire, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.source = job.source
        self.wire = wire
        self._began = datetime.now(UTC)
        self.belonging = Belonging(job.source.scope)
        self.frontier = Frontier(job.known, self.moment())
        self.indexes = Indexes(self._tell_index)
        self.articles = Articles(self)
        self.cut_short: str | None = None
        self._offered = 0
        self._under_way = 0
        self._browser = javascript.meta() if job.source.politeness.javascript else {}
        self._later: deque[tuple[Link, str | None]] = deque()

    async def start(self) -> AsyncIterator[Request]:
        """Exactly the pages asked for; or what is due, then what the discoveries open with."""
        for request in self._asked() if self.job.urls else self._opening():
            yield request

    def moment(self) -> datetime:
        """The time by the crawl's clock."""
        now = datetime.now(UTC)
        return self.job.now + (now - self._began) if self.job.now else now

    def days(self) -> list[date]:
        """The days that dated indexes are asked for, newest first, in the source's own time zone."""
        today = self.moment().astimezone(ZoneInfo(self.source.timezone)).date()
        last = self.job.last_day or max(today, self.job.first_day or today)
        first = self.job.first_day or last - timedelta(days=1)
        return [last - timedelta(days=back) for back in range((last - first).days + 1)]

    def index_requests(
        self,
        url: str,
        callback: Callable[..., Any],
        *,
        conditional: bool,
        arguments: dict[str, Any] | None = None,
        browser: bool = False,
        **meta: Any,
    ) -> Iterator[Request]:
        """The request for a feed, sitemap or list; none where this crawl has asked for it already.

        `browser`: it is a page for people, which the source may serve to browsers only.
        """
        if not self.indexes.fresh(url):
            return
        browser = browser and bool(self._browser)
        known = self.frontier.known.get(url) if conditional and not browser else None
        yield Request(
            url,
            callback=callback,
            errback=self._index_failed,
            cb_kwargs=arguments,
            headers=validators(known),
            meta={"kind": "index", "key": url, **meta, **(self._browser if browser else {})},
            dont_filter=True,
            priority=10,
        )

    def opened(self, response: Response, *, keep: bool = True) -> Index | None:
        """Start reading an index; None (and told) where it brought an error or has not changed."""
        request = request_of(response)
        if response.status == 200:
            return self.indexes.open(request, response, keep=keep)
        if response.status == 304:
            self.visit(request, "unchanged", status=304)
            return None
        outcome: Outcome = "gone" if response.status in (404, 410) else "failed"
        self.visit(request, outcome, status=response.status, reason=f"the index answered {response.status}")
        return None

    def offer(self, links: Iterable[Link], discovery: Discovery, index: Index) -> Iterator[Request]:
        """Requests for those links that belong to the source and are wanted; the index waits for them."""
        for link in links:
            if not self._fits(link, discovery):
                self.wire.count("scope")
            elif not self.frontier.wants(link):
                self.indexes.share(index, link.key)
            elif not self._room():
                self.indexes.leave_out(index, link.key)
            else:
                self.indexes.request(index, link.key)
                if self._under_way < UNDER_WAY:
                    yield self.page_request(link, discovery.article)
                else:
                    self._later.append((link, discovery.article))

    def follow(self, links: Iterable[Link], discovery: Discovery, steps: int) -> Iterator[Request]:
        """Requests for those links of an article that belong to the source and are wanted."""
        for link in links:
            if not self._fits(link, discovery):
                self.wire.count("scope")
            elif self.frontier.wants(link) and self._room():
                request = self.page_request(link, discovery.article)
                request.meta["steps"] = steps
                yield request

    def _fits(self, link: Link, discovery: Discovery) -> bool:
        return (discovery.article is None or bool(re.search(discovery.article, link.url))) and self.belonging.page(link.url)

    def link(self, base: str, href: str, **said: Any) -> Link | None:
        """A link on a page as the address to ask for and its key; None where it leads to no web page."""
        url = resolve(base, href) if href else None
        if url is None:
            return None
        url = request_url(url)
        return Link(url, canonical_url(url), **said)

    def page_request(self, link: Link, article: str | None = None) -> Request:
        """The request for a page, conditional where the archive holds it. Every one is settled in the end."""
        self._under_way += 1
        known = self.frontier.known.get(link.key)
        browser = self._browser if link.kind != "attachment" else {}
        return Request(
            link.url,
            callback=self.articles.parse,
            errback=self.articles.failed,
            headers=validators(known) if known and known.digest and not browser else None,
            meta={"kind": link.kind, "key": link.key, "link": link, "article": article, **browser},
            dont_filter=True,
        )

    def settle(self, key: str, *, asked: bool = True) -> None:
        """A page is archived, failed for good and told so, or was not `asked` for in the end: the next one may start."""
        self.indexes.settle(key, asked=asked)
        self._under_way -= 1
        self._start_later(1)

    def idle(self) -> None:
        """Nothing is under way: start what waits, if anything does."""
        if self._later:
            self._start_later(UNDER_WAY)
            raise DontCloseSpider

    def _start_later(self, number: int) -> None:
        engine = self.crawler.engine if hasattr(self, "crawler") else None
        while engine is not None and self._later and number > 0:
            engine.crawl(self.page_request(*self._later.popleft()))
            number -= 1

    def visit(self, request: Request, outcome: Outcome, **details: Any) -> None:
        """Tell of an address that was asked for and brought nothing to archive."""
        link: Link | None = request.meta.get("link")
        self.wire.visit(
            Visit(
                url=request.meta["key"],
                source=self.source.key,
                visited_at=self.moment(),
                outcome=outcome,
                kind=request.meta["kind"],
                fetched_url=request.url,
                parent=link.parent if link else None,
                next_due=request.meta.get("ask_again"),
                **details,
            )
        )

    def stop(self, reason: str) -> None:
        """End the crawl: no more requests, what is under way may finish."""
        engine = self.crawler.engine
        if engine is not None and engine.spider is not None:
            deferred_from_coro(engine.close_spider_async(reason=reason))

    def _asked(self) -> Iterator[Request]:
        for url in self.job.urls:
            key = canonical_url(url)
            if not self.frontier.seen(key):
                yield self.page_request(Link(url.partition("#")[0], key))

    def _opening(self) -> Iterator[Request]:
        for known in self.frontier.due():
            own = known.fetched_url and canonical_url(known.fetched_url) == known.url  # not where it led elsewhere
            link = Link(known.fetched_url if known.fetched_url and own else known.url, known.url, known.kind, parent=known.parent)
            if not self.frontier.seen(link.key) and self._room():
                yield self.page_request(link)
        for discovery in self.source.discovery:
            yield from FINDERS[discovery.kind](self, discovery).requests()

    def _room(self) -> bool:
        """Whether the limit of pages leaves room for another."""
        if self.job.limit is None or self._offered < self.job.limit:
            self._offered += 1
            return True
        self.cut_short = self.cut_short or "limit"
        return False

    def _index_failed(self, failure: TwistedFailure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, EnoughError):
            return
        outcome, reason = reason_of(failure)
        self.visit(request, outcome, reason=reason)

    def _tell_index(self, index: Index) -> None:
        known = self.frontier.known.get(index.request.meta["key"])
        same = known is not None and known.digest is not None and known.digest == index.digest
        self.visit(
            index.request,
            "unchanged" if same else "fetched",
            status=index.status,
            etag=index.etag,
            last_modified=index.last_modified,
            digest=index.digest,
        )


def request_of(response: Response) -> Request:
    """The request of a response that came through the engine."""
    if response.request is None:
        raise RuntimeError(f"{response} came without its request")
    return response.request


def validators(known: KnownAddress | None) -> dict[str, str] | None:
    """The headers that ask a server to answer only if something changed."""
    if known is None:
        return None
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers or None
