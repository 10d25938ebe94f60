from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from store.model.errors import UsageError
from store.model.records import Claim, Reading
from store.sql.database import Database
from store.sql.ledger import Delivery, draw_sample, judge_sample, record_decision, record_readings, undo_decision
from store.sql.ledger.decisions import ALLOWED
from store.sql.merging import merge
from store.sql.queries import (
    Filters,
    audits,
    claims,
    decisions,
    evaluation,
    evaluations,
    review_queue,
    same_body_candidates,
    sample,
)
from store.sql.wilson import wilson
from tests.store.sql.world import NOW, claim, dump, reading

Row = dict[str, Any]


def press(reader: str = "1", **changes: Any) -> list[Reading]:
    """Three articles: two on Bandung's SAKIP (one disagrees), one on Kudus. A newer reader is surer of everything."""
    sure = 0.7 if reader == "1" else 0.8
    return [
        reading("a", claim(predicate="BB", confidence=sure, **changes), reader=reader),
        reading("b", claim(predicate="BB", confidence=sure, **changes), reader=reader),
        reading("c", claim(predicate="A", confidence=0.4, **changes), reader=reader),
        reading("k", claim("kla", "33.19", predicate="Madya", confidence=sure), reader=reader),
    ]


def take(database: Database, told: Sequence[Reading], days: int = 0) -> None:
    report = record_readings(database, [Delivery(item) for item in told], now=NOW + timedelta(days=days))
    assert report.refused == ()
    merge(database, now=NOW + timedelta(days=days))


def the(database: Database, programme: str = "sakip", **filters: Any) -> Row:
    (row,) = evaluations(database, Filters(programme=programme, reviews=("open", "accepted", "rejected", "changed"), **filters)).rows
    return row


def decide(database: Database, *args: Any, **options: Any) -> str:
    key = record_decision(database, *args, by="siti", now=NOW, **options)
    merge(database, now=NOW)
    return key


def undo(database: Database, key: str) -> None:
    assert undo_decision(database, key, by="budi", now=NOW)
    assert undo_decision(database, key, by="budi", now=NOW) is False
    merge(database, now=NOW)


def shown(database: Database) -> Any:
    """Evaluations and conflicts as they stand, without row numbers and which reader or claim version stands behind them."""
    kept = dump(database, without=frozenset({"id", "reader", "digest", "claim_keys", "confidence", "queue_weight"}))
    return kept["evaluation"], kept["conflict"], kept["evaluation_outlet"]


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


def test_undoing_what_is_not_there_is_said(database: Database) -> None:
    with pytest.raises(UsageError, match="there is no decision x"):
        undo_decision(database, "x", by="siti")


def test_a_sample_is_drawn_judged_and_its_accuracy_kept(database: Database) -> None:
    take(database, press())
    decide(database, "reject", "evaluation", the(database, "kla")["key"])
    take(database, [reading("l", claim("kla", "33.22", predicate="Utama"))])
    key = draw_sample(database, 200, seed=7, now=NOW)
    assert draw_sample(database, 200, seed=7) == key
    assert sorted(row["shown"]["recipient_key"] for row in sample(database, key)) == ["32.73", "33.22"]
    assert audits(database)[0] | {"accuracy_pct": 0} == audits(database)[0] | {"key": key, "seed": 7, "population": 2, "accuracy_pct": 0}
    judge_sample(database, key, {1: "right"}, by="siti", now=NOW)
    judge_sample(database, key, {1: "right", 2: "wrong"}, by="siti", now=NOW)
    (kept,) = audits(database)
    assert (kept["size"], kept["right_count"], kept["wrong_count"], kept["accuracy_pct"]) == (2, 1, 1, 50.0)
    assert (kept["low_pct"], kept["high_pct"]) == (wilson(1, 2)[0], wilson(1, 2)[2])
    with pytest.raises(UsageError, match="has no place 3"):
        judge_sample(database, key, {1: "wrong", 3: "right"}, by="siti")
    with pytest.raises(UsageError, match="is no verdict"):
        judge_sample(database, key, {1: "maybe"}, by="siti")
    assert audits(database) == [kept]


def test_nothing_can_be_drawn_of_nothing(database: Database) -> None:
    with pytest.raises(UsageError, match="there is no evaluation to draw"):
        draw_sample(database, 200, seed=7)


def test_wilsons_interval_is_the_known_one() -> None:
    assert wilson(190, 200) == (91.04, 95.0, 97.26)
    assert wilson(0, 0) == (None, None, None)
