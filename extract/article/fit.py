"""Whether a page is built as the page rules of its site say."""

from __future__ import annotations

from extract.article.decoding import parse_page
from extract.article.metadata import select
from store.model.errors import ReadError
from store.model.source import PageRules

_ASKED = ("title", "published", "body")


def unmatched(body: bytes, rules: PageRules, encoding: str | None = None) -> frozenset[str]:
    """The rules that find nothing on a page, of those that every article must satisfy: `title`, `published`, `body`.

    Args:
        body: the page as it was served.
        rules: where the site keeps the parts of an article; a part without a rule is not asked for.
        encoding: the charset that the server named, if any.

    Raises:
        SourceError: where a page rule is no selector.
    """
    try:
        tree = parse_page(body, encoding)
    except ReadError:
        return frozenset()  # no page at all: that is told when it is read
    return frozenset(name for name in _ASKED if getattr(rules, name) and not select(tree, getattr(rules, name)))
