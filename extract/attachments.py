"""Which result belongs to which body: every result near a candidate, described by features for the scorer.

A sentence is read as groups of coordinated bodies with words before and after each: what leads a group ("Penerima WTP: A, B dan C")
or trails it holds for all of it, what stands between two members for one of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extract.agreeing import scored
from extract.candidates import Candidate
from extract.clauses import clause_features
from extract.context import Features
from extract.counted import count_features, runs
from extract.neighbours import next_to
from extract.results import Result, place_of, told
from extract.scene import Mention, Scene
from extract.surroundings import Surroundings, surroundings
from extract.turns import turn_of

_NEAR = 40
_LIST, _WINDOW, _LATER = 3, 8, 4
_OWN_EACH = ("rank", "score")
"""Slots in which every body of a list has its own; a step or group is often told once for all."""
_CROSSED = (
    "lead trail member_after member_before above same_item carried latest sentence_before next_sentence anchored weak only_value far "
    "in_title count_match count_other count_back each leads_run trails_group next_after next_before no_body_between no_result_between "
    "follows_other precedes_other has_after has_before row_after row_before gap_before from_word formerly older_year prize_last_other "
    "prize_before_other prize_before_mine grouped scoped of_value superseded supersedes title_says title_of_others"
).split()
_EACH = frozenset(("masing", "masing-masing", "sama-sama", "semuanya", "seluruhnya", "keduanya", "ketiganya", "keempatnya", "kelimanya"))


def attachable(scene: Scene, candidate: Candidate) -> list[tuple[Result, Features]]:
    """Every result that may be this candidate's, with what speaks for it; sums of money only where the programme gives them."""
    money = candidate.programme is None or candidate.programme.score_unit in (None, "rupiah")
    around, own_scores = surroundings(scene), scored(scene, candidate)
    out: list[tuple[Result, Features]] = []
    for result in around.near(candidate.mentions):
        if result.unit == "rupiah" and not money:
            continue
        sentence = scene.sentence_at(place_of(result))
        if sentence is None or (result.programme is not None and result.programme != candidate.prize.key):
            continue
        rows = [row for row in (_pair(scene, mention, result, sentence, around) for mention in candidate.mentions) if row]
        if rows:
            features = {name: max(row.get(name, 0.0) for row in rows) for name in {key for row in rows for key in row}}
            features |= _own(scene, candidate, result, around) | clause_features(scene, candidate, result)
            features |= _in_title(scene, candidate, sentence)
            if result.slot == "predicate":
                features |= own_scores.agrees(result)
            crossed = {f"{result.slot}:{name}": features[name] for name in _CROSSED if features.get(name)}
            out.append((result, features | crossed))
    return out


def _pair(scene: Scene, mention: Mention, result: Result, sentence: int, around: Surroundings) -> Features | None:
    """How one mention and one result stand to each other; None where they are too far apart to speak of."""
    home = scene.sentence(mention.sentence)
    away = sentence - mention.sentence
    above = home.head == sentence
    if not -_WINDOW <= away <= _LATER and not above:
        return None
    latest = _latest(around, mention, result)
    counts = count_features(scene, mention, result, sentence)
    near = above or -2 <= away <= 0 or (away == 1 and not around.extents.get(sentence)) or (latest and away < 0)
    later = away > 0 and around.alone  # no other body could hold it
    if not (near or later or counts.get("count_match")):
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
        "later": float(later) * min(away, _LATER) / _LATER if away > 0 else 0.0,
        "next_sentence": float(away == 1 and not around.extents.get(sentence)),
        "sentence_before": float(away == -1 and not above),
        "two_before": float(away == -2 and not above),
        "planned": float(bool(scene.cues_in(max(0, at - 10), at, "plan"))),
        "negated": float(bool(scene.cues_in(max(0, at - 5), at, "negate"))),
        "past": float(bool(scene.cues_in(max(0, at - 10), at + 6, "past"))),
        "leads_run": float(_leads_run(scene, mention, result, sentence, around)),
    }
    base |= counts
    if result.slot in _OWN_EACH or result.how == "lowest":
        base |= next_to(scene, mention, result, sentence)
    if away != 0:
        behind = around.extents.get(sentence, [])
        base["after_its_bodies"] = float(bool(behind) and at >= behind[-1].last)
        base["bodiless"] = float(not behind)
        own, there = (_alike(around, where, result) for where in (mention.sentence, sentence))
        last = max((r.start for _, r in there), default=-1)
        values = {told(r) for _, r in there}
        company = around.companies[mention.group]
        base["in_list"] = float(company >= _LIST)
        base["heading_says"] = float(above and not own and len(values) == 1)
        base["carried"] = float(away == -1 and not own and result.start == last and (not behind or at >= behind[-1].last))
        return base
    base |= _same_sentence(scene, mention, at, around, home.kind) | _lead_says(scene, mention, result, around)
    return base | turn_of(scene, mention, result)


