"""Which claims tell one result. Pure: a set of claims in, groups out; the order of the claims cannot matter.

The identity of an evaluation is programme, recipient, edition year, category and innovation (and the giver, where the
programme has a name but no key). Four steps, each deciding for every claim against the state before it:

1. Spellings: a category or innovation that is a shorter or misspelt form of exactly one other becomes that one.
2. Years: a claim whose year is the ceremony's, or a slip, moves to the edition that tells the same result of the same days.
3. Whole claims form groups by identity.
4. Claims that lack a part of the identity join the only group they can belong to, those lacking least first; the rest stand alone.

One article never tells one result as two, so two claims of an article are kept apart unless their identity is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rapidfuzz.distance import OSA

from store.sql.merging.telling import NEWS_DAYS, ProgrammeFacts, Telling, agree, contradict, near

APART_DAYS = 60
"""Claims without a year whose days lie further apart are different results."""
_SHORTEST_SPELLING = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a group one result; None where no claim of it says."""

    entity: str
    resolved: bool
    giver: str | None
    year: int | None
    category: str | None
    innovation: str | None

    @property
    def missing(self) -> int:
        """How many parts are not known."""
        return (not self.resolved) + sum(part is None for part in (self.giver, self.year, self.category, self.innovation))


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one result; `order` tells apart groups that no part of the identity does."""

    identity: Identity
    members: tuple[Telling, ...]
    order: int = 0


def group(tellings: Iterable[Telling], facts: ProgrammeFacts) -> list[Group]:
    """Put the claims of one programme and one recipient (or of what may be one) into groups."""
    items = sorted(tellings, key=lambda telling: telling.key)
    for better in (_is_better_spelt, _is_fuller):
        items = _respell(items, facts, better, lambda item: item.category, lambda item, value: replace(item, category=value))
        items = _respell(items, facts, better, lambda item: item.innovation, lambda item, value: replace(item, innovation=value))
    items = _move_years(items, facts)
    levels: dict[int, list[Telling]] = defaultdict(list)
    # A part that no claim of the block has is no part of anybody's identity.
    used = [any(getattr(item, name) is not None for item in items) for name in ("giver", "year", "category", "innovation")]
    identities = {item.key: _identity(item) for item in items}
    for item in items:
        levels[_lacking(identities[item.key], used)].append(item)
    groups: dict[Identity, list[Telling]] = {}
    for level in sorted(levels):
        _place(levels[level], identities, groups, facts)
    return [part for identity, members in groups.items() for part in _by_time(identity, members)]


def _lacking(identity: Identity, used: Sequence[bool]) -> int:
    parts = (identity.giver, identity.year, identity.category, identity.innovation)
    return (not identity.resolved) + sum(part is None for part, matters in zip(parts, used, strict=True) if matters)


def _identity(item: Telling) -> Identity:
    entity = item.entity if item.resolved else item.own_entity
    return Identity(entity, item.resolved, item.giver, item.year, item.category, item.innovation)


def _respell(
    items: list[Telling],
    facts: ProgrammeFacts,
    better: Callable[..., bool],
    read: Callable[[Telling], str | None],
    write: Callable[[Telling, str], Telling],
) -> list[Telling]:
    """Bring forms of one name together where the claims under them tell the same result."""
    cells: dict[tuple[object, ...], dict[str, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        value = read(item)
        if value is not None:
            cells[item.entity, item.year][value].append(item)
    forms: dict[tuple[object, ...], dict[str, str]] = {}
    for cell, names in cells.items():
        found = {name: _better_form(name, names, better, facts) for name in names}
        forms[cell] = {name: form for name, form in found.items() if form}
    return [_renamed(item, read, write, forms) for item in items]


def _renamed(
    item: Telling,
    read: Callable[[Telling], str | None],
    write: Callable[[Telling, str], Telling],
    forms: dict[tuple[object, ...], dict[str, str]],
) -> Telling:
    value = read(item)
    form = forms.get((item.entity, item.year), {}).get(value) if value is not None else None
    return write(item, form) if form else item


def _better_form(name: str, names: dict[str, list[Telling]], better: Callable[..., bool], facts: ProgrammeFacts) -> str | None:
    """The only other form that is better than this one, or the fullest where each holds the next, and tells the same result."""
    own = names[name]
    told = {item.article for item in own}
    forms = []
    for other, members in names.items():
        apart = other != name and not told & {item.article for item in members}
        if apart and better(name, other, own, members) and any(not contradict(a, b, facts) for a in own for b in members):
            forms.append(other)
    fullest = max(forms, key=lambda form: (len(form.split()), form), default=None)
    return fullest if fullest and all(set(form.split()) <= set(fullest.split()) for form in forms) else None


def _is_fuller(name: str, other: str, _own: list[Telling], _members: list[Telling]) -> bool:
    return set(name.split()) < set(other.split())


def _is_better_spelt(name: str, other: str, own: list[Telling], members: list[Telling]) -> bool:
    return _misspelt(name, other) and _weight(members, other) > _weight(own, name)


def _misspelt(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    digits = [char for char in one if char.isdigit()] == [char for char in other if char.isdigit()]
    return (
        shorter >= _SHORTEST_SPELLING
        and digits
        and OSA.distance(one, other, score_cutoff=2) <= (1 if shorter < 2 * _SHORTEST_SPELLING else 2)
    )


def _weight(members: list[Telling], name: str) -> tuple[int, str]:
    return len({item.story for item in members}), name


def _move_years(items: list[Telling], facts: ProgrammeFacts) -> list[Telling]:
    """Give claims the year of the edition whose result and days they tell."""
    cells: dict[tuple[object, ...], dict[int, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.year is not None and not item.background and item.resolved:
            cells[item.entity, item.giver, item.category, item.innovation][item.year].append(item)
    moved: dict[str, int] = {}
    for years in cells.values():
        if len(years) > 1:
            for year, members in years.items():
                for item in members:
                    target = _right_year(item, year, years, facts)
                    if target is not None:
                        moved[item.key] = target
    return [replace(item, year=moved[item.key]) if item.key in moved else item for item in items]


def _right_year(item: Telling, year: int, years: dict[int, list[Telling]], facts: ProgrammeFacts) -> int | None:
    if item.day is None:
        return None
    expected = facts.expected_year(item.day)
    if year == expected and facts.year_offset:
        return None
    own = len({other.story for other in years[year] if near(item, other)} | {item.story})
    best: tuple[int, int] | None = None
    for other_year, members in years.items():
        if other_year == year or abs(other_year - year) > max(1, facts.year_offset):
            continue
        if item.article in {other.article for other in members}:
            continue
        support = len({other.story for other in members if near(item, other) and agree(item, other, facts)})
        if support and _is_better(item, year, other_year, expected, (own, support), years[year], facts):
            best = max(best or (0, 0), (support, -other_year))
    return -best[1] if best else None


def _is_better(
    item: Telling, year: int, other: int, expected: int, support: tuple[int, int], own: list[Telling], facts: ProgrammeFacts
) -> bool:
    if other == expected and facts.year_offset:
        return item.event is not None or not _sound(item, year, own, facts)
    if item.event is not None:
        return support[1] > support[0] or (support[1] == support[0] and other == expected)
    # Without a printed day a claim leaves its year only where that year has no news of its own time.
    return other == expected and support[1] >= support[0] and not _sound(item, year, own, facts)


def _sound(item: Telling, year: int, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether somebody else tells the result of this year at the time when it is usually given."""
    return any(other.story != item.story and other.day is not None and facts.expected_year(other.day) == year for other in members)


