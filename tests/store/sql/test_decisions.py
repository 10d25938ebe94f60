"""Decisions shown, kept under newer readers, come back when what they judged changes, and undone."""

from __future__ import annotations

from typing import Any

import pytest

from store.model.errors import UsageError
from store.model.records import Reading
from store.sql.database import Database
from store.sql.ledger import record_decision, undo_decision
from store.sql.ledger.decisions import ALLOWED
from store.sql.queries import (
    Filters,
    claims,
    decisions,
    evaluation,
    evaluations,
    review_queue,
)
from tests.store.sql.deciding import decide, press, shown, take, the, undo
from tests.store.sql.world import claim, reading


def about(database: Database, kind: str, target: str) -> tuple[str, dict[str, Any]]:
    """What a decision of this kind is made about, and what it takes beside its key."""
    sakip = the(database, recipient="32.73")
    unknown = "~pemerintah-kabupaten-kuduss"
    key = {
        "evaluation": sakip["key"],
        "claim": next(row["key"] for row in claims(database).rows if row["article_key"] == "c"),
        "article": "c",
        "entity": "33.19",
        "programme": "sakip",
    }[target]
    tied = {"evaluation": the(database, recipient="32.04")["key"], "entity": unknown, "programme": "name:anugerah sakip"}
    more: dict[str, dict[str, Any]] = {
        "correct": {"field": "predicate", "value": "B"},
        "same_as": {"other": tied.get(target)},
        "not_same_as": {"articles": ["c"]} if target == "evaluation" else {"other": unknown},
    }
    return key, more.get(kind, {})


@pytest.mark.parametrize(("kind", "target"), [(kind, target) for kind, targets in ALLOWED.items() for target in targets])
def test_every_kind_of_decision_shows_survives_a_newer_reader_and_is_undone(database: Database, kind: str, target: str) -> None:
    def told(reader: str) -> list[Reading]:
        mark = "Madya" if kind == "not_same_as" else "Nindya"  # alike they are taken for one body, which a decision can part
        misspelt = claim("kla", None, recipient_name="Pemerintah Kabupaten Kuduss", predicate=mark, confidence=0.6)
        return [
            *press(reader),
            reading("m", misspelt, reader=reader),
            reading("o", claim(recipient="32.04", predicate="BB", confidence=0.6), reader=reader),
            reading("u", claim(None, programme_name="Anugerah SAKIP", predicate="BB", confidence=0.6), reader=reader),
        ]

    take(database, told("1"))
    untouched = shown(database)
    key, more = about(database, kind, target)
    made = decide(database, kind, target, key, reason="dicek", **more)
    decided = shown(database)
    assert decided != untouched
    take(database, told("2"), days=1)
    assert shown(database) == decided
    undo(database, made)
    assert shown(database) == untouched


