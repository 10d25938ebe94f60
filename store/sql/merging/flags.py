"""Which flags of its claims an evaluation carries. Pure.

A flag says something of a claim; whether it says something of the result depends on what it is about:

`hedged` `open_list` `year_inferred` `name_variant`    all claims carry it: one that tells it plainly clears the others
`rank_from_list_order`                                all that tell the shown rank: one that prints it clears the others
`score_outlier` `out_of_scale` `date_conflict`        a claim that tells the shown value: who told another one keeps the flag alone
`not_in_office`                                       a claim that names a person who is shown
`sum_mismatch`                                        any claim
`background`                                          never: such claims make no result

A field that a reviewer corrected carries none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from store.sql.merging.choosing import PEOPLE, Chosen
from store.sql.merging.telling import Telling

ABOUT = {
    "score_outlier": ("score",),
    "out_of_scale": ("score",),
    "rank_from_list_order": ("rank",),
    "date_conflict": ("event_date",),
    "not_in_office": tuple(f"{person}_name" for person in PEOPLE),
}
"""Fields of an evaluation that a flag is about."""
_OF_ALL = frozenset({"hedged", "open_list", "year_inferred", "name_variant"})
_OF_ALL_TELLERS = frozenset({"rank_from_list_order"})


def flags(members: Sequence[Telling], chosen: Mapping[str, Chosen]) -> list[str]:
    """The flags of an evaluation, in alphabetical order."""
    carried = {item.key: set(item.values["flags"]) for item in members if not item.background}
    some = set().union(*carried.values()) - {"background"}
    return sorted(flag for flag in some if _stays(flag, carried, chosen))


def _stays(flag: str, carried: Mapping[str, set[str]], chosen: Mapping[str, Chosen]) -> bool:
    """Whether a flag of some claims is one of the result."""
    if flag in _OF_ALL:
        return all(flag in own for own in carried.values())
    if flag not in ABOUT:
        return True
    told = [carried[item.key] for name in ABOUT[flag] if chosen[name].said for item in chosen[name].said[0].tellers if item.key in carried]
    return bool(told) and (all if flag in _OF_ALL_TELLERS else any)(flag in own for own in told)


def without(carried: Iterable[str], corrected: str) -> list[str]:
    """The flags that stay when a reviewer corrected a field."""
    return [flag for flag in carried if corrected not in ABOUT.get(flag, ())]
