"""What a check says, and where the words of a claim stand on the page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extract.results import Result, place_of, told
from extract.scene import Mention, Scene
from store.model.records import Claim, Flag


@dataclass(frozen=True, slots=True)
class Raised:
    """One flag of one claim, and why."""

    flag: Flag
    why: str
    """A clause for `rapor read --explain`: figures, names and words as they are held against each other."""
    span: tuple[int, int] | None = None
    """Offsets into `Page.full` of the words it was read from, where no field of the claim quotes them already."""


def spans(scene: Scene, claim: Claim, field: str) -> list[tuple[int, int]]:
    """Where a field of a claim is quoted, as offsets into `Page.full`."""
    return [
        (item.start + shift, item.end + shift)
        for item in claim.evidence
        if item.field == field
        for shift in [0 if item.where == "title" else scene.page.shift]
    ]


class Places:
    """Where a page names each body and tells each result: indexed once, for lists of hundreds of bodies."""

    def __init__(self, scene: Scene) -> None:
        """Walk the mentions and results of a scene."""
        self.bodies: dict[str, list[Mention]] = defaultdict(list)
        self.results: dict[tuple[int | None, str, str], list[Result]] = defaultdict(list)
        """By sentence, slot and value in lower case, as printed and as the step it means."""
        self.counted: dict[tuple[int, int], Result] = {}
        """Ranks that the order of names tells, by the span of the name."""
        for mention in scene.mentions:
            self.bodies[mention.entity.key or mention.entity.name].append(mention)
        for result in scene.results:
            sentence = scene.sentence_at(place_of(result))
            for value in {str(result.value).lower(), told(result)}:
                self.results[sentence, result.slot, value].append(result)
            if result.how == "sequence":
                self.counted[result.start, result.end] = result

    def told(self, sentence: int | None, claim: Claim) -> Result | None:
        """The first result of a claim that a sentence tells."""
        found = [
            result
            for slot in ("predicate", "tier", "rank", "score")
            if getattr(claim, slot) is not None
            for result in self.results.get((sentence, slot, str(getattr(claim, slot)).lower()), ())
            if result.programme in (None, claim.programme)
        ]
        return min(found, key=place_of, default=None)
