"""What a release is told by whoever publishes it, and what is the same in every one: topics, words for results, bands of confidence."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

TITLE = "rapor: evaluations of Indonesia's public services, read from the news"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
OTHER_TOPIC = "other"

_TOPICS = Path(__file__).with_name("topics.csv")


@dataclass(frozen=True)
class Facts:
    """What makes one release this release.

    Attributes:
        version: `2026.11.24`, with `.1`, `.2` behind it where there was one that day.
        day: The day it is published under.
        previous: Version of the release before, None for the first.
        contact: How readers reach the operator; may be empty.
        figures: What the reader was measured at: part to measure to `{value, low, high, cases}`.
        generator: Name and version of what made it.
    """

    version: str
    day: date
    previous: str | None = None
    contact: str = ""
    figures: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    generator: str = "rapor"

    @property
    def citation(self) -> str:
        """The line to paste."""
        return f"rapor contributors ({self.day.year}). {TITLE}. Version {self.version} ({self.day.isoformat()}). Data set, {LICENCE}."


@cache
def topics() -> Mapping[str, str]:
    """Programme key to the subject it stands under on a report card."""
    with _TOPICS.open(encoding="utf-8", newline="") as file:
        return {row["programme"]: row["topic"] for row in csv.DictReader(file)}


def result_in_words(row: Mapping[str, Any]) -> str | None:
    """The result of a claim or evaluation as one reads it in a cell: the step or group, the place, the score."""
    parts = [str(row[name]) for name in ("predicate", "tier") if row[name]]
    if row["rank"] is not None:
        place = str(row["rank"]) + (f" / {row['rank_of']}" if row["rank_of"] is not None else "")
        parts.append(f"{place} ({row['rank_scope']})" if row["rank_scope"] else place)
    if row["score"] is not None:
        parts.append(f"{row['score']:g}" if abs(row["score"]) < 1e6 else f"{row['score']:.0f}")
    return " · ".join(parts) or None


def sureness(confidence: float) -> str:
    """Confidence in three bands."""
    return "high" if confidence >= 0.8 else "medium" if confidence >= 0.5 else "low"
