"""Scores, percentages and amounts: "nilai 74,54 poin", "88,33 persen", "(95,01)", "Rp6,6 miliar"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Literal

from extract.numbers.words import SCALES, parse_decimal

Kind = Literal["nilai", "skor", "indeks", "skala", "poin", "persen", "rupiah", "bracketed", "plain"]


@dataclass(frozen=True, slots=True)
class ScoreMention:
    """A number that may be a score, printed at text[number_start:number_end].

    `start:end` covers its word and unit too. `kind` says what makes it one: the word before it ("nilai", "skor", "indeks",
    "skala"), "poin" behind it, a percent or rupiah sign, brackets behind a name ("Bali (78)"), or nothing ("plain").
    `unit` is the hint to the score's unit: percent, rupiah, points or None. `noun` is the rest of what is scored ("kepatuhan" of
    "nilai kepatuhan", "kontrak" of "nilai kontrak Rp2 miliar"). `out_of` is the end of the scale where it stands behind
    the number ("4,26 dari skala 5"). `bound` marks a limit, not a value ("di atas 70", "minimal 80", an end of "nilai 80-90").
    `weak` marks a number without a word or sign of its own.
    """

    start: int
    end: int
    value: float
    kind: Kind
    unit: Literal["percent", "rupiah", "points"] | None
    number_start: int
    number_end: int
    noun: str = ""
    out_of: float | None = None
    bound: bool = False
    weak: bool = False


_WORD = re.compile(
    r"(?<!\w)(?P<word>nilai|bernilai|skor|berskor|score|indeks|index|skala|angka|poin|capaian|hasil)(?:nya)?(?!\w)"
    r"(?! (?:tambah|jual|tukar|temuan|persen))",
    re.IGNORECASE,
)
_SCALE = "|".join(SCALES)
_NUMBER = re.compile(
    rf"(?P<rp>(?<!\w)(?:rp|idr)\.?\s{{0,2}})?(?P<open>\()?(?:(?<=[Rr][Pp])|(?<=[Pp]\.)|(?<![\w.,/:-]))(?P<digits>\d+(?:[.,]\d+)*)(?![.,]?\d)"
    rf"(?P<more>-an)?(?!(?!(?:{_SCALE})\b)\w)(?P<scale>\s?(?:{_SCALE})\b)?(?P<unit>\s?%|\s(?:persen|prosen|poin|points?|rupiah)\b)?(?P<close>(?:\s\w{{4,8}})?\))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:-|–|s/d|s\.d\.|sampai|hingga)\s?\d")
_RANGED = re.compile(r"\d\s?(?:-|–|s/d|s\.d\.|sampai|hingga)\s?$")
_LIMIT = re.compile(
    r"(?:(?:di ?(?:atas|bawah)|minimal|maksimal|paling (?:sedikit|rendah)|(?:kurang|lebih|besar) dari|antara|target|lebih)\s"
    r"|[<>≥≤]\s?)$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\s(?:dari|pada|dalam)\s(?:skala|total|maksimal|rentang|nilai maksimal)\s(?:\d{1,3}\s?(?:-|–|sampai|hingga)\s?)?"
    r"(?P<end>\d{1,4})(?![\w.,]*\d)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:nomor|no\.?|pasal|ayat|tahun|uu|perda|ipk|rt|rw|pukul|jam|level|top|tipe|kelas|(?<!naik )(?<!turun )(?<!menjadi )ke|"
    r"usia|umur|lebih dari|bulan|tanggal|nik|nip|peringkat|urutan|posisi|rangking|ranking|"
    r"juara|terbaik|volume|halaman|angkatan|lantai|km|blok|industri|society|versi|covid)[\s:.–-]{0,3}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\d\ske\s$")
_MEASURE = re.compile(
    r"[^\S\n]?(?:wib|wita|wit|mikro\w+|mili\w+|ton|kilo\w*|kg|gram|inci|cm|mm|km|meter|liter|karat|bulan|tahun|detik|menit|jam|hari|dolar|dollar|euro|"
    r"orang|jiwa|hektare?|ha|unit|derajat|per)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:\s?(?:poin|persen|%))?(?:\s(?:pada|di|tahun|\(?(?:19|20)\d\d\)?)){0,3},?\s(?:\w+\s)?(?:menjadi|ke|hingga|sampai|kini)\s",
    re.IGNORECASE,
)
"""What stands between what a score was and what it became: "dari 58,45 pada 2021 menjadi 60,15"."""
_LINE_START = re.compile(r"(?:^|\n)[^\S\n]*[(\[]?$")
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
_STOP = re.compile(r"[\n;!?]|\.\s")
_ENDS_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]*|\)|(?<!\w)(?:mendapat|memperoleh|meraih|menjadi|sebesar|yakni|yaitu|mencapai"
    r"|tercatat|mencatat|membukukan|mengumpulkan|mengantongi|mengoleksi"
    r"|kebagian|bertahan di|berhenti di|(?<=\w )dengan|hanya|cuma|masing-masing|sama-sama|(?:naik|turun) (?:ke|menjadi)))"
    r"(?:[^\S\n]|[:–=-]){0,3}$"
)
_AFTER_PLAIN = re.compile(
    r"\s?[.,;)\n]|\s(?:dan|serta|sedangkan|sementara|disusul|diikuti|lalu|"
    r"kemudian|dengan|pada|predikat|kategori|naik|turun|milik|alias|atau|dibanding\w*|ke|\()|\s?$",
    re.IGNORECASE,
)
REACH = 70  # characters between the word "nilai" and its number


def find_scores(text: str) -> list[ScoreMention]:
    """Find every number that may be a score, percentage or amount, in order.

    Years, dates, numbers of letters, places and counts with a noun are left out. What carries neither word nor sign is `weak`.
    """
    words = [(match.start(), match.end(), match["word"].lower()) for match in _WORD.finditer(text)]
    ends = [end for _, end, _ in words]
    found: list[ScoreMention] = []
    for match in _NUMBER.finditer(text):
        place = bisect_right(ends, match.start()) - 1
        mention = _score(match, text, words[place] if place >= 0 else None)
        if mention:
            found.append(mention)
    return _moved(found, text)


def _moved(found: list[ScoreMention], text: str) -> list[ScoreMention]:
    """What a score became is one by the word that stands before what it was."""
    out = found[:1]
    for mention in found[1:]:
        last = out[-1]
        became = mention.kind == "plain" and not last.weak and _MOVED.fullmatch(text, last.number_end, mention.number_start)
        out.append(replace(mention, kind=last.kind, unit=last.unit, noun=last.noun, weak=False) if became else mention)
    return out


def _score(match: re.Match[str], text: str, word: tuple[int, int, str] | None) -> ScoreMention | None:
    start, end = match.span("digits")
    before = text[max(0, start - 24) : start]
    unit = (match["unit"] or "").strip().lower()
    rupiah = bool(match["rp"]) or unit == "rupiah"
    percent = unit in ("%", "persen", "prosen")
    bound = bool(_RANGE.match(text, end) or _RANGED.search(before) or _LIMIT.search(before))
    near = word if word and _reaches(text, word[1], start) else None
    value = parse_decimal(match["digits"], largest=1000 if near and not (rupiah or percent) else None)
    if value is None or _not_a_score(match, before, text, rupiah or percent, near):
        return None
    kind, hint = _kind_of(match, text, value, near, unit, rupiah, percent)
    if kind is None:
        return None
    scaled = value * SCALES.get((match["scale"] or "").strip().lower(), 1)
    limit = _OUT_OF.match(text, end)
    first = near[0] if near else match.start()
    noun = _noun(text, near[1], match.start()) if near else ""
    weak = kind == "plain" or (kind == "bracketed" and match["digits"].isdigit())
    return ScoreMention(
        first, match.end(), round(scaled, 6), kind, hint, start, end, noun, float(limit["end"]) if limit else None, bound, weak
    )  # fmt: skip


def _reaches(text: str, word_end: int, number: int) -> bool:
    """Whether a word's number may be this one: near, in the same sentence, with no other number between but years."""
    if number - word_end > REACH:
        return False
    between = text[word_end:number]
    return not _STOP.search(between) and all(_YEAR.fullmatch(digits) for digits in re.findall(r"\d[\d.,]*\d|\d", between))


