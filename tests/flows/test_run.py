"""The whole way over the loopback site: crawl, read, merge, audit; and again, which changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.daily import run
from flows.settings import Settings
from store.archive import Archive
from store.model.errors import UsageError
from tests.site.server import ROLES, Site


def rows(home: Path) -> dict[str, int]:
    """How many rows every table has."""
    with sqlite3.connect(home / "rapor.db") as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def settings_for(site: Site, folder: Path) -> Settings:
    site.write_sources(folder / "sources")
    return Settings(home=folder / "home", sources=folder / "sources", allow_hosts=tuple(site.netloc(role) for role in ROLES), crawls=2)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Settings]]:
    folder = tmp_path_factory.mktemp("journey")
    with Site() as site:
        settings = settings_for(site, folder)
        first = run(settings, ["kabarnusa", "kemenportal"])
        assert first.failed == {}
        assert len(first.reading.articles) >= 25
        yield site, settings


def test_a_second_run_fetches_nothing_that_is_not_due_and_adds_no_row(journey: tuple[Site, Settings]) -> None:
    site, settings = journey
    before = rows(settings.home)
    site.forget()
    again = run(settings, ["kabarnusa", "kemenportal"])
    assert rows(settings.home) == before
    assert [report.counts.fetched for report in again.reports.values()] == [0, 0]
    assert again.reading.looked_at == 0
    assert not [path for path in site.requests if "/read/" in path or "/unduh/" in path]


def test_the_bandung_evaluation_is_there_with_its_evidence(journey: tuple[Site, Settings], capsys: pytest.CaptureFixture[str]) -> None:
    _, settings = journey
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAPOR_HOME", str(settings.home))
        with pytest.raises(SystemExit):
            main(["ask", "evaluations", "--agency", "32.73", "--programme", "sp4n", "--year", "2019"])
        row = json.loads(capsys.readouterr().out)
        with pytest.raises(SystemExit):
            main(["show", row["key"], "--format", "json"])
        shown = json.loads(capsys.readouterr().out)
    assert row["recipient_name"] == "Pemerintah Kota Bandung"
    (claim,) = shown["claims"]
    (article,) = shown["articles"]
    assert {item["field"] for item in claim["evidence"]} >= {"recipient", "programme", "edition_year"}
    for item in claim["evidence"]:
        assert article[item["in"]][item["start"] : item["end"]] == item["text"]


def test_every_page_lies_in_the_archive(journey: tuple[Site, Settings]) -> None:
    _, settings = journey
    archive = Archive(settings.archive_path)
    assert list(archive.verify()) == []
    assert {snapshot.source for snapshot in archive.snapshots()} == {"kabarnusa", "kemenportal"}


def test_new_days_bring_new_articles(journey: tuple[Site, Settings]) -> None:
    site, settings = journey
    before = rows(settings.home)
    site.advance(3)
    later = run(settings, ["kabarnusa"])
    assert later.reports["kabarnusa"].counts.new > 0
    assert rows(settings.home)["article"] > before["article"]


def test_a_page_by_its_address_is_read_and_kept(journey: tuple[Site, Settings]) -> None:
    from flows.read import SetAside
    from flows.single import read_address

    site, settings = journey
    path = next(hit.path for hit in site.log if hit.role == "outlet" and "/read/" in hit.path)
    reading = read_address(site.url("outlet", path), settings)
    assert not isinstance(reading, SetAside)
    assert reading.article.url == site.url("outlet", path)
    missed = read_address(site.url("outlet", "/read/2024/01/01/1/tidak-ada"), settings)
    assert isinstance(missed, SetAside)
    assert missed.exit_code == 4


def test_private_hosts_stay_closed_unless_named(tmp_path: Path) -> None:
    with Site() as site:
        closed = settings_for(site, tmp_path).model_copy(update={"allow_hosts": ()})
        summary = run(closed, ["kabarnusa"])
        assert summary.reports["kabarnusa"].counts.fetched == 0
        assert not site.requests
        assert summary.findings


def test_an_unknown_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="atlantis"):
        run(Settings(home=tmp_path), ["atlantis"])
