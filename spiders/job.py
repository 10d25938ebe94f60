"""What a crawl is told and what it tells: plain data that travels between the flow and the child process."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from store.model.records import Record
from store.model.source import Source
from store.model.visits import KnownAddress, Visit


class Job(Record):
    """One crawl of one source.

    `archive` is the archive's folder or address; with an address, `spool` names a local folder. `run` stands in the snapshots
    and file names. `known` is what is known of addresses: what is not due is not asked for. `interest` holds the words that
    site searches are asked for, `allow_hosts` the `host:port` pairs that may lie on private addresses. `urls` asks for exactly
    these pages, due or not, and nothing else. `first_day` to `last_day` choose the days of dated indexes (yesterday and today
    when None). `limit` is the most pages to fetch, `spent` the requests that each host had today already, on top of which the
    source's daily ceiling counts; `seconds` is the most time, `page_seconds` the most for one answer. `contact` is where
    complaints go, part of the user agent; `now` turns the clock that decides what is due.
    """

    source: Source
    archive: str
    run: str
    spool: str | None = None
    known: tuple[KnownAddress, ...] = ()
    interest: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    spent: dict[str, int] = Field(default_factory=dict)
    seconds: Annotated[float, Field(gt=0)] = 3600.0
    page_seconds: Annotated[float, Field(gt=0)] = 60.0
    contact: str = ""
    now: datetime | None = None


class Counts(Record):
    """What a crawl saw, in addresses. A fetched page is either new or changed; `robots` and `scope` count what was not asked."""

    discovered: int = 0
    skipped: int = 0
    scope: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    refused: int = 0
    robots: int = 0
    challenged: int = 0
    indexes: int = 0
    requests: int = 0
    bytes: int = 0


class Failure(Record):
    """An address that brought nothing, and the reason in a sentence."""

    url: str
    reason: str


class CrawlReport(Record):
    """What came of a crawl.

    `closed` is "finished", or why it ended early: "limit", "time", "requests", "challenged", "cancelled", "rest hours",
    "blocked", "busy" (another crawl of the source runs), "died (…)". `visits` holds every address that was asked for,
    `hosts` the requests that each host had, `notes` what is worth telling an operator: empty feeds, sitemaps cut short,
    hosts that asked to wait.
    """

    source: str
    run: str
    started: datetime
    seconds: float
    closed: str
    counts: Counts = Counts()
    failures: tuple[Failure, ...] = ()
    visits: tuple[Visit, ...] = ()
    hosts: dict[str, int] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
