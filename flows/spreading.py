"""Reading spread over a task runner of Prefect: threads or processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from prefect import task
from prefect.futures import as_completed
from prefect.settings import get_current_settings
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from flows.archive import open_archive
from flows.database import connect
from flows.settings import Settings
from flows.unread import BATCH, Batch, ReadSummary, Spread, read_batch
from store.archive import Archive
from store.model.errors import UsageError
from store.sql.database import Database


@task(retries=2, retry_delay_seconds=[5, 60], retry_jitter_factor=0.5, timeout_seconds=3600)
def read_task(settings: Settings, batch: Batch) -> ReadSummary:
    """One batch, tried again where its worker died: what it had recorded changes no row the second time."""
    return read_batch(*_place(settings), batch)


@lru_cache(maxsize=1)
def _place(settings: Settings) -> tuple[Archive, Database]:
    """Archive and database, opened once in a process: a new connection knows none of the statements that were prepared before."""
    return open_archive(settings), connect(settings)


def over(settings: Settings, total: Callable[[int], None] = lambda _count: None) -> Spread:
    """A function that spreads batches as the settings say; what makes no full batch is read right here, sparing the start of workers.

    Args:
        settings: What it is spread over, and what the workers are told.
        total: Hears how many snapshots wait.
    """

    def spread(parts: list[Batch]) -> Iterator[ReadSummary]:
        count = sum(len(part.items) for part in parts)
        total(count)
        if count <= BATCH and settings.readers != "dask":
            yield from (read_task.fn(settings, part) for part in parts)
            return
        with _task_runner(settings) as tasks:
            futures = [tasks.submit(read_task, {"settings": settings, "batch": part}) for part in parts]
            for done in as_completed(futures):
                yield done.result()

    return spread


def _task_runner(settings: Settings) -> Any:
    workers = max(1, os.cpu_count() or 1)
    match settings.readers:
        case "threads":
            return ThreadPoolTaskRunner(max_workers=workers)
        case "processes":
            return ProcessPoolTaskRunner(max_workers=workers)
        case "dask":
            if not get_current_settings().api.url:
                raise UsageError("RAPOR_READERS=dask needs a Prefect server that all workers reach: set PREFECT_API_URL")
            try:
                from prefect_dask.task_runners import DaskTaskRunner
            except ImportError:
                raise UsageError("RAPOR_READERS=dask needs the extra: pip install 'rapor[dask]'") from None
            return DaskTaskRunner(address=settings.dask) if settings.dask else DaskTaskRunner(cluster_kwargs={"n_workers": workers})
