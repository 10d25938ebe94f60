"""The sentences a record was read from, with the read words marked: evidence made visible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.model.records import Evidence

# A full stop after a short capitalised word is an abbreviation here ("Dr.", "Jend.", "H."): rather one sentence too many quoted.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")


@dataclass(frozen=True)
class Mark:
    """Read words inside a quotation: characters `start` to `end` of its text, and the fields they were read for."""

    start: int
    end: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Quotation:
    """One sentence of an article's title or text, quoted verbatim. `start` is its offset there, in code points."""

    where: str
    start: int
    text: str
    marks: tuple[Mark, ...]


def quote(title: str, text: str, evidence: Iterable[Evidence]) -> list[Quotation]:
    """The sentences that hold the evidence, in the order of the article, title first; each once, with all its marks.

    Words read for several fields carry one mark with all their names. Where one mark lies inside another or
    overlaps it, the longer one is shown.
    """
    spans: dict[tuple[str, int, int], dict[tuple[int, int], list[str]]] = {}
    for item in evidence:
        source = title if item.where == "title" else text
        low, high = (0, len(source)) if item.where == "title" else _sentence(source, item.start, item.end)
        fields = spans.setdefault((item.where, low, high), {}).setdefault((item.start, item.end), [])
        if item.field not in fields:
            fields.append(item.field)
    found = []
    for (where, low, high), marks in sorted(spans.items(), key=lambda entry: (entry[0][0] == "text", entry[0][1])):
        source = title if where == "title" else text
        shown = tuple(Mark(start - low, end - low, tuple(fields)) for (start, end), fields in _disjoint(marks))
        found.append(Quotation(where, low, source[low:high], shown))
    return found


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Borders of the sentence (or sentences) around a span; a line break always ends one."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    for stop in _SENTENCE_END.finditer(text, low, high):
        if stop.end() <= start:
            low = stop.end()
        elif stop.start() >= end:
            high = stop.end()
            break
    return low, low + len(text[low:high].rstrip())


def _disjoint(marks: dict[tuple[int, int], list[str]]) -> list[tuple[tuple[int, int], list[str]]]:
    kept: list[tuple[tuple[int, int], list[str]]] = []
    for span, fields in sorted(marks.items(), key=lambda entry: entry[0][0] - entry[0][1]):
        over = next((other for other in kept if span[0] < other[0][1] and other[0][0] < span[1]), None)
        if over is None:
            kept.append((span, list(fields)))
        else:
            over[1].extend(field for field in fields if field not in over[1])
    return sorted(kept)