def _in_title(scene: Scene, candidate: Candidate, sentence: int) -> Features:
    """Whether a result stands in the title, and whether the bodies there are this one or others."""
    if scene.sentence(sentence).kind != "title":
        return {}
    mine = any(mention.sentence == sentence for mention in candidate.mentions)
    return {"title_says": float(mine), "title_of_others": float(not mine and bool(scene.mentions_in(sentence)))}


def _leads_run(scene: Scene, mention: Mention, result: Result, sentence: int, around: Surroundings) -> bool:
    """Whether a result stands before the list that a mention's sentence only goes on with."""
    if sentence >= mention.sentence:
        return False
    own = runs(scene)[mention.sentence, mention.group][0]
    first = next((e for e in around.extents.get(sentence, ()) if runs(scene)[sentence, e.group][0] == own), None)
    if first is None or scene.tokens.index(place_of(result)) >= first.first:
        return False
    lead = {told(r) for at, r in _alike(around, sentence, result) if at < first.first}
    return len(lead) == 1


def _alike(around: Surroundings, sentence: int, result: Result) -> list[tuple[int, Result]]:
    """The results of one kind and programme in a sentence, each with its first token."""
    return around.alike.get((sentence, result.slot, result.programme), [])


def _lead_says(scene: Scene, mention: Mention, result: Result, around: Surroundings) -> Features:
    """Whether the words that open a list of three or more name this one result of its kind, and no member has its own."""
    groups, index = around.group(mention)
    own, before = groups[index], groups[index - 1].last if index else -1
    at = scene.tokens.index(result.start)
    if len(own.members) < _LIST or not before <= at < own.first:
        return {}
    same = _alike(around, mention.sentence, result)
    lead = {told(other) for place, other in same if before <= place < own.first}
    inside = any(own.first <= place < own.last for place, _ in same)
    return {"lead_says": float(lead == {told(result)} and not inside)}


def _latest(around: Surroundings, mention: Mention, result: Result) -> bool:
    """Whether a result is the last of its kind told before a mention that no other body has for itself."""
    at = place_of(result)
    if at >= mention.body.start:
        return False
    free = around.free.get((result.slot, result.programme, result.weak), [])
    last = bisect_left(free, mention.body.start) - 1
    return last >= 0 and free[last] == at


def _same_sentence(scene: Scene, mention: Mention, at: int, around: Surroundings, kind: str) -> Features:
    """Where a result stands among the groups of the mention's own sentence."""
    groups, index = around.group(mention)
    own, members = groups[index], groups[index].members
    before = groups[index - 1].last if index else -1
    after = groups[index + 1].first if index + 1 < len(groups) else 10**9
    begin, end = mention.body.first, mention.body.reach or mention.body.last
    inside = own.first <= at < own.last
    next_one, this_one = bisect_right(members, begin), bisect_left(members, begin)
    following = members[next_one] if next_one < len(members) else own.last
    preceding = members[this_one - 1] if this_one else own.first
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


def _own(scene: Scene, candidate: Candidate, result: Result, around: Surroundings) -> Features:
    """What the result is, wherever it stands."""
    tally = around.tally(result.slot, candidate.prize.key)
    has_scale = bool(around.tallies.get(("predicate", candidate.prize.key))) and candidate.prize.key is not None
    out: Features = {
        "bias": 1.0,
        "anchored": float(result.anchored),
        "weak": float(result.weak),
        "only_value": float(len(tally) == 1),
        "often": min(tally[told(result)], 4) / 4,
        "alone": float(around.alone),
        "quoted": float(scene.page.in_quote(result.start)),
        "own_programme": float(result.programme is not None),
        "unknown_prize": float(candidate.prize.key is None),
        "is_a_prize": float(id(result) in around.prized),
        "within_longer": float(id(result) in around.longer),
        f"slot={result.slot}": 1.0,
        f"{result.slot}:scaled": float(has_scale),
        f"{result.slot}:kind={candidate.programme.kind if candidate.programme else None}": 1.0,
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
