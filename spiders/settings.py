"""Scrapy's settings for a crawl: polite, bounded, quiet."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from spiders import javascript
from spiders.job import Job
from spiders.middlewares.robots import AGENT
from store.archive import Archive

MAX_BODY: Final = 20 * 1024 * 1024
"""Bytes, packed or unpacked: no article and hardly a document is larger."""


def user_agent(contact: str) -> str:
    """Who we are and where complaints go."""
    try:
        number = version("rapor")
    except PackageNotFoundError:
        number = "0"
    return f"{AGENT}/{number} (+{contact})" if contact else f"{AGENT}/{number}"


_ALWAYS: Final[Mapping[str, Any]] = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": AGENT,
    "AUTOTHROTTLE_MAX_DELAY": 60.0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_ITEMS": 4,  # Scrapy starts so many tasks for every response; a page yields one item
    "DOWNLOAD_MAXSIZE": MAX_BODY,
    "DOWNLOAD_WARNSIZE": MAX_BODY // 2,
    "DNS_TIMEOUT": 20,
    "TWISTED_DNS_RESOLVER": "spiders.middlewares.guard.GuardedResolver",
    "RETRY_TIMES": 2,
    "RETRY_HTTP_CODES": [408, 429, 500, 502, 503, 504, 522, 524],
    "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    "COOKIES_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "id,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",  # what the archive can undo without further libraries
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "spiders.middlewares.guard.Guard": 20,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "spiders.middlewares.robots.Robots": 100,
        "spiders.middlewares.guard.Sniffer": 540,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "spiders.middlewares.patience.Patience": 550,
        "spiders.middlewares.challenge.Challenge": 560,
        "spiders.middlewares.wire_body.WireBody": 595,
    },
    "ITEM_PIPELINES": {"spiders.archiving.Archiving": 100},
    "EXTENSIONS": {
        "scrapy.extensions.telnet.TelnetConsole": None,
        "scrapy.extensions.remote_control.RemoteControl": None,  # nobody needs a port into a crawl
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.throttle.AutoThrottle": None,
        "spiders.middlewares.robots.Throttle": 0,
    },
    "MEMUSAGE_LIMIT_MB": 1500,
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}
_HANDLERS: Final = {
    "http": "spiders.middlewares.bounded.BoundedHandler",
    "https": "spiders.middlewares.bounded.BoundedHandler",
    "file": None,
    "ftp": None,
    "data": None,
    "s3": None,
}


def settings_for(job: Job, archive: Archive) -> dict[str, Any]:
    """The settings of one crawl. A delay of 0 turns throttling off: only the loopback site and its owner ask for that."""
    delay = job.source.politeness.delay_seconds
    settings: dict[str, Any] = {
        **_ALWAYS,
        "JOB": job,
        "ARCHIVE": archive,
        "USER_AGENT": user_agent(job.contact),
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_ENABLED": delay > 0,
        "AUTOTHROTTLE_START_DELAY": delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4 if delay > 0 else 8,
        "DOWNLOAD_TIMEOUT": job.page_seconds,
        "DOWNLOAD_HANDLERS": _HANDLERS,
        "RETRY_PAUSE": 2.0 if delay > 0 else 0.2,
        "CLOSESPIDER_TIMEOUT": job.seconds,
    }
    if job.source.politeness.javascript:
        more = javascript.settings(job, settings["USER_AGENT"])
        settings |= {**more, "DOWNLOAD_HANDLERS": {**_HANDLERS, **more["DOWNLOAD_HANDLERS"]}}
    return settings
