"""The learned judge of candidates and results: small boosted trees over named features, read from `resources/model/scorer.json`.

Plain numbers and no library of learning: a probability is a sum of leaves through one curve, and `rapor read --explain` says which
features moved it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.wording import Marks, Wording
from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "scorer.json"

WORDING = "wording"
"""The feature that carries what the words of a row weigh together."""
_DEPTH = 4
"""Questions a tree asks before it answers; `make model` grows none deeper."""


@dataclass(frozen=True)
class Question:
    """Trees over features by number, one row of each array a tree, one column a node; yes from `threshold` on."""

    base: float
    features: tuple[str, ...]
    split: NDArray[np.intp]
    """Which feature a node asks for."""
    bound: NDArray[np.float64]
    """At most this goes left; a leaf asks feature 0 for infinity and so stays where it is."""
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float64]
    threshold: float
    wording: Wording | None = None
    """What words weigh: the feature `wording` of its rows."""


@dataclass(frozen=True)
class Scorer:
    """One set of trees a question."""

    questions: Mapping[str, Question]
    version: str

    def probabilities(self, question: str, rows: Sequence[Mapping[str, float]], words: Sequence[Marks] = ()) -> list[float]:
        """How likely the answer to `question` ("holds", "result", "year") is yes, for many rows at once.

        Args:
            question: which trees to ask.
            rows: features by name; those that are absent are zero.
            words: the marks of each row's wording, where the question has one.
        """
        return self._answers(self.questions[question], self._worded(self.questions[question], rows, words))

    @staticmethod
    def _worded(asked: Question, rows: Sequence[Mapping[str, float]], words: Sequence[Marks]) -> Sequence[Mapping[str, float]]:
        if asked.wording is None or not words:
            return rows
        return [{**row, WORDING: asked.wording.rate(marks)} for row, marks in zip(rows, words, strict=True)]

    @staticmethod
    def _answers(asked: Question, rows: Sequence[Mapping[str, float]]) -> list[float]:
        if not rows:
            return []
        values = np.array([[row.get(name, 0.0) for name in asked.features] for row in rows])
        trees = np.arange(len(asked.split))
        node = np.zeros((len(rows), len(trees)), dtype=np.intp)
        each = np.arange(len(rows))[:, None]
        for _ in range(_DEPTH):
            goes_left = values[each, asked.split[trees, node]] <= asked.bound[trees, node]
            node = np.where(goes_left, asked.left[trees, node], asked.right[trees, node])
        odds = asked.base + asked.value[trees, node].sum(axis=1)
        return [float(p) for p in 1.0 / (1.0 + np.exp(-odds))]

    def accepts(self, question: str, probability: float) -> bool:
        """Whether a probability is enough to say yes."""
        return probability >= self.questions[question].threshold

    def reasons(self, question: str, features: Mapping[str, float], words: Marks) -> list[tuple[str, float]]:
        """What each present feature does: the change of the log-odds if it were absent, largest first."""
        asked = self.questions[question]
        features = self._worded(asked, [features], [words])[0]
        present = [name for name in features if features[name]]
        whole, *others = map(_log_odds, self._answers(asked, [features, *({**features, name: 0.0} for name in present)]))
        without = {name: whole - odds for name, odds in zip(present, others, strict=True)}
        return sorted(without.items(), key=lambda item: -abs(item[1]))


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def question(
    base: float, features: Sequence[str], trees: Sequence[list[list[float]]], threshold: float, wording: Wording | None = None
) -> Question:
    """A question from its trees as `make model` writes them: [feature, bound, left, right] a split, [-1, value] a leaf."""
    size = max(len(tree) for tree in trees)
    shape = (len(trees), size)
    split, left, right = (np.zeros(shape, dtype=np.intp) for _ in range(3))
    bound, value = np.full(shape, np.inf), np.zeros(shape)
    for at, tree in enumerate(trees):
        for index, row in enumerate(tree):
            if row[0] < 0:
                left[at, index], right[at, index], value[at, index] = index, index, row[1]
            else:
                split[at, index], bound[at, index] = int(row[0]), row[1]
                left[at, index], right[at, index] = int(row[2]), int(row[3])
    return Question(base, tuple(features), split, bound, left, right, value, threshold, wording)


@cache
def load_scorer(path: Path = MODEL) -> Scorer:
    """Read the trees; `make model` writes them. Raises StoreError where they cannot be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path.name}: the reader's weights cannot be read ({error}); run `make model` or install rapor anew") from error
    questions = {
        name: question(
            item["base"], item["features"], item["trees"], item["threshold"], Wording(**item["wording"]) if item.get("wording") else None
        )
        for name, item in data["questions"].items()
    }
    return Scorer(questions, data["version"])
