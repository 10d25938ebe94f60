"""The plain functions of `flows` as Prefect flows, each with its deployment.

Import this module only after `flows.settings.prepare_prefect()`, or in a process whose environment says the same: Prefect reads
its settings when it is imported. `flows.serving` runs these on one machine; `prefect.yaml` names them for work pools.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.client.schemas.objects import State
from prefect.deployments.runner import RunnerDeployment
from prefect.runtime import flow_run
from prefect.schedules import Cron
from prefect.states import Cancelled
from prefect.types.entrypoint import EntrypointType

from flows import daily, spreading
from flows import publish as publishing
from flows.alive import alive, taken
from flows.artifacts import Progress, show_counts, show_table
from flows.backfill import Plan, rows
from flows.crawl import catalogue, chosen
from flows.database import open_database
from flows.housekeeping import housekeep
from flows.schedules import DAILY, NIGHTLY, READ, SUNDAY, TIMEZONE, WEEKLY, cron_of
from flows.settings import Settings, load
from flows.sweeping import TAG, sweep, take_over
from flows.telling import write_status
from flows.unread import figures_of, read_new

HOUR = 3600
Refused = State[Any]
"""How a run ends that another one is doing the work of."""


@contextmanager
def _at_work(settings: Settings, name: str) -> Iterator[Refused | None]:
    """Be known as alive, and alone at some work. A second run of it would do the same at the same time: it is refused, not queued."""
    with alive(settings.home, str(flow_run.get_id())), taken(settings.home / "work" / name) as free:
        if free:
            take_over(str(flow_run.get_id()))
        yield None if free else Cancelled(message=f"another run is at work on {name}")


@task(retries=2, retry_delay_seconds=[load().retry_seconds, 10 * load().retry_seconds], retry_jitter_factor=0.5)
def crawl_task(key: str, now: datetime | None) -> dict[str, Any]:
    """One crawl, tried again where it failed as a whole; what was fetched before stays fetched."""
    return daily.crawl_summary(load(), key, get_run_logger().info, now)


@flow(name="crawl", timeout_seconds=6 * HOUR)
def crawl_flow(key: str, now: datetime | None = None) -> dict[str, Any] | Refused:
    """Crawl one source.

    Args:
        key: Key of the source, as `rapor sources list` names it.
        now: Take this moment for the present; for tests, leave it empty.
    """
    settings = load()
    chosen(catalogue(settings.sources), [key])
    with _at_work(settings, f"crawl-{key}") as refused:
        if refused:
            return refused
        figures: dict[str, Any] = crawl_task(key, now)
    show_counts(f"crawl-{key}", figures, f"What the crawl of {key} came to, in addresses.")
    return figures


@flow(name="backfill", timeout_seconds=24 * HOUR)
def backfill_flow(
    key: str, first: date, last: date | None = None, slice_days: int = 7, pace: float | None = None
) -> list[dict[str, Any]] | Refused:
    """Fetch what a source published in the past; days that were done are not asked for again.

    Args:
        key: Key of the source, as `rapor sources list` names it.
        first: First day.
        last: Last day; yesterday where none is given.
        slice_days: How many days one crawl takes on.
        pace: Wait at least so many seconds between requests.
    """
    settings = load()
    chosen(catalogue(settings.sources), [key])
    plan = Plan(first, last or datetime.now(UTC).date() - timedelta(days=1), slice_days=slice_days, pace=pace)
    with _at_work(settings, f"backfill-{key}") as refused:
        if refused:
            return refused
        done = list(rows(settings, key, plan, get_run_logger().info))
    show_table(f"backfill-{key}", done, f"The slices of the past of {key}.")
    return done


@flow(name="read", timeout_seconds=6 * HOUR)
def read_flow() -> dict[str, Any] | Refused:
    """Read what the archive holds unread, record it, and merge the claims into evaluations; end what died without a word."""
    for name in sweep():
        get_run_logger().warning(f"{name} was under way without a process and is marked as crashed")
    return _read("read", again=False)


@flow(name="reread", timeout_seconds=24 * HOUR)
def reread_flow() -> dict[str, Any] | Refused:
    """Read anew what another version of the reader read. Where the version did not change since, nothing is done."""
    return _read("reread", again=True)


def _read(name: str, *, again: bool) -> dict[str, Any] | Refused:
    settings = load()
    sources = catalogue(settings.sources)
    with _at_work(settings, name) as refused, Progress(f"{name}-progress") as progress:
        if refused:
            return refused
        database = open_database(settings, sources.values())
        spread = spreading.over(settings, progress.of)
        summary = read_new(settings, database, sources, again=again, progress=progress, spread=spread)
    figures = figures_of(summary)
    show_counts(name, figures, "What reading came to: articles recorded, claims, what was set aside or is unresolved.")
    show_table(f"{name}-set-aside", [{"address": url, "reason": why} for url, why in summary.set_aside[:200]], "What could not be read.")
    return figures


@flow(name="merge", timeout_seconds=HOUR)
def merge_flow() -> dict[str, Any] | Refused:
    """Merge claims that wait, after decisions or a run that was cut short, into evaluations."""
    settings = load()
    with _at_work(settings, "merge") as refused:
        if refused:
            return refused
        figures = daily.merge_summary(settings)
    show_counts("merge", figures, "What merging changed.")
    return figures


@flow(name="audit", timeout_seconds=HOUR)
def audit_flow(now: datetime | None = None) -> dict[str, Any] | Refused:
    """Hold sources and reader against what is expected of them; tell what changed.

    Args:
        now: Take this moment for the present; for tests, leave it empty.
    """
    settings = load()
    with _at_work(settings, "audit") as refused:
        if refused:
            return refused
        found = daily.audit_summary(settings, now)
        write_status(settings, now=now)
    for sentence in found["changes"]:
        get_run_logger().warning(sentence)
    show_table("audit", [{"finding": item} for item in found["findings"]], "Broken expectations.")
    return found


@flow(name="publish", timeout_seconds=6 * HOUR)
def publish_flow() -> str | Refused:
    """Make a release of what is known, unless nothing changed since the newest one.

    Returns:
        Its version.
    """
    settings = load()
    with _at_work(settings, "publish") as refused:
        if refused:
            return refused
        made = publishing.publish(settings, datetime.now(UTC).date())
    get_run_logger().info(f"release {made.folder.name}{'' if made.new else ' still says it all'}")
    return made.folder.name


@flow(name="housekeep", timeout_seconds=12 * HOUR)
def housekeep_flow() -> dict[str, Any] | Refused:
    """Put small archive files together, let go of what the settings say need not be kept, tidy the database."""
    settings = load()
    with _at_work(settings, "housekeep") as refused:
        if refused:
            return refused
        figures = housekeep(settings)
    show_counts("housekeep", figures, "What housekeeping put together and freed.")
    return figures


def deployments(keys: Iterable[str] = (), pool: str | None = None) -> list[RunnerDeployment]:
    """One deployment per source (of those named, or all) by its frequency, and one each for everything else that runs.

    With `pool`, they are for the workers of that work pool, which must have rapor installed; else for `prefect.serve`.
    """
    found: list[RunnerDeployment] = []

    def add(what: Any, name: str, cron: str | None, timezone: str = TIMEZONE, **parameters: str) -> None:
        made = what.to_deployment(
            name=name,
            parameters=parameters,
            schedule=Cron(cron, timezone=timezone) if cron else None,
            entrypoint_type=EntrypointType.MODULE_PATH,
            tags=[TAG],
            work_pool_name=pool,
        )
        found.append(made)

    for source in chosen(catalogue(load().sources), keys):
        if cron := cron_of(source):
            add(crawl_flow, source.key, cron, source.timezone, key=source.key)
    add(read_flow, "new", READ)
    add(reread_flow, "outdated", NIGHTLY)
    add(merge_flow, "waiting", DAILY)
    add(audit_flow, "all", DAILY)
    add(publish_flow, "release", WEEKLY)
    add(housekeep_flow, "weekly", SUNDAY)
    add(backfill_flow, "past", None)
    return found
