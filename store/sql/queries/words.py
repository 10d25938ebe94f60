"""Words of a search: read from what a person types, put in the language of either full-text index, and shown where they were found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.model.errors import UsageError
from store.sql.queries.forms import STOP_WORDS, forms

_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s")
AROUND = 160
"""Characters of a snippet, its last word aside."""
_BETWEEN = " · "
_SHORT = 200
"""Characters of a text that many rows may have in common."""


@dataclass(frozen=True)
class Term:
    """What must occur: one of some words, or several words in a row; with an open end its last word may go on."""

    words: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    open_end: bool = False


@dataclass(frozen=True)
class Snippet:
    """A piece of what was searched, and `[start, end]` of each found word in it, in code points."""

    text: str
    marks: list[list[int]]


def words_in(text: str) -> list[str]:
    """The words of a text as both indexes split it, in lower case."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=64)
def terms_of(text: str, *, as_printed: bool = False) -> tuple[Term, ...]:
    """The terms of a search.

    Args:
        text: Words, "quoted ones" in a row, begin* left open.
        as_printed: No other forms of unquoted words, and every one must occur, also those that say nothing by themselves.

    Raises:
        UsageError: There is no word in it.
    """
    terms: list[Term] = []
    idle: list[Term] = []
    for quoted, bare in _ASKED.findall(text):
        words = tuple(words_in(quoted or bare))
        if not words:
            continue
        open_end = bare.endswith("*")
        if not (as_printed or quoted or open_end) and len(words) == 1:
            term = Term(words, forms(words[0]))
            (idle if words[0] in STOP_WORDS else terms).append(term)
        else:
            terms.append(Term(words, open_end=open_end))
    if not (terms or idle):
        raise UsageError(f"there is no word to search for in {text!r}")
    return tuple(terms or idle)


def match(terms: Iterable[Term], dialect: str) -> str:
    """The terms in the language of the full-text index: FTS5, or a tsquery."""
    return (" & " if dialect == "postgresql" else " AND ").join(_match(term, dialect) for term in terms)


def _match(term: Term, dialect: str) -> str:
    if dialect == "postgresql":
        if term.alternatives:
            return "(" + " | ".join(f"'{word}'" for word in term.alternatives) + ")"
        return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.open_end else "") + ")"
    if term.alternatives:
        return "(" + " OR ".join(f'"{word}"' for word in term.alternatives) + ")"
    return '"' + " ".join(term.words) + '"' + (" *" if term.open_end else "")


def snippet(fields: Iterable[str | None], pattern: re.Pattern[str]) -> Snippet:
    """Of each field with a found word the stretch that holds most of the terms, the words marked; `pattern` is that of the terms.

    Made here and not by the databases, which cut differently and know nothing of offsets: the same on both.
    """
    text, marks = "", []
    for field in fields:
        places = (_places_again if len(field) < _SHORT else _places)(field, pattern) if field else ()
        if not field or not places:
            continue
        start, end = _stretch(field, places)
        text += _BETWEEN if text else ""
        text += "…" if start else ""
        before = len(text) - start
        text += field[start:end].replace("\n", " ") + ("…" if end < len(field) else "")
        marks += [[low + before, high + before] for low, high, _ in places if start <= low and high <= end]
    return Snippet(text, marks)


def _places(text: str, pattern: re.Pattern[str]) -> tuple[tuple[int, int, int], ...]:
    """Where the terms stand: start, end and number of the term, in the order of the text, none inside another."""
    return tuple([(found.start(), found.end(), found.lastindex or 0) for found in pattern.finditer(text)])


_places_again = lru_cache(maxsize=4096)(_places)
"""For short texts, which are names that many rows of a page have in common."""


@lru_cache(maxsize=64)
def pattern_of(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Whole words as the indexes split them, a group for each term."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(f'({_told(term)})' for term in terms)})(?![^\W_])", re.IGNORECASE)


def _told(term: Term) -> str:
    if term.alternatives:
        return "|".join(term.alternatives)
    return r"[\W_]+".join(term.words) + (r"[^\W_]*" if term.open_end else "")


def _stretch(text: str, places: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """The window of AROUND characters with the most different terms, the first of several, from word to word."""
    if len(text) <= AROUND:
        return 0, len(text)
    best = max(_windows(places), key=lambda one: (one[0], -one[1]))
    first, last = best[1], best[2]
    spare = max(0, AROUND - (last - first))
    start = max(0, min(first - spare // 3, len(text) - AROUND))
    end = min(len(text), max(start + AROUND, last))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = _SPACE.search(text, end)
    return start, stop.start() if stop else len(text)


def _windows(places: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Number of different terms, start and end of each window that begins with a found word."""
    for at, (start, end, _) in enumerate(places):
        inside = [place for place in places[at : at + 40] if place[1] <= start + AROUND] or [(start, end, 0)]
        yield len({number for _, _, number in inside}), start, inside[-1][1]
