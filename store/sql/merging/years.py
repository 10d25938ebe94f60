"""Which edition a claim tells: a year that is the ceremony's, or a slip, gives way to the year of the same result and days. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from store.sql.merging.telling import ProgrammeFacts, Telling, agree, near


def move_years(items: list[Telling], facts: ProgrammeFacts) -> list[Telling]:
    """Give claims the year of the edition whose result and days they tell."""
    items = [_judged_year(item, facts) for item in items]
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


def _judged_year(item: Telling, facts: ProgrammeFacts) -> Telling:
    """The edition that was judged, where a programme always judges an earlier year than that of its ceremony.

    A result cannot be given in the very year it judges there, so a claim that says so took the ceremony's year.
    """
    if not facts.year_offset or item.year is None or item.day is None or item.year != item.day.year:
        return item
    return replace(item, year=item.year - facts.year_offset)


def _right_year(item: Telling, year: int, years: dict[int, list[Telling]], facts: ProgrammeFacts) -> int | None:
    if item.day is None:
        return _undated_year(item, year, years, facts)
    expected = facts.expected_year(item.day)
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


def _undated_year(item: Telling, year: int, years: dict[int, list[Telling]], facts: ProgrammeFacts) -> int | None:
    """Without any day a claim does not vouch alone for a year that would be the ceremony's of an edition with the same result."""
    judged = year - facts.year_offset
    alone = facts.year_offset > 0 and len({other.story for other in years[year]}) == 1
    return judged if alone and any(agree(item, other, facts) for other in years.get(judged, ())) else None


def _is_better(
    item: Telling, year: int, other: int, expected: int, support: tuple[int, int], own: list[Telling], facts: ProgrammeFacts
) -> bool:
    if item.event is not None:
        return support[1] > support[0] or (support[1] == support[0] and other == expected)
    # Without a printed day a claim leaves its year only where that year has no news of its own time.
    return other == expected and support[1] >= support[0] and not _sound(item, year, own, facts)


def _sound(item: Telling, year: int, members: list[Telling], facts: ProgrammeFacts) -> bool:
    """Whether somebody else tells the result of this year at the time when it is usually given."""
    return any(other.story != item.story and other.day is not None and facts.expected_year(other.day) == year for other in members)
