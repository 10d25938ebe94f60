"""The loopback site: a news outlet and a ministry on two ports of this machine, with a calendar that tests turn."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.site import ministry, outlet
from tests.site.reply import Reply, Request

ROLES: Mapping[str, Callable[[Request], Reply]] = {"outlet": outlet.answer, "ministry": ministry.answer}
SOURCES = Path(__file__).parent / "sources"
FIRST_DAY = date(2024, 12, 19)
"""The day the site opens on: every story but those of the next days is out."""


@dataclass(frozen=True)
class Hit:
    """One answered request: which site, which path with its query, the status, who asked, and when (monotonic seconds)."""

    role: str
    path: str
    status: int
    user_agent: str
    at: float


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site, role = self.server.site, self.server.role
        count = site.count(role, self.path)
        request = Request(role, self.path, site.day, count, site.url(role))
        reply = ROLES[role](request)
        fresh = self._holds(reply)
        status = 304 if fresh else reply.status
        site.note(Hit(role, self.path, status, self.headers.get("User-Agent", ""), time.monotonic()))
        if reply.delay:
            time.sleep(reply.delay)
        self.send_response(status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if fresh:
            self.end_headers()
            return
        self.send_header("Content-Type", reply.mime)
        self._send_body(reply)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _holds(self, reply: Reply) -> bool:
        """Whether the asker already has this very answer."""
        if reply.status != 200:
            return False
        if asked := self.headers.get("If-None-Match"):
            return reply.headers.get("ETag") in {item.strip().removeprefix("W/") for item in asked.split(",")}
        asked = self.headers.get("If-Modified-Since")
        return asked is not None and asked == reply.headers.get("Last-Modified")

    def _send_body(self, reply: Reply) -> None:
        if reply.stream is not None:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for chunk in () if self.command == "HEAD" else reply.stream:
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body[: reply.cut])
        if reply.cut is not None:
            self.close_connection = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: tests read `Site.log`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site, role: str) -> None:
        self.site, self.role = site, role
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up early are part of the tests."""


class Site:
    """Both sites as a context manager.

    Args:
        host: The address to listen on.
        port: The outlet's port, the ministry takes the next one; 0 lets the system choose both.
        clock: Says on which day the site opens; turn `day` or call `advance` afterwards.

    `requests` counts by `role + path` ("outlet/rss"), `log` keeps every request in order.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, clock: Callable[[], date] = lambda: FIRST_DAY) -> None:
        self.host, self.port, self.day = host, port, clock()
        self.requests: Counter[str] = Counter()
        self.log: list[Hit] = []
        self._lock = threading.Lock()
        self._servers: dict[str, _Server] = {}

    def __enter__(self) -> Self:
        for offset, role in enumerate(ROLES):
            self._servers[role] = _Server((self.host, self.port + offset if self.port else 0), self, role)
        for server in self._servers.values():
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def netloc(self, role: str) -> str:
        """`host:port` of a site ("outlet" or "ministry")."""
        return f"{self.host}:{self._servers[role].server_address[1]}"

    def url(self, role: str, path: str = "") -> str:
        """The address of a site, or of a path on it."""
        return f"http://{self.netloc(role)}{path}"

    def advance(self, days: int = 1) -> date:
        """Turn the calendar: new stories appear, one is edited. Returns the new day."""
        self.day += timedelta(days=days)
        return self.day

    def count(self, role: str, path: str) -> int:
        """Note one more request for a path and say how many that makes."""
        with self._lock:
            self.requests[role + path] += 1
            return self.requests[role + path]

    def note(self, hit: Hit) -> None:
        """Keep an answered request in the log."""
        with self._lock:
            self.log.append(hit)

    def forget(self) -> None:
        """Empty counts and log, so that a test can look at one visit alone."""
        with self._lock:
            self.requests.clear()
            self.log.clear()

    def write_sources(self, folder: Path) -> list[Path]:
        """Write the source files of both sites with their present addresses; returns the files."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for path in sorted(SOURCES.glob("*.yml")):
            text = path.read_text(encoding="utf-8")
            for role in ROLES:
                text = text.replace(f"{{{role}}}", self.netloc(role))
            written.append(folder / path.name)
            written[-1].write_text(text, encoding="utf-8")
        return written
