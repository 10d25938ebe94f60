"""Processes of runs that outlived the `rapor serve` that started them: ended before the next one begins. Imports no Prefect.

A killed runner leaves its runs at work with nobody to report to. Their output goes into a pipe that nobody reads, some wait for ever, and
as long as they hold their work every later run of it is refused. What they recorded stays; the rest is done by the next run.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

from flows.alive import at_work, environments

_GONE_SECONDS = 10.0


def end_left_runs(prefect_home: str) -> int:
    """Kill what runs of an earlier `rapor serve` still have at work, known by its PREFECT_HOME; how many processes that were."""
    left = [pid for pid in _of_runs(prefect_home) if pid != os.getpid()]
    for pid in left:
        with suppress(ProcessLookupError):  # it ended by itself
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + _GONE_SECONDS
    while any(map(at_work, left)) and time.monotonic() < until:
        time.sleep(0.05)
    return len(left)


def _of_runs(prefect_home: str) -> Iterator[int]:
    """Processes that were started for a run by whoever keeps Prefect's things there, and their children."""
    home = f"PREFECT_HOME={prefect_home}".encode()
    for process, words in environments():
        if home in words and any(word.startswith(b"PREFECT__FLOW_RUN_ID=") for word in words):
            yield int(process.name)
