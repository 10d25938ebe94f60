"""Runs that end otherwise than by themselves, under a real `rapor serve`: refused, cancelled, missed, left alone by a dead server."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store.archive import Archive
from tests.faults.prefect_day import PATIENCE, Service
from tests.faults.processes import Patience, processes
from tests.faults.test_month import free_port
from tests.site.calendar import IN_A_FLOOD, Outlet

FIRST = date(2024, 3, 4)
NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def outlet() -> Iterator[Outlet]:
    """An outlet whose first days bring forty articles each."""
    with Outlet("harian", FIRST, {FIRST + timedelta(day): "flood" for day in range(9)}) as made:
        yield made


@pytest.fixture(scope="module")
def service(outlet: Outlet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("ended")
    outlet.write_source(folder / "sources")
    environment = {
        "RAPOR_SOURCES": str(folder / "sources"),
        "RAPOR_ALLOW_HOSTS": outlet.host,
        "RAPOR_RETRY_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    made = Service(folder / "home", ("harian",), free_port(), environment)
    try:
        made.keep_up()
        yield made
    finally:
        made.stop()


@pytest.fixture(autouse=True)
def next_day(outlet: Outlet, service: Service) -> Iterator[datetime]:
    """Noon of the next day, on which forty articles wait."""
    outlet.today += timedelta(1)
    outlet.asked.clear()
    yield NOON + (outlet.today - FIRST)
    outlet.slow.clear()


def until(service: Service, seen: Callable[[], bool]) -> None:
    service.wait_until(seen, "it does not come to that")


def begun(service: Service, outlet: Outlet, now: datetime) -> str:
    """A crawl that has fetched some of the forty articles and is slow with the others; its run."""
    outlet.slow.set()
    run = service.start("crawl/harian", now)
    until(service, lambda: sum(outlet.asked[path] for path in outlet.paths(outlet.today)) > 8)
    return run


def every_page_is_archived_once(service: Service, outlet: Outlet) -> None:
    archive = Archive(service.home / "archive")
    assert list(archive.verify()) == []
    assert Counter(item.url.partition(outlet.host)[2] for item in archive.snapshots()) == Counter(outlet.all_paths())


def test_a_second_run_of_one_source_is_refused(service: Service, outlet: Outlet, next_day: datetime) -> None:
    first = begun(service, outlet, next_day)
    second = service.start("crawl/harian", next_day)
    until(service, lambda: service.ended(second) is not None)
    assert service.ended(first) is None
    assert service.ended(second) == "CANCELLED"
    assert service.insist(f"flow_runs/{second}", None, "GET")["state"]["message"] == "another run is at work on crawl-harian"
    outlet.slow.clear()
    until(service, lambda: service.ended(first) is not None)
    assert service.ended(first) == "COMPLETED"
    assert max(outlet.asked[path] for path in outlet.paths(outlet.today)) == 1
    every_page_is_archived_once(service, outlet)


def test_a_cancelled_crawl_leaves_nothing_half_done(service: Service, outlet: Outlet, next_day: datetime) -> None:
    run = begun(service, outlet, next_day)
    service.insist(f"flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
    until(service, lambda: service.ended(run) is not None)
    assert service.ended(run) == "CANCELLED"
    until(service, lambda: not [process for process in processes(service.home) if process.kind in ("run", "child")])
    outlet.slow.clear()
    fetched = sum(outlet.asked[path] for path in outlet.paths(outlet.today))
    assert 8 < fetched < IN_A_FLOOD
    archive = Archive(service.home / "archive")
    assert list(archive.verify()) == []
    assert not list((service.home / "archive" / ".open").iterdir())
    service.do(["crawl/harian"], next_day)
    every_page_is_archived_once(service, outlet)


def test_a_server_that_dies_during_a_crawl_holds_up_no_later_one(service: Service, outlet: Outlet, next_day: datetime) -> None:
    run = begun(service, outlet, next_day)
    (server,) = [process for process in processes(service.home) if process.kind == "server"]
    server.kill()
    outlet.slow.clear()
    until(service, lambda: service.ended(run) is not None)
    service.do(["crawl/harian"], next_day)
    every_page_is_archived_once(service, outlet)


def test_what_was_missed_while_nothing_ran_is_caught_up_once(service: Service, outlet: Outlet) -> None:
    service.do(["crawl/harian"])
    (runner,) = [process for process in processes(service.home) if process.kind == "runner"]
    runner.kill()
    assert service.process is not None
    service.process.wait()
    long_ago = time.time() - 3 * 86400
    os.utime(service.home / "crawled" / "harian", (long_ago, long_ago))
    missed = {name: missed_runs(service, name, 5) for name in ("crawl/harian", "read/new")}
    began = datetime.now(UTC)
    for runs in missed.values():
        until(service, lambda runs=runs: all(service.ended(run) for run in runs))  # type: ignore[misc]
        ended = Counter(service.ended(run) for run in runs)
        assert set(ended) <= {"COMPLETED", "CANCELLED"}, service.states()
    until(service, lambda: not service.left_running())
    since = {"state": {"type": {"any_": ["COMPLETED"]}}, "start_time": {"after_": began.isoformat()}}
    done = Counter(run["parameters"].get("key", "read") for run in service.ask("flow_runs/filter", {"flow_runs": since}))
    assert done == {"harian": 1, "read": 1}, service.states()


def missed_runs(service: Service, name: str, count: int) -> list[str]:
    """Runs that the server scheduled for the days past, while no runner was there to start them."""
    deployment = left_server(service, f"deployments/name/{name}", None, "GET")
    made = []
    for number in range(count):
        moment = datetime.now(UTC) - timedelta(hours=12 * (number + 1))
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": moment.isoformat()}}
        asked = {"parameters": deployment["parameters"], "state": state}
        made.append(str(left_server(service, f"deployments/{deployment['id']}/create_flow_run", asked)["id"]))
    return made


def left_server(service: Service, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
    """Ask the server that outlived its runner, without starting another one."""
    patience = Patience(service.home)
    while patience.passed() < PATIENCE:
        with suppress(OSError, ValueError):
            return service.ask(path, body, method)
        time.sleep(0.5)
    raise AssertionError(f"{path} is not answered")
