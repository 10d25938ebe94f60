"""The whole day in one function: crawl, read, merge, audit. Plain functions; `flows.deployments` puts them on schedules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows import alerts
from flows.alerts import Change
from flows.audit import OF_A_CRAWL, OF_THE_STOCK, Finding, audit, audit_crawl, note
from flows.crawl import Crawl, Say, catalogue, chosen, crawl_all, figures_of, run_key, words_of_interest
from flows.database import connect, open_database
from flows.settings import Settings
from flows.unread import ReadSummary, read_new
from store.archive import Archive
from store.model.errors import FetchError
from store.sql import queries
from store.sql.database import Database
from store.sql.merging import merge

if TYPE_CHECKING:
    from spiders.job import CrawlReport


@dataclass
class DaySummary:
    """What a run came to, source by source, and in all."""

    reports: dict[str, CrawlReport] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    reading: ReadSummary = field(default_factory=ReadSummary)
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def crawl_sources(settings: Settings, keys: Iterable[str], say: Say = lambda _line: None, now: datetime | None = None) -> DaySummary:
    """Crawl sources and tell the database; nothing is read. `now` is the clock, for tests.

    Raises:
        UsageError: a key that no source has.
        SourceError: a source file is wrong.
        StoreError: archive or database cannot be used.
    """
    from extract.lexicon import load_registry

    sources = catalogue(settings.sources)
    wanted = chosen(sources, keys)
    database = open_database(settings, sources.values())
    summary = DaySummary()
    told = Crawl(settings, database, words_of_interest(load_registry(), (now or datetime.now(UTC)).date()), say, now)
    for source, result in crawl_all(told, wanted):
        if isinstance(result, FetchError):
            summary.failed[source.key] = str(result)
            say(str(result))
        else:
            summary.reports[source.key] = result
    return summary


def run(settings: Settings, keys: Iterable[str] = (), say: Say = lambda _line: None, now: datetime | None = None) -> DaySummary:
    """Crawl, read what came in, merge it, and hold the sources against their expectations. `now` is the clock, for tests.

    Raises:
        UsageError: a key that no source has.
        SourceError: a source file is wrong.
        StoreError: archive or database cannot be used; what was done before stays.
    """
    named = list(keys)
    summary = crawl_sources(settings, named, say, now)
    sources = catalogue(settings.sources)
    database = connect(settings)
    summary.reading = read_new(settings, database, sources)
    looked_at = [sources[key] for key in summary.reports]
    summary.findings = audit(Archive(settings.archive_path), database, looked_at, summary.reports, now=now)
    summary.changes = tell_changes(settings, summary.findings, summary.reports, now)
    return summary


def tell_changes(
    settings: Settings,
    findings: Iterable[Finding],
    looked_at: Iterable[str],
    now: datetime | None = None,
    judged: Collection[str] | None = None,
) -> list[Change]:
    """Tell webhook and mail, where they are set, what an audit changed. Without either the changes are kept as told."""
    return alerts.update(settings.home, findings, looked_at, _telling(channels(settings)), now, judged=judged)


def channels(settings: Settings) -> list[alerts.Tell]:
    """Who hears of changes.

    Raises:
        UsageError: the mail server's address cannot be meant.
    """
    from flows.mail import mail

    found = [alerts.webhook(settings.webhook)] if settings.webhook else []
    return found + ([mail(settings.mail_server, settings.mail_to, settings.mail_from)] if settings.mail_to else [])


def _telling(heard_by: Iterable[alerts.Tell]) -> alerts.Tell:
    """Tells everybody, whoever is deaf; raises OSError at the end where somebody was, so that all are told again."""

    def tell(change: Change) -> None:
        deaf: list[OSError] = []
        for one in heard_by:
            try:
                one(change)
            except OSError as error:
                deaf.append(error)
        if deaf:
            raise OSError("; ".join(map(str, deaf)))

    return tell


def told_evaluations(database: Database, articles: Iterable[str], limit: int = 20) -> list[dict[str, Any]]:
    """The evaluations that these articles tell, each once, most of `limit`; for a look at what a run brought."""
    keys: dict[str, None] = {}
    for article in articles:
        for claim in queries.each(queries.claims, database, queries.Filters(article=article)):
            if claim["evaluation_key"]:
                keys.setdefault(claim["evaluation_key"])
        if len(keys) >= limit:
            break
    return [queries.evaluation(database, key)["evaluation"] for key in list(keys)[:limit]]


def crawl_summary(settings: Settings, key: str, say: Say = lambda _line: None, now: datetime | None = None) -> dict[str, Any]:
    """Crawl one source and tell what that alone shows of it; its counts. For schedules.

    Raises:
        FetchError: the crawl failed; it is worth trying again.
    """
    summary = crawl_sources(settings, [key], say, now)
    if key in summary.failed:
        raise FetchError(summary.failed[key])
    report, source = summary.reports[key], catalogue(settings.sources)[key]
    found = list(audit_crawl(source, report))
    note(connect(settings), found, now or datetime.now(UTC))
    for change in tell_changes(settings, found, [key], now, OF_A_CRAWL):
        say(change.sentence)
    return figures_of(report)


def merge_summary(settings: Settings) -> dict[str, Any]:
    """Merge claims that wait into evaluations; what changed. For schedules."""
    merged = merge(open_database(settings), run=run_key("merge"))
    return {"evaluations_made": merged.made, "evaluations_changed": merged.changed}


def audit_summary(settings: Settings, now: datetime | None = None) -> dict[str, Any]:
    """Audit all sources that are crawled by themselves; the sentences found. For schedules."""
    sources = catalogue(settings.sources)
    active = [source for source in sources.values() if source.state == "active"]
    found = audit(Archive(settings.archive_path), open_database(settings, sources.values()), active, now=now)
    changes = tell_changes(settings, found, [source.key for source in active], now, OF_THE_STOCK)
    return {"findings": [item.message for item in found], "changes": [change.sentence for change in changes]}
