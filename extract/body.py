"""One mention of a body: what was printed, and every region it may mean until the document decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["government", "level", "bare", "agency", "unit", "council", "head"]
"""How a body is printed; by "head" it is not: the title of its head stands for it."""


@dataclass(frozen=True, slots=True)
class Body:
    """One mention of a body. Offsets are code points of the page; `first`, `last` tokens (`last` is one past the end)."""

    start: int
    end: int
    first: int
    last: int
    form: Form
    options: tuple[str, ...] = ()
    """Region codes it may mean: its own where it is a government, its home where it is a unit or council."""
    level: str | None = None
    key: str | None = None
    """Agency key or unit kind."""
    namesakes: tuple[str, ...] = ()
    """Keys of other agencies that bore the printed name in other years."""
    proper: str | None = None
    """The own name of a unit ("dr. Slamet" of "RSUD dr. Slamet")."""
    grade: str | None = None
    """The class printed with a unit: "Kelas IIA"."""
    preposition: str | None = None
    reach: int = 0
    """Token past its apposition ("…, Jawa Barat")."""
    post: int | None = None
    """Index of the post whose office names this body ("Bupati Garut")."""
    home: str | None = None
    """Region code a branch of a national body serves."""
