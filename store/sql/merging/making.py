"""Groups to evaluations: decisions applied, values chosen, counts taken. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from store.model.keys import digest, evaluation_key
from store.sql.merging.choosing import FIELDS, Chosen, choose, people
from store.sql.merging.decided import Decided
from store.sql.merging.flags import flags, without
from store.sql.merging.grouping import Group, independent_sources, most_common
from store.sql.merging.telling import ProgrammeFacts, Telling, contradict

SHOWN = (*FIELDS, "edition_year", "also_received_by", "flags", "kind", "programme_name", "recipient_name", "recipient_key")
"""What a reader of an evaluation sees of it; history and decisions look at these."""
CERTAIN = 0.99
"""Articles alone never make anything surer than this."""
CHANGED_FIRST = 1000.0
_JUDGED = (
    "edition_year",
    "category",
    "innovation",
    "predicate",
    "tier",
    "rank",
    "rank_of",
    "score",
    "score_unit",
    "recipient_key",
    "event_date",
)


@dataclass(frozen=True)
class Made:
    """One evaluation, ready to be written."""

    row: dict[str, Any]
    claims: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = field(default=())


def key_of(group: Group) -> str:
    """The key of a group, from its identity alone; the first day is added where nothing else tells groups apart."""
    identity, programme = group.identity, group.members[0].programme
    if identity.giver is not None:
        programme = f"{programme}|{identity.giver}"
    key = evaluation_key(programme, identity.year, identity.category, identity.innovation, identity.entity)
    if not group.order:
        return key
    return digest("evaluation-at", key, str(min((item.day for item in group.members if item.day), default="")))


def apply_ties(groups: Mapping[str, Group], decided: Decided) -> dict[str, Group]:
    """Split and merge groups as people decided. A decision whose evaluation has another key now finds it by its articles."""
    result = dict(groups)
    for row in decided.splits:
        key = find(row["target_key"], row["basis"], result)
        articles = set(row["value"]["articles"])
        if key is None:
            continue
        apart = tuple(item for item in result[key].members if item.article in articles)
        rest = tuple(item for item in result[key].members if item.article not in articles)
        if apart and rest:
            result[key] = Group(result[key].identity, rest, result[key].order)
            result[digest("split", key, row["key"])] = Group(result[key].identity, apart, result[key].order)
    for row in decided.evaluation_merges:
        kept = find(row["target_key"], row["basis"]["sides"][0], result)
        other = find(row["other_key"], row["basis"]["sides"][1], result)
        # Two programmes whose own tie was undone part their results too.
        if kept and other and kept != other and result[kept].members[0].programme == result[other].members[0].programme:
            members = tuple(sorted((*result[kept].members, *result.pop(other).members), key=lambda item: item.key))
            result[kept] = Group(result[kept].identity, members, result[kept].order)
    return result


def find(key: str, basis: Mapping[str, Any], groups: Mapping[str, Group]) -> str | None:
    """The group a decision means: the one with its key, else the one that holds most of its articles."""
    if key in groups:
        return key
    articles = set(basis.get("articles", ()))
    shared = Counter({name: len(articles & {item.article for item in group.members}) for name, group in groups.items()})
    best = min(shared, key=lambda name: (-shared[name], name), default=None)
    return best if best is not None and shared[best] else None


def make(key: str, group: Group, facts: ProgrammeFacts, bodies: Mapping[str, Any], judged: Sequence[Mapping[str, Any]]) -> Made | None:
    """Make an evaluation of a group; None where nobody tells it but as background to another result."""
    members = group.members
    firsthand = [item for item in members if not item.background]
    if not firsthand:
        return None
    chosen = choose(members, facts, group.identity.year)
    entity = group.identity.entity
    body = bodies[entity]
    row: dict[str, Any] = {name: chosen[name].value for name in (*FIELDS, "edition_year")}
    row |= {
        "key": key,
        "programme_id": members[0].programme,
        "entity_key": entity,
        "programme": None if ":" in members[0].programme else members[0].programme,
        "programme_name": facts.name or _common(firsthand, "programme_name"),
        "kind": _common(firsthand, "kind") or facts.kind,
        "recipient_name": body["name"],
        "recipient_key": None if entity.startswith("~") else entity,
        "province_code": body["province_code"],
        "province_name": body["province_name"],
        "also_received_by": people(members, row["received_by_name"]),
        "flags": flags(members, chosen),
        "rules": {name: one.rule for name, one in sorted(chosen.items()) if one.rule},
        "confidence": confidence(firsthand, chosen, facts),
        **_counts(members),
    }
    conflicts = _conflicts(key, chosen)
    row["conflict_count"] = len({conflict["field"] for conflict in conflicts})
    _judge(row, judged)
    row["shown_date"] = row["event_date"] or min(item.shown for item in firsthand)
    row["queue_weight"] = _queue_weight(row, least_sure(chosen, row["rules"]))
    outlets = tuple(sorted({item.outlet for item in members if item.outlet != item.article}))
    row["digest"] = digest(_json(row), _json(conflicts), _json(outlets))
    return Made(row, tuple(item.key for item in members), outlets, conflicts)


def _queue_weight(row: Mapping[str, Any], least: float) -> float:
    """How much a look is worth: doubt times use; what changed under a decision goes before everything else.

    Doubt is of the result, and of its least sure value: 1 less the product of their confidence.
    """
    if row["taken_down"] or row["review"] in ("accepted", "rejected"):
        return 0.0
    first = CHANGED_FIRST if row["review"] == "changed" else 0.0
    return float(round(first + (1 - row["confidence"] * least) * row["article_count"], 6))


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of an evaluation, JSON-ready, with the rule of each value."""
    values = {name: row[name].isoformat() if isinstance(row[name], date) else row[name] for name in SHOWN}
    return {**values, "rules": row["rules"], "review": row["review"]}


