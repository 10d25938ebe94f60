"""Groups without order inside: "Top 45", "10 besar", "30 terbaik dari 187", medals, stars, and the bottom of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.numbers.words import CARDINAL_WORD, ROMAN, parse_integer


@dataclass(frozen=True, slots=True)
class TierMention:
    """A tier printed at text[start:end].

    `text` is its canonical form: "Top 45", "10 besar" with the number in digits; as printed for "lima kota terbaik", "Juara
    Harapan I", "Berkinerja Tertinggi", "terendah"; "Gold", "Emas" for a medal. `number` is how many it holds, `of` out of how many.
    """

    start: int
    end: int
    text: str
    kind: Literal["top", "besar", "best", "medal", "stars", "title", "lowest"]
    number: int | None = None
    of: int | None = None


_N = rf"(?P<number>\d{{1,3}}(?![\d.,]*\d)|{CARDINAL_WORD})"
_OF = rf"(?:\s(?:dari|di antara)\s(?:total\s|seluruh\s|sebanyak\s)?(?P<of>\d{{1,3}}(?:\.\d{{3}})?(?![\d.,]*\d)|{CARDINAL_WORD})(?!\w))?"
_TOP = re.compile(rf"(?<!\w)top[ -]?{_N}(?!\w){_OF}", re.IGNORECASE)
_BIG = re.compile(rf"(?<![\w.,]){_N}\s(?P<class>besar)(?!\w){_OF}", re.IGNORECASE)
_BEST = re.compile(
    rf"(?<![\w.,-])(?<!nomor\s)(?<!nomer\s){_N}\s(?!tahun\b|kali\b|orang\b)(?P<noun>(?:[a-z/]{{3,16}}\s){{0,3}}?)(?P<class>terbaik|teratas|tertinggi|terinovatif)(?!\w){_OF}",
    re.IGNORECASE,
)
_METAL = r"(?:platinum|gold(?:en)?|silver|bronze|diamond|emas|perak|perunggu)"
_MEDAL = re.compile(
    rf"(?<!\w)(?:(?P<cue>medali|predikat|kategori|peringkat|kelas|level|piala|trofi|trophy|penghargaan|anugerah|sertifikat|pita|pemenang|juara)\s)?"
    rf"(?P<metal>{_METAL})(?P<after>\s(?:award|winner|medal|medali|trophy|champion|category|rank|level)\b)?(?!\w)",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"(?<!\w)(?:bintang\s(?P<number>[1-5]|satu|dua|tiga|empat|lima)|(?P<stars>[1-5])\s(?:stars?|bintang))(?![\w.,]*\d)(?!\w)", re.IGNORECASE
)
_TITLE = re.compile(
    rf"(?<!\w)(?:juara (?:umum|favorit|harapan(?:\s(?:{ROMAN}|[1-3]|ke-[1-3]|satu|dua|"
    r"tiga|pertama|kedua|ketiga))?)"
    rf"|harapan (?:{ROMAN}|[1-3]|ke-[1-3]|pertama|kedua|ketiga)(?=[\s,;.:)(]|$)|(?:ber)?kinerja (?:tertinggi|terbaik|terendah)"
    r"|best of the best)(?!\w)",
    re.IGNORECASE,
)
_LOWEST = re.compile(
    r"(?<!\w)(?:ter(?:endah|bawah|buruk|belakang)|paling (?:bawah|rendah|buncit|buruk)|juru kunci|peringkat terakhir)(?!\w)", re.IGNORECASE
)


def find_tiers(text: str) -> list[TierMention]:
    """Find the tiers of a text, in order, none overlapping another. Steps of a programme's own scale belong to the registry."""
    found: list[TierMention] = []
    taken = bytearray(len(text))
    lowered = text.lower()
    for pattern, build, words in _FINDERS:
        for match in pattern.finditer(text) if any(word in lowered for word in words) else ():
            mention = None if taken.find(1, match.start(), match.end()) >= 0 else build(match)
            if mention:
                found.append(mention)
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return sorted(found, key=lambda mention: mention.start)


def _grouped(match: re.Match[str]) -> TierMention | None:
    number = parse_integer(match["number"])
    of = parse_integer(match["of"]) if match["of"] else None
    if not number or number < 2:
        return None
    end = match.end("of") if of else match.end()
    if match.re is _TOP:
        return TierMention(match.start(), end, f"Top {number}", "top", number, of)
    if match.re is _BIG:
        return TierMention(match.start(), end, f"{number} besar", "besar", number, of)
    noun = match["noun"]
    printed = match.string[match.start() : match.end("class")]
    name = printed if noun else f"{number} {match['class'].lower()}"
    return TierMention(match.start(), end, name, "best", number, of)


def _medal(match: re.Match[str]) -> TierMention | None:
    metal = match["metal"]
    if not match["cue"] and not match["after"] and (metal.islower() or metal.lower() in ("emas", "perak", "perunggu", "golden", "diamond")):
        return None  # "emas" alone is gold, "Indonesia Emas" a slogan
    start = match.start("metal")
    return TierMention(start, match.end("metal"), metal.capitalize(), "medal")


def _stars(match: re.Match[str]) -> TierMention | None:
    number = parse_integer(match["number"] or match["stars"])
    return TierMention(match.start(), match.end(), f"Bintang {number}", "stars", number)


def _title(match: re.Match[str]) -> TierMention | None:
    return TierMention(match.start(), match.end(), match[0], "title")


def _lowest(match: re.Match[str]) -> TierMention | None:
    return TierMention(match.start(), match.end(), match[0].lower(), "lowest")


_FINDERS = (  # each with words one of which must stand in the text: looking for those is what costs least
    (_TOP, _grouped, ("top",)),
    (_BIG, _grouped, (" besar",)),
    (_TITLE, _title, ("juara", "harapan", "kinerja", "best")),
    (_BEST, _grouped, ("terbaik", "teratas", "tertinggi", "terinovatif")),
    (_MEDAL, _medal, ("plat", "gold", "silver", "bronze", "diamond", "emas", "per")),
    (_STARS, _stars, ("bintang", "star")),
    (_LOWEST, _lowest, ("ter", "paling", "juru kunci")),
)
