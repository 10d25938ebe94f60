"""A cheap first look: may this article tell a result of a public body? Words of title and text, one weight each.

Most news is not ours; what is refused here never meets the pipeline. Tuned to let doubtful articles through: a miss cannot be mended
later, a false pass costs milliseconds. Weights are plain numbers in `resources/model/relevance.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "relevance.json"

_WORD = re.compile(r"[a-z]+")
_READ = 6000
"""Characters of the text that are looked at: ten paragraphs say what an article is about."""


def words_in(title: str, text: str) -> set[str]:
    """What the first look sees: words and pairs of neighbours, the title's once more as `t:word`. Case, digits and marks are ignored."""
    head, body = _WORD.findall(title.lower()), _WORD.findall(text[:_READ].lower())
    seen = {*head, *body}
    seen.update([f"t:{word}" for word in head])
    seen.update([f"{first} {second}" for first, second in (*pairwise(head), *pairwise(body))])
    return seen


@dataclass(frozen=True)
class Relevance:
    """Weights of words. A score is the bias and the weights of the words seen over the root of their number, in log-odds.

    The root keeps short notices and long reports on one scale. Articles from `threshold` on are read.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    version: str

    def score(self, title: str, text: str) -> float:
        """How much an article speaks of results of public bodies, in log-odds (0 is even)."""
        return self.rate(words_in(title, text))

    def rate(self, seen: set[str]) -> float:
        """The score of the words that `words_in` found."""
        weights = self.weights
        return self.bias + sum([weights[word] for word in seen if word in weights]) / math.sqrt(max(1, len(seen)))

    def passes(self, score: float) -> bool:
        """Whether a score is enough to read the article."""
        return score >= self.threshold

    def reasons(self, title: str, text: str) -> list[tuple[str, float]]:
        """The words seen and what each adds to the score, the weightiest first."""
        seen = words_in(title, text)
        known = [(word, self.weights[word] / math.sqrt(len(seen))) for word in seen if word in self.weights]
        return sorted(known, key=lambda item: (-abs(item[1]), item[0]))


@cache
def load_relevance(path: Path = MODEL) -> Relevance:
    """Read the weights; `make model` writes them. Raises StoreError where they cannot be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Relevance(data["weights"], data["bias"], data["threshold"], data["version"])
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(
            f"{path.name}: the weights of the first look cannot be read ({error}); run `make model` or install rapor anew"
        ) from error
