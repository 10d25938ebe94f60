"""Discovery by links: from a page of the site to the articles it links to, and from those to the articles that they link to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response, TextResponse

from spiders.frontier import Link
from store.model.source import Discovery

if TYPE_CHECKING:
    from spiders.base import SourceSpider


class Links:
    """The links of a first page and of every article fetched, to the number of steps that the source's `pages` allows.

    For sites that list little: old stories are found as the further reading of newer ones. A page that has not changed is not
    looked at again, so links are followed when their page is new, or due and changed.
    """

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None:
        self._spider = spider
        self._discovery = discovery

    def requests(self) -> Iterator[Request]:
        """The first page."""
        yield from self._spider.index_requests(self._discovery.url, self.parse, conditional=True, browser=True)

    def parse(self, response: Response) -> Iterator[Request]:
        """The links of the first page."""
        index = self._spider.opened(response)
        if index is None:
            return
        if isinstance(response, TextResponse):
            yield from self._spider.offer(self._links(response), self._discovery, index)
        self._spider.indexes.finish(index)

    def follow(self, response: TextResponse, steps: int) -> Iterator[Request]:
        """The articles that an article links to, `steps` links away from the first page."""
        if steps < self._discovery.pages:
            yield from self._spider.follow(self._links(response), self._discovery, steps + 1)

    def _links(self, response: TextResponse) -> Iterator[Link]:
        for element in response.css(self._discovery.links or "a[href]"):
            href = element.attrib.get("href") or element.css("a::attr(href)").get() or ""
            link = self._spider.link(response.url, href)
            if link is not None:
                yield link
