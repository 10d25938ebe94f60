"""Prefect's server is a convenience: from cron everything runs without it, and a run that loses it finishes and says so later."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.crawl import catalogue
from flows.database import connect, open_database
from flows.server import prefect_server
from flows.settings import Settings
from store.archive import Archive
from store.sql import queries
from tests.faults.test_month import free_port
from tests.flows.test_spreading import fill
from tests.site.calendar import Outlet

FIRST = date(2024, 3, 4)
CRON = """
import sys
from flows.cli import main
try:
    main(sys.argv[1:])
finally:
    sys.stderr.write("prefect was imported" if "prefect" in sys.modules else "no prefect")
"""
FLOW = (
    "from flows.settings import prepare_prefect, load; prepare_prefect(load().home); from flows.deployments import read_flow; read_flow()"
)


def place(home: Path, sources: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RAPOR_", "PREFECT_"))}
    return kept | {"RAPOR_HOME": str(home), "RAPOR_SOURCES": str(sources)} | more


def test_from_cron_nobody_asks_for_a_server(tmp_path: Path) -> None:
    with Outlet("harian", FIRST) as outlet:
        outlet.write_source(tmp_path / "sources")
        gone = f"http://127.0.0.1:{free_port()}/api"
        environment = place(tmp_path / "home", tmp_path / "sources", RAPOR_ALLOW_HOSTS=outlet.host, PREFECT_API_URL=gone)
        for words in (["run", "harian"], ["audit"], ["archive", "compact"], ["db", "vacuum"], ["status"]):
            done = subprocess.run(
                [sys.executable, "-c", CRON, "--quiet", *words], env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode in (0, 7), done.stderr  # 7: an audit of a first day misses the other days
            assert done.stderr.endswith("no prefect"), (words, done.stderr)
        assert queries.counts(connect(Settings(home=tmp_path / "home")))["article"] == len(outlet.all_paths())


def filled(tmp_path: Path, articles: int) -> Settings:
    settings = Settings(home=tmp_path / "home", sources=tmp_path / "sources", readers="threads")
    with Outlet("harian", FIRST) as outlet:
        outlet.today = FIRST + timedelta(articles)
        outlet.write_source(tmp_path / "sources")
        fill(Archive(settings.archive_path), outlet, articles)
    open_database(settings, catalogue(settings.sources).values()).close()
    return settings


def test_a_flow_without_its_server_says_so_and_loses_nothing(tmp_path: Path) -> None:
    settings = filled(tmp_path, 3)
    gone = f"http://127.0.0.1:{free_port()}/api"
    environment = place(settings.home, tmp_path / "sources", PREFECT_API_URL=gone, PREFECT_CLIENT_MAX_RETRIES="0")
    done = subprocess.run([sys.executable, "-c", FLOW], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert gone in done.stderr
    by_hand = [str(Path(sys.executable).with_name("rapor")), "--quiet", "read", "--new"]
    assert subprocess.run(by_hand, env=environment, capture_output=True, check=False).returncode == 0
    assert queries.counts(connect(settings))["article"] == 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_run_that_loses_its_server_finishes_and_reports_when_it_is_back(tmp_path: Path) -> None:
    settings = filled(tmp_path, 48)
    database = connect(settings)
    with prefect_server(settings.home, free_port()) as url:
        environment = place(settings.home, tmp_path / "sources", PREFECT_API_URL=url, RAPOR_READERS="threads")
        run = subprocess.Popen([sys.executable, "-c", FLOW], env=environment, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 300
        while queries.counts(database)["article"] < 3 and run.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(int((settings.home / "prefect" / "server.pid").read_text("utf-8")), signal.SIGKILL)
        _, said = run.communicate(timeout=500)
        assert queries.counts(database)["article"] == 48, said
        assert run.returncode == 0, said
        assert _states(url) == ["COMPLETED"]


def _states(url: str) -> list[str]:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(OSError):
            ours = json.dumps({"flows": {"name": {"any_": ["read"]}}}).encode()  # the server has flows of its own
            request = urllib.request.Request(f"{url}/flow_runs/filter", ours, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                return [str(run["state_type"]) for run in json.load(answer)]
        time.sleep(1)
    return []
