"""Pages of articles: what came is kept, its other pages and attachments are followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure as TwistedFailure

from spiders.addresses import believable, next_part, request_url, resolve, whole_article
from spiders.frontier import Link
from spiders.links import Links
from spiders.page import Page
from spiders.reasons import EnoughError, reason_of
from store.model.keys import canonical_url
from store.model.visits import Outcome

if TYPE_CHECKING:
    from spiders.base import SourceSpider

MAX_PARTS: Final = 30
_NEXT: Final = 'a[rel~="next"]::attr(href), link[rel~="next"]::attr(href), a.next::attr(href)'


class Articles:
    """The callbacks of page requests.

    An article over several pages is fetched in its one-page edition where it offers one; otherwise every later page is
    archived as a part, with the article as its parent.
    """

    def __init__(self, spider: SourceSpider) -> None:
        self._spider = spider
        self._files = tuple(item.attachments for item in spider.source.discovery if item.attachments)
        self._linked = tuple(Links(spider, item) for item in spider.source.discovery if item.kind == "links")

    def failed(self, failure: TwistedFailure) -> Iterator[Page]:
        """A page could not be fetched. Where only the one-page edition failed, the first page is kept instead."""
        request: Request = failure.request  # type: ignore[attr-defined]
        first: Page | None = request.meta.get("first")
        if first is not None:
            yield first
            return
        if isinstance(failure.value, EnoughError):
            self._spider.settle(request.meta["key"], asked=False)
            return
        outcome, reason = reason_of(failure)
        self._spider.visit(request, outcome, reason=reason)
        self._spider.settle(request.meta["key"])

    def parse(self, response: Response) -> Iterator[Page | Request]:
        """A page came, or an answer that is none."""
        request = response.request
        if request is None:
            return
        if response.status != 200:
            yield from self._no_page(request, response)
            return
        page = self._page(request, response)
        if page is None:
            self._spider.settle(request.meta["key"])
            return
        if not isinstance(response, TextResponse) or page.kind == "attachment":
            yield page
            return
        if page.kind == "page" and "first" not in request.meta:
            # Only a link with a query can say "all pages"; a menu has hundreds of others, each dear to resolve.
            whole = whole_article(response.url, response.xpath("//a/@href[contains(., '=')]").getall())
            if whole and self._spider.belonging.host(whole):
                yield request.replace(url=whole, headers={}, meta={**_plain(request), "first": page})
                return
        yield page
        yield from self._next_part(request, response, page)
        yield from self._attachments(response, page)
        if not self._spider.job.urls:
            for links in self._linked:
                yield from links.follow(response, request.meta.get("steps", 1))

    def _no_page(self, request: Request, response: Response) -> Iterator[Page]:
        first: Page | None = request.meta.get("first")
        if first is not None:
            yield first
            return
        if response.status == 304:
            self._spider.visit(request, "unchanged", status=304)
        else:
            outcome: Outcome = "gone" if response.status in (404, 410) else "failed"
            self._spider.visit(request, outcome, status=response.status, reason=f"the server answered {response.status}")
        self._spider.settle(request.meta["key"])

    def _page(self, request: Request, response: Response) -> Page | None:
        """The page to keep; None where it turned out to be one that this crawl has under another address."""
        spider = self._spider
        key: str = request.meta["key"]
        link: Link = request.meta["link"]
        url = key if link.kind == "part" else self._own_address(request, response, key)
        if url != key and "first" not in request.meta and spider.frontier.seen(url):
            spider.visit(request, "unchanged", status=response.status, reason=f"leads to {url}")
            return None
        return Page(
            response=response,
            key=key,
            url=url,
            kind=link.kind,
            title=link.title,
            published=link.published,
            parent=link.parent,
            known=spider.frontier.known.get(url) or spider.frontier.known.get(key),
        )

    def _own_address(self, request: Request, response: Response, key: str) -> str:
        """The canonical address of what came: where redirects led, or what the page calls itself and can be believed."""
        reached = canonical_url(response.url) if request.meta.get("redirect_urls") else key
        if isinstance(response, TextResponse):
            declared = resolve(response.url, response.css('link[rel="canonical"]::attr(href)').get() or "")
            if declared and self._spider.belonging.host(declared) and believable(declared, reached, request.meta.get("article")):
                return canonical_url(declared)
        return reached

    def _next_part(self, request: Request, response: TextResponse, page: Page) -> Iterator[Request]:
        number: int = request.meta.get("part", 1)
        following = next_part(response.url, response.css(_NEXT).getall())
        if following is None or number >= MAX_PARTS or "first" in request.meta:
            return
        key = request_url(following)
        if self._spider.belonging.host(key) and not self._spider.frontier.seen(key):
            link = Link(key, key, "part", title=page.title, published=page.published, parent=page.parent or page.url)
            part = self._spider.page_request(link)
            part.meta["part"] = number + 1
            yield part

    def _attachments(self, response: TextResponse, page: Page) -> Iterator[Request]:
        for selector in self._files:
            for element in response.css(selector):
                href = element.attrib.get("href") or element.attrib.get("src") or ""
                title = " ".join(element.xpath("string()").get("").split()) or None
                link = self._spider.link(response.url, href, kind="attachment", title=title, parent=page.parent or page.url)
                if link is None or not self._spider.belonging.attachment(link.url):
                    self._spider.wire.count("scope")
                elif self._spider.frontier.wants(link):
                    yield self._spider.page_request(link)


def _plain(request: Request) -> dict[str, object]:
    """What a request says of its page, without the traces of how it travelled."""
    kept = ("kind", "key", "link", "article", "steps", "playwright", "playwright_page_init_callback", "playwright_page_methods")
    return {name: request.meta[name] for name in kept if name in request.meta}
