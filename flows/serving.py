"""`rapor serve`: the deployments of one machine registered and run, and what a death left behind put right first."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from prefect import serve
from prefect.deployments import run_deployment

from flows.crawl import catalogue, chosen, last_crawls
from flows.deployments import deployments
from flows.schedules import overdue
from flows.settings import load
from flows.sweeping import SETTLE, sweep

_LOG = logging.getLogger("prefect.rapor")
_EACH = timedelta(minutes=1)
_SPAWNED = timedelta(seconds=20)
"""Between the word that a run starts and its process."""


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


def register(keys: Sequence[str], pool: str) -> int:
    """Register the deployments for the workers of a work pool; how many there are."""
    made = deployments(keys, pool)
    for deployment in made:
        deployment.apply()
    return len(made)


def serve_all(keys: Sequence[str] = (), *, alone: bool = False) -> None:
    """Register the deployments, catch up on what was missed, and run them as they fall due, until told to stop.

    Args:
        keys: Sources; all when none is named.
        alone: Every run of the server is at work on this machine, so one without a process here has none at all.
    """
    made = deployments(keys)
    sweep(settle=timedelta() if alone else SETTLE)
    for deployment in made:
        deployment.apply()
    catch_up(keys)
    threading.Thread(target=_keep_sweeping, args=(_SPAWNED if alone else SETTLE,), daemon=True).start()
    serve(*made, pause_on_shutdown=False, limit=max(2, os.cpu_count() or 2))


def _keep_sweeping(settle: timedelta) -> None:
    """End what died without a word; a server that does not answer now is asked again."""
    while True:
        time.sleep(_EACH.total_seconds())
        try:
            for name in sweep(settle):
                _LOG.warning("%s was under way without a process and is marked as crashed", name)
        except Exception as error:  # whatever it is, the runs go on
            _LOG.info("the runs under way could not be looked through: %s", error)
