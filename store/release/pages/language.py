"""The language of a page: Indonesian, or English under `/en`. One address says everything, so no cookie is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote, urlencode

ENGLISH = "/en"
_language: ContextVar[str] = ContextVar("language", default="id")

Scope = dict[str, Any]


def language() -> str:
    """`id` or `en`: the language of the request that is being answered."""
    return _language.get()


def say(indonesian: str, english: str) -> str:
    """The words in the language of the request. Both stand side by side where they are used."""
    return english if language() == "en" else indonesian


def prefix() -> str:
    """What every address of ours starts with: `/en` on English pages, else nothing."""
    return ENGLISH if language() == "en" else ""


def address(path: str, args: Mapping[str, Any] | Sequence[tuple[str, Any]] = ()) -> str:
    """An address in the language of the request; empty values are left out.

    Args:
        path: Path from the root, not quoted: `/instansi/32.73/disdukcapil`.
        args: What goes into the query.
    """
    pairs = args.items() if isinstance(args, Mapping) else args
    query = urlencode([(name, value) for name, value in pairs if value not in (None, "")])
    return prefix() + quote(path, safe="/~") + (f"?{query}" if query else "")


def enter(scope: Scope) -> Scope:
    """Set the language from the path of a request and return the request without its prefix."""
    english = scope["path"] == ENGLISH or scope["path"].startswith(ENGLISH + "/")
    _language.set("en" if english else "id")
    if not english:
        return scope
    raw = scope.get("raw_path") or scope["path"].encode()
    return {**scope, "path": scope["path"][len(ENGLISH) :] or "/", "raw_path": raw[len(ENGLISH) :] or b"/"}


def other(path: str, query: str) -> str:
    """The address of the same view in the other language. `path` comes without the prefix."""
    return ("" if language() == "en" else ENGLISH) + path + (f"?{query}" if query else "")
