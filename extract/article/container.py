"""Which element of a page holds the article: by the names that newsrooms' systems give it, else by where the prose lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_BLOCK_TAGS = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIPPED_TAGS = """
    script style noscript iframe svg button select option input textarea template nav object embed canvas audio video map head dialog
    label amp-ad amp-embed amp-sidebar amp-social-share amp-video amp-youtube amp-iframe amp-analytics math
"""
SKIPPED = frozenset(_SKIPPED_TAGS.split())
SET_ASIDE = frozenset(["form", "footer", "aside"])
"""Tags of what is seldom the article: left out like chrome, unless they hold most of the page, as old forms do."""

_CHROME_NAMES = r"""
    picked\w* sisip\w* more-?link read-?more related\w* terkait berita-?terkait artikel-?terkait baca-?juga bacajuga baca-?lain\w*
    lihat-?juga linksisip lihatjg read-?also readalso see-?also also-?read inline-?related rekomendasi\w* recommend\w* populer
    terpopuler popular trending most-?popular latest terbaru terkini berita-?lain\w* share shares sharing share\w*d sharethis addtoany
    addthis social\w* sosmed medsos sosial jp-relatedposts sharedaddy ads? adv advert\w* advertis\w* iklan\w* banner\w* dfp gpt
    adsbygoogle sponsor\w* promo\w* para?llax flying-?carpet adslot comment\w* komentar\w* disqus\w* fb-comments respond tags? tagar
    tag-?list post-?tags entry-?tags tagcloud keywords topik breadcrumb\w* bread-?crumbs? newsletter subscribe subscription berlangganan
    paywall login signup popup modal cookie\w* sidebar side-?bar widget\w* footer site-?header nav\w* menu\w* pagination paging
    page-?links post-?nav\w* next-?prev author-?(?:box|bio|info-?box) about-?author copyright hak-?cipta print\w* toolbar tools
    video-?player jwplayer gallery-?thumbs? google-?news gnews ext-?channel wa-?channel whatsapp\w* telegram follow-?us follow\w*
    screen-reader-text sr-only visually-hidden skip-link toc ez-toc\w* rate rating\w* views? counter poll\w* quiz reaction\w* emot\w*
"""
CHROME = re.compile(rf"(?i)(?:^|[\s_-])(?:{'|'.join(_CHROME_NAMES.split())})(?:$|[\s_-]|\d)")
"""Classes and ids of what is not the article. An element that holds most of the prose is kept all the same."""

_HINT_NAMES = r"""
    amp-wp-article-content detail__body-text detail__body itp_bodycontent read__content article-content-body\w* article__content
    wrap__article-detail-content post-content detail-?content detail-?text detail-?konten detail-?isi detail-?berita detailsContent
    detail-?in detail-?desc side-article txt-article artikel-?isi isi-?artikel isi-?berita isi-?konten konten-?berita konten-?artikel
    content-?detail content-?berita berita-?content entry-content td-post-content tdb-block-inner post-body post-?entry single-?content
    single-?post-?content article-?body articleBody article-?content article-?text story-?body story-?content news-?content
    news-?detail\w* news-?text content-?article content-?news body-?content post-?text postcontent item-page itemFullText itemBody
    com-content-article__body field-name-body field--name-body node__content wp-block-post-content page-content c-detail read article
    artikel konten content-artikel post-single blog-?content blog-?detail\w* tribun-content ck-content trix-content prose
"""
_HINTS = re.compile(rf"(?i)(?:^|\s)(?:{'|'.join(_HINT_NAMES.split())})(?:$|\s)")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5"])
_LINKED_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_LONGEST_TEASER = 700
_NO_PROSE = _HEADINGS | {"figcaption"}
_PARAGRAPHS = frozenset(["p", "ul", "ol", "li", "span", "a"])
_LEAST_PROSE = 40


@dataclass(frozen=True)
class Region:
    """Where the article stands: its body, the element around body and title, and the title's heading, if any."""

    body: Any
    around: Any
    heading: Any | None
    prose: int
    """Characters of prose in the body, links left out."""
    teasers: frozenset[Any] = frozenset()
    """Elements that each announce another article; they stand side by side and are never part of this one."""


