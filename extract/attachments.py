"""Which result belongs to which body: every result near a candidate, described by features for the scorer.

A sentence is read as groups of coordinated bodies with words before and after each: what leads a group ("Penerima WTP: A, B dan C")
or trails it holds for all of it, what stands between two members for one of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from extract.candidates import Candidate
from extract.context import Features
from extract.counted import count_features, runs
from extract.results import Result, place_of, told
from extract.scene import Mention, Scene

_NEAR = 40
_LIST, _OWN_REACH, _WINDOW, _COUNTED = 3, 3, 8, 3
_CROSSED = (
    "lead trail member_after member_before above same_item carried latest sentence_before next_sentence anchored weak only_value far "
    "in_title count_match count_other count_back each leads_run trails_group"
).split()
_EACH = frozenset(("masing", "masing-masing", "sama-sama", "semuanya", "seluruhnya", "keduanya", "ketiganya", "keempatnya", "kelimanya"))


@dataclass(frozen=True, slots=True)
class _Extent:
    """The tokens of one group within one sentence."""

    group: int
    first: int
    last: int


def attachable(scene: Scene, candidate: Candidate) -> list[tuple[Result, Features]]:
    """Every result that may be this candidate's, with what speaks for it; sums of money only where the programme gives them."""
    money = candidate.programme is None or candidate.programme.score_unit in (None, "rupiah")
    extents = _extents(scene)
    alone = len({m.entity.identity for m in scene.mentions if m.entity.kind in ("provinsi", "kabupaten", "kota", "unit")}) <= 1
    out: list[tuple[Result, Features]] = []
    for result in scene.results:
        if result.unit == "rupiah" and not money:
            continue
        sentence = scene.sentence_at(place_of(result))
        if sentence is None or (result.programme is not None and result.programme != candidate.prize.key):
            continue
        rows = [row for row in (_pair(scene, mention, result, sentence, extents) for mention in candidate.mentions) if row]
        if rows:
            features = {name: max(row.get(name, 0.0) for row in rows) for name in {key for row in rows for key in row}}
            features |= _own(scene, candidate, result, alone)
            crossed = {f"{result.slot}:{name}": features[name] for name in _CROSSED if features.get(name)}
            out.append((result, features | crossed))
    return out


@lru_cache(maxsize=2)  # asked for by every candidate of a scene
def _extents(scene: Scene) -> dict[int, list[_Extent]]:
    """The groups of every sentence, in order."""
    bounds: dict[tuple[int, int], tuple[int, int]] = {}
    for mention in scene.mentions:
        key = (mention.sentence, mention.group)
        first, last = mention.body.first, mention.body.reach or mention.body.last
        if mention.post is not None:
            first, last = min(first, mention.post.first), max(last, mention.post.last)
        low, high = bounds.get(key, (first, last))
        bounds[key] = (min(low, first), max(high, last))
    out: dict[int, list[_Extent]] = defaultdict(list)
    for (sentence, group), (first, last) in sorted(bounds.items(), key=lambda item: item[1]):
        out[sentence].append(_Extent(group, first, last))
    return out


