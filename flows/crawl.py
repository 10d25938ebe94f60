"""Crawling: what a source's crawl must be told, the crawl itself in its child process, and what the database hears of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.due import after_visit
from flows.manners import Manners
from flows.settings import Settings
from store.archive import Archive
from store.model.errors import FetchError, UsageError
from store.model.keys import digest
from store.model.registry import Programme, Registry
from store.model.source import Source
from store.model.visits import KnownAddress, Visit
from store.sql import ledger, queries

if TYPE_CHECKING:
    from spiders.job import CrawlReport, Job
    from store.sql.database import Database

Say = Callable[[str], None]
Days = tuple[date, date]


@dataclass(frozen=True)
class Crawl:
    """What every crawl of one run is told alike, and where it is told of.

    `interest` holds the words that site searches are asked for, `say` hears lines for an operator, `cancels` holds what
    ends each crawl under way.
    """

    settings: Settings
    database: Database
    interest: Sequence[str] = ()
    say: Say = lambda _line: None
    now: datetime | None = None
    cancels: list[threading.Event] = field(default_factory=list)


def catalogue(folder: Path | None = None) -> dict[str, Source]:
    """The sources that come with rapor, and those of a folder; a file of the same key in the folder takes precedence.

    Raises:
        SourceError: a file is wrong; the sentence names it and why.
        UsageError: the folder is not there.
    """
    from spiders.catalogue import load_catalogue

    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder} is no folder of source files")
    return load_catalogue(folder)


def chosen(sources: dict[str, Source], keys: Iterable[str]) -> list[Source]:
    """The sources asked for by key; all active ones with a frequency where none is named.

    Raises:
        UsageError: there is no source of that key.
    """
    named = list(dict.fromkeys(keys))
    unknown = [key for key in named if key not in sources]
    if unknown:
        raise UsageError(f"there is no source {', '.join(map(repr, unknown))}; `rapor sources list` names them all")
    if named:
        return [sources[key] for key in named]
    return [source for source in sources.values() if source.state == "active" and source.frequency != "never"]


def words_of_interest(registry: Registry, day: date) -> tuple[str, ...]:
    """What sites' own searches are asked for on a day: one name for each programme, a seventh of them each day of the week.

    Searches come on top of feeds and sitemaps; asking every site for every name every day would cost it hundreds of requests.
    """
    names = (_search_name(programme) for _, programme in sorted(registry.programmes.items()))
    return tuple(dict.fromkeys(name for place, name in enumerate(names) if name and place % 7 == day.weekday()))


def _search_name(programme: Programme) -> str | None:
    """The name by which a programme is searched: the shortest of those that settle it alone, as print shortens long ones."""
    settled = [cue.text for cue in programme.cues if cue.strength == "name"] or [cue.text for cue in programme.cues]
    return min(settled, key=lambda text: (len(text), text), default=None)


def run_key(kind: str, now: datetime | None = None) -> str:
    """Key of a run: its moment, readable and sortable, and what ran."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    return f"{moment:%Y%m%dT%H%M%S}-{kind}-{digest(kind, moment.isoformat())[:4]}"


def crawl_source(told: Crawl, source: Source, urls: Sequence[str] = (), days: Days | None = None, limit: int | None = None) -> CrawlReport:
    """Crawl one source and tell the database. What was archived stays archived, whatever happens next.

    A crawl whose process was killed is started once more, and goes on where it was.

    Args:
        told: What every crawl of this run is told alike.
        source: The facts of the site.
        urls: Fetch exactly these pages and nothing else.
        days: First and last day of dated indexes; yesterday and today when None.
        limit: The most pages to fetch.

    Raises:
        StoreError: the archive or the database cannot be written.
        FetchError: the crawl itself failed, not merely an address.
    """
    cancelled = threading.Event()
    told.cancels.append(cancelled)
    hosts = () if urls else source.scope.hosts  # a person who asks for one page does not wait
    with Manners(told.settings.home).turn(hosts, cancelled):
        report = _crawl_once(told, source, urls, days, limit)
        if report.closed.startswith("died") and not cancelled.is_set():
            told.say(f"{source.key}: its crawl {report.closed} and is started once more")
            report = _crawl_once(told, source, urls, days, limit)
    return report


