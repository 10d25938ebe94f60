"""Which result belongs to which body: every result near a candidate, described by features for the scorer."""

from __future__ import annotations

from extract.candidates import Candidate, Features
from extract.results import Result
from extract.scene import Mention, Scene

_NEAR = 40


def attachable(scene: Scene, candidate: Candidate) -> list[tuple[Result, Features]]:
    """Every result that may be this candidate's, with what speaks for it."""
    out: list[tuple[Result, Features]] = []
    rivals = _rivals(scene)
    alone = len({m.entity.identity for m in scene.mentions if m.entity.kind in ("provinsi", "kabupaten", "kota", "unit")}) <= 1
    for result in scene.results:
        if result.programme is not None and result.programme != candidate.prize.key:
            continue
        sentence = scene.sentence_at(result.start)
        if sentence is None:
            continue
        rows = [_pair(scene, mention, result, sentence, rivals) for mention in candidate.mentions]
        near = [row for row in rows if row]
        if not near:
            continue
        features = {name: max(row.get(name, 0.0) for row in near) for name in {key for row in near for key in row}}
        out.append((result, features | _own(scene, candidate, result, alone)))
    return out


def _rivals(scene: Scene) -> list[tuple[int, int, str, int]]:
    """(first token, past, identity, group) of every body mention, in order."""
    return sorted((m.body.first, m.body.reach or m.body.last, m.entity.identity, m.group) for m in scene.mentions)


def _pair(scene: Scene, mention: Mention, result: Result, sentence: int, rivals: list[tuple[int, int, str, int]]) -> Features | None:
    """How one mention and one result stand to each other; None where they are too far apart to speak of."""
    home = scene.sentence(mention.sentence)
    away = sentence - mention.sentence
    above = home.head == sentence
    if not (above or -2 <= away <= 2):
        return None
    tokens = scene.tokens
    first = tokens.index(result.start)
    begin, end = mention.body.first, mention.body.reach or mention.body.last
    after = first >= end
    low, high = (end, first) if after else (first, begin)
    between = [r for r in rivals if low <= r[0] < high and r[2] != mention.entity.identity]
    strangers = [r for r in between if r[3] != mention.group]
    members = [r for r in between if r[3] == mention.group]
    later = [r for r in rivals if r[0] >= first and r[2] != mention.entity.identity and r[0] - first <= 6]
    same = float(away == 0)
    bracket = tokens.word(end) in ("(", ",", "-", "–", ":") and first - end <= 4 and after
    return {
        "same_sentence": same,
        "same_item": float(away == 0 and home.kind == "item"),
        "above": float(above),
        "next_sentence": float(away == 1),
        "sentence_before": float(away == -1),
        "two_away": float(abs(away) == 2),
        "after": same * float(after),
        "before": same * float(not after),
        "close": same * max(0.0, 1 - (high - low) / _NEAR),
        "touching": float(bracket and away == 0),
        "clear": same * float(not between),
        "clear_of_strangers": same * float(not strangers),
        "members_between": same * float(bool(members)),
        "after_members": same * float(bool(members) and after),
        "before_members": same * float(bool(members) and not after),
        "strangers_between": same * min(len(strangers), 3) / 3,
        "other_follows": same * float(bool(later) and after),
        "in_title": same * float(home.kind == "title"),
        "receives": same * float(bool(scene.cues_in(min(low, high), max(low, high), "receive", "passive"))),
        "planned": float(bool(scene.cues_in(max(0, first - 10), first, "plan"))),
        "negated": float(bool(scene.cues_in(max(0, first - 4), first, "negate"))),
        "past": float(bool(scene.cues_in(max(0, first - 10), first + 6, "past"))),
    }


def _own(scene: Scene, candidate: Candidate, result: Result, alone: bool) -> Features:
    """What the result is, wherever it stands."""
    rivals = [other for other in scene.results if other.slot == result.slot and other.programme in (None, candidate.prize.key)]
    values = {str(other.value).lower() for other in rivals}
    same = sum(str(other.value).lower() == str(result.value).lower() for other in rivals)
    out: Features = {
        "bias": 1.0,
        "anchored": float(result.anchored),
        "weak": float(result.weak),
        "only_value": float(len(values) == 1),
        "often": min(same, 4) / 4,
        "alone": float(alone),
        "quoted": float(scene.page.in_quote(result.start)),
        "own_programme": float(result.programme is not None),
        f"slot={result.slot}": 1.0,
    }
    if result.slot == "score":
        out |= {f"how={result.how}": 1.0, f"unit={result.unit}": 1.0, "noun": float(bool(result.noun)), "big": float(float(result.value) > 1000)}
    elif result.slot in ("rank", "tier"):
        out[f"how={result.how}"] = 1.0
        out["has_field"] = float(result.rank_of is not None)
    else:
        out["short"] = float(len(str(result.value)) <= 3)
    return out