def _pair(scene: Scene, mention: Mention, result: Result, sentence: int, extents: dict[int, list[_Extent]]) -> Features | None:
    """How one mention and one result stand to each other; None where they are too far apart to speak of."""
    home = scene.sentence(mention.sentence)
    away = sentence - mention.sentence
    above = home.head == sentence
    if not -_WINDOW <= away <= 2 and not above:
        return None
    latest = _latest(scene, mention, result)
    counts = count_features(scene, mention, result, sentence) if -_COUNTED <= away <= 2 else {}
    near = above or -2 <= away <= 0 or (away == 1 and not extents.get(sentence)) or (latest and away < 0)
    if not (near or counts.get("count_match")):
        return None
    if result.how == "sequence" and away == 0:
        return {"own_turn": float(result.start == mention.body.start), "other_turn": float(result.start != mention.body.start)}
    if result.how == "numbered":
        return {"own_number": 1.0} if away == 0 else None
    at = scene.tokens.index(place_of(result))
    base: Features = {
        "above": float(above),
        "latest": float(latest),
        "latest_away": float(latest) * min(-away, 8) / 8 if away < 0 else 0.0,
        "next_sentence": float(away == 1 and not extents.get(sentence)),
        "sentence_before": float(away == -1 and not above),
        "two_before": float(away == -2 and not above),
        "planned": float(bool(scene.cues_in(max(0, at - 10), at, "plan"))),
        "negated": float(bool(scene.cues_in(max(0, at - 5), at, "negate"))),
        "past": float(bool(scene.cues_in(max(0, at - 10), at + 6, "past"))),
        "leads_run": float(_leads_run(scene, mention, result, sentence, extents)),
    } | counts
    if away != 0:
        behind = extents.get(sentence, [])
        base["after_its_bodies"] = float(bool(behind) and at >= behind[-1].last)
        base["bodiless"] = float(not behind)
        own, there = (_alike(scene, where, result) for where in (mention.sentence, sentence))
        last = max((r.start for r in there), default=-1)
        values = {told(r) for r in there}
        company = sum(m.group == mention.group for m in scene.mentions)
        base["in_list"] = float(company >= _LIST)
        base["heading_says"] = float(above and not own and len(values) == 1)
        base["carried"] = float(away == -1 and not own and result.start == last and (not behind or at >= behind[-1].last))
        return base
    groups = extents[sentence]
    return base | _same_sentence(scene, mention, at, groups, home.kind) | _lead_says(scene, mention, result, groups)


def _leads_run(scene: Scene, mention: Mention, result: Result, sentence: int, extents: dict[int, list[_Extent]]) -> bool:
    """Whether a result stands before the list that a mention's sentence only goes on with."""
    if sentence >= mention.sentence:
        return False
    own = runs(scene)[mention.sentence, mention.group][0]
    first = next((e for e in extents.get(sentence, ()) if runs(scene)[sentence, e.group][0] == own), None)
    if first is None or scene.tokens.index(place_of(result)) >= first.first:
        return False
    lead = {told(r) for r in _alike(scene, sentence, result) if scene.tokens.index(r.start) < first.first}
    return len(lead) == 1


def _alike(scene: Scene, sentence: int, result: Result) -> list[Result]:
    """The results of one kind and programme in a sentence."""
    return [r for r in scene.within(scene.results, sentence) if r.slot == result.slot and r.programme == result.programme]


def _lead_says(scene: Scene, mention: Mention, result: Result, groups: list[_Extent]) -> Features:
    """Whether the words that open a list of three or more name this one result of its kind, and no member has its own."""
    index = next(i for i, extent in enumerate(groups) if extent.group == mention.group)
    own, before = groups[index], groups[index - 1].last if index else -1
    company = sum(m.group == mention.group and m.sentence == mention.sentence for m in scene.mentions)
    if company < _LIST:
        return {}
    same = _alike(scene, mention.sentence, result)
    places = [(scene.tokens.index(r.start), told(r)) for r in same]
    lead = {value for at, value in places if before <= at < own.first}
    inside = any(own.first <= at < own.last for at, _ in places)
    return {"lead_says": float(lead == {told(result)} and not inside and before <= scene.tokens.index(result.start) < own.first)}


def _latest(scene: Scene, mention: Mention, result: Result) -> bool:
    """Whether a result is the last of its kind told before a mention that no other body has for itself."""
    at = place_of(result)
    if at >= mention.body.start:
        return False
    free = _free_places(scene).get((result.slot, result.programme, result.weak), [])
    last = bisect_left(free, mention.body.start) - 1
    return last >= 0 and free[last] == at


@lru_cache(maxsize=2)
def _free_places(scene: Scene) -> dict[tuple[str, str | None, bool], list[int]]:
    """Where the results of each kind stand that no body has for itself; for weak ones all count, for the others only their like."""
    ends = sorted(m.body.reach or m.body.last for m in scene.mentions)
    free: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
    for result in sorted(scene.results, key=place_of):
        if result.how in ("sequence", "numbered"):
            continue
        at = scene.tokens.index(result.start)
        before = bisect_right(ends, at) - 1
        if before >= 0 and at - ends[before] <= _OWN_REACH:
            continue  # "Kabupaten Alor (48,94)": it is that one's
        free[result.slot, result.programme, True].append(place_of(result))
        if not result.weak:
            free[result.slot, result.programme, False].append(place_of(result))
    return free


