"""How far a claim can be trusted: the scorer's answers, that the body holds the prize and that the result is theirs, as one probability.

Each answer alone says too much of a claim, which is right only where all of it is. Weights in `resources/model/confidence.json`,
fitted by `make model` on articles that the scorer of the fold had not read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "confidence.json"
_FURTHEST = 6.0
"""Log-odds beyond which a probability says no more."""


def traits(holds: float, results: Sequence[float], *, known: bool) -> dict[str, float]:
    """What confidence is made of: the log-odds of the holding and of the least likely result, and what kind of claim it is.

    Args:
        holds: The probability that the body holds the prize.
        results: The probability of each result that was taken (predicate, tier, rank, score).
        known: Whether the registry has the programme.
    """
    return {
        "holds": log_odds(holds),
        "result": log_odds(min(results)) if results else 0.0,
        "no_result": float(not results),
        "several_results": float(len(results) > 1),
        "unknown_programme": float(not known),
    }


def log_odds(probability: float) -> float:
    """The log-odds of a probability, bounded: beyond some certainty nothing more is said."""
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return min(max(math.log(kept / (1 - kept)), -_FURTHEST), _FURTHEST)


@dataclass(frozen=True)
class Confidence:
    """A logistic curve over the traits of a claim."""

    weights: Mapping[str, float]
    bias: float
    version: str

    def of(self, traits: Mapping[str, float]) -> float:
        """The probability that a claim of these traits is right in body, prize, year and result."""
        total = self.bias + sum(self.weights[name] * value for name, value in traits.items())
        return 1.0 / (1.0 + math.exp(-total))


@cache
def load_confidence(path: Path = MODEL) -> Confidence:
    """Read the weights; `make model` writes them. Raises StoreError where they cannot be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Confidence(data["weights"], data["bias"], data["version"])
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(
            f"{path.name}: the weights of confidence cannot be read ({error}); run `make model` or install rapor anew"
        ) from error
