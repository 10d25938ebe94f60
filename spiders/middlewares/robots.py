"""robots.txt: obeyed, with its crawl-delay; where it cannot be had because the server fails, nothing is asked for."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from spiders.reasons import ROBOTS, LaterError, RefusedError

AGENT = "rapor"
_log = logging.getLogger(__name__)


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, with the three things it leaves out: crawl-delay, servers in trouble, and a reason to report."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._settle(netloc, _NoRobots(LaterError(f"{ROBOTS} answered {response.status}, so nothing is asked for now")))
            return
        if response.status >= 400:  # none there: all is allowed
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        delay = parser.crawl_delay(AGENT) if isinstance(parser, RobotParser) else None
        if delay:
            self._slow_down(request, delay)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # A server in trouble forbids nothing: its addresses are asked for again soon. A guard of ours refuses them for long.
        trouble = LaterError(f"{ROBOTS} cannot be had ({type(exc).__name__}), so nothing is asked for now")
        self._settle(netloc, _NoRobots(exc if isinstance(exc, IgnoreRequest) else trouble))

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass or raise RefusedError."""
        if isinstance(rp, _NoRobots):
            raise type(rp.error)(str(rp.error))
        if rp is not None and not rp.allowed(request.url, AGENT):
            raise RefusedError(f"{ROBOTS} asks us to stay away")

    def _settle(self, netloc: str, parser: RobotParser) -> None:
        waiting: Any = self._parsers[netloc]
        self._parsers[netloc] = parser
        waiting.callback(parser)

    def _slow_down(self, request: Request, delay: float) -> None:
        """Keep the host's delay at what it asks for, without the usual variation."""
        host = urlsplit(request.url).hostname or ""
        downloader: Any = self.crawler.engine.downloader if self.crawler.engine else None
        if downloader is None:
            return
        floor = max(delay, downloader.per_slot_settings.get(host, {}).get("delay", 0.0), self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        downloader.per_slot_settings[host] = {"delay": floor, "jitter": 0.0, "concurrency": 1}
        slot = downloader.slots.get(host)
        if slot is not None:
            slot.delay, slot.jitter, slot.concurrency = floor, 0.0, 1
        _log.info("%s asks for %s s between two requests", host, delay)


class _NoRobots(RobotParser):
    """Stands for a robots.txt that could not be read; `error` is what every request meets."""

    def __init__(self, error: IgnoreRequest) -> None:
        self.error = error

    @classmethod
    def from_crawler(cls, crawler: Any, robotstxt_body: bytes) -> _NoRobots:
        """Part of the interface; never called."""
        return cls(RefusedError())

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Nothing is."""
        return False


class Throttle(AutoThrottle):
    """AutoThrottle that never goes below the crawl-delay of a host."""

    def _adjust_delay(self, slot: Any, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        engine: Any = self.crawler.engine
        floor = engine.downloader.per_slot_settings.get(urlsplit(response.url).hostname or "", {}).get("delay", 0.0)
        slot.delay = max(slot.delay, floor)
