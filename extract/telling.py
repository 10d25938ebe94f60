"""Each result told once: a body's several tellings of one prize are folded into the surest, echoes are dropped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extract.candidates import Candidate
from extract.results import Result


@dataclass
class Held:
    """An accepted candidate with the results chosen for it."""

    candidate: Candidate
    results: dict[str, tuple[Result, float]]


def told_once(held: list[Held]) -> list[Held]:
    """One claim for each body and prize; several only where categories and results differ."""
    grouped: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for item in held:
        grouped[item.candidate.entity.identity, item.candidate.prize.identity].append(item)
    out: list[Held] = []
    for items in grouped.values():
        out.extend(_merge(items))
    return _without_echoes(out)


def _without_echoes(held: list[Held]) -> list[Held]:
    """Drop what a surer reading of the same words contradicts: an unnamed prize beside a named one for the same body and sentence."""
    named = {
        (item.candidate.entity.identity, m.sentence)
        for item in held
        if item.candidate.prize.key and item.candidate.prize.strength == "name"
        for m in item.candidate.mentions
    }
    return [
        item
        for item in held
        if not _is_weak(item) or not item.candidate.best or (item.candidate.entity.identity, item.candidate.best.sentence) not in named
    ]


def _is_weak(item: Held) -> bool:
    """Whether a prize is only a topic, or has no name that is known."""
    return item.candidate.prize.key is None or item.candidate.prize.strength == "topic"


def _merge(items: list[Held]) -> list[Held]:
    """Fold tellings of one result together: those without a category, or with no result of their own, into the surest."""
    items = sorted(items, key=lambda held: -held.candidate.probability)
    kept: list[Held] = []
    for item in items:
        twin = next((other for other in kept if _same_result(other, item)), None)
        if twin is None:
            kept.append(item)
            continue
        for slot, value in item.results.items():
            twin.results.setdefault(slot, value)
        twin.candidate.mentions.extend(m for m in item.candidate.mentions if m not in twin.candidate.mentions)
        if twin.candidate.category is None:
            twin.candidate.category = item.candidate.category
    return kept


def _same_result(one: Held, other: Held) -> bool:
    """Two tellings of one result: a category missing or alike, or results that do not differ."""
    if one.candidate.category is None or other.candidate.category is None:
        return True
    a, b = (held.candidate.category.name.lower() if held.candidate.category else "" for held in (one, other))
    if a in b or b in a:
        return True
    shared = [slot for slot in one.results if slot in other.results]
    apart = any(
        one.results[slot][0].value != other.results[slot][0].value or one.results[slot][0].start != other.results[slot][0].start
        for slot in shared
    )
    return not apart and not (one.results and other.results)
