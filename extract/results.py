"""Results as printed: steps of a programme's scale, groups without order, ordered places, scores, categories.

A step is read only with its programme: "Madya" may be a step of three; the claim's programme picks its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from extract.numbers.ranks import find_fields, find_ranks
from extract.numbers.scores import find_scores
from extract.numbers.tiers import find_tiers
from extract.tokens import Tokens

Slot = Literal["predicate", "tier", "rank", "score"]

_ANCHOR = frozenset(
    (
        "predikat kategori nilai opini kualifikasi tingkat tingkatan zona level kelas peringkat status gelar indeks "
        "hasil mutu rapor kriteria grade berpredikat berkategori bernilai berstatus skor sebutan klasifikasi penilaian "
        "tipe strata anugerah penghargaan piala award awards"
    ).split()
)
_TOWARDS = frozenset(
    ("( ke menjadi jadi meraih memperoleh mendapat mendapatkan raih dari sebagai dengan “ \" ‘ ' masuk : = ialah adalah yakni").split()
)
_SUPERLATIVES = frozenset({"tertinggi", "terendah"})
_OF_STEPS = frozenset("kualitas kepatuhan opini predikat berpredikat kategori zona zonasi".split())
_PLACES, _OF_PLACES = frozenset({"provinsi", "kabupaten", "kota", "nasional"}), frozenset({"tingkat", "adiwiyata", "kategori", "predikat"})
_FLAG = ("merah", "putih")
"""The colours of the flag, which buildings and villages are named for: no red zone."""
_OPINIONS = frozenset({"WTP", "WTP-DPP", "WDP", "TW", "TMP", "WBK", "WBBM"})
_LETTERS = 2
_ROW = 8
"""Tokens from one letter of a row to the next: ", Kabupaten Hulu Sungai Utara B"."""
_ROW_GOES_ON = frozenset((",", ";", ".", "dan", "serta", "lalu", ")", "\n"))
_SENTENCE_ENDS = frozenset(".!?")
_CATEGORY = re.compile(
    r"\b(?P<head>[Kk]ategori|KATEGORI|[Kk]elompok|[Kk]laster|[Kk]luster|[Bb]idang|[Kk]lasifikasi)\s+[“\"‘']?"
    r"(?P<name>(?:(?!\s(?:dengan|yang|pada|oleh|sebagai|berdasarkan|adalah|dalam|karena|setelah|usai|dari|tahun|periode|jatuh|diraih|diberikan|diserahkan|"
    r"ditempati|di ajang|di Hotel|di Jakarta|di Gedung|ini|tersebut|juga"
    r"|dan (?:meraih|mendapat|menerima)|meraih|menerima|mendapat|memperoleh|untuk)\b)[^,.;:()\n“”\"]){2,110})"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One result as printed. `programme` is set for steps of a scale; other results fit any programme."""

    slot: Slot
    value: str | float
    start: int
    end: int
    programme: str | None = None
    anchored: bool = False
    """Whether a word beside it says that it is a result ("predikat", "nilai", brackets)."""
    rank_of: int | None = None
    of_span: tuple[int, int] | None = None
    unit: str | None = None
    weak: bool = False
    how: str = ""
    """What makes it one: the head of a rank, the class of a tier, what stands before a score."""
    at: int | None = None
    """Where it is to be looked for, when its words stand outside the sentence: the item that a printed number opens."""
    noun: str = ""
    """The rest of what is scored ("kontrak" of "nilai kontrak")."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category as printed after its word: "kategori Kota Sedang"."""

    name: str
    start: int
    end: int


def place_of(result: Result) -> int:
    """The offset by which a result is put into its sentence."""
    return result.start if result.at is None else result.at


def told(result: Result) -> str:
    """What a result says, whatever its spelling: the step of the scale ("kualitas tertinggi" and "A" are one), else its value."""
    return (result.noun if result.slot == "predicate" and result.noun else str(result.value)).lower()


def find_results(tokens: Tokens, full: str) -> list[Result]:
    """Every candidate result of a page, in order. Overlaps stay: the claim's programme decides between readings."""
    found = _steps(tokens)
    found += _named_tiers(tokens)
    for tier in find_tiers(full):
        found.append(Result("tier", tier.text, tier.start, tier.end, anchored=tier.kind != "lowest", rank_of=tier.of, how=tier.kind))
    fields = find_fields(full)
    for rank in find_ranks(full):
        if rank.from_bottom:
            continue
        span = (rank.of_start, rank.of_end) if rank.of_start is not None and rank.of_end is not None else None
        rank_of = rank.rank_of
        if rank_of is None:
            near = next((f for f in fields if rank.end <= f.start <= rank.end + 60 and "." not in full[rank.end : f.start]), None)
            rank_of, span = (near.count, (near.start, near.end)) if near and near.count >= rank.rank else (None, None)
        found.append(
            Result(
                "rank",
                rank.rank,
                rank.start,
                rank.end,
                anchored=bool(rank.head),
                rank_of=rank_of,
                of_span=span,
                weak=rank.weak,
                how=rank.head.lower(),
            )
        )
    for score in find_scores(full):
        if not score.bound:
            found.append(
                Result(
                    "score",
                    score.value,
                    score.number_start,
                    score.number_end,
                    anchored=not score.weak,
                    unit=score.unit,
                    how=score.kind,
                    noun=score.noun,
                )
            )
    return sorted(found, key=lambda result: (result.start, result.end))