def _place(items: list[Telling], identities: dict[str, Identity], groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> None:
    """Place the claims of one level: all look at the groups as they were before, then all are written."""
    found = [(item, _home(item, identities[item.key], groups, facts)) for item in items]
    for item, home in found:
        groups.setdefault(home or identities[item.key], []).append(item)


def _home(item: Telling, identity: Identity, groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> Identity | None:
    if identity in groups:
        return identity
    fitting = [other for other, members in groups.items() if _fits(item, identity, other, members, facts)]
    for narrower in (near, lambda one, other: agree(one, other, facts)):
        if len(fitting) > 1:
            fitting = [other for other in fitting if any(narrower(item, member) for member in groups[other])]
    return fitting[0] if len(fitting) == 1 else None


def _fits(item: Telling, identity: Identity, other: Identity, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether a claim that lacks a part may belong to a group that has it."""
    if other.missing >= identity.missing or item.article in {member.article for member in members}:
        return False
    parts = ((identity.giver, other.giver), (identity.year, other.year), (identity.category, other.category))
    if any(mine is not None and mine != theirs for mine, theirs in (*parts, (identity.innovation, other.innovation))):
        return False
    alike = [member for member in members if not contradict(item, member, facts)]
    if not identity.resolved:
        # A misspelt name proves nothing: the same result of the same days must say so as well.
        return other.entity == item.entity and any(agree(item, member, facts) and near(item, member) for member in members)
    if identity.entity != other.entity:
        return False
    if identity.year is None and other.year is not None:
        close = not item.background and any(near(item, member) for member in members)
        return _in_time(item, other.year, members, facts) and (bool(alike) or close)
    return bool(alike)


def _in_time(item: Telling, year: int, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether news of this day may speak of an edition: not of one still to come, nor of one long past unless as background."""
    if item.day is None:
        return True
    first = min((member.day for member in members if member.day), default=item.day)
    if first - timedelta(days=NEWS_DAYS) > item.day:
        return False
    expected = facts.expected_year(item.day)
    return year + facts.year_offset <= item.day.year and (item.background or year >= expected - 1)


def _by_time(identity: Identity, members: list[Telling]) -> list[Group]:
    """One group, or several where the year is not known and the days lie far apart."""
    if identity.year is not None:
        return [Group(identity, tuple(sorted(members, key=lambda item: item.key)))]
    dated = sorted((item for item in members if item.day), key=lambda item: (item.day, item.key))
    clusters: list[list[Telling]] = []
    last = None
    for item in dated:
        if last is None or item.day is None or item.day - last > timedelta(days=APART_DAYS):
            clusters.append([])
        clusters[-1].append(item)
        last = item.day
    undated = [item for item in members if not item.day]
    if undated and len(clusters) == 1:
        clusters[0].extend(undated)
    elif undated:
        clusters.append(undated)
    return [Group(identity, tuple(sorted(part, key=lambda item: item.key)), order) for order, part in enumerate(clusters)]


def independent_sources(members: Iterable[Telling]) -> int:
    """How many sources speak for themselves: copies of one story count once, and so does one outlet with many stories."""
    first: dict[str, tuple[object, ...]] = {}
    for item in members:
        rank = (item.published is None, item.published or item.shown, item.article, item.outlet)
        first[item.story] = min(first.get(item.story, rank), rank)
    return len({rank[-1] for rank in first.values()})


def most_common(values: Iterable[str]) -> str:
    """The value told most often; the longest, the one with the fewest capitals, the smallest where several are."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), sum(char.isupper() for char in value), value))
