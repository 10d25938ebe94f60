"""The words that carry a sentence: who receives, who gives, what is only hoped for. Data, one row a word or phrase."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

CUES = Path(__file__).parent / "resources" / "patterns" / "cues.csv"


@cache
def load_cues() -> tuple[tuple[str, str], ...]:
    """(phrase, class) of every cue, in the order of the file."""
    with CUES.open(encoding="utf-8", newline="") as lines:
        return tuple((row["form"], row["class"]) for row in csv.DictReader(lines))
