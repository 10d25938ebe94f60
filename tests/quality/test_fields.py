"""Which values count and which are right, and the table that is made of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.quality.fields import judged_fields
from tests.quality.reliability import field_table
from tests.quality.scoring import FieldJudged

GOLD: dict[str, Any] = {
    "edition_year": 2021,
    "predicate": "BB",
    "rank": [1, 2],
    "giver": "Kementerian Dalam Negeri",
    "presented_by": {"name": "Tito Karnavian", "position": "Menteri Dalam Negeri"},
    "received_by": {"name": None, "position": "Bupati Garut"},
    "event_date": "2021-12-09",
    "venue": "Hotel Bidakara, Jakarta",
    "open": ["category"],
}


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("predicate", "BB", True),
        ("predicate", "B", False),
        ("tier", "BB", True),
        ("rank", 2, True),
        ("rank", 3, False),
        ("score", 80.1, False),
        ("edition_year", 2021, True),
        ("edition_year", 2020, False),
        ("giver", "Kemendagri", True),
        ("giver", "Kementerian Keuangan", False),
        ("presented_by", {"name": "Muhammad Tito Karnavian", "position": None}, True),
        ("presented_by", {"name": "Tito Sumardi", "position": None}, False),
        ("received_by", {"name": "Rudy Gunawan", "position": "Bupati Garut"}, True),
        ("received_by", {"name": "Rudy Gunawan", "position": None}, False),
        ("event_date", "2021-12-09", True),
        ("event_date", "2021-12-10", False),
        ("venue", "Hotel Bidakara", True),
        ("venue", "Istana Negara", False),
        ("venue", "Jakarta", False),
        ("count_streak", 3, False),
        ("category", "Kota", None),
        ("rank_of", 27, None),
    ],
)
def test_a_value_is_right_wrong_or_not_asked(name: str, value: Any, right: bool | None) -> None:
    assert dict(judged_fields(GOLD, {name: value}, "2021")).get(name) is right  # type: ignore[call-overload]


def test_an_empty_field_is_not_counted() -> None:
    assert not list(judged_fields(GOLD, {"rank": None, "venue": ""}, "2021"))


def test_the_table_says_how_far_what_is_said_is_from_what_is_right() -> None:
    values = [FieldJudged("rank", 0.5, 0.8, True), FieldJudged("rank", 0.5, 0.8, False), FieldJudged("venue", 0.5, 0.6, True)]
    told = field_table(values)
    assert "| rank | 2 | 0.80 | 0.50 | 0.300 |" in told
    assert "| venue | 1 | 0.60 | 1.00 | 0.400 |" in told
    assert "| tier | 0 | – | – | – |" in told
    with pytest.raises(ValueError, match="a value of rank carries no confidence"):
        field_table([FieldJudged("rank", 0.5, None, True)])
