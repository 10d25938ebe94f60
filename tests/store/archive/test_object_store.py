"""The archive in an object store that speaks S3: files arrive when they are closed, are compared, and are all that is needed to read."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fsspec
import pytest

from store.archive import Archive
from tests.conftest import require
from tests.object_store import object_store
from tests.store.archive.test_archive import exchange, fill, warc_files


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    require("s3", all(find_spec(name) for name in ("moto", "s3fs", "boto3")))
    with pytest.MonkeyPatch.context() as patch, object_store(patch) as address:
        yield address


@pytest.fixture
def root(address: str, request: pytest.FixtureRequest) -> str:
    return f"{address}/{re.sub(r'[^a-z_]', '-', request.node.name)}"


def stored(root: str, suffix: str) -> dict[str, bytes]:
    """What lies in the store, by name."""
    store, prefix = fsspec.core.url_to_fs(root)
    store.invalidate_cache()
    return {name.removeprefix(f"{prefix}/"): store.cat_file(name) for name in store.find(prefix) if name.endswith(suffix)}


def test_a_closed_file_arrives_whole_and_leaves_the_spool(root: str, tmp_path: Path) -> None:
    archive = Archive(root, spool=tmp_path)
    with archive.writer("kabar", "r1", max_bytes=2000) as writer:
        written = [writer.write(exchange(number)) for number in range(6)]
        half_way = stored(root, ".warc.gz")
        assert half_way, "a full file goes up while the run is still writing"
        assert len(warc_files(tmp_path / "kabar")) == 1, "the open file alone stays in the spool"
    assert warc_files(tmp_path) == []
    files = stored(root, ".warc.gz")
    assert set(files) == {snapshot.file for snapshot in written}
    assert all(files[name] == content for name, content in half_way.items())
    assert list(Archive(root).verify()) == [], "every record has its digest, every page stands in the index"


def test_it_is_read_from_another_machine(root: str, tmp_path: Path) -> None:
    written = fill(Archive(root, spool=tmp_path / "here"), 3)
    there = Archive(root, spool=tmp_path / "there")
    assert list(there.snapshots("kabar")) == written
    assert [there.read(snapshot) for snapshot in written] == [f"<h1>Berita nomor {number}</h1>".encode() for number in range(3)]
    with there.writer("kabar", "r2") as writer:
        writer.write(exchange(9))
    assert len(list(Archive(root).snapshots("kabar"))) == 4


def test_the_index_is_made_again_from_what_the_store_holds(root: str, tmp_path: Path) -> None:
    written = fill(Archive(root, spool=tmp_path), 4)
    before = stored(root, ".jsonl")
    store, prefix = fsspec.core.url_to_fs(root)
    for name in before:
        store.rm_file(f"{prefix}/{name}")
    archive = Archive(root, spool=tmp_path)
    assert list(archive.snapshots()) == []
    assert archive.rebuild_index() == 4
    assert stored(root, ".jsonl") == before
    assert list(archive.snapshots()) == written
    assert list(archive.verify()) == []


def test_a_byte_that_changed_in_the_store_is_found(root: str, tmp_path: Path) -> None:
    snapshot = fill(Archive(root, spool=tmp_path), 2)[1]
    store, prefix = fsspec.core.url_to_fs(root)
    content = bytearray(store.cat_file(f"{prefix}/{snapshot.file}"))
    content[snapshot.offset + 40] ^= 0xFF
    store.pipe_file(f"{prefix}/{snapshot.file}", bytes(content))
    found = list(Archive(root).verify())
    assert found
    assert {damage.file for damage in found} == {snapshot.file}


@pytest.mark.parametrize("fault", ["refused", "damaged"])
def test_what_does_not_arrive_stays_and_says_so(
    root: str, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    archive = Archive(root, spool=tmp_path)
    store = archive.folders.store
    put = store.put_file

    def failing(source: str, target: str, **options: Any) -> None:
        if fault == "refused":
            raise PermissionError("the bucket is read-only")
        half = tmp_path / "half"
        half.write_bytes(Path(source).read_bytes()[:-10])
        put(str(half), target, **options)

    monkeypatch.setattr(store, "put_file", failing)
    with caplog.at_level(logging.WARNING):
        written = fill(archive, 3)
    kept = warc_files(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in kept] == [written[0].file]
    said = "read-only" if fault == "refused" else "damaged"
    assert any(said in line and written[0].file in line and str(tmp_path) in line for line in caplog.messages)
    assert archive.read(written[2]) == b"<h1>Berita nomor 2</h1>", "the spool is the truth until then"
    digest = hashlib.sha256(kept[0].read_bytes()).hexdigest()
    monkeypatch.undo()
    assert archive.upload() == [written[0].file], "the next run brings it up"
    assert hashlib.sha256(stored(root, ".warc.gz")[written[0].file]).hexdigest() == digest
    assert warc_files(tmp_path) == []
    assert list(Archive(root).verify()) == []