@pytest.mark.parametrize(("kind", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_judgement_survives_a_newer_reader_and_is_undone(database: Database, kind: str, state: str) -> None:
    take(database, press())
    before = shown(database)
    made = decide(database, kind, "evaluation", the(database)["key"], reason="dicek")
    assert the(database)["review"] == state
    assert len(evaluations(database).rows) == (2 if kind == "accept" else 1)
    take(database, press("2"), days=1)
    assert the(database)["review"] == state
    undo(database, made)
    assert shown(database) == before


def test_what_changed_under_a_judgement_comes_back(database: Database) -> None:
    take(database, press())
    decide(database, "accept", "evaluation", the(database)["key"])
    assert [row["programme"] for row in review_queue(database)] == ["kla"]
    take(database, [reading("b", claim(predicate="A"), reader="2"), reading("d", claim(predicate="A"))], days=1)
    assert (the(database)["review"], the(database)["predicate"]) == ("changed", "A")
    assert [row["programme"] for row in review_queue(database)] == ["sakip", "kla"]


def test_a_result_with_a_doubtful_value_waits_before_one_without(database: Database) -> None:
    plain, doubtful = {"predicate": 0.95, "venue": 0.9}, {"predicate": 0.95, "venue": 0.3}
    told = claim("kla", predicate="Madya", venue="Aula", field_confidence=doubtful)
    take(database, [reading("a", claim(predicate="BB", venue="Aula", field_confidence=plain)), reading("b", told)])
    queue = review_queue(database)
    assert [(row["programme"], row["queue_weight"]) for row in queue] == [
        ("kla", pytest.approx(1 - 0.9 * 0.3)),
        ("sakip", pytest.approx(1 - 0.9 * 0.9)),
    ]
    surer = claim("kla", predicate="Madya", venue="Aula", field_confidence={"venue": 0.99})
    take(database, [reading("c", surer)], days=1)
    (row,) = [row for row in review_queue(database) if row["programme"] == "kla"]
    assert row["queue_weight"] == pytest.approx((1 - 0.99 * 0.95) * 2), "the surest who tells a value counts"


def test_a_value_that_is_not_shown_raises_no_doubt(database: Database) -> None:
    told = [reading(key, claim(predicate="BB", field_confidence={"predicate": 0.9})) for key in "ab"]
    take(database, [*told, reading("c", claim(predicate="A", field_confidence={"predicate": 0.1}))])
    (row,) = review_queue(database)
    assert row["predicate"] == "BB"
    assert row["queue_weight"] == pytest.approx((1 - row["confidence"] * 0.9) * 3)


def test_a_correction_is_shown_survives_and_is_undone(database: Database) -> None:
    take(database, press())
    before = shown(database)
    made = decide(database, "correct", "evaluation", the(database)["key"], field="predicate", value="B")
    dated = decide(database, "correct", "evaluation", the(database)["key"], field="event_date", value="2019-12-01")
    take(database, press("2"), days=1)
    found = the(database)
    assert (found["predicate"], found["event_date"], found["review"]) == ("B", "2019-12-01", "accepted")
    assert found["rules"]["predicate"] == "decision"
    undo(database, dated)
    undo(database, made)
    assert shown(database) == before


def test_a_judgement_finds_its_evaluation_when_a_newer_reader_moves_it(database: Database) -> None:
    take(database, press())
    decide(database, "accept", "evaluation", the(database)["key"])
    take(database, press("2", category="Kota"), days=1)
    assert (the(database)["category"], the(database)["review"]) == ("Kota", "changed")
    take(database, press("3"), days=2)
    assert (the(database)["category"], the(database)["review"]) == (None, "accepted")


def test_a_result_is_taken_down_and_put_back(database: Database) -> None:
    take(database, press())
    before = shown(database)
    key = the(database)["key"]
    made = decide(database, "take_down", "evaluation", key, reason="permintaan yang sah")
    assert evaluations(database, Filters(programme="sakip")).rows == []
    with pytest.raises(UsageError, match="was taken down"):
        evaluation(database, key)
    take(database, press("2"), days=1)
    assert evaluations(database, Filters(programme="sakip")).rows == []
    undo(database, made)
    assert shown(database) == before


@pytest.mark.parametrize("kind", ["reject", "take_down"])
@pytest.mark.parametrize("target", ["claim", "article"])
def test_a_claim_or_article_that_is_rejected_counts_no_more(database: Database, kind: str, target: str) -> None:
    take(database, press())
    before = shown(database)
    key = "c" if target == "article" else next(row["key"] for row in claims(database).rows if row["article_key"] == "c")
    made = decide(database, kind, target, key, reason="salah baca")
    assert (the(database)["claim_count"], the(database)["conflict_count"]) == (2, 0)
    take(database, press("2"), days=1)
    assert the(database)["claim_count"] == 2
    undo(database, made)
    assert shown(database) == before


def test_the_same_decision_twice_is_one(database: Database) -> None:
    take(database, press())
    key = the(database)["key"]
    first = decide(database, "accept", "evaluation", key)
    assert decide(database, "accept", "evaluation", key) == first
    second = decide(database, "reject", "evaluation", key)
    third = decide(database, "accept", "evaluation", key)
    assert [row["key"] for row in decisions(database)] == [third, second, first]
    assert the(database)["review"] == "accepted"


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        (("praise", "evaluation", "x"), {}, "'praise' is no decision"),
        (("accept", "claim", "x"), {}, "accept is decided about evaluation"),
        (("accept", "evaluation", "x"), {}, "there is no evaluation x"),
        (("take_down", "evaluation", "x"), {}, "say why"),
        (("correct", "evaluation", "x"), {"field": "rules", "value": 1}, "rules cannot be corrected"),
        (("correct", "evaluation", "x"), {"field": "rank", "value": "first"}, "'first' is no value for rank"),
        (("correct", "evaluation", "x"), {"field": "kind", "value": "praise"}, "'praise' is no value for kind"),
        (("not_same_as", "evaluation", "x"), {}, "a split names the articles"),
        (("same_as", "entity", "32.73"), {}, "takes an other key"),
        (("same_as", "entity", "32.73"), {"other": "nobody"}, "there is no body nobody"),
        (("reject", "article", "x"), {}, "there is no article x"),
    ],
)
def test_what_cannot_be_decided_is_said(database: Database, args: Any, options: Any, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        record_decision(database, *args, by="siti", **options)


def test_a_step_that_no_scale_has_is_no_correction(database: Database) -> None:
    take(database, press())
    with pytest.raises(UsageError, match="'BBB' is no step of sakip; its steps are "):
        decide(database, "correct", "evaluation", the(database)["key"], field="predicate", value="BBB")


def test_undoing_what_is_not_there_is_said(database: Database) -> None:
    with pytest.raises(UsageError, match="there is no decision x"):
        undo_decision(database, "x", by="siti")
