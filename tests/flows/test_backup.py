"""A backup is tried: what comes back answers as what was saved, and a damaged one is refused before anything is written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.backup import MANIFEST, backup, restore
from flows.database import connect
from flows.housekeeping import compact
from flows.settings import Settings
from store.archive import Archive, Exchange
from store.model.errors import StoreError, UsageError
from store.sql import queries
from store.sql.database import Database
from tests.flows.conftest import Rapor

NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)


def archived(home: Path, *numbers: int) -> None:
    with Archive(home / "archive").writer("a", f"r{numbers[0]}") as writer:
        for number in numbers:
            head = (("Content-Type", "text/html"),)
            writer.write(Exchange(f"https://a.example.id/berita/{number}", NOW, 200, head, f"<h1>Berita {number}</h1>".encode()))


def test_what_comes_back_answers_as_what_was_saved(database: Database, home: Path, tmp_path: Path, rapor: Rapor) -> None:
    archived(home, 1, 2)
    (home / "crawled").mkdir()
    (home / "crawled" / "a").touch()
    assert rapor("backup", "make", str(tmp_path / "saved")).code == 0
    again = Settings(home=tmp_path / "again")
    restore(again, tmp_path / "saved")
    assert queries.counts(connect(again)) == queries.counts(database)
    assert queries.evaluations(connect(again)).rows == queries.evaluations(database).rows
    before, after = Archive(home / "archive"), Archive(again.archive_path)
    assert [after.read(item) for item in after.snapshots()] == [before.read(item) for item in before.snapshots()]
    assert list(after.verify()) == []
    assert (again.home / "crawled" / "a").exists()
    with pytest.raises(UsageError, match="not empty"):
        restore(again, tmp_path / "saved")


def test_the_second_backup_copies_only_new_archive_files(database: Database, home: Path, tmp_path: Path) -> None:
    settings = Settings(home=home)
    archived(home, 1, 2)
    first = backup(settings, tmp_path / "saved")
    archived(home, 3)
    second = backup(settings, tmp_path / "saved")
    assert (first.new_files, second.new_files, second.files) == (2, 2, 4), "a WARC file and its index each"


def test_files_that_were_put_together_since_are_not_kept_twice(database: Database, home: Path, tmp_path: Path) -> None:
    settings = Settings(home=home)
    archived(home, 1, 2)
    archived(home, 3)
    backup(settings, tmp_path / "saved")
    compact(settings)
    assert backup(settings, tmp_path / "saved").files == 3, "a WARC file, its index, and what it took over"
    again = Settings(home=tmp_path / "again")
    restore(again, tmp_path / "saved")
    before, after = Archive(home / "archive"), Archive(again.archive_path)
    assert [after.read(item) for item in after.snapshots()] == [before.read(item) for item in before.snapshots()]
    assert list(after.verify()) == []


def test_a_crawl_under_way_is_left_to_the_next_backup(database: Database, home: Path, tmp_path: Path) -> None:
    archived(home, 1)
    with Archive(home / "archive").writer("a", "under-way") as writer:
        writer.write(Exchange("https://a.example.id/berita/9", NOW, 200, (("Content-Type", "text/html"),), b"<h1>Sembilan</h1>"))
        assert backup(Settings(home=home), tmp_path / "saved").files == 2


def test_a_damaged_backup_writes_nothing(database: Database, home: Path, tmp_path: Path) -> None:
    archived(home, 1)
    backup(Settings(home=home), tmp_path / "saved")
    victim = next((tmp_path / "saved" / "archive").rglob("*.warc.gz"))
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match=victim.name):
        restore(Settings(home=tmp_path / "again"), tmp_path / "saved")
    assert not (tmp_path / "again").exists()
    (tmp_path / "saved" / MANIFEST).unlink()
    with pytest.raises(UsageError, match="no whole backup"):
        restore(Settings(home=tmp_path / "again"), tmp_path / "saved")


def test_a_postgres_database_comes_back_as_sqlite(database: Database, home: Path, tmp_path: Path, postgres_server: str) -> None:
    import psycopg

    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE rapor_backup")
    there = Settings(home=home, database=f"{postgres_server}/rapor_backup")
    backup(Settings(home=home), tmp_path / "one")
    restore(there.model_copy(update={"home": tmp_path / "there"}), tmp_path / "one")
    backup(there, tmp_path / "two")
    one, two = (json.loads((tmp_path / name / MANIFEST).read_text("utf-8"))["rows"] for name in ("one", "two"))
    assert one == two
