"""One crawl of one source, in a child process that can be killed at any moment and never takes its parent along."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from spiders.javascript import missing
from spiders.job import Counts, CrawlReport, Failure, Job
from store.model.errors import FetchError, StoreError
from store.model.source import Source
from store.model.visits import Visit

Log = Callable[[int, str], None]
_LOG: Final[Log] = logging.getLogger("spiders").log
_GRACE: Final = 10.0  # seconds a child has to stop by itself
_COUNTED: Final = frozenset({"discovered", "skipped", "scope", "indexes", "requests", "bytes"})
_ROOT: Final = Path(__file__).resolve().parent.parent

__all__ = ["CrawlReport", "Job", "Log", "crawl"]


def crawl(
    job: Job,
    *,
    log: Log = _LOG,
    visited: Callable[[Visit], None] | None = None,
    cancel: threading.Event | None = None,
) -> CrawlReport:
    """Crawl one source and return what came of it.

    Args:
        job: The source, where its pages go, what is known of its addresses, and every limit.
        log: Called with a level and a line, as the child speaks.
        visited: Called with every visit as it happens.
        cancel: Set it from another thread to end the crawl early.

    Raises:
        StoreError: The archive cannot be written.
        FetchError: The child process could not start or failed in a way that is no answer of the site.
    """
    started = job.now or datetime.now(UTC)
    resting = _resting(job.source, started)
    if resting and not job.urls:
        return CrawlReport(source=job.source.key, run=job.run, started=started, seconds=0.0, closed=resting)
    lacking = missing() if job.source.politeness.javascript else None
    if lacking:
        raise FetchError(f"{job.source.key}: {lacking}")
    return _Child(job, log, visited, cancel).report(started)


def _resting(source: Source, moment: datetime) -> str | None:
    """Why a source is not to be asked now."""
    if source.state == "blocked":
        return "blocked"
    return "rest hours" if source.rests(moment) else None


@dataclass
class _Told:
    """What the child has said so far."""

    visits: list[Visit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    hosts: dict[str, int] = field(default_factory=dict)
    closed: str | None = None


class _Child:
    """The process of one crawl and what it tells."""

    def __init__(self, job: Job, log: Log, visited: Callable[[Visit], None] | None, cancel: threading.Event | None) -> None:
        self._job = job
        self._log = log
        self._visited = visited
        self._cancel = cancel or threading.Event()
        self._told = _Told()
        self._ended = ""

    def report(self, started: datetime) -> CrawlReport:
        began = time.monotonic()
        code, errors = self._run()
        closed = self._told.closed
        if closed is None and code < 0:
            closed = f"died (signal {-code})"
        if closed is None and self._ended:
            closed = self._ended
        if closed is None:
            raise FetchError(
                f"the crawl of {self._job.source.key} failed with exit code {code}: {errors[-1500:].strip() or 'no word of why'}"
            )
        if closed.startswith("store: "):
            raise StoreError(closed.removeprefix("store: "))
        return CrawlReport(
            source=self._job.source.key,
            run=self._job.run,
            started=started,
            seconds=round(time.monotonic() - began, 3),
            closed=closed,
            counts=_counts(self._job, self._told),
            failures=tuple(
                Failure(url=visit.url, reason=visit.reason or visit.outcome)
                for visit in self._told.visits
                if visit.outcome in ("failed", "refused", "gone", "challenged")
            ),
            visits=tuple(self._told.visits),
            hosts=self._told.hosts,
            notes=tuple(self._told.notes),
        )

    def _run(self) -> tuple[int, str]:
        """Start the child, hear it to its end. Returns its exit code and what it wrote to stderr."""
        process = subprocess.Popen(
            [sys.executable, "-m", "spiders.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=_ROOT,
        )
        errors: list[bytes] = []
        threads = [
            threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True),
            threading.Thread(target=self._watch, args=(process,), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            self._tell_job(process)
            for line in process.stdout or ():
                self._hear(line)
            process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            self._cancel.set()
            for thread in threads:
                thread.join(_GRACE)
        return process.returncode, b"".join(errors).decode("utf-8", "replace")

    def _tell_job(self, process: subprocess.Popen[bytes]) -> None:
        stdin: IO[bytes] | None = process.stdin
        if stdin is None:
            return
        try:
            stdin.write(self._job.model_dump_json(exclude_defaults=True).encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            return  # it died at once; its exit code and stderr say why

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End the child when it is cancelled or overstays its time."""
        cancelled = self._cancel.wait(self._job.seconds + 3 * _GRACE)
        if process.poll() is None:
            self._ended = "cancelled" if cancelled else "time"
            _end(process)

    def _hear(self, line: bytes) -> None:
        try:
            message: dict[str, Any] = json.loads(line)
        except ValueError:
            return  # the child died in the middle of a line
        if "visit" in message:
            visit = Visit.model_validate(message["visit"])
            self._told.visits.append(visit)
            if self._visited:
                self._visited(visit)
        elif "log" in message:
            self._log(*message["log"])
        elif "counts" in message:
            self._told.counts, self._told.hosts = message["counts"], message["hosts"]
        elif "note" in message:
            self._told.notes.append(message["note"])
            self._log(logging.WARNING, message["note"])
        elif "end" in message:
            self._told.closed = message["end"]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the child to stop by closing its stdin; kill it where it does not."""
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _counts(job: Job, told: _Told) -> Counts:
    """The counts of a report: those of visits are made here, so that a child that died counts too."""
    held = {address.url for address in job.known if address.digest}
    pages = [visit for visit in told.visits if visit.kind != "index"]
    outcomes = Counter(visit.outcome for visit in pages if not (visit.reason or "").startswith("leads to "))
    fresh = [visit for visit in pages if visit.outcome == "fetched"]
    robots = sum(visit.outcome == "refused" and (visit.reason or "").startswith("robots.txt") for visit in told.visits)
    return Counts(
        fetched=outcomes["fetched"],
        new=sum(visit.url not in held for visit in fresh),
        changed=sum(visit.url in held for visit in fresh),
        unchanged=outcomes["unchanged"],
        gone=outcomes["gone"],
        failed=outcomes["failed"],
        refused=outcomes["refused"],
        robots=robots,
        challenged=outcomes["challenged"],
        **{name: number for name, number in told.counts.items() if name in _COUNTED},
    )
