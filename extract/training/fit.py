"""Boosted trees by scikit-learn, cross-validated by article; what ships is their splits as plain numbers, not the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier

from extract.scorer import WORDING
from extract.training.labels import Example
from extract.training.wording import crossed, fit_wording
from extract.wording import Marks, Wording

Array = NDArray[np.float64]
_FOLDS = 8
_TREES = {
    "n_estimators": 130,
    "max_depth": 4,
    "learning_rate": 0.07,
    "subsample": 0.6,
    "max_features": 0.25,
    "min_samples_leaf": 4,
}
_SEEDS = 8
_RETOLD, _GIVEN = "R-", 3.0
"""Keys of the articles that we chose and annotated ourselves; what each of the others counts, whose choice we did not make."""
_UNWORDED = 4
"""Of the forests, those that never see what the words weigh: the mean of both kinds errs less than either."""


@dataclass(frozen=True)
class Fitted:
    """Trees, the threshold of the best F1 on held-out folds, and how they did there."""

    base: float
    wording: Wording | None
    trees: list[list[list[float]]]
    features: list[str]
    threshold: float
    precision: float
    recall: float
    calibration_error: float
    examples: int


@dataclass(frozen=True)
class _Table:
    """Examples as arrays: a row an example; `numbered` is the number of its article, `weights` what it counts."""

    names: list[str]
    """Of the columns; the last is what the words weigh, filled in by whoever fits."""
    rows: Array
    words: list[Marks]
    answers: Array
    articles: list[str]
    numbered: NDArray[np.int64]
    weights: Array


def _table(examples: Sequence[Example]) -> _Table:
    names = [*sorted({name for example in examples for name in example.features}), WORDING]
    rows = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    answers = np.array([float(example.answer) for example in examples])
    articles = sorted({example.article for example in examples})
    number = {article: index for index, article in enumerate(articles)}
    numbered = np.array([number[example.article] for example in examples])
    weights = 1.0 / np.sqrt(np.bincount(numbered)[numbered])  # an article of a hundred rows does not outweigh fifty of two
    weights *= [1.0 if example.article.startswith(_RETOLD) else _GIVEN for example in examples]
    return _Table(names, rows, [example.words for example in examples], answers, articles, numbered, weights)


def fit(examples: Sequence[Example]) -> Fitted:
    """Fit on all examples; threshold and figures come from the folds, whole articles held out."""
    table = _table(examples)
    probability = _held_out(table)
    threshold, precision, recall = _best_threshold(probability, table.answers, table.numbered)
    wording, models = _models(table, np.ones(len(table.answers), dtype=bool))
    prior = float(np.average(table.answers, weights=table.weights))
    grown = [tree.tree_ for model in models for tree in model.estimators_[:, 0]]
    used = sorted({int(f) for tree in grown for f in tree.feature if f >= 0})
    number = {feature: index for index, feature in enumerate(used)}
    trees = [_splits(tree, number) for tree in grown]
    base = float(np.log(prior / (1 - prior)))
    error = _calibration_error(probability, table.answers)
    return Fitted(base, wording, trees, [table.names[f] for f in used], threshold, precision, recall, error, len(examples))


def held_out(examples: Sequence[Example], kin: Mapping[str, str] | None = None) -> list[float]:
    """The probability of each example by trees that saw no row of its article, nor of its kin: article → what it shares, as its outlet."""
    return [float(value) for value in _held_out(_table(examples), kin or {})]


def _held_out(table: _Table, kin: Mapping[str, str] | None = None) -> Array:
    shared = [(kin or {}).get(article, article) for article in table.articles]
    fold_of = {key: index % _FOLDS for index, key in enumerate(np.random.default_rng(0).permutation(sorted(set(shared))))}
    folds = np.array([fold_of[key] for key in shared])[table.numbered]
    out = np.zeros(len(table.answers))
    for fold in range(_FOLDS):
        test = folds == fold
        if test.any() and len(set(table.answers[~test])) > 1:  # few articles may all answer alike
            wording, models = _models(table, ~test)
            rows = table.rows[test]
            rows[:, -1] = [wording.rate(marks) for marks, held in zip(table.words, test, strict=True) if held] if wording else 0.0
            odds = np.mean([model.decision_function(rows) for model in models], axis=0)
            out[test] = 1.0 / (1.0 + np.exp(-odds))
    return out


def _models(table: _Table, part: NDArray[np.bool_]) -> tuple[Wording | None, list[Any]]:
    """What words weigh, and several forests: their mean log-odds hang less on which rows a tree happened to see."""
    rows, answers, weights = table.rows[part], table.answers[part], table.weights[part]
    words = [marks for marks, taken in zip(table.words, part, strict=True) if taken]
    wording, blind = None, _SEEDS
    if any(words):
        wording, blind = fit_wording(words, answers, weights, table.numbered[part]), _UNWORDED
        worded = crossed(words, answers, weights, table.numbered[part])
    models = []
    for seed in range(_SEEDS):
        rows[:, -1] = 0.0 if seed < blind else worded
        models.append(GradientBoostingClassifier(**_TREES, random_state=seed).fit(rows, answers, weights))
    return wording, models


def _splits(tree: Any, number: dict[int, int]) -> list[list[float]]:
    """One row a node: [feature, threshold, left, right] for a split, [-1, value] for a leaf; the rate is in the value."""
    rows: list[list[float]] = []
    for node in range(tree.node_count):
        if tree.children_left[node] < 0:
            rows.append([-1, round(float(tree.value[node][0][0]) * _TREES["learning_rate"] / _SEEDS, 5)])
        else:
            rows.append(
                [
                    number[int(tree.feature[node])],
                    round(float(tree.threshold[node]), 4),
                    int(tree.children_left[node]),
                    int(tree.children_right[node]),
                ]
            )
    return rows


def _best_threshold(probability: Array, answers: Array, articles: NDArray[np.int64]) -> tuple[float, float, float]:
    """The threshold of the best F1 on held-out folds, rows and articles weighed alike, with its precision and recall."""
    best = (0.0, 0.5, 0.0, 0.0)
    wanted = np.bincount(articles, answers)
    for threshold in np.arange(0.16, 0.8, 0.02):
        said = (probability >= threshold).astype(float)
        hits, given = np.bincount(articles, said * answers), np.bincount(articles, said)
        each = np.where(wanted + given > 0, 2 * hits / np.maximum(1, wanted + given), 1.0)
        score = 2 * hits.sum() / max(1.0, wanted.sum() + given.sum()) + each.mean()
        best = max(best, (float(score), float(threshold), hits.sum() / max(1.0, given.sum()), hits.sum() / max(1.0, wanted.sum())))
    return round(best[1], 2), round(best[2], 4), round(best[3], 4)


def _calibration_error(probability: Array, answers: Array) -> float:
    """Expected calibration error over ten bins of equal width."""
    total = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (probability >= low) & (probability < low + 0.1 if low < 0.9 else probability <= 1.0)
        if inside.any():
            total += inside.sum() * abs(float(probability[inside].mean() - answers[inside].mean()))
    return round(float(total / len(answers)), 4)