def _crawl_once(told: Crawl, source: Source, urls: Sequence[str], days: Days | None, limit: int | None) -> CrawlReport:
    from spiders.crawl import crawl

    manners, moment = Manners(told.settings.home), told.now or datetime.now(UTC)
    until = manners.blocked_until(source.key, moment)
    if until is not None and not urls:
        told.say(f"{source.key}: it shut us out and is left alone until {until:%Y-%m-%d}; `rapor sources reset {source.key}` ends that")
        source = source.model_copy(update={"state": "blocked"})
    cancel = threading.Event()
    told.cancels.append(cancel)
    known = {address.url: address for address in queries.known_addresses(told.database, source.key)}
    job = _job(told, source, known if days is None else _resting(known), manners.spent(moment))
    first, last = days or (None, None)
    job = job.model_copy(update={"urls": tuple(urls), "first_day": first, "last_day": last, "limit": limit})
    report = crawl(job, log=lambda _level, line: told.say(f"{source.key}: {line}"), cancel=cancel)
    manners.spend(report.hosts, moment)
    if report.closed == "challenged":
        manners.shut_out(source.key, moment)
    record(told, source, report, known)
    if report.closed == "finished" and not urls and days is None:
        _note_crawl(told.settings.home, source.key, moment)
    return report


def _job(told: Crawl, source: Source, known: Mapping[str, KnownAddress], spent: dict[str, int]) -> Job:
    from spiders.job import Job

    settings = told.settings
    remote = "://" in settings.archive_path
    return Job(
        source=source,
        archive=settings.archive_path if remote else str(Path(settings.archive_path).absolute()),
        spool=str((settings.home / "spool").absolute()) if remote else None,
        run=run_key(source.key, told.now),
        known=tuple(known.values()),
        interest=tuple(told.interest),
        allow_hosts=tuple(settings.allow_hosts),
        contact=settings.contact,
        spent=spent,
        now=told.now,
    )


def _resting(known: Mapping[str, KnownAddress]) -> dict[str, KnownAddress]:
    """What is known, with no page due: a crawl of the past leaves those to the crawl of the day."""
    return {url: address.model_copy(update={"next_due": None}) for url, address in known.items()}


def record(told: Crawl, source: Source, report: CrawlReport, known: Mapping[str, KnownAddress]) -> None:
    """Write what a crawl brought. One that brought nothing new, not even a new failure, adds no row, not even that of a run."""
    ledger.record_visits(told.database, (after_visit(visit, known.get(visit.url)) for visit in report.visits))
    held = {visit.snapshot: visit.visited_at for visit in report.visits if visit.snapshot}
    if held:
        # What a crawl that died left in the archive is told by the next one, and is older than it.
        snapshots = Archive(told.settings.archive_path).snapshots(source.key, min(report.started, *held.values()))
        ledger.record_snapshots(told.database, (item for item in snapshots if item.key in held))
    if report.closed != "finished" or any(_is_news(visit, known.get(visit.url)) for visit in report.visits):
        ledger.start_run(told.database, report.run, "crawl", now=report.started)
        ledger.finish_run(told.database, report.run, figures=figures_of(report))


def last_crawls(home: Path) -> dict[str, datetime]:
    """When each source was last crawled to the end, also where that brought nothing: the times of files in `crawled`."""
    folder = home / "crawled"
    return {path.name: datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in folder.iterdir()} if folder.is_dir() else {}


def _note_crawl(home: Path, key: str, moment: datetime) -> None:
    (home / "crawled").mkdir(parents=True, exist_ok=True)
    (home / "crawled" / key).touch()
    os.utime(home / "crawled" / key, (moment.timestamp(), moment.timestamp()))


def _is_news(visit: Visit, before: KnownAddress | None) -> bool:
    failed = visit.outcome in ("failed", "challenged")
    return (visit.outcome == "fetched" and visit.kind != "index") or (failed and (before is None or before.state != "failing"))


def figures_of(report: CrawlReport) -> dict[str, Any]:
    """The counts of a crawl as one flat row."""
    return {"source": report.source, **report.counts.model_dump(), "seconds": report.seconds, "closed": report.closed}


def crawl_all(told: Crawl, sources: Iterable[Source]) -> Iterator[tuple[Source, CrawlReport | FetchError]]:
    """Crawl several sources, some at the same time; each result as it comes. One that fails does not stop the others.

    Raises:
        StoreError: the archive or database cannot be written; crawls under way are ended, what they archived stays.
    """
    with ThreadPoolExecutor(told.settings.crawls) as pool:
        waiting = {pool.submit(crawl_source, told, source): source for source in sources}
        try:
            for done in as_completed(waiting):
                try:
                    yield waiting[done], done.result()
                except FetchError as error:
                    yield waiting[done], error
        except BaseException:
            for cancel in told.cancels:
                cancel.set()
            for future in waiting:
                future.cancel()
            raise
