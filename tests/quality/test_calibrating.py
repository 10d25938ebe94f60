"""What is fitted to the values of the gold: curves for what is scored, shares for what rules read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.field_confidence import KINDS, SCORED
from store.model.records import ConfidentField

pytest.importorskip("sklearn", reason="needs scikit-learn: pip install -e '.[model]'")

from tests.quality.calibrating import FieldRow, fitted_fields


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
