"""Plain text and article JSON as articles: the text stays as it lies, what it says of itself is read from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extract.article.language import detect_language
from extract.article.published import read_moment
from extract.boilerplate import find_byline
from extract.boilerplate.markers import STAMP
from store.model.errors import ReadError
from store.model.keys import article_key
from store.model.records import Article

_FIELDS = frozenset(Article.model_fields)
_HOST = r"(?:[a-z0-9-]+\.){1,3}(?:com|id|net|co|org|news|info|tv|asia)"
_OUTLET = re.compile(
    rf"^[ \t]*(?:(?P<first>{_HOST})[ \t]*(?:[,|:–—-]|//|$)"
    rf"|[A-Z][\w .']{{2,30}},[ \t]*(?P<second>{_HOST}|(?-i:CNN Indonesia|CNBC Indonesia))[ \t]*[–—|-]"
    r"|[A-Z][\w .']{2,30}[ \t]*\((?P<third>(?-i:ANTARA(?: News)?|Antara(?: News)?|InfoPublik))\)[ \t]*[–—-])",
    re.IGNORECASE,
)
_FIRST_LINES = 8


def read_text(text: str, *, key: str | None = None, url: str | None = None) -> Article:
    """An article from plain text whose first non-empty line is its title; the rest stays as it lies.

    Outlet, authors, editors, the moment of publication and the language are read from the text where it says them.

    Raises:
        ReadError: where the text is empty or nothing follows its title.
    """
    text = text.removeprefix("\ufeff")
    title, body = _split_title(text)
    if not title:
        raise ReadError(f"{key or url or 'text'}: it is empty, there is nothing to read")
    if not body.strip():
        raise ReadError(f"{key or url or 'text'}: it holds one line only, a title without an article")
    if "\x00" in text[:4096]:
        raise ReadError(f"{key or url or 'text'}: it is binary data, not text")
    return _complete({"title": title, "text": body, "key": key, "url": url})


def read_json(data: Mapping[str, Any]) -> Article:
    """An article from article JSON (`key url outlet title published text`): its text is not touched.

    A missing language, by-line or key is filled from the article itself; unknown fields are an error by name.

    Raises:
        ReadError: where it is no article: no text and no title, fields of the wrong type, fields that do not exist.
    """
    unknown = sorted(set(data) - _FIELDS - {"id", "source"})
    if unknown:
        raise ReadError(f"article JSON: unknown field {', '.join(unknown)}; an article has {', '.join(sorted(_FIELDS))}")
    given = {name: value for name, value in data.items() if name in _FIELDS and value is not None}
    if not given.get("key") and data.get("id"):
        given["key"] = str(data["id"])
    for name in ("title", "text", "url", "outlet", "published"):
        if name in given and not isinstance(given[name], str):
            raise ReadError(f"article JSON {given.get('key', '')}: {name} must be text, not {type(given[name]).__name__}")
    if not given.get("title", "").strip() and not given.get("text", "").strip():
        raise ReadError(f"article JSON {given.get('key', '')}: it has neither title nor text")
    return _complete(given)


def _complete(given: dict[str, Any]) -> Article:
    title, text = given.get("title", ""), given.get("text", "")
    given["key"] = given.get("key") or article_key(given.get("url"), text)
    if not given.get("authors") or not given.get("editors"):
        byline = find_byline(text)
        given["authors"] = given.get("authors") or byline.author_names
        given["editors"] = given.get("editors") or byline.editor_names
    given["outlet"] = given.get("outlet") or _outlet(text)
    given["published"] = _published(given.get("published"), text)
    given["language"] = given.get("language") or detect_language(title, text)
    try:
        return Article(**{name: value for name, value in given.items() if value is not None})
    except ValueError as error:
        raise ReadError(f"article {given['key']}: it is not an article: {error}") from error


def _split_title(text: str) -> tuple[str, str]:
    match = re.match(r"\s*([^\n]*\S)[^\S\n]*(?:\n|$)", text)
    return (match.group(1).strip(), text[match.end() :]) if match else ("", "")


def _first_lines(text: str) -> list[str]:
    return [line.strip() for line in text[:4000].split("\n") if line.strip()][:_FIRST_LINES]


def _outlet(text: str) -> str | None:
    for line in _first_lines(text):
        match = _OUTLET.match(line[:120])
        if match:
            return str(match[match.lastgroup or 0])
    return None


def _published(given: str | None, text: str) -> str | None:
    """The moment given, as ISO; else that of a line among the first that is nothing but a moment."""
    if given:
        return read_moment(given)
    stamp = next((line for line in _first_lines(text) if len(line) <= 80 and STAMP.match(line)), None)
    return read_moment(stamp)
