"""What words weigh: a plain logistic regression over the marks that several articles share, by scikit-learn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extract.wording import Marks, Wording

Array = NDArray[np.float64]
_SHARED = 4
"""Articles that must share a mark before it gets a weight."""
_STRENGTH = 0.05
_FOLDS = 5
_LEAST = 0.005


def fit_wording(words: Sequence[Marks], answers: Array, weights: Array, articles: NDArray[np.int64]) -> Wording:
    """Weights of the marks of some rows; `articles` numbers the article of each, `weights` says what a row counts."""
    told: dict[str, set[int]] = defaultdict(set)
    for marks, article in zip(words, articles, strict=True):
        for mark in marks:
            told[mark].add(int(article))
    names = sorted(mark for mark, where in told.items() if len(where) >= _SHARED)
    if not names or len(set(answers)) < 2:
        return Wording({}, 0.0)
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=500, random_state=0)
    model.fit(_matrix(words, {name: index for index, name in enumerate(names)}), answers, weights)
    kept = {name: round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True) if abs(weight) >= _LEAST}
    return Wording(kept, round(float(model.intercept_[0]), 3))


def crossed(words: Sequence[Marks], answers: Array, weights: Array, articles: NDArray[np.int64]) -> Array:
    """What each row's words weigh by weights that saw no row of its article: what trees may learn from."""
    out = np.zeros(len(words))
    for fold in range(_FOLDS):
        test = articles % _FOLDS == fold
        seen = [marks for marks, held in zip(words, test, strict=True) if not held]
        wording = fit_wording(seen, answers[~test], weights[~test], articles[~test])
        out[test] = [wording.rate(marks) for marks, held in zip(words, test, strict=True) if held]
    return out


def _matrix(words: Sequence[Marks], number: dict[str, int]) -> csr_matrix:
    places = [[number[mark] for mark in sorted(marks) if mark in number] for marks in words]
    ends = np.cumsum([0, *map(len, places)])
    columns = np.array([column for row in places for column in row], dtype=np.int64)
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(words), len(number)))