def _same_sentence(scene: Scene, mention: Mention, at: int, groups: list[_Extent], kind: str) -> Features:
    """Where a result stands among the groups of the mention's own sentence."""
    index = next(i for i, extent in enumerate(groups) if extent.group == mention.group)
    own = groups[index]
    before = groups[index - 1].last if index else -1
    after = groups[index + 1].first if index + 1 < len(groups) else 10**9
    begin, end = mention.body.first, mention.body.reach or mention.body.last
    inside = own.first <= at < own.last
    members = sorted(m.body.first for m in scene.mentions if m.sentence == mention.sentence and m.group == mention.group)
    following = next((first for first in members if first > begin), own.last)
    preceding = max((first for first in members if first < begin), default=own.first)
    lead, trail = before <= at < own.first, own.last <= at < after
    gap = own.first - at if at < own.first else at - own.last if at >= own.last else min(abs(at - end), abs(at - begin))
    low, high = min(at, own.first), max(at, own.last)
    return {
        "same_sentence": 1.0,
        "same_item": float(kind == "item"),
        "in_title": float(kind == "title"),
        "lead": float(lead),
        "trail": float(trail),
        "lead_only": float(lead and len(groups) == 1),
        "trail_only": float(trail and len(groups) == 1),
        "last_trail": float(trail and index + 1 == len(groups)),
        "far": float(not (lead or trail or inside)),
        "far_before": float(at < own.first and not lead),
        "member_after": float(inside and end <= at < following),
        "member_before": float(inside and preceding < at < begin),
        "other_member": float(inside and not (end <= at < following) and not (preceding < at < begin)),
        "grouped": float(len(members) > 1),
        "trails_group": float(trail and len(members) > 1),
        "leads_group": float(lead and len(members) > 1),
        "close": max(0.0, 1 - gap / _NEAR),
        "each": float(trail and any(scene.tokens.word(i) in _EACH for i in range(own.last, at))),
        "touching": float(at - end <= 3 and at >= end and scene.tokens.word(end) in ("(", ",", "-", "–", ":")),
        "receives": float(bool(scene.cues_in(low, high, "receive", "passive"))),
        "in_post": float(mention.post is not None),
    }


def _own(scene: Scene, candidate: Candidate, result: Result, alone: bool) -> Features:
    """What the result is, wherever it stands."""
    rivals = [other for other in scene.results if other.slot == result.slot and other.programme in (None, candidate.prize.key)]
    values = {told(other) for other in rivals}
    same = sum(told(other) == told(result) for other in rivals)
    programme_has_scale = any(other.programme == candidate.prize.key and other.slot == "predicate" for other in scene.results)
    out: Features = {
        "bias": 1.0,
        "anchored": float(result.anchored),
        "weak": float(result.weak),
        "only_value": float(len(values) == 1),
        "often": min(same, 4) / 4,
        "alone": float(alone),
        "quoted": float(scene.page.in_quote(result.start)),
        "own_programme": float(result.programme is not None),
        "unknown_prize": float(candidate.prize.key is None),
        "is_a_prize": float(any(prize.start <= result.start and result.end <= prize.end for prize in scene.prizes)),
        "within_longer": float(
            any(
                other.start <= result.start and result.end <= other.end and other is not result and other.slot in ("predicate", "tier")
                for other in scene.results
            )
        ),
        f"slot={result.slot}": 1.0,
        f"{result.slot}:scaled": float(programme_has_scale),
    }
    if result.slot == "score":
        out |= {
            f"how={result.how}": 1.0,
            f"unit={result.unit}": 1.0,
            "noun": float(bool(result.noun)),
            "big": float(float(result.value) > 1000),
        }
    elif result.slot in ("rank", "tier"):
        out[f"how={result.how}"] = 1.0
        out["has_field"] = float(result.rank_of is not None)
    else:
        out["short"] = float(len(str(result.value)) <= 3)
    return out
