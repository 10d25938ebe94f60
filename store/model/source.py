"""A source: one site's facts, as one YAML file in `spiders/sources/` states them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from store.model.records import Record

DiscoveryKind = Literal["feed", "sitemap", "listing", "search", "wordpress", "links"]
State = Literal["active", "quarantined", "blocked"]
Frequency = Literal["hourly", "daily", "weekly", "monthly", "never"]


class Publisher(Record):
    """Who publishes the site. `agency` is a registry key where the publisher is a government body."""

    name: str
    acronym: str | None = None
    agency: str | None = None
    official: bool = False


class Discovery(Record):
    """One way to find the addresses of articles.

    `url` may hold `{page}`, `{date:%Y-%m-%d}` (any strftime form) or `{query}`; `article` is a regular expression
    that the address of an article matches; `links` a CSS selector for the links of a listing; `next` one for its next page;
    `pages` the most pages of a list, or for the kind `links` the most steps from its first page.
    """

    kind: DiscoveryKind
    url: str
    article: str | None = None
    links: str | None = None
    next: str | None = None
    pages: Annotated[int, Field(ge=1, le=1000)] = 10
    attachments: str | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] = 50


class Scope(Record):
    """Which hosts and paths belong to the source. Paths are regular expressions over the path and query."""

    hosts: tuple[str, ...]
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


class PageRules(Record):
    """Where the parts of an article stand on this site's pages: CSS selectors, tried in order, valid up to `until`.

    A field without a rule is taken from JSON-LD, OpenGraph and trafilatura, in this order.
    `remove` names elements dropped before reading, `tail` regular expressions of lines that start the tail.
    """

    until: date | None = None
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


class Expectation(Record):
    """How much a run or a day is expected to bring, so that the quiet death of a source is noticed."""

    pages_per_day_min: int = 0
    pages_per_day_max: int | None = None
    relevant_pct_min: float = 0.0


class Politeness(Record):
    """Limits that the site's owner or our manners set: seconds between requests, requests a day to each host, hours of rest.

    `javascript` says that pages hold their text only after a browser ran their scripts.
    """

    delay_seconds: float = 1.0
    requests_per_day: int = 5000
    rest_hours: tuple[int, ...] = ()
    javascript: bool = False


class Source(Record):
    """Everything known of one site. `verified` is false until `rapor sources check --live` has run against it."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    publisher: Publisher
    language: str = "id"
    timezone: str = "Asia/Jakarta"
    discovery: tuple[Discovery, ...]
    scope: Scope
    pages: tuple[PageRules, ...] = ()
    frequency: Frequency = "daily"
    expect: Expectation = Expectation()
    politeness: Politeness = Politeness()
    state: State = "active"
    verified: bool = False
    origin: str = ""
    notes: str = ""

    def rests(self, moment: datetime) -> bool:
        """Whether the site is to be left alone at this moment, by the clock of its own time zone."""
        hours = self.politeness.rest_hours
        return bool(hours) and moment.astimezone(ZoneInfo(self.timezone)).hour in hours

    def rules_on(self, day: date) -> PageRules:
        """The page rules in force on `day`: those whose `until` has not passed, the earliest ending first."""
        valid = [rules for rules in self.pages if rules.until is None or day <= rules.until]
        return min(valid, key=lambda rules: rules.until or date.max, default=PageRules())
