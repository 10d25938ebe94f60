"""Which claims tell one result. Pure: a set of claims in, groups out; the order of the claims cannot matter.

The identity of an evaluation is programme, recipient, edition year, category and innovation (and the giver, where the
programme has a name but no key). Four steps, each deciding for every claim against the state before it:

1. Spellings (`spelling`): a category or innovation that is a shorter or misspelt form of another becomes that one.
2. Years (`years`): a claim whose year is the ceremony's, or a slip, moves to the edition that tells the same result of the same days.
3. Whole claims form groups by identity.
4. Claims that lack a part of the identity join the only group they can belong to, those lacking least first; the rest stand alone.
   A claim that says of one edition what several of its results say, and not which it means, is left out of all.

One article never tells one result as two, so two claims of an article are kept apart unless their identity is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from store.sql.merging.spelling import respell
from store.sql.merging.telling import NEWS_DAYS, ProgrammeFacts, Telling, agree, contradict, near
from store.sql.merging.years import move_years

_PARTS = ("giver", "year", "category", "innovation")
APART_DAYS = 60
"""Claims without a year whose days lie further apart are different results."""


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
    items = move_years(respell(items, facts), facts)
    levels: dict[int, list[Telling]] = defaultdict(list)
    # A part that no claim of the block has is no part of anybody's identity.
    used = [any(getattr(item, name) is not None for item in items) for name in ("giver", "year", "category", "innovation")]
    identities = {item.key: _identity(item) for item in items}
    for item in items:
        levels[_lacking(identities[item.key], used)].append(item)
    groups: dict[Identity, list[Telling]] = {}
    for level in sorted(levels):
        _place(levels[level], identities, groups, facts)
    _complete_each_other(groups, facts)
    return [part for identity, members in groups.items() for part in _by_time(identity, members)]


def _lacking(identity: Identity, used: Sequence[bool]) -> int:
    parts = (identity.giver, identity.year, identity.category, identity.innovation)
    return (not identity.resolved) + sum(part is None for part, matters in zip(parts, used, strict=True) if matters)


def _identity(item: Telling) -> Identity:
    entity = item.entity if item.resolved else item.own_entity
    return Identity(entity, item.resolved, item.giver, item.year, item.category, item.innovation)


def _place(items: list[Telling], identities: dict[str, Identity], groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> None:
    """Place the claims of one level: all look at the groups as they were before, then all are written."""
    found = [(item, _homes(item, identities[item.key], groups, facts)) for item in items]
    for item, homes in found:
        own = identities[item.key]
        if len(homes) > 1 and len({home.year for home in homes} | {own.year} - {None}) == 1:
            # Several results of one edition say the same of one body, and the claim does not say which it means: it adds none.
            continue
        groups.setdefault(homes[0] if len(homes) == 1 else own, []).append(item)


def _homes(item: Telling, identity: Identity, groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> list[Identity]:
    """The groups that a claim may belong to."""
    if identity in groups:
        return [identity]
    fitting = [other for other, members in groups.items() if _fits(item, identity, other, members, facts)]
    if not fitting and identity.year is not None and item.day is not None and not item.background:
        # A year that its days speak against may be a slip here as well, where result and days say whose.
        likely = replace(identity, year=facts.expected_year(item.day))
        fitting = [other for other, members in groups.items() if _fits(item, likely, other, members, facts)]
        fitting = [other for other in fitting if any(near(item, one) and agree(item, one, facts) for one in groups[other])]
    return _narrowed(item, fitting, groups, facts)


def _narrowed(item: Telling, fitting: list[Identity], groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> list[Identity]:
    """Of several groups those whose own days are the claim's, whose news is, whose result is; a question nobody answers is passed over."""
    for asked in range(3):
        if len(fitting) > 1:
            left = [other for other in fitting if any(_answers(asked, item, member, other, facts) for member in groups[other])]
            fitting = left or fitting
    return fitting


def _answers(asked: int, item: Telling, member: Telling, other: Identity, facts: ProgrammeFacts) -> bool:
    if asked == 0:
        own = member.event is not None or (member.day is not None and facts.expected_year(member.day) == other.year)
        return own and near(item, member)
    return near(item, member) if asked == 1 else agree(item, member, facts)


def _fits(item: Telling, identity: Identity, other: Identity, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether a claim that lacks a part may belong to a group that has it."""
    if other.missing >= identity.missing or item.article in {member.article for member in members}:
        return False
    parts = ((identity.giver, other.giver), (identity.year, other.year), (identity.category, other.category))
    if any(mine is not None and mine != theirs for mine, theirs in (*parts, (identity.innovation, other.innovation))):
        return False
    alike = [member for member in members if not contradict(item, member, facts)]
    if other.entity != item.entity:
        return False
    if not identity.resolved:
        return any(_same_occasion(item, member, facts) for member in members)
    if identity.year is None and other.year is not None:
        close = not item.background and any(near(item, member) for member in members)
        return _in_time(item, other.year, members, facts) and (bool(alike) or close)
    if identity.innovation is None and other.innovation is not None:
        # Where products are judged every result is one product's, so another mark on the same day is a contradiction.
        return bool(alike) or any(near(item, member) for member in members)
    return bool(alike)


def _same_occasion(item: Telling, member: Telling, facts: ProgrammeFacts) -> bool:
    """Whether a misspelt name may be this body: its letters prove nothing, result, product or printed day must say so as well."""
    if not near(item, member):
        return False
    product = item.innovation is not None and item.innovation == member.innovation
    return product or agree(item, member, facts) or (item.event is not None and member.event is not None)


def _in_time(item: Telling, year: int, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether news of this day may speak of an edition: not of one still to come, nor of one long past unless as background."""
    if item.day is None:
        return True
    first = min((member.day for member in members if member.day), default=item.day)
    if first - timedelta(days=NEWS_DAYS) > item.day:
        return False
    expected = facts.expected_year(item.day)
    return year + facts.year_offset <= item.day.year and (item.background or year >= expected - 1)


def _complete_each_other(groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> None:
    """Join two groups where each has a part that the other lacks and result and days agree, if either has only the other."""
    partners = {one: [other for other in groups if _completes(one, other, groups, facts)] for one in groups}
    for one in sorted(partners, key=str):
        if len(partners[one]) == 1 and partners[partners[one][0]] == [one] and one in groups:
            other = partners[one][0]
            values = {name: getattr(one, name) if getattr(one, name) is not None else getattr(other, name) for name in _PARTS}
            joined = Identity(one.entity, True, **values)
            groups.setdefault(joined, []).extend([*groups.pop(one), *groups.pop(other)])


def _completes(one: Identity, other: Identity, groups: dict[Identity, list[Telling]], facts: ProgrammeFacts) -> bool:
    if not (one.resolved and other.resolved and one.entity == other.entity):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in _PARTS]
    gives, takes = (any(pair[n] is not None and pair[1 - n] is None for pair in pairs) for n in (0, 1))
    if not (gives and takes) or any(None not in pair and pair[0] != pair[1] for pair in pairs):
        return False
    if {item.article for item in groups[one]} & {item.article for item in groups[other]}:
        return False
    return any(near(a, b) and agree(a, b, facts) for a in groups[one] for b in groups[other])


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
