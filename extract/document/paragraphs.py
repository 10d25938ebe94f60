"""Printed lines to paragraphs: by the space between them, by how far they reach, and by the marks that begin items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.article.lines import Line, Role

_ITEM = re.compile(r"^(?:\(?\d{1,3}[.)]|\(?[a-z]{1,2}[.)]|[-–—•▪●]|\([ivx]{1,5}\)|[IVXLC]{1,6}\.)\s")
_HEADING = re.compile(
    r"^(?:BAB|Bagian|Paragraf|Pasal|LAMPIRAN|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA|KEENAM|Menimbang|Mengingat|Memperhatikan|MEMUTUSKAN|Menetapkan)\b"
)
_REACHES = 0.88


class Printed(NamedTuple):
    """One line as printed: its text and its box (points from the page's left and top)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def paragraphs(printed: Sequence[Printed], page: int | None) -> list[Line]:
    """The paragraphs of one stretch of a page, in order. Lines of one paragraph are joined by a space."""
    if not printed:
        return []
    gaps = [below.top - above.bottom for above, below in pairwise(printed)]
    usual = median([gap for gap in gaps if gap >= 0] or [0.0])
    left, right = min(line.left for line in printed), max(line.right for line in printed)
    lines: list[Line] = []
    for number, line in enumerate(printed):
        if number and not _begins(printed[number - 1], line, usual, left + _REACHES * (right - left)):
            lines[-1].text = _join(lines[-1].text, line.text)
        else:
            role: Role = "item" if _ITEM.match(line.text) else ""
            lines.append(Line(line.text, "body", role, page=page))
    return lines


def _begins(above: Printed, line: Printed, usual: float, reach: float) -> bool:
    """Whether a line begins a paragraph."""
    height = max(1.0, above.bottom - above.top)
    if line.top - above.bottom > max(usual * 1.6, usual + 0.35 * height):
        return True
    if _ITEM.match(line.text) or _HEADING.match(line.text) or above.text.endswith((":", ";")):
        return True
    return above.right < reach


def _join(above: str, below: str) -> str:
    return above + below if re.search(r"\w-$", above) and below[:1].islower() else f"{above} {below}"
