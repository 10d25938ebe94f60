"""The figures of the reader that every release carries: per part of the gold, with intervals, and how confidence holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from store.sql.wilson import wilson
from tests.quality.scoring import Outcome, figures

PUBLISHED = Path(__file__).resolve().parents[2] / "extract" / "resources" / "model" / "figures.json"
NAMES = {"train": "train (fitted on)", "tune": "tune (fitted on)", "blind": "blind (never fitted on)"}
BINS = 5


def write_published(results: Mapping[str, Sequence[Outcome]], path: Path = PUBLISHED) -> None:
    """Write the figures of the parts: part to measure to `{value, low, high, cases}`."""
    made = {NAMES[part]: dict(_measures(list(found))) for part, found in results.items()}
    path.write_text(json.dumps({"figures": made}, indent=1) + "\n", encoding="utf-8")


def _measures(results: list[Outcome]) -> Iterator[tuple[str, dict[str, Any]]]:
    whole = figures(results)
    for name, value, (low, high) in (("found", whole.found, whole.found_between), ("right", whole.right, whole.right_between)):
        yield name, {"value": round(value, 3), "low": round(low, 3), "high": round(high, 3), "cases": whole.articles}
    for name, value, cases in (("silent", whole.silent, whole.quiet_articles), ("quotations", whole.quoted, whole.fields)):
        low_pct, _, high_pct = wilson(round(value * cases), cases)
        yield name, {"value": round(value, 3), "low": _share(low_pct), "high": _share(high_pct), "cases": cases}
    judged = [one for item in results for one in item.judged]
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        inside = [right for confidence, right in judged if low <= confidence < high or (place == BINS - 1 and confidence == high)]
        if inside:
            yield f"calibration {low:.1f}", {"value": round(sum(inside) / len(inside), 3), "low": low, "high": high, "cases": len(inside)}


def _share(pct: float | None) -> float | None:
    return None if pct is None else round(pct / 100, 3)
