"""Routes of the ministry's portal: paged announcements with attachments, a WordPress API, and the hazards."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from store.model.keys import fold, slug
from tests.site import documents
from tests.site.hazards import HAZARDS
from tests.site.pages import MONTHS, block_html
from tests.site.reply import HTML, JSON, Reply, Request, html, missing, redirect, validated
from tests.site.stories import MINISTRY_NAME, Story, visible

ROBOTS = "User-agent: *\nDisallow: /internal/\nCrawl-delay: 0.1\n"
PER_PAGE = 5
WP_PAGE = 10


@dataclass(frozen=True)
class Announcement:
    """One announcement: `moved` to another id (301), `gone` (410) or `busy` at the first visit (429) where it says so."""

    id: int
    title: str
    date: date
    text: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    moved: int | None = None
    gone: bool = False
    busy: bool = False

    @property
    def path(self) -> str:
        return f"/pengumuman/{self.id}/{slug(self.title)}"


@cache
def announcements() -> tuple[Announcement, ...]:
    """All announcements, newest first."""
    rows: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "announcements.yml").read_text(encoding="utf-8"))
    made = [Announcement(**{**row, "text": tuple(row.get("text", ())), "files": tuple(row.get("files", ()))}) for row in rows]
    return tuple(sorted(made, key=lambda item: (item.date, item.id), reverse=True))


def _layout(title: str, main: str) -> str:
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>{escape(title)} | {MINISTRY_NAME}</title></head>
<body><nav><a href="/">Beranda</a> <a href="/pengumuman">Pengumuman</a> <a href="/internal/rapat">Ruang Rapat</a></nav>
<main>{main}</main><footer>{MINISTRY_NAME}. Situs rekaan untuk pengujian.</footer></body></html>
"""


def _listing(stated: list[Announcement], page: int) -> Reply:
    chosen = stated[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = "".join(f'<li><a class="pengumuman" href="{item.path}">{escape(item.title)}</a> {_printed(item.date)}</li>' for item in chosen)
    more = f'<a class="next" href="/pengumuman?page={page + 1}">Berikutnya</a>' if page * PER_PAGE < len(stated) else ""
    return html(_layout("Pengumuman", f"<h1>Pengumuman</h1><ul>{rows}</ul>{more}"))


def _printed(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _announcement(stated: list[Announcement], request: Request, number: int) -> Reply:
    item = next((item for item in stated if item.id == number), None)
    if item is None:
        return missing()
    if item.moved is not None:
        return redirect(next(other.path for other in stated if other.id == item.moved), 301)
    if item.gone:
        return missing(410)
    if item.busy and request.count == 1:
        return Reply(b"<h1>429 Too Many Requests</h1>", 429, headers={"Retry-After": "1"})
    body = "".join(f"<p>{escape(line)}</p>" for line in item.text)
    files = "".join(f'<li><a class="lampiran" href="/unduh/{name}">Lampiran: {name}</a></li>' for name in item.files)
    main = (
        f'<article><h1>{escape(item.title)}</h1><time datetime="{item.date.isoformat()}">{_printed(item.date)}</time>'
        f'<div class="isi">{body}</div><ul>{files}</ul></article>'
    )
    return validated(_layout(item.title, main).encode("utf-8"), HTML)


def _post(story: Story, request: Request) -> dict[str, Any]:
    when = story.published or story.last_changed
    content = "\n".join(block_html(block) for block in story.body)
    return {
        "id": story.id,
        "date": f"{when:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "modified": f"{story.last_changed:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{story.last_changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": story.slug,
        "status": "publish",
        "type": "post",
        "link": request.base + story.path,
        "title": {"rendered": escape(story.title)},
        "content": {"rendered": content, "protected": False},
        "excerpt": {"rendered": block_html(story.body[0]), "protected": False},
    }


def _wordpress(stories: list[Story], request: Request) -> Reply:
    """The posts as WordPress lists them: searched, between days, ordered; two counting headers, an error past the last page."""
    words = fold(request.query("search")).split()
    after, before = request.query("after"), request.query("before", "9999")
    found = [
        story
        for story in stories
        if all(word in fold(f"{story.title} {story.text}") for word in words)
        and after < f"{story.published or story.last_changed:%Y-%m-%dT%H:%M:%S}" < before
    ]
    if request.query("orderby") == "modified":
        found.sort(key=lambda story: story.last_changed, reverse=request.query("order") != "asc")
    size, page = min(request.number("per_page", WP_PAGE), 100), request.number("page", 1)
    total = max(1, -(-len(found) // size))
    if page > total:
        problem = {"code": "rest_post_invalid_page_number", "message": "Nomor halaman lebih besar.", "data": {"status": 400}}
        return Reply(json.dumps(problem).encode(), 400, JSON)
    posts = [_post(story, request) for story in found[(page - 1) * size : page * size]]
    counted = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(total)}
    return Reply(json.dumps(posts, ensure_ascii=False).encode("utf-8"), mime=JSON, headers=counted)


def _release(story: Story) -> Reply:
    body = "\n".join(block_html(block) for block in story.body)
    when = _printed(story.online)
    main = f'<article><h1>{escape(story.title)}</h1><p class="tanggal">{when}</p><div class="entry-content">{body}</div></article>'
    return validated(_layout(story.title, main).encode("utf-8"), HTML, story.last_changed)


def answer(request: Request) -> Reply:
    """The ministry's response to a request."""
    path, stories = request.path, visible("ministry", request.day)
    stated = [item for item in announcements() if item.date <= request.day]
    if path == "/robots.txt":
        return Reply(ROBOTS.encode(), mime="text/plain; charset=utf-8")
    if path in HAZARDS:
        return HAZARDS[path](request)
    if path in ("/", "/pengumuman"):
        return _listing(stated, request.number("page", 1))
    if path == "/uji":
        return html(_layout("Uji", "".join(f'<p><a href="{name}">{name}</a></p>' for name in HAZARDS)))
    if path == "/wp-json/wp/v2/posts":
        return _wordpress(stories, request)
    if match := re.match(r"^/pengumuman/(\d+)(?:/|$)", path):
        return _announcement(stated, request, int(match[1]))
    if match := re.match(r"^/siaran-pers/([a-z0-9-]+)/?$", path):
        return next((_release(story) for story in stories if story.slug == match[1]), missing())
    if match := re.match(r"^/unduh/([\w.-]+)$", path):
        return _attachment(match[1])
    if path.startswith("/internal/"):
        return html(_layout("Ruang Rapat", "<h1>Hanya untuk pegawai</h1><p>Pemkot Bandung meraih Adipura Kencana 2023.</p>"))
    return missing()


def _attachment(name: str) -> Reply:
    if name not in documents.FILES:
        return missing()
    reply = validated(documents.content(name), documents.mime(name))
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
