"""Bodies that belong together: the province and its kabupaten, the city and its dinas, a prize and who gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.linking import Entity
from extract.scene import Scene

if TYPE_CHECKING:
    from extract.candidates import Candidate

_GOVERNMENTS = ("provinsi", "kabupaten", "kota")
_MANY_REGIONS, _MANY_UNITS = 6, 4


def kin(scene: Scene, entity: Entity) -> dict[str, float]:
    """Whether bodies inside this one stand in the article too, or the one that it is part of: who holds it may be either."""
    code, bodies = entity.region, {m.entity.identity: m.entity for m in scene.mentions}.values()
    if code is None or entity.kind not in _GOVERNMENTS:
        parent = any(other.kind in _GOVERNMENTS and other.region == code for other in bodies)
        return {"parent_in_article": float(code is not None and parent)}
    inside = sum(other.region is not None and other.region.startswith(f"{code}.") for other in bodies)
    units = sum(other.region == code and other.kind == "unit" for other in bodies)
    return {"regions_inside": min(inside, _MANY_REGIONS) / _MANY_REGIONS, "units_inside": min(units, _MANY_UNITS) / _MANY_UNITS}


def organisers_near(scene: Scene, organisers: set[str], candidate: Candidate) -> dict[str, float]:
    """Whether who gives a prize is in the article, beside the body, and told as the source."""
    told = {mention.sentence for mention in candidate.mentions}
    named = [m for m in scene.mentions if m.entity.key in organisers and m.entity.identity != candidate.entity.identity]
    here = [m for m in named if m.sentence in told]
    return {
        "organiser_named": float(bool(named)),
        "organiser_here": float(bool(here)),
        "organiser_source": float(any(m.body.preposition in ("dari", "oleh", "bersama") for m in here)),
    }
