"""Whole crawls of the loopback site, each in its child process."""

import os
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from spiders.job import CrawlReport
from store.archive import Archive
from store.model.errors import StoreError
from store.model.source import Source
from tests.site.server import Site
from tests.spiders.conftest import NOON, Crawl, remembered

NAMES = """pindah-tetap rantai putar keluar hilang dihapus ramai pulih galat tantangan waf windows-1252 besar putus kosong
gambar-menyamar zip"""


def pages(report: CrawlReport) -> list[str]:
    return [visit.url.split("/", 3)[3] for visit in report.visits if visit.kind == "page" and visit.outcome == "fetched"]


def test_an_outlet_is_crawled_once_and_then_only_for_what_is_new(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    first = run_crawl(interest=["Adipura"])
    assert first.closed == "finished"
    assert first.counts.fetched == first.counts.new == len(pages(first)) > 25
    assert not [path for path in pages(first) if "amp" in path or "utm" in path]
    assert len(set(pages(first))) == len(pages(first))
    snapshots = list(archive.snapshots("kabarnusa"))
    assert {snapshot.url.split("/", 3)[3] for snapshot in snapshots} == set(pages(first))
    assert len(snapshots) == len(pages(first))
    assert any(snapshot.title and snapshot.published for snapshot in snapshots)
    assert list(archive.verify()) == []
    agents = {hit.user_agent for hit in site.log}
    assert agents == {"rapor/0.1.0 (+https://rapor.example/kontak)"}

    site.forget()
    second = run_crawl(known=remembered(first.visits), run="r2", interest=["Adipura"])
    assert pages(second) == []
    assert second.counts.skipped == second.counts.discovered > 0
    assert not [hit for hit in site.log if "/read/" in hit.path]
    assert Counter(hit.status for hit in site.log)[304] >= 3  # the feed and the sitemaps
    assert len(list(archive.snapshots())) == len(snapshots)

    site.advance()
    site.forget()
    third = run_crawl(known=remembered(first.visits), run="r3", now=NOON + timedelta(hours=23))
    asked = {hit.path.split("?")[0] for hit in site.log if "/read/" in hit.path}
    assert 0 < len(asked) <= third.counts.new + third.counts.changed
    assert third.counts.new + third.counts.changed == len(pages(third)) > 0


def test_pages_that_are_due_are_asked_conditionally(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    first = run_crawl()
    before = len(site.log)
    later = run_crawl(known=remembered(first.visits), run="r2", now=NOON + timedelta(days=2))
    hits = [hit for hit in site.log[before:] if "/read/" in hit.path]
    assert len(hits) == first.counts.fetched  # each once, however often it is listed
    assert later.counts.unchanged + later.counts.changed == first.counts.fetched
    changed = [hit for hit in hits if hit.status != 304]
    assert len(changed) == later.counts.changed == 1  # a page with a fresh token at each visit, never a validator
    assert later.counts.new == 0


def test_an_article_over_several_pages_comes_whole(run_crawl: Crawl, archive: Archive) -> None:
    run_crawl()
    (long,) = [snapshot for snapshot in archive.snapshots() if "page=all" in snapshot.fetched_url]
    assert "?" not in long.url
    assert archive.read(long).count(b"<p>") > 10
    assert not [snapshot for snapshot in archive.snapshots() if "page=2" in snapshot.fetched_url]


def test_a_ministry_gives_its_attachments_and_keeps_its_manners(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    report = run_crawl("kemenportal")
    files = {snapshot.mime: snapshot for snapshot in archive.snapshots() if snapshot.parent}
    assert len(files) == 3
    assert {snapshot.parent.split("/")[3] for snapshot in files.values() if snapshot.parent} == {"pengumuman"}
    assert archive.read(files["application/pdf"]).startswith(b"%PDF")
    outcomes = {visit.url.split("/", 3)[3]: visit for visit in report.visits}
    gone = next(visit for path, visit in outcomes.items() if path.startswith("pengumuman/108/"))
    assert (gone.outcome, gone.status) == ("gone", 410)
    moved = next(visit for path, visit in outcomes.items() if path.startswith("pengumuman/107/"))
    assert (moved.reason or "").startswith("leads to ")
    assert Counter(snapshot.url for snapshot in archive.snapshots()).most_common(1)[0][1] == 1
    assert not [hit for hit in site.log if hit.path.startswith("/internal")]
    times = [hit.at for hit in site.log if hit.role == "ministry"]
    gaps = sorted(later - earlier for earlier, later in pairwise(times[1:]))
    assert gaps[len(gaps) // 4] > 0.09  # crawl-delay: 0.1, whose steps a busy machine blurs
    statuses = [hit.status for hit in site.log if "/pengumuman/103/" in hit.path]
    assert 429 not in statuses or statuses[-1] == 200
    assert [path for path in outcomes if path.startswith("siaran-pers/")]


def test_the_hazards_of_the_web_are_told_apart(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    names = NAMES.split()
    report = run_crawl(
        "kemenportal", urls=[site.url("ministry", f"/uji/{name}") for name in names] + [site.url("ministry", "/internal/rapat")]
    )
    said = {visit.url.rsplit("/", 1)[1]: visit for visit in report.visits}
    expected = {
        "putar": "refused",
        "keluar": "refused",
        "hilang": "gone",
        "dihapus": "gone",
        "ramai": "fetched",
        "pulih": "fetched",
        "galat": "failed",
        "tantangan": "challenged",
        "waf": "challenged",
        "windows-1252": "fetched",
        "besar": "refused",
        "putus": "failed",
        "kosong": "refused",
        "gambar-menyamar": "refused",
        "zip": "refused",
        "rapat": "refused",
        "standar-pelayanan-minimal": "fetched",
    }
    assert {name: said[name].outcome for name in expected} == expected
    reasons = {failure.url.rsplit("/", 1)[1]: failure.reason for failure in report.failures}
    assert "private" in reasons["keluar"]
    assert "larger" in reasons["besar"]
    assert "robots.txt" in reasons["rapat"]
    assert report.counts.robots == 1
    kept = {snapshot.url.rsplit("/", 1)[1] for snapshot in archive.snapshots()}
    assert kept == {name for name, outcome in expected.items() if outcome == "fetched"}
    old = next(snapshot for snapshot in archive.snapshots() if snapshot.url.endswith("windows-1252"))
    assert (old.encoding, "André" in archive.read(old).decode("windows-1252")) == ("windows-1252", True)


def test_private_addresses_are_refused_unless_host_and_port_are_allowed(site: Site, run_crawl: Crawl) -> None:
    port = site.netloc("outlet").rpartition(":")[2]
    addresses = [
        site.url("outlet", "/read/1"),
        f"http://localhost:{port}/read/2",
        f"http://2130706433:{port}/read/3",
        f"http://[::1]:{port}/read/4",
        "http://169.254.169.254/latest/meta-data",
        "http://192.168.1.1/",
    ]
    report = run_crawl(urls=addresses, allow_hosts=[site.netloc("ministry")])
    assert site.log == []
    assert {visit.outcome for visit in report.visits} <= {"refused", "failed"}
    assert len(report.visits) == len(addresses)


def test_one_page_is_fetched_whether_due_or_not(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    path = "/read/2019/12/10/191210/pemkot-bandung-tembus-30-instansi-terbaik-pengelola-pengaduan-layanan-publik"
    report = run_crawl(urls=[site.url("outlet", path) + "#isi"])
    assert report.counts.fetched == 1
    assert [hit.path for hit in site.log] == ["/robots.txt", path]
    (snapshot,) = archive.snapshots()
    assert b"<h1" in archive.read(snapshot)


def test_a_limit_cuts_the_crawl_short_and_the_next_goes_on(run_crawl: Crawl, archive: Archive) -> None:
    first = run_crawl(limit=5)
    assert (first.closed, first.counts.fetched) == ("limit", 5)
    rest = run_crawl(known=remembered(first.visits), run="r2")
    assert rest.closed == "finished"
    assert len({snapshot.url for snapshot in archive.snapshots()}) == 5 + rest.counts.new == len(list(archive.snapshots()))


def test_a_host_has_no_more_requests_a_day_than_its_ceiling_and_nothing_is_lost_by_it(
    site: Site, run_crawl: Crawl, sources: dict[str, Source], archive: Archive
) -> None:
    source = sources["kabarnusa"]
    shy = source.model_copy(update={"politeness": source.politeness.model_copy(update={"requests_per_day": 14})})
    first = run_crawl(source=shy, spent={site.netloc("outlet"): 4})
    assert (first.closed, first.hosts, len(site.log)) == ("requests", {site.netloc("outlet"): 10}, 10)
    assert {visit.outcome for visit in first.visits} <= {"fetched", "unchanged"}, "what was not asked for is not told of"
    second = run_crawl(source=source, known=remembered(first.visits), run="r2")
    assert second.closed == "finished"
    whole = run_crawl(source=source, archive=f"{archive.folders.root}-whole")
    assert Counter(item.url for item in archive.snapshots()) == Counter(
        dict.fromkeys({visit.url for visit in whole.visits if visit.snapshot}, 1)
    )


def test_the_days_asked_for_are_the_days_of_the_index(site: Site, run_crawl: Crawl) -> None:
    run_crawl(first_day=NOON.date() - timedelta(days=4), last_day=NOON.date() - timedelta(days=3))
    assert {hit.path for hit in site.log if hit.path.startswith("/indeks")} == {
        "/indeks?date=2024-12-16&page=1",
        "/indeks?date=2024-12-15&page=1",
    }


def test_a_crawl_can_be_cancelled(run_crawl: Crawl, archive: Archive) -> None:
    cancel = threading.Event()
    report = run_crawl("kemenportal", cancel=cancel, visited=lambda _: cancel.set())
    assert report.closed == "cancelled"
    assert report.seconds < 15
    assert list(archive.verify()) == []


def test_what_a_killed_crawl_fetched_is_not_fetched_again(site: Site, run_crawl: Crawl, archive: Archive) -> None:
    heard: list[str] = []

    def kill(visit: object) -> None:
        heard.append(str(visit))
        if len(heard) == 4:
            os.kill(child_of(os.getpid()), signal.SIGKILL)

    report = run_crawl("kemenportal", visited=kill)
    assert report.closed == "died (signal 9)"
    before = {snapshot.url for snapshot in archive.snapshots()}
    assert before
    site.forget()
    second = run_crawl("kemenportal", run="r2")
    again = {site.url("ministry") + hit.path for hit in site.log}
    assert not before & again
    counted = Counter(snapshot.url for snapshot in archive.snapshots())
    assert set(counted.values()) == {1}
    assert before <= {visit.url for visit in second.visits}, "the database hears of what the dead crawl could not tell"
    assert list(archive.verify()) == []


def child_of(parent: int) -> int:
    """The child process of this test that crawls."""
    for _ in range(100):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for child in children:
            if b"spiders.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.05)
    raise AssertionError("no crawl runs")


def test_an_archive_that_cannot_be_written_is_no_silent_loss(run_crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(StoreError):
        run_crawl()


def test_a_blocked_source_and_its_hours_of_rest_are_left_alone(site: Site, run_crawl: Crawl, sources: dict[str, Source]) -> None:
    blocked = sources["kabarnusa"].model_copy(update={"state": "blocked"})
    assert run_crawl(source=blocked).closed == "blocked"
    politeness = blocked.politeness.model_copy(update={"rest_hours": (12,)})  # 05:00 UTC is noon in Jakarta
    resting = blocked.model_copy(update={"state": "active", "politeness": politeness})
    assert run_crawl(source=resting).closed == "rest hours"
    assert site.log == []


def test_a_crawl_that_runs_into_the_hours_of_rest_ends(site: Site, run_crawl: Crawl, sources: dict[str, Source]) -> None:
    source = sources["kemenportal"]  # asks for a tenth of a second between requests: its crawl takes longer than one second
    late = source.model_copy(update={"politeness": source.politeness.model_copy(update={"rest_hours": (12,)})})
    report = run_crawl(source=late, now=NOON - timedelta(seconds=1))
    assert report.closed == "rest hours"
    assert 0 < len(site.log) < 20
