"""What a killed `rapor serve` left at work is ended by the next one, and nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.leftover import end_left_runs

WAITS = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(600)"]


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are ended whatever happens."""
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def test_only_runs_of_this_home_are_ended(tmp_path: Path, started: list[subprocess.Popen[str]]) -> None:
    ours, theirs = str(tmp_path / "prefect"), str(tmp_path / "other" / "prefect")
    for place in (
        {"PREFECT_HOME": ours, "PREFECT__FLOW_RUN_ID": "1"},
        {"PREFECT_HOME": theirs, "PREFECT__FLOW_RUN_ID": "2"},
        {"PREFECT_HOME": ours},  # a server or a shell, no run
    ):
        started.append(subprocess.Popen(WAITS, env=os.environ | place, stdout=subprocess.PIPE, text=True))
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
    assert end_left_runs(ours) == 1
    assert started[0].wait(10) < 0
    assert [process.poll() for process in started[1:]] == [None, None]
    assert end_left_runs(ours) == 0
