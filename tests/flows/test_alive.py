"""Locks go with who holds them; a crawl whose child is killed goes on at once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows import manners
from flows.alive import alive, lives, taken
from flows.daily import crawl_sources
from flows.manners import Manners
from flows.settings import Settings
from store.archive import Archive
from store.model.errors import FetchError
from tests.site.calendar import Outlet

FIRST = date(2024, 3, 4)
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
HOLDER = """
import sys, time
from pathlib import Path
from flows.alive import alive, taken
home = Path(sys.argv[1])
with alive(home, "a-run"), taken(home / "work" / "read") as free:
    print(free, flush=True)
    time.sleep(600)
"""


def test_what_a_killed_process_held_is_free(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with taken(tmp_path / "work" / "read") as free:
            assert (lives(tmp_path, "a-run"), free) == (True, False)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with taken(tmp_path / "work" / "read") as free:
        assert (lives(tmp_path, "a-run"), free) == (False, True)


def test_a_run_that_ended_lives_no_more(tmp_path: Path) -> None:
    with alive(tmp_path, "a-run"):
        assert lives(tmp_path, "a-run")
    assert not lives(tmp_path, "a-run")


def test_a_host_is_asked_by_one_crawl_at_a_time(tmp_path: Path) -> None:
    seen: list[str] = []

    def second() -> None:
        with Manners(tmp_path).turn(["b.example", "a.example"], threading.Event()):
            seen.append("second")

    with Manners(tmp_path).turn(["a.example"], threading.Event()):
        waiting = threading.Thread(target=second)
        waiting.start()
        with Manners(tmp_path).turn(["c.example"], threading.Event()):
            seen.append("another host")
        time.sleep(1)
        seen.append("first")
    waiting.join(10)
    assert seen == ["another host", "first", "second"]


def test_who_waits_for_a_host_is_told_when_it_takes_too_long_or_is_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with Manners(tmp_path).turn(["a.example"], threading.Event()):
        with pytest.raises(FetchError, match=r"another crawl of a\.example"), Manners(tmp_path).turn(["a.example"], cancelled):
            pass
        monkeypatch.setattr(manners, "TURN", manners.TURN * 0)
        with pytest.raises(FetchError, match=r"another crawl of a\.example"), Manners(tmp_path).turn(["a.example"], threading.Event()):
            pass


def test_a_crawl_whose_child_is_killed_goes_on_at_once(tmp_path: Path) -> None:
    said: list[str] = []
    with Outlet("harian", FIRST, {FIRST: "flood"}) as outlet:
        outlet.write_source(tmp_path / "sources")
        outlet.slow.set()
        killer = threading.Thread(target=kill_child, args=(outlet,))
        killer.start()
        settings = Settings(home=tmp_path / "home", sources=tmp_path / "sources", allow_hosts=(outlet.host,))
        report = crawl_sources(settings, ["harian"], said.append, NOON).reports["harian"]
        killer.join()
        assert report.closed == "finished"
        assert "harian: its crawl died (signal 9) and is started once more" in said
        held = Counter(item.url.partition(outlet.host)[2] for item in Archive(settings.archive_path).snapshots())
        assert held == Counter(outlet.all_paths())


def kill_child(outlet: Outlet) -> None:
    """Kill the child of our crawl when it has fetched some pages."""
    until = time.monotonic() + 60
    while sum(outlet.asked.values()) < 12 and time.monotonic() < until:
        time.sleep(0.05)
    for name in Path("/proc/self/task").iterdir():
        for child in (name / "children").read_text().split():
            if b"spiders.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                subprocess.run(["kill", "-9", child], check=True)
    outlet.slow.clear()
