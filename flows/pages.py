"""Snapshots of pages as articles, by the page rules of their day."""

from __future__ import annotations

from store.model.records import Article, Snapshot
from store.model.source import PageRules, Source

HTML = frozenset({"text/html", "application/xhtml+xml", ""})


def is_part(snapshot: Snapshot) -> bool:
    """Whether a snapshot is a later page of an article: a page that hangs on another, not a file."""
    return snapshot.parent is not None and snapshot.mime in HTML


def read_page(snapshot: Snapshot, body: bytes, source: Source | None, repeated: frozenset[str] = frozenset()) -> Article:
    """The article on a page, without the lines that repeat across the site.

    Raises:
        ReadError: no article can be made of it.
    """
    from extract.article import read_html

    return read_html(
        body,
        snapshot.url,
        source.rules_on(snapshot.fetched_at.date()) if source else PageRules(),
        encoding=snapshot.encoding,
        outlet=source.publisher.name if source else None,
        timezone=source.timezone if source else "Asia/Jakarta",
        repeated_lines=repeated,
    )
