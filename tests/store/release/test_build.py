from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from store.model.errors import StoreError, UsageError
from store.release.build import build
from store.release.facts import topics
from store.release.publish import publish
from store.release.schema import TABLES
from store.release.shelf import DATA
from store.sql.database import Database
from store.sql.ledger import draw_sample, judge_sample
from store.sql.queries import Filters, evaluations
from tests.store.release.conftest import Row, decide, facts, key_of, press, rows, take
from tests.store.sql.world import NOW, claim, reading


def test_an_evaluation_stands_flat_with_names_keys_words_and_sources(release: Path) -> None:
    (row,) = rows(release, "SELECT * FROM evaluations WHERE programme = 'sakip'")
    assert (row["recipient_name"], row["agency_key"], row["level"], row["province_name"]) == (
        "Pemerintah Kota Bandung",
        "32.73",
        "kota",
        "Jawa Barat",
    )
    assert (row["result"], row["predicate"], row["step"], row["step_count"], row["topic"]) == ("BB", "BB", 3, 5, "accountability")
    assert (row["claim_count"], row["source_count"], row["conflict_count"]) == (3, 3, 1)
    assert row["outlets"] == '["Harian a", "Harian b", "Harian c"]'
    assert row["quotation"] == "Pemerintah Kota Bandung"
    assert row["people"] == "Oded M. Danial"
    assert [(one["value"], one["shown"]) for one in rows(release, "SELECT * FROM conflicts ORDER BY place")] == [("BB", 1), ("A", 0)]


def test_every_reference_leads_to_a_row(release: Path) -> None:
    for table in TABLES:
        for column in table.columns:
            if column.to and column.name != "became_key":
                other, _, key = column.to.partition(".")
                lost = f"SELECT {column.name} FROM {table.name} WHERE {column.name} NOT IN (SELECT {key} FROM {other})"
                assert rows(release, lost) == [], f"{table.name}.{column.name}"


def test_marks_point_to_the_read_words(release: Path) -> None:
    found = rows(release, "SELECT quotation, marks FROM quotations")
    assert len(found) == 7
    for row in found:
        (mark,) = json.loads(row["marks"])
        assert row["quotation"][mark["start"] : mark["end"]] == row["quotation"]
        assert mark["fields"] == ["recipient"]


def test_the_text_of_no_article_is_in_it(told: Database, release: Path) -> None:
    with told.reading() as connection:
        (text,) = connection.exec_driver_sql("SELECT text FROM article_version WHERE article_key = 'a'").one()
    hidden = text.splitlines()[0].split(". ")[1].encode()
    assert len(hidden) > 100
    for path in release.rglob("*"):
        if path.is_file():
            assert hidden not in path.read_bytes(), path.name


def test_people_are_found_with_what_they_took(release: Path) -> None:
    (person,) = rows(release, "SELECT * FROM officials WHERE received_count > 0")
    (handover,) = rows(release, "SELECT * FROM handovers")
    assert (person["name"], person["received_count"], person["presented_count"]) == ("Oded M. Danial", 1, 0)
    assert (handover["official_key"], handover["role"]) == (person["key"], "received")
    assert "Wali Kota Bandung" in person["positions"]


def test_words_find_evaluations_bodies_people_programmes_and_articles(release: Path) -> None:
    asked = {
        "evaluations": ("bandung", "recipient_name"),
        "agencies": ("kudus", "name"),
        "officials": ("oded", "name"),
        "programmes": ("sp4n", "name"),
        "articles": ("berita", "title"),
    }
    for table, (word, column) in asked.items():
        sql = f"SELECT {column} AS found FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"
        found = rows(release, sql, word)
        assert found, table
        assert all(word in row["found"].lower() for row in found)


def test_coverage_counts_what_is_there(release: Path) -> None:
    (all_of_it,) = rows(release, "SELECT * FROM coverage WHERE dimension = 'all' AND year IS NULL")
    (held,) = rows(release, "SELECT count(*) AS n, count(DISTINCT agency_key) AS bodies FROM evaluations")
    assert (all_of_it["evaluation_count"], all_of_it["agency_count"]) == (held["n"], held["bodies"])
    years = rows(release, "SELECT year, evaluation_count AS n FROM coverage WHERE dimension = 'programme' AND value = 'opini_bpk'")
    assert {row["year"]: row["n"] for row in years} == {None: 2, 2018: 2}
    by_outlet = rows(release, "SELECT sum(evaluation_count) AS n FROM coverage WHERE dimension = 'outlet' AND year IS NULL")
    assert by_outlet[0]["n"] == 7


