"""The download handler of pages that need a browser; all else goes the usual way. Imported only where a source asks for it."""

from __future__ import annotations

from typing import Any, Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from spiders.javascript import is_open
from spiders.job import Job
from spiders.middlewares.bounded import bound

_NEEDLESS: Final = frozenset({"image", "media", "font", "stylesheet", "manifest", "ping", "eventsource", "websocket"})
_OF_THE_WIRE: Final = ("Content-Length", "Transfer-Encoding", "ETag", "Last-Modified")


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it ships no types
    """Scrapy-playwright's handler with our guards: no private addresses, no pictures, no page outside the source."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound(self)
        job: Job = crawler.settings["JOB"]
        self._spider_of = crawler
        self._allowed = frozenset(host.lower() for host in job.allow_hosts)
        self.abort_request = self._unwanted

    async def download_request(self, request: Request) -> Response:
        """Download a page; one that a browser made keeps no header that speaks of the bytes on the wire."""
        response: Response = await super().download_request(request)
        if "playwright" in response.flags:
            headers = response.headers.copy()
            for name in _OF_THE_WIRE:
                headers.pop(name, None)
            response = response.replace(headers=headers)
        return response

    async def _unwanted(self, asked: Any) -> bool:
        """Whether a request of a page is not made; those that are count towards what the host may have in a day."""
        spider: Any = self._spider_of.spider
        if asked.resource_type in _NEEDLESS or not await is_open(asked.url, self._allowed):
            return True
        if not asked.is_navigation_request():
            spider.wire.hosts[asked.url.split("/")[2].rpartition("@")[2].lower()] += 1
            return False
        return asked.frame.parent_frame is not None or not spider.belonging.host(asked.url)
