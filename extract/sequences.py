"""Ranks that are told by order: items of a ranked list, "disusul A dan B", "lima setelah A, B, C, D", "urutannya A, lalu B"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.results import Result

if TYPE_CHECKING:
    from extract.scene import Mention, Scene

_RANKED = re.compile(r"\b(?:besar|terbaik|peringkat|juara|tertinggi|terendah|urutan|teratas|ranking|pemenang)\b", re.IGNORECASE)
_LOWEST = re.compile(r"\bterendah|terbawah|terburuk\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:disusul|diikuti|dibuntuti|dibayangi|menyusul|berikutnya|selanjutnya|kemudian|lantas|lalu|(?:se)?(?:sudah|telah)(?: itu|nya))\b",
    re.IGNORECASE,
)
_WON = re.compile(r"\b(?:dimenangi|dimenangkan|dijuarai)\b", re.IGNORECASE)
_IN_TURN = re.compile(
    r"\b(?:urutannya|urut-urutannya|pertama (?:hingga|sampai(?: dengan)?|s\.?/?d\.?) (?:posisi |urutan |peringkat )?ke[\w-]+"
    r"|terbaik secara berurutan|(?:1|I|satu) (?:hingga|sampai(?: dengan)?|s\.?/?d\.?|-) (?:\d+|[IVX]+)(?= secara ber| ber(?:urut|turut)))\b"
)
"""What opens a list in the order of its places."""
_BEYOND = re.compile(r"\b(?:setelah|sesudah|di belakang)\s(?:(?!setelah)[^.;\n]){3,40}?,?\s(?:menyusul|disusul|diikuti)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s?(?:,|/|dan|serta|&|\s|ke)*")
_VERBS = re.compile(r"[^.;:\n]{0,60}")
_REACH = 160
_LONGEST = 30
_BEHIND = re.compile(r"\b(?:setelah|di bawah|di belakang)\s$", re.IGNORECASE)


def ranks_by_order(scene: Scene) -> list[Result]:
    """Every rank that order tells and no word does."""
    scene.results += _won(scene)
    return [*_numbered(scene), *_followed(scene), *_in_turn(scene), *_behind(scene), *_respective(scene)]


def _won(scene: Scene) -> list[Result]:
    """A first place told by its verb: "dimenangi Provinsi Jabar"."""
    found = _WON.finditer(scene.page.full)
    return [
        Result("rank", 1, m.start(), m.end(), anchored=True, how="won", weak=True)
        for m in found
        if scene.sentence_at(m.start()) is not None
    ]


def _numbered(scene: Scene) -> list[Result]:
    """Items of a numbered list under a heading that ranks: "Tiga besar …: 1. X 2. Y"."""
    out = []
    for sentence in scene.page.sentences:
        if sentence.number is None or sentence.head is None or sentence.number_at is None:
            continue
        heading = scene.page.text(scene.sentence(sentence.head))
        if _RANKED.search(heading) and not _LOWEST.search(heading):
            width = len(str(sentence.number))
            out.append(
                Result(
                    "rank",
                    sentence.number,
                    sentence.number_at,
                    sentence.number_at + width,
                    anchored=True,
                    how="numbered",
                    at=sentence.start,
                )
            )
    return out


def _followed(scene: Scene) -> list[Result]:
    """One place further each: "Bali dengan skor 99, disusul Jawa Barat", "tertinggi ialah Aceh. Sesudah itu diikuti Jawa Timur, …"."""
    out: list[Result] = []
    for rank in [result for result in scene.results if _leads(result)]:
        sentence = scene.sentence_at(rank.start)
        if sentence is None or scene.sentence(sentence).kind == "title":
            continue
        later = _after_link(scene, sentence, rank.end, rank.end + _REACH) or _in_next_sentence(scene, sentence)
        if later and not any(
            r.slot == "rank" and not r.weak and later[0].body.start <= r.start <= later[-1].body.end for r in scene.results
        ):
            out += _in_order(later, int(rank.value) + 1)
    return out


def _leads(result: Result) -> bool:
    """A place that others may follow: printed as one, or a superlative."""
    return result.slot == "rank" and (
        not result.weak or result.how in ("terbaik", "tertinggi", "won", "teratas", "terdepan") or "puncak" in result.how
    )


def _after_link(scene: Scene, sentence: int, start: int, reach: int) -> list[Mention]:
    """The bodies after "disusul" in what is left of a sentence."""
    end = scene.sentence(sentence).end
    link = _NEXT.search(scene.page.full, start, min(end, reach))
    return [m for m in scene.mentions if m.sentence == sentence and m.body.start >= link.end() and m.post is None] if link else []


def _in_next_sentence(scene: Scene, sentence: int) -> list[Mention]:
    """The bodies of a next sentence that opens with "Sesudah itu", "Berikutnya", where this one names a single body."""
    here = {m.entity.identity for m in scene.mentions if m.sentence == sentence and m.post is None}
    if len(here) != 1 or sentence + 1 >= len(scene.page.sentences):
        return []
    start = scene.sentence(sentence + 1).start
    return _after_link(scene, sentence + 1, start, start + 30)


def _in_turn(scene: Scene) -> list[Result]:
    """ "Urutannya: A, disusul B, lalu C", "pertama hingga kelima berurutan diraih A, B, C, D dan E", "setelah A menyusul B dan C"."""
    out: list[Result] = []
    for match in _IN_TURN.finditer(scene.page.full):
        out += _in_order(_listed_after(scene, match.end()), 1)
    for match in _BEYOND.finditer(scene.page.full):
        before = [m for m in scene.mentions if match.start() <= m.body.start < match.end() and m.post is None]
        after = _listed_after(scene, match.end())
        if len(before) == 1 and after and not _ranked(scene, before[0].body.start, after[-1].body.end):
            out += _in_order([*before, *after], 1)
    return out


def _listed_after(scene: Scene, start: int) -> list[Mention]:
    """The bodies in what is left of a sentence; the first alone where a place is printed among them."""
    sentence = scene.sentence_at(start)
    if sentence is None:
        return []
    later = [m for m in scene.mentions if m.sentence == sentence and m.body.start >= start and m.post is None]
    return later[:1] if later and _ranked(scene, later[0].body.start, later[-1].body.end) else later


def _ranked(scene: Scene, start: int, end: int) -> bool:
    """Whether a place is printed between two offsets."""
    return any(r.slot == "rank" and not r.weak and start <= r.start <= end for r in scene.results)


def _behind(scene: Scene) -> list[Result]:
    """ "urutan lima setelah A, B, C, dan D": the four before it, in order."""
    out: list[Result] = []
    for rank in [result for result in scene.results if result.slot == "rank" and not result.weak and int(result.value) > 1]:
        sentence = scene.sentence_at(rank.start)
        later = [m for m in scene.mentions if m.sentence == sentence and rank.end <= m.body.start < rank.end + 40]
        if later and _BEHIND.search(scene.page.full, rank.end, later[0].body.start):
            group = [m for m in scene.mentions if m.sentence == sentence and m.group == later[0].group]
            if len(group) == int(rank.value) - 1:
                out += _in_order(group, 1)
    return out


def _respective(scene: Scene) -> list[Result]:
    """As many places as a list has bodies, in its order: "A dan B di posisi kedua dan ketiga", "Peringkat 3 dan 4 ditempati A dan B"."""
    out: list[Result] = []
    told: dict[int, list[Mention]] = defaultdict(list)
    for mention in scene.mentions:
        if mention.post is None:
            told[mention.sentence].append(mention)
    for ranks in _runs(scene):
        sentence = scene.sentence_at(ranks[0].start)
        group = _as_many(scene, told.get(sentence, []) if sentence is not None else [], ranks)
        out += [
            Result("rank", r.value, m.body.start, m.body.end, anchored=True, how="sequence", rank_of=r.rank_of, of_span=r.of_span)
            for m, r in zip(group, ranks, strict=bool(group))
        ]
    return out


def _runs(scene: Scene) -> list[list[Result]]:
    """Places printed side by side: "kedua dan ketiga"."""
    runs: list[list[Result]] = []
    for rank in sorted((r for r in scene.results if r.slot == "rank" and not r.weak), key=lambda r: r.start):
        if runs and _BESIDE.fullmatch(scene.page.full, runs[-1][-1].end, rank.start):
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return [run for run in runs if len(run) > 1]


def _as_many(scene: Scene, bodies: list[Mention], ranks: list[Result]) -> list[Mention]:
    """The list right before the places, else right behind them, if it has as many members."""
    before = [m for m in bodies if m.body.end <= ranks[0].start]
    after = [m for m in bodies if m.body.start >= ranks[-1].end]
    near = (
        (before[-1:], before[-1].body.end if before else 0, ranks[0].start),
        (after[:1], ranks[-1].end, after[0].body.start if after else 0),
    )
    for ends, start, end in near:
        group = [m for m in bodies if ends and m.group == ends[0].group]
        if len(group) == len(ranks) and _VERBS.fullmatch(scene.page.full, start, end):
            return group
    return []


def _in_order(mentions: Sequence[Mention], first: int) -> list[Result]:
    return [Result("rank", first + i, m.body.start, m.body.end, anchored=True, how="sequence") for i, m in enumerate(mentions[:_LONGEST])]
