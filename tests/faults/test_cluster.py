"""`make cluster-test`: the parts of compose.yaml run by hand, for a day. PostgreSQL, a Prefect server, two workers, Dask with two
workers, and a stand-in for the object store; what comes of the day is what one machine alone makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from flows.crawl import catalogue
from flows.daily import run
from flows.settings import Settings
from store.archive import Archive
from tests.faults.prefect_day import Ear, Service
from tests.faults.test_month import AUDIT, CRAWL, FIRST, free_port, moment
from tests.flows.test_spreading import dask_cluster, differences, known
from tests.object_store import answers, object_store, started
from tests.site.calendar import Outlet

BIN = Path(sys.executable).parent
KEYS = ("harian", "warta")


class Cluster(Service):
    """Driven as `rapor serve` is; what runs is started by the test itself."""

    def keep_up(self) -> None:
        """Nothing is to be kept up."""


@contextmanager
def cluster(folder: Path, database: str, environment: dict[str, str]) -> Iterator[Cluster]:
    """Prefect's server on PostgreSQL, the deployments in a work pool, and two workers."""
    port = free_port()
    place = environment | {
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_DATABASE_CONNECTION_URL": database.replace("postgresql://", "postgresql+asyncpg://") + "/prefect",
    }
    with ExitStack() as stack:
        stack.enter_context(started([str(BIN / "prefect"), "server", "start", "--port", str(port)], **place))
        answers(f"http://127.0.0.1:{port}/api/health")
        said(["prefect", "work-pool", "create", "rapor", "--type", "process"], place)
        said(["rapor", "db", "upgrade"], place)
        said(["rapor", "serve", *KEYS, "--pool", "rapor"], place)
        for number in (1, 2):
            stack.enter_context(
                started([str(BIN / "prefect"), "worker", "start", "--pool", "rapor", "--name", f"worker-{number}"], **place)
            )
        yield Cluster(folder, KEYS, port, place)


def said(command: list[str], place: dict[str, str]) -> None:
    done = subprocess.run([str(BIN / command[0]), *command[1:]], env={**os.environ, **place}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.cluster
@pytest.mark.timeout(1800)
def test_a_day_on_a_cluster_is_a_day_on_one_machine(tmp_path: Path, postgres_server: str) -> None:
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE prefect")
        connection.execute("CREATE DATABASE rapor_cluster")
    ear = Ear()
    with (
        pytest.MonkeyPatch.context() as patch,
        Outlet("harian", FIRST) as one,
        Outlet("warta", FIRST) as two,
        object_store(patch) as archive,
    ):
        for outlet in (one, two):
            outlet.write_source(tmp_path / "sources")
        home = tmp_path / "home"
        home.mkdir()
        settings = Settings(
            home=home, sources=tmp_path / "sources", archive=archive, database=f"{postgres_server}/rapor_cluster", webhook=ear.url
        )
        place = {
            "RAPOR_HOME": str(home),
            "RAPOR_SOURCES": str(tmp_path / "sources"),
            "RAPOR_ALLOW_HOSTS": f"{one.host},{two.host}",
            "RAPOR_DATABASE": settings.database,
            "RAPOR_ARCHIVE": archive,
            "RAPOR_READERS": "dask",
            "RAPOR_WEBHOOK": ear.url,
        }
        with dask_cluster(2, **place) as address, cluster(tmp_path, postgres_server, place | {"RAPOR_DASK": address}) as service:
            service.do(["crawl/harian", "crawl/warta"], moment(0, CRAWL))
            service.do(["read/new"])
            service.do(["audit/all"], moment(0, AUDIT))
            assert service.left_running() == []
            workers = service.ask("work_pools/rapor/workers/filter", {})
            assert {worker["name"] for worker in workers} == {"worker-1", "worker-2"}
        ear.close()
        plain = Settings(home=tmp_path / "plain", sources=tmp_path / "sources", allow_hosts=(one.host, two.host))
        run(plain, KEYS, now=moment(0, CRAWL))
        assert differences(known(settings), known(plain)) == []
        assert len(known(plain)["articles"]) == len(one.all_paths()) + len(two.all_paths())
        held = {item.url for item in Archive(archive).snapshots()}
        assert held == {f"http://{outlet.host}{path}" for outlet in (one, two) for path in outlet.all_paths()}
        assert not ear.heard
        assert set(catalogue(plain.sources)) >= set(KEYS)
