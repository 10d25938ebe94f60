"""Days of news under a real Prefect server, with planted incidents and `kill -9`: all of it in once, each incident told once."""

from __future__ import annotations

import os
import random
import socket
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from flows.daily import run
from flows.database import open_database
from flows.settings import Settings
from tests.conftest import require
from tests.faults.killing import KINDS, Killer
from tests.faults.prefect_day import Ear, Service
from tests.postgres import available, own_postgres
from tests.site.calendar import Incident, Outlet

FIRST = date(2024, 3, 4)
CRAWL, AUDIT = time(19, 30), time(23, 40)  # UTC: the night and the morning of Jakarta
KEYS = ("harian", "warta")
Planted = tuple[dict[int, Incident], dict[int, Incident]]
CI: Planted = ({1: "redesign"}, {1: "death"})
MONTH: Planted = (
    {3: "outage", 8: "redesign", 9: "redesign", 13: "flood", 18: "index", 24: "redesign"},
    {4: "silence", 5: "silence", 10: "death", 11: "death", 12: "death", 16: "flood", 20: "silence", 27: "outage"},
)
SLOW = {2, *range(10, 20)}
"""Days on which the clock of the machine is an hour slow: it is set back before the first, and right again after the last."""


def outlets(incidents: Planted, edits: set[int]) -> tuple[Outlet, Outlet]:
    made = [
        Outlet(key, FIRST, {FIRST + timedelta(day): what for day, what in bad.items()}, frozenset(FIRST + timedelta(day) for day in edits))
        for key, bad in zip(KEYS, incidents, strict=True)
    ]
    return made[0], made[1]


def moment(number: int, at: time) -> datetime:
    """A time of a day, by the clock of the machine."""
    return datetime.combine(FIRST + timedelta(number), at, UTC) - timedelta(hours=number in SLOW)


def known(settings: Settings) -> dict[str, set[tuple[object, ...]]]:
    """What stands in the database, each row once, without the times and run keys that differ between two machines."""
    asked = {
        "articles": "SELECT a.url, a.versions, v.title, v.text FROM article a JOIN article_version v ON v.key = a.version_key",
        "claims": "SELECT key, evaluation_key, article_key, recipient_key, predicate, edition_year FROM claim WHERE NOT superseded",
        "evaluations": "SELECT key, recipient_name, edition_year, claim_count, article_count FROM evaluation",
    }
    found = {}
    with open_database(settings).reading() as connection:
        for noun, sql in asked.items():
            rows = [tuple(row) for row in connection.execute(text(sql))]
            assert len(rows) == len(set(rows)), noun
            found[noun] = set(rows)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told_once(heard: list[dict[str, str]], incidents: Planted) -> None:
    """Every incident raised one alert and one recovery; days in a row with the same one are one incident."""
    expected = Counter({key: sum(bad.get(day - 1) != what for day, what in bad.items()) for key, bad in zip(KEYS, incidents, strict=True)})
    for event in ("raised", "recovered"):
        keys = {item["key"]: item["source"] for item in heard if item["event"] == event}  # a death may repeat one, by the same key
        assert Counter(keys.values()) == expected, "\n".join(f"{item['key']}: {item['text']}" for item in heard)


def play(folder: Path, days: int, kills: int, incidents: Planted, seed: int, limit: float = float("inf")) -> Counter[str]:
    """Days under `rapor serve` on PostgreSQL with kills, and the same days undisturbed; who was killed how often.

    They fail after `limit` seconds of a machine of our own.
    """
    one, two = outlets(incidents, edits={number for number in range(days) if number % 5 == 1})
    ear = Ear()
    with one, two, own_postgres() as postgres:
        for outlet in (one, two):
            outlet.write_source(folder / "sources")
        with psycopg.connect(f"{postgres.address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE month")
        killed = Settings(
            home=folder / "home", sources=folder / "sources", database=f"{postgres.address}/month", allow_hosts=(one.host, two.host)
        )
        environment = {
            "RAPOR_SOURCES": str(killed.sources),
            "RAPOR_DATABASE": killed.database,
            "RAPOR_ALLOW_HOSTS": f"{one.host},{two.host}",
            "RAPOR_WEBHOOK": ear.url,
            "RAPOR_RETRY_SECONDS": "1",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",  # the days of the test are short
        }
        service = Service(killed.home, KEYS, free_port(), environment, limit)
        killer = Killer(service, postgres, random.Random(seed))
        killer.spread(kills, 3 * days)
        try:
            service.keep_up()
            for number in range(days):
                one.today = two.today = FIRST + timedelta(number)
                live(service, killer, number)
            while killer.left:  # whom the last steps did not meet
                live(service, killer, days - 1)
            service.wait_until(lambda: not service.left_running(), "runs are left under way")  # it puts right what a death left behind
            assert not [said for said in service.said_at_the_end() if "locked" in said]
        finally:
            service.stop()
            ear.close()
        plain = killed.model_copy(update={"home": folder / "plain", "database": "", "readers": "threads"})
        for number in range(days):
            one.today = two.today = FIRST + timedelta(number)
            run(plain, KEYS, now=moment(number, CRAWL))
        found, wanted = known(killed), known(plain)
    differ = {noun: sorted(str(row)[:300] for row in found[noun] ^ wanted[noun]) for noun in found if found[noun] != wanted[noun]}
    assert not differ, "\n".join(f"{noun}: {row}" for noun, rows in differ.items() for row in rows)
    assert {row[1] for row in found["articles"]} == {1, 2}, "the edits of articles were not seen"
    assert len(found["articles"]) == sum(len(outlet.all_paths()) for outlet in (one, two))
    told_once(ear.heard, incidents)
    return killer.killed


def live(service: Service, killer: Killer, number: int) -> None:
    """One day."""
    with killer.at_work(3 * number):
        service.do([f"crawl/{key}" for key in KEYS], moment(number, CRAWL))
    with killer.at_work(3 * number + 1):
        service.do(["read/new"])
    with killer.at_work(3 * number + 2):
        service.do(["audit/all"], moment(number, AUDIT))


@pytest.fixture
def seed(capsys: pytest.CaptureFixture[str]) -> int:
    """A seed nobody chose, printed so that a failure can be had again."""
    number = int(os.environ.get("RAPOR_TEST_SEED", random.randrange(10**6)))
    with capsys.disabled():
        sys.stdout.write(f" RAPOR_TEST_SEED={number} ")
    return number


@pytest.mark.slow
@pytest.mark.timeout(1800)  # where the machine is so busy that its own three minutes last so long
def test_three_days_with_incidents_and_five_kills(tmp_path: Path, seed: int) -> None:
    require("postgresql", available())
    assert play(tmp_path, days=3, kills=5, incidents=CI, seed=seed, limit=180) == Counter(KINDS)


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_a_month_with_incidents_and_a_hundred_kills(tmp_path: Path, seed: int) -> None:
    require("postgresql", available())
    assert play(tmp_path, days=30, kills=100, incidents=MONTH, seed=seed) == Counter(dict.fromkeys(KINDS, 20))
