"""Whether a place was counted off and not printed."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.finding import Places, Raised, spans
from extract.results import Result
from extract.scene import Scene
from store.model.records import Claim


def rank_from_list_order(scene: Scene, claim: Claim, places: Places) -> Iterator[Raised]:
    """A rank that only the order of names tells: "tertinggi Aceh, disusul Bali dan Papua"; a number printed before an item is printed."""
    for span in spans(scene, claim, "rank") if claim.rank is not None else ():
        counted = places.counted.get(span)
        if counted and counted.value == claim.rank and not _printed(scene, counted, places):
            yield Raised("rank_from_list_order", f"no place is printed; the order of the names makes it {claim.rank}")
            return


def _printed(scene: Scene, counted: Result, places: Places) -> bool:
    """Whether the sentence prints the same place all the same: "disusul Bali di urutan ke-21"."""
    same = places.results[scene.sentence_at(counted.start), "rank", str(counted.value).lower()]
    return any(result.how != "sequence" for result in same)
