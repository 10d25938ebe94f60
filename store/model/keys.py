"""Every key rapor makes, from content alone: the same input gives the same key, so every write is idempotent."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan import clean_url

_AMP = re.compile(r"/amp(?=/|$)|(?<=\.html)\.amp$|\.amp(?=\.html$)", re.IGNORECASE)
_TWIN_HOSTS = ("m.", "amp.", "mobile.", "fbeta.", "wap.")
_PAGE_PARAMETERS = frozenset({"page", "halaman", "hal", "amp", "outputtype", "output", "single", "showpage", "view_all"})
_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|dclid|igshid|mc_[ce]id|_g[al]|ref|source|share|amp_\w+)$", re.IGNORECASE)
_HOST = re.compile(r"^(?:[^\s/?#@\[\]:.]+(?:\.[^\s/?#@\[\]:.]+)*|[0-9a-f:.]*:[0-9a-f:.]*)$")
_PART = re.compile(r"(?:/(?:page|halaman))?/\d{1,2}$")
_SLUG = re.compile(r"[^/]*(?:-[^/-]+){3,}$")


def digest(*parts: str) -> str:
    """A stable key of 16 hexadecimal digits over the parts, order and borders included."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8"), digest_size=8).hexdigest()


def body_digest(body: bytes) -> str:
    """SHA-256 of a response body, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def fold(text: str) -> str:
    """Lower case, no accents or punctuation, one space: the form in which names are compared and blocked."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def slug(text: str) -> str:
    """The folded text as a path part: "Polres Malang" gives "polres-malang"."""
    return fold(text).replace(" ", "-")


@lru_cache(maxsize=8192)
def canonical_url(url: str) -> str:
    """The one address of a page: no tracker, AMP twin, mobile host, trailing dot or slash, fragment or part of one article.

    Public hosts are written with https, whatever led there; addresses with a port of their own and bare IP addresses keep
    their scheme. `www.` stays: there are sites that answer with it only. What is no web address is returned as it came.
    """
    cleaned = clean_url(url.strip()) or url.strip()
    try:
        parts = urlsplit(cleaned)
        port = parts.port
    except ValueError:
        return url.strip()
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in ("http", "https") or not _HOST.match(host):
        return url.strip()
    while host.startswith(_TWIN_HOSTS) and host.count(".") >= 2:
        host = host.partition(".")[2]
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        netloc = f"{netloc}:{port}"
    elif "." in host and not host.rpartition(".")[2].isdigit():
        scheme = "https"
    return urlunsplit((scheme, netloc, _canonical_path(parts.path), _canonical_query(parts.query), ""))


def _canonical_path(path: str) -> str:
    """The path of an article's first page: `/2` goes only where a slug of several words stands before it."""
    before = None
    while path != before:  # a twin of a part of a twin is still the same article
        before = path
        path = _AMP.sub("", re.sub(r"/{2,}", "/", path)).rstrip("/")
        part = _PART.search(path)
        if part and _SLUG.search(path[: part.start()].removesuffix(".html")):
            path = path[: part.start()]
    return path or "/"


def _canonical_query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower() not in _PAGE_PARAMETERS and not _TRACKERS.match(name)
    ]
    return urlencode(sorted(kept))


def article_key(url: str | None, text: str = "") -> str:
    """Key of an article: its canonical address, or its text where it has none."""
    return digest("article", canonical_url(url)) if url else digest("article-text", text)


def claim_key(article: str, programme: str, edition_year: int | None, category: str | None, innovation: str | None, recipient: str) -> str:
    """Key of one article's claim. `programme` is its key, or its folded name with its giver."""
    return digest("claim", article, programme, str(edition_year or ""), fold(category or ""), fold(innovation or ""), fold(recipient))


def evaluation_key(programme: str, edition_year: int | None, category: str | None, innovation: str | None, recipient: str) -> str:
    """Key of an evaluation, whoever tells it. `recipient` is its registry key, or its folded name."""
    return digest("evaluation", programme, str(edition_year or ""), fold(category or ""), fold(innovation or ""), fold(recipient))
