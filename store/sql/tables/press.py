"""What was fetched and what it says as a whole: sources, addresses, snapshots, articles and their versions, runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Float, Index, UniqueConstraint

from store.model.records import Acting, Unread
from store.model.source import Frequency, State
from store.model.visits import AddressKind, AddressState
from store.sql.tables.base import Base, Id, Json, closed, column, day, moment, reasonable, said, whole, within


class Source(Base, table=True):
    """One site that is crawled, as its file of facts states it."""

    __tablename__ = "source"
    __table_args__ = (closed("state", get_args(State)), closed("frequency", get_args(Frequency)), said("name"))

    key: str = column("Key of the source: the name of its file", key=True)
    name: str = column("Name of the publisher")
    acronym: str | None = column("Acronym of the publisher", null=True)
    agency_key: str | None = column("Registry key of the publisher where it is a government body", null=True)
    official: bool = column("Whether the publisher is a government body speaking for itself", Boolean)
    language: str = column("Language of the site, ISO 639-1")
    timezone: str = column("IANA time zone of its dates")
    frequency: str = column("How often it is visited")
    state: str = column("Whether it is crawled: active, quarantined or blocked")
    hosts: Any = column("Hosts that belong to it, a list", Json)
    verified: bool = column("Whether a live check has passed", Boolean)
    origin: str = column("Where these facts come from")
    facts: Any = column("The whole source file as data", Json)


class Run(Base, table=True):
    """One run of the pipeline or of a part of it."""

    __tablename__ = "run"
    __table_args__ = (closed("state", ("running", "done", "failed")),)

    key: str = column("Key of the run, given by whoever started it", key=True)
    kind: str = column("What ran: crawl, read, merge, audit, publish, daily, backfill")
    started_at: datetime = moment("When it started")
    finished_at: datetime | None = moment("When it ended", null=True)
    state: str = column("running, done or failed")
    figures: Any = column("Counts and other figures of the run, an object", Json, null=True)
    message: str | None = column("Why it failed, in a sentence", null=True)


class Drift(Base, table=True):
    """A source that broke its expectations in one run."""

    __tablename__ = "drift"
    __table_args__ = (Index(None, "source_key", "seen_at"),)

    key: str = column("Key made of source, run and expectation", key=True)
    source_key: str = column("The source", to="source.key")
    run_key: str | None = column("The run that noticed", null=True, to="run.key")
    seen_at: datetime = moment("When it was noticed")
    expectation: str = column("What was expected, by its name in the source file")
    expected: float | None = column("The bound that was set", Float, null=True)
    found: float | None = column("What was found", Float, null=True)
    message: str = column("The finding in a sentence")


class Address(Base, table=True):
    """Crawl state of one canonical address."""

    __tablename__ = "address"
    __table_args__ = (
        closed("state", get_args(AddressState)),
        closed("kind", get_args(AddressKind)),
        CheckConstraint("failures >= 0", name="failures_counted"),
        Index(None, "source_key", "next_due"),
    )

    url: str = column("Canonical address", key=True)
    source_key: str = column("The source it belongs to", to="source.key")
    etag: str | None = column("Validator of the last answer", null=True)
    last_modified: str | None = column("Last-Modified of the last answer, as sent", null=True)
    digest: str | None = column("SHA-256 of the last body", null=True)
    text_digest: str | None = column("Digest of the text read from the last body", null=True)
    first_seen: datetime = moment("First visit")
    last_seen: datetime = moment("Last visit")
    next_due: datetime | None = moment("When it should be visited again; NULL: never", null=True)
    failures: int = whole("Failures in a row")
    state: str = column("live, failing, refused or gone")
    status: int | None = whole("Last HTTP status", null=True)
    reason: str | None = column("Why the last visit failed or was refused", null=True)
    kind: str = column("page, attachment, part (a later page of an article) or index (feed, sitemap, list)")
    fetched_url: str | None = column("Address that answered last", null=True)
    file: str | None = column("Archive file that holds the last body", null=True)
    position: int | None = column("Offset of its record in the archive file, in bytes", BigInteger, null=True)
    parent_url: str | None = column("Page that an attachment or part hangs on", null=True)


class Snapshot(Base, table=True):
    """One archived response, where its bytes lie and what became of it."""

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("length >= 0 AND position >= 0", name="position_counted"),
        Index(None, "url", "fetched_at"),
        Index(None, "source_key", "fetched_at"),
        Index(None, "version_key"),
    )

    key: str = column("Key of the snapshot", key=True)
    url: str = column("Canonical address")
    fetched_url: str = column("Address that answered")
    source_key: str = column("Source that fetched it", to="source.key")
    fetched_at: datetime = moment("When it was fetched")
    status: int = whole("HTTP status")
    mime: str = column("Media type")
    digest: str = column("SHA-256 of the body")
    length: int = column("Length of the body in bytes", BigInteger)
    file: str = column("Archive file that holds it")
    position: int = column("Offset of its record in the archive file, in bytes", BigInteger)
    parent_url: str | None = column("Page that an attachment hangs on", null=True)
    run_key: str | None = column("Run that fetched it", null=True)
    version_key: str | None = column("Article version read from it", null=True, to="article_version.key")
    reader: str | None = column("Version of the reader that looked at it last", null=True)
    read_at: datetime | None = moment("When it was looked at last", null=True)
    set_aside_reason: str | None = column("Why no article could be made of it", null=True)


class Article(Base, table=True):
    """One article, press release or decree, whatever its versions say."""

    __tablename__ = "article"
    __table_args__ = (
        closed("unread", get_args(Unread)),
        reasonable("published_date"),
        Index(None, "shown_date", "key"),
        Index(None, "outlet", "shown_date", "key"),
        Index(None, "source_key", "shown_date", "key"),
        Index(None, "story_key"),
    )

    key: str = column("Key made of the canonical address, or of the text where there is none", key=True)
    url: str | None = column("Canonical address", null=True)
    outlet: str | None = column("Outlet as the article or its source names it", null=True)
    source_key: str | None = column("Source that brought it, or whose outlet it is", null=True, to="source.key")
    official: bool = column("Whether its publisher is a government body speaking for itself", Boolean)
    title: str = column("Title of the version that holds")
    published: str | None = column("ISO date, or date-time with zone where known, of the version that holds", null=True)
    published_date: date | None = day("Day of publication")
    shown_date: date = day("Day it is listed under: its publication, else the day it was first seen", null=False)
    language: str | None = column("Language of the text, ISO 639-1", null=True)
    unread: str | None = column("Why it was looked at and yields no claims", null=True)
    version_key: str | None = column("The version that holds", null=True)
    versions: int = whole("How many versions are known")
    story_key: str = column("The story it tells: the smallest key among near-duplicate copies, its own where there are none")
    claim_count: int = whole("Claims of the version that holds")


class ArticleVersion(Base, table=True):
    """One state of an article's text, and what one version of the reader made of it."""

    __tablename__ = "article_version"
    __table_args__ = (
        closed("unread", get_args(Unread)),
        UniqueConstraint("key"),
        Index(None, "article_key", "seen_at"),
    )

    id: int | None = column("Row number, for the full-text index", Id, key=True)
    key: str = column("Key made of the article and the content of this version")
    article_key: str = column("The article", to="article.key")
    title: str = column("Title as read")
    text: str = column("Text as read, one paragraph a line; offsets of evidence count its code points")
    published: str | None = column("ISO date or date-time as read", null=True)
    authors: Any = column("Authors, a list", Json)
    editors: Any = column("Editors, a list", Json)
    language: str | None = column("Language of the text, ISO 639-1", null=True)
    tags: Any = column("Tags the outlet gave it, a list", Json)
    seen_at: datetime = moment("When this version was last seen at its address, or recorded where it has none")
    reading_digest: str = column("Digest of everything that was understood from it")
    reader: str = column("Version of the reader whose reading is stored")
    read_at: datetime = moment("When that reading was recorded")
    run_key: str | None = column("Run that recorded it", null=True)
    flags: Any = column("Flags of the reading, a list", Json)
    unread: str | None = column("Why this version yields no claims", null=True)
    superseded: bool = column("Whether a later version holds", Boolean)


