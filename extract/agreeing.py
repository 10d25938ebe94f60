"""Whether a step agrees with the score that a body has for itself: 83.33 is a B where an A begins at 88."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extract.candidates import Candidate
from extract.context import Features
from extract.results import Result, place_of, told
from extract.scene import Mention, Scene
from store.model.keys import fold
from store.model.registry import Programme, Step

_BEHIND = 7
"""Tokens behind a body within which a score is its own, if no other body comes before: "Kabupaten Alor dengan nilai 48,94"."""
_SLACK = 0.005
"""Of a step's upper bound: scores are printed rounded."""
_FIT = 4.0
"""By how much the odds of a step rise that holds its body's score: the other steps of a scale are out."""


@dataclass(frozen=True)
class Scored:
    """What a candidate's body scored by the text right behind it, and the steps of its programme that hold scores, by spelling."""

    scores: tuple[float, ...] = ()
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)

    def agrees(self, result: Result) -> Features:
        """Whether a step holds one of the scores, or none of them."""
        steps = self.steps.get(fold(told(result)), ()) if self.scores else ()
        if not steps:
            return {}
        fits = any(_holds(step, score) for step in steps for score in self.scores)
        return {"step_fits_score": float(fits), "step_against_score": float(not fits)}


def weighed(probability: float, features: Features) -> float:
    """The probability of a step once its body's own score is known.

    Arithmetic and not learned: few articles teach it, and the bounds of a scale are known. A step told of one body alone stays, whatever
    its score: that is a contradiction to be flagged (`score_outlier`), not to be hidden.
    """
    if features.get("step_fits_score"):
        return _FIT * probability / (1.0 + (_FIT - 1.0) * probability)
    told_alone = features.get("same_sentence") and not features.get("grouped")
    return 0.0 if features.get("step_against_score") and not told_alone else probability


def scored(scene: Scene, candidate: Candidate) -> Scored:
    """The scores told right behind any mention of a body, where its programme has steps with bounds."""
    programme = candidate.programme
    if programme is None or not any(step.high is not None for scale in programme.scales for step in scale.steps):
        return Scored()
    scores = {score for mention in candidate.mentions for score in _behind(scene, mention) if programme.can_score(score)}
    day = scene.page.article.published_on
    return Scored(tuple(sorted(scores)), _steps(programme, programme.edition_year_on(day) if day else None) if scores else {})


def _behind(scene: Scene, mention: Mention) -> list[float]:
    """The first score behind a mention, before the next body of its sentence."""
    places, values = _scores(scene).get(mention.sentence, ([], []))
    end = mention.body.reach or mention.body.last
    index = bisect_left(places, end)
    if index == len(places) or places[index] > min(end + _BEHIND, _next_body(scene, mention)):
        return []
    return [values[index]]


def _next_body(scene: Scene, mention: Mention) -> int:
    begins = _bodies(scene)[mention.sentence]
    index = bisect_left(begins, mention.body.last)
    return begins[index] if index < len(begins) else 10**9


@lru_cache(maxsize=2)
def _bodies(scene: Scene) -> dict[int, list[int]]:
    """Where the bodies of each sentence begin, as tokens in order."""
    found: dict[int, list[int]] = defaultdict(list)
    for mention in scene.mentions:
        found[mention.sentence].append(mention.body.first)
    return {sentence: sorted(begins) for sentence, begins in found.items()}


@lru_cache(maxsize=2)
def _scores(scene: Scene) -> dict[int, tuple[list[int], list[float]]]:
    """The scores of each sentence: their tokens in order, and what they are."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for result in scene.results:
        sentence = scene.sentence_at(place_of(result)) if result.slot == "score" and result.unit != "rupiah" else None
        if sentence is not None:
            found[sentence].append((scene.tokens.index(place_of(result)), float(result.value)))
    return {sentence: ([at for at, _ in sorted(row)], [score for _, score in sorted(row)]) for sentence, row in found.items()}


def _steps(programme: Programme, year: int | None) -> dict[str, tuple[Step, ...]]:
    """The bounded steps of a programme by each of their spellings: those of the scale in force, and of others what that one lacks."""
    found: dict[str, tuple[Step, ...]] = {}
    current = programme.scale_in(year)
    for scale in sorted(programme.scales, key=lambda scale: scale is not current):
        before = set(found)
        for step in (step for step in scale.steps if step.low is not None and step.high is not None):
            for spelling in {fold(name) for name in (step.name, *step.spellings)} - before:
                found[spelling] = (*found.get(spelling, ()), step)
    return found


def _holds(step: Step, score: float) -> bool:
    low, high = step.low or 0.0, step.high or 0.0
    return low - _SLACK * high <= score <= high + _SLACK * high
