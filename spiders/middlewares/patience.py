"""Patience: servers that are busy or in trouble are asked again later, the whole host waits meanwhile."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from spiders.reasons import LaterError

LONGEST: Final = 90.0
"""A host that asks for a longer wait than this many seconds is left alone for the rest of the crawl."""
_BUSY: Final = frozenset({429, 503})


class Patience(RetryMiddleware):
    """Retries with growing pauses, honours Retry-After, and holds back all requests to a host that asked to wait."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._not_before: dict[str, float] = {}
        self._closed: dict[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        """Build it for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait as long as the host asked. Raises LaterError where that is too long."""
        host = urlsplit(request.url).netloc
        if host in self._closed:
            request.meta["ask_again"] = self._closed[host]
            raise LaterError(f"the host asks to be left alone until {self._closed[host]:%Y-%m-%d %H:%M} UTC")
        while (pause := self._not_before.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Pass an answer on, or ask again after a pause."""
        if response.status not in self.retry_http_codes or request.meta.get("dont_retry"):
            return response
        again = self._retry(request, f"it answered {response.status}")
        asked = retry_after(response)
        host = urlsplit(request.url).netloc
        if asked is not None and asked > LONGEST:
            self._closed[host] = datetime.now(UTC) + timedelta(seconds=asked)
            self._note(f"{host} asks to be left alone for {asked:.0f} s")
            request.meta["ask_again"] = self._closed[host]
            raise LaterError(f"it answered {response.status} and asks to be left alone for {asked:.0f} s")
        if again is None:
            return response
        pause = asked if asked is not None else self._pause(again)
        if response.status in _BUSY or asked is not None:
            self._not_before[host] = max(self._not_before.get(host, 0.0), time.monotonic() + pause)
        await asyncio.sleep(pause)
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Ask again after a pause where the connection failed."""
        if not isinstance(exception, self.exceptions_to_retry) or request.meta.get("dont_retry"):
            return None
        again = self._retry(request, exception)
        if again is not None:
            await asyncio.sleep(self._pause(again))
        return again

    def _pause(self, again: Request) -> float:
        shortest: float = self.crawler.settings.getfloat("RETRY_PAUSE")
        return min(LONGEST, shortest * 3.0 ** (int(again.meta.get("retry_times", 1)) - 1))

    def _note(self, text: str) -> None:
        spider: Any = self.crawler.spider
        spider.wire.note(text)


def retry_after(response: Response) -> float | None:
    """The seconds that a response asks to wait, given as a number or as a date; None where it does not ask."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not value:
        return None
    if value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
