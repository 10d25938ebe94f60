"""Logistic regression by Newton's method, cross-validated by article; numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.training.labels import Example

Array = NDArray[np.float64]
_FOLDS = 8


@dataclass(frozen=True)
class Fitted:
    """Weights by feature, and how they did on articles they had not seen."""

    weights: dict[str, float]
    threshold: float
    precision: float
    recall: float
    calibration_error: float
    examples: int


def fit(examples: Sequence[Example], l2: float) -> Fitted:
    """Fit on all examples; threshold and figures come from the folds, whole articles held out."""
    names = sorted({name for example in examples for name in example.features})
    rows = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    answers = np.array([float(example.answer) for example in examples])
    articles = sorted({example.article for example in examples})
    fold_of = {key: index % _FOLDS for index, key in enumerate(np.random.default_rng(0).permutation(articles))}
    folds = np.array([fold_of[example.article] for example in examples])
    held_out = np.zeros(len(examples))
    for fold in range(_FOLDS):
        test = folds == fold
        if test.any() and not test.all():
            held_out[test] = _probability(rows[test], _newton(rows[~test], answers[~test], l2))
    threshold, precision, recall = _best_threshold(held_out, answers)
    weights = _newton(rows, answers, l2)
    kept = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.005}
    return Fitted(kept, threshold, precision, recall, _calibration_error(held_out, answers), len(examples))


def _probability(rows: Array, weights: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30))))


def _newton(rows: Array, answers: Array, l2: float) -> Array:
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        probability = _probability(rows, weights)
        gradient = rows.T @ (probability - answers) + l2 * weights
        curvature = (rows.T * (probability * (1 - probability))) @ rows + l2 * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _best_threshold(probability: Array, answers: Array) -> tuple[float, float, float]:
    """The threshold of the best F1 on held-out folds, with its precision and recall."""
    best = (0.0, 0.5, 0.0, 0.0)
    for threshold in np.arange(0.2, 0.8, 0.02):
        said = probability >= threshold
        right = float((said * answers).sum())
        precision, recall = right / max(1.0, float(said.sum())), right / max(1.0, float(answers.sum()))
        score = 2 * precision * recall / max(1e-9, precision + recall)
        best = max(best, (score, float(threshold), precision, recall))
    return round(best[1], 2), round(best[2], 4), round(best[3], 4)


def _calibration_error(probability: Array, answers: Array) -> float:
    """Expected calibration error over ten bins of equal width."""
    total = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (probability >= low) & (probability < low + 0.1 if low < 0.9 else probability <= 1.0)
        if inside.any():
            total += inside.sum() * abs(float(probability[inside].mean() - answers[inside].mean()))
    return round(float(total / len(answers)), 4)
