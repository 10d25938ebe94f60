"""Find the dates of a text: each pattern in its turn, the surest first, over what is still free."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from extract.dates.patterns import (
    DAILY,
    ENGLISH,
    ISO,
    LEAD,
    LEAD_REACH,
    MONTH,
    MONTHLY,
    NEXT_YEAR,
    NUMERIC,
    TAIL,
    WEEKDAY,
    WEEKLY,
    WORDED,
    YEARLY,
)
from extract.dates.years import Clock, DateMention, clock_of, day_of, resolve_year

_NOT_A_DATE = re.compile(
    r"(?<!\w)(?:nomor|no|nomer|skala|skor|nilai|pasal|perda|pergub|perbup|perwali|perpres|permen|inpres|keppres|kepmen|uu|pp|rasio|telp|telepon|hp|wa|rt"
    r"|ayat)[.:]?\s{0,2}[(\[]?$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:jalan|jl|jln|stadion|gor|universitas|univ|lapangan|taman|museum|tugu|alun-alun|gedung|rsud?|gerakan)\.?\s$", re.IGNORECASE
)
_MOTTO = re.compile(r"\s(?:curhat|berkah|bersih|barokah|agung|ibadah|berbagi|keliling|kasih|putih|sehat|ceria|abu|ini)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh|beberapa|per|tiap|setiap|se|dalam)\s$", re.IGNORECASE
)
_AHEAD_WORD = re.compile(r",?\s(?:\w{3,6}\s)?(?:mendatang|besok|nanti|depan)\b", re.IGNORECASE)
_SHIFT = {"besok": 1, "esok hari": 1, "semalam": -1, "tadi malam": -1, "kemarin lusa": -2}
_PAST = ("lalu", "silam", "kemarin", "sebelumnya")
_NEXT = ("mendatang", "nanti", "depan")


def find_dates(text: str, published: date | None, default_year: int | None = None) -> list[DateMention]:
    """Find every date in a text, in order, none overlapping another.

    Args:
        text: the text as printed; offsets are code points of it.
        published: the day of publication; years that were not printed and words like "kemarin" are counted from it.
        default_year: a year to try where `published` is None (the edition's). A year that another full date of the text
            prints comes before an older one, and the year after is tried where the weekday asks for it.

    Returns:
        The mentions. Where no year can be told, `day` is None and `month` and `precision` stand alone.
    """
    clock = clock_of(text, published, default_year)
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for pattern, build in _FINDERS:
        for match in pattern.finditer(text):
            for mention in build(match, text, clock):
                if taken.find(1, mention.start, mention.end) >= 0:
                    continue
                found.append(mention)
                tail = TAIL.match(text, mention.end)  # "Jumat (12/5) kemarin" is one date
                end = tail.end() if tail else mention.end
                taken[mention.start : end] = b"\x01" * (end - mention.start)
    return sorted(found, key=lambda mention: mention.start)


def _year(printed: str | None, clock: Clock) -> int | None:
    if printed is None:
        return None
    if len(printed) == 4:
        return int(printed)
    latest = clock.published.year + 1 if clock.published else 2049
    return 2000 + int(printed) if 2000 + int(printed) <= latest else 1900 + int(printed)


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else MONTH[printed.lower().rstrip(".")]


def _refused(part: dict[str, str | None], before: str) -> bool:
    """Whether digits that look like a day and a month are a fraction, a score, a clause, a number of a letter or a place."""
    if part.get("slash") in (".", "-") and not part["y"]:
        return True
    if part.get("wd"):
        return False
    if before.endswith("/") or _NOT_A_DATE.search(before) or _NAMED_AFTER.search(before):
        return True
    if "slash" not in part:  # a month in letters; in short form only with its capital: "5 Mar", not "5 mar"
        word = (part["m"] or "").rstrip(".")
        return len(word) < 4 and word.islower() and word != "mei"
    bracketed = part["open"] and part["close"]
    return not (bracketed or (part["y"] and len(part["y"]) == 4))


def _dated(match: re.Match[str], text: str, clock: Clock) -> Iterator[DateMention]:
    lead = LEAD.search(text, max(0, match.start() - LEAD_REACH), match.start())
    part = match.groupdict() | (lead.groupdict() if lead else {})
    begin = lead.start() if lead else match.start()
    if _refused(part, text[max(0, begin - 14) : begin]):
        return
    month, number, year = _month(match["m"]), int(match["d"]), _year(part["y"], clock)
    weekday = WEEKDAY[part["wd"].lower()] if part.get("wd") else None
    first = _month(part["m1"]) if part.get("m1") else month
    if year:
        day = day_of(int(part["y1"]) if part.get("y1") else year - (first > month), first, number)
    else:
        day = resolve_year(first, number, clock, weekday, bool(_AHEAD_WORD.match(text, match.end())))
    if day is None and (year or day_of(2000, first, number) is None):
        return  # 31 Februari is no date
    agrees = None if weekday is None or day is None else day.weekday() == weekday
    opened, closed = bool(part.get("open")), bool(part.get("close"))
    start = begin if weekday is not None or (opened and closed) else match.start()
    end = match.start("close") if closed and not opened else match.end()
    yield DateMention(
        start,
        end,
        day,
        "day",
        agrees,
        year is None,
        agrees is False,
        _last_day(part, day, first, month, year),
        day.year if day else year,
        first,
        weekday,
    )


def _last_day(part: dict[str, str | None], day: date | None, first: int, month: int, year: int | None) -> date | None:
    if day is None or not part.get("d2"):
        return None
    last = day_of(year or day.year + (month < first), month, int(part["d2"] or 0))
    return last if last and last > day else None


def _monthly(match: re.Match[str], text: str, clock: Clock) -> Iterator[DateMention]:
    part = match.groupdict()
    rel = (part["rel"] or "").lower()
    if not (part["y"] or part["y2"] or part["m2"] or part["cue"] or part["bulan"] or rel) or (part["m"].islower() and not part["y"]):
        return
    published = clock.published
    names = [(part["m"], part["y"] or part["y2"], "m")] + ([(part["m2"], part["y2"], "m2")] if part["m2"] else [])
    for name, printed, group in names:
        month = _month(name)
        year = int(printed) if printed else None
        if year is None and published:
            coming = rel in (*_NEXT, "ini") or (part["cue"] or "").lower().startswith(("hingga", "sampai"))
            later = not coming and (month > published.month or (month == published.month and bool(rel)))
            year = published.year - later + (rel in _NEXT and month < published.month)
        elif year is None and clock.years:
            year = clock.years[0]
        end = match.end() if group == "m2" or not part["m2"] else match.end("y" if part["y"] else "m")
        yield DateMention(match.start(group), end, None, "month", None, printed is None, year=year, month=month, relative=bool(rel))


def _yearly(match: re.Match[str], text: str, clock: Clock) -> Iterator[DateMention]:
    rel = (match["rel"] or "").lower()
    if not rel:
        yield DateMention(match.start(), match.end("y"), None, "year", year=int(match["y"]))
        end = match.end("y")
        while more := NEXT_YEAR.match(text, end):  # "tahun 2016, 2017, dan 2018", "tahun 2012-2021"
            yield DateMention(more.start("y"), more.end("y"), None, "year", year=int(more["y"]))
            end = more.end("y")
        return
    if clock.published is None or _COUNTED.search(text[max(0, match.start() - 12) : match.start()]):
        return
    step = -1 if rel in _PAST else 1 if rel in _NEXT else 0
    yield DateMention(match.start(), match.end(), None, "year", None, True, year=clock.published.year + step, relative=True)


def _daily(match: re.Match[str], text: str, clock: Clock) -> Iterator[DateMention]:
    word = match["rel"].lower()
    if word == "hari ini" and _COUNTED.search(text[max(0, match.start() - 12) : match.start()]):
        return  # "dua hari ini"
    step = _SHIFT.get(word, -1 if "kemarin" in word else 0)
    day = clock.published + timedelta(days=step) if clock.published else None
    yield DateMention(
        match.start(), match.end(), day, "day", None, True, year=day.year if day else None, month=day.month if day else None, relative=True
    )


def _weekly(match: re.Match[str], text: str, clock: Clock) -> Iterator[DateMention]:
    cue, word = (match["cue"] or "").lower(), match["wd"]
    hours = match["hours"].lower()
    if cue in ("setiap", "tiap", "saban", "pasar", "malam") or match["wd2"] or (word.islower() and cue != "hari"):
        return
    weekday = WEEKDAY[word.lower()]
    if _MOTTO.match(text, match.end("wd")) or (weekday == 6 and (match["next"] or "lalu" in hours)):
        return
    day, published = None, clock.published
    if published and (match["next"] or any(ahead in hours for ahead in ("besok", "mendatang", "nanti"))):
        day = published + timedelta(days=(weekday - published.weekday() - 1) % 7 + 1)
    elif published and ("pekan lalu" in hours or "minggu lalu" in hours):
        day = published + timedelta(days=weekday - published.weekday() - 7)
    elif published:
        day = published - timedelta(days=(published.weekday() - weekday) % 7)
        if day == published and ("lalu" in hours or "kemarin" in hours):
            day -= timedelta(days=7)
    start, end = match.start("wd"), match.end()
    yield DateMention(
        start,
        end,
        day,
        "weekday",
        None,
        True,
        year=day.year if day else None,
        month=day.month if day else None,
        weekday=weekday,
        relative=True,
    )


_Build = Callable[[re.Match[str], str, Clock], Iterator[DateMention]]
_FINDERS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (ISO, _dated),
    (NUMERIC, _dated),
    (WORDED, _dated),
    (ENGLISH, _dated),
    (MONTHLY, _monthly),
    (YEARLY, _yearly),
    (WEEKLY, _weekly),
    (DAILY, _daily),
)
