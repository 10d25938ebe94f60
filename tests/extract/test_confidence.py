"""Confidence: surer answers never lower it, it stays a probability, and it holds on articles the weights have not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.confidence import load_confidence, traits
from store.model.errors import StoreError
from tests.quality.reliability import bins, calibration_error, drawn, precision_from


def test_a_surer_holding_and_a_surer_result_are_told_with_more_confidence() -> None:
    told = load_confidence()
    for results in ([], [0.6], [0.6, 0.9]):
        said = [told.of(traits(holds, results, known=True)) for holds in (0.4, 0.6, 0.8, 0.95, 0.999)]
        assert said == sorted(said)
        assert all(0 < one < 1 for one in said)
    assert told.of(traits(0.9, [0.4], known=True)) < told.of(traits(0.9, [0.9], known=True))


def test_a_programme_that_the_registry_lacks_is_trusted_less() -> None:
    told = load_confidence()
    assert told.of(traits(0.9, [0.9], known=False)) < told.of(traits(0.9, [0.9], known=True))


def test_the_least_likely_result_counts() -> None:
    assert traits(0.9, [0.9, 0.5], known=True)["result"] == traits(0.9, [0.5, 0.7], known=True)["result"] == 0.0


def test_certain_answers_are_bounded() -> None:
    assert traits(1.0, [0.0], known=True)["holds"] == -traits(1.0, [0.0], known=True)["result"]


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    file.write_text('{"bias": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"confidence\.json: the weights of confidence"):
        load_confidence(file)


def test_the_calibration_error_is_the_mean_distance_of_bins_weighed_by_claims() -> None:
    judged = [(0.95, True)] * 9 + [(0.95, False)] + [(0.25, False)] * 10
    assert [each.claims for each in bins(judged)] == [10, 10]
    assert calibration_error(judged) == pytest.approx((10 * 0.05 + 10 * 0.25) / 20)
    assert precision_from(judged, 0.9) == (0.9, 10)
    assert calibration_error([]) == 0


def test_the_plot_has_a_dot_for_every_bin() -> None:
    assert drawn([(0.95, True), (0.15, False), (0.12, True)]).count("<circle") == 2
