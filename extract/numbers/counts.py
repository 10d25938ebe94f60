"""How often, and how often in a row: "untuk ke-10 kalinya", "7 kali berturut-turut", "hattrick"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.numbers.words import CARDINAL_WORD, ORDINAL, parse_any


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count printed at text[start:end]: `total` of times, or `streak` without a gap.

    `unit` is what was counted ("kali", "tahun", …; empty where no word says). `weak` marks words that count other things too:
    "pertama kali", "WTP ke-10" without its "kali".
    """

    start: int
    end: int
    kind: Literal["total", "streak"]
    value: int
    unit: str
    weak: bool = False


_RUN = r"(?:ber[ -]?turut(?:[- ]{0,2}t?urut(?:an)?|an)?|beruntun(?:an)?|tanpa (?:putus|jeda|terputus|henti)|tak terputus|non[ -]?stop)\b"
_FILL = r"(?:\s(?!dan\b|tetapi\b|serta\b|lalu\b)[a-z/-]{2,18}){0,4}?"
_SPAN = r"(?:tahun(?: anggaran)?|periode|musim|edisi|penyelenggaraan|kesempatan|semester|triwulan|bulan)"
_ANY = rf"(?:\d{{1,2}}(?![\d.,]*\d)|{CARDINAL_WORD})"

_TIMES = re.compile(
    rf"(?<![\w.,])(?:(?P<ordinal>{ORDINAL})|(?P<number>{_ANY}))(?:\s|-)?(?P<kali>kali)(?P<nya>nya)?(?!\w)(?P<run>{_FILL}\s{_RUN})?",
    re.IGNORECASE,
)
_KALI_FIRST = re.compile(
    rf"(?<!\w)(?P<unit>kali|{_SPAN})(?:nya)?\s(?:yang )?(?P<ordinal>{ORDINAL})(?!\w)(?P<run>{_FILL}\s{_RUN})?", re.IGNORECASE
)
_YEARS = re.compile(rf"(?<![\w.,])(?P<number>{_ANY})\s(?P<unit>{_SPAN})(?P<run>{_FILL}\s{_RUN})", re.IGNORECASE)
_RUN_FIRST = re.compile(
    rf"(?<!\w){_RUN}(?:\s(?:selama|sebanyak|hingga|sampai|untuk|yang|dalam|meraih|memperoleh|mendapat|menerima|opini|wtp|terhitung)){{0,4}}"
    rf"\s(?:(?P<number>{_ANY})|(?P<ordinal>{ORDINAL}))\s?(?P<unit>kali|{_SPAN})(?:nya)?(?!\w)",
    re.IGNORECASE,
)
_UNBROKEN = re.compile(
    rf"(?<!\w)yang\s(?P<ordinal>{ORDINAL})"
    r"(?P<run>,?\s(?:dan\s|secara\s)?(?:tidak|tak|belum|tanpa)(?:\spernah)?\s(?:ter)?putus)(?!\w)",
    re.IGNORECASE,
)
_TRICK = re.compile(r"(?<!\w)(?P<trick>hat|quat|quatt|kuat|quin|quint)[ -]?tri(?:c|k|ck)(?!\w)", re.IGNORECASE)
_AWARD_NTH = re.compile(
    r"(?<!\w)(?P<unit>wtp|wajar tanpa pengecualian|\(wtp\)|opini|adipura(?: kencana)?|penghargaan|predikat|piala|gelar|trofi|wtn|kla)\s"
    rf"(?:yang\s|untuk yang\s)?(?P<ordinal>{ORDINAL})(?!\w)(?P<run>{_FILL}\s{_RUN})?",
    re.IGNORECASE,
)
_TRICKS = {"hat": 3, "quat": 4, "quatt": 4, "kuat": 4, "quin": 5, "quint": 5}
_NOT_TIMES = re.compile(r"\s(?:lipat|sehari|sebulan|seminggu|sepekan|setahun|semusim|dalam (?:satu|se)|per\b|tanam|panen)", re.IGNORECASE)


def find_counts(text: str) -> list[CountMention]:
    """Find the counts of a text, in order, none overlapping another. "lipat" and times a day or year are no counts."""
    found: list[CountMention] = []
    taken = bytearray(len(text))
    lowered = text.lower()
    for pattern, words in _FINDERS:
        for match in pattern.finditer(text) if any(word in lowered for word in words) else ():
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            mention = _count(match, text)
            if mention:
                found.append(mention)
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return sorted(found, key=lambda mention: mention.start)


def _count(match: re.Match[str], text: str) -> CountMention | None:
    part = match.groupdict()
    if part.get("trick"):
        return CountMention(match.start(), match.end(), "streak", _TRICKS[part["trick"].lower()], "kali")
    printed = part.get("ordinal") or part["number"]
    value = parse_any(printed)
    if not value:
        return None
    streak = bool(part.get("run")) or match.re is _RUN_FIRST
    unit = (part.get("unit") or part.get("kali") or "").lower()
    if not streak and _NOT_TIMES.match(text, match.end()):
        return None
    if match.re is _KALI_FIRST and unit != "kali" and not streak:
        return None  # "tahun kedua" alone counts nothing
    weak = not streak and (match.re is _AWARD_NTH or printed.lower() == "pertama")
    return CountMention(match.start(), match.end(), "streak" if streak else "total", value, unit, weak)


_RUNS = ("turut", "runtun", "tanpa", "terputus", "non")
_FINDERS = (  # each with words one of which must stand in the text: looking for those is what costs least
    (_TIMES, ("kali",)),
    (_YEARS, _RUNS),
    (_RUN_FIRST, _RUNS),
    (_KALI_FIRST, ("kali", *_RUNS)),
    (_UNBROKEN, ("putus",)),
    (_AWARD_NTH, ("ke", "pertama")),
    (_TRICK, ("tri",)),
)
