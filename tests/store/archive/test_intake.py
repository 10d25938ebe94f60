import gzip
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from store.archive import Archive, add
from store.model.errors import UsageError

PAGE = b"<html><head><link rel='canonical' href='https://kabar.example.id/read/1/kota-baru-raih-nilai'></head><h1>Kota Baru</h1></html>"


def foreign_warc(path: Path, packed: bool = True) -> None:
    """A file as web archives export it: chunked and gzipped bodies, revisits, pictures, errors."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)

        def record(url: str, body: bytes, mime: str = "text/html", status: str = "200 OK", **more: str) -> None:
            headers = StatusAndHeaders(status, [("Content-Type", mime), *((key.replace("_", "-"), value) for key, value in more.items())])
            dated = {"WARC-Date": "2021-05-06T07:08:09Z"}
            headers.protocol = "HTTP/1.1"
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), http_headers=headers, warc_headers_dict=dated))

        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another"}))
        record("http://kabar.example.id/read/1/kota-baru-raih-nilai?utm_source=x", PAGE)
        record("https://kabar.example.id/read/2", gzip.compress(b"<h1>Dua</h1>"), Content_Encoding="gzip")
        record("https://kabar.example.id/read/3", b"c\r\n<h1>Tiga</h1\r\n1\r\n>\r\n0\r\n\r\n", Transfer_Encoding="chunked")
        record("https://kabar.example.id/a.png", b"\x89PNG", "image/png")
        record("https://kabar.example.id/hilang", b"tidak ada", status="404 Not Found")
        record("https://lain.example.id/sk.pdf", b"%PDF-1.4 isi", "application/pdf")
        url = "https://kabar.example.id/read/2"
        writer.write_record(writer.create_revisit_record(url, "sha1:X", url, "2020-01-01T00:00:00Z"))


def by_host(url: str) -> str:
    return "kabar" if "kabar." in url else "lain"


@pytest.mark.parametrize("form", ["members", "plain", "one stream"])
def test_a_foreign_warc_is_taken_in_once(tmp_path: Path, form: str) -> None:
    path = tmp_path / ("ekspor.warc" if form == "plain" else "ekspor.warc.gz")
    foreign_warc(path, packed=form == "members")
    if form == "one stream":
        path.write_bytes(gzip.compress(path.read_bytes()))
    archive = Archive(tmp_path / "archive")
    first = add(archive, [path], "r1", by_host)
    assert (first.added, first.known, first.passed_over, first.problems) == (4, 0, 3, [])
    kept = {snapshot.url: snapshot for snapshot in archive.snapshots()}
    assert set(kept) == {
        "https://kabar.example.id/read/1/kota-baru-raih-nilai",
        "https://kabar.example.id/read/2",
        "https://kabar.example.id/read/3",
        "https://lain.example.id/sk.pdf",
    }
    assert archive.read(kept["https://kabar.example.id/read/2"]) == b"<h1>Dua</h1>"
    assert archive.read(kept["https://kabar.example.id/read/3"]) == b"<h1>Tiga</h1>"
    assert kept["https://lain.example.id/sk.pdf"].source == "lain"
    assert {snapshot.fetched_at for snapshot in kept.values()} == {datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC)}
    again = add(archive, [path], "r2", by_host)
    assert (again.added, again.known) == (0, 4)
    assert list(archive.verify()) == []
    assert archive.rebuild_index() == 4


def test_saved_pages_folders_and_lists_are_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "simpanan"
    (folder / "dalam").mkdir(parents=True)
    (folder / "satu.html").write_bytes(PAGE)
    (folder / "dalam" / "sk.pdf").write_bytes(b"%PDF-1.4")
    (folder / "gambar.png").write_bytes(b"x")
    os.utime(folder / "satu.html", (1_600_000_000, 1_600_000_000))
    (tmp_path / "daftar.lst").write_text("# milik kami\nsimpanan/satu.html\n")
    archive = Archive(tmp_path / "archive")
    assert add(archive, [tmp_path / "daftar.lst"], "r").added == 1
    taken = add(archive, [folder], "r2")
    assert (taken.added, taken.known) == (1, 1)
    page, document = archive.snapshots()
    assert page.url == "https://kabar.example.id/read/1/kota-baru-raih-nilai"
    assert page.fetched_at == datetime.fromtimestamp(1_600_000_000, UTC)
    assert (document.url, document.mime, document.source) == ("file:sk.pdf", "application/pdf", "added")
    assert archive.read(document) == b"%PDF-1.4"
    assert list(archive.verify()) == []


def test_damage_and_what_is_not_there_are_told(tmp_path: Path) -> None:
    path = tmp_path / "rusak.warc"
    foreign_warc(path, packed=False)
    path.write_bytes(path.read_bytes().replace(b"<h1>Kota Baru", b"<h1>Kota Lama"))
    archive = Archive(tmp_path / "archive")
    taken = add(archive, [path], "r")
    assert taken.added == 3
    assert len(taken.problems) == 1
    assert "digest failed" in taken.problems[0]
    for name in ("tiada.warc.gz", "gambar.png"):
        (tmp_path / "gambar.png").touch()
        with pytest.raises(UsageError, match=name):
            add(archive, [tmp_path / name], "r")
