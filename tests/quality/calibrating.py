"""Curves and shares for the confidence of fields, from values that were judged: the numbers of `extract.field_confidence`.

Values of one article are right or wrong together: they weigh by the square root of their number, as rows do for the scorer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.linear_model import LogisticRegression

from extract.confidence import log_odds
from extract.field_confidence import KINDS, SCORED
from store.model.records import ConfidentField

_PRIOR = 8.0
"""Weight that a kind of reading has beforehand, right as often as the whole field is: few readings say little."""


@dataclass(frozen=True)
class FieldRow:
    """One value: its article and field, what was known of it (`extract.field_confidence.Told`), and whether it is right."""

    article: str
    field: ConfidentField
    known: float | str
    right: bool


@dataclass(frozen=True)
class _Weighed:
    known: float | str
    right: bool
    weight: float


def fitted_fields(rows: Sequence[FieldRow]) -> dict[str, Any]:
    """The entry of every field. Raises ValueError where a field was never judged, for then nothing can be said of it."""
    together = Counter((row.article, row.field) for row in rows)
    by_field: dict[ConfidentField, list[_Weighed]] = {name: [] for name in (*SCORED, *KINDS)}
    for row in rows:
        by_field[row.field].append(_Weighed(row.known, row.right, together[row.article, row.field] ** -0.5))
    missing = [name for name, values in by_field.items() if not values]
    if missing:
        raise ValueError(f"the gold judges no value of {', '.join(missing)}: hand in more of it")
    return {name: _curve(by_field[name]) for name in SCORED} | {name: _shares(by_field[name], kinds) for name, kinds in KINDS.items()}


def _share(values: Sequence[_Weighed]) -> float:
    """Laplace's share: never 0 or 1."""
    return (sum(value.weight for value in values if value.right) + 1) / (sum(value.weight for value in values) + 2)


def _curve(values: Sequence[_Weighed]) -> dict[str, Any]:
    """Logistic over the log-odds. A curve that falls with surer answers is noise: then the share right alone stands."""
    answers = [value.right for value in values]
    weight, bias = 0.0, log_odds(_share(values))
    if len(set(answers)) > 1:
        known = [[log_odds(float(value.known))] for value in values]
        curve = LogisticRegression().fit(known, answers, [value.weight for value in values])
        if curve.coef_[0][0] > 0:
            weight, bias = float(curve.coef_[0][0]), float(curve.intercept_[0])
    return {"weight": round(weight, 3), "bias": round(bias, 3), "values": len(values)}


def _shares(values: Sequence[_Weighed], kinds: Sequence[str]) -> dict[str, Any]:
    """The share right of each kind, drawn towards that of the field."""
    whole = _share(values)
    shares, counts = {}, {}
    for kind in kinds:
        own = [value for value in values if value.known == kind]
        right = sum(value.weight for value in own if value.right)
        shares[kind] = round((right + _PRIOR * whole) / (sum(value.weight for value in own) + _PRIOR), 4)
        counts[kind] = len(own)
    return {"right": shares, "values": counts}
