"""`python -m tests.quality.calibrate GOLD…`: fit the confidence of claims and of their fields, the last step of `make model`.

Every article is read by a scorer that answers with the probability of folds which had not seen its outlet: what is read one day comes from
outlets that nobody annotated, and articles of one outlet, often of one event, vouch for each other. Claims are compared with the
gold; a logistic curve over their traits (`extract.confidence`) learns how often such claims are right, and `tests.quality.calibrating` how
often their values are (`extract.field_confidence`), on claims whose body and prize are right. Lives beside the comparison.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.linear_model import LogisticRegression

from extract.claims import ClaimMaker
from extract.confidence import MODEL, Confidence
from extract.field_confidence import FieldConfidence, Told
from extract.lexicon import load_registry
from extract.reader import Reader
from extract.scorer import Scorer, load_scorer
from extract.training.fit import held_out
from extract.training.labels import Example, label, read_gold
from extract.wording import Marks
from store.model.records import ConfidentField
from tests.quality.calibrating import FieldRow, fitted_fields
from tests.quality.linking import DEVELOPMENT
from tests.quality.reliability import calibration_error
from tests.quality.scoring import Outcome, figures, outcomes
from tests.quality.splits import Part, outlet_of, paths

FITTED: tuple[Part, ...] = ("train", "tune")
_NUMBERED = 10_000
"""A claim's place among all is kept in its confidence, which has four decimals."""


class Unseen(Scorer):
    """Answers for the rows of gold articles as the folds did that had not seen them; for other rows as the weights that ship."""

    _told: dict[tuple[str, frozenset[tuple[str, float]], Marks], float]

    @classmethod
    def of(cls, labelled: Mapping[str, Sequence[Example]], kin: Mapping[str, str] | None = None) -> Unseen:
        """A scorer over labelled examples; `kin` are the outlets of their articles, which then fall into one fold."""
        made = cls(load_scorer().questions, "held out")
        told = {
            (question, frozenset(example.features.items()), example.words): probability
            for question, examples in labelled.items()
            for example, probability in zip(examples, held_out(examples, kin), strict=True)
        }
        object.__setattr__(made, "_told", told)
        return made

    def probabilities(self, question: str, rows: Sequence[Mapping[str, float]], words: Sequence[Marks] = ()) -> list[float]:
        """The held-out probability of each row, or that of the weights that ship."""
        shipped = super().probabilities(question, rows, words)
        keys = zip(rows, words or [frozenset()] * len(rows), shipped, strict=True)
        return [self._told.get((question, frozenset(row.items()), marks), own) for row, marks, own in keys]


class _Numbering(Confidence):
    """Numbers the claims instead of judging them, and keeps their traits."""

    def __init__(self) -> None:
        super().__init__({}, 0.0, "")
        object.__setattr__(self, "kept", [])

    kept: list[Mapping[str, float]]

    def of(self, traits: Mapping[str, float]) -> float:
        self.kept.append(traits)
        return (len(self.kept) - 1) / _NUMBERED


class _Keeping(FieldConfidence):
    """Keeps what is known of the fields of each claim, in the order in which claims are numbered."""

    def __init__(self) -> None:
        super().__init__({}, {})
        object.__setattr__(self, "kept", [])

    kept: list[Told]

    def of(self, told: Told) -> dict[ConfidentField, float]:
        self.kept.append(told)
        return {}


def claims_of(golds: Sequence[dict[str, Any]]) -> tuple[list[Mapping[str, float]], list[bool], list[FieldRow], list[Outcome]]:
    """Traits of every claim read from the gold, whether it is right, the same of its fields, and what became of each article."""
    registry, numbering, keeping = load_registry(), _Numbering(), _Keeping()
    reader = Reader(registry)
    outlets = {gold["key"]: outlet_of(gold["article"]) or gold["key"] for gold in golds}
    reader.maker = ClaimMaker(registry, Unseen.of(label(registry, golds), outlets))
    reader.maker.confidence, reader.maker.field_confidence = numbering, keeping
    rows, answers = [], []
    fields: list[FieldRow] = []
    read = outcomes(reader, golds)
    for item in read:
        for number, right in item.judged:
            rows.append(numbering.kept[round(number * _NUMBERED)])
            answers.append(right)
        for value in item.fields:
            known = keeping.kept[round(value.claim * _NUMBERED)]
            fields.append(FieldRow(item.key, value.field, known[value.field], value.right))
    return rows, answers, fields, read


def _parts(read: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """What was read, whole and by part of our own gold, to hold beside the figures of blind; and what is given beside the repository."""
    keys = {part: {path.stem for path in paths(part)} for part in FITTED}
    parts: dict[str, list[Outcome]] = {part: [item for item in read if item.key in keys[part]] for part in FITTED}
    given = {path.stem for path in DEVELOPMENT.glob("*.json")}
    parts["development"] = [item for item in read if item.key in given]
    return {"all": list(read)} | {part: items for part, items in parts.items() if items}


def _weights(read: Sequence[Outcome]) -> list[float]:
    """What each claim counts: an article by the root of its claims, as in the fit of the scorer; a list of fifty is no fifty witnesses."""
    return [1.0 / math.sqrt(len(item.judged)) for item in read for _ in item.judged]


def main() -> None:
    """Fit, say what it gained on stderr, write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold JSON files, or folders of them")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    rows, answers, fields, read = claims_of(read_gold(args.gold))
    names = sorted(rows[0])
    curve = LogisticRegression().fit([[row[name] for name in names] for row in rows], answers, sample_weight=_weights(read))
    data: dict[str, Any] = {
        "weights": {name: round(float(weight), 3) for name, weight in zip(names, curve.coef_[0], strict=True)},
        "bias": round(float(curve.intercept_[0]), 3),
        "claims": dict(sorted(Counter("right" if right else "wrong" for right in answers).items())),
        "fields": fitted_fields(fields),
    }
    data["version"] = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:10]
    args.out.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    fitted = Confidence(data["weights"], data["bias"], data["version"])
    before = calibration_error([(1 / (1 + math.exp(-row["holds"])), right) for row, right in zip(rows, answers, strict=True)])
    after = calibration_error([(fitted.of(row), right) for row, right in zip(rows, answers, strict=True)])
    for name, part in _parts(read).items():
        whole = figures(part)
        sys.stderr.write(
            f"{name}, {whole.articles} articles by trees that had seen neither them nor their outlets: "
            f"found {whole.found:.3f}, right {whole.right:.3f} "
            f"({whole.right_between[0]:.3f} to {whole.right_between[1]:.3f}), silent {whole.silent:.3f} of {whole.quiet_articles}\n"
        )
    sys.stderr.write(
        f"confidence: {len(rows)} claims, calibration error {before:.3f} as scored, {after:.3f} as fitted; {json.dumps(data)}\n"
    )


if __name__ == "__main__":
    main()
