"""Title, moment, people, outlet and tags of a page: page rules, then what it shows, states and links, weighed against each other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector

from extract.article.lines import Line, clean
from extract.article.published import read_moment
from extract.article.structured import Structured, split_keywords
from extract.boilerplate import find_byline, name_list
from store.model.errors import SourceError
from store.model.keys import fold
from store.model.source import PageRules

_SITE_SUFFIX = re.compile(r"\s+(?:[|»•·–—-]|::|&raquo;)\s+[^|»•·–—]{2,60}$")
_DATE_NAMES = """
    article:published_time og:article:published_time article:published datepublished publishdate publish-date pubdate
    content_publisheddate parsely-pub-date dc.date.issued dc.date.created dcterms.date dc.date dcterms.created sailthru.date
    date og:published_time
"""
_META_DATES = tuple(_DATE_NAMES.split())
_SITE_WORD = re.compile(r"(?i)\.(?:com|id|net|go)\b|news|berita|portal|situs|resmi|official|halaman (?:\d|all)")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_ROLE_LABEL = re.compile(
    r"(?i)^(?:oleh|by|ditulis oleh|penulis|reporter|editor|redaktur|jurnalis|pewarta|wartawan|kontributor)\s*[:|\-–—]?\s*"
)
_ROLE_TAIL = re.compile(r"\s*(?:[|–—•]|\s-\s|,?\s*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)\b|\d{1,2}[/ ]).*$", re.IGNORECASE)
_INITIALS = re.compile(r"^[a-z]{2,10}$")
_SELECTORS: dict[str, CSSSelector] = {}


def select(tree: Any, selectors: Iterable[str]) -> list[Any]:
    """Elements matched by the first selector that matches anything, in document order.

    Raises:
        SourceError: where a selector cannot be understood; the source file is wrong.
    """
    for text in selectors:
        if text not in _SELECTORS:
            try:
                _SELECTORS[text] = CSSSelector(text, translator="html")
            except (etree.XPathError, SyntaxError, ValueError) as error:
                raise SourceError(
                    f"page rules: the selector {text!r} cannot be understood ({error}); correct it in the source file"
                ) from error
        found: list[Any] = _SELECTORS[text](tree)
        if found:
            return found
    return []


def value_of(element: Any) -> str:
    """What an element says: its content or datetime attribute, else its text."""
    return clean(element.get("content") or element.get("datetime") or " ".join(element.itertext()))


def find_heading(tree: Any, stated: Structured) -> Any | None:
    """The heading that is the article's title: the `h1` that agrees with what the page states, else the only one."""
    headings = [item for item in tree.iter("h1") if clean(item.text_content())]
    known = fold(stated.title or stated.first("og:title", "twitter:title") or tree.findtext(".//title") or "")
    for item in headings or list(tree.iter("h2", "h3")):
        text = fold(item.text_content())
        if text and known and (text[:60] in known or known[:60] in text):
            return item
    return headings[0] if len(headings) == 1 else None


def title_of(tree: Any, stated: Structured, rules: PageRules, heading: Any | None) -> str:
    """The title as the newsroom wrote it, the site's name off."""
    ruled = select(tree, rules.title)
    if ruled:
        return value_of(ruled[0])
    shown = clean(heading.text_content()) if heading is not None else ""
    named = stated.title or _off_site(html.unescape(stated.first("og:title", "twitter:title", "title")), stated, shown)
    if shown and (not named or fold(shown)[:40] in fold(named) or fold(named)[:40] in fold(shown)):
        return shown
    return named or shown or _off_site(clean(tree.findtext(".//title") or ""), stated, "") or _first_heading(tree)


def published_of(tree: Any, stated: Structured, rules: PageRules, lines: Sequence[Line], url: str | None, zone: str) -> str | None:
    """The moment of publication: by the rules, stated, in a meta tag, shown near the title, or in the address."""
    for element in select(tree, rules.published)[:3]:
        if moment := read_moment(value_of(element), zone):
            return moment
    shown = _shown_moment(tree, lines, zone)
    for text in (stated.published, *(stated.meta.get(name, "") for name in _META_DATES)):
        if moment := read_moment(text, zone):
            return _agree(moment, shown)
    if shown:
        return shown
    day = _URL_DAY.search(urlsplit(url).path) if url else None
    return read_moment("-".join(day.groups())) if day else None


