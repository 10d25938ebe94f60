"""Steps and bodies that take turns in a sentence: "Pratama diraih A dan B, Madya C, sedangkan Nindya D", "A meraih BB, B dan C B"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from extract.results import Result, told
from extract.scene import Mention, Scene
from extract.surroundings import Extent, Surroundings, surroundings

_APART = frozenset(("dari", "oleh", "di", "ke", "dengan", "selain", "dibanding", "pada"))
"""Behind these words stands a place or who gives, whose turn it is not."""
_STEPS = ("predicate", "tier")
_FEWEST = 2

Turn = tuple[int, Extent | Result]
"""A group of bodies or a step, by its first token."""


@lru_cache(maxsize=2)
def turns(scene: Scene) -> dict[tuple[int, int, str], Result]:
    """The step of each group of bodies in its turn, by sentence, group and slot; only where steps and groups strictly take turns."""
    around, found = surroundings(scene), dict[tuple[int, int, str], Result]()
    told_in = _steps(around)
    for sentence, extents in around.extents.items():
        for slot in _STEPS:
            steps = told_in.get((sentence, slot), [])
            if len({told(step) for _, step in steps}) >= _FEWEST:
                groups = [(extent.first, extent) for extent in extents if not _stands_apart(scene, extent)]
                found |= {(sentence, extent.group, slot): step for extent, step in _in_turn([*groups, *steps])}
    return found


def turn_of(scene: Scene, mention: Mention, result: Result) -> dict[str, float]:
    """Whether it is this step's turn beside a mention, or another's."""
    own = turns(scene).get((mention.sentence, mention.group, result.slot))
    return {} if own is None else {"own_turn": float(told(own) == told(result)), "other_turn": float(told(own) != told(result))}


def _steps(around: Surroundings) -> dict[tuple[int, str], list[tuple[int, Result]]]:
    """The steps of every sentence by their first token: no superlatives, none inside a longer one."""
    out: dict[tuple[int, str], list[tuple[int, Result]]] = defaultdict(list)
    for (sentence, slot, _), results in around.alike.items():
        out[sentence, slot] += [(at, step) for at, step in results if not step.weak and id(step) not in around.longer]
    return out


def _stands_apart(scene: Scene, extent: Extent) -> bool:
    return scene.tokens.word(extent.first - 1) in _APART


def _in_turn(turns: list[Turn]) -> Iterator[tuple[Extent, Result]]:
    """Each group with its step where they alternate, one beside one, steps first or groups first; nothing where they do not."""
    ordered = [item for _, item in sorted(turns, key=lambda turn: turn[0])]
    # the same step told twice in a row is one turn
    items = [next(same) for _, same in groupby(ordered, key=lambda item: told(item) if isinstance(item, Result) else item.group)]
    pairs = list(zip(items[::2], items[1::2], strict=False))
    if len(items) % 2 or len(pairs) < _FEWEST:
        return
    for one, other in pairs:
        if isinstance(one, Result) == isinstance(other, Result) or isinstance(one, Result) != isinstance(items[0], Result):
            return
    for one, other in pairs:
        if isinstance(one, Extent) and isinstance(other, Result):
            yield one, other
        elif isinstance(one, Result) and isinstance(other, Extent):
            yield other, one
