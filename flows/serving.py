"""`rapor serve`: the deployments of one machine registered and run, and what a death left behind put right first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.deployments import run_deployment

from flows.crawl import catalogue, chosen, last_crawls
from flows.deployments import deployments, host_limits
from flows.schedules import overdue
from flows.settings import load
from flows.sweeping import sweep


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


def limit_hosts(keys: Iterable[str] = ()) -> list[str]:
    """Tell the server that each host is asked by one crawl at a time; the names of the limits."""
    names = sorted({name for source in chosen(catalogue(load().sources), keys) for name in host_limits(source)})
    with get_client(sync_client=True) as client:
        there = {limit.name for limit in client.read_global_concurrency_limits(limit=200)}
        for name in names:
            if name not in there:
                client.upsert_global_concurrency_limit_by_name(name, 1)
    return names


def register(keys: Sequence[str], pool: str) -> int:
    """Register the deployments for the workers of a work pool, and the limits of the hosts; how many deployments there are."""
    limit_hosts(keys)
    made = deployments(keys, pool)
    for deployment in made:
        deployment.apply()
    return len(made)


def serve_all(keys: Sequence[str] = ()) -> None:
    """Register the deployments, catch up on what was missed, and run them as they fall due, until told to stop."""
    made = deployments(keys)
    sweep(settle=timedelta())
    limit_hosts(keys)
    for deployment in made:
        deployment.apply()
    catch_up(keys)
    serve(*made, pause_on_shutdown=False, limit=max(2, os.cpu_count() or 2))
