"""Samples drawn, judged, and how sure their accuracy is."""

from __future__ import annotations

import pytest

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.ledger import draw_sample, judge_sample
from store.sql.queries import (
    audits,
    sample,
)
from store.sql.wilson import wilson
from tests.store.sql.deciding import decide, press, take, the
from tests.store.sql.world import NOW, claim, reading


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
