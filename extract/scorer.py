"""The learned judge of candidates and results: small boosted trees over named features, read from `resources/model/scorer.json`.

Plain numbers, no library: a probability is a sum of leaves through one curve, and `rapor read --explain` says which features
moved it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "scorer.json"

Node: TypeAlias = "tuple[int, float, Node, Node] | float"


@dataclass(frozen=True)
class Question:
    """Trees over features by number; yes from `threshold` on."""

    base: float
    features: tuple[str, ...]
    trees: tuple[Node, ...]
    threshold: float


@dataclass(frozen=True)
class Scorer:
    """One set of trees a question."""

    questions: Mapping[str, Question]
    version: str

    def probability(self, question: str, features: Mapping[str, float]) -> float:
        """How likely the answer to `question` ("holds", "result") is yes."""
        asked = self.questions[question]
        values = [features.get(name, 0.0) for name in asked.features]
        total = asked.base
        for node in asked.trees:
            while not isinstance(node, float):
                node = node[2] if values[node[0]] <= node[1] else node[3]
            total += node
        return 1.0 / (1.0 + math.exp(-total))

    def accepts(self, question: str, probability: float) -> bool:
        """Whether a probability is enough to say yes."""
        return probability >= self.questions[question].threshold

    def reasons(self, question: str, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """What each present feature does: the change of the log-odds if it were absent, largest first."""
        whole = _log_odds(self.probability(question, features))
        without = {name: whole - _log_odds(self.probability(question, {**features, name: 0.0})) for name in features if features[name]}
        return sorted(without.items(), key=lambda item: -abs(item[1]))


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def _tree(rows: list[list[float]], at: int = 0) -> Node:
    row = rows[at]
    return float(row[1]) if row[0] < 0 else (int(row[0]), row[1], _tree(rows, int(row[2])), _tree(rows, int(row[3])))


@cache
def load_scorer(path: Path = MODEL) -> Scorer:
    """Read the trees; `make model` writes them. Raises StoreError where they cannot be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path.name}: the reader's weights cannot be read ({error}); run `make model` or install rapor anew") from error
    questions = {
        name: Question(item["base"], tuple(item["features"]), tuple(_tree(rows) for rows in item["trees"]), item["threshold"])
        for name, item in data["questions"].items()
    }
    return Scorer(questions, data["version"])
