"""Who stands next to a result in its sentence: the body before it, the body behind it, and whether every body there has one of its own.

"A 2,90 serta B 2,61" and "pertama A, kedua B" are told apart by how the others of the sentence have theirs, not by the distance alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from extract.results import Result, place_of
from extract.scene import Mention, Scene

_NEXT_TO = 6
"""Tokens between a body and a result that is told of it alone: "Kabupaten Alor dengan nilai 48,94"."""
_MOST = 4
Kind = tuple[int, str, str | None]
"""A sentence, a slot and a programme: results that would take each other's place."""


@dataclass(frozen=True, slots=True)
class Row:
    """The bodies and the results of one kind in one sentence, as tokens in order."""

    begins: list[int]
    ends: list[int]
    who: list[str]
    results: list[int]
    after: list[bool]
    """For each body whether a result stands right behind it, before any other body."""
    before: list[bool]
    """The same for a result before it, behind any other body."""

    def share(self, side: list[bool]) -> float:
        """How many of the bodies have their result on this side."""
        return sum(side) / len(side) if side else 0.0


class Neighbours:
    """The rows of a scene, each made once when it is asked for."""

    def __init__(self, scene: Scene) -> None:
        """Put every body and every result into its sentence."""
        self.bodies: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for mention in scene.mentions:
            first = mention.post.first if mention.post else mention.body.first
            last = max(mention.body.reach or mention.body.last, mention.post.last if mention.post else 0)
            self.bodies[mention.sentence].append((min(first, mention.body.first), last, mention.entity.identity))
        self.results: dict[Kind, list[int]] = defaultdict(list)
        for result in scene.results:
            sentence = scene.sentence_at(place_of(result))
            if sentence is not None and result.how != "sequence":
                self.results[sentence, result.slot, result.programme].append(scene.tokens.index(place_of(result)))
        self.rows: dict[Kind, Row] = {}

    def row(self, kind: Kind) -> Row:
        """The bodies and results of a kind, and who has one next to it."""
        if kind not in self.rows:
            self.rows[kind] = _row(sorted(self.bodies.get(kind[0], [])), sorted(self.results.get(kind, [])))
        return self.rows[kind]


def _row(bodies: list[tuple[int, int, str]], results: list[int]) -> Row:
    begins, ends, who = [body[0] for body in bodies], [body[1] for body in bodies], [body[2] for body in bodies]
    after, before = [], []
    for index, (begin, end, _) in enumerate(bodies):
        following = begins[index + 1] if index + 1 < len(bodies) else 10**9
        preceding = ends[index - 1] if index else -1
        place = bisect_left(results, end)
        after.append(place < len(results) and results[place] < min(following, end + _NEXT_TO + 1))
        place = bisect_left(results, begin) - 1
        before.append(place >= 0 and results[place] >= max(preceding, begin - _NEXT_TO - 1))
    return Row(begins, ends, who, results, after, before)


@lru_cache(maxsize=2)
def neighbours(scene: Scene) -> Neighbours:
    """The rows of a scene."""
    return Neighbours(scene)


def next_to(scene: Scene, mention: Mention, result: Result, sentence: int) -> dict[str, float]:
    """How a body and a result stand among the bodies and results around them."""
    around, me = neighbours(scene), mention.entity.identity
    there = around.row((sentence, result.slot, result.programme))
    at = scene.tokens.index(place_of(result))
    behind = bisect_right(there.ends, at) - 1
    ahead = bisect_left(there.begins, at + 1)
    out = {
        "row_after": there.share(there.after),
        "row_before": there.share(there.before),
        "row_bodies": min(len(there.who), _MOST) / _MOST,
        "row_results": min(len(there.results), _MOST) / _MOST,
        "follows_other": float(behind >= 0 and there.who[behind] != me and at - there.ends[behind] <= _NEXT_TO),
        "precedes_other": float(ahead < len(there.who) and there.who[ahead] != me and there.begins[ahead] - at <= _NEXT_TO),
    }
    own = around.row((mention.sentence, result.slot, result.programme))
    mine = bisect_left(own.begins, mention.post.first if mention.post else mention.body.first)
    if mine < len(own.who) and own.who[mine] == me:
        out["has_after"], out["has_before"] = float(own.after[mine]), float(own.before[mine])
        if mention.sentence == sentence:
            out |= _between(own, mine, at)
    return out


def _between(row: Row, mine: int, at: int) -> dict[str, float]:
    """What stands between a body and a result of its sentence, and how far they are apart."""
    begin, end = row.begins[mine], row.ends[mine]
    low, high = (end, at) if at >= end else (min(at + 1, begin), begin)
    bodies = bisect_left(row.begins, high) - bisect_left(row.begins, low)
    results = bisect_left(row.results, high) - bisect_left(row.results, low)
    next_to = bodies == results == 0
    gap = max(0, high - low)
    return {
        "no_body_between": 1 / (1 + bodies),
        "no_result_between": 1 / (1 + results),
        "next_after": float(next_to and at >= end),
        "next_before": float(next_to and at < end),
        "gap_after": 1 / (1 + gap) if at >= end else 0.0,
        "gap_before": 1 / (1 + gap) if at < end else 0.0,
    }
