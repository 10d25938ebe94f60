"""Which values count and which are right; what is fitted to them, and the table that is made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extract.field_confidence import KINDS, SCORED
from store.model.records import ConfidentField
from tests.quality.calibrating import FieldRow, fitted_fields
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


def rows() -> list[FieldRow]:
    """Surer answers are righter for every scored field; of each rule's first kind nine in ten are right, of the others one in ten."""
    scored: list[tuple[ConfidentField, float, int]] = [
        (name, likely, 9 if likely > 0.5 else 2) for name in SCORED for likely in (0.4, 0.95)
    ]
    ruled: list[tuple[ConfidentField, str, int]] = [
        (name, kind, 9 if kind == kinds[0] else 1) for name, kinds in KINDS.items() for kind in kinds
    ]
    every: list[tuple[ConfidentField, float | str, int]] = [*scored, *ruled]
    return [FieldRow(f"{known} {place}", name, known, place < right) for name, known, right in every for place in range(10)]


def test_curves_rise_and_shares_follow_their_kind() -> None:
    fitted = fitted_fields(rows())
    assert set(fitted) == {*SCORED, *KINDS}
    assert all(fitted[name]["weight"] > 0 for name in SCORED)
    for name, kinds in KINDS.items():
        shares = fitted[name]["right"]
        assert shares[kinds[0]] > 0.6 > 0.5 > shares[kinds[1]]
        assert fitted[name]["values"] == dict.fromkeys(kinds, 10)


def test_a_kind_never_seen_is_right_as_often_as_its_field() -> None:
    seen = [row for row in rows() if (row.field, row.known) != ("giver", "told")]
    assert fitted_fields(seen)["giver"]["right"]["told"] == pytest.approx((10 + 1) / (20 + 2))


def test_a_long_list_weighs_by_the_root_of_its_values() -> None:
    lists = [FieldRow("a list", "count_total", "here", False)] * 100
    fitted = fitted_fields([row for row in rows() if row.field != "count_total"] + [FieldRow("x", "count_total", "here", True)] * 4 + lists)
    whole = (2 + 1) / (2 + 10 + 2)
    assert fitted["count_total"]["right"]["here"] == pytest.approx((2 + 8 * whole) / (12 + 8), abs=1e-4)


def test_a_curve_that_falls_is_no_curve() -> None:
    upside_down = [replace(row, right=not row.right) if row.field == "rank" else row for row in rows()]
    assert fitted_fields(upside_down)["rank"]["weight"] == 0.0


def test_a_field_that_no_gold_judges_is_named() -> None:
    with pytest.raises(ValueError, match="judges no value of venue"):
        fitted_fields([row for row in rows() if row.field != "venue"])


def test_the_table_says_how_far_what_is_said_is_from_what_is_right() -> None:
    values = [FieldJudged("rank", 0.5, 0.8, True), FieldJudged("rank", 0.5, 0.8, False), FieldJudged("venue", 0.5, 0.6, True)]
    told = field_table(values)
    assert "| rank | 2 | 0.80 | 0.50 | 0.300 |" in told
    assert "| venue | 1 | 0.60 | 1.00 | 0.400 |" in told
    assert "| tier | 0 | – | – | – |" in told
    with pytest.raises(ValueError, match="a value of rank carries no confidence"):
        field_table([FieldJudged("rank", 0.5, None, True)])
