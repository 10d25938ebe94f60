"""Addresses: what to ask for, what belongs to a source, which links are pages of one article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import parse_qsl, urljoin, urlsplit

from store.model.keys import canonical_url
from store.model.source import Scope

_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id|_ga|_gl|ref)$", re.IGNORECASE)
_WHOLE = {"page": "all", "single": "1", "showpage": "all", "view": "all"}
_AMP = re.compile(r"/amp(?:/|$)|[?&](?:amp|outputtype=amp)(?:[=&]|$)|^https?://amp\.", re.IGNORECASE)
_DATE = re.compile(r"^(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?$")
DOCUMENTS = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".ods", ".odt")


def resolve(base: str, link: str) -> str | None:
    """A link on a page as an absolute http address without fragment; None for other schemes and for what is no address."""
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return None
    return url.partition("#")[0]


def request_url(url: str) -> str:
    """The address to ask for: as the site links it, but without trackers and never the AMP twin."""
    if _AMP.search(url):
        return canonical_url(url)
    head, mark, query = url.partition("?")
    kept = [part for part in query.split("&") if part and not _TRACKERS.match(part.partition("=")[0])]
    return head + (mark + "&".join(kept) if kept else "")


def is_document(url: str) -> bool:
    """Whether the address names a document file by its ending."""
    return urlsplit(url).path.lower().endswith(DOCUMENTS)


def whole_article(base: str, links: Iterable[str]) -> str | None:
    """Among the links of a page, the one that shows all pages of the same article at once."""
    own = canonical_url(base)
    for link in links:
        url = resolve(base, link)
        if url and _shows_all(url) and not _shows_all(base) and canonical_url(url) == own:
            return url
    return None


def next_part(base: str, links: Iterable[str]) -> str | None:
    """Among links that call themselves "next", the one to a later page of the same article."""
    own = canonical_url(base)
    for link in links:
        url = resolve(base, link)
        if url and url != base and canonical_url(url) == own and _part(url) > _part(base):
            return url
    return None


def believable(declared: str, asked: str, article: str | None) -> bool:
    """Whether a page's own canonical link can name this page: same site, and it shares the slug or number of the address.

    Sites exist whose every page names the home page, or the section, as its canonical address.
    """
    mine, theirs = urlsplit(asked), urlsplit(declared)
    if (mine.hostname or "").split(".")[-2:] != (theirs.hostname or "").split(".")[-2:]:
        return False
    if article and re.search(article, declared):
        return True
    marks = {mark for mark in re.split(r"[/?=&.]", f"{mine.path}?{mine.query}") if _telling(mark)}
    return bool(marks & set(re.split(r"[/?=&.]", f"{theirs.path}?{theirs.query}")))


def _telling(mark: str) -> bool:
    return mark.count("-") >= 2 or (mark.isdigit() and len(mark) >= 3 and not _DATE.match(mark))


def _shows_all(url: str) -> bool:
    return any(_WHOLE.get(name.lower()) == value.lower() for name, value in parse_qsl(urlsplit(url).query))


def _part(url: str) -> int:
    """Which page of an article an address is; 1 where it does not say."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in ("page", "halaman", "hal") and value.isdigit():
            return int(value)
    tail = parts.path.rstrip("/").rpartition("/")[2]
    numbered = tail.isdigit() and not urlsplit(canonical_url(url)).path.endswith(f"/{tail}")
    return int(tail) if numbered else 1  # a number that the canonical address keeps is the article's own


class Belonging:
    """Which addresses belong to a source: hosts (with or without port and `www.`, `*.` for any sub-domain) and paths."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(host.lower().removeprefix("www.") for host in self._scope.hosts)

    @cached_property
    def _allow(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self._scope.allow]

    @cached_property
    def _deny(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self._scope.deny]

    def host(self, url: str) -> bool:
        """Whether the host belongs to the source."""
        parts = urlsplit(url)
        name = (parts.hostname or "").rstrip(".").lower().removeprefix("www.")
        if name in self._hosts or f"{name}:{parts.port}" in self._hosts:
            return True
        return any(host.startswith("*.") and (name == host[2:] or name.endswith(host[1:])) for host in self._hosts)

    def page(self, url: str) -> bool:
        """Whether the address is in scope for articles: host, allowed paths, denied paths."""
        target = _target(url)
        if not self.host(url) or any(pattern.search(target) for pattern in self._deny):
            return False
        return not self._allow or any(pattern.search(target) for pattern in self._allow)

    def attachment(self, url: str) -> bool:
        """Whether a file that a page offers may be fetched: host and denied paths only."""
        return self.host(url) and not any(pattern.search(_target(url)) for pattern in self._deny)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
