"""How far each value of a claim can be trusted, given that the body holds the prize: a probability a field.

The claim's own `confidence` doubts body and prize too; here stands what is known beyond that of one value. Where the scorer
chose it, a logistic curve over its answer says how often such values are right; where a rule read it, the share of such readings
that was right. Numbers in `resources/model/confidence.json`, fitted by `make model` on articles that the scorer of the fold had not read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.confidence import MODEL, log_odds
from store.model.errors import StoreError
from store.model.records import Claim, ConfidentField

if TYPE_CHECKING:
    from extract.candidates import Candidate
    from extract.scene import Scene
    from extract.slots import Draft

SCORED: tuple[ConfidentField, ...] = ("predicate", "tier", "rank", "score", "edition_year")
"""Fields whose value the scorer chose, with a probability."""
_PLACES = ("here", "elsewhere")
"""Read from a sentence that names the body, or from another one; so too below."""
_PERSONS = ("named here", "named elsewhere", "post")
KINDS: Mapping[ConfidentField, tuple[str, ...]] = {
    "rank_of": _PLACES,
    "category": ("beside a step", "without a step"),
    "giver": ("organiser printed", "organiser implied", "told"),
    "presented_by": _PERSONS,
    "received_by": _PERSONS,
    "event_date": ("year printed here", "year printed elsewhere", "year implied"),
    "venue": ("beside the day", "apart"),
    "count_total": _PLACES,
    "count_streak": _PLACES,
}
"""Fields read by rule, and the kinds of reading that are told apart. A new kind needs some number in the file before it can be fitted."""

Told = Mapping[ConfidentField, float | str]
"""What is known of each filled field: the scorer's probability, or the kind of reading."""


@dataclass(frozen=True)
class FieldConfidence:
    """Curves (weight of the log-odds, bias) of the fields in SCORED, shares right by kind of those in KINDS."""

    curves: Mapping[ConfidentField, tuple[float, float]]
    shares: Mapping[ConfidentField, Mapping[str, float]]

    def of(self, told: Told) -> dict[ConfidentField, float]:
        """The probability that each value is right, 0 to 1 with four decimals."""
        return {name: round(self._of(name, known), 4) for name, known in told.items()}

    def _of(self, name: ConfidentField, known: float | str) -> float:
        if isinstance(known, str):
            return self.shares[name][known]
        weight, bias = self.curves[name]
        return 1.0 / (1.0 + math.exp(-(bias + weight * log_odds(known))))


def told(scene: Scene, candidate: Candidate, draft: Draft) -> dict[ConfidentField, float | str]:
    """What is known of each filled field of a claim in the making."""
    told_in: set[int | None] = {mention.sentence for mention in candidate.mentions}
    found: dict[ConfidentField, float | str] = {name: draft.likely[name] for name in SCORED if draft.values.get(name) is not None}
    for name in KINDS:
        if draft.values.get(name) is not None:
            found[name] = _kind(scene, candidate, draft, name, told_in)
    return found


def _kind(scene: Scene, candidate: Candidate, draft: Draft, name: ConfidentField, told_in: set[int | None]) -> str:
    """How a field was read; `told_in` are the sentences that name the body."""
    value, quoted = draft.values[name], [item for item in draft.evidence if item.field == name]
    here = bool(_sentences(scene, draft, name) & told_in)
    match name:
        case "giver" if candidate.programme and candidate.programme.organisers:
            prize = scene.page.where(candidate.prize.start, candidate.prize.end, name)
            return "organiser implied" if quoted == [prize] else "organiser printed"
        case "giver":
            return "told"
        case "category":  # "kategori A" is as often the step itself
            return "beside a step" if draft.values.keys() & {"predicate", "tier"} else "without a step"
        case "venue":
            return "beside the day" if _sentences(scene, draft, name) & _sentences(scene, draft, "event_date") else "apart"
        case "event_date" if not any(str(value.year) in item.text for item in quoted):
            return "year implied"
        case "event_date":
            return "year printed here" if here else "year printed elsewhere"
        case "presented_by" | "received_by" if not value.name:
            return "post"
        case "presented_by" | "received_by":
            return "named here" if here else "named elsewhere"
    return "here" if here else "elsewhere"


def _sentences(scene: Scene, draft: Draft, name: str) -> set[int | None]:
    """The sentences that a field was read from."""
    shift = scene.page.shift
    return {scene.sentence_at(item.start + (0 if item.where == "title" else shift)) for item in draft.evidence if item.field == name}


def of_row(claim: Claim) -> dict[ConfidentField, float]:
    """For a claim of a table's row: a value that a cell gave is trusted as the row is, others as they were read."""
    names = (*SCORED, *KINDS)
    return {name: claim.field_confidence.get(name, claim.confidence) for name in names if getattr(claim, name) is not None}


def without(claim: Claim, names: Iterable[str]) -> dict[ConfidentField, float]:
    """The same, but for fields whose value a cell replaces."""
    replaced = set(names)
    return {name: value for name, value in claim.field_confidence.items() if name not in replaced}


@cache
def load_field_confidence(path: Path = MODEL) -> FieldConfidence:
    """Read the numbers; `make model` writes them. Raises StoreError where they cannot be read, or where fields or kinds are missing."""
    try:
        fields = json.loads(path.read_text("utf-8"))["fields"]
        curves = {name: (float(fields[name]["weight"]), float(fields[name]["bias"])) for name in SCORED}
        shares = {name: {kind: float(fields[name]["right"][kind]) for kind in kinds} for name, kinds in KINDS.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path.name}: the confidence of fields cannot be read ({type(error).__name__} {error}); run `make model` or install rapor anew"
        ) from error
    unknown = sorted(set(fields) - {*SCORED, *KINDS})
    if unknown:
        raise StoreError(f"{path.name}: no field of a claim is called {', '.join(unknown)}; run `make model` or install rapor anew")
    return FieldConfidence(curves, shares)
