"""The one item of our spiders: a response worth keeping, with what the discovery said of it."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.http import Response

from store.model.visits import AddressKind, KnownAddress


@dataclass(slots=True)
class Page:
    """A response to archive.

    `key` is the canonical address that was asked for and by which the next crawl will know it, `url` the canonical address
    of what came (its own canonical link, where it can be believed).
    """

    response: Response
    key: str
    url: str
    kind: AddressKind = "page"
    title: str | None = None
    published: str | None = None
    parent: str | None = None
    known: KnownAddress | None = None