class ArticleBand(Base, table=True):
    """One band of a near-duplicate signature: articles that share one are candidates for copies of one story."""

    __tablename__ = "article_band"
    __table_args__ = (Index(None, "value", "story_key", "article_key"),)

    article_key: str = column("The article", key=True, to="article.key")
    value: str = column("The band with its place in the signature; one is the digest of the whole folded text", key=True)
    story_key: str = column("The story of the article, kept here so that a story is found by its bands at once")


class ArticleCopy(Base, table=True):
    """Two articles that tell one story in the same words: of each story just the pairs that hold it together."""

    __tablename__ = "article_copy"
    __table_args__ = (
        CheckConstraint("article_key < other_key", name="pair_ordered"),
        within("containment_pct", 0, 100),
        Index(None, "other_key"),
    )

    article_key: str = column("The article with the smaller key", key=True, to="article.key")
    other_key: str = column("The other article", key=True, to="article.key")
    containment_pct: float = column("Share of the shorter text's word runs that stand in the longer one, in percent", Float)


class Mention(Base, table=True):
    """One government body or holder of a public post in one article version."""

    __tablename__ = "mention"
    __table_args__ = (
        closed("kind", ("agency", "official")),
        closed("acting", get_args(Acting)),
        said("name"),
        Index(None, "agency_key"),
        Index(None, "official_key"),
    )

    version_key: str = column("The article version", key=True, to="article_version.key")
    number: int = whole("Place in the reading, from 0", key=True)
    kind: str = column("agency or official")
    name: str = column("Canonical name")
    agency_key: str | None = column("The body, or the body the post belongs to", null=True, to="agency.key")
    agency_name: str | None = column("Name of the body the post belongs to, as read", null=True)
    official_key: str | None = column("The person", null=True, to="official.key")
    position: str | None = column("Canonical post", null=True)
    acting: str | None = column("Pj, Plt, Plh or Pjs", null=True)
    former: bool = column("Whether the post was held before", Boolean)
    as_printed: Any = column("Every way the article prints it, a list", Json)


class Edition(Base, table=True):
    """What one article version says of one round of a programme."""

    __tablename__ = "edition"
    __table_args__ = (within("year", 1945, 2100), Index(None, "programme", "year"))

    version_key: str = column("The article version", key=True, to="article_version.key")
    place: int = whole("Place in the reading, from 0", key=True)
    programme: str | None = column("Key of the programme", null=True, to="programme.key")
    programme_name: str | None = column("Name of the programme", null=True)
    year: int | None = whole("The year being judged", null=True)
    number: int | None = whole("Ordinal number of the round", null=True)
    categories: Any = column("Categories of the competition, a list", Json)
    participants: int | None = whole("How many took part", null=True)
    participant_parts: Any = column("Parts of the participants, a list of {count, who}", Json)
    steps: Any = column("Counts per step, a list of {count, who}", Json)
    flags: Any = column("Flags, a list", Json)
    evidence: Any = column("Evidence, a list of {field, in, start, end, text}", Json)