def find_categories(full: str) -> list[Category]:
    """Every category named as such."""
    found = []
    for match in _CATEGORY.finditer(full):
        name = match.group("name").strip(" -–“\"”’'")
        if (
            name
            and not re.fullmatch(r"(?:ini|itu|tersebut|lain(?:nya)?|[A-E]{1,2}[+-]?|\d.*)", name, re.IGNORECASE)
            and not re.match(r"[A-E]{1,2}[+-]?\s", name)
        ):
            start = match.start("name")
            start += len(match.group("name")) - len(match.group("name").lstrip(" -–“\"”’'"))
            found.append(Category(name, start, start + len(name)))
    return found


def _steps(tokens: Tokens) -> list[Result]:
    """Steps of every programme's scale that stand here, the longest reading of each programme."""
    best: dict[tuple[int, str], tuple[int, str]] = {}
    for first in sorted(tokens.known):
        for last, label, key in tokens.known[first]:
            if label == "STEP":
                programme, step = key.split(":", 1)
                if (first, programme) not in best or best[first, programme][0] < last:
                    best[first, programme] = (last, step)
    covered: dict[str, int] = defaultdict(int)
    row: dict[str, int] = {}
    found = []
    for (first, programme), (last, step) in sorted(best.items()):
        if first < covered[programme]:
            continue
        last = _with_sign(tokens, last)
        anchored = _anchored(tokens, first, last) or _in_row(tokens, row.get(programme, -_ROW - 1), first, last)
        text = " ".join(tokens.texts[first:last])
        if _acceptable(tokens, first, last, text, anchored):
            covered[programme] = last
            if anchored and len(text.replace(" ", "").rstrip("+-")) <= _LETTERS:
                row[programme] = last
            value = _as_told(text, _signed(tokens, last, step))
            found.append(
                Result("predicate", value, tokens.starts[first], tokens.end(last), programme, anchored, weak=not anchored, noun=step)
            )
    return found


def _in_row(tokens: Tokens, letter: int, first: int, last: int) -> bool:
    """Whether a letter goes on a row of them, each behind a name: "Aceh predikat B, Sumut B, Bangka Belitung BB"."""
    between = tokens.texts[max(letter, 0) : first]
    near = 0 < first - letter <= _ROW and not any(text in _SENTENCE_ENDS or "\n" in text for text in between)
    return near and tokens.capital(first - 1) and tokens.word(last) in _ROW_GOES_ON


def _as_told(text: str, step: str) -> str:
    """A step as printed; the opinions of auditors by their letters, and a letter where the text has a letter."""
    if step in _OPINIONS or not step.rstrip("+-").isupper() or len(text.rstrip("+- ")) <= 2 or text.split()[-1] == step:
        return step
    return text


def _with_sign(tokens: Tokens, last: int) -> int:
    """Take in the sign of a letter: "A-" is cut into two tokens."""
    glued = last < tokens.size and tokens.starts[last] == tokens.end(last)
    return last + 1 if glued and tokens.texts[last] in "+-" and len(tokens.texts[last - 1]) <= 2 and not tokens.capital(last + 1) else last


def _signed(tokens: Tokens, last: int, step: str) -> str:
    return f"{step}{tokens.texts[last - 1]}" if tokens.texts[last - 1] in "+-" and len(step) <= 2 else step


def _anchored(tokens: Tokens, first: int, last: int) -> bool:
    before = [tokens.word(first - back) for back in range(1, 4)]
    if before[0] in _TOWARDS or any(word in _ANCHOR for word in before):
        return True
    return tokens.word(last) in ("”", '"', ")") and before[0] in ("“", '"', "(")


def _acceptable(tokens: Tokens, first: int, last: int, text: str, anchored: bool) -> bool:
    """Whether words that mean many things may be a step here: letters need an anchor, words a capital or one."""
    compact = text.replace(" ", "")
    if len(compact.rstrip("+-")) <= _LETTERS:
        if not compact.rstrip("+-").isupper():
            return False
        following = tokens.word(last)
        initial = following == "." and tokens.capital(last + 1) and tokens.word(first - 1) not in _ANCHOR
        return anchored and not initial
    if compact.lower() in _PLACES and text.islower() and tokens.word(first - 1) not in _OF_PLACES:
        return False  # "sekolah dari 24 provinsi"
    if tokens.word(last) == _FLAG[1] and compact.lower().endswith(_FLAG[0]):
        return False
    if compact.lower() in _SUPERLATIVES and tokens.word(first - 1) not in _OF_STEPS:
        return False  # "nilai tertinggi" is a place, "kualitas tertinggi" a step
    if text.isupper() or any(char.isdigit() for char in text):
        return True
    if anchored or (len(compact) >= 6 and text.islower()):
        return True
    return tokens.capital(first) and tokens.word(first - 1) not in ("", ".", "\n") and not tokens.texts[first - 1].isspace()


def _named_tiers(tokens: Tokens) -> list[Result]:
    """Groups a programme itself names ("Adipura Kencana", "Plakat"), and medals; one inside a longer one of its programme is none."""
    found: list[Result] = []
    covered: dict[str, int] = defaultdict(int)
    for first, last, key in sorted(_tier_hits(tokens), key=lambda hit: (hit[0], -hit[1])):
        programme, tier = key.split(":", 1)
        text = " ".join(tokens.texts[first:last])
        if first < covered[programme] or (not tokens.capital(first) and not _anchored(tokens, first, last)):
            continue
        if re.fullmatch(r"(?i)top \d+|\d+ besar", text):
            continue  # counted groups are found as such, for every programme
        covered[programme] = last
        found.append(Result("tier", tier, tokens.starts[first], tokens.end(last), programme, _anchored(tokens, first, last)))
    return found


def _tier_hits(tokens: Tokens) -> list[tuple[int, int, str]]:
    return [(first, last, key) for first in tokens.known for last, label, key in tokens.known[first] if label == "TIER"]
