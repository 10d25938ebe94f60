"""Backfill: the past of one source, day by day, in slices that are not done twice, at a pace that leaves the day's crawl its share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.crawl import Crawl, Say, catalogue, chosen, crawl_source, figures_of
from flows.database import open_database
from flows.settings import Settings
from store.model.errors import StoreError, UsageError
from store.model.source import Discovery, Source

if TYPE_CHECKING:
    from spiders.job import CrawlReport

SHARE = 0.5
"""Of the requests a host may have in a day; the other half is for what is new."""


@dataclass(frozen=True)
class Plan:
    """The days asked for, both included, from which end and in slices of how many they are taken.

    `pace` is the seconds between two requests where that is more than the source's own; `again` also takes days done before.
    """

    first: date
    last: date
    newest_first: bool = True
    slice_days: int = 7
    pace: float | None = None
    again: bool = False

    def days(self) -> list[date]:
        """Every day, in the order they are taken."""
        days = [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]
        return days[::-1] if self.newest_first else days


@dataclass(frozen=True)
class Done:
    """The days of a source that were crawled to their end, a line each in `backfill/<source>` under the home folder."""

    path: Path

    @classmethod
    def of(cls, home: Path, source: str) -> Done:
        """Those of a source."""
        return cls(home / "backfill" / source)

    def days(self) -> set[date]:
        """The days; a line that a dying process left half written counts for nothing."""
        try:
            lines = self.path.read_text("utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return set()
        return {date.fromisoformat(line) for line in lines if line}

    def add(self, days: Iterable[date]) -> None:
        """Note days, after the crawl that brought them ended well."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write("".join(f"{day.isoformat()}\n" for day in days))
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror or error}") from error


def rows(settings: Settings, key: str, plan: Plan, say: Say = lambda _line: None) -> Iterator[dict[str, Any]]:
    """Crawl the past of a source; a row of counts for each slice as it is done.

    Raises:
        UsageError: there is no such source, the days make no span, or the source lists nothing by day.
        StoreError: the archive or the database cannot be written.
        FetchError: a crawl itself failed; the slices before it are done.
    """
    sources = catalogue(settings.sources)
    (source,) = chosen(sources, [key])
    told = Crawl(settings, open_database(settings, sources.values()), say=say)
    for part, report in backfill(told, source, plan):
        yield {"first_day": min(part).isoformat(), "last_day": max(part).isoformat(), **figures_of(report)}


def backfill(told: Crawl, source: Source, plan: Plan) -> Iterator[tuple[list[date], CrawlReport]]:
    """Crawl the days of a plan, slice by slice; each slice with its report as it comes. Stops after the first that ends early.

    Only what the source lists by day is asked: dated lists and the WordPress API. Raises as `rows` does.
    """
    today = (told.now or datetime.now(UTC)).date()
    if plan.first > plan.last or plan.last > today:
        raise UsageError(f"{plan.first} to {plan.last} is no span of days that are past")
    slow = _slowed(source, plan.pace)
    done = Done.of(told.settings.home, source.key)
    for part in slices(plan.days(), set() if plan.again else done.days(), plan.slice_days):
        report = crawl_source(told, slow, days=(min(part), max(part)))
        if report.closed == "finished":
            done.add(part)
        yield part, report
        if report.closed != "finished":
            return


def slices(days: Sequence[date], done: set[date], most: int) -> Iterator[list[date]]:
    """Runs of neighbouring days that are not done, in the order given, none longer than `most`."""
    part: list[date] = []
    for day in days:
        if part and (day in done or len(part) == most):
            yield part
            part = []
        if day not in done:
            part.append(day)
    if part:
        yield part


def _slowed(source: Source, pace: float | None) -> Source:
    """The source as backfill asks it: only what is listed by day, half of the day's requests, at the slower pace."""
    dated = tuple(item for item in source.discovery if _by_day(item))
    if not dated:
        raise UsageError(
            f"{source.key} lists nothing by day: it has no list with {{date:…}} and no WordPress API; `rapor crawl` takes all it lists"
        )
    manners = source.politeness
    politeness = manners.model_copy(
        update={
            "delay_seconds": max(manners.delay_seconds, pace or 0.0),
            "requests_per_day": max(1, int(manners.requests_per_day * SHARE)),
        }
    )
    return source.model_copy(update={"discovery": dated, "politeness": politeness})


def _by_day(discovery: Discovery) -> bool:
    return "{date:" in discovery.url or (discovery.kind == "wordpress" and "{query}" not in discovery.url)
