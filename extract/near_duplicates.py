"""Near-duplicate signatures: bands of a MinHash over runs of words. Two articles that share a band are worth comparing.

A wire story cut to half shares few of all runs with the whole, so bands are short: they let chance candidates in rather than
lose a copy. Whether two candidates are copies is decided elsewhere, by containment.
"""

from __future__ import annotations

from typing import Final

from rensa import RMinHash

from store.model.keys import digest, fold

RUN_WORDS: Final = 4
BANDS: Final = 24
ROWS: Final = 2
"""With 24 bands of 2, of 1,000 pairs with an overlap of .41 (a story and its half) 988 meet, of those with one of .05 only 58."""
_SEED: Final = 20241119
"""Stands in every stored band: another seed makes all old signatures worthless."""


def signature(text: str) -> tuple[str, ...]:
    """The bands of a text, each with its place in the signature; none for a text of fewer than four words."""
    words = fold(text).split()
    runs = {" ".join(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)}
    if not runs:
        return ()
    made = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    made.update(sorted(runs))
    values = made.digest()
    return tuple(digest("band", str(start), *map(str, values[start : start + ROWS])) for start in range(0, BANDS * ROWS, ROWS))
