"""Which claims are one result."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

from store.sql.database import Database
from store.sql.ledger import Delivery, record_reading, record_readings, record_registry
from store.sql.merging import merge
from store.sql.queries import Filters, claims, counts, evaluation, evaluations, evaluations_as_of
from tests.store.sql.merged import merged
from tests.store.sql.world import NOW, REGISTRY, claim, dump, reading


def test_a_merge_without_news_does_nothing(database: Database) -> None:
    merged(database, reading("a", claim(predicate="BB")))
    before = dump(database)
    assert merge(database).pairs == 0
    again = merge(database, everything=True)
    assert (again.made, again.changed, again.gone) == (0, 0, 0)
    assert dump(database) == before


def test_different_recipients_categories_and_years_are_different_results(database: Database) -> None:
    told = [
        reading("a", claim(predicate="BB"), claim(predicate="B", recipient="32.04"), claim(predicate="B", year=2018)),
        reading("b", claim("kipp", category="Kesehatan", tier="Top 45"), claim("kipp", category="Pendidikan", tier="Top 45")),
    ]
    assert len(merged(database, *told)) == 5


def test_a_missing_category_joins_the_only_one(database: Database) -> None:
    told = [reading("a", claim("kipp", category="Kategori Umum", tier="Top 45")), reading("b", claim("kipp", tier="Top 45"))]
    (found,) = merged(database, *told)
    assert (found["category"], found["claim_count"]) == ("Kategori Umum", 2)
    assert len(merged(database, reading("c", claim("kipp", category="Kesehatan", tier="Top 45")))) == 2


def test_forms_of_one_category_and_misspelt_innovations_are_one(database: Database) -> None:
    told = [
        reading("a", claim("kipp", innovation="Lapor Semarang Hebat", category="Umum", tier="Top 45")),
        reading("b", claim("kipp", innovation="Lapor Semarang Hebat", category="kategori umum", tier="Top 45")),
        reading("c", claim("kipp", innovation="Lapor Semarang Hebatt", category="Umum", tier="Top 45")),
        reading("d", claim("kipp", innovation="Lapor Semarang", category="Umum", tier="Top 45")),
    ]
    (found,) = merged(database, *told)
    assert found["innovation"] == "Lapor Semarang Hebat"


def test_two_claims_of_one_article_are_never_one_result(database: Database) -> None:
    told = reading("a", claim("kipp", tier="Top 45"), claim("kipp", category="Umum", tier="Top 45"))
    assert len(merged(database, told)) == 2


def test_a_claim_that_could_mean_several_results_of_one_edition_adds_none(database: Database) -> None:
    both = [reading(name, claim("kipp", category=name, tier="Top 45")) for name in ("Kesehatan", "Pendidikan")]
    told = merged(database, *both, reading("c", claim("kipp", tier="Top 45")), reading("d", claim("kipp", year=None, tier="Top 45")))
    assert sorted((row["category"], row["claim_count"]) for row in told) == [("Kesehatan", 1), ("Pendidikan", 1)]
    assert [row["evaluation_key"] for row in claims(database).rows].count(None) == 2


def test_claims_that_lack_different_parts_complete_each_other(database: Database) -> None:
    told = [reading("a", claim("kipp", tier="Top 45")), reading("b", claim("kipp", year=None, category="Kesehatan", tier="Top 45"))]
    (found,) = merged(database, *told)
    assert (found["edition_year"], found["category"], found["claim_count"]) == (2019, "Kesehatan", 2)


def test_background_supports_and_makes_nothing(database: Database) -> None:
    earlier = claim(predicate="B", year=2018, flags=("background",))
    (found,) = merged(database, reading("a", claim(predicate="BB"), earlier))
    assert found["edition_year"] == 2019
    assert [row["evaluation_key"] for row in claims(database, Filters(year=2018)).rows] == [None]
    told = merged(database, reading("b", claim(predicate="B", year=2018), published="2018-12-01"))
    assert {(row["edition_year"], row["claim_count"], row["source_count"]) for row in told} == {(2019, 1, 1), (2018, 2, 2)}


def test_a_misspelt_recipient_joins_where_result_and_days_agree(database: Database) -> None:
    right = reading("a", claim("kla", "33.05", predicate="Madya"))
    wrong = reading("b", claim("kla", None, recipient_name="Pemerintah Kabupaten Kebumem", predicate="Madya"))
    (found,) = merged(database, right, wrong)
    assert (found["recipient_key"], found["claim_count"]) == ("33.05", 2)
    assert [row["recipient_key"] for row in claims(database).rows].count(None) == 1
    other = reading("c", claim("kla", None, recipient_name="Pemerintah Kabupaten Kebumem", predicate="Utama"))
    keys = {row["recipient_key"] for row in merged(database, other)}
    assert keys == {"33.05", None}


def test_an_ambiguous_name_is_never_taken_for_a_body(database: Database) -> None:
    told = [
        reading("a", claim("kla", "32.73", predicate="Madya")),
        reading("b", claim("kla", None, recipient_name="Bandung", predicate="Madya")),
    ]
    assert {row["recipient_key"] for row in merged(database, *told)} == {"32.73", None}


def test_programmes_without_key_are_told_apart_by_name_and_giver(database: Database) -> None:
    def told(key: str, name: str | None, giver: str | None, **more: Any) -> Any:
        return reading(key, claim(None, programme_name=name, giver=giver, **more))

    found = merged(
        database,
        told("a", "Anugerah Kota Cerdas", "Majalah Warta", tier="Emas"),
        told("b", "ANUGERAH KOTA CERDAS", None, tier="Emas"),
        told("c", "Anugerah Kota Cerdas", "Yayasan Lain", tier="Perak", year=2017),
        told("d", None, "Majalah Warta", tier="Gold"),
        told("e", None, "Majalah Warta", predicate="Terpuji"),
    )
    assert sorted((row["programme_name"] or "", row["giver"], row["claim_count"]) for row in found) == [
        ("", "Majalah Warta", 1),
        ("", "Majalah Warta", 1),
        ("Anugerah Kota Cerdas", "Majalah Warta", 2),
        ("Anugerah Kota Cerdas", "Yayasan Lain", 1),
    ]


def test_a_corrected_article_takes_its_older_claim_back(database: Database) -> None:
    merged(database, reading("a", claim(predicate="B", year=2018), text="Semula"))
    record_reading(database, reading("a", claim(predicate="BB", year=2019), text="Ralat"), now=NOW + timedelta(days=1))
    merge(database, now=NOW + timedelta(days=1))
    (found,) = evaluations(database).rows
    assert (found["edition_year"], found["predicate"]) == (2019, "BB")
    (before,) = evaluations_as_of(database, NOW + timedelta(hours=1))
    assert (before["edition_year"], before["predicate"]) == (2018, "B")
    assert evaluations_as_of(database, NOW - timedelta(days=1)) == []


def test_an_evaluation_is_found_under_the_key_it_had_before(database: Database) -> None:
    (first,) = merged(database, reading("a", claim(predicate="BB", year=None)))
    (second,) = merged(database, reading("b", claim(predicate="BB", year=2019)))
    assert first["key"] != second["key"]
    found = evaluation(database, first["key"])
    assert found["evaluation"]["key"] == second["key"]
    assert len(found["claims"]) == 2
    assert found["history"][0]["shown"]["predicate"] == "BB"


def test_a_quotation_stands_in_the_text_of_its_article(database: Database) -> None:
    (found,) = merged(database, reading("a", claim(predicate="BB")))
    detail = evaluation(database, found["key"])
    text = {item["version_key"]: item["text"] for item in detail["articles"]}
    for told in detail["claims"]:
        for span in told["evidence"]:
            assert text[told["version_key"]][span["start"] : span["end"]] == span["text"] == "Pemerintah Kota Bandung"


def test_every_order_and_every_batch_gives_the_same_evaluations(database: Database, make_database: Any) -> None:
    day = date(2019, 12, 9)
    told = [
        reading("a", claim(predicate="BB", event_date=day)),
        reading("b", claim(predicate="BB", year=2018, event_date=day)),
        reading("c", claim(predicate="A", year=None)),
        reading("d", claim(predicate="BB", category="Kota"), published="2020-01-02"),
        reading("e", claim(predicate="BB", flags=("background",))),
    ]
    expected = None
    for number, order in enumerate(list(permutations(told))[::40]):
        fresh = make_database()
        for one in order:
            record_reading(fresh, one, now=NOW)
            if number % 2:
                merge(fresh)
        merge(fresh)
        found = [{k: v for k, v in row.items() if k != "id"} for row in dump(fresh)["evaluation"]], dump(fresh)["conflict"]
        expected = expected or found
        assert found == expected
        fresh.close()


def test_only_the_articles_asked_for_are_merged(database: Database) -> None:
    record_readings(database, [Delivery(reading("a", claim())), Delivery(reading("b", claim("kla")))])
    merge(database, ["a"])
    assert [row["programme"] for row in evaluations(database).rows] == ["sakip"]
    assert counts(database)["unmerged"] == 1


def test_a_registry_that_learns_a_body_lets_its_misspellings_join(database: Database) -> None:
    merged(database, reading("a", claim("kla", None, recipient_name="Pemerintah Kabupaten Kuduss", predicate="Madya")))
    record_registry(database, REGISTRY)
    (found,) = merged(database, reading("b", claim("kla", "33.19", predicate="Madya")))
    assert (found["recipient_key"], found["claim_count"]) == ("33.19", 2)
