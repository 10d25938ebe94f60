"""Many small files become one a month: every old reference still leads to its bytes, and a kill at any moment loses nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.checker import Checker

from store.archive import Archive, Held, Together, put_together
from store.model.errors import StoreError
from store.model.records import Snapshot
from tests.store.archive.test_archive import NOON, exchange, warc_files

LATER = "2026-05"


def runs(archive: Archive, count: int, pages: int = 3, first: int = 0, days: int = 0) -> list[Snapshot]:
    """As many runs of some pages, and each run sees the first page of all unchanged."""
    written: list[Snapshot] = []
    for run in range(first, first + count):
        moment = NOON + timedelta(days=days, seconds=60 * run)
        with archive.writer("kabar", f"r{run}") as writer:
            written += [writer.write(exchange(100 * run + number, fetched_at=moment)) for number in range(pages)]
            old = written[0]
            body = archive.read(old)
            written.append(
                writer.write(exchange(0, body, fetched_at=moment + timedelta(seconds=30)), unchanged=Held(old.digest, old.file, old.offset))
            )
    return written


def bodies(archive: Archive, snapshots: list[Snapshot]) -> dict[str, bytes]:
    return {item.key: archive.read(item) for item in snapshots}


@pytest.mark.parametrize("root", ["local", "memory://bucket/rapat"])
def test_a_month_becomes_one_file_and_old_references_still_lead_to_their_bytes(tmp_path: Path, root: str) -> None:
    archive = Archive(tmp_path) if root == "local" else Archive(root, spool=tmp_path)
    old = runs(archive, 5)
    before = bodies(archive, old)
    assert put_together(archive, "kabar", LATER) == Together(before=5, after=1)
    assert len(archive.names("kabar", ".warc.gz")) == len(archive.folders.names("kabar", ".warc.gz")) == 1
    assert bodies(archive, list(archive.snapshots())) == before
    assert bodies(archive, old) == before, "as a database names them"
    assert list(archive.verify()) == []
    assert archive.rebuild_index() == len(set(before))
    assert put_together(archive, "kabar", LATER) == Together(before=1, after=1)
    more = runs(archive, 2, first=10)
    assert put_together(archive, "kabar", LATER) == Together(before=3, after=1)
    assert bodies(archive, [*old, *more]) == before | bodies(archive, more), "through two moves"
    assert list(archive.verify()) == []


def test_other_tools_accept_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs(Archive(tmp_path), 3)
    put_together(Archive(tmp_path), "kabar", LATER)
    checker = Checker(type("Arguments", (), {"inputs": [str(path) for path in warc_files(tmp_path)], "verbose": True})())
    assert checker.process_all() == 0, capsys.readouterr().out


def test_the_month_under_way_and_a_source_being_crawled_are_left_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    runs(archive, 2)
    assert put_together(archive, "kabar", f"{NOON:%Y-%m}") == Together()
    with archive.reserve("kabar"):
        assert put_together(Archive(tmp_path), "kabar", LATER) == Together()
    assert len(warc_files(tmp_path)) == 2


def test_files_grow_no_larger_than_they_may(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    old = runs(archive, 6)
    size = max(path.stat().st_size for path in warc_files(tmp_path))
    put_together(archive, "kabar", LATER, max_bytes=2 * size + 10)
    assert [path.stat().st_size <= 2 * size + 10 for path in warc_files(tmp_path)] == [True] * 3
    assert bodies(archive, list(archive.snapshots())) == bodies(archive, old)


def test_what_need_not_be_kept_goes_but_never_a_body_that_is_pointed_to(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    old = runs(archive, 4)
    keeping = {item.key for item in old if item.url.endswith("/0") and item is not old[0]} | {old[1].key}
    before = bodies(archive, old)
    done = put_together(archive, "kabar", LATER, lambda item: item.key in keeping)
    left = {item.key for item in archive.snapshots()}
    assert left == keeping | {old[0].key}, "the first page's revisits point to its body"
    assert done.let_go == len({item.key for item in old} - left)
    assert done.freed > 0
    assert bodies(archive, list(archive.snapshots())) == {key: before[key] for key in left}
    assert list(archive.verify()) == []
    with pytest.raises(StoreError, match="was let go"):
        archive.read(next(item for item in old if item.key not in left))


def test_damage_keeps_the_old_files(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    old = runs(archive, 3)
    victim = warc_files(tmp_path)[1]
    body = bytearray(victim.read_bytes())
    body[old[4].offset + 200] ^= 0xFF
    victim.write_bytes(bytes(body))
    with pytest.raises(StoreError, match=victim.name):
        put_together(archive, "kabar", LATER)
    assert len(warc_files(tmp_path)) == 3
    assert not list(tmp_path.rglob("*together*"))


WORK = """
import sys
from store.archive import Archive, put_together
archive = Archive(sys.argv[1])
print("ready", flush=True)
put_together(archive, "kabar", "2026-05", lambda item: not item.url.endswith("7"))
"""


def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(8)
    archive = Archive(tmp_path)
    runs(archive, 12, pages=10)
    kept = {item.key for item in archive.snapshots() if not item.url.endswith("7")}
    whole = bodies(archive, list(archive.snapshots()))
    killed = 0
    for number in range(12):
        runs(archive, 2, pages=10, first=100 + 10 * number)
        whole |= bodies(archive, list(archive.snapshots()))
        kept |= {item.key for item in archive.snapshots() if not item.url.endswith("7")}
        process = subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() != 0
        found = list(archive.snapshots())
        assert len(found) == len({item.key for item in found}), "each once"
        assert kept <= {item.key for item in found}
        assert bodies(archive, found) == {item.key: whole[item.key] for item in found}
        assert list(archive.verify()) == []
    assert killed >= 3
    put_together(archive, "kabar", LATER, lambda item: not item.url.endswith("7"))
    assert len(archive.folders.names("kabar", ".warc.gz")) == 1
    assert {item.key for item in archive.snapshots()} == kept
    assert not list(tmp_path.rglob("*.draft"))
