"""A disk of a few megabytes that really is full: one sentence, nothing lost, and the work goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psycopg
import pytest

from store.archive import Archive
from store.model.errors import StoreError
from store.model.records import Snapshot
from store.sql.checking import check
from store.sql.database import Database
from store.sql.ledger import record_registry
from store.sql.merging import merge
from tests.conftest import ROOT, require
from tests.store.archive.test_archive import exchange
from tests.store.sql.full_disk import large_press
from tests.store.sql.press_registry import REGISTRY
from tests.store.sql.test_press import play, state
from tests.store.sql.world import rows

MEGABYTES = 4
LEFT = 700_000
"""Bytes that are free beside a new database of PostgreSQL, which alone takes nine megabytes."""


@contextmanager
def mounted(place: Path, megabytes: int) -> Iterator[Path]:
    """A filesystem of a few megabytes of its own; skipped by name where we may not mount one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "rapor-test", str(place)]
    may = shutil.which("mount") is not None and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    require("the right to mount a filesystem", may)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small", MEGABYTES) as place:
        yield place


@pytest.fixture
def small_tablespace(postgres_server: str) -> Iterator[tuple[Path, str]]:
    """A disk of a few megabytes, and the address of a PostgreSQL database that lies on it, its journal elsewhere."""
    require("a PostgreSQL of this machine", "127.0.0.1" in postgres_server and "RAPOR_TEST_POSTGRES" not in os.environ)
    # Not below tmp_path: pytest keeps those folders from every other user, the server's too.
    with tempfile.TemporaryDirectory(prefix="rapor-tablespace-") as folder:
        Path(folder).chmod(0o755)
        with mounted(Path(folder) / "small", 64) as place:
            if os.geteuid() == 0:
                shutil.chown(place, "postgres", "postgres")
            with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
                connection.execute("CREATE DATABASE rapor_small TABLESPACE small")
                yield place, f"{postgres_server}/rapor_small"
                connection.execute("DROP DATABASE rapor_small WITH (FORCE)")
                connection.execute("DROP TABLESPACE small")


def made(url: str) -> str:
    """The address of a new database with the registry in it."""
    database = Database(url)
    database.upgrade()
    record_registry(database, REGISTRY)
    database.close()
    return url


def filled_up(url: str) -> tuple[int, list[str]]:
    """Fill the disk under a database: how many readings were kept, and what was said."""
    ended = subprocess.run([sys.executable, "-m", "tests.store.sql.full_disk", url], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr
    kept, *said = ended.stdout.splitlines()
    return int(kept), said


def goes_on(database: Database, kept: int, undisturbed: Database) -> None:
    """Every reading that was called kept is there; told again, the press gives what it gives undisturbed."""
    assert check(database) == []
    whole = large_press().deliveries
    there = {key for (key,) in rows(database, "SELECT key FROM article")}
    assert 0 < kept < len(whole)
    assert {item.reading.article.key for item in whole[:kept]} <= there
    play(database, whole, 200)
    undisturbed.upgrade()
    play(undisturbed, whole, 200)
    assert check(database) == []
    assert state(database) == state(undisturbed)
    assert merge(database).made == 0


def test_a_full_disk_is_one_sentence_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    kept, said = filled_up(made(f"sqlite:///{small_disk}/rapor.db"))
    assert said == [f"the database {small_disk}/rapor.db cannot grow, the disk is full: nothing of this step was written"]
    grown = tmp_path / "more-room"
    shutil.copytree(small_disk, grown)  # what a person does: the file, with its journal, to a larger disk
    goes_on(Database(f"sqlite:///{grown}/rapor.db"), kept, Database(f"sqlite:///{tmp_path}/undisturbed.db"))


def test_a_full_disk_under_postgres_is_one_sentence_and_loses_nothing(small_tablespace: tuple[Path, str], tmp_path: Path) -> None:
    place, url = small_tablespace
    made(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    ballast = place / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(place).free - LEFT))
    kept, said = filled_up(url)
    assert said == [f"the database {url} cannot grow, the disk is full: nothing of this step was written"]
    ballast.unlink()  # what a person does: make room
    database = Database(url)
    goes_on(database, kept, Database(f"sqlite:///{tmp_path}/undisturbed.db"))
    database.close()


def test_an_archive_on_a_full_disk_says_so_and_keeps_what_it_took(small_disk: Path) -> None:
    archive = Archive(small_disk)
    kept: list[Snapshot] = []

    def fill() -> None:
        random = Random(1)
        with archive.writer("kabar", "r") as writer:
            for number in range(200):
                kept.append(writer.write(exchange(number, random.randbytes(100_000))))

    with pytest.raises(StoreError, match="No space left on device"):
        fill()
    assert 10 < len(kept) < 200
    found = list(Archive(small_disk).snapshots("kabar"))
    assert found[: len(kept)] == kept
    assert all(len(archive.read(item)) == 100_000 for item in kept)
