"""Titles, degrees, ranks and forms of address: taken off a printed name, from `resources/honorifics.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.lexicon import load_honorifics

_LOWER = "dr drg drh apt ns alm almarhum almarhumah pak bu bapak ibu prof ir drs h hj bang kang"
_LOWER_TOO = frozenset(_LOWER.split())
_AMBIGUOUS = ("MS", "AP", "IP")  # initials of names as often as degrees: a degree only with its dots or behind a comma
_GOES_ON = re.compile(r"[\s(]*[A-Za-z(]")
_BETWEEN = re.compile(r"\s?[,.;]{0,2}\s{0,2}")
_DEGREE = re.compile(r"(?:[SMABD]|Sp|Ph|LL|Sos|Subsp)\.\s?(?:[A-Z][A-Za-z]{0,5}(?:\.|(?![\w]))\s?){0,3}(?:\([A-Z][A-Za-z]{0,5}\))?(?<!\s)")
_WORD = re.compile(r"[A-Za-z]+|[()\-/]|\d+")


def strip_titles(printed: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A printed name without its titles: `(name, prefixes, suffixes)`, the latter two as printed.

    "Prof. Dr. H. Budi Santoso, S.H., M.Si." gives `("Budi Santoso", ("Prof.", "Dr.", "H."), ("S.H.", "M.Si."))`. What is
    nothing but titles comes back as it was.
    """
    text = " ".join(printed.split()).strip(" ,;:")
    prefixes, start = read_prefixes(text, 0)
    core = text[start:]
    found = _first_suffix(core)
    if found is None:
        name, suffixes = core, tuple[str, ...]()
    else:
        name = core[:found]
        suffixes, _ = read_suffixes(core, found)
    name = name.strip(" ,;:(")
    if name.endswith(".") and not re.search(r"(?:^|[\s.])[A-Z]\.$|\b(?:Moh|Muh|Moch|Abd|Ch|Jr|Sr)\.$", name):
        name = name.rstrip(".")
    return (name, prefixes, suffixes) if name else (text, (), ())


def read_prefixes(text: str, position: int, limit: int | None = None) -> tuple[tuple[str, ...], int]:
    """The titles that begin at `position`, none beyond `limit`, and where the name behind them begins."""
    limit = len(text) if limit is None else limit
    prefixes = []
    pattern = _prefixes()
    while match := pattern.match(text, position, limit):
        printed = match[1]
        folded = printed.lower().rstrip(".")
        if printed[0].islower() and folded not in _LOWER_TOO:
            break
        if not _GOES_ON.match(text[match.end() : min(limit, match.end() + 4)]):
            break  # nothing follows: it was the name itself
        prefixes.append(printed)
        position = match.end()
    return tuple(prefixes), position


def begins_title(text: str, position: int) -> bool:
    """Whether a title as it is usually printed, capitals included, begins at `position` ("Drs.", but not the name "Gray" for "GRAy")."""
    return _titles().match(text, position) is not None


def read_suffixes(text: str, position: int, limit: int | None = None) -> tuple[tuple[str, ...], int]:
    """The degrees that begin at `position`, none beyond `limit`, commas between them skipped, and where the last one ends."""
    limit = len(text) if limit is None else limit
    suffixes = []
    pattern = _suffixes()
    while True:
        gap = _BETWEEN.match(text, position, limit)
        begin = gap.end() if gap else position
        match = pattern.match(text, begin, limit)
        if not match or not is_suffix(match[0], comma=True):
            match = _DEGREE.match(text, begin, limit)
            if not match or len(match[0]) < 3:
                break
        suffixes.append(match[0])
        position = match.end()
    return tuple(suffixes), position


def is_suffix(printed: str, comma: bool) -> bool:
    """Whether these letters are a degree as printed: "M.Si.", "MSi", "MM", but without a `comma` or dots no ambiguous initials."""
    letters = re.sub(r"[^A-Za-z]", "", printed)
    if not letters or printed[0].islower():
        return False
    known = _letters()
    if "." in printed.rstrip(".") or comma:
        return letters in known or letters.upper() in known
    return letters in known and letters not in _AMBIGUOUS and (letters.isupper() or letters[-2:].islower() or len(letters) > 2)


def _first_suffix(core: str) -> int | None:
    """Where the first degree of a name without prefixes begins: behind a comma, or a last word that can be nothing else."""
    comma = core.find(",")
    tokens = list(re.finditer(r"\S+", core[: comma if comma >= 0 else len(core)]))
    for token in tokens[1:]:
        word = token[0].strip(",;()")
        if word and is_suffix(word, comma=False) and _only_suffixes(core, token.start()):
            return token.start()
    return comma if comma >= 0 else None


def _only_suffixes(core: str, position: int) -> bool:
    _, end = read_suffixes(core, position)
    return not re.search(r"[A-Za-z]{3,}", core[end:].split(",")[0])


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile(rf"[\s,(]*({_alternatives('prefix')})(?:(?<=\.)|(?![\w’']))\)?(?:\s?[.,](?=\s?[A-Z(]))?\s*", re.IGNORECASE)


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('prefix')})(?:(?<=\.)|(?![\w’']))")


@cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('suffix')})(?![\w’'])\.?")


@cache
def _letters() -> frozenset[str]:
    forms = [form for item in load_honorifics() if item.place == "suffix" for form in (item.form, *item.spellings)]
    letters = {re.sub(r"[^A-Za-z]", "", form) for form in forms}
    return frozenset(letters | {word.upper() for word in letters})


def _alternatives(place: str) -> str:
    forms = [form for item in load_honorifics() if item.place == place for form in (item.form, *item.spellings)]
    return "|".join(sorted(set(_loose(forms)), key=len, reverse=True))


def _loose(forms: Iterable[str]) -> Iterable[str]:
    """Each form as a pattern that lets dots and the spaces behind them come and go: "S.H." matches "SH", "S. H", "S.H."."""
    for form in forms:
        parts = _WORD.findall(form)
        pattern = ""
        for place, part in enumerate(parts):
            spaced = place and re.search(rf"{re.escape(parts[place - 1])}\.?\s+{re.escape(part)}", form)
            pattern += (r"\.?\s?" if spaced else r"\.?\s?" if place and "." in form else "") + re.escape(part)
        yield pattern + r"\.?"
