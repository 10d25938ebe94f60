"""Processes of runs that outlived the `rapor serve` that started them: ended before the next one begins. Imports no Prefect.

A killed runner leaves its runs at work with nobody to report to. Their output goes into a pipe that nobody reads, some wait for ever, and
as long as they hold their work every later run of it is refused. What they recorded stays; the rest is done by the next run.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

_GONE_SECONDS = 10.0


def end_left_runs(prefect_home: str) -> int:
    """Kill what runs of an earlier `rapor serve` still have at work, known by its PREFECT_HOME; how many processes that were."""
    left = [pid for pid in _of_runs(prefect_home) if pid != os.getpid()]
    for pid in left:
        _kill(pid)
    until = time.monotonic() + _GONE_SECONDS
    while any(map(_is_there, left)) and time.monotonic() < until:
        time.sleep(0.05)
    return len(left)


def _of_runs(prefect_home: str) -> Iterator[int]:
    """Processes that were started for a run by whoever keeps Prefect's things there, and their children."""
    home = f"PREFECT_HOME={prefect_home}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes().split(b"\0")
        except OSError:  # of somebody else, or gone meanwhile
            continue
        if home in words and any(word.startswith(b"PREFECT__FLOW_RUN_ID=") for word in words):
            yield int(process.name)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it ended by itself
        return


def _is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[:1]
    except OSError:
        return False
