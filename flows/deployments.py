"""The only home of Prefect: the plain functions of `flows` as flows with schedules.

Import this module only after `flows.settings.prepare_prefect()`, or in a process whose environment says the same: Prefect reads
its settings when it is imported. `rapor serve` does so; `prefect.yaml` names these flows for work pools.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from prefect import flow, get_run_logger, serve, task
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments import run_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows import daily
from flows import publish as publishing
from flows.crawl import catalogue, chosen, last_crawls
from flows.schedules import DAILY, READ, TIMEZONE, WEEKLY, cron_of, overdue
from flows.settings import load
from store.model.keys import slug

HOUR = 3600
# A second run of one source would fetch the same addresses at the same time: it is refused, not queued.
ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


@task(retries=2, retry_delay_seconds=[60, 600], retry_jitter_factor=0.5)
def crawl_task(key: str) -> dict[str, Any]:
    """One crawl, tried again where the site did not answer; what was fetched before stays fetched."""
    return daily.crawl_summary(load(), key, get_run_logger().info)


@flow(name="crawl", timeout_seconds=6 * HOUR)
def crawl_flow(key: str) -> dict[str, Any]:
    """Crawl one source.

    Args:
        key: Key of the source, as `rapor sources list` names it.
    """
    figures: dict[str, Any] = crawl_task(key)
    _show(f"crawl-{slug(key)}", figures, "What one crawl came to, in addresses.")
    return figures


@flow(name="read", timeout_seconds=6 * HOUR)
def read_flow() -> dict[str, Any]:
    """Read what the archive holds unread, record it, and merge the claims into evaluations."""
    figures = daily.read_summary(load())
    _show("read", figures, "What reading came to: articles recorded, claims, what was set aside or is unresolved.")
    return figures


@flow(name="audit", timeout_seconds=HOUR)
def audit_flow() -> dict[str, Any]:
    """Hold sources and reader against what is expected of them; tell what changed."""
    found = daily.audit_summary(load())
    for sentence in found["changes"]:
        get_run_logger().warning(sentence)
    create_table_artifact([{"finding": item} for item in found["findings"]], key="audit", description="Broken expectations.")
    return found


@flow(name="publish", timeout_seconds=6 * HOUR)
def publish_flow() -> str:
    """Make a release of what is known, unless nothing changed since the newest one.

    Returns:
        Its version.
    """
    made = publishing.publish(load(), datetime.now(UTC).date())
    get_run_logger().info(f"release {made.folder.name}{'' if made.new else ' still says it all'}")
    return made.folder.name


def _show(key: str, figures: Mapping[str, Any], description: str) -> None:
    rows = [{"what": name.replace("_", " "), "count": value} for name, value in figures.items()]
    create_table_artifact(rows, key=key, description=description)


def deployments(keys: Iterable[str] = ()) -> list[RunnerDeployment]:
    """One deployment per source (of those named, or all) by its frequency, one each for reading, audit and release."""
    found = []
    for source in chosen(catalogue(load().sources), keys):
        cron = cron_of(source)
        if cron is not None:
            found.append(_deployment(crawl_flow, source.key, cron, source.timezone, {"key": source.key}))
    found.append(_deployment(read_flow, "new", READ))
    found.append(_deployment(audit_flow, "all", DAILY))
    found.append(_deployment(publish_flow, "release", WEEKLY))
    return found


def _deployment(what: Any, name: str, cron: str, timezone: str = TIMEZONE, parameters: dict[str, Any] | None = None) -> RunnerDeployment:
    made: RunnerDeployment = what.to_deployment(
        name=name,
        parameters=parameters or {},
        schedule=Cron(cron, timezone=timezone),
        concurrency_limit=ALONE,
        entrypoint_type=EntrypointType.MODULE_PATH,
        tags=["rapor"],
    )
    return made


def catch_up(keys: Iterable[str] = ()) -> list[str]:
    """Start one run of every source that missed its crawl while nothing ran; the keys of those."""
    settings, now = load(), datetime.now(UTC)
    last = last_crawls(settings.home)
    # A source that was never crawled waits for its first night: a new machine must not ask every site at once.
    wanted = chosen(catalogue(settings.sources), keys)
    missed = [source.key for source in wanted if source.key in last and overdue(source, last[source.key], now)]
    for key in missed:
        run_deployment(f"crawl/{key}", timeout=0, as_subflow=False)
    return missed


def serve_all(keys: Sequence[str] = ()) -> None:
    """Register the deployments, catch up on what was missed, and run them as they fall due, until told to stop."""
    made = deployments(keys)
    for deployment in made:
        deployment.apply()
    catch_up(keys)
    serve(*made, pause_on_shutdown=False, limit=max(2, os.cpu_count() or 2))
