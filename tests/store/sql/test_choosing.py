"""Which of the told values is shown, and what stands beside it."""

from __future__ import annotations

from store.model.records import Person
from store.sql.database import Database
from store.sql.ledger import Delivery, record_sources
from store.sql.queries import Filters, claims, evaluation, evaluations
from tests.store.sql.merged import conflicts, merged
from tests.store.sql.world import SOURCES, claim, reading


def test_many_articles_make_one_evaluation(database: Database) -> None:
    (found,) = merged(database, *(reading(f"a{n}", claim(predicate="BB", score=74.54, score_unit="index100")) for n in range(4)))
    assert (found["predicate"], found["score"], found["claim_count"], found["source_count"], found["conflict_count"]) == (
        "BB",
        74.54,
        4,
        4,
        0,
    )
    assert (found["recipient_name"], found["programme_name"], found["province_name"]) == (
        "Pemerintah Kota Bandung",
        "Evaluasi SAKIP",
        "Jawa Barat",
    )
    assert found["rules"]["predicate"] == "agreed"
    assert found["confidence"] == 0.99


def test_different_values_stand_side_by_side_with_who_said_them(database: Database) -> None:
    (found,) = merged(
        database, reading("a", claim(predicate="BB")), reading("b", claim(predicate="BB")), reading("c", claim(predicate="A"))
    )
    assert (found["predicate"], found["rules"]["predicate"], found["conflict_count"]) == ("BB", "majority", 1)
    (conflict,) = evaluation(database, found["key"])["conflicts"]
    assert [(one["value"], one["shown"], one["source_count"]) for one in conflict["values"]] == [("BB", True, 2), ("A", False, 1)]
    said = {row["key"]: row["outlet"] for row in claims(database).rows}
    assert [said[key] for key in conflict["values"][1]["claim_keys"]] == ["Harian c"]


def test_a_body_that_speaks_for_itself_goes_before_the_majority(database: Database) -> None:
    record_sources(database, SOURCES)
    (found,) = merged(
        database,
        reading("a", claim(predicate="BB")),
        reading("b", claim(predicate="BB")),
        Delivery(reading("c", claim(predicate="A")), source="kemenpanrb"),
    )
    assert (found["predicate"], found["rules"]["predicate"], found["official_count"]) == ("A", "official", 1)


def test_copies_of_one_story_outvote_nobody(database: Database) -> None:
    wire = " ".join(f"kabar{n}" for n in range(80))
    copies = [Delivery(reading(f"c{n}", claim(predicate="A"), text=wire), signature=("wire",)) for n in range(5)]
    (found,) = merged(database, *copies, reading("x", claim(predicate="BB")), reading("y", claim(predicate="BB")))
    assert (found["predicate"], found["source_count"], found["article_count"]) == ("BB", 3, 7)


def test_a_rounded_score_agrees_and_the_precise_one_is_shown(database: Database) -> None:
    told = [claim(score=score, score_unit="index100") for score in (74.5, 74.54, 74.54, 75.0)]
    (found,) = merged(database, *(reading(f"a{n}", one) for n, one in enumerate(told)))
    assert found["score"] == 74.54
    assert conflicts(database, found["key"]) == {}


def test_two_notations_of_one_predicate_agree_and_signs_count(database: Database) -> None:
    (found,) = merged(database, reading("a", claim(predicate="BB")), reading("b", claim(predicate="Sangat Baik (BB)")))
    assert found["conflict_count"] == 0
    merged(database, reading("c", claim("kla", predicate="A")), reading("d", claim("kla", predicate="A-")))
    (other,) = evaluations(database, Filters(programme="kla")).rows
    assert other["conflict_count"] == 1


def test_the_latest_wins_where_nothing_else_decides(database: Database) -> None:
    (found,) = merged(
        database,
        reading("a", claim(predicate="BB"), published="2019-12-12"),
        reading("b", claim(predicate="A"), published="2019-12-10"),
    )
    assert (found["predicate"], found["rules"]["predicate"]) == ("BB", "latest")


def test_rank_and_its_field_come_from_the_same_claims(database: Database) -> None:
    (found,) = merged(
        database,
        reading("a", claim(rank=2, rank_of=35, rank_scope="Jawa Barat")),
        reading("b", claim(rank=2)),
        reading("c", claim(rank=1, rank_of=10, rank_scope="Jawa Barat")),
    )
    assert (found["rank"], found["rank_of"], found["rank_scope"]) == (2, 35, "Jawa Barat")


def test_a_shorter_name_of_a_person_agrees_with_the_full_one(database: Database) -> None:
    (found,) = merged(
        database,
        reading("a", claim(received_by=Person(name="Yana", position="Wakil Wali Kota Bandung"))),
        reading("b", claim(received_by=Person(name="Yana Mulyana"))),
    )
    assert (found["received_by_name"], found["received_by_position"]) == ("Yana Mulyana", "Wakil Wali Kota Bandung")
    assert found["conflict_count"] == 0
