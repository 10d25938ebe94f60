"""What a page states for machines: JSON-LD and meta tags."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_ARTICLE_TYPES = re.compile(r"(?i)(?:article|blogposting|newsarticle|report)$")
_BLOCK_TAG = re.compile(r"(?i)</?(?:p|br|div|li|h\d)\b[^>]{0,300}>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPERS = re.compile(r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s*$")
_LONGEST = 400_000


@dataclass(frozen=True)
class Structured:
    """The machine-readable statements of one page; empty strings and tuples where it makes none."""

    kind: str = ""
    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """The first non-empty meta value of the given names."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")


def read_structured(tree: Any) -> Structured:
    """JSON-LD of the article on the page, and its meta tags by lower-case name."""
    meta, tags = _meta(tree)
    nodes = [node for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower() for node in _nodes(script.text)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _ARTICLE_TYPES.search(_kind(node))]
    pages = [node for node in nodes if _kind(node).lower().endswith("webpage") and node.get("datePublished")]
    node = max(articles, key=len, default=pages[0] if pages else None)
    if node is None:
        return Structured(meta=meta, tags=tags)
    return Structured(
        kind=_kind(node),
        title=_text(node.get("headline") or node.get("name")),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        authors=_people(node.get("author") or node.get("creator"), by_id),
        editors=_people(node.get("editor"), by_id),
        publisher=next(iter(_names(node.get("publisher"), by_id)), ""),
        keywords=_keywords(node.get("keywords")),
        body=_prose(node.get("articleBody")),
        meta=meta,
        tags=tags,
    )


def _nodes(source: str | None) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD script, graphs and lists unfolded. A script that is no JSON states nothing."""
    if not source or len(source) > _LONGEST:
        return
    text = _CONTROL.sub(" ", _WRAPPERS.sub("", _WRAPPERS.sub("", source)))
    data: Any
    try:
        data = json.loads(text, strict=False)
    except ValueError:
        try:
            data = json.loads(_TRAILING_COMMA.sub(r"\1", text).rstrip("; \t"), strict=False)
        except (ValueError, RecursionError):
            return
    except RecursionError:
        return
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item[:200])
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(item.get(key), dict | list))


def _kind(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((item for item in kind if isinstance(item, str) and _ARTICLE_TYPES.search(item)), kind[0] if kind else "")
    return kind if isinstance(kind, str) else ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _prose(value: Any) -> str:
    """A stated body, its paragraphs on lines of their own, tags off."""
    if not isinstance(value, str):
        return ""
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", html.unescape(value)))
    return "\n".join(line for piece in text.split("\n") if (line := " ".join(piece.split())))


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            node = by_id.get(item.get("@id", ""), item) if not item.get("name") and isinstance(item.get("@id", ""), str) else item
            name = _text(node.get("name"))
        else:
            name = _text(item)
        if name:
            yield name


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    """Names of persons: an organisation signs nothing."""
    items = value if isinstance(value, list) else [value]
    people = [item for item in items if not (isinstance(item, dict) and "organization" in _kind(item).lower())]
    return tuple(dict.fromkeys(_names(people, by_id)))


def _keywords(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return split_keywords(",".join(item for item in items if isinstance(item, str)))


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords at commas or semicolons, each once, hash signs off."""
    parts = (" ".join(html.unescape(part).split()).lstrip("# ") for part in re.split(r"[,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part and len(part) <= 80))


def _meta(tree: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    tags: list[str] = []
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower().strip()
        content = (element.get("content") or "").strip()
        if not name or not content or len(content) > 2000:
            continue
        if name == "article:tag":
            tags.extend(split_keywords(content))
        found.setdefault(name, " ".join(html.unescape(content).split()))
    return found, tuple(dict.fromkeys(tags))
