"""A first draft of a source file, from an address or from a saved page of the site."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from parsel import Selector

from spiders.addresses import resolve
from store.model.errors import SourceError, UsageError

_MANY: Final = 3  # links of one shape that make a list of articles


def scaffold(key: str, where: str, today: date) -> str:
    """The YAML text of a new source: every line a person has to look at, unverified, dated.

    Args:
        key: The key of the source, also its file's name.
        where: An address of the site, or a file: its home page or a list of articles, saved.
        today: The day the knowledge is from.

    Raises:
        UsageError: `where` is neither an address nor a page that names its site.
        SourceError: `key` cannot be a key.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", key):
        raise SourceError(f"{key!r} cannot be a key: small letters, digits, hyphens")
    if where.startswith(("http://", "https://")):
        page, base, origin = Selector(text="<html/>"), where, f"scaffolded from {where}"
    elif Path(where).is_file():
        page = Selector(text=Path(where).read_text(encoding="utf-8", errors="replace") or "<html/>")
        said = page.css('link[rel="canonical"]::attr(href), meta[property="og:url"]::attr(content)').getall()
        base = next((url for url in said if url.startswith("http")), "") or _first_link(page)
        origin = f"scaffolded from the saved page {Path(where).name}"
        if not base:
            raise UsageError(f"{where} does not say which site it is from; give an address instead")
    else:
        raise UsageError(f"{where} is neither an address nor a file")
    parts = urlsplit(base)
    named = [*page.css('meta[property="og:site_name"]::attr(content)').getall(), *page.css("title::text").getall()]
    name = " ".join((next(filter(None, map(str.strip, named)), parts.netloc)).split()).replace("'", "''")[:80]
    article = _shape(page, base)
    lines = [
        f"key: {key}",
        f"publisher: {{name: '{name}', official: {str(parts.netloc.endswith('.go.id')).lower()}}}",
        "discovery:",
        *(f"  - {entry}" for entry in _discovery(page, base, article)),
        "scope:",
        f"  hosts: ['{parts.netloc}']",
        *([f"  allow: ['{article}']"] if article else []),
        "frequency: daily",
        "state: quarantined",
        "verified: false",
        f"origin: '{origin}, {today.isoformat()}'",
        "notes: 'A draft: look at every line, then run `rapor sources check --live` and set the state to active.'",
    ]
    return "\n".join(lines) + "\n"


def _discovery(page: Selector, base: str, article: str | None) -> list[str]:
    found = []
    root = f"{urlsplit(base).scheme}://{urlsplit(base).netloc}"
    for kind in ("application/rss+xml", "application/atom+xml"):
        for href in page.css(f'link[rel="alternate"][type="{kind}"]::attr(href)').getall():
            url = resolve(base, href)
            if url and "comments" not in url:
                found.append(f"{{kind: feed, url: '{url}'}}")
    api = page.css('link[rel="https://api.w.org/"]::attr(href)').get()
    if api and (url := resolve(base, api)):
        found.append(f"{{kind: wordpress, url: '{url.rstrip('/')}/wp/v2/posts', pages: 3}}")
    if article:
        found.append(f"{{kind: listing, url: '{base}', article: '{article}', pages: 3}}")
    return found or [f"{{kind: sitemap, url: '{root}/sitemap.xml'}}"]


def _shape(page: Selector, base: str) -> str | None:
    """The shape that most links of the page share: the parts of the path in front of a slug, with any numbers in them."""
    shapes: Counter[str] = Counter()
    for href in {url for href in page.css("a::attr(href)").getall() if (url := resolve(base, href))}:
        parts = urlsplit(href)
        if parts.netloc != urlsplit(base).netloc or parts.path.count("-") < 2:
            continue
        steps = [step for step in parts.path.split("/") if step]
        head = [re.sub(r"\d+", r"\\d+", re.escape(step)) for step in steps[:-1]]
        shapes["^/" + "".join(f"{step}/" for step in head)] += 1
    shape, count = max(shapes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return shape if count >= _MANY and shape != "^/" else None


def _first_link(page: Selector) -> str:
    return next((href for href in page.css("a::attr(href)").getall() if href.startswith("http")), "")
