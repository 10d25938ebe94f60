"""Which edition a claim belongs to where its year is missing, the ceremony's, or a slip."""

from __future__ import annotations

from datetime import date

from store.sql.database import Database
from tests.store.sql.merged import conflicts, merged
from tests.store.sql.world import claim, reading


def test_a_missing_year_joins_the_only_edition_it_can_belong_to(database: Database) -> None:
    (found,) = merged(database, reading("a", claim(predicate="BB")), reading("b", claim(predicate="BB", year=None)))
    assert (found["edition_year"], found["claim_count"]) == (2019, 2)


def test_a_missing_year_between_two_editions_stands_alone_unless_its_days_say_which(database: Database) -> None:
    told = [
        reading("a", claim(predicate="BB", year=2018), published="2018-12-09"),
        reading("b", claim(predicate="BB", year=2019), published="2019-12-09"),
        reading("c", claim(predicate="BB", year=None), published="2019-12-11"),
        reading("d", claim(predicate="BB", year=None), published="2019-06-01"),
    ]
    assert {(row["edition_year"], row["claim_count"]) for row in merged(database, *told)} == {(2018, 2), (2019, 2)}
    late = reading("e", claim(predicate="BB", year=None), published=None)
    assert {(row["edition_year"], row["claim_count"]) for row in merged(database, late)} == {(2018, 2), (2019, 2), (None, 1)}


def test_claims_without_year_far_apart_are_different_results(database: Database) -> None:
    told = [reading(f"a{year}", claim(predicate="BB", year=None), published=f"{year}-05-01") for year in (2015, 2017, 2019)]
    assert len(merged(database, *told, reading("b", claim(predicate="BB", year=None), published="2017-05-20"))) == 3


def test_the_ceremony_year_taken_for_the_edition_year_does_not_split(database: Database) -> None:
    day = date(2020, 6, 10)
    told = [
        reading("a", claim("opini_bpk", year=2019, predicate="WTP", event_date=day), published="2020-06-10"),
        reading("b", claim("opini_bpk", year=2020, predicate="WTP", event_date=day), published="2020-06-11"),
        reading("c", claim("opini_bpk", year=2020, predicate="WTP"), published="2020-06-12"),
    ]
    (found,) = merged(database, *told)
    assert (found["edition_year"], found["rules"]["edition_year"], found["claim_count"]) == (2019, "identity", 3)
    assert conflicts(database, found["key"])["edition_year"] == [2019, 2020]


def test_the_next_years_result_is_not_taken_for_this_ones(database: Database) -> None:
    told = [
        reading("a", claim("opini_bpk", year=2019, predicate="WTP", event_date=date(2020, 6, 10)), published="2020-06-10"),
        reading("b", claim("opini_bpk", year=2020, predicate="WTP", event_date=date(2021, 5, 20)), published="2021-05-20"),
        reading("c", claim("opini_bpk", year=2020, predicate="WTP"), published="2021-05-22"),
    ]
    assert {(row["edition_year"], row["claim_count"]) for row in merged(database, *told)} == {(2019, 1), (2020, 2)}


def test_a_slip_in_the_year_follows_the_day_that_most_tell(database: Database) -> None:
    day = date(2019, 12, 9)
    told = [reading(f"a{n}", claim(predicate="BB", event_date=day)) for n in range(2)]
    slip = reading("s", claim(predicate="BB", year=2018, event_date=day))
    genuine = reading("g", claim(predicate="BB", year=2018, event_date=date(2018, 12, 10)), published="2018-12-10")
    assert {(row["edition_year"], row["claim_count"]) for row in merged(database, *told, slip, genuine)} == {(2019, 3), (2018, 1)}


def test_a_programme_that_judges_the_year_before_never_judges_the_year_of_its_ceremony(database: Database) -> None:
    (found,) = merged(database, reading("a", claim("opini_bpk", year=2020, predicate="WTP"), published="2020-06-12"))
    assert (found["edition_year"], found["rules"]["edition_year"]) == (2019, "identity")
    assert conflicts(database, found["key"])["edition_year"] == [2020]
