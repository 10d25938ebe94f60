"""Discovery by lists of links: dated index pages, numbered pages, pages with a link to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.http import Response, TextResponse

from spiders.addresses import resolve
from spiders.frontier import Link
from store.model.source import Discovery

if TYPE_CHECKING:
    from spiders.base import SourceSpider

_DATE: Final = re.compile(r"\{date:([^}]+)\}")


class Listing:
    """A list, page after page to its end or to the number of pages that the source allows.

    It never stops early because pages look known: what moved down the list or was inserted late would be lost.
    """

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None:
        self._spider = spider
        self._discovery = discovery
        self._numbered = "{page}" in discovery.url

    def requests(self) -> Iterator[Request]:
        """The first page of every list: one a day for dated indexes."""
        for template in self.templates():
            yield from self._page(template, 1, template.replace("{page}", "1"))

    def templates(self) -> list[str]:
        """The addresses of the lists, dates filled in and `{page}` left open."""
        if not _DATE.search(self._discovery.url):
            return [self._discovery.url]
        return [dated(self._discovery.url, day) for day in self._spider.days()]

    def parse(self, response: Response, template: str, number: int, before: tuple[str, ...] = ()) -> Iterator[Request]:
        """The links of one page, then the next page."""
        if response.status == 304:
            self._spider.opened(response)
            yield from self._page(template, number + 1, template.replace("{page}", str(number + 1)))
            return
        past_the_end = response.status in (400, 404, 410) and number > 1
        index = None if past_the_end else self._spider.opened(response)
        if index is None or not isinstance(response, TextResponse):
            return
        links = self._links(response)
        found = tuple(link.key for link in links)
        if not found and number == 1 and not self._may_be_empty():
            self._spider.wire.note(f"the list {response.url} holds no links that {self._discovery.links or 'a[href]'} finds")
        yield from self._spider.offer(links, self._discovery, index)
        self._spider.indexes.finish(index)
        if found and found != before:  # some sites answer every number past the end with their last page
            yield from self._next(response, template, number, found)

    def _may_be_empty(self) -> bool:
        """A day without news and a search without results are nothing to tell."""
        return "{date" in self._discovery.url or "{query}" in self._discovery.url

    def _links(self, response: TextResponse) -> list[Link]:
        links = []
        for element in response.css(self._discovery.links or "a[href]"):
            href = element.attrib.get("href") or element.css("a::attr(href)").get() or ""
            link = self._spider.link(response.url, href, title=" ".join(element.xpath("string()").get("").split()) or None)
            if link is not None:
                links.append(link)
        return links

    def _next(self, response: TextResponse, template: str, number: int, found: tuple[str, ...]) -> Iterator[Request]:
        if self._discovery.next:
            element = next(iter(response.css(self._discovery.next)), None)
            href = None if element is None else element.attrib.get("href") or element.css("a::attr(href)").get()
            url = resolve(response.url, href) if href else None
            if url is not None and self._spider.belonging.host(url):
                yield from self._page(template, number + 1, url, found)
        elif self._numbered:
            yield from self._page(template, number + 1, template.replace("{page}", str(number + 1)), found)

    def _page(self, template: str, number: int, url: str, before: tuple[str, ...] = ()) -> Iterator[Request]:
        if number > self._discovery.pages:
            return
        arguments: dict[str, Any] = {"template": template, "number": number, "before": before}
        conditional = self._numbered and not self._discovery.next  # without the page we would not know the next one
        yield from self._spider.index_requests(url, self.parse, conditional=conditional, arguments=arguments, browser=True)


def dated(template: str, day: date) -> str:
    """The template with the day in it, in the form that the template asks for."""
    return _DATE.sub(lambda match: day.strftime(match[1]), template)
