"""Working on sources: a draft, the gate, what is known of addresses, what people bring to the archive, the past."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from warcio.checker import Checker

from flows.backfill import Done, slices
from store.archive import Archive
from tests.flows.conftest import Rapor
from tests.site.hazards import CHALLENGE
from tests.site.server import ROLES, Site


@pytest.fixture
def site(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The loopback site; its sources and hosts are known to the command line."""
    with Site() as running:
        running.write_sources(tmp_path / "sources")
        monkeypatch.setenv("RAPOR_SOURCES", str(tmp_path / "sources"))
        monkeypatch.setenv("RAPOR_ALLOW_HOSTS", ",".join(running.netloc(role) for role in ROLES))
        yield running


def archive(home: Path) -> Archive:
    return Archive(home / "archive")


def test_a_draft_is_written_once_and_is_sound(rapor: Rapor, tmp_path: Path) -> None:
    folder = str(tmp_path / "own")
    made = rapor("sources", "new", "kota-uji", "https://kota-uji.example.go.id/berita", "--sources", folder)
    assert (made.code, made.out) == (0, "")
    assert "verified: false" in (tmp_path / "own" / "kota-uji.yml").read_text("utf-8")
    assert rapor("sources", "check", "--sources", folder).code == 0
    assert rapor("sources", "new", "kota-uji", "https://kota-uji.example.go.id", "--sources", folder).code == 2
    assert rapor("sources", "new", "kota-uji", "https://kota-uji.example.go.id").code == 2, "a folder must be named"
    shown = json.loads(rapor("sources", "list", "--sources", folder, "--format", "jsonl").out.splitlines()[-1])
    assert {"verified", "state"} <= shown.keys()


def test_the_gate_says_what_it_saw(rapor: Rapor, site: Site, tmp_path: Path) -> None:
    passed = rapor("sources", "check", "--live", "kemenportal")
    answers = [json.loads(line) for line in passed.out.splitlines()]
    assert passed.code == 0, passed
    assert len(answers) == 4
    assert all("pages" in answer["seen"] for answer in answers)
    broken = tmp_path / "sources" / "kemenportal.yml"
    broken.write_text(broken.read_text("utf-8").replace("/pengumuman?page", "/tiada?page"), "utf-8")
    failed = rapor("sources", "check", "--live", "kemenportal")
    assert failed.code == 7
    assert "1 of 3 questions failed" in failed.err


def test_what_is_known_of_addresses_is_shown_and_can_be_reset(rapor: Rapor, site: Site, home: Path) -> None:
    assert rapor("crawl", "kemenportal").code == 0
    (row,) = [json.loads(line) for line in rapor("sources", "status").out.splitlines()]
    assert (row["source"], row["due"], row["gone"], row["state"]) == ("kemenportal", 0, 1, "active")
    assert row["requests_today"] == len(site.log)
    assert row["addresses"] > 8
    known = [json.loads(line) for line in rapor("sources", "status", "kemenportal", "--limit", "500").out.splitlines()]
    moved = [item for item in known if (item["reason"] or "").startswith("leads to ")]
    assert [item["url"] for item in known if item["kind"] == "page" and not item["next_due"]] == [item["url"] for item in moved]
    assert len(moved) == 1
    (gone,) = [json.loads(line) for line in rapor("sources", "status", "kemenportal", "--state", "gone").out.splitlines()]
    assert gone["status"] == 410
    site.forget()
    rapor("crawl", "kemenportal")
    quiet = Counter(hit.status for hit in site.log)
    assert "1 addresses" in rapor("sources", "reset", "kemenportal").err
    site.forget()
    rapor("crawl", "kemenportal")
    assert Counter(hit.status for hit in site.log) == quiet + Counter({410: 1})
    held = Counter(item.url for item in archive(home).snapshots())
    rapor("sources", "reset", "kemenportal", "--all")
    site.forget()
    rapor("crawl", "kemenportal")
    assert {hit.status for hit in site.log if "/siaran-pers/" in hit.path} == {304}, "all is asked for again, and nothing has changed"
    assert Counter(item.url for item in archive(home).snapshots()) == held
    assert rapor("sources", "reset", "tiada").code == 2
    assert rapor("sources", "status", "kemenportal", "--state", "well").code == 2


