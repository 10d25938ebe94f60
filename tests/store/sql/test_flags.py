"""A flag of a claim is one of the result only where what it warns of is shown."""

from __future__ import annotations

from typing import Any

import pytest

from store.model.records import Person
from store.sql.database import Database
from store.sql.ledger import record_decision
from store.sql.merging import merge
from store.sql.queries import evaluations
from tests.store.sql.merged import merged
from tests.store.sql.world import NOW, claim, reading


def told(database: Database, *claims: Any) -> list[str]:
    """The flags of the one evaluation that these claims, an article each, make."""
    (found,) = merged(database, *(reading(f"a{n}", one) for n, one in enumerate(claims)))
    return list(found["flags"])


SCORE: dict[str, Any] = {"score_unit": "index100"}


@pytest.mark.parametrize("flag", ["hedged", "open_list", "name_variant"])
def test_one_plain_claim_clears_what_only_weakens(database: Database, flag: Any) -> None:
    assert told(database, claim(predicate="BB", flags=(flag,)), claim(predicate="BB", flags=(flag,))) == [flag]
    assert told(database, claim(predicate="BB")) == []


def test_a_misprinted_score_is_flagged_only_where_it_is_shown(database: Database) -> None:
    odd = claim(predicate="BB", score=27.8, flags=("score_outlier",), **SCORE)
    assert told(database, odd) == ["score_outlier"]
    right = [claim(predicate="BB", score=72.8, **SCORE) for _ in range(2)]
    assert told(database, odd, *right) == []


def test_a_printed_rank_clears_a_counted_one(database: Database) -> None:
    counted = claim("kipp", tier="Top 45", rank=2, flags=("rank_from_list_order",))
    assert told(database, counted, claim("kipp", tier="Top 45")) == ["rank_from_list_order"]
    assert told(database, counted, claim("kipp", tier="Top 45", rank=2)) == []


def test_an_official_out_of_office_is_flagged_where_the_name_is_shown(database: Database) -> None:
    wrong = claim(predicate="BB", presented_by=Person(name="Budi Hartono"), flags=("not_in_office",))
    assert told(database, wrong, claim(predicate="BB")) == ["not_in_office"]
    others = [claim(predicate="BB", presented_by=Person(name="Sari Dewi")) for _ in range(2)]
    assert told(database, wrong, *others) == []


def test_a_corrected_score_is_odd_no_longer(database: Database) -> None:
    (found,) = merged(database, reading("a", claim(predicate="BB", score=27.8, flags=("score_outlier", "hedged"), **SCORE)))
    record_decision(database, "correct", "evaluation", found["key"], by="siti", field="score", value=72.8, now=NOW)
    merge(database, now=NOW)
    (shown,) = evaluations(database).rows
    assert (shown["score"], shown["flags"]) == (72.8, ["hedged"])
