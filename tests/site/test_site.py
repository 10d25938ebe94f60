from __future__ import annotations

import html
import http.client
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
import pytest
import yaml

from store.model.records import Claim
from store.model.source import Source
from tests.site import documents
from tests.site.hazards import HUGE_BYTES
from tests.site.server import FIRST_DAY, Site
from tests.site.stories import load_stories

GOLD = sorted((Path(__file__).parent / "gold").glob("*.json"))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def get(site: Site, role: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request, redirects not followed: status, headers by lower-case name, body."""
    connection = http.client.HTTPConnection(site.netloc(role), timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, body


def text(site: Site, role: str, path: str) -> str:
    status, _, body = get(site, role, path)
    assert status == 200, path
    return body.decode("utf-8")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/uji/pindah-tetap", 301),
        ("/uji/pindah-sementara", 302),
        ("/uji/rantai", 301),
        ("/uji/hilang", 404),
        ("/uji/dihapus", 410),
        ("/uji/galat", 500),
        ("/uji/tantangan", 200),
        ("/pengumuman/107/alamat-lama", 301),
        ("/pengumuman/108/ditarik", 410),
        ("/pengumuman/104", 200),
        ("/tidak/ada", 404),
    ],
)
def test_the_ministry_answers_with(site: Site, path: str, status: int) -> None:
    assert get(site, "ministry", path)[0] == status


def test_a_busy_page_says_when_to_come_back_and_then_opens(site: Site) -> None:
    status, headers, _ = get(site, "ministry", "/uji/ramai")
    assert (status, headers["retry-after"]) == (429, "1")
    assert get(site, "ministry", "/uji/ramai")[0] == 200
    assert site.requests["ministry/uji/ramai"] == 2


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    path = next(story.path for story in load_stories() if story.key == "sp4n-bandung")
    _, headers, _ = get(site, "outlet", path)
    assert get(site, "outlet", path, If_None_Match=headers["etag"])[0] == 304
    assert get(site, "outlet", path, If_Modified_Since=headers["last-modified"])[0] == 304
    assert get(site, "outlet", path, If_None_Match='"another"')[0] == 200


def test_the_second_day_brings_new_articles_and_a_correction(site: Site) -> None:
    story = next(story for story in load_stories() if story.edit and story.site == "outlet")
    first = text(site, "outlet", story.path)
    known, etag = text(site, "outlet", "/rss"), get(site, "outlet", story.path)[1]["etag"]
    site.advance()
    assert "78,54" in first
    assert "94,78" in text(site, "outlet", story.path)
    assert get(site, "outlet", story.path, If_None_Match=etag)[0] == 200
    assert text(site, "outlet", "/rss").count("<item>") == known.count("<item>")  # the feed keeps its length
    new = [story for story in load_stories() if story.site == "outlet" and story.online == site.day]
    assert len(new) == 2
    assert all(item.path in text(site, "outlet", "/sitemap-news.xml") and item.path not in known for item in new)
    assert f"{story.path}</loc><lastmod>2024-12-20" in text(site, "outlet", f"/sitemap/{story.online:%Y-%m}.xml")


def test_every_article_is_in_the_sitemaps_and_opens(site: Site) -> None:
    index = text(site, "outlet", "/sitemap.xml")
    assert "/sitemap/2019-12.xml.gz" in index
    for story in load_stories():
        if story.site == "outlet" and story.online <= site.day:
            assert f"/sitemap/{story.online:%Y-%m}.xml" in index
            page = text(site, "outlet", story.path)
            assert ("datePublished" in page) == (story.published is not None)


def test_a_long_article_stands_on_three_pages_or_on_one(site: Site) -> None:
    story = next(story for story in load_stories() if len(story.pages) == 3)
    pages = [text(site, "outlet", f"{story.path}?page={n}") for n in (1, 2, 3)]
    assert ["80,77" in page for page in pages] == [False, True, False]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]
    whole = text(site, "outlet", f"{story.path}?page=all")
    assert all(block.removeprefix("## ")[:30] in html.unescape(whole) for page in story.pages for block in page if "Baca juga" not in block)
    assert get(site, "outlet", f"{story.path}?page=4")[0] == 404


def test_twins_copies_and_wrong_slugs(site: Site) -> None:
    stories = {story.key: story for story in load_stories()}
    story, copy = stories["opini-payakumbuh-2022"], stories["salinan-payakumbuh"]
    assert f'rel="canonical" href="{site.url("outlet", story.path)}"' in text(site, "outlet", story.amp_path)
    assert story.body[0] in text(site, "outlet", copy.path)
    status, headers, _ = get(site, "outlet", story.path.replace(story.slug, "judul-lama"))
    assert (status, headers["location"]) == (301, story.path)


def test_a_page_with_a_token_never_repeats_its_bytes(site: Site) -> None:
    story = next(story for story in load_stories() if story.volatile)
    _, headers, first = get(site, "outlet", story.path)
    second = get(site, "outlet", story.path)[2]
    assert "etag" not in headers
    assert first != second
    assert re.sub(rb'value="\w+"', b"", first) == re.sub(rb'value="\w+"', b"", second)


def test_search_finds_what_holds_every_word(site: Site) -> None:
    found = text(site, "outlet", "/search?q=adipura+kencana+bitung")
    assert "Lima Daerah Bawa Pulang Adipura Kencana" in found
    assert "Tidak ada artikel" in text(site, "outlet", "/search?q=adipura+hidroponik")
    assert "/read/2019/12/10/191210/" in text(site, "outlet", "/indeks?date=2019-12-10")
    assert 'class="next"' in text(site, "outlet", "/tag/penghargaan")


def test_wordpress_counts_and_ends(site: Site) -> None:
    status, headers, body = get(site, "ministry", "/wp-json/wp/v2/posts?page=1&per_page=2")
    assert (status, headers["x-wp-total"], headers["x-wp-totalpages"]) == (200, "4", "2")
    post = json.loads(body)[0]
    assert post["link"].startswith(site.url("ministry"))
    assert get(site, "ministry", "/siaran-pers/" + post["slug"])[0] == 200
    assert get(site, "ministry", "/wp-json/wp/v2/posts?page=3&per_page=2")[0] == 400
    site.advance()
    changed = json.loads(text(site, "ministry", "/wp-json/wp/v2/posts?orderby=modified&order=desc"))[0]
    assert changed["modified_gmt"] == "2024-12-20T01:00:00"
    within = json.loads(text(site, "ministry", "/wp-json/wp/v2/posts?after=2024-01-01T00:00:00&before=2024-04-01T00:00:00"))
    assert [post["id"] for post in within] == [302]


def test_the_pdf_breaks_its_table_and_keeps_every_row(site: Site) -> None:
    body = get(site, "ministry", "/unduh/kepmenpanrb-718-2023-top-inovasi.pdf")[2]
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
        assert "SALINAN" in pdf.pages[-1].extract_text()
    assert len(tables) == 2
    rows = [[(cell or "").replace("\n", " ") for cell in row] for table in tables for row in table if row[0] != "No"]
    assert [tuple(row) for row in rows] == list(documents.DECREE.entries)


def test_the_letter_and_the_workbook_open(site: Site) -> None:
    letter = docx.Document(io.BytesIO(get(site, "ministry", "/unduh/hasil-evaluasi-sakip-2023.docx")[2]))
    rows = [tuple(cell.text for cell in row.cells) for row in letter.tables[0].rows]
    assert [row for row in rows[1:] if len(set(row)) > 1] == list(documents.LETTER.entries)
    book = openpyxl.load_workbook(io.BytesIO(get(site, "ministry", "/unduh/indeks-spbe-2023.xlsx")[2]))
    assert book.sheetnames == ["Kementerian-Lembaga", "Kabupaten", "Kota"]
    assert book["Kota"]["C5"].value == pytest.approx(4.28)
    written = {name: documents.content(name) for name in documents.FILES}
    documents.content.cache_clear()
    assert written == {name: documents.content(name) for name in documents.FILES}


def test_the_old_page_and_the_huge_page(site: Site) -> None:
    old = get(site, "ministry", "/uji/windows-1252")[2]
    assert "“Pelayanan yang baik bukan slogan,”" in old.decode("windows-1252")
    with pytest.raises(UnicodeDecodeError):
        old.decode("utf-8")
    assert len(get(site, "ministry", "/uji/besar")[2]) > HUGE_BYTES


def test_robots_and_sources(site: Site, tmp_path: Path) -> None:
    assert "Disallow: /internal/" in text(site, "ministry", "/robots.txt")
    assert "Crawl-delay: 0.1" in text(site, "ministry", "/robots.txt")
    sources = [Source.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in site.write_sources(tmp_path)]
    assert [source.key for source in sources] == ["kabarnusa", "kemenportal"]
    assert sources[0].scope.hosts == (site.netloc("outlet"),)
    assert {item.kind for source in sources for item in source.discovery} == {"feed", "sitemap", "listing", "search", "wordpress"}


# --- the stories and their gold --------------------------------------------------------------------------------------


def gold(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def test_there_are_enough_stories_of_enough_programmes() -> None:
    claims = [gold(path)["gold"]["claims"] for path in GOLD]
    assert len([story for story in load_stories() if story.site == "outlet"]) >= 28
    assert len([items for items in claims if items]) >= 14
    assert len({item["programme"] for items in claims for item in items}) >= 9


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_of_its_story_and_stands_in_it(path: Path) -> None:
    data = gold(path)
    key = data["key"].removesuffix("-edited")
    story = next(item for item in load_stories() if item.key == key).seen_on(date.fromisoformat(data["seen_on"]))
    article = data["article"]
    assert article["text"] in (story.text, story.full_text)
    assert (article["title"], article["url"].split("example", 1)[1]) == (story.title, story.path)
    words = f"{article['title']}\n{article['text']}"
    for claim in data["gold"]["claims"]:
        for printed in ("recipient", "venue", "innovation"):
            assert claim.get(printed) is None or claim[printed] in words, (printed, claim[printed])
        for person in (claim.get("presented_by"), claim.get("received_by"), *claim.get("also_received_by", ())):
            spelt = person and person["name"] and person["name"].replace("Tjahjo", "Tjahyo" if key == "sp4n-bandung" else "Tjahjo")
            assert not spelt or spelt in words, spelt
        if claim.get("score") is not None and claim["score_unit"] != "rupiah":
            assert f"{claim['score']:.2f}".replace(".", ",") in words
        if claim.get("event_date"):
            day = date.fromisoformat(claim["event_date"])
            assert f"({day.day}/{day.month}" in words
    for official in data["gold"]["officials"]:
        assert official["name"] in words or official["name"] == "Tjahjo Kumolo"


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_claims_are_records(path: Path) -> None:
    lists = ("flags", "also_received_by")
    for claim in gold(path)["gold"]["claims"]:
        plain = {name: value[0] if isinstance(value, list) and name not in lists else value for name, value in claim.items()}
        plain.pop("open", None)
        Claim.model_validate(plain)


def test_printed_weekdays_are_right() -> None:
    days = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
    for story in load_stories():
        for weekday, day, month, year in re.findall(r"(\w+) \((\d+)/(\d+)(?:/(\d{4}))?\)", story.full_text):
            if weekday in days:
                when = date(int(year or story.online.year), int(month), int(day))
                assert days[when.weekday()] == weekday, (story.key, when)


def test_the_site_opens_on_its_first_day_with_an_english_and_an_undated_article(site: Site) -> None:
    assert site.day == FIRST_DAY
    stories = [story for story in load_stories() if story.site == "outlet"]
    assert [story.language for story in stories].count("en") == 1
    assert [story.published for story in stories].count(None) == 1
