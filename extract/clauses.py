"""What the clause of a result says of it: last year's or this year's, a scale explained, of which programme, within whose bounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache

from extract.candidates import Candidate
from extract.results import Result, place_of
from extract.scene import Scene

_STOP = re.compile(
    r"[;\n]|[.,!?](?=\s)|\b(?:sedangkan|sementara|tetapi|tapi|namun|padahal|lalu|kemudian|menjadi|naik|turun)\b", re.IGNORECASE
)
_BEFORE, _AFTER = 90, 60
_FROM = re.compile(
    r"\bdari(?:\s(?:sebelumnya|semula|predikat|nilai|kategori|skor|zona|peringkat|posisi|level|angka|indeks))*[\s“\"(]*$", re.IGNORECASE
)
_TO = re.compile(
    r"\b(?:menjadi|jadi|ke|kini|sekarang|mencapai)(?:\s(?:predikat|nilai|kategori|skor|zona|peringkat|posisi|level|angka|indeks))*[\s“\"(]*$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"\b(?:sebelumnya|semula|awalnya|dulu|dahulu|silam|tahun lalu|tahun kemarin|setahun lalu|pernah|tadinya|masih|selama ini)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:tahun ini|kali ini|kini|sekarang|saat ini|terbaru|terakhir)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"\d\s?(?:-|–|s/d|s\.d\.|sampai|hingga)\s?\d|\b(?:interval|rentang|skala)\b"
    r"|\b(?:di ?atas|di ?bawah|minimal|mulai|kurang dari|lebih dari)\s\d",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,/])20[0-4]\d(?![\d.,]*\d)")
_OF_VALUE = re.compile(r"\b(?:nilai|skor|indeks|capaian|poin|posisi|peringkat|urutan|ranking)(?:nya)?\s$", re.IGNORECASE)
_OF_STEP = re.compile(r"\b(?:kualitas|predikat|kategori|kualifikasi|level|tingkat|kepatuhan)\s$", re.IGNORECASE)
_SCOPED = re.compile(r"\s(?:di|se-?\s?\w+|nasional|tingkat|secara|dari|dibanding\w*|untuk|adalah|ialah|yakni|yaitu|:)", re.IGNORECASE)
_MOST = 4
_COMPARED = 6
"""Results of a sentence that others are held against."""
_SMALL = 0.25


@lru_cache(maxsize=2)
def _told(scene: Scene) -> dict[int, dict[str, float]]:
    """By id of a result: what its clause says, whoever it belongs to."""
    years = {index: _years(scene, index) for index in range(len(scene.page.sentences))}
    spans = [(category.start, category.end) for category in scene.categories]
    out: dict[int, dict[str, float]] = {}
    for result in scene.results:
        sentence = scene.sentence_at(place_of(result))
        if sentence is not None:
            out[id(result)] = _clause(scene, result, sentence) | _dated(result, years, sentence)
            inside = bisect_left(spans, (result.start + 1, 0)) - 1
            out[id(result)]["in_category"] = float(inside >= 0 and spans[inside][1] >= result.end)
    _compare(scene, out)
    return out


def _compare(scene: Scene, told: dict[int, dict[str, float]]) -> None:
    """Mark what another result of its kind in the same or the next sentence supersedes: "dari 58,45 menjadi 60,15"."""
    kinds: dict[tuple[int, str, str | None], list[Result]] = defaultdict(list)
    for result in scene.results:
        sentence = scene.sentence_at(place_of(result))
        if sentence is not None:
            kinds[sentence, result.slot, result.programme].append(result)
    for (sentence, slot, programme), results in kinds.items():
        near = [
            other for beside in (sentence, sentence - 1, sentence + 1) for other in kinds.get((beside, slot, programme), [])[:_COMPARED]
        ]
        new = {other.value for other in near if _is_new(told[id(other)]) and not _is_old(told[id(other)])}
        old = {other.value for other in near if _is_old(told[id(other)]) and not _is_new(told[id(other)])}
        for result in results:
            told[id(result)]["superseded"] = float(result.value in old and bool(new - {result.value}))
            told[id(result)]["supersedes"] = float(result.value in new and bool(old - {result.value}))


def _is_old(clause: dict[str, float]) -> bool:
    return bool(clause["from_word"] or clause["formerly"] or clause["older_year"])


def _is_new(clause: dict[str, float]) -> bool:
    return bool(clause["to_word"] or clause["now"] or clause["newest_year"])


def _years(scene: Scene, sentence: int) -> list[tuple[int, int]]:
    """Where a sentence prints a year, and which."""
    bounds = scene.sentence(sentence)
    return [(match.start(), int(match[0])) for match in _YEAR.finditer(scene.page.full, bounds.start, bounds.end)]


def _clause(scene: Scene, result: Result, sentence: int) -> dict[str, float]:
    full, bounds = scene.page.full, scene.sentence(sentence)
    left = full[max(bounds.start, result.start - _BEFORE) : result.start]
    right = full[result.end : min(bounds.end, result.end + _AFTER)]
    stops = list(_STOP.finditer(left))
    own_left = left[stops[-1].start() :] if stops else left
    stop = _STOP.search(right)
    own_right = right[: stop.start()] if stop else right
    clause = f"{own_left} {own_right}"
    return {
        "from_word": float(bool(_FROM.search(left))),
        "to_word": float(bool(_TO.search(left))),
        "formerly": float(bool(_FORMERLY.search(clause))),
        "now": float(bool(_NOW.search(clause))),
        "range_near": float(bool(_RANGE.search(clause))),
        "of_value": float(bool(_OF_VALUE.search(left))),
        "of_step": float(bool(_OF_STEP.search(left))),
        "scoped": float(bool(_SCOPED.match(right))),
    }


def _dated(result: Result, years: dict[int, list[tuple[int, int]]], sentence: int) -> dict[str, float]:
    """Whether the year told last before a result is older than another of its sentence or of those beside it."""
    here = years[sentence]
    before = [year for at, year in here if at < result.start]
    own = before[-1] if before else here[0][1] if here else None
    around = [year for index in (sentence - 1, sentence, sentence + 1) for _, year in years.get(index, ())]
    return {
        "older_year": float(own is not None and own < max(around)),
        "newest_year": float(own is not None and len(set(around)) > 1 and own == max(around)),
    }


@lru_cache(maxsize=2)
def _prizes(scene: Scene) -> tuple[list[int], list[str]]:
    """Where every prize begins, and which it is."""
    ordered = sorted((prize.start, prize.identity) for prize in scene.prizes)
    return [start for start, _ in ordered], [identity for _, identity in ordered]


def clause_features(scene: Scene, candidate: Candidate, result: Result) -> dict[str, float]:
    """What the clause of a result says of it, and whether it is told of this candidate's prize or of another."""
    out: dict[str, float] = dict(_told(scene).get(id(result), {}))
    if result.slot in ("predicate", "tier"):
        return out  # a step is read with its programme already
    if result.slot == "score" and candidate.programme is not None:
        low, high = candidate.programme.score_low, candidate.programme.score_high
        out["off_scale"] = float(not candidate.programme.can_score(float(result.value)))
        out["small_on_scale"] = float(high is not None and low is not None and float(result.value) < low + _SMALL * (high - low))
        out["unscored"] = float(high is None)
    return out | _whose(scene, candidate.prize.identity, result)


def _whose(scene: Scene, mine: str, result: Result) -> dict[str, float]:
    """Whether the prize named last before a result, or next behind it, is this one."""
    out: dict[str, float] = {}
    starts, names = _prizes(scene)
    at = bisect_left(starts, result.start + 1)
    sentence = scene.sentence_at(place_of(result))
    bounds = scene.sentence(sentence) if sentence is not None else None
    last = names[at - 1] if at else None
    out["prize_last_mine"], out["prize_last_other"] = float(last == mine), float(last is not None and last != mine)
    if bounds is not None:
        first, until = bisect_left(starts, bounds.start), bisect_left(starts, bounds.end)
        here = set(names[first:until])
        before, after = names[first:at], names[at:until]
        out["prize_before_mine"] = float(bool(before) and before[-1] == mine)
        out["prize_before_other"] = float(bool(before) and before[-1] != mine)
        out["prize_after_mine"] = float(bool(after) and after[0] == mine)
        out["prize_after_other"] = float(bool(after) and after[0] != mine)
        out["prize_here"], out["prizes_here"] = float(mine in here), min(len(here), _MOST) / _MOST
    out["prizes"] = min(len(set(names)), _MOST) / _MOST
    return out
