"""The learned judge of candidates and results: logistic weights by feature name, read from `resources/model/scorer.json`.

Nothing is hidden in it: a probability is a sum of named weights through one curve, and `rapor read --explain` prints the sum.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "scorer.json"


@dataclass(frozen=True)
class Scorer:
    """Weights by feature, one set a question."""

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    version: str

    def probability(self, question: str, features: Mapping[str, float]) -> float:
        """How likely the answer to `question` ("holds", "result", "background") is yes."""
        known = self.weights[question]
        total = sum(known.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def accepts(self, question: str, probability: float) -> bool:
        """Whether a probability is enough to say yes."""
        return probability >= self.thresholds[question]


@cache
def load_scorer(path: Path = MODEL) -> Scorer:
    """Read the weights; `make model` writes them."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path.name}: the reader's weights cannot be read ({error}); run `make model` or install rapor anew") from error
    return Scorer(data["weights"], data["thresholds"], data["version"])
