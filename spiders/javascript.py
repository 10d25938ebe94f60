"""Pages that hold their text only after a browser ran their scripts: the system's Chromium, for sources that say so.

Needs the extra `js` (scrapy-playwright) and Chromium on this machine. What is archived of such a page is the document after its
scripts ran, not the bytes of the wire; it has no validators, so it is fetched in full when it is due.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from spiders.job import Job

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_QUIET: Final = 5000.0
"""Milliseconds to wait for the page's own requests to end; many pages never fall silent."""


def browser() -> str | None:
    """The browser of this machine; None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def missing() -> str | None:
    """What this machine lacks to crawl such pages, in words; None where it lacks nothing."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "its pages need a browser: install rapor with the extra js (pip install 'rapor[js]')"
    if browser() is None:
        return f"its pages need a browser, and none of {', '.join(BROWSERS)} is installed"
    return None


def settings(job: Job, user_agent: str) -> dict[str, Any]:
    """What Scrapy must be told beyond its usual settings."""
    handler = "spiders.middlewares.browser.BrowserHandler"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root otherwise
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": browser(), "args": arguments},
        "PLAYWRIGHT_CONTEXTS": {"default": {"user_agent": user_agent, "service_workers": "block", "accept_downloads": False}},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": job.page_seconds * 1000,
    }


def meta() -> Mapping[str, Any]:
    """What a request says to be answered by the browser."""
    from scrapy_playwright.page import PageMethod

    return {"playwright": True, "playwright_page_init_callback": _no_sockets, "playwright_page_methods": [PageMethod(_settle)]}


async def is_open(url: str, allowed: frozenset[str]) -> bool:
    """Whether an address may be asked by a page's scripts: http or https, on the open internet or allowed by `host:port`."""
    from spiders.middlewares.guard import is_public

    parts = urlsplit(url)
    host, port = (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme not in ("http", "https") or not host:
        return False
    if f"{host}:{port}" in allowed:
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(is_public(str(address[0])) for *_, address in found)


async def _no_sockets(page: Any, request: Any) -> None:
    """No web sockets: they pass by every guard."""
    await page.route_web_socket("**", lambda found: found.close())


async def _settle(page: Any) -> None:
    from playwright.async_api import TimeoutError as TooLongError

    with suppress(TooLongError):
        await page.wait_for_load_state("networkidle", timeout=_QUIET)
