"""Housekeeping frees space and loses nothing that a claim quotes."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.crawl import catalogue
from flows.database import open_database
from flows.housekeeping import compact, housekeep
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive, Exchange
from store.model.records import Snapshot
from store.sql import queries
from store.sql.checking import check
from store.sql.database import Database
from tests.flows.conftest import Rapor
from tests.site.calendar import A_DAY as PAGES
from tests.site.calendar import Outlet, filler

FETCHED = datetime(2024, 3, 4, 5, tzinfo=UTC)
LATER = datetime(2024, 9, 1, tzinfo=UTC)
HEAD = (("Content-Type", "text/html; charset=utf-8"),)
OTHER = "<html><head><title>Harga cabai {0}</title></head><article><h1>Harga cabai {0}</h1><div class=isi><p>{1}</p></div></article></html>"


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Twelve runs, each with a page that tells a result and one that tells none, all of them read."""
    with Outlet("harian", FETCHED.date()) as outlet:
        outlet.write_source(home / "sources")
        outlet.today += timedelta(12 // PAGES)
        for number, path in enumerate(outlet.all_paths()[:12]):
            with Archive(home / "archive").writer("harian", f"r{number}") as writer:
                moment = FETCHED + timedelta(minutes=number)
                writer.write(Exchange(f"http://{outlet.host}{path}", moment, 200, HEAD, outlet.page(path)[1].encode()))
                other = OTHER.format(number, filler(f"other {number}")).encode()
                writer.write(Exchange(f"http://{outlet.host}/berita/lain/{number}", moment, 200, HEAD, other))
    monkeypatch.setenv("RAPOR_SOURCES", str(home / "sources"))
    found = Settings(home=home, sources=home / "sources")
    sources = catalogue(found.sources)
    assert len(read_new(found, open_database(found, sources.values()), sources).articles) == 24
    return found


def quoted(settings: Settings) -> set[str]:
    """Addresses of the articles that claims were read from."""
    return {row["url"] for row in queries.each(queries.claims, Database(settings.database_url))}


def held(settings: Settings) -> list[Snapshot]:
    return list(Archive(settings.archive_path).snapshots())


def test_a_month_that_is_over_becomes_one_file(rapor: Rapor, settings: Settings) -> None:
    before = {item.key: Archive(settings.archive_path).read(item) for item in held(settings)}
    told = rapor("archive", "compact")
    assert "12 files became 1; 0 pages were let go" in told.err
    assert {item.key: Archive(settings.archive_path).read(item) for item in held(settings)} == before
    assert rapor("archive", "verify").code == 0
    sources = catalogue(settings.sources)
    assert read_new(settings, open_database(settings, sources.values()), sources).looked_at == 0
    assert check(Database(settings.database_url)) == []


def test_what_no_claim_quotes_is_let_go_when_the_settings_say_so(settings: Settings) -> None:
    keeping = settings.model_copy(update={"keep_days": 90})
    assert compact(keeping, now=FETCHED + timedelta(days=40)).let_go == 0, "not old enough"
    done = compact(keeping, now=LATER)
    assert done.let_go == 12
    assert done.freed > 0
    assert {item.url for item in held(settings)} == quoted(settings)
    assert len(quoted(settings)) == 12
    assert list(Archive(settings.archive_path).verify()) == []
    sources = catalogue(settings.sources)
    assert read_new(settings, open_database(settings, sources.values()), sources, again=True).looked_at == 0


def test_what_a_superseded_claim_quotes_stays(settings: Settings) -> None:
    before = quoted(settings)
    database = Database(settings.database_url)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE claim SET superseded = 1, superseded_at = recorded_at")
    assert compact(settings.model_copy(update={"keep_days": 1}), now=LATER).let_go == 12
    assert not quoted(settings)
    assert {item.url for item in held(settings)} == before


def test_unread_pages_stay(settings: Settings) -> None:
    with Archive(settings.archive_path).writer("harian", "late") as writer:
        new = writer.write(Exchange("http://127.0.0.1/berita/baru", FETCHED, 200, HEAD, b"<h1>Belum dibaca</h1>"))
    compact(settings.model_copy(update={"keep_days": 1}), now=LATER)
    assert new.key in {item.key for item in held(settings)}


def test_everything_in_one_go_and_twice_changes_nothing(settings: Settings, rapor: Rapor) -> None:
    old = settings.home / "requests" / "2024-03-04.json"
    old.parent.mkdir(exist_ok=True)
    old.write_text("{}", "utf-8")
    first = housekeep(settings, LATER)
    assert (first["files_before"], first["files_after"], first["days_of_requests_forgotten"]) == (12, 1, 1)
    second = housekeep(settings, LATER)
    assert (second["files_before"], second["files_after"], second["days_of_requests_forgotten"]) == (1, 1, 0)
    assert "takes" in rapor("db", "vacuum").err


def test_the_database_gives_space_back(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (body TEXT)")
        connection.exec_driver_sql("INSERT INTO ballast VALUES (?)", ("x" * 3_000_000,))
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE ballast")
    before, after = database.vacuum()
    assert before - after > 2_000_000
    assert os.path.getsize(database.path or "") <= after
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_stat1").scalar()


def test_postgres_is_vacuumed_and_analysed(postgres_server: str) -> None:
    import psycopg

    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE rapor_vacuum")
    database = Database(f"{postgres_server}/rapor_vacuum")
    database.upgrade()
    before, after = database.vacuum()
    assert before > 0
    assert after > 0
    with database.reading() as connection:
        analysed = connection.exec_driver_sql("SELECT count(*) FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL").scalar()
    assert analysed
    database.close()
