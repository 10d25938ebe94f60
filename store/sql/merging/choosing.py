"""Which of the told values is shown, by which rule, and which others stand beside it. Pure.

The rules, in their order; the first that leaves one value decides and is recorded with it:

`decision`  somebody corrected the field
`only`      one source says something
`agreed`    all who say something say the same (a rounded score, a shorter name say the same)
`official`  government bodies that speak for themselves agree on one value
`majority`  more independent sources say it than say any other
`precision` it is the more precise score
`latest`    it was published last; corrections come after what they correct
`identity`  the edition year of the group, where some claims were moved to it
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.model.keys import fold
from store.sql.merging.grouping import independent_sources, most_common
from store.sql.merging.telling import ProgrammeFacts, Telling, decimals, same_score, step

HEADS = (
    "category",
    "innovation",
    "predicate",
    "tier",
    "rank",
    "score",
    "giver",
    "event_date",
    "venue",
    "status",
    "count_total",
    "count_streak",
)
PEOPLE = ("presented_by", "received_by", "addressed_to")
HANGING = {
    "rank_of": "rank",
    "rank_scope": "rank",
    "score_unit": "score",
    "giver_key": "giver",
    **{f"{person}_position": f"{person}_name" for person in PEOPLE},
}
"""Fields that only mean something beside another one: they are taken from claims that tell the shown value of that one."""
FIELDS = (*HEADS, *(f"{person}_name" for person in PEOPLE), *HANGING)
_CONTAINED = frozenset({"category", "innovation", "venue", "giver", *(f"{p}_name" for p in PEOPLE), *(f"{p}_position" for p in PEOPLE)})
_NEVER_CONTESTED = frozenset({"giver_key", "category", "innovation"})


@dataclass(frozen=True)
class Said:
    """One value of one field with everybody who says so."""

    value: Any
    tellers: tuple[Telling, ...]
    precision: int = 0

    @property
    def sources(self) -> int:
        """Independent sources that say so."""
        return independent_sources(self.tellers)

    @property
    def official(self) -> bool:
        """Whether a government body says so."""
        return any(item.official for item in self.tellers)

    @property
    def last(self) -> tuple[date, str]:
        """When it was published last, and the article that did; the day an article is listed under where it has no date."""
        return max((item.published or item.shown, item.article) for item in self.tellers)


@dataclass(frozen=True)
class Chosen:
    """The shown value of a field, the rule that chose it, and all values where sources differ (the shown one first)."""

    value: Any
    rule: str | None
    said: tuple[Said, ...] = ()


def choose(members: Sequence[Telling], facts: ProgrammeFacts, year: int | None) -> dict[str, Chosen]:
    """Choose every field of an evaluation from its claims."""
    chosen: dict[str, Chosen] = {}
    for name in FIELDS:
        head = HANGING.get(name)
        tellers = list(members)
        if head:
            shown = chosen[head].said[0].tellers if chosen[head].said else ()
            tellers = list(shown) if chosen[head].value is not None else []
        chosen[name] = _field(name, tellers, facts)
    chosen["edition_year"] = _year(members, year)
    return chosen


def people(members: Iterable[Telling], taken: str | None) -> list[dict[str, str | None]]:
    """Everybody else who took it, once each, by name."""
    found: dict[str, dict[str, str | None]] = {}
    for item in members:
        for person in item.values["also_received_by"]:
            name = fold(person["name"] or person["position"] or "")
            if taken is None or name != fold(taken):
                best = found.get(name)
                found[name] = (
                    person if best is None else max(best, person, key=lambda one: (str(one["position"] or ""), str(one["name"] or "")))
                )
    return [found[name] for name in sorted(found)]


def _field(name: str, tellers: Sequence[Telling], facts: ProgrammeFacts) -> Chosen:
    stating = [item for item in tellers if item.values[name] is not None]
    firsthand = [item for item in stating if not item.background]
    said = _classes(name, firsthand or stating, facts)
    if not said:
        return Chosen(None, None)
    shown, rule = _pick(said)
    others = sorted((one for one in said if one is not shown), key=lambda one: (-one.sources, str(one.value)))
    if name in _NEVER_CONTESTED:
        others = []
    return Chosen(shown.value, rule, (shown, *others))


def _pick(said: list[Said]) -> tuple[Said, str]:
    if len(said) == 1:
        return said[0], "agreed" if said[0].sources > 1 else "only"
    official = [one for one in said if one.official]
    if len(official) == 1:
        return official[0], "official"
    left = official or said
    for rule, measure in _MEASURES:
        most = max(measure(one) for one in left)
        left = [one for one in left if measure(one) == most]
        if len(left) == 1:
            return left[0], rule
    return min(left, key=lambda one: str(one.value)), "latest"


_MEASURES: tuple[tuple[str, Callable[[Said], Any]], ...] = (
    ("majority", lambda one: one.sources),
    ("precision", lambda one: one.precision),
    ("latest", lambda one: one.last),
)


def _classes(name: str, stating: Sequence[Telling], facts: ProgrammeFacts) -> list[Said]:
    """The different values that are told; a less precise one counts for the only more precise one it can mean."""
    forms: dict[Any, list[Telling]] = defaultdict(list)
    for item in stating:
        forms[_form(name, item, facts)].append(item)
    covers = _covering(name)
    home = {form: [other for other in forms if other != form and covers(other, form)] for form in forms}
    tops = [form for form in forms if not home[form]]
    tellers = {form: list(forms[form]) for form in tops}
    for form in forms:
        reachable = [top for top in tops if form not in tops and covers(top, form)]
        if len(reachable) == 1:
            tellers[reachable[0]].extend(forms[form])
    result = []
    for form in tops:
        full = forms[form]
        precision = decimals(form) if name == "score" else 0
        members = tuple(sorted(tellers[form], key=lambda item: item.key))
        result.append(Said(_display([item.values[name] for item in full]), members, precision))
    return result


def _display(values: list[Any]) -> Any:
    return most_common(values) if isinstance(values[0], str) else values[0]


def _form(name: str, item: Telling, facts: ProgrammeFacts) -> Any:
    value = item.values[name]
    if name == "predicate":
        return step(facts, value)
    if name == "giver":
        return item.values["giver_key"] or fold(value)
    return fold(value) if isinstance(value, str) else value


def _covering(name: str) -> Callable[[Any, Any], bool]:
    """Whether the first form says what the second says, and more."""
    if name == "score":
        return lambda fine, coarse: decimals(fine) > decimals(coarse) and same_score(fine, coarse)
    if name in _CONTAINED:
        return lambda full, short: set(short.split()) < set(full.split())
    return lambda _full, _short: False


def _year(members: Sequence[Telling], year: int | None) -> Chosen:
    told: dict[int, list[Telling]] = defaultdict(list)
    for item in members:
        if item.values["edition_year"] is not None and not item.background:
            told[item.values["edition_year"]].append(item)
    said = {value: Said(value, tuple(tellers)) for value, tellers in told.items()}
    if year is None or not said:
        return Chosen(year, None if year is None else "only")
    others = sorted((one for value, one in said.items() if value != year), key=lambda one: (-one.sources, one.value))
    if others:
        return Chosen(year, "identity", (*([said[year]] if year in said else []), *others))
    return Chosen(year, "agreed" if said[year].sources > 1 else "only", (said[year],))
