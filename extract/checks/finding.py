"""What a check says, and where the words of a claim stand on the page."""

from __future__ import annotations

from dataclasses import dataclass

from extract.scene import Scene
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
