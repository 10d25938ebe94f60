import gzip
import os
import signal
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.checker import Checker

from store.archive import Archive, Exchange, Held, decode_body
from store.model.errors import ReadError, StoreError, UsageError
from store.model.records import Snapshot

NOON = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


def exchange(number: int, body: bytes | None = None, **changes: object) -> Exchange:
    fields: dict[str, object] = {
        "url": f"https://kabar.example/berita/{number}",
        "fetched_at": NOON + timedelta(seconds=number),
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html; charset=UTF-8"), ("ETag", f'"e{number}"')),
        "request_headers": (("User-Agent", "rapor/0.1.0"),),
        "body": f"<h1>Berita nomor {number}</h1>".encode() if body is None else body,
    }
    return Exchange(**{**fields, **changes})  # type: ignore[arg-type]


def fill(archive: Archive, count: int, run: str = "r1") -> list[Snapshot]:
    with archive.writer("kabar", run) as writer:
        return [writer.write(exchange(number), title=f"Judul {number} – é", published="2026-03-04") for number in range(count)]


def warc_files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.warc.gz"))


def test_what_is_written_is_read_back_and_listed(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    written = fill(archive, 3)
    assert list(archive.snapshots()) == written
    assert archive.read(written[1]) == b"<h1>Berita nomor 1</h1>"
    first = written[0]
    assert (first.mime, first.encoding, first.etag, first.title, first.run) == ("text/html", "utf-8", '"e0"', "Judul 0 – é", "r1")
    assert list(Archive(tmp_path).snapshots("kabar", since=NOON + timedelta(seconds=2))) == written[2:]
    assert list(archive.snapshots("lain")) == []
    assert list(archive.verify()) == []


def test_other_tools_accept_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = Archive(tmp_path)
    snapshot = fill(archive, 2)[0]
    with archive.writer("kabar", "r2") as writer:
        writer.write(exchange(7, body=archive.read(snapshot)), unchanged=Held(snapshot.digest, snapshot.file, snapshot.offset))
    checker = Checker(type("Arguments", (), {"inputs": [str(path) for path in warc_files(tmp_path)], "verbose": True})())
    assert checker.process_all() == 0, capsys.readouterr().out


def test_an_unchanged_body_is_stored_once_and_still_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = fill(archive, 1)[0]
    body = os.urandom(50_000)
    with archive.writer("kabar", "r2") as writer:
        fresh = writer.write(exchange(1, body=body))
        again = writer.write(exchange(2, body=body))
        old = writer.write(exchange(3, body=archive.read(first)), unchanged=Held(first.digest, first.file, first.offset))
        lost = writer.write(exchange(4, body=b"x"), unchanged=Held("other digest", first.file, first.offset))
    assert (again.file, again.offset) == (fresh.file, fresh.offset)
    assert (old.file, old.offset) == (first.file, first.offset)
    assert archive.read(again) == body
    assert archive.read(old) == archive.read(first)
    assert archive.read(lost) == b"x"
    assert (tmp_path / fresh.file).stat().st_size < 60_000
    assert list(archive.verify()) == []


def test_bodies_keep_their_encoding_in_the_file_and_lose_it_when_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    packed = packer.compress(b"isi berita " * 100) + packer.flush()
    with archive.writer("kabar", "r") as writer:
        snapshot = writer.write(exchange(1, body=packed, headers=(("Content-Encoding", "gzip"), ("Content-Type", "text/html"))))
    assert snapshot.length == 1100
    assert archive.read(snapshot) == b"isi berita " * 100
    assert list(archive.verify()) == []


def test_a_bomb_does_not_unpack() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(bytes(5_000_000)) + packer.flush()
    with pytest.raises(ReadError, match="more than"):
        decode_body(bomb, "gzip", limit=1_000_000)
    assert decode_body(b"already plain", "gzip") == b"already plain"
    assert decode_body(gzip.compress(b"satu ") + gzip.compress(b"dua"), "gzip") == b"satu dua"
    with pytest.raises(ReadError, match="more than"):
        decode_body(gzip.compress(bytes(600_000)) * 2, "gzip", limit=1_000_000)
    with pytest.raises(ReadError, match="damaged"):
        decode_body(gzip.compress(b"utuh")[:10] + b"\xff" * 20, "gzip")
    with pytest.raises(ReadError, match="snappy"):
        decode_body(b"", "snappy")


def test_the_index_is_rebuilt_from_the_files_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    written = fill(archive, 4)
    with archive.writer("kabar", "r2") as writer:
        written.append(writer.write(exchange(9, body=archive.read(written[0])), parent="https://kabar.example/induk"))
        written.append(writer.write(exchange(10, body=archive.read(written[0]))))
    for index in tmp_path.rglob("*.jsonl"):
        index.unlink()
    assert len(list(archive.verify())) > 0
    assert archive.rebuild_index() == 6
    assert list(archive.snapshots()) == written
    assert list(archive.verify()) == []


def test_a_file_is_closed_at_its_size_and_the_next_one_goes_on(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer("kabar", "r", max_bytes=3000) as writer:
        written = [writer.write(exchange(number, body=os.urandom(1500))) for number in range(5)]
    assert len({snapshot.file for snapshot in written}) == 3
    assert list(archive.snapshots()) == written


@pytest.mark.parametrize("tail", [b"\x1f\x8b\x08\x00torn", b"not gzip at all", None])
def test_a_torn_tail_is_cut_when_the_next_run_starts(tmp_path: Path, tail: bytes | None) -> None:
    archive = Archive(tmp_path)
    written = fill(archive, 3)
    path = warc_files(tmp_path)[0]
    whole = path.read_bytes()
    path.write_bytes(whole + tail if tail else whole[: written[2].offset + 50])
    marker = tmp_path / ".open" / written[0].file.replace("/", "@")
    marker.touch()  # what a killed writer leaves behind
    with path.with_name(path.name.replace(".warc.gz", ".jsonl")).open("ab") as index:
        index.write(b'{"at":99,"si')
    expected = written if tail else written[:2]
    with archive.writer("kabar", "r2") as writer:
        assert list(archive.snapshots()) == expected
        writer.write(exchange(5))
        assert not marker.exists()
    assert path.read_bytes() == whole[: path.stat().st_size]
    assert len(list(archive.snapshots())) == len(expected) + 1
    assert list(archive.verify()) == []


def test_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer("kabar", "r") as writer:
        snapshot = writer.write(exchange(1))
        other = Archive(tmp_path)
        assert other.recover() == []
        assert list(other.snapshots()) == [snapshot]
        with other.writer("kabar", "r") as second:
            twin = second.write(exchange(2))
    assert twin.file != snapshot.file
    assert len(list(archive.snapshots())) == 2


KILLED = """
import sys
from datetime import UTC, datetime
from store.archive import Archive, Exchange
with Archive(sys.argv[1]).writer("kabar", "r") as writer:
    for number in range(10**6):
        body = b"x" * 3000 + str(number).encode()
        snapshot = writer.write(Exchange(f"https://kabar.example/{number}", datetime.now(UTC), 200, body=body))
        print(snapshot.key, flush=True)
"""


def test_what_a_killed_writer_reported_is_in_the_archive(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    reported = [process.stdout.readline().strip() for _ in range(40)]
    process.send_signal(signal.SIGKILL)
    reported += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    archive = Archive(tmp_path)
    kept = {snapshot.key for snapshot in archive.snapshots()}
    assert set(reported) <= kept
    assert len(kept) <= len(reported) + 1
    assert list(archive.verify()) == []


def test_damage_is_named_with_file_and_offset(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    written = fill(archive, 3)
    path = warc_files(tmp_path)[0]
    data = bytearray(path.read_bytes())
    data[written[1].offset + 200] ^= 0xFF
    path.write_bytes(data)
    damages = list(archive.verify())
    assert damages
    assert damages[0].file == written[1].file
    with pytest.raises(StoreError):
        archive.read(written[1])
    path.unlink()
    with pytest.raises(StoreError, match="missing"):
        archive.read(written[0])


def test_a_damaged_index_names_its_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    fill(archive, 1)
    index = next(tmp_path.rglob("*.jsonl"))
    index.write_bytes(index.read_bytes() + b'{"at": 1}\n')
    with pytest.raises(StoreError, match=r"line 2.*rebuild"):
        list(archive.snapshots())


def test_an_object_store_gets_the_closed_file_and_the_spool_is_emptied(tmp_path: Path) -> None:
    archive = Archive("memory://bucket/arsip", spool=tmp_path)
    written = fill(archive, 2)
    assert warc_files(tmp_path) == []
    assert list(archive.snapshots()) == written
    assert archive.read(written[1]) == b"<h1>Berita nomor 1</h1>"
    with archive.writer("kabar", "r2") as writer:
        held = Held(written[0].digest, written[0].file, written[0].offset)
        again = writer.write(exchange(5, body=archive.read(written[0])), unchanged=held)
        assert archive.read(again) == archive.read(written[0])
    assert again.file == written[0].file
    assert archive.rebuild_index() == 3
    assert list(archive.verify()) == []


def test_a_remote_archive_needs_a_spool() -> None:
    with pytest.raises(UsageError, match="spool"):
        Archive("memory://bucket/arsip").writer("kabar", "r")


def test_a_remote_archive_is_read_without_a_spool(tmp_path: Path) -> None:
    written = fill(Archive("memory://bucket/baca", spool=tmp_path), 2)
    reader = Archive("memory://bucket/baca")
    assert list(reader.snapshots()) == written
    assert reader.read(written[1]) == b"<h1>Berita nomor 1</h1>"
    assert list(reader.verify()) == []
