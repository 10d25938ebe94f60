"""Where a personal name stands behind or before a place in the text, titles and degrees included in its span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.names.titles import begins_title, is_suffix, read_prefixes, read_suffixes
from extract.names.words import ABBREVIATED, DAYS, FIRST_ONLY, PARTICLES, STOPS

REACH = 160  # characters in which a name with all its titles must lie
LONGEST = 7  # name words
_GAP = re.compile(r"[^\S\n]{0,2}[,:(–—-]?[^\S\n]{0,2}")
_GAP_BEFORE = re.compile(r"[^\S\n]{0,2}[,(–—-]?[^\S\n]{0,2}")
_INITIALS = r"(?:[A-Z]\.){1,3}[A-Z]?(?!\w)|[A-Z](?![\w’'])\.?"
_TOKEN = re.compile(
    rf"(?P<initials>{_INITIALS})|(?P<word>(?:(?:[Aa]l|[Aa]s|[Aa]sy|[Aa]r|[Aa]d|[Ee]l|[Aa]n|[Aa]t)-)?[A-ZÀ-Þ][^\W\d_]*(?:[’'‘`´][^\W\d_]+)*)(?P<dot>\.(?=[^\S\n]?[A-Za-z]))?|(?P<small>[a-z]{{2,5}})(?=[^\S\n])"
)
_VERB = re.compile(r"(?:men[cdjtsz]|meng|meny|mem[bpf]|meme[a-z])[a-z]{3,}")  # of a headline: no name but at its beginning
_INITIAL = re.compile(r"[^\S\n]?[A-Z]\.[^\S\n]?[A-Z][a-z]")
_SPACE = re.compile(r"[^\S\n]{1,2}|(?<=\.)")
_WORD = re.compile(r"[^\W\d_]{1,30}")
_LETTERS = re.compile(r"[A-Za-z.]{1,30}")
_SPACED = re.compile(r"[A-Z]\.\s?[A-Z][a-z]{1,4}\b\.?")
_START = re.compile(r"(?<![\w.’'-])[A-Za-z(]")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A personal name at text[start:end] with its titles and degrees; `name` is what is left without them."""

    start: int
    end: int
    name: str
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


def find_name_after(text: str, position: int) -> NameMention | None:
    """The personal name that begins at `position`, one comma, colon, dash or opening bracket skipped; None where none does.

    A name is a run of capitalised words and initials, with particles ("bin", "van") between; it ends before a verb, a word of
    office, place or body, a quotation mark, a comma that no degree follows, or the end of the line.
    """
    gap = _GAP.match(text, position)
    begin = gap.end() if gap else position
    return _scan(text, begin, min(len(text), begin + REACH))


def find_name_before(text: str, position: int, first: int = 0) -> NameMention | None:
    """The personal name that ends at `position`, one comma, dash or opening bracket skipped; the longest such run.

    `first` is where the search may begin: the end of the last thing known ("Bupati Agam" in "Bupati Agam Indra Catri selaku").
    """
    first = max(first, position - REACH)
    first = max(first, text.rfind("\n", first, position) + 1)
    for start in _START.finditer(text, first, position):
        mention = _scan(text, start.start(), position)
        if mention is None:
            continue
        gap = _GAP_BEFORE.match(text, mention.end, position)
        if gap and gap.end() == position:
            return mention
    return None


def _scan(text: str, begin: int, limit: int) -> NameMention | None:
    prefixes, position = read_prefixes(text, begin, limit) if begin < limit else ((), begin)
    words: list[str] = []
    end = position
    while len(words) < LONGEST:
        match = _TOKEN.match(text, position, limit)
        if match is None or not _belongs(match, text, words):
            break
        words.append(match[0])
        end = match.end()
        if match["dot"] and not _is_abbreviation(match[0]):
            if not _INITIAL.match(text, end):
                break  # a full stop
            words[-1] = words[-1].rstrip(".")  # "Frans. J. Papilaya"
        space = _SPACE.match(text, end, limit)
        if space is None:
            break
        position = space.end()
    while words and words[-1].lower() in PARTICLES and words[-1].islower():
        words.pop()
        end = text.rfind(words[-1], begin, end) + len(words[-1]) if words else begin
    if not words or not any(len(word.strip(".")) > 1 for word in words):
        return None
    if text[end - 1] == "." and not _is_abbreviation(words[-1]):
        end -= 1
        words[-1] = words[-1].rstrip(".")
    suffixes, last = read_suffixes(text, end, limit)
    return NameMention(begin, last if suffixes else end, " ".join(words), prefixes, suffixes)


def _belongs(match: re.Match[str], text: str, words: list[str]) -> bool:
    """Whether the next word goes on the name that `words` began."""
    word = match[0].rstrip(".")
    if match["small"]:
        return bool(words) and word in PARTICLES
    if match["initials"] and not words:
        return text[match.end() : match.end() + 2].lstrip()[:1].isupper()
    if words and (_is_degree(text, match) or _is_spaced_degree(text, match.start())):
        return False
    lowered = word.lower()
    if lowered == "hari" and not words:
        behind = _WORD.match(text, match.end() + 1)
        return behind is None or behind[0].lower() not in DAYS
    return lowered not in STOPS and not (words and (lowered in FIRST_ONLY or _VERB.fullmatch(lowered) or _is_title(text, match)))


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether a title begins here, so that the words before it were no name: "Manggarai Barat Drs. Agustinus"."""
    word = match[0].strip(".")
    return (len(word) > 2 or word in ("Dr", "Ir", "Hj")) and begins_title(text, match.start())


def _is_degree(text: str, match: re.Match[str]) -> bool:
    run = _LETTERS.match(text, match.start())
    return run is not None and len(run[0].strip(".")) > 1 and is_suffix(run[0], comma=False)


def _is_spaced_degree(text: str, at: int) -> bool:
    """Whether a degree with a space in it begins here: "S. Sos.", "M. Si"."""
    found = _SPACED.match(text, at)
    return found is not None and is_suffix(found[0], comma=True)


def _is_abbreviation(word: str) -> bool:
    bare = word.rstrip(".")
    return bare.lower() in ABBREVIATED or "." in bare
