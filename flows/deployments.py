"""The only home of Prefect: the plain functions of `flows` as flows with schedules.

Import this module only after `flows.settings.prepare_prefect()`, or in a process whose environment says the same: Prefect reads
its settings when it is imported. `rapor serve` does so; `prefect.yaml` names these flows for work pools.
"""

from __future__ import annotations

import os
from typing import Any

from prefect import flow, serve, task
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from flows import daily
from flows.crawl import catalogue
from flows.schedules import DAILY, READ, TIMEZONE, cron_of
from flows.settings import load

HOUR = 3600
# A second run of one source would fetch the same addresses at the same time: it is refused, not queued.
ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


@task(retries=2, retry_delay_seconds=[60, 600], retry_jitter_factor=0.5)
def crawl_task(key: str) -> dict[str, Any]:
    """One crawl, tried again where the site did not answer; what was fetched before stays fetched."""
    return daily.crawl_summary(load(), key)


@flow(name="crawl", timeout_seconds=6 * HOUR, log_prints=True)
def crawl_flow(key: str) -> dict[str, Any]:
    """Crawl one source by its key."""
    return crawl_task(key)


@flow(name="read", timeout_seconds=6 * HOUR, log_prints=True)
def read_flow() -> dict[str, Any]:
    """Read what the archive holds unread, record it, and merge the claims into evaluations."""
    return daily.read_summary(load())


@flow(name="audit", timeout_seconds=HOUR, log_prints=True)
def audit_flow() -> dict[str, Any]:
    """Hold sources and reader against what is expected of them."""
    return daily.audit_summary(load())


def deployments() -> list[RunnerDeployment]:
    """One deployment per source by its frequency, one for reading, one for the audit."""
    found = []
    for source in catalogue(load().sources).values():
        cron = cron_of(source)
        if cron is not None:
            found.append(_deployment(crawl_flow, source.key, cron, source.timezone, parameters={"key": source.key}))
    found.append(_deployment(read_flow, "new", READ))
    found.append(_deployment(audit_flow, "all", DAILY))
    return found


def _deployment(what: Any, name: str, cron: str, timezone: str = TIMEZONE, parameters: dict[str, Any] | None = None) -> RunnerDeployment:
    from prefect.schedules import Cron

    made: RunnerDeployment = what.to_deployment(
        name=name,
        parameters=parameters or {},
        schedule=Cron(cron, timezone=timezone),
        concurrency_limit=ALONE,
        entrypoint_type=EntrypointType.MODULE_PATH,
        tags=["rapor"],
    )
    return made


def serve_all() -> None:
    """Register every deployment and run them as they fall due, until told to stop."""
    serve(*deployments(), pause_on_shutdown=False, limit=max(2, os.cpu_count() or 2))
