"""Routes of the news outlet "Kabar Nusa"."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from tests.site import indexes, pages
from tests.site.reply import HTML, XML, Reply, Request, html, missing, redirect, validated
from tests.site.stories import Story, visible

DOT = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")
ROBOTS = "User-agent: *\nDisallow: /wa\nAllow: /\nSitemap: {base}/sitemap.xml\n"
ARTICLE = re.compile(r"^(?P<amp>/amp)?(?P<mirror>/mitra)?/read/(?:\d{4}/\d{2}/\d{2}/)?(?P<id>\d+)(?P<slug>/[^/]*)?/?$")


def _fixed(mime: str, make: Callable[[list[Story], Request], str]) -> Callable[[list[Story], Request], Reply]:
    return lambda stories, request: validated(make(stories, request).encode("utf-8"), mime)


ROUTES: dict[str, Callable[[list[Story], Request], Reply]] = {
    "/": lambda stories, request: html(indexes.listing("Beranda", stories, "/", request.number("page", 1))),
    "/robots.txt": _fixed("text/plain; charset=utf-8", lambda _, request: ROBOTS.format(base=request.base)),
    "/rss": _fixed("application/rss+xml; charset=utf-8", lambda stories, request: indexes.rss(stories, request.base)),
    "/sitemap.xml": _fixed(XML, lambda stories, request: indexes.sitemap_index(stories, request.base)),
    "/sitemap-news.xml": _fixed(XML, lambda stories, request: indexes.news_sitemap(stories, request.base, request.day)),
    "/indeks": lambda stories, request: html(indexes.dated_index(stories, request.query("date"), request.number("page", 1))),
    "/search": lambda stories, request: html(indexes.search(stories, request.query("q"), request.number("page", 1))),
    "/tentang": lambda _, __: html(pages.layout("Tentang Kami", "<h1>Tentang Kami</h1><p>Media rekaan untuk pengujian.</p>")),
}


def _article(stories: list[Story], request: Request, match: re.Match[str]) -> Reply:
    """An article by its id; a wrong slug is sent to the right one, as most news sites do."""
    story = next((item for item in stories if item.id == int(match["id"])), None)
    if story is None:
        return missing()
    if (match["slug"] or "").strip("/") != story.slug:
        return redirect((match["amp"] or "") + story.path, 301)
    if match["amp"]:
        return validated(pages.amp_html(story, request.base).encode("utf-8"), HTML, story.last_changed)
    page = 0 if request.query("page") == "all" else request.number("page", 1)
    if page > len(story.pages):
        return missing()
    if story.volatile:
        return html(pages.article_html(story, request.base, page, token=f"{request.count:032x}"))
    return validated(pages.article_html(story, request.base, page).encode("utf-8"), HTML, story.last_changed)


def answer(request: Request) -> Reply:
    """The outlet's response to a request."""
    stories = visible("outlet", request.day)
    path = request.path
    if path in ROUTES:
        return ROUTES[path](stories, request)
    if match := ARTICLE.match(path):
        return _article(stories, request, match)
    if match := re.match(r"^/sitemap/(\d{4}-\d{2})\.xml(\.gz)?$", path):
        if match[2]:
            return validated(indexes.month_sitemap_gz(stories, request.base, match[1]), "application/gzip")
        return validated(indexes.month_sitemap(stories, request.base, match[1]).encode("utf-8"), XML)
    if match := re.match(r"^/tag/([a-z0-9-]+)$", path):
        return html(indexes.tagged(stories, match[1], request.number("page", 1)))
    if path.startswith("/gambar/") or path == "/logo.gif":
        return validated(DOT, "image/gif")
    return missing()
