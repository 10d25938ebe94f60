"""When an article was published, from whatever a page prints: ISO forms, "Senin, 9 Desember 2019 | 14:05 WIB", "09/12/2019"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt aug august agst",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "wib": timezone(timedelta(hours=7)),
    "wita": timezone(timedelta(hours=8)),
    "wit": timezone(timedelta(hours=9)),
    "gmt": UTC,
    "utc": UTC,
}
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|WIB|WITA|WIT|GMT|UTC)?)?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"(?<!\d)(?P<day>\d{1,2})[\s./-]+(?P<name>[A-Za-z]{3,9})\.?[\s,./-]+(?P<year>(?:19|20)\d{2})")
_AMERICAN = re.compile(r"\b(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,\s*(?P<year>(?:19|20)\d{2})")
_FIGURES = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d{2})(?!\d)")
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?[Mm]\b)?"
    r"\s*(?P<zone>WIB|WITA|WIT|GMT|UTC|[+-]\d{2}:?\d{2}\b)?(?![\d:])",
    re.IGNORECASE,
)


def read_moment(text: str | None, zone: str = "Asia/Jakarta") -> str | None:
    """The first moment named in `text` as an ISO date-time with its zone, or an ISO date where no time is given.

    A time without a zone is in `zone`, the source's own; one in UTC is told in `zone` too, so that its day is the
    day on which the newsroom published. None where `text` names no possible day.
    """
    if not text:
        return None
    text = text[:400]
    iso = _ISO.search(text)
    if iso:
        return _iso(iso, zone)
    for pattern in (_WORDS, _AMERICAN, _FIGURES):
        for match in pattern.finditer(text):
            month = int(match["month"]) if "month" in match.groupdict() else _MONTHS.get(match["name"].lower(), 0)
            time = _TIME.search(text, match.end(), match.end() + 40) or _TIME.search(text, max(0, match.start() - 25), match.start())
            found = _moment(int(match["year"]), month, int(match["day"]), time, zone)
            if found:
                return found
    return None


def _iso(match: re.Match[str], zone: str) -> str | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return _moment(year, month, day, match if match["hour"] else None, zone)


def _moment(year: int, month: int, day: int, time: re.Match[str] | None, zone: str) -> str | None:
    try:
        moment = datetime(year, month, day)
        if time is None:
            return moment.date().isoformat()
        hour = int(time["hour"])
        half = (time.groupdict().get("half") or "").lower().replace(".", "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        moment = moment.replace(hour=hour, minute=int(time["minute"]), second=int(time["second"] or 0))
    except ValueError:
        return None
    own = _offset(time["zone"])
    if own is None:
        return moment.replace(tzinfo=_zone(zone)).isoformat()
    moment = moment.replace(tzinfo=own)
    return (moment.astimezone(_zone(zone)) if own.utcoffset(moment) == timedelta(0) else moment).isoformat()


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.lower() in _ZONES:
        return _ZONES[text.lower()]
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return _ZONES["wib"]
