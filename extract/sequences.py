"""Ranks that are told by order: numbered items under a ranked heading, "disusul A dan B", "urutan lima setelah A, B, C, D"."""

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
_NEXT = re.compile(r"\b(?:disusul|diikuti|menyusul|berikutnya|selanjutnya|kemudian|lalu|(?:se)?(?:sudah|telah) itu)\b", re.IGNORECASE)
_WON = re.compile(r"\b(?:dimenangi|dimenangkan|dijuarai)\b", re.IGNORECASE)
_EACH = re.compile(r"\bmasing[ -]masing\b", re.IGNORECASE)
_REACH = 160
_LONGEST = 30
_BEHIND = re.compile(r"\b(?:setelah|di bawah|di belakang)\s$", re.IGNORECASE)


def ranks_by_order(scene: Scene) -> list[Result]:
    """Every rank that order tells and no word does."""
    scene.results += _won(scene)
    return [*_numbered(scene), *_followed(scene), *_behind(scene), *_respective(scene)]


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
    return result.slot == "rank" and (not result.weak or result.how in ("terbaik", "tertinggi", "won"))


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
    """ "A, B dan C masing-masing di posisi ke 94, 95 dan 96": as many places as the list before them has members, in its order."""
    out: list[Result] = []
    told: dict[int, list[Mention]] = defaultdict(list)
    for mention in scene.mentions:
        if mention.post is None:
            told[mention.sentence].append(mention)
    for match in _EACH.finditer(scene.page.full):
        sentence = scene.sentence_at(match.start())
        bodies = told.get(sentence, []) if sentence is not None else []
        if sentence is None or not bodies or bodies[-1].body.end > match.start():
            continue  # what follows "masing-masing kepada A dan B" is no list before it
        ranks = [r for r in scene.within(scene.results, sentence) if r.slot == "rank" and not r.weak and r.start >= match.end()]
        group = [m for m in bodies if m.group == bodies[-1].group]
        if len(group) > 1 and len(group) == len(ranks):
            out += [
                Result("rank", r.value, m.body.start, m.body.end, anchored=True, how="sequence", rank_of=r.rank_of, of_span=r.of_span)
                for m, r in zip(group, ranks, strict=True)
            ]
    return out


def _in_order(mentions: Sequence[Mention], first: int) -> list[Result]:
    return [Result("rank", first + i, m.body.start, m.body.end, anchored=True, how="sequence") for i, m in enumerate(mentions[:_LONGEST])]
