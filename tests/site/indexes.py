"""How the outlet's articles are found: feed, sitemaps, dated index, tags, search."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import quote_plus

from store.model.keys import fold, slug
from tests.site.pages import layout, printed_date
from tests.site.stories import OUTLET_NAME, Story

PER_PAGE = 10
FEED_LENGTH = 20
GZIPPED_BEFORE = 2020
"""Sitemaps of the years before are served as .xml.gz, as archives often are."""


def rss(stories: Sequence[Story], base: str) -> str:
    """The newest articles as RSS 2.0; their addresses carry a tracker, as feeds do."""
    items = []
    for story in [story for story in stories if story.copy_of is None][:FEED_LENGTH]:
        when = f"<pubDate>{format_datetime(story.published)}</pubDate>" if story.published else ""
        items.append(
            f"<item><title>{escape(story.title)}</title><link>{base}{story.path}?utm_source=rss&amp;utm_medium=feed</link>"
            f"<guid isPermaLink='false'>{story.id}</guid>{when}<description>{escape(story.lead or story.pages[0][0])}</description></item>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{OUTLET_NAME}</title><link>{base}/</link>'
        f"<description>Berita terkini</description><language>id-ID</language>{''.join(items)}</channel></rss>\n"
    )


def months(stories: Sequence[Story]) -> list[str]:
    """The months that have a sitemap, newest first: "2024-12"."""
    return sorted({f"{story.online:%Y-%m}" for story in stories}, reverse=True)


def sitemap_index(stories: Sequence[Story], base: str) -> str:
    """The index: the news sitemap, then one sitemap a month, the old ones gzipped."""
    names = ["/sitemap-news.xml"]
    names += [f"/sitemap/{month}.xml" + (".gz" if int(month[:4]) < GZIPPED_BEFORE else "") for month in months(stories)]
    entries = "".join(f"<sitemap><loc>{base}{name}</loc></sitemap>" for name in names)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{namespace}">{entries}</sitemapindex>\n'


def _urlset(entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>\n'
    )


def month_sitemap(stories: Sequence[Story], base: str, month: str) -> str:
    """All articles of one month with the time of their last change."""
    chosen = [story for story in stories if f"{story.online:%Y-%m}" == month]
    return _urlset(
        "".join(f"<url><loc>{base}{story.path}</loc><lastmod>{story.last_changed.isoformat()}</lastmod></url>" for story in chosen)
    )


def month_sitemap_gz(stories: Sequence[Story], base: str, month: str) -> bytes:
    """The same, gzipped, byte for byte the same at every call."""
    return gzip.compress(month_sitemap(stories, base, month).encode("utf-8"), mtime=0)


def news_sitemap(stories: Sequence[Story], base: str, day: date) -> str:
    """The Google-News sitemap: articles of the last two days, with title and publication date."""
    entries = []
    for story in stories:
        if story.published is None or story.published.date() <= day - timedelta(days=2):
            continue
        entries.append(
            f"<url><loc>{base}{story.path}</loc><news:news><news:publication><news:name>{OUTLET_NAME}</news:name>"
            f"<news:language>{story.language}</news:language></news:publication>"
            f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        )
    return _urlset("".join(entries))


def listing(title: str, stories: Sequence[Story], address: str, page: int) -> str:
    """One page of a list of articles, ten a page, with a link to the next; `address` is the list's own, without `page`."""
    chosen = stories[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = "".join(
        f'<li class="item"><a class="judul" href="{story.path}">{escape(story.title)}</a> <span>{printed_date(story)}</span></li>'
        for story in chosen
    )
    empty = "" if chosen else "<p>Tidak ada artikel.</p>"
    more = ""
    if page * PER_PAGE < len(stories):
        more = f'<a class="next" href="{address}{"&amp;" if "?" in address else "?"}page={page + 1}">Berikutnya</a>'
    return layout(title, f'<h1>{escape(title)}</h1>{empty}<ul class="daftar">{rows}</ul>{more}')


def dated_index(stories: Sequence[Story], day: str, page: int) -> str:
    """The articles of one day (`YYYY-MM-DD`), or of all days where none is named."""
    chosen = [story for story in stories if not day or f"{story.online:%Y-%m-%d}" == day]
    return listing(f"Indeks Berita {day}".strip(), chosen, f"/indeks?date={day}" if day else "/indeks", page)


def tagged(stories: Sequence[Story], tag: str, page: int) -> str:
    """The articles that carry a tag, by the tag's slug."""
    return listing(f"Topik {tag}", [story for story in stories if tag in {slug(item) for item in story.tags}], f"/tag/{tag}", page)


def search(stories: Sequence[Story], query: str, page: int) -> str:
    """The articles that hold every word of the query in title or text."""
    words = fold(query).split()
    found = []
    for story in stories:
        held = set(fold(f"{story.title} {story.text}").split())
        if words and all(word in held for word in words):
            found.append(story)
    return listing(f"Hasil pencarian: {query}", found, f"/search?q={quote_plus(query)}", page)
