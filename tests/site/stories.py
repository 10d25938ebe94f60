"""The stories of the loopback site: Markdown files with a YAML head in `articles/`, invented and in our own words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from store.model.keys import slug as slug_of

ARTICLES = Path(__file__).parent / "articles"
OUTLET_NAME = "Kabar Nusa"
MINISTRY_NAME = "Portal Kementerian"
PAGE_BREAK = "<<<halaman>>>"
RELATED = "Baca juga:"


@dataclass(frozen=True)
class Edit:
    """What the desk changed after publication: words replaced, and the day from which the page shows it."""

    at: datetime
    title: str | None = None
    replace: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Story:
    """One article. `body` holds its blocks (paragraphs, lists, tables, page breaks); `online` is the day it appears."""

    key: str
    id: int
    title: str
    body: tuple[str, ...]
    online: date
    site: str = "outlet"
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    section: str = "nasional"
    tags: tuple[str, ...] = ()
    lead: str | None = None
    caption: str | None = None
    language: str = "id"
    slug: str = ""
    tail: tuple[str, ...] = ()
    copy_of: str | None = None
    volatile: bool = False
    """The page carries a fresh token in every response and no validator, so its bytes never repeat although its words do."""
    edit: Edit | None = field(default=None, compare=False)

    @property
    def path(self) -> str:
        """The path of the page on its own site."""
        if self.site == "ministry":
            return f"/siaran-pers/{self.slug}"
        prefix = "/mitra" if self.copy_of else ""
        when = f"{self.published:%Y/%m/%d}/" if self.published else ""
        return f"{prefix}/read/{when}{self.id}/{self.slug}"

    @property
    def amp_path(self) -> str:
        """The path of the page's AMP twin."""
        return f"/amp{self.path}"

    @property
    def last_changed(self) -> datetime:
        """When the page last changed: its edit, else its publication, else midnight of the day it went online."""
        return self.modified or self.published or datetime.combine(self.online, datetime.min.time()).astimezone()

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """The blocks of every page, in order."""
        pages: list[list[str]] = [[]]
        for block in self.body:
            if block == PAGE_BREAK:
                pages.append([])
            else:
                pages[-1].append(block)
        return tuple(tuple(page) for page in pages)

    @property
    def text(self) -> str:
        """The words of the article as a careful reader of the page keeps them: lead, caption, then one paragraph a line."""
        lines = [part for part in (self.lead, self.caption) if part]
        for block in self.body:
            if block != PAGE_BREAK:
                lines.extend(block.removeprefix("## ").split("\n"))
        return "\n".join(lines)

    @property
    def full_text(self) -> str:
        """The words of the page with its by-line and tail, as somebody who copies the whole page has them."""
        people = [f"Penulis : {name}" for name in self.authors] + [f"Editor : {name}" for name in self.editors]
        return "\n".join([self.text, *people, "Artikel Terkait", *self.tail, "Berita Lainnya"])

    def seen_on(self, day: date) -> Story:
        """The story as the page shows it on `day`, edited or not."""
        if self.edit is None or day < self.edit.at.date():
            return self
        body = "\f".join(self.body)
        for old, new in self.edit.replace:
            body = body.replace(old, new)
        return replace(self, title=self.edit.title or self.title, body=tuple(body.split("\f")), modified=self.edit.at, edit=None)


def _story(path: Path) -> Story:
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    facts: dict[str, Any] = yaml.safe_load(head)
    published = datetime.fromisoformat(facts.pop("published")) if "published" in facts else None
    online = facts.pop("online", None) or (published.date() if published else None)
    if online is None:
        raise ValueError(f"{path.name}: neither published nor online, so it never appears")
    edit = facts.pop("edit", None)
    for name in ("authors", "editors", "tags", "tail"):
        facts[name] = tuple(facts.get(name, ()))
    facts.setdefault("slug", slug_of(facts["title"]))
    if edit:
        pairs = tuple((old, new) for old, new in edit.get("replace", ()))
        facts["edit"] = Edit(datetime.fromisoformat(edit["at"]), edit.get("title"), pairs)
    body = tuple(block.strip("\n") for block in text.strip().split("\n\n") if block.strip())
    return Story(key=path.stem, published=published, online=online, body=body, **facts)


@cache
def load_stories() -> tuple[Story, ...]:
    """All stories of both sites, newest first; a copy takes the words of its original."""
    stories = {path.stem: _story(path) for path in sorted(ARTICLES.glob("*.md"))}
    for key, story in stories.items():
        if story.copy_of:
            original = stories[story.copy_of]
            stories[key] = replace(story, body=original.body + story.body, tags=original.tags)
    return tuple(sorted(stories.values(), key=lambda item: (item.online, item.id), reverse=True))


def visible(site: str, day: date) -> list[Story]:
    """The stories that `site` ("outlet" or "ministry") shows on `day`, newest first, as they read on that day."""
    return [story.seen_on(day) for story in load_stories() if story.site == site and story.online <= day]
