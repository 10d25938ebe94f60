"""Whether two printed names mean one person, and how a person is named again in the same article."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from extract.names.titles import strip_titles
from extract.names.words import PARTICLES

# spellings of one sound before and after the reform of 1972, and in Arabic names; the longer first
_SPELT = "tj>c hj>hy dj>j sj>s sy>s nj>ny oe>u ch>h kh>h dz>z dh>d th>t ph>f v>f q>k x>ks ie>i y>i"
_SOUNDS = tuple((old, new) for old, _, new in (pair.partition(">") for pair in _SPELT.split()))
_MUHAMMAD = re.compile(r"m[uo][ck]?h?am+[ae]d|m(?:[uo][ck]?hd?|hd)")
_COMMON_FIRST = frozenset(("muhammad", "ahmad", "abdul", "siti", "sri", "nur", "andi", "haji", "abu"))
SPELLING = 84  # of 100: two words of a name as one word spelt twice; only where every word pairs off


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well two names go together: `score` from 0 to 1, and the rule that decided.

    `reason` is one of `same`, `spacing`, `initials`, `spelling`, `short form`, `short form, spelling`, `acronym`, `call name`, `different`.
    """

    score: float
    reason: str


def same_name(a: str, b: str) -> NameMatch:
    """Compare two printed names, titles and degrees aside, as names inside one article or of one known holder.

    Word rules come first; likeness of letters only decides whether two words that pair off are one word spelt twice, so
    "Budi Santoso" and "Budi Hartono" stay two people. "Ema" is a short form of "Ema Sumarna", never the same.
    """
    left, right = fold_name(a), fold_name(b)
    if not left or not right:
        return NameMatch(0.0, "different")
    if left == right:
        return NameMatch(1.0, "same")
    if "".join(left) == "".join(right):
        return NameMatch(0.97, "spacing")
    short, long = sorted((left, right), key=len)
    if len(short) == len(long):
        return _aligned(short, long)
    return _contained(short, long, *((a, b) if left is short else (b, a)))


def fold_name(printed: str) -> tuple[str, ...]:
    """The words of a name in one spelling: titles off, lower case, no marks, sounds as today, every Muhammad alike."""
    name = unicodedata.normalize("NFKD", strip_titles(printed)[0]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", re.sub(r"['`]", "", name))
    return tuple(_folded(word) for word in words if word not in PARTICLES)


def short_forms(name: str) -> tuple[str, ...]:
    """The ways a person is named again: the whole name, pairs of neighbours, single words, the initials of three and more words.

    A first word that half the country bears (Muhammad, Siti, …) and words of one or two letters do not stand alone.
    """
    words = strip_titles(name)[0].split()
    forms = [" ".join(words)]
    if len(words) > 2:
        forms += [f"{left} {right}" for left, right in pairwise(words) if not {left.lower(), right.lower()} & PARTICLES]
    for place, word in enumerate(words):
        bare = word.strip(".")
        alone = place > 0 or len(words) == 1 or _folded(bare.lower()) not in _COMMON_FIRST
        if alone and len(bare) > 2 and bare.lower() not in PARTICLES:
            forms.append(bare)
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(words) > 1 and len(initials) > 1:
        forms.append(initials)
    return tuple(dict.fromkeys(forms))


def _folded(word: str) -> str:
    if _MUHAMMAD.fullmatch(word):
        return "muhammad"
    if word == "abd":
        return "abdul"
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _pair(a: str, b: str) -> str | None:
    """How two words pair off: `same`, `initials`, `spelling`, or not at all."""
    if a == b:
        return "same"
    if len(a) == 1 or len(b) == 1:
        return "initials" if a[0] == b[0] else None
    if min(len(a), len(b)) > 3 and fuzz.ratio(a, b) >= SPELLING:
        return "spelling"
    if min(len(a), len(b)) > 4 and sorted(a) == sorted(b) and a[0] == b[0]:
        return "spelling"  # two letters changed places: "Yosanna"
    return None


def _aligned(a: tuple[str, ...], b: tuple[str, ...]) -> NameMatch:
    pairs = [_pair(left, right) for left, right in zip(a, b, strict=True)]
    if None in pairs or all(pair == "initials" for pair in pairs):
        return NameMatch(0.0, "different") if len(a) > 1 else _called(a[0], b[0])
    if "spelling" in pairs:
        return NameMatch(0.9 - 0.05 * (pairs.count("spelling") - 1), "spelling")
    return NameMatch(0.95, "initials")


def _contained(short: tuple[str, ...], long: tuple[str, ...], printed: str, whole: str) -> NameMatch:
    """Whether the shorter name's words stand in the longer one, in order."""
    pairs, place = [], 0
    for word in short:
        found = next((at for at in range(place, len(long)) if _pair(word, long[at])), None)
        if found is None or (len(word) == 1 and len(short) == 1):
            return _acronym(short, long, printed, whole)
        pairs.append(_pair(word, long[found]))
        place = found + 1
    exact = all(pair != "spelling" for pair in pairs)
    score = 0.92 if len(short) > 1 else 0.85 if short[0] == long[0] else 0.8
    return NameMatch(score if exact else score - 0.08, "short form" if exact else "short form, spelling")


def _acronym(short: tuple[str, ...], long: tuple[str, ...], printed: str, whole: str) -> NameMatch:
    if len(short) > 1:
        return NameMatch(0.0, "different")
    letters = printed.strip(" .").replace(".", "")
    initials = "".join(word[0] for word in strip_titles(whole)[0].split() if word[0].isupper())
    if letters.isupper() and len(letters) > 1 and letters == initials.upper():
        return NameMatch(0.7, "acronym")
    return max((_called(short[0], word) for word in long), key=lambda match: match.score)


def _called(a: str, b: str) -> NameMatch:
    """A call name begins like the name and ends on its own: "Hendi" of "Hendrar"."""
    alike = len(a) > 3 and len(b) > 3 and a[:4] == b[:4]
    return NameMatch(0.5, "call name") if alike else NameMatch(0.0, "different")
