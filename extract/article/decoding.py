"""Bytes of a page to one lxml tree: the charset that the bytes really are in, whatever they claim."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from store.model.errors import ReadError

MAX_BYTES = 12_000_000
"""Pages larger than this are no articles (bytes)."""

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,30})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]")
_BROKEN_TWICE = re.compile(
    "[\u00c2\u00c3\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}"
)
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252", "iso8859-1"})
_FEW_ERRORS = 0.002


def decode(body: bytes, encoding: str | None = None) -> str:
    """The text of a page. `encoding` is what the server said; bytes that are valid UTF-8 are UTF-8 all the same.

    Windows-1252 stands in for every Latin claim, as in browsers; single broken bytes are replaced, never fatal.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(body[:8192])
    for claimed in (encoding, declared.group(1).decode("ascii") if declared else None):
        name = claimed or ""
        if not name or name.lower().replace("_", "-") in ("utf-8", "utf8"):
            continue
        if name.lower() in _LATIN:
            break
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(text.count(character) for character in "“”‘’–—é…")
    if right and wrong <= max(3, _FEW_ERRORS * len(text)):
        return text
    return body.decode("cp1252", "replace")


def parse_page(body: bytes, encoding: str | None = None) -> Any:
    """The page as one lxml tree without comments; text that was encoded twice is put right.

    Raises:
        ReadError: where the body is empty, too large, or no HTML.
    """
    if not body.strip():
        raise ReadError("page: the body is empty")
    if len(body) > MAX_BYTES:
        raise ReadError(f"page: {len(body):,} bytes are more than the {MAX_BYTES:,} that an article may have")
    if body[:5] == b"%PDF-" or body[:4] == b"PK\x03\x04":
        raise ReadError("page: it is a document (PDF or Office), not HTML; read it as a document")
    text = _XML_DECLARATION.sub("", _UNWANTED.sub("", decode(body, encoding)))
    if "<" not in text:
        raise ReadError("page: there is no HTML in it")
    if "â€" in text or "Ã" in text or "Â" in text:
        text = _BROKEN_TWICE.sub(_repair, text)
    try:
        return document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"))
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise ReadError(f"page: it cannot be parsed as HTML ({error})") from error


def _repair(match: re.Match[str]) -> str:
    """One character that was read as Windows-1252 and encoded again; of a closing quotation mark the last byte is often lost."""
    try:
        return b"".join(_byte(character) for character in match.group()).decode("utf-8")
    except UnicodeError:
        return "”" if match.group() == "â€" else match.group()


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
