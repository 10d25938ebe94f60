"""The words that carry a sentence: who receives, who gives, what is only hoped for. Data, one row a word or phrase."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from store.model.errors import SourceError

CUES = Path(__file__).parent / "resources" / "patterns" / "cues.csv"
CLASSES = frozenset(
    "award contest done earlier give handed hedge list negate now passive past person_honour plan receive say venue".split()
)
"""What a cue may do; `extract.candidates` and its neighbours ask for these, `extract.checks` for done, earlier, hedge and now."""


@cache
def load_cues(path: Path = CUES) -> tuple[tuple[str, str], ...]:
    """(phrase, class) of every cue, in the order of the file.

    Raises:
        SourceError: The file is missing, its columns are others, a phrase is empty or a class unknown; the message names the line.
    """
    if not path.is_file():
        raise SourceError(f"the resource {path.name} is missing in {path.parent}; the package was installed without its data")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        if rows.fieldnames != ["form", "class"]:
            raise SourceError(f"{path.name}, line 1: columns {rows.fieldnames}; expected form, class")
        found = []
        for row in rows:
            if not row["form"] or row["class"] not in CLASSES:
                raise SourceError(
                    f"{path.name}, line {rows.line_num}: {row} is no cue; give a phrase and one of {', '.join(sorted(CLASSES))}"
                )
            found.append((row["form"], row["class"]))
    return tuple(found)
