"""What the loopback site answers: one small value per response, made by the routes and sent by the server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request: which site, which path with its query, the day and how often this very path was asked for (from 1)."""

    role: str
    target: str
    day: date
    count: int
    base: str
    """Address of the asked site, `http://host:port`."""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    def query(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True).get(name, [default])[0]

    def number(self, name: str, default: int) -> int:
        """A query parameter as a positive number; the default where it is none."""
        value = self.query(name)
        return int(value) if value.isdecimal() and int(value) > 0 else default


@dataclass(frozen=True)
class Reply:
    """A response. `stream` replaces `body` for large answers; `cut` closes the connection after that many bytes."""

    body: bytes = b""
    status: int = 200
    mime: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    stream: Iterator[bytes] | None = None
    cut: int | None = None
    delay: float = 0.0


def html(markup: str, status: int = 200) -> Reply:
    """An HTML page in UTF-8 without validators."""
    return Reply(markup.encode("utf-8"), status)


def validated(body: bytes, mime: str = HTML, changed: datetime | None = None) -> Reply:
    """A response with ETag, and Last-Modified where the time of change is known, so that it can be asked for again cheaply."""
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"'}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(tz=UTC), usegmt=True)
    return Reply(body, mime=mime, headers=headers)


def redirect(location: str, status: int = 302) -> Reply:
    """A redirect with a body that says so."""
    return Reply(b"<p>Halaman dipindahkan.</p>", status, headers={"Location": location})


def missing(status: int = 404) -> Reply:
    """A page that is not there (404) or was taken away (410)."""
    return html("<!doctype html><title>Tidak ditemukan</title><h1>Halaman tidak ditemukan</h1>", status)
