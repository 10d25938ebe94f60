"""Whether a score fits its step, its place and the other scores of the same round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from extract.checks.finding import Raised
from store.model.keys import fold
from store.model.records import Claim
from store.model.registry import Programme, Registry, Step

_UNITS = frozenset({"index100", "index5", "index4", "points"})
"""Units in which more is better and all bodies are on one scale."""
_COMPANY = 4
"""Scores a round must tell before one of them can stand apart."""
_APART, _RATIO = 3, 0.6
"""A score stands apart when the next is farther than three times the range of all others, and one is under six tenths of the other."""
_MANY = 200
"""Contradicting pairs of one list beyond which no single slip explains them: all are odd."""

Numbered = tuple[int, Claim]


def score_outliers(claims: Sequence[Claim], registry: Registry) -> Iterator[tuple[int, Raised]]:
    """(index of the claim, what is odd about its score); rupiah, percentages and scores outside the scale altogether are left alone."""
    rounds: dict[tuple[object, ...], list[Numbered]] = defaultdict(list)
    for index, claim in enumerate(claims):
        programme = registry.programmes.get(claim.programme or "")
        if programme is None or claim.score is None or claim.score_unit not in _UNITS or "out_of_scale" in claim.flags:
            continue
        why = _beside_its_step(claim, claim.score, programme)
        if why:
            yield index, Raised("score_outlier", why)
        rounds[claim.programme, claim.edition_year, claim.score_unit].append((index, claim))
    for members in rounds.values():
        yield from _apart(members)
        fields: dict[tuple[object, ...], list[Numbered]] = defaultdict(list)
        for index, claim in members:
            if claim.rank is not None:
                fields[claim.category, claim.rank_scope, claim.rank_of, _kind(claim, registry)].append((index, claim))
        for ranked in fields.values():
            yield from _against_rank(ranked)


def _beside_its_step(claim: Claim, score: float, programme: Programme) -> str | None:
    """A score outside the bounds of the step it is told with: BB and 85."""
    scale = programme.scale_in(claim.edition_year)
    if scale is None or claim.predicate is None or claim.score_unit != programme.score_unit:
        return None
    step = next((step for step in scale.steps if fold(claim.predicate) in map(fold, (step.name, *step.spellings))), None)
    if step is None or _within(score, step, 0.5 if float(score).is_integer() and claim.score_unit in ("index100", "points") else 0.05):
        return None
    bounds = f"from {step.low if step.low is not None else '?'} to {step.high if step.high is not None else '?'}"
    return f"{score:g} does not lie in {step.name}, which goes {bounds}"


def _within(score: float, step: Step, slack: float) -> bool:
    """Whether a step holds a score, by half of the last digit it may have been rounded to."""
    return (step.low is None or score >= step.low - slack) and (step.high is None or score <= step.high + slack)


def _apart(members: Sequence[Numbered]) -> Iterator[tuple[int, Raised]]:
    """A lowest or highest score that is far from all others: 54.01 beside eight from 94 to 98."""
    if len({claim.recipient_name for _, claim in members}) < _COMPANY:
        return
    ordered = sorted(members, key=lambda member: member[1].score or 0.0)
    for index, claim, rest in ((*ordered[0], ordered[1:]), (*ordered[-1], ordered[:-1])):
        scores = [other.score or 0.0 for _, other in rest]
        low, high = min(scores), max(scores)
        score = claim.score or 0.0
        distance = max(low - score, score - high)
        near = low if score < low else high
        if distance > _APART * (high - low) and min(score, near) < _RATIO * max(score, near):
            yield index, Raised("score_outlier", f"{score:g} stands apart from the {len(rest)} others, which go from {low:g} to {high:g}")


def _kind(claim: Claim, registry: Registry) -> str:
    """Provinces, kabupaten, kota and other bodies are ranked apart."""
    region = registry.regions.get(claim.recipient_key or "")
    return region.level if region else "other"


def _against_rank(ranked: Sequence[Numbered]) -> Iterator[tuple[int, Raised]]:
    """A better place with a lower score: of each such pair the one that is in most of them, both where they are even or pairs are many."""
    pairs = [pair for pair in map(_better_first, combinations(ranked, 2)) if pair is not None]
    while pairs:
        often = Counter(index for pair in pairs for index, _ in pair)
        most = max(often.values())
        odd = {index for index, count in often.items() if count == most or len(pairs) > _MANY}
        for index in sorted(odd):
            yield index, Raised("score_outlier", _pair_in_words(next(pair for pair in pairs if index in (pair[0][0], pair[1][0]))))
        pairs = [pair for pair in pairs if not odd & {index for index, _ in pair}]


def _better_first(pair: Iterable[Numbered]) -> tuple[Numbered, Numbered] | None:
    """Two claims whose places and scores contradict each other, the better place first."""
    better, worse = sorted(pair, key=lambda member: member[1].rank or 0)
    contradict = (better[1].rank or 0) < (worse[1].rank or 0) and (better[1].score or 0.0) < (worse[1].score or 0.0)
    return (better, worse) if contradict else None


def _pair_in_words(pair: tuple[Numbered, Numbered]) -> str:
    (_, better), (_, worse) = pair
    return (
        f"place {better.rank} with {better.score or 0:g} ({better.recipient_name}) stands before "
        f"place {worse.rank} with {worse.score or 0:g} ({worse.recipient_name})"
    )