def find_region(tree: Any, heading: Any | None, titled: bool = True) -> Region:
    """The element that holds the article's paragraphs, and the smallest one that holds its heading too.

    Where the page states no title (`titled` is false), the last heading in front of the first paragraph is taken for it.
    """
    root = tree.find("body")
    root = tree if root is None else root
    order = _shown(root)
    teasers = _teasers(order)
    masses, text = _masses(root, order, teasers)
    best = root
    while True:
        child = max((item for item in best if isinstance(item.tag, str)), key=lambda item: masses.get(item, 0), default=None)
        if child is None or not masses.get(child) or masses[child] < 0.72 * masses[best]:
            break
        if child.tag in _PARAGRAPHS or (child.tag == "table" and is_data_table(child)):
            break
        best = child
    hinted = [item for item in order if masses.get(item, 0) >= _LEAST_PROSE and _is_hinted(item)]
    if hinted:
        named = max(hinted, key=lambda item: masses[item])
        for item in hinted:
            if masses[item] >= 0.5 * masses[named] and any(above is named for above in item.iterancestors()):
                named = item
        if masses[named] >= 0.5 * masses.get(best, 0):
            best = named
    if heading is None and not titled:
        heading = _heading_of(order, masses, text, best)
    return Region(best, _around(best, heading, root), heading, masses.get(best, 0), teasers)


def _shown(root: Any) -> list[Any]:
    """The elements that may show text, in the order of the page; a menu of three hundred links is passed over whole."""
    order: list[Any] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        order.append(element)
        waiting.extend([child for child in reversed(element) if isinstance(child.tag, str) and child.tag not in SKIPPED])
    return order


def is_data_table(table: Any) -> bool:
    """Whether a table is one: rows with cells beside each other, no page layout with paragraphs and tables in its cells."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    wide = 0
    for number, row in enumerate(table.iter("tr")):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        wide += len(cells) >= 2
        if any(len(cell.findall(".//p")) > 4 or cell.find(".//h1") is not None or cell.find(".//figure") is not None for cell in cells):
            return False
        if number > 30:
            break
    return wide >= 2


def is_hidden(element: Any) -> bool:
    """Whether the page itself hides the element by an attribute."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and "display" in style and re.search(r"display\s*:\s*none", style))


def names(element: Any) -> str:
    """Class and id of an element as one string, "adsWrap" as "ads-Wrap"."""
    named = _named(element)
    return named if named.islower() else _CAMEL.sub("-", named)


def _named(element: Any) -> str:
    of_class, own = element.get("class"), element.get("id")
    return f"{of_class or ''} {own or ''}".strip() if of_class or own else ""


@lru_cache(maxsize=8192)
def _says_chrome(named: str) -> bool:
    """Whether class and id, as `names` gives them, are of what is not the article; a site's pages repeat the same few hundred."""
    return CHROME.search(named) is not None


@lru_cache(maxsize=8192)
def _says_article(named: str) -> bool:
    return _HINTS.search(named) is not None


def _is_hinted(element: Any) -> bool:
    if element.get("itemprop") == "articleBody" or element.get("property") in ("content:encoded", "articleBody"):
        return True
    named = _named(element)
    return bool(named) and _says_article(named)


def _heading_of(order: list[Any], masses: dict[Any, int], text: dict[Any, int], body: Any) -> Any | None:
    """The last heading of three words or more before the body's first paragraph."""
    heading = None
    inside: set[Any] = set()
    mixed = False
    for element in order:
        if element is body or element.getparent() in inside:
            inside.add(element)
            if element.tag not in _HEADINGS and text.get(element, 0) >= _LEAST_PROSE:
                if not any(element.find(f".//{tag}") is not None for tag in _HEADINGS):
                    break
                mixed = True  # heading and paragraphs in one block: its first heading is the title
        if element.tag in _HEADINGS and element in masses and len(element.text_content().split()) >= 3:
            heading = element
            if mixed:
                break
    return heading


def _teasers(order: list[Any]) -> frozenset[Any]:
    """Siblings of one kind, two or more, whose headings are links, or that hold a link and some words beneath it."""
    groups: dict[tuple[Any, str, str], list[Any]] = {}
    for element in order:
        item = _announced(element)
        for _ in range(3):
            if item is None or item.tag in ("body", "main"):
                break
            parent = item.getparent()
            found = groups.setdefault((parent, item.tag, item.get("class") or ""), [])
            if item not in found[-1:]:
                found.append(item)
            item = parent
    return frozenset(item for found in groups.values() if len(found) > 1 for item in found if len(item.text_content()) < _LONGEST_TEASER)


