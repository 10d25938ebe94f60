"""What a printed date means: the mention itself, and the year that was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extract.dates.patterns import ANY_YEAR, PRINTED_YEAR

Precision = Literal["day", "month", "year", "weekday"]

LATEST = 2035  # a larger number of four digits is no year of an article
AHEAD = timedelta(days=7)  # a date further than this after publication belongs to the year before


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as printed at text[start:end], and what it means.

    `day` is filled where a day is known (a weekday alone counts back from publication); `precision` is what was printed:
    a month or a year has no day, only `year` and `month`. `weekday` (0 is Monday) is the one printed, `weekday_ok`
    whether it agrees with `day`, `conflict` that it does not. `year_inferred` says that the year was not printed.
    `end_day` closes a range. `relative` marks words counted from publication ("kemarin", "tahun lalu", "Desember lalu").
    """

    start: int
    end: int
    day: date | None
    precision: Precision
    weekday_ok: bool | None = None
    year_inferred: bool = False
    conflict: bool = False
    end_day: date | None = None
    year: int | None = None
    month: int | None = None
    weekday: int | None = None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """What a year or a relative word is counted from."""

    published: date | None
    years: tuple[int, ...] = ()  # years to try where there is no publication date, best first
    guesses: tuple[int, ...] = ()  # years after those, taken only where the printed weekday fits


def resolve_year(month: int, day: int, clock: Clock, weekday: int | None = None, ahead: bool = False) -> date | None:
    """The day that a date without a year means, or None where there is no such day or nothing to count from.

    The year is the one of publication, unless the date would then lie more than seven days after it: the year before.
    Two cases leave that rule: a date announced as coming (`ahead`) or whose weekday fits only so, and the first days of
    January printed in the last of December. Without publication the first of the clock's years whose weekday fits is taken.
    """
    if clock.published is None:
        sure = [found for year in clock.years if (found := day_of(year, month, day))]
        guessed = [found for year in clock.guesses if (found := day_of(year, month, day)) and found.weekday() == weekday]
        fits = (found for found in sure if weekday is None or found.weekday() == weekday)
        return next(fits, None) or next(iter(guessed + sure), None)
    published = clock.published
    before, same, after = (day_of(published.year + step, month, day) for step in (-1, 0, 1))
    if after and after - published <= AHEAD:
        return after
    if same and same - published > AHEAD:
        coming = ahead or (weekday is not None and same.weekday() == weekday and not (before and before.weekday() == weekday))
        return same if coming else before
    return same or before


def clock_of(text: str, published: date | None, default_year: int | None) -> Clock:
    """What the dates of a text are counted from: its publication, or the years an undated article may mean.

    Those are its latest full date where that is no older than the default, then the default and the year after it, then the
    years of its other full dates. The year the text names most, and the ones beside it, are guesses.
    """
    if published:
        return Clock(published)
    printed = sorted({int(match[1]) for match in PRINTED_YEAR.finditer(text)}, reverse=True)
    first = printed[:1] if printed and printed[0] >= (default_year or 0) else []
    given = [default_year, default_year + 1] if default_year else []
    named = Counter(year for match in ANY_YEAR.finditer(text) if (year := int(match[0])) <= LATEST)
    most = max(named, key=lambda year: (named[year], year), default=None)
    guesses = [*([most, most + 1, most - 1] if most else []), *(year - 1 for year in printed[:1])]
    return Clock(None, tuple(dict.fromkeys([*first, *given, *printed])), tuple(dict.fromkeys(guesses)))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
