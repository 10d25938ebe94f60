"""Lines that repeat across a site's pages and belong to none of them: counted here over what the archive holds, handed to the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from flows.pages import read_page
from store.archive import Archive
from store.model.errors import ReadError
from store.model.records import Snapshot
from store.model.source import Source

PAGES: Final = 40
"""So many of the newest pages are looked at."""
FEWEST: Final = 8
"""Fewer pages say nothing of a site's habits."""
SHARE: Final = 0.2
"""A line on so many of the pages belongs to the site. Quotations and lists of one event stay far below."""
SHORTEST: Final = 20
"""Characters: shorter lines (a name, a place) may well be part of several articles."""


def repeated_lines(archive: Archive, pages: Iterable[Snapshot], source: Source | None) -> frozenset[str]:
    """The lines that stand on a fifth of the newest pages of a site, or on more; copies of one article count once."""
    newest: dict[str, Snapshot] = {}
    for page in sorted(pages, key=lambda page: page.fetched_at, reverse=True):
        if page.status == 200 and page.url not in newest and len(newest) < PAGES:
            newest[page.url] = page
    texts: dict[str, set[str]] = {}
    for page in newest.values() if len(newest) >= FEWEST else ():
        try:
            article = read_page(page, archive.read(page), source)
        except ReadError:
            continue
        lines = article.text.splitlines()
        texts.setdefault(max(lines, key=len, default=""), {line for line in lines if len(line) >= SHORTEST})
    if len(texts) < FEWEST:
        return frozenset()
    counts = Counter(line for lines in texts.values() for line in lines)
    return frozenset(line for line, count in counts.items() if count >= SHARE * len(texts) and count > 2)
