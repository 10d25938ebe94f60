"""What a crawl learns of an address, and what the next crawl is told of it: plain data between spiders and the database."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from store.model.records import Record

Outcome = Literal["fetched", "unchanged", "failed", "refused", "gone", "challenged"]
"""fetched: new bytes; unchanged: 304 or the same body; failed: retry; refused: guard, robots, scope; gone: 404 or 410;
challenged: a page that asks whether we are human came instead."""
WEIGHTS: Final = {"failed": 1, "challenged": 3}
"""What a failure counts: a challenge is meant for us, a time-out mostly is not."""
AddressState = Literal["live", "failing", "refused", "gone"]
AddressKind = Literal["page", "attachment", "part", "index"]
"""page: an article; attachment: a file that hangs on one; part: a later page of one; index: a feed, sitemap or list."""


class Visit(Record):
    """One visit to one canonical address during one crawl. `reason` says in a sentence why it failed or was refused.

    `fetched_url` is the address that answered, `snapshot` the key of what was archived, `file` and `offset` (bytes) where
    the body lies in the archive, `parent` the page an attachment or part hangs on.
    """

    url: str
    source: str
    visited_at: datetime
    outcome: Outcome
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    text_digest: str | None = None
    next_due: datetime | None = None
    reason: str | None = None
    kind: AddressKind = "page"
    fetched_url: str | None = None
    snapshot: str | None = None
    file: str | None = None
    offset: int | None = None
    parent: str | None = None


class KnownAddress(Record):
    """What the database remembers of an address: its validators, digests, when it is due again, the weight of its failures in a row.

    An address without `next_due` is not asked for again. `fetched_url` is what to ask (the address itself when None);
    `file` and `offset` say where the body of `digest` lies, so that an unchanged one is archived as a revisit.
    """

    url: str
    source: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    text_digest: str | None = None
    last_seen: datetime | None = None
    next_due: datetime | None = None
    failures: Annotated[int, Field(ge=0)] = 0
    state: AddressState = "live"
    kind: AddressKind = "page"
    fetched_url: str | None = None
    file: str | None = None
    offset: int | None = None
    parent: str | None = None
