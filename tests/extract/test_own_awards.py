"""Bodies' own lists of their awards: who holds each, what the columns say of it, and why a row is nobody's in government."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.reader import Reader
from extract.tables.own_awards import BY_DEFAULT, NAMED
from store.model.records import Claim
from store.sql.wilson import wilson
from tests.quality.own_tables import TABLES, OwnTable
from tests.quality.tables import HOLDERS, REAL, WAYS, count, page, rows


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def table(name: str) -> OwnTable:
    return next(item for item in TABLES if item.name == name)


def claims(reader: Reader, item: OwnTable) -> list[Claim]:
    return [claim for outcome in reader.scene_and_rows(page(item))[1] for claim in outcome.claims]


@pytest.mark.parametrize("item", TABLES, ids=[item.name for item in TABLES])
def test_every_row_goes_to_those_who_hold_the_award(reader: Reader, item: OwnTable) -> None:
    outcomes = reader.scene_and_rows(page(item))[1]
    told = [tuple(sorted(claim.recipient_key or claim.recipient_name for claim in outcome.claims)) for outcome in outcomes]
    assert told == [keys for _, keys in item.rows]
    assert all(bool(outcome.claims) != bool(outcome.reason) for outcome in outcomes)
    article = page(item)
    assert len(reader.read_article(article).claims) == sum(map(len, told)), "every quotation stands in the article"


def test_what_columns_say_goes_to_the_claim(reader: Reader) -> None:
    found = claims(reader, table("a kabupaten by year, nobody named"))
    assert [(claim.edition_year, claim.rank, claim.tier) for claim in found][2:] == [(2022, 2, None), (2023, 1, "Juara Umum")]
    assert [claim.giver for claim in found] == ["Kementerian PPPA", "BPK RI", "Gubernur DIY", "Kementerian Investasi"]
    assert all(item.row for claim in found for item in claim.evidence if item.field == "giver")


def test_a_plain_head_over_other_bodies_names_who_gave(reader: Reader) -> None:
    found = claims(reader, table("a city known by its address, with givers under a plain head"))
    assert [(claim.programme, claim.predicate, claim.giver) for claim in found] == [
        ("kla", "Nindya", "Kementerian PPPA"),
        (None, None, "Provinsi Jawa Barat"),
    ]


def test_since_when_is_no_edition(reader: Reader) -> None:
    by_year = claims(reader, table("a kabupaten by year, nobody named"))[1]
    told = claims(reader, table("a city in sentences"))[-1]
    assert (by_year.programme, by_year.edition_year, by_year.predicate) == ("opini_bpk", 2020, "WTP")
    assert (told.programme, told.edition_year, told.predicate) == ("opini_bpk", 2022, "WTP")


def test_refusals_say_whose_prize_it_is(reader: Reader) -> None:
    reasons = [outcome.reason for outcome in reader.scene_and_rows(page(table("a city in sentences")))[1]]
    assert "persons or pupils" in reasons[2]
    assert "residents" in reasons[3]
    assert reasons[4] == "it names no award"
    assert reasons[6] == "“Rina Wulandari” is no public body that the registry or its name tells"
    nobodys = OwnTable("", "Penghargaan", "Tanggal | Penghargaan | Deskripsi", (("04/03/2023 | Duta Baca | Siswi terpilih.", ()),))
    assert [outcome.reason for outcome in reader.scene_and_rows(page(nobodys))[1]] == [
        "neither the title nor the address says whose awards these are"
    ]


@pytest.mark.skipif(not REAL.is_file(), reason="the shared pages are not on this machine")
def test_the_91_rows_of_a_citys_award_table(reader: Reader) -> None:
    outcomes = [outcome for where, outcome, _ in rows(reader) if where.startswith("the real table")]
    assert len(outcomes) == 91
    assert all(bool(outcome.claims) != bool(outcome.reason) for outcome in outcomes)
    found = [claim for outcome in outcomes for claim in outcome.claims]
    assert all(claim.event_date and claim.recipient_key for claim in found)
    assert all(item.row == outcome.row.row for outcome in outcomes for claim in outcome.claims for item in claim.evidence if item.row)
    wrong = [
        number for number, outcome in enumerate(outcomes, start=1) if {claim.recipient_key for claim in outcome.claims} != HOLDERS[number]
    ]
    assert len(wrong) <= 4
    assert [outcomes[row - 1].claims[0].edition_year for row in (20, 52)] == [2020, 2021], "the streak's first year is no edition"
    assert not outcomes[70].claims, "a person's prize stays a person's"
    assert len(outcomes[27].claims) == 3, "three villages hold one predicate"


def test_the_confidence_of_rows_is_what_was_counted(reader: Reader) -> None:
    if not REAL.is_file():
        pytest.skip("the shared pages are not on this machine")
    right, missed, _ = count(rows(reader))
    for constant in (NAMED, BY_DEFAULT):
        hits = right[WAYS[constant], True]
        bound = wilson(hits, hits + right[WAYS[constant], False])[0]
        assert bound is not None
        assert constant <= bound / 100 + 0.005
    assert missed <= 3