def _not_a_score(match: re.Match[str], before: str, text: str, signed: bool, near: tuple[int, int, str] | None) -> bool:
    digits = match["digits"]
    if signed:
        return False
    if (
        match["scale"]
        or match["more"]
        or _YEAR.fullmatch(digits)
        or (_NOT_BEFORE.search(before) and not ("," in digits and _TO.search(before)))
    ):
        return True
    follows = text[match.end("digits") : match.end("digits") + 2]
    if follows[:1] in (".", ")") and _LINE_START.search(before):
        return True  # the number of a list's item
    if follows[:1] in ("/", ":") or (follows[:1] == "-" and follows[1:].isalpha()):
        return True
    return near is not None and near[2] == "skala" and digits.isdigit()


def _kind_of(
    match: re.Match[str], text: str, value: float, near: tuple[int, int, str] | None, unit: str, rupiah: bool, percent: bool
) -> tuple[Kind | None, Literal["percent", "rupiah", "points"] | None]:
    if rupiah:
        return "rupiah", "rupiah"
    if percent:
        return "persen", "percent"
    if unit.startswith("po"):
        return "poin", "points"
    decimal = "." in match["digits"] or "," in match["digits"]
    end = match.end("digits")
    counted = not decimal and not _AFTER_PLAIN.match(text, end)
    if near and near[2] not in ("capaian", "hasil") and not counted:
        return _word_kind(near[2]), None
    if decimal and (_MEASURE.match(text, end) or match["digits"].endswith(".0")):
        return None, None  # a length, an hour, "Industri 4.0"
    whole = value == int(value) and not decimal
    if match["open"] and match["close"] and _ENDS_NAME.search(text[max(0, match.start() - 24) : match.start()]) and value <= 1000:
        return ("bracketed", None) if not whole or value >= 10 else (None, None)
    if not whole and value <= 1000:
        return "plain", None
    named = _ENDS_NAME.search(text[max(0, match.start() - 24) : match.start()])
    return ("plain", None) if named and not counted and 1 < value <= 1000 and not match["open"] else (None, None)


def _word_kind(word: str) -> Kind:
    if word in ("nilai", "bernilai", "angka", "poin"):
        return "poin" if word == "poin" else "nilai"
    return "skor" if word in ("skor", "berskor", "score") else "skala" if word == "skala" else "indeks"


def _noun(text: str, start: int, end: int) -> str:
    words = text[start:end].split()
    stop = next((place for place, word in enumerate(words) if not word.isalpha() or word.lower() in _FILLERS), len(words))
    return " ".join(words[:stop])


_FILLER = (
    "sebesar yakni yaitu adalah hanya cuma yang dengan menjadi mencapai naik turun tahun ini rata-rata sekitar total di dari kurang "
    "lebih mulai antara"
)
_FILLERS = frozenset(_FILLER.split())
