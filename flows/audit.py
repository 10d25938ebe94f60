"""The audit: what sources brought against what is expected of them, so that a quiet death is loud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from flows.pages import HTML, is_part
from store.archive import Archive
from store.model.source import Source
from store.sql import ledger, queries
from store.sql.database import Database

if TYPE_CHECKING:
    from spiders.job import CrawlReport

# How long a source of each frequency may be looked back on: long enough for one visit to have brought something.
_WINDOW = {"hourly": 1, "daily": 1, "weekly": 7, "monthly": 31, "never": 31}
_ENOUGH = 20
"""Fewer articles than this say nothing of the share that matters."""
_MOST_FAILED = 0.5
_PAGES = 20
"""So many of the newest pages are held against the page rules, at least three."""
_MOST_UNMATCHED = 0.5
_YIELD_FALLS = 0.4
"""Claims per article worth reading, against those before: less than this share of it, and the reader or the pages changed."""
OF_A_CRAWL = ("discovered", "challenged", "failed", "closed")
"""The expectations that a crawl alone breaks or keeps; the audit of what was archived and read says nothing of them."""
OF_THE_STOCK = ("pages_per_day_min", "pages_per_day_max", "page_rules", "relevant_pct_min", "yield")
"""Those that are held against what was archived and read."""
FOLLOWS = {"pages_per_day_min": OF_A_CRAWL, "relevant_pct_min": ("page_rules",), "yield": ("page_rules",)}
"""What is a mere consequence of others: a source whose crawl fails brings too few pages too, which is no second incident."""


@dataclass(frozen=True)
class Finding:
    """One broken expectation of one source, in a sentence and in figures."""

    source: str
    expectation: str
    message: str
    expected: float | None = None
    found: float | None = None


def audit_crawl(source: Source, report: CrawlReport) -> Iterator[Finding]:
    """What one crawl alone shows, the nearest cause only: its death, challenge pages, failures, an index that names nothing."""
    counts, key = report.counts, source.key
    asked = counts.fetched + counts.unchanged + counts.failed
    if report.closed.startswith("died"):
        yield Finding(key, "closed", f"{key}: its crawl {report.closed}; what it archived is kept, the next crawl goes on")
    elif counts.challenged:
        message = f"{key}: {counts.challenged} addresses answered with a challenge page; set its state to blocked if that stays"
        yield Finding(key, "challenged", message, 0, counts.challenged)
    elif asked and counts.failed / asked > _MOST_FAILED:
        message = f"{key}: {counts.failed} of {asked} addresses failed; the first: {_first_failure(report)}"
        yield Finding(key, "failed", message, _MOST_FAILED, counts.failed / asked)
    elif report.closed == "finished" and source.discovery and counts.discovered == 0:
        yield Finding(key, "discovered", f"{key}: its indexes named no article at all; did the site change?", 1, 0)


def _first_failure(report: CrawlReport) -> str:
    return next((f"{item.url}: {item.reason}" for item in report.failures), "no reason given")


def audit_volume(source: Source, archive: Archive, now: datetime) -> Iterator[Finding]:
    """Pages per day over the time in which its frequency lets it bring any. A source never crawled before is not judged."""
    days = _WINDOW[source.frequency]
    since = now - timedelta(days=days)
    pages = {item.url for item in archive.snapshots(source.key, since) if item.parent is None}
    if not pages and next(archive.snapshots(source.key), None) is None:
        return
    per_day, expect = len(pages) / days, source.expect
    if per_day < expect.pages_per_day_min:
        message = f"{source.key}: {per_day:g} pages a day, at least {expect.pages_per_day_min} are expected"
        yield Finding(source.key, "pages_per_day_min", message, expect.pages_per_day_min, per_day)
    if expect.pages_per_day_max is not None and per_day > expect.pages_per_day_max:
        message = f"{source.key}: {per_day:g} pages a day, at most {expect.pages_per_day_max} are expected"
        yield Finding(source.key, "pages_per_day_max", message, expect.pages_per_day_max, per_day)


def audit_page_rules(source: Source, archive: Archive, now: datetime) -> Iterator[Finding]:
    """Whether the newest pages still are built as the page rules say: a page is read without them too, only worse."""
    from extract.article import unmatched

    since = now - timedelta(days=_WINDOW[source.frequency])
    pages = [item for item in archive.snapshots(source.key, since) if item.status == 200 and item.mime in HTML and not is_part(item)]
    newest = sorted(pages, key=lambda item: item.fetched_at)[-_PAGES:]
    if len(newest) < 3:
        return
    missed = Counter(
        name for item in newest for name in unmatched(archive.read(item), source.rules_on(item.fetched_at.date()), item.encoding)
    )
    name, count = max(missed.items(), key=lambda item: item[1], default=("", 0))
    if count / len(newest) > _MOST_UNMATCHED:
        message = (
            f"{source.key}: its page rule for {name} finds nothing on {count} of its newest {len(newest)} pages; was the site redesigned?"
        )
        yield Finding(source.key, "page_rules", message, _MOST_UNMATCHED, count / len(newest))


def audit_relevance(source: Source, database: Database) -> Iterator[Finding]:
    """Whether the newest articles of a source still are what it is crawled for."""
    wanted = source.expect.relevant_pct_min
    if not wanted:
        return
    newest = list(queries.each(queries.articles, database, queries.Filters(source=source.key), limit=200))
    if len(newest) < _ENOUGH:
        return
    share = 100 * sum(row["unread"] is None for row in newest) / len(newest)
    if share < wanted:
        message = (
            f"{source.key}: {share:.0f} % of its newest articles were worth reading, {wanted:g} % are expected; did its page rules break?"
        )
        yield Finding(source.key, "relevant_pct_min", message, wanted, share)


def audit_yield(source: Source, database: Database) -> Iterator[Finding]:
    """Whether the newest articles still give claims as those before them did; few articles say nothing."""
    rows = list(queries.each(queries.articles, database, queries.Filters(source=source.key), limit=400))
    read = [row["claim_count"] for row in rows if row["unread"] is None]
    newest, before = read[:_ENOUGH], read[_ENOUGH:]
    if len(newest) < _ENOUGH or len(before) < 3 * _ENOUGH:
        return
    now, then = sum(newest) / len(newest), sum(before) / len(before)
    if now < _YIELD_FALLS * then:
        message = (
            f"{source.key}: {now:.1f} claims an article in its newest {len(newest)}, {then:.1f} before; did its pages or the reader change?"
        )
        yield Finding(source.key, "yield", message, then, now)


def audit(
    archive: Archive,
    database: Database,
    sources: Iterable[Source],
    reports: Mapping[str, CrawlReport] | None = None,
    *,
    now: datetime | None = None,
) -> list[Finding]:
    """Hold every source against its expectations and note what is broken, once a day each.

    Args:
        archive: What was fetched.
        database: What was read; the findings are recorded there.
        sources: The sources to look at; blocked and quarantined ones are left out.
        reports: Crawls that just ended, by source.
        now: The clock, for tests.

    Returns:
        Every finding, new or not.
    """
    moment = now or datetime.now(UTC)
    found: list[Finding] = []
    for source in sources:
        if source.state != "active":
            continue
        report = (reports or {}).get(source.key)
        if report is not None:
            found.extend(audit_crawl(source, report))
        if source.frequency != "never":
            found.extend(audit_volume(source, archive, moment))
            found.extend(audit_page_rules(source, archive, moment))
            found.extend(audit_relevance(source, database))
            found.extend(audit_yield(source, database))
    note(database, found, moment)
    return found


def note(database: Database, found: Iterable[Finding], moment: datetime) -> None:
    """Record findings; the same one of the same day is one row."""
    day = datetime.combine(moment.date(), time(), UTC)
    for item in found:
        ledger.record_drift(database, item.source, item.expectation, item.message, expected=item.expected, found=item.found, now=day)
