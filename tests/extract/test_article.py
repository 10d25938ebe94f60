"""Pages of many layouts, plain text and article JSON as articles: exactly what the newsroom wrote, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.article import detect_language, join_parts, read_html, read_json, read_moment, read_text
from store.model.errors import ReadError, SourceError
from store.model.records import Article
from store.model.source import PageRules
from tests.site import pages
from tests.site.stories import PAGE_BREAK, RELATED, Story, visible

PAGES = Path(__file__).parent / "pages"
SHARED = Path(__file__).parents[3] / "shared"
JPNN_LINES = [56, 249, 235, 126, 252, 319, 143, 284, 92]
"""Characters of the caption and the eight paragraphs of that page."""
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not on this machine")


def layouts() -> list[str]:
    return sorted(path.stem for path in PAGES.glob("*.json"))


def read_layout(name: str) -> tuple[Article, dict[str, Any]]:
    expected: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    rules = PageRules(**{field: tuple(value) for field, value in expected.get("rules", {}).items()})
    article = read_html(
        (PAGES / f"{name}.html").read_bytes(),
        expected["url"],
        rules,
        encoding=expected.get("encoding"),
        outlet=expected.get("outlet_given"),
        timezone=expected.get("timezone", "Asia/Jakarta"),
    )
    return article, expected


@pytest.mark.parametrize("name", layouts())
def test_a_layout_is_read_exactly(name: str) -> None:
    article, expected = read_layout(name)
    assert article.text.split("\n") == expected["text"]
    assert article.title == expected["title"]
    assert article.published == expected["published"]
    assert list(article.authors) == expected["authors"]
    assert list(article.editors) == expected["editors"]
    assert article.outlet == expected["outlet"]
    assert article.language == expected["language"]
    assert list(article.tags) == expected["tags"]
    rows = [[article.text[start:end] for start, end in row.cells] for row in article.rows]
    assert rows == expected.get("rows", [])


def test_there_are_layouts_enough() -> None:
    assert len(layouts()) >= 12


def expected_lines(story: Story, blocks: list[str], *, captioned: bool = True) -> list[str]:
    lines = [story.lead] if story.lead else []
    if story.caption and captioned:
        lines.append(story.caption)
    for block in blocks:
        if block == PAGE_BREAK or block.startswith((RELATED, "Artikel ini telah tayang")):
            continue
        parts = block.removeprefix("## ").split("\n")
        if block.startswith("| "):
            parts = [" | ".join(cell.strip() for cell in part.strip("| ").split("|")) for part in parts]
        lines += parts
    return [" ".join(line.split()) for line in lines]


def test_every_article_of_the_loopback_outlet_is_read_exactly() -> None:
    stories = visible("outlet", date(2030, 1, 1))
    assert len(stories) >= 12
    for story in stories:
        url = f"https://outlet.test{story.path}"
        parts = [read_html(pages.article_html(story, "https://outlet.test", n + 1).encode(), url) for n in range(len(story.pages))]
        article = join_parts(parts)
        assert article.title == story.title
        assert article.text.split("\n") == expected_lines(story, [block for page in story.pages for block in page])
        assert article.authors == tuple(name for name in story.authors if name != "Redaksi")
        assert article.editors == tuple(story.editors)
        assert article.language == story.language
        assert article.published == (story.published.isoformat() if story.published else None)
        twin = read_html(pages.amp_html(story, "https://outlet.test").encode(), url)
        assert twin.text.split("\n") == expected_lines(story, list(story.body), captioned=False)
        assert twin.key == article.key


@needs_shared
def test_the_page_of_media_indonesia_is_read_exactly() -> None:
    expected = json.loads((SHARED / "pages" / "mediaindonesia_expected.json").read_text(encoding="utf-8"))["V1"]
    article = read_html((SHARED / "pages" / "mediaindonesia_2026_01_20.html").read_bytes(), None)
    assert article.text.split("\n") == expected["body"]["sections"][0]["paragraphs"]
    assert article.authors == tuple(expected["authors"])
    assert article.published == expected["publishing_date"].replace(" ", "T")
    assert article.title == expected["title"]
    assert list(article.tags) == expected["topics"]


@needs_shared
def test_the_other_shared_pages() -> None:
    jpnn = read_html((SHARED / "pages" / "jpnn_2021_webarchive.html").read_bytes(), None)
    assert (jpnn.authors, jpnn.editors, jpnn.published) == (("Boy",), ("Boy",), "2021-07-18T18:52:00+07:00")
    assert jpnn.text.endswith("(boy/jpnn)")
    assert jpnn.title.startswith("Kamrussamad: ")
    assert [len(line) for line in jpnn.text.split("\n")] == JPNN_LINES
    depok = read_html((SHARED / "pages" / "depok_penghargaan_table_2021.html").read_bytes(), None)
    data = [row for row in depok.rows if not row.header]
    assert len(data) == 91
    assert {len(row.cells) for row in data} == {4}
    assert all(depok.text[slice(*row.cells[0])].isdigit() and depok.text[slice(*row.cells[1])].count("/") == 2 for row in data)


@needs_shared
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("detik_indeks", "listing"),
        ("kemenagdepok_berita", "JavaScript"),
        ("kemenagdepok_detail-berita", "JavaScript"),
        ("kemenagdepok_index", "home page"),
    ],
)
def test_shared_pages_that_hold_no_article(name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_html((SHARED / "pages" / f"{name}.html").read_bytes(), None)


CHALLENGE = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing x.test.</p></body></html>"
LISTING = "".join(
    f'<div><h3><a href="/{n}">Berita ke-{n} tentang pelayanan</a></h3><p>Ringkasan singkat berita ke-{n} itu.</p></div>' for n in range(9)
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"bukan halaman", "no HTML"),
        (b"%PDF-1.4 x", "document"),
        (CHALLENGE.encode(), "challenge"),
        (b"<title>404 Not Found</title><p>Halaman yang Anda cari tidak ada di peladen ini, silakan kembali ke beranda.</p>", "error page"),
        (f"<title>Indeks</title><body>{LISTING}</body>".encode(), "listing"),
        (b"<html><body><div id='app'></div><script>muat()</script></body></html>", "JavaScript"),
        (b"<p>" + b"x" * 12_100_000, "bytes"),
    ],
)
def test_a_page_without_an_article_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_html(body, "https://x.test/a")
    assert "x.test/a" in str(caught.value) or reason in str(caught.value)


def test_a_selector_that_cannot_be_understood_is_the_sources_fault() -> None:
    with pytest.raises(SourceError, match="selector"):
        read_html(b"<p>Paragraf yang cukup panjang untuk sebuah berita singkat dari kota.</p>", None, PageRules(body=("div[",)))


def test_lines_that_repeat_on_a_site_are_left_out() -> None:
    repeated = "Situs ini milik kita bersama."
    told = "Pemerintah kota menerima penghargaan pelayanan dari kementerian pada Senin."
    body = f"<h1>Judul Berita Daerah</h1><div class='isi'><p>{told}</p><p>{repeated}</p><p>Warga bangga.</p></div>"
    article = read_html(body.encode(), "https://x.test/2020/02/03/a", repeated_lines=frozenset({repeated}))
    assert article.text.split("\n") == [told, "Warga bangga."]
    assert article.published == "2020-02-03"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3000 + "<p>Paragraf yang tersembunyi sangat dalam di halaman ini tetap ada.</p>" + "</div>" * 3000,
        "<p>" + "kata " * 200_000 + "</p>",
        "<table>" + "<tr><td>a</td><td>b</td></tr>" * 20_000 + "</table>",
        "<p>" + "(" * 50_000 + "Baca juga: " * 5_000,
        "<ul>" + "<li><ul>" * 400 + "<li>butir terdalam dari daftar yang bertingkat-tingkat sekali</li>",
    ],
)
def test_a_hostile_page_costs_bounded_time(body: str) -> None:
    try:
        article = read_html(f"<html><body><h1>Judul</h1>{body}</body></html>".encode(), None)
    except ReadError:
        return
    assert isinstance(article, Article)


def part(text: str, **fields: Any) -> Article:
    return Article(key="k", title="Judul", text=text, **fields)


def test_parts_are_joined_without_what_they_repeat() -> None:
    lead = "Ringkasan yang diulang pada setiap halaman berita ini."
    cells = "<tr><th>No</th><th>Kota</th></tr><tr><td>1</td><td>Kota Solok di Sumatera Barat</td></tr>"
    table = read_html(f"<h1>Judul</h1><table>{cells}</table>".encode(), None)
    joined = join_parts([part(f"{lead}\nSatu.", authors=("A",)), part(f"{lead}\nDua.", authors=("A", "B")), table])
    assert joined.text == f"{lead}\nSatu.\nDua.\nNo | Kota\n1 | Kota Solok di Sumatera Barat"
    assert joined.authors == ("A", "B")
    assert [joined.text[start:end] for start, end in joined.rows[1].cells] == ["1", "Kota Solok di Sumatera Barat"]
    assert (joined.rows[1].table, joined.rows[1].row) == (0, 1)
    with pytest.raises(ReadError):
        join_parts([])


PLAIN = "\nPemkot Contoh Terima Piala\n\nKabar.com, BANDUNG — Pemkot  Contoh menerima piala.\n\n"
PLAIN += "Penulis : Ayu Lestari\nEditor : Budi Santoso, S.Sos.\n"


def test_plain_text_stays_as_it_lies() -> None:
    article = read_text(PLAIN, key="a1")
    assert article.title == "Pemkot Contoh Terima Piala"
    assert article.text == PLAIN[PLAIN.index("\n\nKabar") + 1 :]
    assert (article.key, article.outlet, article.authors, article.editors) == ("a1", "Kabar.com", ("Ayu Lestari",), ("Budi Santoso",))
    assert article.language == "id"


@needs_shared
def test_the_seed_as_it_lies() -> None:
    path = next((SHARED / "seeds").glob("*.txt"))
    text = path.read_text(encoding="utf-8")
    article = read_text(text, key=path.stem)
    assert text.endswith(article.text)
    assert text == f"{article.title}\n{article.text}"
    assert (article.outlet, article.authors, article.editors) == ("Bisnis.com", ("Dea Andriyawan",), ("Rustam Agus",))


@pytest.mark.parametrize("text", ["", "  \n", "Hanya judul\n", "PK\x00\x01\nbiner"])
def test_text_that_is_no_article_says_why(text: str) -> None:
    with pytest.raises(ReadError):
        read_text(text, key="x")


def test_article_json_is_not_touched() -> None:
    text = " Jakarta (ANTARA) - Isi  dengan   spasi.\r\nLaporan : Vini\n"
    article = read_json({"key": "b", "title": "T", "text": text, "published": "2022-12-14", "url": None})
    assert article.text == text
    assert (article.authors, article.outlet, article.published) == (("Vini",), "ANTARA", "2022-12-14")
    given = read_json({"key": "b", "title": "T", "text": text, "authors": ["X"], "editors": ["Y"], "outlet": "Z", "language": "en"})
    assert (given.authors, given.editors, given.outlet, given.language) == (("X",), ("Y",), "Z", "en")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "neither"),
        ({"title": 3, "text": "x"}, "must be text"),
        ({"title": "T", "text": "x", "isi": 1}, "unknown field isi"),
        ({"text": "x", "authors": 7}, "not an article"),
    ],
)
def test_bad_article_json_says_why(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_json(data)


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("Senin, 9 Desember 2019 | 14:05 WIB", "2019-12-09T14:05:00+07:00"),
        ("Kabar.com - 09/12/2019, 14.05 WITA", "2019-12-09T14:05:00+08:00"),
        ("18 Agt 2021, 20:10 WIT", "2021-08-18T20:10:00+09:00"),
        ("Dec 9, 2019 4:05 pm", "2019-12-09T16:05:00+07:00"),
        ("Tue, 24 May 2022 19:02:11 +0800", "2022-05-24T19:02:11+08:00"),
        ("2021-07-18T18:52:00Z", "2021-07-19T01:52:00+07:00"),
        ("20 Januari 2026", "2026-01-20"),
        ("31/02/2019", None),
        ("dua jam lalu", None),
        ("", None),
    ],
)
def test_moments_as_pages_print_them(printed: str, moment: str | None) -> None:
    assert read_moment(printed) == moment


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pemkot Contoh raih opini WTP dari BPK untuk laporan keuangan tahun lalu", "id"),
        ("The city was named among the best public service innovators in the country, said the ministry", "en"),
        ("Kerajaan negeri itu berjaya menerima anugerah perkhidmatan awam kerana usaha kakitangan, beliau berkata", "ms"),
        ("Bupati ngendika yen penghargaan iki kanggo kabeh warga sing wis mbantu pamarentah", "jv"),
        ("12345 67890", None),
    ],
)
def test_languages_are_told_apart(text: str, language: str | None) -> None:
    assert detect_language("", text) == language
