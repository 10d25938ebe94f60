"""Every key rapor makes, from content alone: the same input gives the same key, so every write is idempotent."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan import clean_url

_AMP = re.compile(r"/amp(?=/|$)", re.IGNORECASE)
_PAGE_PARAMETERS = frozenset({"page", "amp", "outputtype", "output", "single", "showpage"})


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


def canonical_url(url: str) -> str:
    """The one address of a page: no tracker, AMP twin, mobile host, trailing dot, fragment or part number of one article.

    An address that cannot be understood is returned as it came. A port other than the default is kept.
    """
    cleaned = clean_url(url.strip()) or url.strip()
    parts = urlsplit(cleaned)
    host = (parts.hostname or "").rstrip(".").lower()
    for prefix in ("m.", "amp.", "mobile.", "fbeta."):
        if host.startswith(prefix) and host.count(".") >= 2:
            host = host[len(prefix) :]
    netloc = host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"
    path = _AMP.sub("", parts.path) or "/"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.lower() not in _PAGE_PARAMETERS])
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def article_key(url: str | None, text: str = "") -> str:
    """Key of an article: its canonical address, or its text where it has none."""
    return digest("article", canonical_url(url)) if url else digest("article-text", text)


def claim_key(article: str, programme: str, edition_year: int | None, category: str | None, innovation: str | None, recipient: str) -> str:
    """Key of one article's claim. `programme` is its key, or its folded name with its giver."""
    return digest("claim", article, programme, str(edition_year or ""), fold(category or ""), fold(innovation or ""), fold(recipient))


def evaluation_key(programme: str, edition_year: int | None, category: str | None, innovation: str | None, recipient: str) -> str:
    """Key of an evaluation, whoever tells it. `recipient` is its registry key, or its folded name."""
    return digest("evaluation", programme, str(edition_year or ""), fold(category or ""), fold(innovation or ""), fold(recipient))
