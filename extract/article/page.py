"""An HTML page as an article: page rules, JSON-LD, what the page shows; trafilatura where all of that finds too little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from extract.article.container import Region, find_region
from extract.article.decoding import parse_page
from extract.article.guards import empty_reason, refusal
from extract.article.language import detect_language
from extract.article.lines import Line, clean, lay_lines
from extract.article.metadata import find_heading, outlet_of, people_of, published_of, select, tags_of, title_of
from extract.article.rendering import Renderer
from extract.article.structured import Structured, read_structured
from extract.boilerplate.markers import CREDIT_IN_BRACKETS, RELATED
from extract.boilerplate.masking import body_span, line_kind
from store.model.errors import ReadError
from store.model.keys import article_key, fold
from store.model.records import Article, Row
from store.model.source import PageRules

_ENOUGH = 140
"""Characters of prose below which trafilatura is asked too."""

_WELCOME = 250
"""An undated page with less text than this says welcome, and nothing else (characters)."""

_DATELINE = re.compile(r"[-–—]$")
_DAY = re.compile(r"(?i)\b\d{1,2}(?: [a-z]{3,9} |[/-]\d{1,2}[/-])(?:19|20)\d{2}\b(?!\s*[-–—)])")
_RELATED_LABEL = re.compile(r"(?i)^\W*(?:baca|lihat|simak|berita|artikel)\s+(?:juga|pula|terkait|lainnya)\W*$")


def read_html(
    body: bytes,
    url: str | None,
    rules: PageRules = PageRules(),  # noqa: B008 it is frozen
    *,
    encoding: str | None = None,
    outlet: str | None = None,
    timezone: str = "Asia/Jakarta",
    repeated_lines: frozenset[str] = frozenset(),
) -> Article:
    """The article on a page.

    Args:
        body: the page as it was served.
        url: its canonical address; its key is made from it.
        rules: where the site keeps the parts of an article; what they do not name is found.
        encoding: the charset that the server named, if any.
        outlet: the publisher's name, where the source knows it.
        timezone: the zone of times that name none.
        repeated_lines: lines that stand on many pages of the site and belong to none.

    Raises:
        ReadError: where no article can be made of it, with the reason.
        SourceError: where a page rule is no selector.
    """
    tree, stated, _held = _parsed(body, encoding, rules)
    try:
        region, ruled = _region(tree, stated, url, rules)
        lines = _lines(tree, region, ruled, rules)
        outlet = outlet or outlet_of(stated, url)
        title = title_of(tree, stated, rules, region.heading)
        authors, editors = people_of(tree, stated, rules, lines, outlet)
        text, rows = lay_lines(_kept(tree, stated, lines, rules, title, (*authors, *editors), repeated_lines))
        published = published_of(tree, stated, rules, lines, url, timezone)
        _refuse_welcome(stated, published, text, rows)
    except ReadError as error:
        raise ReadError(f"{url or 'page'}: {error}") from error
    return Article(
        key=article_key(url, text),
        url=url,
        outlet=outlet,
        title=title,
        published=published,
        authors=authors,
        editors=editors,
        language=detect_language(title, text) or (tree.get("lang") or "")[:2].lower() or None,
        text=text,
        tags=tags_of(tree, stated),
        rows=rows,
    )


def _parsed(body: bytes, encoding: str | None, rules: PageRules) -> tuple[Any, Structured, list[Any]]:
    """The page without what the rules remove, what it states for machines (read before anything is removed), and its elements.

    Whoever reads the page keeps the elements: lxml makes the object of an element anew each time unless somebody holds it.
    """
    tree = parse_page(body, encoding)
    stated = read_structured(tree)
    for element in select_all(tree, rules.remove):
        _drop(element)
    return tree, stated, list(tree.iter())


def _refuse_welcome(stated: Structured, published: str | None, text: str, rows: Sequence[Row]) -> None:
    """Refuse a page that says a few words and no date.

    Raises:
        ReadError: it is a home page.
    """
    if not rows and not published and len(text) < _WELCOME and stated.first("og:type") != "article":
        raise ReadError("it says a few words and no date, as a home page does; no article was found in it")


def _region(tree: Any, stated: Structured, url: str | None, rules: PageRules) -> tuple[Region, Sequence[Any]]:
    """Where the article lies on the page, and the elements that the rules name for it (none: it was found).

    Raises:
        ReadError: where the page is no article at all.
    """
    heading = find_heading(tree, stated)
    ruled = select(tree, rules.body)
    if ruled:
        return Region(ruled[0], ruled[0], heading, len(ruled[0].text_content())), ruled
    region = find_region(tree, heading, titled=bool(stated.title or stated.first("og:title")))
    reason = refusal(tree, stated, url, region.prose)
    if reason:
        raise ReadError(reason)
    return region, ruled


def _kept(
    tree: Any,
    stated: Structured,
    lines: Sequence[Line],
    rules: PageRules,
    title: str,
    signed: Sequence[str],
    repeated: frozenset[str],
) -> list[Line]:
    """The lines that are the article's own, with a second opinion where they are few.

    Raises:
        ReadError: where nothing is left.
    """
    kept = _unsigned(_article_lines(lines, title, rules, repeated), signed)
    if sum(len(line.text) for line in kept if line.role != "caption") < _ENOUGH and not any(line.role == "row" for line in kept):
        kept = _second_opinion(tree, stated, kept, rules, title)
    if not any(line.role == "row" or len(line.text) >= 40 for line in kept):
        raise ReadError(empty_reason(tree))
    return kept


def select_all(tree: Any, selectors: Sequence[str]) -> list[Any]:
    """Every element that any of the selectors matches."""
    return [element for text in selectors for element in select(tree, (text,))]


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _lines(tree: Any, region: Region, ruled: Sequence[Any], rules: PageRules) -> list[Line]:
    """The lines of the region; where rules name the body, its lines and those of the page around it."""
    lines = Renderer(region.body, region.heading, region.teasers).render(
        tree.find("body") if ruled and tree.find("body") is not None else region.around
    )
    for element in ruled[1:]:
        inside = any(item is ruled[0] for item in element.iterancestors())
        if not inside:
            lines.extend(line for line in Renderer(element).render(element) if line.place == "body")
    captions = [Line(clean(" ".join(item.itertext())), "before", "caption") for item in select(tree, rules.captions)]
    if captions:
        lines = captions + [line for line in lines if line.role != "caption"]
    return lines


def _article_lines(lines: Sequence[Line], title: str, rules: PageRules, repeated: frozenset[str]) -> list[Line]:
    """Captions and body, cross-links and notices out, cut where the tail begins."""
    captions = [line for line in lines if line.place == "before" and line.role == "caption" and 15 <= len(line.text) <= 500]
    body: list[Line] = []
    related = False
    for line in lines:
        if line.place != "body" or line.text in repeated:
            continue
        if line.role != "row" and _RELATED_LABEL.match(line.text):
            related = True
            continue
        if line.role != "row" and _is_link(line, related):
            continue
        related = False
        if _opens(body) and line.role not in ("row", "caption") and _is_preamble(line, title):
            continue
        if body and _DATELINE.search(body[-1].text) and len(body[-1].text) <= 60 and body[-1].role == line.role == "":
            body[-1] = replace(line, text=f"{body[-1].text} {line.text}")
            continue
        body.append(line)
    body = _cut(body, rules)
    prose = [line for line in body if line.role != "caption"]
    captions = [line for line in captions if line.linked < 0.5 * len(line.text)]
    return [line for line in [*_each_once(captions), *body] if line.role != "caption" or not _repeats(line.text, prose)]


def _is_link(line: Line, related: bool) -> bool:
    """Whether a line is a notice or leads to another article: a headline that is a link, or any link below a label."""
    text = line.text.lstrip("-0123456789. ")
    wholly = line.linked >= 0.9 * len(text)
    kind = line_kind(text) if text else "notice"
    if RELATED.match(text) and line.linked >= 0.4 * len(text):
        return True
    return kind == "notice" or (kind == "related" and line.linked > 0) or (wholly and (related or kind in ("link", "related", "promotion")))


def _opens(body: Sequence[Line]) -> bool:
    """Whether no paragraph was taken yet."""
    return all(line.role == "caption" for line in body)


def _is_preamble(line: Line, title: str) -> bool:
    """Whether a line in front of the first paragraph is a stamp, a by-line, a label of buttons or the title again."""
    if line_kind(line.text) in ("stamp", "byline", "section", "promotion") or fold(line.text) == fold(title):
        return True
    return line.role == "date" or (len(line.text) <= 120 and line.text[-1] not in '.!?"”' and _DAY.search(line.text) is not None)


def _cut(body: list[Line], rules: PageRules) -> list[Line]:
    """The body up to the first line that a tail rule matches, and up to its own end."""
    for pattern in rules.tail:
        expression = re.compile(pattern)
        for number, line in enumerate(body):
            if number and expression.search(line.text):
                body = body[:number]
                break
    start, end = body_span("\n".join(line.text for line in body))
    kept: list[Line] = []
    position = 0
    for line in body:
        if position >= end and not (line.role == "row" and kept):  # a table that ends an article is no tail
            break
        if position + len(line.text) > start:
            kept.append(line)
        position += len(line.text) + 1
    return kept


def _unsigned(lines: list[Line], people: Sequence[str]) -> list[Line]:
    """Lines without the bare names of those who signed at their end."""
    names = {fold(name) for name in people}
    end = len(lines)
    while end and fold(lines[end - 1].text) in names:
        end -= 1
    return lines[:end]


def _each_once(lines: Sequence[Line]) -> list[Line]:
    return list({line.text: line for line in lines}.values())[:4]


def _repeats(caption: str, body: Sequence[Line]) -> bool:
    """Whether a caption only repeats one paragraph: nearly all its words stand in it, and it names nothing that the text does not."""
    caption = CREDIT_IN_BRACKETS.sub("", caption).strip()
    words = fold(caption).split()
    paragraphs = [set(fold(line.text).split()) for line in body]
    known: set[str] = set().union(*paragraphs)
    names = re.findall(r"[A-Z0-9][\w-]*", caption)[1:]
    if any(part not in known for name in names for part in fold(name).split()):
        return False
    return any(sum(word in paragraph for word in words) >= 0.85 * len(words) for paragraph in paragraphs)


def _second_opinion(tree: Any, stated: Structured, kept: list[Line], rules: PageRules, title: str) -> list[Line]:
    """The stated body, or what trafilatura finds on the same tree, where it is clearly more than what was found."""
    kept = _longer(kept, stated.body, rules, title)
    if sum(len(line.text) for line in kept) >= _ENOUGH:
        return kept
    from trafilatura import bare_extraction

    document = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    return _longer(kept, getattr(document, "text", None) or "", rules, title)


def _longer(kept: list[Line], text: str, rules: PageRules, title: str) -> list[Line]:
    if len(text) <= max(60, 1.5 * sum(len(line.text) for line in kept)):
        return kept
    return _article_lines([Line(clean(line), "body") for line in text.split("\n") if line.strip()], title, rules, frozenset())
