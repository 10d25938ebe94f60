from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from store.model.errors import UsageError
from store.model.records import AgencyMention, Edition, OfficialMention
from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings
from store.sql.merging import merge
from store.sql.queries import (
    Filters,
    agencies,
    articles,
    claims,
    each,
    editions,
    evaluation,
    evaluations,
    officials,
    programmes,
)
from tests.store.sql.costs import FIRST_PAGES, fill, plan, ratio
from tests.store.sql.world import NOW, claim, reading


@pytest.fixture
def told(database: Database) -> Database:
    """A few results of several programmes, bodies and outlets."""
    people = [OfficialMention(name="Oded M. Danial", position="Wali Kota Bandung", agency="Pemerintah Kota Bandung")]
    bodies = [AgencyMention(key="32.73", name="Pemerintah Kota Bandung")]
    readings = [
        reading("a", claim(giver="Kementerian PANRB", giver_key="kemenpanrb", predicate="BB"), officials=people, agencies=bodies),
        reading("b", claim("opini_bpk", "32.04", 2018, predicate="WTP", confidence=0.6), published="2019-06-01", outlet="Kabar Jabar"),
        reading(
            "c", claim("kla", "33.74", 2019, predicate="Madya"), claim("kla", "33.22", 2019, predicate="Nindya"), published="2019-07-23"
        ),
        reading("d", claim("sakip", "33.19", 2020, predicate="B"), published="2021-01-05", outlet="Kabar Jateng", text="Kudus naik kelas."),
        reading("e", claim("sp4n", "32.73", 2019, tier="Top 30"), editions=[Edition(programme="sp4n", year=2019, participants=187)]),
        reading("f", claim("kipp", None, recipient_name="Pemerintah Kota Entah", innovation="Lapor Cepat", tier="Top 45")),
        reading("x", claim(predicate="A", confidence=0.3)),
    ]
    record_readings(database, [Delivery(item) for item in readings], now=NOW)
    merge(database, now=NOW)
    return database


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 7),
        (Filters(programme="sakip"), 2),
        (Filters(programme="Evaluasi SAKIP"), 2),
        (Filters(year=2019), 5),
        (Filters(recipient="32.73"), 2),
        (Filters(recipient="Pemerintah Kota Bandung"), 2),
        (Filters(recipient="Bandung"), 3),
        (Filters(recipient="Kota Semarang"), 1),
        (Filters(recipient="~pemerintah-kota-entah"), 1),
        (Filters(province="33"), 3),
        (Filters(province="Jawa Tengah"), 3),
        (Filters(kind="opinion"), 1),
        (Filters(giver="kemenpanrb"), 1),
        (Filters(giver="Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"), 1),
        (Filters(outlet="Kabar Jabar"), 1),
        (Filters(min_confidence=0.8), 5),
        (Filters(contested=True), 1),
        (Filters(text="bandung"), 3),
        (Filters(text='"kota bandung"'), 2),
        (Filters(text="lapor cep*"), 1),
        (Filters(text="nindya semarang"), 1),
        (Filters(text="nindya kudus"), 0),
        (Filters(programme="kla", province="33", year=2019, text="madya"), 1),
        (Filters(reviews=("accepted",)), 0),
    ],
)
def test_evaluations_are_narrowed(told: Database, filters: Filters, expected: int) -> None:
    assert len(evaluations(told, filters).rows) == expected


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(programme="none"), "there is no programme 'none'"),
        (Filters(recipient="Atlantis"), "there is no body 'Atlantis'"),
        (Filters(province="Atlantis"), "there is no province 'Atlantis'"),
        (Filters(giver="Atlantis"), "there is no body 'Atlantis'"),
        (Filters(position="Wali Kota"), "evaluations cannot be narrowed by position"),
        (Filters(text="?!"), "there is no word to search for"),
    ],
)
def test_what_does_not_exist_is_said(told: Database, filters: Filters, sentence: str) -> None:
    with pytest.raises(UsageError, match=re.escape(sentence)):
        evaluations(told, filters)