def people_of(
    tree: Any, stated: Structured, rules: PageRules, lines: Sequence[Line], outlet: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and editors. A by-line in words is believed first; a stated author whom the page shows as editor is none."""
    shown = find_byline("\n".join(line.text for line in _near(lines)))
    named = tuple(name for name in shown.author_names if not _INITIALS.match(name))
    edited = tuple(name for name in shown.editor_names if not _INITIALS.match(name))
    editors = (
        _ruled_names(tree, rules.editors)
        or edited
        or stated.editors
        or _by_role(lines, "editor")
        or _persons((stated.first("content_editor"),), outlet, stated)
    )
    known = {fold(name) for name in editors}
    authors = _ruled_names(tree, rules.authors) or named
    if not authors:
        authors = tuple(name for name in _persons(stated.authors, outlet, stated) if fold(name) not in known)
    if not authors:
        authors = tuple(name for name in _by_role(lines, "author") if fold(name) not in known)
    if not authors:
        marked = [
            value_of(item) for item in tree.iter("a", "span", "meta") if item.get("itemprop") == "author" or item.get("rel") == "author"
        ]
        authors = tuple(name for name in _persons(marked[:3], outlet, stated) if fold(name) not in known)
    if not authors:
        stated_in_meta = (stated.first("content_author", "author", "article:author", "dc.creator", "parsely-author"),)
        authors = tuple(name for name in _persons(stated_in_meta, outlet, stated) if fold(name) not in known)
    return authors or shown.author_names, editors or (() if authors else shown.editor_names)


def outlet_of(stated: Structured, url: str | None) -> str | None:
    """The outlet's name as stated; its host where nothing is."""
    named = stated.first("og:site_name", "application-name") or stated.publisher
    if named and not named.startswith("http"):
        return named.removeprefix("www.")
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def tags_of(tree: Any, stated: Structured) -> tuple[str, ...]:
    """The topics the newsroom gave the article: stated ones first, else those its tag links name."""
    named = stated.tags or stated.keywords or split_keywords(stated.first("news_keywords"))
    linked = (clean(item.text_content()).lstrip("# ") for item in tree.xpath("//a[@rel]") if "tag" in item.get("rel").split())
    return named or tuple(dict.fromkeys(tag for tag in linked if tag)) or split_keywords(stated.first("keywords"))


def _off_site(title: str, stated: Structured, shown: str) -> str:
    if shown and fold(title).startswith(fold(shown)):
        return shown
    site = fold(stated.first("og:site_name") or stated.publisher)
    while match := _SITE_SUFFIX.search(title):
        suffix = fold(title[match.start() :])
        if not (site and (site in suffix or suffix in site)) and not re.search(
            r"(?i)\.(?:com|id|net|go)\b|news|berita|portal|situs|resmi|official", title[match.start() :]
        ):
            break
        title = title[: match.start()]
    return title.strip()


def _first_heading(tree: Any) -> str:
    return next((text for item in tree.iter("h1", "h2", "h3", "h4", "h5") if (text := clean(item.text_content()))), "")


def _near(lines: Sequence[Line]) -> list[Line]:
    """The lines in which somebody may sign: before the body, the body itself, and the first lines after it."""
    after = [line for line in lines if line.place == "after"][:25]
    return [line for line in lines if line.place != "after"] + after


def _by_role(lines: Sequence[Line], role: str) -> tuple[str, ...]:
    found: list[str] = []
    for place in ("before", "after"):
        for line in lines:
            if line.role == role and line.place == place and len(line.text) <= 120:
                found.extend(item.name for item in name_list(_ROLE_TAIL.sub("", _ROLE_LABEL.sub("", line.text))))
        if found:
            break
    return tuple(dict.fromkeys(found))


def _ruled_names(tree: Any, selectors: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for element in select(tree, selectors):
        text = value_of(element)
        signed = find_byline(text)
        names = [*signed.author_names, *signed.editor_names] or [
            item.name for item in name_list(_ROLE_TAIL.sub("", _ROLE_LABEL.sub("", text)))
        ]
        found.extend(names)
    return tuple(dict.fromkeys(found))


def _persons(stated_names: Iterable[str], outlet: str | None, stated: Structured) -> tuple[str, ...]:
    """Names that are persons': no host, no newsroom, not the outlet itself."""
    own = {fold(name) for name in (outlet or "", stated.publisher, stated.first("og:site_name")) if name}
    found = [item.name for text in stated_names if text and not text.startswith("http") for item in name_list(text)]
    return tuple(
        dict.fromkeys(
            name for name in found if fold(name) not in own and not any(name.lower().startswith(item) for item in own if len(item) > 4)
        )
    )


def _shown_moment(tree: Any, lines: Sequence[Line], zone: str) -> str | None:
    """The moment shown near the title: `time` elements first, then lines of a date class, then bare stamps."""
    for element in tree.iter("time", "abbr"):
        stamp = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        moment = read_moment(stamp, zone) or (read_moment(clean(element.text_content()), zone) if element.tag == "time" else None)
        if moment:
            return moment
    dated = [line for line in lines if line.role == "date" and line.place != "body"]
    for line in (*dated, *_in_front(lines)):
        if len(line.text) <= 160 and (moment := read_moment(line.text, zone)):
            return moment
    return None


def _in_front(lines: Sequence[Line]) -> Iterator[Line]:
    """The short lines in front of the first paragraph."""
    for line in lines:
        if line.place == "after" or (line.place == "body" and (len(line.text) > 140 or line.role == "row")):
            return
        if line.role not in ("caption", "heading"):
            yield line


def _agree(moment: str, shown: str | None) -> str:
    """A stated day without a time takes the time shown for it; a clock read the same in another zone is the shown one's."""
    if not shown or "T" not in shown:
        return moment
    if "T" not in moment:
        return shown if shown[:10] == moment else moment
    return moment
