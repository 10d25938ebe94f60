from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from store.sql.checking import check
from store.sql.database import Database
from store.sql.ledger import record_registry
from tests.store.sql.press_registry import REGISTRY
from tests.store.sql.test_press import state
from tests.store.sql.worker import work

ROOT = Path(__file__).resolve().parents[3]


def killed(database: Database, after_seconds: float) -> bool:
    """Let a worker begin and kill it at a moment; whether it was still at work."""
    url = database.url.set(drivername=database.dialect).render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.store.sql.worker", url]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"begun\n"
    time.sleep(after_seconds)
    worker.send_signal(signal.SIGKILL)
    return worker.wait() == -signal.SIGKILL


def survives(make_database: Callable[[], Database], kills: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Kill workers at random moments: the database is sound each time, and in the end as if nothing had happened."""
    undisturbed = make_database()
    record_registry(undisturbed, REGISTRY)
    begun = time.monotonic()
    work(undisturbed)
    whole = time.monotonic() - begun
    expected: Any = state(undisturbed)
    undisturbed.close()
    seed = int(os.environ.get("RAPOR_TEST_SEED", time.time_ns() % 1_000_000))
    database, random = make_database(), Random(seed)
    record_registry(database, REGISTRY)
    interrupted = 0
    for _ in range(kills):
        interrupted += killed(database, random.uniform(0.0, whole * 0.7))
        assert check(database) == [], f"RAPOR_TEST_SEED={seed}"
    with capsys.disabled():
        sys.stderr.write(f"\n  {interrupted} of {kills} workers killed at work on {database.dialect}, RAPOR_TEST_SEED={seed}\n")
    work(database)
    assert interrupted > 0, f"RAPOR_TEST_SEED={seed}"
    assert check(database) == [], f"RAPOR_TEST_SEED={seed}"
    assert state(database) == expected, f"RAPOR_TEST_SEED={seed}"
    database.close()


def test_ten_kills_lose_and_break_nothing(make_database: Callable[[], Database], capsys: pytest.CaptureFixture[str]) -> None:
    survives(make_database, 10, capsys)


@pytest.mark.soak
def test_two_hundred_kills_lose_and_break_nothing(make_database: Callable[[], Database], capsys: pytest.CaptureFixture[str]) -> None:
    survives(make_database, 200, capsys)