def test_what_was_taken_down_or_rejected_is_nowhere(told: Database, tmp_path: Path) -> None:
    take(told, [reading("secret", claim("kipp", None, recipient_name="Dinas Rahasia", tier="Top 5"), title="Dinas Rahasia meraih Top 5")])
    (hidden,) = [row["key"] for row in _evaluations(told, "kipp") if row["recipient_name"] == "Dinas Rahasia"]
    decide(told, "take_down", "evaluation", hidden, reason="a court says so")
    decide(told, "reject", "evaluation", key_of(told, "kla"))
    folder = publish(told, tmp_path / "shelf", facts())
    assert rows(folder, "SELECT 1 FROM evaluations WHERE programme = 'kla'") == []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Rahasia" not in content, path.name
            assert hidden.encode() not in content, path.name
            assert not re.search(rb"\bsiti\b", content), path.name


def test_an_article_that_tells_a_hidden_result_and_another_stays_for_the_other(told: Database, tmp_path: Path) -> None:
    take(told, [reading("both", claim("kla", "32.73", 2020, predicate="Madya"), claim("kla", "33.74", 2020, predicate="Nindya"))])
    decide(told, "take_down", "evaluation", key_of(told, "kla", "32.73"), reason="asked for")
    folder = publish(told, tmp_path / "shelf", facts())
    assert rows(folder, "SELECT recipient_key FROM claims WHERE article_key = 'both'") == [{"recipient_key": "33.74"}]
    assert rows(folder, "SELECT claim_count FROM articles WHERE key = 'both'") == [{"claim_count": 1}]


def test_an_article_that_was_taken_down_is_nowhere(told: Database, tmp_path: Path) -> None:
    take(told, [reading("gone", claim(predicate="BB"), title="Judul yang ditarik")])
    decide(told, "take_down", "article", "gone", reason="its publisher asked")
    folder = publish(told, tmp_path / "shelf", facts())
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"Judul yang ditarik" not in path.read_bytes(), path.name
    assert rows(folder, "SELECT claim_count FROM evaluations WHERE programme = 'sakip'") == [{"claim_count": 3}]


def _evaluations(database: Database, programme: str) -> list[Row]:
    return evaluations(database, Filters(programme=programme)).rows


def test_the_last_judged_sample_and_the_figures_of_the_reader_stand_in_quality(told: Database, tmp_path: Path) -> None:
    sample = draw_sample(told, 3, seed=1, now=NOW)
    judge_sample(told, sample, {1: "right", 2: "right", 3: "wrong"}, by="siti", now=NOW)
    figures = {"blind": {"found": {"value": 0.61, "low": 0.4, "high": 0.8, "cases": 54}}}
    folder = publish(told, tmp_path / "shelf", facts(figures=figures))
    found = rows(folder, "SELECT measured_on, measure, value, low, high, cases FROM quality ORDER BY place")
    assert found[0] == {"measured_on": "blind", "measure": "found", "value": 0.61, "low": 0.4, "high": 0.8, "cases": 54}
    assert (found[1]["measured_on"], found[1]["value"], found[1]["cases"]) == (f"sample {sample}", 0.6667, 3)
    assert found[1]["low"] < 0.6667 < found[1]["high"]


def test_both_databases_give_the_same_release(
    make_sqlite: Callable[[], Database], make_postgres: Callable[[], Database], tmp_path: Path
) -> None:
    made = []
    for name, make in (("sqlite", make_sqlite), ("postgresql", make_postgres)):
        database = make()
        take(database, press())
        build(database, tmp_path / f"{name}.sqlite", facts())
        with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as release:
            made.append(list(release.iterdump()))
    assert made[0] == made[1]


def test_every_programme_of_the_registry_has_a_topic() -> None:
    files = sorted((Path(__file__).resolve().parents[3] / "extract/resources/programmes").glob("*.yml"))
    keys = {item["key"] for path in files for item in yaml.safe_load(path.read_text(encoding="utf-8"))}
    assert keys - set(topics()) == set(), "give these a row in store/release/topics.csv"
    assert set(topics()) - keys == set()


def test_a_release_that_is_there_is_never_changed(told: Database, release: Path) -> None:
    before = (release / DATA).read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        publish(told, release.parent, facts())
    assert (release / DATA).read_bytes() == before


def test_a_failed_release_leaves_nothing_behind(told: Database, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    with pytest.raises(UsageError, match="there is no release"):
        publish(told, shelf, facts(previous="2024.05.05"))
    told.path.write_bytes(b"no database") if told.path else None
    broken = Database(f"sqlite:///{told.path}")
    with pytest.raises(StoreError):
        publish(broken, shelf, facts())
    assert list(shelf.iterdir()) == []
