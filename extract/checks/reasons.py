"""Why a claim carries each of its flags, in words: those of the checks, and those the reader sets while it fills a slot."""

from __future__ import annotations

from collections.abc import Sequence

from extract.checks.finding import spans
from extract.checks.run import raised
from extract.scene import Scene
from store.model.records import Claim, Edition
from store.model.registry import Registry

_SIDES = ("presented_by", "received_by", "addressed_to")


def reasons(scene: Scene, claims: Sequence[Claim], registry: Registry) -> list[list[str]]:
    """For each claim one line a reason, "flag: why", in the order of its flags."""
    return [
        [
            f"{flag}: {why}"
            for flag in claim.flags
            for why in ([one.why for one in found if one.flag == flag] or [_set(scene, claim, flag, registry)])
        ]
        for claim, found in zip(claims, raised(scene, claims, registry), strict=True)
    ]


def sum_in_words(edition: Edition) -> str:
    """The parts of a round against its total: "187 + 165 = 352, not 312"."""
    counts = [part.count for part in edition.participant_parts]
    return f"{' + '.join(map(str, counts))} = {sum(counts)}, not {edition.participants}"


def _set(scene: Scene, claim: Claim, flag: str, registry: Registry) -> str:
    """Why the reader set a flag while it filled the slots of a claim."""
    if flag == "year_inferred":
        return "; ".join(_inferred(claim)) or "no year is printed with it"
    if flag == "date_conflict":
        return f"the weekday printed in {_quoted(claim, 'event_date')} is not that of {claim.event_date}"
    if flag == "open_list":
        return "the words before it say that the list names only some"
    if flag == "out_of_scale":
        programme = registry.programmes.get(claim.programme or "")
        return f"{claim.score} is outside {programme.score_low} to {programme.score_high}" if programme else "outside the scale"
    if flag == "name_variant":
        return "; ".join(_variants(scene, claim)) or "a name is spelt otherwise than the holder's"
    return "set while the claim was read"


def _inferred(claim: Claim) -> list[str]:
    """The years that the quoted words do not print."""
    years = {"edition_year": claim.edition_year, "event_date": claim.event_date and claim.event_date.year}
    return [
        f"{field} has {year} from {_quoted(claim, field)}"
        for field, year in years.items()
        if year and not any(str(year) in item.text for item in claim.evidence if item.field == field)
    ]


def _quoted(claim: Claim, field: str) -> str:
    return " and ".join(dict.fromkeys(f"“{item.text}”" for item in claim.evidence if item.field == field))


def _variants(scene: Scene, claim: Claim) -> list[str]:
    """Names that are printed otherwise than the claim has them."""
    found = []
    for side in _SIDES:
        person = getattr(claim, side)
        starts = {start for start, _ in spans(scene, claim, side)}
        printed = next((post.name.name for post in scene.posts if post.start in starts and post.name), None)
        if person and person.name and printed and printed != person.name:
            found.append(f"{side}: printed “{printed}”, held by {person.name}")
    return found
