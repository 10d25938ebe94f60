"""Reading on two Dask workers over an archive in an object store and PostgreSQL gives what the plain run gives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.crawl import catalogue
from flows.database import open_database
from flows.server import prefect_server
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive, Exchange
from store.sql import queries
from tests.conftest import require
from tests.faults.test_month import free_port
from tests.object_store import object_store, started
from tests.site.calendar import A_DAY, Outlet

FIRST = date(2024, 3, 4)
NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


@contextmanager
def dask_cluster(workers: int, **place: str) -> Iterator[str]:
    """A Dask scheduler and its workers, each a process of its own; yields the scheduler's address."""
    from distributed import Client

    address = f"tcp://127.0.0.1:{free_port()}"
    dask = str(Path(sys.executable).with_name("dask"))
    port = address.rpartition(":")[2]
    worker = [dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", place["RAPOR_HOME"]]
    with started([dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"], **place):
        running = [started(worker, **place) for _ in range(workers)]
        for one in running:
            one.__enter__()
        try:
            with Client(address, timeout=120) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(workers, timeout=120)
            yield address
        finally:
            for one in running:
                one.__exit__(None, None, None)


def fill(archive: Archive, outlet: Outlet, articles: int) -> None:
    """Archive the pages of as many articles."""
    outlet.today = FIRST + timedelta(articles // A_DAY)
    with archive.writer("harian", "filled") as writer:
        for path in outlet.all_paths()[:articles]:
            _, text = outlet.page(path)
            writer.write(Exchange(f"http://{outlet.host}{path}", NOW, 200, HTML, text.encode()))
    archive.upload()


def known(settings: Settings) -> dict[str, list[Any]]:
    """What the database tells."""
    database = open_database(settings)
    articles = list(queries.each(queries.articles, database))
    for row in articles:
        del row["read_at"]
    return {
        "articles": articles,
        "claims": list(queries.each(queries.claims, database)),
        "evaluations": list(queries.each(queries.evaluations, database)),
    }


def differences(one: dict[str, list[Any]], two: dict[str, list[Any]]) -> list[object]:
    """Where two answers differ: noun, key, field and both values."""
    found: list[object] = [noun for noun in one if [row["key"] for row in one[noun]] != [row["key"] for row in two[noun]]]
    for noun, rows in one.items():
        for left, right in zip(rows, two[noun], strict=False):
            found += [(noun, left["key"], name, left[name], right[name]) for name in left if left[name] != right[name]]
    return found


def spread_equals_plain(tmp_path: Path, server: str, articles: int) -> None:
    import psycopg

    name = f"rapor_dask_{articles}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    plain = Settings(home=tmp_path / "plain", sources=tmp_path / "sources")
    with pytest.MonkeyPatch.context() as patch, object_store(patch) as archive, Outlet("harian", FIRST) as outlet:
        outlet.write_source(tmp_path / "sources")
        fill(Archive(plain.archive_path), outlet, articles)
        sources = catalogue(plain.sources)
        read_new(plain, open_database(plain, sources.values()), sources)
        home = tmp_path / "spread"
        home.mkdir()
        place = {"RAPOR_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
        settings = Settings(home=home, archive=archive, database=f"{server}/{name}", readers="dask")
        fill(Archive(archive, home / "spool"), outlet, articles)
        with prefect_server(home, free_port()) as url, dask_cluster(2, PREFECT_API_URL=url, **place) as address:
            code = "from flows.deployments import read_flow; print(read_flow()['articles'])"
            place |= {"RAPOR_ARCHIVE": archive, "RAPOR_DATABASE": settings.database, "RAPOR_READERS": "dask", "RAPOR_DASK": address}
            place |= {"RAPOR_SOURCES": str(tmp_path / "sources"), "PREFECT_API_URL": url}
            done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **place}, capture_output=True, text=True, check=False)
        assert done.stdout.split()[-1:] == [str(articles)], done.stdout + done.stderr
        assert not list((home / "spool").rglob("*.warc.gz")), "everything lies in the object store"
        assert differences(known(settings), known(plain)) == []


@pytest.mark.cluster
@pytest.mark.timeout(1800)
def test_two_dask_workers_read_as_one_plain_run(tmp_path: Path, postgres_server: str) -> None:
    require("dask", _present("prefect_dask", "s3fs", "moto"))
    spread_equals_plain(tmp_path, postgres_server, 200)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_dask_workers_read_two_thousand_as_one_plain_run(tmp_path: Path, postgres_server: str) -> None:
    require("dask", _present("prefect_dask", "s3fs", "moto"))
    spread_equals_plain(tmp_path, postgres_server, 2000)


def _present(*names: str) -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) for name in names)
