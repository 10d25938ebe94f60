"""Which values of a claim say what the gold says, field by field: what the confidence of fields is fitted to and measured by.

Asked of claims whose body and prize the gold has. A value counts where the gold judges it: not where the slot is `open`, and not
where the gold has no giver, year or number of competitors, which a reader may know without the article. A name may be told shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from extract.field_confidence import KINDS, SCORED
from extract.lexicon import load_registry
from store.model.keys import fold
from store.model.records import ConfidentField
from tests.quality.agreement import EMPTY, TWIN, Claim, body_name, close, listed, same_value, same_year

_UNASKED = ("edition_year", "giver", "rank_of")
"""Fields that say nothing where the gold leaves them empty."""
_PEOPLE = ("presented_by", "received_by")
_MUHAMMAD = re.compile(r"\b(?:mochamm?ad|mohamm?ad|muhamm?ad|moch|moh|muh|mhd)\b")
_SPELT_ALIKE, _PRINTED_ALIKE = 88, 80
"""Likeness of two spellings of one name, and of two ways to print a place, of 100."""


def judged_fields(gold: Claim, got: Claim, printed: str) -> Iterator[tuple[ConfidentField, bool]]:
    """Every field that a claim fills and the gold judges, and whether its value is right; `printed` is the article's title and text."""
    unjudged = set(gold.get("open") or ())
    for name in (*SCORED, *KINDS):
        twin = TWIN.get(name, name)
        wanted = [value for slot in dict.fromkeys((name, twin)) for value in listed(gold.get(slot)) if value not in EMPTY]
        unasked = not wanted and (name in _UNASKED or twin in unjudged)
        if got.get(name) not in EMPTY and name not in unjudged and not unasked:
            yield name, _right(name, wanted, got, printed)


def _right(name: ConfidentField, wanted: list[Any], got: Claim, printed: str) -> bool:
    if name == "edition_year":
        return same_year(wanted, got[name], printed)
    return any(_same(name, want, got[name]) for want in wanted)


def _same(name: ConfidentField, want: Any, got: Any) -> bool:
    if name == "giver":
        return _body(str(want)) == _body(str(got))
    if name in _PEOPLE:
        return _same_person(want, got)
    if name == "category":
        return close(str(want), str(got))
    if name == "venue":
        return _same_place(fold(str(want)), fold(str(got)))
    return str(want)[:10] == str(got)[:10] if name == "event_date" else same_value(want, got)


def _body(name: str) -> str:
    return _keys().get(fold(name)) or body_name(name)


@cache
def _keys() -> dict[str, str]:
    """Keys of national bodies by every name they have."""
    bodies = load_registry().agencies.values()
    return {fold(name): body.key for body in bodies for name in (*body.aliases, *body.abbreviations, body.name)}


def _same_place(want: str, got: str) -> bool:
    """A place spelt nearly alike, or told shorter or longer in two words and more: a city alone is not its hall."""
    short, long = sorted((set(want.split()), set(got.split())), key=len)
    return fuzz.ratio(want, got) >= _PRINTED_ALIKE or (len(short) > 1 and len(short & long) >= 0.8 * len(short))


def _same_person(want: Any, got: Any) -> bool:
    """By name, which may be told shorter or spelt another way; by the post where the gold has no name."""
    wanted = want if isinstance(want, dict) else {"name": want}
    if not wanted.get("name"):
        return bool(wanted.get("position")) and close(str(wanted["position"]), str(got.get("position") or ""))
    one, other = (_MUHAMMAD.sub("m", fold(str(person.get("name") or ""))) for person in (wanted, got))
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    return one == other or (len(short) > 1 and short <= long) or (bool(short) and fuzz.ratio(one, other) >= _SPELT_ALIKE)
