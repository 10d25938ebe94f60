"""Indonesian numbers as they are written: digits with either separator, words, ordinals, Roman numerals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_TO_NINE = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_UNITS = {word: value for value, word in enumerate(("nol", *_TO_NINE))}
_UNITS["sembilah"] = 9
_FIXED = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
_TIMES = {"belas": 1, "puluh": 10, "ratus": 100, "ribu": 1000}
SCALES = {
    "ribu": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "miliard": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
}

LONGEST = 24  # characters; a longer run of digits is an account, a key, or noise

_U = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sembilah)"
_TENS = rf"(?:sepuluh|sebelas|{_U}[ -]?belas|{_U}[ -]?puluh(?:[ -]?{_U})?|{_U})"
_HUNDREDS = rf"(?:(?:seratus|{_U}[ -]?ratus)(?:[ -]?{_TENS})?|{_TENS})"
CARDINAL_WORD = rf"(?:(?:seribu|{_HUNDREDS}[ -]?ribu(?! rupiah))(?: {_HUNDREDS})?|{_HUNDREDS})"
ROMAN = r"(?-i:(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3}))(?![\w.]*\w)"
ORDINAL = rf"(?:pertama|ke[ -]?(?:\d{{1,4}}(?!\d)|{CARDINAL_WORD}|-{ROMAN}))"
DIGITS = r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)"

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_PARTS = re.compile(r"sepuluh|sebelas|seratus|seribu|belas|puluh|ratus|ribu|" + "|".join(_UNITS))
_WHOLE_WORDS = re.compile(rf"{CARDINAL_WORD}|nol", re.IGNORECASE)
_ROMAN_ONLY = re.compile(r"(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as printed at text[start:end] and its value, with its scale word ("6,6 miliar") multiplied in.

    `form` is how it is written. `unit` is percent or rupiah where a sign or word beside the number says so; the span
    covers sign and unit. `decimals` is the number of digits after the decimal mark.
    """

    start: int
    end: int
    value: float
    form: Literal["digits", "word", "ordinal"] = "digits"
    unit: Literal["percent", "rupiah"] | None = None
    decimals: int = 0


def parse_decimal(printed: str, largest: float | None = None) -> float | None:
    """The value of digits with Indonesian or English separators, or None where they are no one number.

    A point or comma before exactly three digits parts thousands where it is a point or stands more than once ("1.234",
    "1,234,567"); any other last separator is the decimal mark ("74,54", "68.52", "3,176", "0.876").

    Args:
        printed: digits, points and commas only.
        largest: the end of the scale, where one is known: a value beyond it is read with its point as decimal mark
            ("3.176" on a scale to 5).
    """
    printed = printed.strip().rstrip(".,")
    if len(printed) > LONGEST or not _DIGITS.fullmatch(printed):
        return None
    if printed.isdigit():
        return float(printed)
    value = _grouped(printed)
    if value is not None and (largest is None or value <= largest):
        return value
    if value is not None and (printed.count(".") + printed.count(",")) > 1:
        return value
    return _pointed(printed)


def _grouped(printed: str) -> float | None:
    match = _THOUSANDS.fullmatch(printed)
    if match and (match[1] == "." or printed.count(",") > 1):
        return float(printed.replace(match[1], ""))
    return None


def _pointed(printed: str) -> float | None:
    mark = max(printed.rfind("."), printed.rfind(","))
    whole, fraction = printed[:mark], printed[mark + 1 :]
    if not whole.isdigit() and _grouped(whole.replace(",", ".")) is None:
        return None
    if printed[mark] in whole:
        return None  # "1.2.3" numbers a chapter
    return float(f"{whole.replace('.', '').replace(',', '')}.{fraction}")


def parse_integer(printed: str) -> int | None:
    """The whole number of digits ("34", "1.234"), words ("dua puluh lima", "duabelas") or a Roman numeral ("IV"), else None."""
    printed = printed.strip()
    if not printed:
        return None
    if printed[0].isdigit():
        value = parse_decimal(printed)
        return int(value) if value is not None and value == int(value) else None
    if _ROMAN_ONLY.fullmatch(printed):
        return parse_roman(printed)
    return _of_words(printed.lower()) if _WHOLE_WORDS.fullmatch(printed) else None


def parse_ordinal(printed: str) -> int | None:
    """The place an ordinal names ("pertama", "kesepuluh", "ke-10", "ke dua belas", "ke-IV"), else None."""
    printed = printed.strip()
    lowered = printed.lower()
    if lowered == "pertama":
        return 1
    return parse_integer(printed[2:].lstrip(" -")) if lowered.startswith("ke") else None


def parse_roman(printed: str) -> int:
    """The value of a Roman numeral to 39, as ranks and stages use it."""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in printed]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def parse_any(printed: str) -> int | None:
    """A place or count in any form: ordinal, digits, word or Roman numeral."""
    ordinal = parse_ordinal(printed)
    return parse_integer(printed) if ordinal is None else ordinal


def _of_words(words: str) -> int:
    total, group, last = 0, 0, 0
    for part in _PARTS.findall(words):
        if part in _UNITS:
            last = _UNITS[part]
            group += last
        elif part == "seribu":
            total, group = total + 1000, 0
        elif part in _FIXED:
            group += _FIXED[part]
        elif part == "belas":
            group += 10
        elif part == "ribu":
            total, group = total + group * 1000, 0
        else:
            group += last * (_TIMES[part] - 1)
    return total + group


_NUMBER = re.compile(
    rf"(?P<rp>(?<!\w)(?:rp|idr)\.?\s?)?(?:(?P<digits>(?:(?<=[Rr][Pp])|(?<=[Rr][Pp]\.)|(?<![\w.,]))\d+(?:[.,]\d+)*)(?P<an>-an)?"
    rf"|(?<!\w)(?P<ordinal>{ORDINAL})(?:nya)?(?!\w)|(?<![\w-])(?P<word>{CARDINAL_WORD})(?![\w-]))"
    rf"(?:\s?(?P<scale>{'|'.join(SCALES)})\b)?(?P<unit>\s?%|\s(?:persen|prosen|rupiah)\b)?",
    re.IGNORECASE,
)


def find_numbers(text: str) -> list[NumberMention]:
    """Find every number of a text, in digits, words and ordinals, in order; dates and numbers of letters included.

    Time is linear in the length of the text.
    """
    found = []
    for match in _NUMBER.finditer(text):
        mention = _number(match)
        if mention:
            found.append(mention)
    return found


def _number(match: re.Match[str]) -> NumberMention | None:
    unit = (match["unit"] or "").strip().lower()
    kind: Literal["percent", "rupiah"] | None = "percent" if unit in ("%", "persen", "prosen") else None
    if match["rp"] or unit == "rupiah":
        kind = "rupiah"
    scale = SCALES.get((match["scale"] or "").lower(), 1)
    printed = match["digits"]
    if printed is None:
        word = match["ordinal"] or match["word"]
        value = parse_any(word)
        form: Literal["word", "ordinal"] = "ordinal" if match["ordinal"] else "word"
        return NumberMention(match.start(), match.end(), float(value * scale), form, kind) if value is not None else None
    decimal = parse_decimal(printed)
    if decimal is None:
        return None
    mark = max(printed.rfind("."), printed.rfind(","))
    whole = mark < 0 or decimal == float(printed.replace(".", "").replace(",", ""))
    decimals = 0 if whole else len(printed) - mark - 1
    return NumberMention(match.start(), match.end(), round(decimal * scale, 6), "digits", kind, decimals)
