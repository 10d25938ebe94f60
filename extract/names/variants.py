"""How a printed name differs from the same person's elsewhere: another apostrophe, initials spelt out, a slip of spelling."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

_SLIPS = 85
_MUHAMMAD = re.compile(r"m[uo][a-z]*[md]", re.IGNORECASE)


def misspelt(printed: str, known: str) -> bool:
    """Whether a printed name is the known one spelt otherwise: as many words, none of them an initial or a form of Muhammad."""
    ours, theirs = ([re.sub(r"\W", "", word) for word in name.split()] for name in (printed, known))
    apart = [(a, b) for a, b in zip(ours, theirs, strict=False) if a.lower() != b.lower()]
    return (
        len(ours) == len(theirs) and bool(apart) and all(len(a.strip(".")) > 3 and len(b) > 3 and not _MUHAMMAD.match(a) for a, b in apart)
    )


def nearly(printed: str, known: str) -> bool:
    """Whether a name of as many words is the known one with more than one slip; only safe for the holder of a post in office."""
    return len(printed.split()) == len(known.split()) and fuzz.ratio(printed.lower(), known.lower()) >= _SLIPS and printed[0] == known[0]


def spelt_out(short: str, name: str) -> bool:
    """Whether a name is another with its initials spelt out: "Andi Fajar Yanwar" for "A. Fajar Yanwar"."""
    ours, theirs = short.replace(".", " ").split(), name.replace(".", " ").split()
    alike = all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and alike


def straight(name: str) -> str:
    """A name with one kind of apostrophe: "Ma'ruf", however it is typed."""
    return name.replace("’", "'").replace("‘", "'").replace("`", "'").replace("´", "'")
