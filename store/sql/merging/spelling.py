"""Forms of one name: a category or innovation that is a shorter or misspelt form of another one becomes that one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz.distance import OSA

from store.sql.merging.telling import ProgrammeFacts, Telling, contradict, near

_SHORTEST = 8
"""Names shorter than this are never taken for misspelt: too many things differ by one letter."""
_Better = Callable[[str, str, list[Telling], list[Telling]], bool]


def respell(items: list[Telling], facts: ProgrammeFacts) -> list[Telling]:
    """Give every category and innovation the form that its best told, fullest relative has."""
    for better in (_is_better_spelt, _is_fuller):
        for part in ("category", "innovation"):
            items = _respell(items, facts, better, part)
    return items


def _respell(items: list[Telling], facts: ProgrammeFacts, better: _Better, part: str) -> list[Telling]:
    """Bring forms of one name together where the claims under them tell the same result."""

    def cell(item: Telling) -> tuple[object, ...]:
        # A misspelling is one in every year; a shorter form may be another thing in another year.
        return item.entity, None if better is _is_better_spelt else item.year

    cells: dict[tuple[object, ...], dict[str, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if getattr(item, part) is not None:
            cells[cell(item)][getattr(item, part)].append(item)
    forms: dict[tuple[object, ...], dict[str, str]] = {}
    for place, names in cells.items():
        found = {name: _better_form(name, names, better, facts) for name in names}
        forms[place] = {name: form for name, form in found.items() if form}
    return [_renamed(item, part, forms.get(cell(item), {})) for item in items]


def _renamed(item: Telling, part: str, forms: dict[str, str]) -> Telling:
    form = getattr(item, part)
    while form in forms:
        form = forms[form]
    return item if form == getattr(item, part) else replace(item, **{part: form})


def _better_form(name: str, names: dict[str, list[Telling]], better: _Better, facts: ProgrammeFacts) -> str | None:
    """The only other form that is better than this one, or the fullest where each holds the next, and tells the same result."""
    own = names[name]
    told = {item.article for item in own}
    forms = []
    for other, members in names.items():
        apart = other != name and not told & {item.article for item in members}
        if apart and better(name, other, own, members) and any(not contradict(a, b, facts) or near(a, b) for a in own for b in members):
            forms.append(other)
    if better is _is_better_spelt:
        return max(forms, key=lambda form: _weight(names[form], form), default=None)
    fullest = max(forms, key=lambda form: (len(form.split()), form), default=None)
    return fullest if fullest and all(set(form.split()) <= set(fullest.split()) for form in forms) else None


def _is_fuller(name: str, other: str, _own: list[Telling], _members: list[Telling]) -> bool:
    return set(name.split()) < set(other.split())


def _is_better_spelt(name: str, other: str, own: list[Telling], members: list[Telling]) -> bool:
    return _misspelt(name, other) and _weight(members, other) > _weight(own, name)


def _misspelt(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    digits = [char for char in one if char.isdigit()] == [char for char in other if char.isdigit()]
    return shorter >= _SHORTEST and digits and OSA.distance(one, other, score_cutoff=2) <= (1 if shorter < 2 * _SHORTEST else 2)


def _weight(members: list[Telling], name: str) -> tuple[int, str]:
    return len({item.story for item in members}), name
