"""Days of news under a real Prefect server, with planted incidents and `kill -9`: all of it in once, each incident told once."""

from __future__ import annotations

import random
import socket
import sqlite3
import sys
import threading
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from flows.daily import run
from flows.settings import Settings
from tests.faults.prefect_day import Ear, Service
from tests.site.calendar import Incident, Outlet

FIRST = date(2024, 3, 4)
CRAWL, AUDIT = time(19, 30), time(23, 40)  # UTC: the night and the morning of Jakarta
CI: tuple[dict[int, Incident], dict[int, Incident]] = ({1: "redesign"}, {1: "silence"})
MONTH: tuple[dict[int, Incident], dict[int, Incident]] = (
    {3: "outage", 8: "redesign", 13: "flood", 18: "outage", 24: "redesign"},
    {4: "silence", 5: "silence", 12: "flood", 20: "silence", 27: "outage"},
)


def outlets(incidents: tuple[dict[int, Incident], dict[int, Incident]], edits: set[int]) -> tuple[Outlet, Outlet]:
    made = [
        Outlet(key, FIRST, {FIRST + timedelta(day): what for day, what in bad.items()}, frozenset(FIRST + timedelta(day) for day in edits))
        for key, bad in zip(("harian", "warta"), incidents, strict=True)
    ]
    return made[0], made[1]


def moment(number: int, at: time) -> datetime:
    """A time of a day; the clock of the machine is an hour slow from the tenth day on."""
    slow = timedelta(hours=1 if number >= 10 else 0)
    return datetime.combine(FIRST + timedelta(number), at, UTC) - slow


def held(home: Path) -> dict[str, set[tuple[object, ...]]]:
    """What stands in the database, without the times and run keys that differ between two machines."""
    asked = {
        "articles": "SELECT a.url, v.title, v.text FROM article a JOIN article_version v ON v.key = a.version_key",
        "claims": "SELECT key, evaluation_key, article_key, recipient_key, predicate, edition_year FROM claim WHERE NOT superseded",
        "evaluations": "SELECT key, recipient_name, edition_year, claim_count, article_count FROM evaluation",
    }
    with sqlite3.connect(home / "rapor.db") as connection:
        return {name: _rows(connection, sql) for name, sql in asked.items()}


def _rows(connection: sqlite3.Connection, sql: str) -> set[tuple[object, ...]]:
    rows = [tuple(str(value).split("127.0.0.1:")[-1] for value in row) for row in connection.execute(sql)]
    assert len(rows) == len(set(rows))
    return set(rows)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told_once(heard: list[dict[str, str]], incidents: tuple[dict[int, Incident], dict[int, Incident]]) -> None:
    """Every incident raised one alert and one recovery; days in a row with the same one are one incident."""
    expected = Counter(
        {key: sum(bad.get(day - 1) != what for day, what in bad.items()) for key, bad in zip(("harian", "warta"), incidents, strict=True)}
    )
    for event in ("raised", "recovered"):
        assert Counter(item["source"] for item in heard if item["event"] == event) == expected, heard


def play(folder: Path, days: int, kills: int, incidents: tuple[dict[int, Incident], dict[int, Incident]], seed: int) -> None:
    chance = random.Random(seed)
    one, two = outlets(incidents, edits={number for number in range(days) if number % 5 == 2})
    ear, done = Ear(), threading.Event()
    with one, two:
        for outlet in (one, two):
            outlet.write_source(folder / "sources")
        environment = {
            "RAPOR_SOURCES": str(folder / "sources"),
            "RAPOR_ALLOW_HOSTS": f"{one.host},{two.host}",
            "RAPOR_WEBHOOK": ear.url,
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",  # the days of the test are short
        }
        service = Service(folder / "home", ("harian", "warta"), free_port(), environment)
        pace = threading.Thread(target=_kill_now_and_then, args=(service, done, chance, kills), daemon=True)
        try:
            service.keep_up()
            pace.start()
            for number in range(days):
                one.today = two.today = FIRST + timedelta(number)
                service.do(["crawl/harian", "crawl/warta"], moment(number, CRAWL))
                service.do(["read/new"])
                service.do(["audit/all"], moment(number, AUDIT))
            done.set()
            pace.join()
            service.stop()
            service.keep_up()  # puts right what a death left behind
            assert service.left_running() == []
            assert not [said for said in service.said_at_the_end() if "locked" in said], f"seed {seed}"
        finally:
            done.set()
            service.stop()
            ear.close()
        assert len(service.kills) >= kills, f"seed {seed}: {service.kills}"
        plain = Settings(home=folder / "plain", sources=folder / "sources", allow_hosts=(one.host, two.host), webhook="", readers="threads")
        for number in range(days):
            one.today = two.today = FIRST + timedelta(number)
            run(plain, ["harian", "warta"], now=moment(number, CRAWL))
    found = held(folder / "home")
    assert found == held(folder / "plain"), f"seed {seed}: {service.kills}"
    wanted = sum(len(outlet.all_paths()) for outlet in (one, two))
    assert len(found["articles"]) == wanted
    told_once(ear.heard, incidents)


def _kill_now_and_then(service: Service, done: threading.Event, chance: random.Random, kills: int) -> None:
    while len(service.kills) < kills and not done.wait(chance.uniform(4, 12)):
        service.kill_one(chance)


@pytest.fixture
def seed(capsys: pytest.CaptureFixture[str]) -> int:
    """A seed nobody chose, printed so that a failure can be had again."""
    number = random.randrange(10**6)
    with capsys.disabled():
        sys.stdout.write(f" seed {number} ")
    return number


@pytest.mark.soak
@pytest.mark.timeout(1500)
def test_three_days_with_incidents_and_five_kills(tmp_path: Path, seed: int) -> None:
    play(tmp_path, days=3, kills=5, incidents=CI, seed=seed)


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_a_month_with_incidents_and_a_hundred_kills(tmp_path: Path, seed: int) -> None:
    play(tmp_path, days=30, kills=100, incidents=MONTH, seed=seed)
