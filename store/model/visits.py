"""What a crawl learns of an address, and what the next crawl is told of it: plain data between spiders and the database."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from store.model.records import Record

Outcome = Literal["fetched", "unchanged", "failed", "refused", "gone"]
"""fetched: new bytes; unchanged: 304 or the same body; failed: retry; refused: guard, robots, scope; gone: 404 or 410."""
AddressState = Literal["live", "failing", "refused", "gone"]


class Visit(Record):
    """One visit to one canonical address during one crawl. `reason` says in a sentence why it failed or was refused."""

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


class KnownAddress(Record):
    """What the database remembers of an address: its validators, digests, when it is due again, failures in a row."""

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
