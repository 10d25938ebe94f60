"""A download handler that reads no more than so many bytes of headers: Twisted bounds a line, not their number."""

from __future__ import annotations

from typing import Any, Final

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.web._newclient import HEADER, STATUS

MAX_HEADERS: Final = 256 * 1024
"""Bytes. The largest real headers, cookies and policies included, stay under a tenth of this."""


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with connections that give up on a flood of headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound(self)


def bound(handler: HTTP11DownloadHandler) -> None:
    """Make a handler's connections give up on a flood of headers."""
    handler._pool._factory = _Factory


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        parser = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MAX_HEADERS:
                transport: Any = self.transport
                transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    noisy = False

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  # Twisted's name
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