def _announced(element: Any) -> Any | None:
    """The element that announces another article, where `element` is its headline: a heading that is a link, or a bare link."""
    if element.tag in _LINKED_HEADINGS:
        link = element.find(".//a")
        if link is not None and 5 * len(link.text_content().strip()) >= 4 * len(element.text_content().strip()):
            return element.getparent()
        return None
    if element.tag != "a" or (element.tail and element.tail.strip()):
        return None
    parent = element.getparent()
    if parent is None or parent.tag not in ("div", "li", "article", "section") or (parent.text and parent.text.strip()):
        return None
    if len(parent) == 1:  # the link is all it holds: menus are full of these, and measuring their text is dear
        return None
    length = len(element.text_content().strip())
    return parent if length >= 20 and len(parent.text_content().strip()) - length >= _LEAST_PROSE else None


def _masses(root: Any, order: list[Any], teasers: frozenset[Any]) -> tuple[dict[Any, int], dict[Any, int]]:
    """Characters of prose under every element that is neither chrome nor a teaser, and in every block: a few linear passes."""
    sizes = _sizes(root, order)
    excluded: set[Any] = set()
    linked: set[Any] = set()
    block_of: dict[Any, Any] = {}
    text: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for element in order:
        parent = None if element is root else element.getparent()
        outer = block_of.get(parent, root)
        block_of[element] = element if parent is None or element.tag in BLOCKS else outer
        if element.tag == "a" or parent in linked:
            linked.add(element)
        if parent in excluded or element not in sizes or element in teasers or _is_chrome(element, sizes[element], sizes[root]):
            excluded.add(element)
        elif element.text:
            _count(links if element in linked else text, block_of[element], element.text)
        if element.tail and parent is not None and parent not in excluded:
            _count(links if parent in linked else text, outer, element.tail)
    masses: dict[Any, int] = {}
    for element in reversed(order):
        if element in excluded:
            continue
        own = text.get(element, 0)
        prose = own if own >= _LEAST_PROSE and links.get(element, 0) < own and element.tag not in _NO_PROSE else 0
        masses[element] = masses.get(element, 0) + prose
        if element is not root:
            parent = element.getparent()
            masses[parent] = masses.get(parent, 0) + masses[element]
    return masses, text


def _sizes(root: Any, order: list[Any]) -> dict[Any, int]:
    """Characters of visible text under every element; elements that show none (scripts, forms, hidden ones) are left out."""
    shown: dict[Any, int] = {}
    for element in order:
        if element is not root and (element.getparent() not in shown or is_hidden(element)):
            continue
        shown[element] = len(element.text) if element.text else 0
    for element in reversed(order):
        if element is not root and (parent := element.getparent()) in shown:
            shown[parent] += shown.get(element, 0) + (len(element.tail) if element.tail else 0)
    return shown


def _count(lengths: dict[Any, int], block: Any, piece: str) -> None:
    length = len(piece.strip())
    if length:
        lengths[block] = lengths.get(block, 0) + length


def looks_like_chrome(element: Any) -> bool:
    """Whether tag, class or id say that an element is not the article."""
    if element.tag in ("body", "html", "main", "article", "p"):
        return False
    if element.tag in SET_ASIDE:
        return True
    named = names(element)
    return bool(named) and _says_chrome(named)


def _is_chrome(element: Any, size: int, whole: int) -> bool:
    if not looks_like_chrome(element):
        return False
    return 2 * size < whole and element.find(".//h1") is None and element.find(".//article") is None and not _is_hinted(element)


def _around(body: Any, heading: Any | None, root: Any) -> Any:
    """The smallest element that holds body and heading; a few levels above the body where there is no heading."""
    if heading is not None:
        above = {id(item): item for item in [heading, *heading.iterancestors()]}
        for item in [body, *body.iterancestors()]:
            if id(item) in above:
                return item
    for _ in range(2):
        parent = body.getparent()
        if parent is None or body is root:
            break
        body = parent
    return body
