"""Whether a place was counted off and not printed."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.finding import Raised, spans
from extract.results import Result
from extract.scene import Scene
from store.model.records import Claim


def rank_from_list_order(scene: Scene, claim: Claim) -> Iterator[Raised]:
    """A rank that only the order of names tells: "tertinggi Aceh, disusul Bali dan Papua"; a number printed before an item is printed."""
    places = set(spans(scene, claim, "rank")) if claim.rank is not None else set()
    counted = [r for r in scene.results if r.how == "sequence" and r.value == claim.rank and (r.start, r.end) in places] if places else []
    if counted and not _printed(scene, counted[0]):
        yield Raised("rank_from_list_order", f"no place is printed; the order of the names makes it {claim.rank}")


def _printed(scene: Scene, counted: Result) -> bool:
    """Whether the sentence prints the same place all the same: "disusul Bali di urutan ke-21"."""
    sentence = scene.sentence_at(counted.start)
    same = scene.within(scene.results, sentence) if sentence is not None else []
    return any(r.slot == "rank" and r.value == counted.value and r.how != "sequence" for r in same)
