"""Figures the reader must not fall below, per part, with a digest of the gold they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.model.errors import UsageError
from tests.quality.scoring import Figures

FLOORS = Path(__file__).parent / "floors.json"
MEASURES = ("found", "right", "silent", "quoted")
MARGIN = 0.02
"""What a figure may lose to harmless changes; `quoted` may lose nothing."""

Floors = Mapping[str, Mapping[str, Any]]


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors on file: part → measure → least value, and the digest of the part's gold."""
    floors: Floors = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return floors


def fallen(part: str, figures: Figures, floors: Floors) -> list[str]:
    """A sentence for each figure of a part that lies below its floor."""
    least = floors.get(part, {})
    return [
        f"{part}: {measure} is {getattr(figures, measure):.3f}, its floor {least[measure]:.3f}"
        for measure in MEASURES
        if measure in least and getattr(figures, measure) < least[measure] - 1e-9
    ]


def raised(measured: Mapping[str, tuple[Figures, str]], floors: Floors, *, allow_regression: bool) -> dict[str, dict[str, Any]]:
    """New floors, a margin below what was measured; a floor only rises.

    Args:
        measured: part → its figures and the digest of its gold.
        floors: those on file.
        allow_regression: lower a floor where the figure fell below it.

    Raises:
        UsageError: where a figure fell below its floor and that is not allowed.
    """
    below = [sentence for part, (figures, _) in measured.items() for sentence in fallen(part, figures, floors)]
    if below and not allow_regression:
        raise UsageError(f"{'; '.join(below)}; mend the reader, or say --allow-regression and give the reason in the commit")
    new: dict[str, dict[str, Any]] = {}
    for part, (figures, digest) in measured.items():
        new[part] = {"digest": digest}
        for measure in MEASURES:
            value, old = getattr(figures, measure), floors.get(part, {}).get(measure, 0.0)
            wanted = 1.0 if measure == "quoted" else round(max(0.0, value - MARGIN), 3)
            new[part][measure] = wanted if value < old else max(wanted, old)
    return new


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Put floors on file."""
    path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
