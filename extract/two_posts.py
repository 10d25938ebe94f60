"""Two posts told before two names: "Bupati dan Wakil Bupati Garut, Helmi Budiman dan Yudi Nugraha" names the first's holder first."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.names import NameMention, find_name_after
from extract.post_names import PostNames
from extract.posts import LEVELS, Post
from extract.tokens import Tokens

_JOINED = re.compile(r"\s*(?:dan|serta|bersama|beserta|&|/|-|–)\s*")


def shared_out(tokens: Tokens, full: str, posts: list[Post], names: PostNames) -> list[Post]:
    """The posts of a page, the two names behind two joined posts given to them in their order."""
    out = list(posts)
    for index in range(1, len(out)):
        first, second = out[index - 1], out[index]
        later = _second_name(tokens, full, first, second, names)
        if later is not None:
            body = first.body or (second.body if _same_level(names, first, second) else None)
            out[index - 1] = replace(first, name=second.name, body=body)
            out[index] = replace(second, name=later)
    return out


def _second_name(tokens: Tokens, full: str, first: Post, second: Post, names: PostNames) -> NameMention | None:
    """The name that follows the one behind a joined pair of posts; None where they are no pair."""
    held = second.name
    if first.name is not None or held is None or held.start < second.end or not _JOINED.fullmatch(full, first.end, second.start):
        return None
    joint = _JOINED.match(full, held.end)
    if joint is None or (first.body and second.body and first.body.options != second.body.options):
        return None
    later = find_name_after(full, joint.end())
    return names.person(tokens, later) if later is not None and later.start == joint.end() else None


def _same_level(names: PostNames, first: Post, second: Post) -> bool:
    """Whether both posts are of one level of regions: a bupati's deputy is of the same kabupaten."""
    levels = {names.level_of(first.key), names.level_of(second.key)}
    return len(levels) == 1 and levels <= LEVELS.keys()
