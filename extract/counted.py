"""Results told of so many: "dua masuk kategori A yakni …, sisanya 10 Pemda kategori B", "Tiga daerah itu semuanya …", "Keempatnya …".

A number beside a result names the list it belongs to: the one with as many members.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.numbers.words import CARDINAL_WORD, parse_integer
from extract.results import Result, place_of

if TYPE_CHECKING:
    from extract.scene import Mention, Scene

_NOUN = (
    r"pemda|pemerintah|pemkab|pemkot|pemprov|daerah|kabupaten|kota|provinsi|propinsi|instansi|kementerian|lembaga|badan|opd|skpd|satker|"
    r"satuan|unit|desa|kelurahan|kecamatan|puskesmas|polres|polda|kejari|pengadilan|perguruan|universitas|rumah|dinas|kepala"
)
_COUNTED = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{CARDINAL_WORD})\s"
    rf"(?:{_NOUN}|di\s?antaranya|lain|lainnya|lagi|masuk|meraih|mendapat|memperoleh|berada|berpredikat)\b",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(rf"\bke(?P<count>{CARDINAL_WORD})(?:nya|\s(?:{_NOUN})\s(?:itu|tersebut|ini))", re.IGNORECASE)
_BACK = re.compile(rf"(?:\b(?:semuanya|seluruhnya)\b|(?:{_NOUN})\s(?:itu|tersebut|ini|di atas)\b)", re.IGNORECASE)
_CONTINUES = re.compile(
    r"\s*[\"“]?(?:berikutnya|selanjutnya|kemudian|lalu|disusul|diikuti|menyusul|serta|juga|selain itu ada|ada juga|ada pula)\b",
    re.IGNORECASE,
)
_FORWARD, _BACKWARD = 3, 2
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a result is told of, and whether the words point back at bodies named before."""

    count: int
    back: bool


@lru_cache(maxsize=2)
def runs(scene: Scene) -> dict[tuple[int, int], tuple[int, int]]:
    """For each group in a sentence: the number of its run, and how many bodies the run names; "Berikutnya X, Y" goes on with the last."""
    members: dict[tuple[int, int], set[str]] = defaultdict(set)
    for mention in scene.mentions:
        members[mention.sentence, mention.group].add(mention.entity.identity)
    number: dict[tuple[int, int], int] = {}
    sizes: dict[int, set[str]] = defaultdict(set)
    last: tuple[int, int] | None = None
    for key in sorted(members):
        sentence, group = key
        same_list = last is not None and (
            last[1] == group or (last[0] == sentence - 1 and _goes_on(scene, sentence) and len(members[last]) >= _FEWEST)
        )
        number[key] = number[last] if same_list and last is not None else len(sizes)
        sizes[number[key]] |= members[key]
        last = key
    return {key: (run, len(sizes[run])) for key, run in number.items()}


def _goes_on(scene: Scene, sentence: int) -> bool:
    return _CONTINUES.match(scene.page.full, scene.sentence(sentence).start) is not None


@lru_cache(maxsize=2)
def counted(scene: Scene) -> dict[int, Counted]:
    """By the offset of a result: how many bodies its clause tells it of, where that is printed."""
    out: dict[int, Counted] = {}
    for index, sentence in enumerate(scene.page.sentences):
        results = sorted({place_of(r) for r in scene.within(scene.results, index) if r.slot in ("predicate", "tier")})
        if not results or sentence.kind == "title":
            continue
        numbers = _numbers(scene.page.full, sentence.start, sentence.end)
        for at in results:
            before = [(start, value) for start, value in numbers if start < at]
            after = [(start, value) for start, value in numbers if start >= at]
            pick = before[-1] if before and not any(before[-1][0] < other < at for other in results) else after[0] if after else None
            if pick is not None:
                lead = scene.page.full[sentence.start : max(at, pick[0] + 40)]
                out[at] = Counted(pick[1], bool(_BACK.search(lead) or _ALL_OF_THEM.search(lead)))
    return out


def _numbers(full: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a sentence says how many, and how many."""
    found = [(m.start(), parse_integer(m["count"])) for pattern in (_COUNTED, _ALL_OF_THEM) for m in pattern.finditer(full, start, end)]
    return sorted((at, value) for at, value in found if value and value >= _FEWEST)


def count_features(scene: Scene, mention: Mention, result: Result, sentence: int) -> dict[str, float]:
    """Whether a result is told of just as many as stand in the list of a mention, or of another list near by."""
    told = counted(scene).get(place_of(result))
    if told is None or not -_FORWARD <= sentence - mention.sentence <= _BACKWARD:
        return {}
    own, size = runs(scene)[mention.sentence, mention.group]
    fitting = _runs_of(scene, sentence, told.count)
    behind = told.back and mention.sentence > sentence
    match = not behind and (
        size == told.count or (told.back and mention.sentence == sentence - 1 and _bodies(scene, sentence - 1) == told.count)
    )
    return {
        "count_match": float(match),
        "count_other": float(behind or (not match and bool(fitting - {own}))),
        "count_back": float(match and told.back),
        "count_known": 1.0,
    }


@lru_cache(maxsize=256)
def _runs_of(scene: Scene, sentence: int, count: int) -> frozenset[int]:
    """The runs around a sentence that name so many bodies."""
    near = range(sentence - _BACKWARD, sentence + _FORWARD + 1)
    return frozenset(run for (where, _), (run, size) in runs(scene).items() if where in near and size == count)


@lru_cache(maxsize=256)
def _bodies(scene: Scene, sentence: int) -> int:
    """How many bodies a sentence names."""
    return len({m.entity.identity for m in scene.mentions if m.sentence == sentence and m.post is None})
