"""A disk of a few megabytes that really is full: one sentence, nothing lost, and the work goes on when there is room."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from store.archive import Archive
from store.model.errors import StoreError
from store.model.records import Snapshot
from store.sql.checking import check
from store.sql.database import Database
from store.sql.ledger import record_registry
from store.sql.merging import merge
from store.sql.queries import counts
from tests.conftest import ROOT, require
from tests.store.archive.test_archive import exchange
from tests.store.sql.full_disk import large_press
from tests.store.sql.press import REGISTRY
from tests.store.sql.test_press import play, state

MEGABYTES = 4


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A filesystem of a few megabytes of its own; skipped by name where we may not mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "rapor-test", str(place)]
    mounted = shutil.which("mount") is not None and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    require("the right to mount a filesystem", mounted)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_one_sentence_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{small_disk}/rapor.db"
    database = Database(url)
    database.upgrade()
    record_registry(database, REGISTRY)
    database.close()
    ended = subprocess.run([sys.executable, "-m", "tests.store.sql.full_disk", url], capture_output=True, text=True, cwd=ROOT, check=True)
    kept, *said = ended.stdout.splitlines()
    assert said == [f"the database {small_disk}/rapor.db cannot grow, the disk is full: nothing of this step was written"]
    assert int(kept) > 0
    grown = tmp_path / "more-room"
    shutil.copytree(small_disk, grown)  # what a person does: the file, with its journal, to a larger disk
    database = Database(f"sqlite:///{grown}/rapor.db")
    assert check(database) == []
    assert counts(database)["article"] > 0
    whole = large_press().deliveries
    play(database, whole, 200)
    again = Database(f"sqlite:///{tmp_path}/undisturbed.db")
    again.upgrade()
    play(again, whole, 200)
    assert check(database) == []
    assert state(database) == state(again)
    assert merge(database).made == 0


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