@pytest.mark.parametrize("question", [evaluations, claims, articles, agencies, officials, programmes])
def test_pages_follow_each_other_without_gap_or_repeat(told: Database, question: Callable[..., Any]) -> None:
    whole = question(told, limit=1000).rows
    assert list(each(question, told)) == whole
    assert list(each(question, told, limit=2)) == whole[:2]
    paged, after = [], None
    while True:
        found = question(told, limit=2, after=after)
        paged += found.rows
        after = found.next
        if after is None:
            break
    assert paged == whole
    with pytest.raises(UsageError, match="is no cursor"):
        question(told, after="garbage!")


def test_newest_come_first(told: Database) -> None:
    days = [row["shown_date"] for row in evaluations(told).rows]
    assert days == sorted(days, reverse=True)


def test_words_of_articles_are_found(told: Database) -> None:
    assert [row["key"] for row in articles(told, Filters(text="kudus")).rows] == ["d"]
    assert [row["article_key"] for row in claims(told, Filters(text='"naik kelas"')).rows] == ["d"]
    assert [row["key"] for row in articles(told, Filters(outlet="Kabar Jabar")).rows] == ["b"]


def test_registers_are_listed_with_names_spelt_out(told: Database) -> None:
    (bandung,) = agencies(told, Filters(recipient="32.73")).rows
    assert (bandung["parent_name"], bandung["evaluation_count"]) == ("Pemerintah Provinsi Jawa Barat", 2)
    assert [row["key"] for row in agencies(told, Filters(level="kota", province="32")).rows] == ["32.73"]
    assert {row["agency_name"] for row in officials(told, Filters(text="oded")).rows} == {"Pemerintah Kota Bandung"}
    (sakip,) = programmes(told, Filters(text="sakip")).rows
    assert sakip["giver"] == "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
    assert [(row["programme"], row["participants"]) for row in editions(told, Filters(programme="sp4n")).rows] == [("sp4n", 187)]


def test_rows_are_plain_and_alike_on_both_databases(told: Database) -> None:
    row = next(row for row in evaluations(told).rows if row["programme"] == "sp4n")
    assert {name: row[name] for name in ("shown_date", "flags", "also_received_by", "confidence", "event_date", "conflict_count")} == {
        "shown_date": "2019-12-09",
        "flags": [],
        "also_received_by": [],
        "confidence": 0.9,
        "event_date": None,
        "conflict_count": 0,
    }


def test_one_evaluation_in_full(told: Database) -> None:
    (row,) = evaluations(told, Filters(programme="sakip", year=2019)).rows
    found = evaluation(told, row["key"])
    assert found["evaluation"] == row
    assert [item["outlet"] for item in found["articles"]] == ["Harian a", "Harian x"]
    assert [item["field"] for item in found["conflicts"]] == ["predicate"]
    assert found["history"][-1]["shown"]["predicate"] == row["predicate"]
    with pytest.raises(UsageError, match="there is no evaluation nothing"):
        evaluation(told, "nothing")


def uses_an_index(database: Database, filters: Filters) -> None:
    told = plan(database, filters)
    if database.dialect == "sqlite":
        assert re.search(r"USING (COVERING )?INDEX|USING INTEGER PRIMARY KEY|VIRTUAL TABLE INDEX", told), told
        assert not re.search(r"SCAN e$", told, re.M), told
    else:
        assert "Index" in told, told
        assert "Seq Scan on evaluation" not in told, told


def test_every_filtered_first_page_walks_an_index(database: Database) -> None:
    fill(database, 20_000)
    for filters in FIRST_PAGES:
        assert evaluations(database, filters, limit=50).rows
        uses_an_index(database, filters)


@pytest.mark.soak
def test_first_pages_of_a_million_walk_an_index_and_cost_what_their_sql_costs(database: Database) -> None:
    fill(database, 1_000_000)
    for filters in FIRST_PAGES:
        uses_an_index(database, filters)
        assert ratio(database, filters) <= 1.5, filters
