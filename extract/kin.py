"""Bodies that belong together: the province and its kabupaten, the city and its dinas, a prize and who gives it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.linking import Entity
from extract.scene import Mention, Scene

if TYPE_CHECKING:
    from extract.candidates import Candidate

_GOVERNMENTS = ("provinsi", "kabupaten", "kota")
_MANY_REGIONS, _MANY_UNITS = 6, 4
_SOURCE = ("dari", "oleh", "bersama")


@dataclass(frozen=True)
class _Bodies:
    """The bodies of a scene, counted once: governments, regions inside each region, units of each region, mentions of each key."""

    governments: frozenset[str | None]
    inside: Counter[str]
    units: Counter[str]
    mentions: Mapping[str, list[Mention]]


@lru_cache(maxsize=2)
def _bodies(scene: Scene) -> _Bodies:
    bodies = list({m.entity.identity: m.entity for m in scene.mentions}.values())
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in scene.mentions:
        if mention.entity.key:
            mentions[mention.entity.key].append(mention)
    return _Bodies(
        frozenset(body.region for body in bodies if body.kind in _GOVERNMENTS),
        Counter(body.region.split(".")[0] for body in bodies if body.region and "." in body.region),
        Counter(body.region for body in bodies if body.region and body.kind == "unit"),
        mentions,
    )


def kin(scene: Scene, entity: Entity) -> dict[str, float]:
    """Whether bodies inside this one stand in the article too, or the one that it is part of: who holds it may be either."""
    code, bodies = entity.region, _bodies(scene)
    if code is None or entity.kind not in _GOVERNMENTS:
        return {"parent_in_article": float(code is not None and code in bodies.governments)}
    return {
        "regions_inside": min(bodies.inside[code], _MANY_REGIONS) / _MANY_REGIONS,
        "units_inside": min(bodies.units[code], _MANY_UNITS) / _MANY_UNITS,
    }


def organisers_near(scene: Scene, organisers: set[str], candidate: Candidate) -> dict[str, float]:
    """Whether who gives a prize is in the article, beside the body, and told as the source."""
    told = {mention.sentence for mention in candidate.mentions}
    keys = sorted(organisers - {candidate.entity.key})
    named = [mention for key in keys for mention in _bodies(scene).mentions.get(key, ())]
    here = [m for m in named if m.sentence in told]
    return {
        "organiser_named": float(bool(named)),
        "organiser_here": float(bool(here)),
        "organiser_source": float(any(m.body.preposition in _SOURCE for m in here)),
    }
