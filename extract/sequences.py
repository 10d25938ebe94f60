"""Ranks that are told by order: numbered items under a ranked heading, "disusul A dan B", "urutan lima setelah A, B, C, D"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.results import Result

if TYPE_CHECKING:
    from extract.scene import Mention, Scene

_RANKED = re.compile(r"\b(?:besar|terbaik|peringkat|juara|tertinggi|terendah|urutan|teratas|ranking|pemenang)\b", re.IGNORECASE)
_LOWEST = re.compile(r"\bterendah|terbawah|terburuk\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:disusul|diikuti|menyusul|berikutnya|selanjutnya|kemudian|lalu)\b", re.IGNORECASE)
_BEHIND = re.compile(r"\b(?:setelah|di bawah|di belakang)\s$", re.IGNORECASE)


def ranks_by_order(scene: Scene) -> list[Result]:
    """Every rank that order tells and no word does."""
    return [*_numbered(scene), *_followed(scene), *_behind(scene)]


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
    """ "Provinsi Bali dengan skor 99, disusul Jawa Barat dan Kepulauan Riau": one place further each."""
    out: list[Result] = []
    for rank in [
        result for result in scene.results if (result.slot == "rank" and not result.weak) or result.how in ("terbaik", "tertinggi")
    ]:
        sentence = scene.sentence_at(rank.start)
        if sentence is None or scene.sentence(sentence).kind == "title":
            continue
        end = scene.sentence(sentence).end
        link = _NEXT.search(scene.page.full, rank.end, min(end, rank.end + 160))
        if link is None:
            continue
        later = [m for m in scene.mentions if m.sentence == sentence and m.body.start >= link.end()]
        told = [r for r in scene.results if r.slot == "rank" and not r.weak and link.end() <= r.start < end]
        if told or not later:
            continue
        out += _in_order(later, int(rank.value) + 1)
    return out


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


def _in_order(mentions: Sequence[Mention], first: int) -> list[Result]:
    return [Result("rank", first + i, m.body.start, m.body.end, anchored=True, how="sequence") for i, m in enumerate(mentions[:5])]
