"""All checks over the claims of one article."""

from __future__ import annotations

from collections.abc import Sequence

from extract.checks.finding import Places, Raised
from extract.checks.office import not_in_office
from extract.checks.order import rank_from_list_order
from extract.checks.scores import score_outliers
from extract.checks.wording import wordings
from extract.scene import Scene
from store.model.records import Claim
from store.model.registry import Registry


def raised(scene: Scene, claims: Sequence[Claim], registry: Registry) -> list[list[Raised]]:
    """What the checks raise for each claim, in the order of the claims; flags they already carry are not looked at."""
    places = Places(scene)
    found = [
        [*rank_from_list_order(scene, claim, places), *wordings(scene, claim, places), *not_in_office(scene, claim, registry.holders_of)]
        for claim in claims
    ]
    for index, finding in score_outliers(claims, registry):
        found[index].append(finding)
    return found


def flagged(scene: Scene, claims: Sequence[Claim], registry: Registry) -> list[Claim]:
    """The claims with the flags that the checks raise, and the words that a flag alone was read from as evidence for `flags`."""
    return [
        _with(scene, claim, findings) if findings else claim
        for claim, findings in zip(claims, raised(scene, claims, registry), strict=True)
    ]


def _with(scene: Scene, claim: Claim, findings: Sequence[Raised]) -> Claim:
    words = dict.fromkeys(scene.page.where(*finding.span, "flags") for finding in findings if finding.span)
    return claim.model_copy(
        update={
            "flags": tuple(sorted({*claim.flags, *(finding.flag for finding in findings)})),
            "evidence": (*claim.evidence, *words),
        }
    )