class Wall(BaseHTTPRequestHandler):
    """A list of five articles, each of which is a challenge page served as 200."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        listed = "".join(f"<a href='/berita/{number}'>Berita</a>" for number in range(5))
        body = CHALLENGE if self.path.startswith("/berita/") else listed if self.path == "/" else ""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_site_that_shuts_us_out_is_left_alone_until_reset(
    rapor: Rapor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Wall) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("RAPOR_SOURCES", str(tmp_path))
        monkeypatch.setenv("RAPOR_ALLOW_HOSTS", host)
        (tmp_path / "tembok.yml").write_text(
            f"key: tembok\npublisher: {{name: Tembok}}\norigin: a test of our own\npoliteness: {{delay_seconds: 0}}\n"
            f"scope: {{hosts: ['{host}'], allow: ['^/berita/']}}\ndiscovery: [{{kind: listing, url: 'http://{host}/'}}]\n",
            "utf-8",
        )
        assert json.loads(rapor("crawl", "tembok").out)["closed"] == "challenged"
        assert list(archive(home).snapshots()) == []
        Wall.asked.clear()
        left = rapor("crawl", "tembok")
        assert json.loads(left.out)["closed"] == "blocked"
        assert "left alone until" in left.err
        assert Wall.asked == []
        (row,) = [json.loads(line) for line in rapor("sources", "status").out.splitlines()]
        assert (row["state"], row["failing"] > 0, bool(row["blocked_until"])) == ("blocked", True, True)
        assert "no longer left alone" in rapor("sources", "reset", "tembok").err
        rapor("crawl", "tembok")
        assert "/" in Wall.asked
        server.shutdown()


def test_the_archive_is_indexed_verified_and_added_to(rapor: Rapor, site: Site, home: Path, tmp_path: Path) -> None:
    rapor("crawl", "kemenportal")
    before = sorted(item.model_dump_json() for item in archive(home).snapshots())
    for index in (home / "archive").rglob("*.jsonl"):
        index.write_bytes(index.read_bytes()[:-20])
    assert rapor("archive", "verify").code == 6
    assert f"{len(before)} snapshots" in rapor("archive", "index").err
    assert sorted(item.model_dump_json() for item in archive(home).snapshots()) == before
    sound = rapor("archive", "verify")
    assert (sound.code, sound.out) == (0, "")
    files = [str(path) for path in (home / "archive").rglob("*.warc.gz")]
    assert Checker(type("Arguments", (), {"inputs": files, "verbose": False})()).process_all() == 0

    saved = tmp_path / "saved"
    saved.mkdir()
    body = "<html><head><title>Uji</title><link rel='canonical' href='https://kota.example.id/berita/1'></head><p>isi</p></html>"
    (saved / "halaman.html").write_text(body, "utf-8")
    warc = files[0]
    first = rapor("archive", "add", str(saved), warc)
    assert first.code == 0
    assert "1 pages and files added" in first.err
    assert f"{len(before)} were there" in first.err
    assert "0 pages and files added" in rapor("archive", "add", str(saved), warc).err
    assert [item.url for item in archive(home).snapshots("added")] == ["https://kota.example.id/berita/1"]
    assert rapor("archive", "add", str(tmp_path / "tiada.html")).code == 2
    assert rapor("archive", "verify").code == 0

    damaged = next((home / "archive" / "kemenportal").rglob("*.warc.gz"))
    whole = bytearray(damaged.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    damaged.write_bytes(whole)
    answer = rapor("archive", "verify", "--format", "jsonl")
    assert answer.code == 6
    assert {json.loads(line)["file"] for line in answer.out.splitlines()} == {damaged.relative_to(home / "archive").as_posix()}


def test_the_past_is_crawled_in_slices_and_not_twice(rapor: Rapor, site: Site, home: Path) -> None:
    words = ("backfill", "kabarnusa", "--from", "2019-12-08", "--to", "2019-12-13", "--slice", "2")
    first = rapor(*words)
    rows = [json.loads(line) for line in first.out.splitlines()]
    assert first.code == 0, first
    spans = [(row["first_day"], row["last_day"]) for row in rows]
    assert spans == [("2019-12-12", "2019-12-13"), ("2019-12-10", "2019-12-11"), ("2019-12-08", "2019-12-09")]
    assert sum(row["new"] for row in rows) == len({item.url for item in archive(home).snapshots()}) > 0
    assert not [hit for hit in site.log if hit.path in ("/rss", "/sitemap.xml")], "what lists no days is left to the crawl of the day"
    site.forget()
    again = rapor(*words)
    assert (again.code, again.out, site.log) == (0, "", [])
    assert "already" in again.err
    wider = [json.loads(line) for line in rapor("backfill", "kabarnusa", "--from", "2019-12-07", "--to", "2019-12-15").out.splitlines()]
    assert [(row["first_day"], row["last_day"]) for row in wider] == [("2019-12-14", "2019-12-15"), ("2019-12-07", "2019-12-07")]
    oldest = rapor(*words, "--again", "--oldest-first").out.splitlines()
    assert [json.loads(line)["first_day"] for line in oldest] == ["2019-12-08", "2019-12-10", "2019-12-12"]


def test_a_past_that_cannot_be_had_is_told(rapor: Rapor, site: Site, home: Path, tmp_path: Path) -> None:
    assert rapor("backfill", "kabarnusa", "--from", "2019-12-13", "--to", "2019-12-08").code == 2
    assert rapor("backfill", "kabarnusa", "--from", "2019-12-13", "--to", "2999-01-01").code == 2
    source = tmp_path / "sources" / "kabarnusa.yml"
    text = source.read_text("utf-8")
    source.write_text(text.replace("requests_per_day: 5000", "requests_per_day: 8"), "utf-8")
    short = rapor("backfill", "kabarnusa", "--from", "2019-12-08", "--to", "2019-12-13", "--slice", "3")
    assert short.code == 4
    assert "requests" in short.err
    assert len(site.log) == 4, "half of what the host may have in a day"
    assert len(Done.of(home, "kabarnusa").days()) < 6
    kept = [line for line in text.splitlines() if "{date:" not in line]
    source.write_text("\n".join(kept), "utf-8")
    none = rapor("backfill", "kabarnusa", "--from", "2019-12-08")
    assert none.code == 2
    assert "lists nothing by day" in none.err


def test_slices_are_neighbouring_days_that_are_not_done() -> None:
    days = [date(2024, 3, day) for day in range(1, 11)]
    done = {date(2024, 3, 4), date(2024, 3, 9)}
    lengths = [[day.day for day in part] for part in slices(days, done, 2)]
    assert lengths == [[1, 2], [3], [5, 6], [7, 8], [10]]
    assert list(slices(days, set(days), 3)) == []
