"""The guard: only http and https, only public addresses, only hosts of the source, only answers that can be articles.

Names are checked where they are resolved for the connection itself, so that a name cannot show one address to the guard
and another to the socket; addresses written as numbers and every step of a redirect are checked before they are asked.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface.declarations import provider  # type: ignore[import-untyped]

from spiders.addresses import is_document
from spiders.job import Job
from spiders.reasons import EnoughError, RefusedError

_log = logging.getLogger(__name__)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", ""})
DOCUMENT_TYPES: Final = frozenset(
    {
        "application/pdf",
        "application/x-pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
UNCLEAR_TYPES: Final = frozenset({"application/octet-stream", "application/zip", "application/force-download", "binary/octet-stream"})


def is_public(address: str) -> bool:
    """Whether an IP address lies on the open internet: not private, loopback, link-local, shared, reserved or multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour:
            return is_public(str(ip.sixtofour))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Guard:
    """Refuses requests before they are made, and answers by their headers."""

    def __init__(self, crawler: Crawler) -> None:
        job: Job = crawler.settings["JOB"]
        self._crawler = crawler
        self._allowed = frozenset(host.lower() for host in job.allow_hosts)
        self._source = job.source
        self._spent = job.spent

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """Build it and listen for headers."""
        guard = cls(crawler)
        crawler.signals.connect(guard.headers_received, signal=signals.headers_received)
        return guard

    def process_request(self, request: Request) -> None:
        """Let a request pass. Raises RefusedError for one that is never made, EnoughError for one that is not made today."""
        parts = urlsplit(request.url)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            raise RefusedError(f"{parts.scheme or 'nothing'} is no scheme we ask for")
        self._check_address(host, parts.port or (443 if parts.scheme == "https" else 80))
        spider: Any = self._crawler.spider
        if "kind" in request.meta and not spider.belonging.host(request.url) and not spider.job.urls:
            raise RefusedError(f"it leads out of the source, to {host}")
        self._check_manners(spider, parts.netloc.rpartition("@")[2].lower())

    def _check_manners(self, spider: Any, netloc: str) -> None:
        """Keep the hours of rest, and the ceiling of requests that a host may have in a day."""
        if self._source.rests(spider.moment()) and not spider.job.urls:
            spider.cut_short = spider.cut_short or "rest hours"
            spider.stop("rest hours")
            raise EnoughError("the site is to be left alone at this hour")
        most = self._source.politeness.requests_per_day
        if self._spent.get(netloc, 0) + spider.wire.hosts[netloc] >= most:
            spider.cut_short = spider.cut_short or "requests"
            raise EnoughError(f"{netloc} may have {most} requests a day and had them")
        spider.wire.hosts[netloc] += 1

    def _check_address(self, host: str, port: int) -> None:
        if f"{host}:{port}" in self._allowed:
            return
        try:
            public = is_public(host)
        except ValueError:
            if host in {allowed.rpartition(":")[0] for allowed in self._allowed}:
                raise RefusedError(f"{host} is allowed on another port only") from None
            return  # a name: checked when it is resolved
        if not public:
            raise RefusedError(f"{host} is a private address")

    def headers_received(self, headers: Headers, body_length: int, request: Request) -> None:
        """Break off the download of what can be neither article nor document."""
        kind = request.meta.get("kind")
        if kind in (None, "index"):
            return
        mime = (headers.get("Content-Type") or b"").decode("latin-1").split(";")[0].strip().lower()
        if mime in PAGE_TYPES or mime in DOCUMENT_TYPES or (mime in UNCLEAR_TYPES and is_document(request.url)):
            return
        raise StopDownload(fail=True)


class Sniffer:
    """Refuses bodies that are not what their headers say, nothing at all, or what a browser made larger than we take."""

    def __init__(self, crawler: Crawler) -> None:
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Sniffer:
        """Build it for a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Let a response pass or raise RefusedError."""
        if request.meta.get("kind") not in ("page", "part") or response.status != 200:
            return response
        if len(response.body) > self._most:
            raise RefusedError("the page is larger than we take")
        if not response.body.strip():
            raise RefusedError("the page is empty")
        mime = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        if "html" in mime and b"\x00" in response.body[:2048] and not response.body.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise RefusedError("the body is no HTML although its header says so")
        return response


class GuardedResolver(CachingHostnameResolver):
    """Resolves names and drops private addresses, except for hosts that the crawl was told to allow."""

    def __init__(self, reactor: Any, cache_size: int, allowed: frozenset[str]) -> None:
        super().__init__(reactor, cache_size)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Build it for a crawl."""
        job: Job = crawler.settings["JOB"]
        hosts = frozenset(host.lower().rpartition(":")[0] for host in job.allow_hosts)
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), hosts)

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name; private addresses do not come through."""
        receiver: Any = resolutionReceiver if hostName.lower() in self._allowed else _PublicOnly(resolutionReceiver, hostName)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@provider(IResolutionReceiver)
class _PublicOnly:
    """Passes on public addresses."""

    def __init__(self, receiver: Any, host: str) -> None:
        self._receiver = receiver
        self._host = host

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if isinstance(address, IPv4Address | IPv6Address) and not is_public(address.host):
            _log.warning("%s leads to the private address %s and is not asked", self._host, address.host)
            return
        self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
