"""Evaluations, bodies and programmes tied and parted by decision."""

from __future__ import annotations

import pytest

from store.model.errors import UsageError
from store.model.records import Claim
from store.sql.database import Database
from store.sql.merging import merge
from store.sql.queries import (
    Filters,
    evaluations,
    same_body_candidates,
)
from tests.store.sql.deciding import decide, press, shown, take, the, undo
from tests.store.sql.world import claim, reading


def test_tied_evaluations_stay_one_and_come_apart_when_undone(database: Database) -> None:
    take(database, [*press(), reading("d", claim(predicate="BB", category="Kota Besar Jawa"), claim(predicate="BB"))])
    before = shown(database)
    first, second = sorted(evaluations(database, Filters(programme="sakip")).rows, key=lambda row: str(row["category"]))
    made = decide(database, "same_as", "evaluation", second["key"], other=first["key"])
    assert (the(database)["key"], the(database)["claim_count"]) == (second["key"], 5)
    again = reading("d", claim(predicate="BB", category="Kota Besar Jawa", confidence=0.95), claim(predicate="BB"), reader="2")
    take(database, [*press("2"), again], days=1)
    assert (the(database)["key"], the(database)["claim_count"]) == (second["key"], 5)
    undo(database, made)
    assert shown(database) == before


def test_results_of_two_bodies_can_be_tied(database: Database) -> None:
    take(database, [reading("a", claim("kla", "33.19", predicate="Madya")), reading("b", claim("kla", None, recipient_name="Pemda Kudus"))])
    before = shown(database)
    kept, other = (the(database, "kla", recipient=key) for key in ("33.19", "~pemda-kudus"))
    made = decide(database, "same_as", "evaluation", kept["key"], other=other["key"])
    assert (the(database, "kla")["recipient_key"], the(database, "kla")["claim_count"]) == ("33.19", 2)
    assert merge(database, everything=True).changed == 0
    undo(database, made)
    assert shown(database) == before


def test_a_split_stays_apart_and_is_undone(database: Database) -> None:
    take(database, press())
    before = shown(database)
    made = decide(database, "not_same_as", "evaluation", the(database)["key"], articles=["c"])
    assert sorted((row["predicate"], row["claim_count"]) for row in evaluations(database, Filters(programme="sakip")).rows) == [
        ("A", 1),
        ("BB", 2),
    ]
    take(database, press("2"), days=1)
    assert len(evaluations(database, Filters(programme="sakip")).rows) == 2
    undo(database, made)
    assert shown(database) == before


def test_an_unresolved_name_is_tied_to_its_body(database: Database) -> None:
    told = [reading("a", claim("kla", "33.19", predicate="Madya")), reading("b", claim("kla", None, recipient_name="Pemda Kudus"))]
    take(database, told)
    before = shown(database)
    made = decide(database, "same_as", "entity", "33.19", other="~pemda-kudus")
    assert (the(database, "kla")["recipient_key"], the(database, "kla")["claim_count"]) == ("33.19", 2)
    take(database, [reading("c", claim("kla", None, recipient_name="Pemda Kudus", predicate="Madya"), reader="2")], days=1)
    assert the(database, "kla")["claim_count"] == 3
    take(database, [reading("c", reader="3")], days=2)
    undo(database, made)
    assert shown(database) == before


def test_a_possible_misspelling_is_offered_with_its_features_and_can_be_refused(database: Database) -> None:
    wrong = reading("b", claim("kla", None, recipient_name="Pemerintah Kabupaten Kuduss", predicate="Madya"))
    take(database, [reading("a", claim("kla", "33.19", predicate="Madya")), wrong])
    assert the(database, "kla")["claim_count"] == 2
    (candidate,) = same_body_candidates(database)
    assert (candidate["key"], candidate["other_key"]) == ("~pemerintah-kabupaten-kuduss", "33.19")
    assert set(candidate["features"]) == {"name", "kind", "together", "likely"}
    made = decide(database, "not_same_as", "entity", "~pemerintah-kabupaten-kuduss", other="33.19")
    assert len(evaluations(database, Filters(programme="kla")).rows) == 2
    assert same_body_candidates(database) == []
    undo(database, made)
    assert the(database, "kla")["claim_count"] == 2


def test_two_programmes_are_tied(database: Database) -> None:
    unnamed: Claim = claim(None, programme_name="Anugerah SAKIP", predicate="BB")
    take(database, [*press(), reading("u", unnamed)])
    before = shown(database)
    made = decide(database, "same_as", "programme", "sakip", other="name:anugerah sakip")
    assert the(database)["claim_count"] == 4
    undo(database, made)
    assert shown(database) == before


def test_results_of_two_programmes_are_tied_only_with_their_programmes(database: Database) -> None:
    take(database, [*press(), reading("u", claim(None, "32.04", programme_name="Anugerah SAKIP", predicate="BB"))])
    kept, other = the(database), next(row for row in evaluations(database).rows if row["recipient_key"] == "32.04")
    with pytest.raises(UsageError, match="are results of two programmes"):
        decide(database, "same_as", "evaluation", kept["key"], other=other["key"])
    programmes = decide(database, "same_as", "programme", "sakip", other="name:anugerah sakip")
    before = shown(database)
    other = the(database, recipient="32.04")
    tie = decide(database, "same_as", "evaluation", kept["key"], other=other["key"])
    assert the(database)["claim_count"] == 4
    undo(database, programmes)
    assert the(database)["claim_count"] == 3
    decide(database, "same_as", "programme", "sakip", other="name:anugerah sakip")
    undo(database, tie)
    assert shown(database) == before
