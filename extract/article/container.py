"""Which element of a page holds the article: by the names that newsrooms' systems give it, else by where the prose lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_BLOCK_TAGS = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIPPED_TAGS = """
    script style noscript iframe svg form button select option input textarea template nav object embed canvas audio video map head
    footer aside dialog label amp-ad amp-embed amp-sidebar amp-social-share amp-video amp-youtube amp-iframe amp-analytics ins math
"""
SKIPPED = frozenset(_SKIPPED_TAGS.split())

_CHROME_NAMES = r"""
    related\w* terkait berita-?terkait artikel-?terkait baca-?juga bacajuga baca-?lain\w* lihat-?juga linksisip lihatjg read-?also
    readalso see-?also also-?read inline-?related rekomendasi\w* recommend\w* populer terpopuler popular trending most-?popular latest
    terbaru terkini berita-?lain\w* share shares sharing share\w*d sharethis addtoany addthis social\w* sosmed medsos sosial
    jp-relatedposts sharedaddy ads? adv advert\w* advertis\w* iklan\w* banner\w* dfp gpt adsbygoogle sponsor\w* promo\w* para?llax
    flying-?carpet adslot comment\w* komentar\w* disqus\w* fb-comments respond tags? tagar tag-?list post-?tags entry-?tags tagcloud
    keywords topik breadcrumb\w* bread-?crumbs? newsletter subscribe subscription berlangganan paywall login signup popup modal
    cookie\w* sidebar side-?bar widget\w* footer site-?header nav\w* menu\w* pagination paging page-?links post-?nav\w* next-?prev
    author-?(?:box|bio|info-?box) about-?author copyright hak-?cipta print\w* toolbar tools video-?player jwplayer gallery-?thumbs?
    google-?news gnews ext-?channel wa-?channel whatsapp\w* telegram follow-?us follow\w* screen-reader-text sr-only visually-hidden
    skip-link toc ez-toc\w* rate rating\w* views? counter poll\w* quiz reaction\w* emot\w*
"""
CHROME = re.compile(rf"(?i)(?:^|[\s_-])(?:{'|'.join(_CHROME_NAMES.split())})(?:$|[\s_-]|\d)")
"""Classes and ids of what is not the article. An element that holds most of the prose is kept all the same."""

_HINT_NAMES = r"""
    detail__body-text detail__body itp_bodycontent read__content article-content-body\w* article__content wrap__article-detail-content
    post-content detail-?content detail-?text detail-?konten detail-?isi detail-?berita detailsContent detail-?in detail-?desc
    side-article txt-article artikel-?isi isi-?artikel isi-?berita isi-?konten konten-?berita konten-?artikel content-?detail
    content-?berita berita-?content entry-content td-post-content tdb-block-inner post-body post-?entry single-?content
    single-?post-?content article-?body articleBody article-?content article-?text story-?body story-?content news-?content
    news-?detail\w* news-?text content-?article content-?news body-?content post-?text postcontent item-page itemFullText itemBody
    com-content-article__body field-name-body field--name-body node__content wp-block-post-content page-content c-detail read article
    artikel konten content-artikel post-single blog-?content blog-?detail\w* tribun-content ck-content trix-content prose
"""
_HINTS = re.compile(rf"(?i)(?:^|\s)(?:{'|'.join(_HINT_NAMES.split())})(?:$|\s)")
_HEADING = ("h1", "h2", "h3")
_LEAST_PROSE = 40


@dataclass(frozen=True)
class Region:
    """Where the article stands: its body, the element around body and title, and the title's heading, if any."""

    body: Any
    around: Any
    heading: Any | None
    prose: int
    """Characters of prose in the body, links left out."""


def find_region(tree: Any, heading: Any | None) -> Region:
    """The element that holds the article's paragraphs, and the smallest one that holds its heading too."""
    root = tree.find("body")
    root = tree if root is None else root
    order, masses = _masses(root)
    best = root
    while True:
        child = max((item for item in best if isinstance(item.tag, str)), key=lambda item: masses.get(item, 0), default=None)
        if (
            child is None
            or child.tag in ("p", "table", "ul", "ol", "li", "span", "a", "tbody")
            or masses.get(child, 0) < 0.72 * masses[best]
        ):
            break
        best = child
    hinted = [item for item in order if masses.get(item, 0) >= _LEAST_PROSE and _is_hinted(item)]
    if hinted:
        most = max(masses[item] for item in hinted)
        inner = [item for item in hinted if masses[item] >= 0.9 * most][-1]
        if masses[inner] >= 0.5 * masses[best]:
            best = inner
    return Region(best, _around(best, heading, root), heading, masses.get(best, 0))


def is_hidden(element: Any) -> bool:
    """Whether the page itself hides the element by an attribute."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and "display" in style and re.search(r"display\s*:\s*none", style))


def names(element: Any) -> str:
    """Class and id of an element, lower case, as one string."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _is_hinted(element: Any) -> bool:
    if element.get("itemprop") == "articleBody" or element.get("property") in ("content:encoded", "articleBody"):
        return True
    named = names(element)
    return bool(named) and _HINTS.search(named) is not None


def _masses(root: Any) -> tuple[list[Any], dict[Any, int]]:
    """Characters of prose under every element of the page that is not chrome, in document order: two passes, linear."""
    order: list[Any] = []
    excluded: set[Any] = set()
    linked: set[Any] = set()
    block_of: dict[Any, Any] = {}
    text: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent() if element is not root else None
        order.append(element)
        if parent in excluded or element.tag in SKIPPED or is_hidden(element) or _is_chrome(element):
            excluded.add(element)
        block = element if parent is None or element.tag in BLOCKS else block_of.get(parent, root)
        block_of[element] = block
        if element.tag == "a" or parent in linked:
            linked.add(element)
        if element in excluded:
            _count(text, links, block_of.get(parent, root), element.tail, parent in linked, parent in excluded)
            continue
        _count(text, links, block, element.text, element in linked, False)
        _count(text, links, block_of.get(parent, root), element.tail, parent in linked, parent in excluded)
    masses: dict[Any, int] = {}
    for element in reversed(order):
        if element in excluded:
            continue
        own = text.get(element, 0)
        if own >= _LEAST_PROSE and links.get(element, 0) < own:
            masses[element] = masses.get(element, 0) + own
        mass = masses.setdefault(element, 0)
        if element is not root:
            parent = element.getparent()
            masses[parent] = masses.get(parent, 0) + mass
    return order, masses


def _count(text: dict[Any, int], links: dict[Any, int], block: Any, piece: str | None, linked: bool, excluded: bool) -> None:
    if piece and not excluded:
        length = len(piece.strip())
        if length:
            target = links if linked else text
            target[block] = target.get(block, 0) + length


def _is_chrome(element: Any) -> bool:
    if element.tag in ("body", "html", "main", "article", "p"):
        return False
    named = names(element)
    if not named or not CHROME.search(named):
        return False
    return element.find(".//h1") is None and element.find(".//article") is None and not _is_hinted(element)


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
