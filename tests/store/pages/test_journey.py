"""A reader's way through the pages, in a real browser."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from store.release.shelf import DATA

EVERY_PAGE = (
    "/ /en /cari /cari?q=bandung /instansi /instansi?province_code=32 /instansi/32.73 /program /program/sakip "
    "/program/sakip?province_code=32 /banding?i=32.73&i=33.19 /banding?q=kota /mutu "
    "/tanya /rapor /rapor/evaluations /rapor/peringkat?programme=sakip&year=2017"
).split()


def only(shown: Path, sql: str) -> Any:
    with closing(sqlite3.connect(shown / DATA)) as release:
        return release.execute(sql).fetchone()[0]


def test_from_a_word_to_the_sentence_to_the_card_to_all_rows(look: Any, site: str, shown: Path, tmp_path: Path) -> None:
    look.goto(f"{site}/")
    look.get_by_role("searchbox").fill("bandung")
    look.get_by_role("search").get_by_role("button", name="Cari").click()
    assert look.locator(".hit mark").first.inner_text().casefold() == "bandung"

    look.locator(".facets").get_by_role("link", name="2017", exact=True).click()
    assert "edition_year=2017" in look.url
    assert look.locator(".hit").count() == 1

    look.locator(".hit .what a").click()
    assert "Pemerintah Kota Bandung: BB" in look.locator("h1").inner_text()
    quote = look.locator(".quote").first
    assert quote.locator("mark.m-recipient").inner_text().startswith("Pemerintah Kota Bandung")
    assert quote.locator("mark.m-result").inner_text().startswith("BB")
    assert quote.locator("mark.m-programme").inner_text().startswith("SAKIP")
    key = look.url.rpartition("/")[2]
    report = look.get_by_role("link", name="Laporkan kekeliruan").get_attribute("href")
    assert report.startswith("mailto:redaksi@rapor.example?")
    assert key in report

    look.locator(".crumb a").first.click()
    assert look.locator("h1").inner_text() == "Pemerintah Kota Bandung"
    marks = [cell.inner_text().split("\n")[0] for cell in look.locator("table.card tbody tr:not(.topic)").first.locator("a.mark").all()]
    assert marks[:4] == ["CC", "B", "BB", "A"]

    look.get_by_role("link", name="Bandingkan dengan instansi lain").click()
    look.get_by_label("Tambah instansi").fill("kudus")
    look.get_by_role("button", name="Cari").click()
    look.locator(".found a").first.click()
    assert look.locator("table.card tbody").first.locator("tr").count() == 2

    look.goto(f"{site}/cari")
    with look.expect_download() as waiting:
        look.locator("p.data").get_by_role("link", name="CSV").click()
    waiting.value.save_as(tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == only(shown, "SELECT count(*) FROM evaluations")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_fits(look: Any, site: str, shown: Path, width: int) -> None:
    evaluation = only(shown, "SELECT key FROM evaluations WHERE conflict_count > 0")
    official = only(shown, "SELECT key FROM officials WHERE received_count > 0")
    look.set_viewport_size({"width": width, "height": 900})
    for path in (*EVERY_PAGE, f"/evaluasi/{evaluation}", f"/pejabat/{official}"):
        look.goto(site + path)
        found = Axe().run(look)
        serious = [
            (one["id"], node["html"][:200])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert serious == [], path
        assert look.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_dark_pages_keep_their_contrast(browser: Browser, site: str) -> None:
    page = browser.new_page(color_scheme="dark")
    for path in ("/", "/instansi/32.73", "/program/sakip", "/cari?q=bandung"):
        page.goto(site + path)
        violations = Axe().run(page).response["violations"]
        assert [one["id"] for one in violations if one["impact"] in ("serious", "critical")] == [], path
    page.close()


def test_without_scripts_and_within_a_small_first_page(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{site}/")
    assert page.locator("script").count() == 0
    assert 0 < sum(sizes) < 100_000
    page.fill("#q", "kudus")
    page.press("#q", "Enter")
    assert page.locator(".hit").count() > 0
    page.close()


def test_a_report_card_prints_on_one_sheet(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/instansi/33.19")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.close()
