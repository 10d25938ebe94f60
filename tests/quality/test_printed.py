"""Dates and numbers of the whole gold are found; ranks that only the order of a list tells are read later (`extract.sequences`)."""

from __future__ import annotations

from tests.quality.linking import gold_files
from tests.quality.printed import measure

FLOORS = {"event_date": 0.98, "score": 0.97, "count_streak": 0.95, "rank": 0.86}


def test_dates_and_numbers_of_the_gold_are_found() -> None:
    found = measure(path for files in gold_files().values() for path in files)
    for field, floor in FLOORS.items():
        values = [right for *_, right in found[field]]
        assert len(values) > 20
        assert sum(values) / len(values) >= floor, field
