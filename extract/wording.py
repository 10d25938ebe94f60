"""How a matter is worded: a body's sentence and the title, or the words between a body and a result, as sets of marks for the scorer.

Bodies, prizes, results and numbers stand as their kinds, so that what is learned of them is the phrase and not the name. A mark says
where a word stands ("R1=menerima": right behind the body) and the weights of all marks that are known add up to one number, one more
feature of the trees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.linking import Entity
from extract.prizes import Prize
from extract.results import Result, place_of
from extract.scene import Mention, Scene

Marks = frozenset[str]

_BEFORE, _BEHIND, _BESIDE = 10, 12, 3
"""Words of the sentence that count before and behind a body; those among them whose place counts too."""
_BETWEEN, _AROUND = 14, 6
"""Words that count between a body and a result, and right before and behind the result."""
_LEAD = 80
"""Tokens that open a text."""
_FAR = 60
"""Tokens looked at on the way from a body to a result."""


@dataclass(frozen=True)
class Wording:
    """What each mark weighs, in log-odds."""

    weights: Mapping[str, float]
    bias: float

    def rate(self, marks: Iterable[str]) -> float:
        """The log-odds by the words alone, the same in whatever order a set gives its marks: a last bit can turn a tree."""
        return round(math.fsum([self.bias, *(self.weights.get(mark, 0.0) for mark in marks)]), 6)


def around_body(scene: Scene, mention: Mention, prize: Prize) -> Marks:
    """Marks of the sentence around one mention of a body with one prize, and of the title."""
    low, high = scene.bounds[mention.sentence]
    body = mention.body
    left = _words(scene, range(max(low, body.first - _FAR), body.first), mention.entity, prize)[-_BEFORE:]
    right = _words(scene, range(body.last, min(high, body.last + _FAR)), mention.entity, prize)[:_BEHIND]
    title = _words(scene, range(*scene.bounds[0]), mention.entity, prize) if scene.sentence(0).kind == "title" else []
    near = left[-_BESIDE:], right[:_BESIDE]
    lead = _lead(scene, mention.entity, prize)
    return frozenset(
        [
            *(f"L1={word}" for word in near[0]),
            *(f"R1={word}" for word in near[1]),
            *(f"L={word}" for word in left),
            *(f"R={word}" for word in right),
            *(f"T={word}" for word in title),
            *_pairs("LB", left[-6:]),
            *_pairs("RB", right[:8]),
            *_pairs("TB", title),
            *(f"D={word}" for word in lead),
            *_pairs("DB", lead),
        ]
    )


def _lead(scene: Scene, entity: Entity, prize: Prize) -> list[str]:
    """The words that open the text: what an article is about."""
    first = scene.bounds[1 if scene.sentence(0).kind == "title" and len(scene.bounds) > 1 else 0][0]
    return _words(scene, range(first, min(first + _LEAD, scene.tokens.size)), entity, prize)


def between(scene: Scene, mentions: Sequence[Mention], result: Result) -> Marks:
    """Marks of the words between a result and the nearest mention of a body, and of those right around the result."""
    at = scene.tokens.index(place_of(result))
    end = max(at + 1, scene.tokens.index(result.end - 1) + 1)
    mention = min(mentions, key=lambda item: abs(item.body.first - at))
    behind = at >= mention.body.first
    way = range(mention.body.last, min(at, mention.body.last + _FAR)) if behind else range(end, min(mention.body.first, end + _FAR))
    middle = _words(scene, way, mention.entity, None)[:_BETWEEN]
    before = _words(scene, range(max(0, at - _AROUND), at), mention.entity, None)
    after = _words(scene, range(end, min(scene.tokens.size, end + _AROUND - 1)), mention.entity, None)
    side, slot = ("A" if behind else "B"), result.slot
    marks = [
        *(f"{side}M={word}" for word in middle),
        *(f"P={word}" for word in before),
        *(f"Q={word}" for word in after),
        *(f"{slot}{side}M={word}" for word in middle),
        *(f"{slot}P={word}" for word in before),
        *(f"{slot}Q={word}" for word in after),
        *_pairs(f"{side}M2", middle),
        *_pairs("P2", before[-3:]),
        f"{slot}{side}far={len(middle)}",
        f"says={str(result.value).lower()[:12]}",
    ]
    return frozenset(marks)


def _pairs(name: str, words: Sequence[str]) -> Iterator[str]:
    return (f"{name}={one}_{next_one}" for one, next_one in pairwise(words))


def _words(scene: Scene, tokens: range, entity: Entity, prize: Prize | None) -> list[str]:
    """The words of some tokens, a body, prize, result or number by its kind and once for all its tokens."""
    known = _kinds(scene)
    out: list[str] = []
    for at in tokens:
        kind = known.get(at)
        if isinstance(kind, Prize):
            word = "PRIZE" if prize is None or kind.identity == prize.identity else "OPRIZE"
        elif isinstance(kind, Mention):
            word = "ME" if kind.entity.identity == entity.identity else "BODY"
        elif kind is not None:
            word = "RES"
        else:
            word = scene.tokens.word(at)
            word = "0" if any(char.isdigit() for char in word) else word
        if not out or out[-1] != word:
            out.append(word)
    return out


@lru_cache(maxsize=2)
def _kinds(scene: Scene) -> dict[int, Mention | Prize | Result]:
    """What the tokens of a page belong to, where that is a prize, a body or a result."""
    found: dict[int, Mention | Prize | Result] = {scene.tokens.index(result.start): result for result in scene.results}
    for mention in scene.mentions:
        found.update(dict.fromkeys(range(mention.body.first, mention.body.last), mention))
    for prize in scene.prizes:
        found.update(dict.fromkeys(range(prize.first, prize.last), prize))
    return found
