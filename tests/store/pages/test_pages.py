"""What the pages answer: languages, data of every page, all rows, the reconciliation service."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest

from store.model.errors import StoreError
from store.model.records import Flag
from store.release.pages.guard import plain_cell
from store.release.pages.marks import pieces
from store.release.pages.questions import questions
from store.release.pages.search import match
from store.release.pages.serve import pages
from store.release.pages.tiles import GRID, SHORT
from store.release.pages.words import FLAG_MEANINGS, FLAGS
from store.release.shelf import DATA
from tests.store.pages.conftest import get


def test_a_page_says_its_data(site: str) -> None:
    card = json.loads(get(f"{site}/instansi/32.73.json").body)
    assert card["agency"]["name"] == "Pemerintah Kota Bandung"
    for path in ("/beranda.json", "/program/sakip.json", "/banding.json?i=32.73&i=33.19", "/mutu.json", "/program.json", "/instansi.json"):
        found = get(site + path)
        assert found.status == 200, path
        assert json.loads(found.body), path


def test_english_stays_english(site: str) -> None:
    page = get(f"{site}/en/instansi/32.73").body
    assert '<html lang="en">' in page
    assert "results on record" in page
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert {link for link in links if link.startswith("/") and not link.startswith(("/en", "/-/"))} == {"/instansi/32.73"}
    assert "/en/rapor/evaluations" in get(f"{site}/en/rapor").body


def test_every_list_gives_all_rows(site: str, shown: Path) -> None:
    with closing(sqlite3.connect(shown / DATA)) as release:
        for table in ("evaluations", "claims", "agencies", "officials", "programmes", "coverage", "warnings"):
            rows = list(csv.reader(io.StringIO(get(f"{site}/rapor/{table}.csv").body, newline="")))
            assert len(rows) - 1 == release.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
        held = release.execute("SELECT count(*) FROM evaluations WHERE agency_key = '32.73'").fetchone()[0]
    assert len(json.loads(get(f"{site}/cari.json?agency_key=32.73").body)) == held


def test_facets_count_what_their_links_find(site: str) -> None:
    whole = json.loads(get(f"{site}/cari.json?q=pemerintah").body)
    page = get(f"{site}/cari?q=pemerintah").body
    assert f"<h2>{len(whole)} " in page
    narrowed = json.loads(get(f"{site}/cari.json?q=pemerintah&programme=sakip").body)
    assert len(narrowed) == sum(row["programme"] == "sakip" for row in whole) > 0


@pytest.mark.parametrize("one", questions(), ids=lambda one: one.name)
def test_a_ready_question_is_answered_with_its_sql(one: object, site: str) -> None:
    name, sql = one.name, one.sql  # type: ignore[attr-defined]
    page = get(f"{site}/rapor/{name}?programme=sakip&year=2017&outlet=Kabar")
    assert page.status == 200
    assert sql.splitlines()[0].split("(")[0] in page.body
    assert get(f"{site}/rapor/{name}.csv?programme=sakip&year=2017&outlet=Kabar").status == 200


def test_league_table_is_right(site: str) -> None:
    rows = json.loads(get(f"{site}/rapor/peringkat.json?programme=sakip&year=2017").body)
    assert (rows[0]["recipient_name"], rows[0]["result"]) == ("Pemerintah Kota Bandung", "BB")


def test_openrefine_finds_a_city_and_is_told_why(site: str) -> None:
    manifest = json.loads(get(f"{site}/reconcile").body)
    assert manifest["view"]["url"] == f"{site}/{{{{id}}}}"
    asked = quote(json.dumps({"q0": {"query": "Pemkot Bandung"}, "q1": {"query": "Oded Danial", "type": "officials"}}))
    found = json.loads(get(f"{site}/reconcile", f"queries={asked}".encode()).body)
    best = found["q0"]["result"][0]
    assert (best["id"], best["match"]) == ("agencies/32.73", True)
    assert best["features"][0]["id"] == "name_spelling"
    assert found["q1"]["result"][0]["id"].startswith("officials/")
    assert "Pemerintah Kota Bandung" in get(f"{site}/{best['id']}").body


def test_marks_never_lose_a_character() -> None:
    sentence = "Kota Bandung meraih BB"
    marks = [
        {"start": 0, "end": 12, "fields": ["recipient"]},
        {"start": 5, "end": 30, "fields": ["programme"]},
        {"start": 20, "end": 22, "fields": ["predicate"]},
    ]
    found = pieces(sentence, marks)
    assert "".join(one["text"] for one in found) == sentence
    assert [one["group"] for one in found] == ["recipient", "programme", "result"]


def test_every_flag_has_a_name_and_a_meaning_in_both_languages_and_a_row_in_the_readme() -> None:
    flags = set(get_args(Flag))
    assert flags == set(FLAGS) == set(FLAG_MEANINGS)
    assert all(text.strip() for pair in (*FLAGS.values(), *FLAG_MEANINGS.values()) for text in pair)
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text("utf-8")
    assert flags == set(
        re.findall(r"^\| `(\w+)` \|.*\|.*\|$", readme.partition("## What the flags mean")[2].partition("\n## ")[0], re.MULTILINE)
    )


def test_the_words_of_a_flag_are_marked_as_a_note() -> None:
    sentence = "Kota Depok diduga meraih WTP"
    found = pieces(sentence, [{"start": 11, "end": 17, "fields": ["flags"]}])
    assert [(piece["text"], piece["group"]) for piece in found] == [("Kota Depok ", ""), ("diduga", "note"), (" meraih WTP", "")]


def test_words_of_readers_have_no_special_meaning() -> None:
    assert match('bandung OR "kota besar" NEAR(x) *') == '"bandung" "OR" "kota besar" "NEAR(x)"'
    assert match('"') == ""


def test_cells_that_start_a_formula_are_plain() -> None:
    assert [plain_cell(cell) for cell in ("=1+1", "+62", "-3,5", "-cmd", "@x", "biasa")] == [
        "'=1+1",
        "+62",
        "-3,5",
        "'-cmd",
        "'@x",
        "biasa",
    ]


def test_there_are_38_tiles() -> None:
    placed = [code for line in GRID for code in line if code]
    assert sorted(placed) == sorted(SHORT)
    assert len(placed) == 38


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database at all")
    with pytest.raises(StoreError, match="rapor publish"):
        pages(tmp_path / "x.sqlite")


def test_the_pages_start_without_the_heavy_ones(shown: Path) -> None:
    code = "import sys\nfrom pathlib import Path\nimport flows.cli.browse\n"
    code += f"from store.release.pages.serve import pages\npages(Path({str(shown / DATA)!r}))\n"
    code += "print(sorted({name.partition('.')[0] for name in sys.modules} & {'prefect', 'spacy', 'scrapy', 'twisted', 'trafilatura'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.strip() == "[]"
