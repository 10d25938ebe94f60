"""`python -m extract.training.relevance --news FILE --everyday FILE GOLD…`: fit the first look on our gold against everyday news.

Both files hold article JSON, one a line (`title`, `text`), that of `--news` packed by gzip. The first lines of the news test, the next
ones set the threshold, the rest teach. No sentence of it is kept, only the weight of words that many articles share. The everyday
articles are our own: told as the gold is told, so that what is learned is the matter and not the manner.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extract.relevance import MODEL, Relevance, words_in
from extract.training.labels import read_gold

TESTED, HELD, TAUGHT = 1000, 3000, 12000
"""Lines of the news file that only test; that set the threshold; that teach."""
PASSING = 0.088
"""Share of everyday news that may pass; the threshold follows from it."""
_LEAD = 500
"""Every article teaches twice, whole and by its first characters: a short notice is to be known too."""
_SHARED_GOLD, _SHARED_NEWS = 4, 60
"""Articles of our gold, or of the news, that must share a word (of the news, single words only) before it gets a weight."""
_SCALE = 15.0
"""Root of the number of words an ordinary article has: the fit works on numbers near one, the file holds them multiplied."""
_STRENGTH = 0.02
_TOLD_ALIKE = 15.0
"""What one of our own everyday articles counts, beside one of the news: there are few of them."""
_LEAST = 0.01
_FOLDS = 8

Seen = Sequence[set[str]]
Text = tuple[str, str]
"""Title and text."""


@dataclass(frozen=True)
class Fit:
    """Weights by word, and the bias."""

    weights: dict[str, float]
    bias: float

    def scores(self, seen: Seen) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The log-odds of each article."""
        look = Relevance(self.weights, self.bias, 0.0, "")
        return np.array([look.rate(words) for words in seen])


def fit(ours: Sequence[Text], news: Sequence[Text], everyday: Sequence[Text] = ()) -> Fit:
    """Weights that part our articles from the news, an article of ours counting as much as the news are more numerous than ours."""
    right, wrong = (_seen(texts) + _seen([(title, text[:_LEAD]) for title, text in texts]) for texts in (ours, [*news, *everyday]))
    common, elsewhere = (Counter(word for words in side for word in words) for side in (right, wrong))
    words = sorted(
        {word for word, count in common.items() if count >= 2 * _SHARED_GOLD}
        | {word for word, count in elsewhere.items() if count >= 2 * _SHARED_NEWS and " " not in word}
    )
    number = {word: index for index, word in enumerate(words)}
    rows = _matrix([*right, *wrong], number)
    answers = np.array([1] * len(right) + [0] * len(wrong))
    alike = [*([1.0] * len(news)), *([_TOLD_ALIKE] * len(everyday))]
    counts = np.array([*([len(wrong) / len(right) / 2] * len(right)), *alike, *alike])
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
    model.fit(rows, answers, counts)
    weights = {word: round(_SCALE * float(weight), 2) for word, weight in zip(words, model.coef_[0], strict=True) if abs(weight) >= _LEAST}
    return Fit(weights, round(float(model.intercept_[0]), 3))


def _seen(texts: Sequence[Text]) -> list[set[str]]:
    return [words_in(title, text) for title, text in texts]


def _matrix(seen: Seen, number: dict[str, int]) -> csr_matrix:
    places = [[number[word] for word in words if word in number] for words in seen]
    ends = np.cumsum([0, *map(len, places)])
    columns = np.array([column for row in places for column in row])
    roots = np.repeat([_SCALE / np.sqrt(max(1, len(words))) for words in seen], np.diff(ends))
    return csr_matrix((roots, columns, ends), shape=(len(seen), len(number)))


def held_out(ours: Sequence[Text], news: Sequence[Text], everyday: Sequence[Text]) -> list[float]:
    """The score of each of our articles by weights that never saw it."""
    out = [0.0] * len(ours)
    for fold in range(_FOLDS):
        fitted = fit([text for index, text in enumerate(ours) if index % _FOLDS != fold], news, everyday)
        out[fold::_FOLDS] = fitted.scores(_seen(ours[fold::_FOLDS])).tolist()
    return out


def read_news(path: Path, count: int) -> list[Text]:
    """Title and text of the first `count` articles of a packed file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(item["title"] or "", item["text"]) for item in map(json.loads, islice(lines, count))]


def main() -> None:
    """Fit, say on stderr what would be missed and what would pass, write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold JSON files, or folders of them")
    parser.add_argument("--news", type=Path, required=True, help="everyday news: article JSON lines, gzip")
    parser.add_argument("--everyday", type=Path, required=True, help="everyday articles of our own: article JSON lines")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    golds = read_gold(args.gold)  # those without a claim too: plans, statistics, honours of persons are the same matter
    ours = [(item["article"]["title"] or "", item["article"]["text"]) for item in golds]
    everyday = [(item["title"], item["text"]) for item in map(json.loads, args.everyday.read_text("utf-8").splitlines())]
    titles = {title for title, _ in ours}
    lines = read_news(args.news, TESTED + HELD + TAUGHT)
    tested, held = lines[:TESTED], lines[TESTED : TESTED + HELD]
    taught = [item for item in lines[TESTED + HELD :] if item[0] not in titles]
    first = fit(ours, taught, everyday)
    like_ours = np.median(first.scores(_seen(ours)))
    # news that reads like half of our gold is likely ours: it shall not teach that such articles are none
    taught = [text for text, score in zip(taught, first.scores(_seen(taught)), strict=True) if score < like_ours]
    fitted = fit(ours, taught, everyday)
    threshold = round(float(np.quantile(fitted.scores(_seen(held)), 1 - PASSING)), 2)
    claimed = [bool(item["gold"]["claims"]) for item in golds]
    lowest = sorted(score for score, told in zip(held_out(ours, taught, everyday), claimed, strict=True) if told)
    data: dict[str, Any] = {
        "bias": fitted.bias,
        "threshold": threshold,
        "weights": fitted.weights,
        "held_out": {
            "articles": len(lowest),
            "missed": sum(score < threshold for score in lowest),
            "lowest": [round(score, 2) for score in lowest[:5]],
            "news": len(tested),
            "news_passing": int((fitted.scores(_seen(tested)) >= threshold).sum()),
        },
        "fitted_on": sorted(str(item["key"]) for item in golds),
    }
    data["version"] = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:10]
    args.out.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    sys.stderr.write(f"relevance: {len(fitted.weights)} words, threshold {threshold}, {json.dumps(data['held_out'])}\n")


if __name__ == "__main__":
    main()