def confidence(members: Sequence[Telling], chosen: Mapping[str, Chosen], facts: ProgrammeFacts) -> float:
    """How sure the shown result is.

    Every story that tells it adds its best claim as independent evidence, up to 0.99; where stories contradict it, the
    result is divided between them by their number.
    """
    probe = {name: chosen[name].value for name in ("predicate", "tier", "rank", "rank_scope", "score", "score_unit")}
    best: dict[str, float] = {}
    against: set[str] = set()
    for item in members:
        if contradict(item, _with(item, probe), facts):
            against.add(item.story)
        else:
            best[item.story] = max(best.get(item.story, 0.0), item.confidence)
    doubt = 1.0
    for one in best.values():
        doubt *= 1 - one
    against -= set(best)
    share = len(best) / (len(best) + len(against)) if best else 1 / (1 + len(against))
    return round(min(CERTAIN, 1 - doubt if best else max(item.confidence for item in members)) * share, 4)


def least_sure(chosen: Mapping[str, Chosen], rules: Mapping[str, str]) -> float:
    """Confidence of the shown value that is least sure, by the surest who tells it; 1 where nothing is said of any.

    What somebody corrected (`rules`) is in no doubt.
    """
    least = 1.0
    for name, one in chosen.items():
        field_name = name.removesuffix("_name") if name in ("presented_by_name", "received_by_name") else name
        shown = one.said[0].tellers if one.said and one.said[0].value == one.value and rules.get(name) != "decision" else ()
        told = [item.field_confidence[field_name] for item in shown if field_name in item.field_confidence]
        least = min(least, max(told, default=1.0))
    return least


def _with(item: Telling, values: Mapping[str, Any]) -> Telling:
    return replace(item, values={**item.values, **values})


def _common(members: Sequence[Telling], name: str) -> str | None:
    told = [item.values[name] for item in members if item.values[name]]
    return most_common(told) if told else None


def _counts(members: Sequence[Telling]) -> dict[str, Any]:
    published = [item.published for item in members if item.published]
    articles = {item.article: item.official for item in members}
    return {
        "claim_count": len(members),
        "article_count": len(articles),
        "source_count": independent_sources(members),
        "official_count": sum(articles.values()),
        "first_published_date": min(published, default=None),
        "last_published_date": max(published, default=None),
        "reader": max(item.reader for item in members),
    }


def _conflicts(key: str, chosen: Mapping[str, Chosen]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "evaluation_key": key,
            "field": name,
            "place": place,
            "value": said.value.isoformat() if isinstance(said.value, date) else said.value,
            "shown": said.value == one.value,
            "source_count": said.sources,
            "official": said.official,
            "claim_keys": [item.key for item in said.tellers],
        }
        for name, one in sorted(chosen.items())
        if len(one.said) > 1 or (one.said and one.rule == "identity")
        for place, said in enumerate(one.said)
    )


def _judge(row: dict[str, Any], judged: Sequence[Mapping[str, Any]]) -> None:
    """Apply the decisions on this evaluation, in their order; what changed under one comes back for another look."""
    seen = result_digest(row)
    row |= {"review": "open", "taken_down": False, "result_digest": seen}
    for decision in judged:
        if decision["kind"] == "take_down":
            row["taken_down"] = True
            continue
        if decision["kind"] == "correct":
            name, value = decision["field"], decision["value"]
            row[name] = date.fromisoformat(value) if name == "event_date" and value else value
            row["rules"][name] = "decision"
            row["flags"] = without(row["flags"], name)
            state = "accepted"
        else:
            state = {"accept": "accepted", "reject": "rejected"}[decision["kind"]]
        row["review"] = state if decision["basis"]["result_digest"] == seen else "changed"


def result_digest(row: Mapping[str, Any]) -> str:
    """Digest of what somebody judges when looking at an evaluation before any correction: the result and whose it is."""
    return digest("result", *(str(row[name]) for name in _JUDGED))


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
