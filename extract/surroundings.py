"""What stands around the results of a scene, indexed once: groups of bodies and their members, results by sentence and by owner.

Every candidate asks for it about every result near, so nothing here may be looked for anew each time: a list of a thousand bodies with
a thousand scores would cost a thousand times a thousand looks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.results import Result, place_of, told
from extract.scene import Mention, Scene

_LONG = 12
"""Members from which on a result inside a list can only be of the member before or behind it."""
_OWN_REACH = 3
_BEFORE, _AFTER = 8, 4
_STEPS = ("predicate", "tier")
_BODIES = ("provinsi", "kabupaten", "kota", "unit")


@dataclass(frozen=True, slots=True)
class Extent:
    """The tokens of one group within one sentence, and where its members begin."""

    group: int
    first: int
    last: int
    members: tuple[int, ...]


class Surroundings:
    """The indexes of one scene."""

    def __init__(self, scene: Scene) -> None:
        """Read every mention and every result once."""
        self.scene = scene
        self.extents = _extents(scene)
        self.places = {(s, extent.group): index for s, extents in self.extents.items() for index, extent in enumerate(extents)}
        self.companies = Counter(mention.group for mention in scene.mentions)
        self.alone = len({m.entity.identity for m in scene.mentions if m.entity.kind in _BODIES}) <= 1
        self.sentences: dict[int, list[Result]] = defaultdict(list)
        self.owned: dict[tuple[int, int, int], list[Result]] = defaultdict(list)
        self.alike: dict[tuple[int, str, str | None], list[tuple[int, Result]]] = defaultdict(list)
        self.tallies: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for result in scene.results:
            self._place(result)
        self.free = self._free()
        self.prized = _covered([(prize.start, prize.end) for prize in scene.prizes], scene.results)
        self.longer = _covered([(r.start, r.end) for r in scene.results if r.slot in _STEPS], scene.results, _STEPS)
        self._fitting: dict[tuple[str, str | None], Counter[str]] = {}

    def _place(self, result: Result) -> None:
        scene = self.scene
        self.tallies[result.slot, result.programme][told(result)] += 1
        sentence = scene.sentence_at(place_of(result))
        if sentence is None:
            return
        at = scene.tokens.index(place_of(result))
        begins = scene.sentence_at(result.start)
        if begins is not None:
            self.alike[begins, result.slot, result.programme].append((scene.tokens.index(result.start), result))
        extent = self._around(sentence, at)
        if extent is None or len(extent.members) < _LONG:
            self.sentences[sentence].append(result)
            return
        index = bisect_right(extent.members, at)
        for member in extent.members[max(0, index - 1) : index + 1]:
            self.owned[sentence, extent.group, member].append(result)

    def _around(self, sentence: int, at: int) -> Extent | None:
        """The group a token lies in."""
        extents = self.extents.get(sentence, [])
        index = bisect_right(extents, at, key=lambda extent: extent.first) - 1
        return extents[index] if index >= 0 and at < extents[index].last else None

    def _free(self) -> dict[tuple[str, str | None, bool], list[int]]:
        """Where the results of each kind stand that no body has for itself; for weak ones all count, for the others only their like."""
        ends = sorted(m.body.reach or m.body.last for m in self.scene.mentions)
        free: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
        for result in sorted(self.scene.results, key=place_of):
            if result.how in ("sequence", "numbered"):
                continue
            at = self.scene.tokens.index(result.start)
            before = bisect_right(ends, at) - 1
            if before >= 0 and at - ends[before] <= _OWN_REACH:
                continue  # "Kabupaten Alor (48,94)": it is that one's
            free[result.slot, result.programme, True].append(place_of(result))
            if not result.weak:
                free[result.slot, result.programme, False].append(place_of(result))
        return free

    def near(self, mentions: list[Mention]) -> Iterator[Result]:
        """Every result that may be told of these mentions, in the order of the text."""
        found: dict[int, Result] = {}
        for mention in mentions:
            head = self.scene.sentence(mention.sentence).head
            around = range(mention.sentence - _BEFORE, mention.sentence + _AFTER + 1)
            for sentence in (*around, *([head] if head is not None else [])):
                found |= {id(result): result for result in self.sentences.get(sentence, ())}
            found |= {id(r): r for r in self.owned.get((mention.sentence, mention.group, mention.body.first), ())}
        return iter(sorted(found.values(), key=lambda result: (result.start, result.end)))

    def group(self, mention: Mention) -> tuple[list[Extent], int]:
        """The groups of a mention's sentence, and which one it is in."""
        return self.extents[mention.sentence], self.places[mention.sentence, mention.group]

    def tally(self, slot: str, programme: str | None) -> Counter[str]:
        """How often each result of a slot is told that fits a programme."""
        if (slot, programme) not in self._fitting:
            own = self.tallies[slot, programme] if programme is not None else Counter[str]()
            self._fitting[slot, programme] = self.tallies[slot, None] + own
        return self._fitting[slot, programme]


@lru_cache(maxsize=2)
def surroundings(scene: Scene) -> Surroundings:
    """The indexes of a scene, made once."""
    return Surroundings(scene)


def _extents(scene: Scene) -> dict[int, list[Extent]]:
    """The groups of every sentence, in order."""
    bounds: dict[tuple[int, int], tuple[int, int]] = {}
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mention in scene.mentions:
        key = (mention.sentence, mention.group)
        first, last = mention.body.first, mention.body.reach or mention.body.last
        members[key].append(first)
        if mention.post is not None:
            first, last = min(first, mention.post.first), max(last, mention.post.last)
        low, high = bounds.get(key, (first, last))
        bounds[key] = (min(low, first), max(high, last))
    out: dict[int, list[Extent]] = defaultdict(list)
    for (sentence, group), (first, last) in sorted(bounds.items(), key=lambda item: item[1]):
        out[sentence].append(Extent(group, first, last, tuple(sorted(members[sentence, group]))))
    return out


def _covered(spans: list[tuple[int, int]], results: list[Result], among: Sequence[str] = ()) -> set[int]:
    """Which results (by id) lie within one of these spans; those of the slots `among` are spans themselves and need another one."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    longest = max((end - start for start, end in ordered), default=0)
    found = set()
    for result in results:
        about = ordered[bisect_left(starts, result.start - longest) : bisect_right(starts, result.start)]
        if sum(end >= result.end for _, end in about) > (result.slot in among):
            found.add(id(result))
    return found
