"""Bodies that belong together: the province and its kabupaten, the city and its dinas, a prize and who gives it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.linking import Entity
from extract.numbers.words import CARDINAL_WORD
from extract.scene import Mention, Scene

if TYPE_CHECKING:
    from extract.candidates import Candidate

_GOVERNMENTS = ("provinsi", "kabupaten", "kota")
_MANY_REGIONS, _MANY_UNITS = 6, 4
_SOURCE = ("dari", "oleh", "bersama")
_PARTS = re.compile(
    rf"\b(?:\d{{1,3}}|{CARDINAL_WORD})\s(?:satuan(?: kerja)?|satker|unit(?: kerja| pelayanan)?|upt|opd|skpd|dinas|kelurahan|desa|kecamatan"
    r"|puskesmas|sekolah|madrasah|polres|lapas|kantor|pengadilan|kabupaten/kota|kabupaten|kota|daerah|pemda)\s(?:[\w/]+\s){0,3}$",
    re.IGNORECASE,
)
_REACH = 60


@dataclass(frozen=True)
class _Bodies:
    """The bodies of a scene, counted once: governments, regions inside each region, units of each region, mentions of each key."""

    governments: frozenset[str | None]
    inside: Counter[str]
    units: Counter[str]
    mentions: Mapping[str, list[Mention]]
    branches: Mapping[str, tuple[int, bool]]
    """Identity → how many bodies are named as parts of it, whether it is named as part of another."""


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
        _branches_of(bodies),
    )


def _branches_of(bodies: list[Entity]) -> dict[str, tuple[int, bool]]:
    """Parts by key ("kemenag/kanwil-bali") and by name ("… Polda Jawa Timur")."""
    inside: Counter[str] = Counter()
    within: set[str] = set()
    wholes = {body.name: body for body in bodies} | {body.key: body for body in bodies if body.key}
    for body in bodies:
        words = body.name.split()
        names = (" ".join(words[at:]) for at in range(1, len(words)))
        keys = ((body.key or "").rpartition("/")[0],)
        whole = next((wholes[name] for name in (*keys, *names) if name in wholes), None)
        if whole is not None and whole.identity != body.identity:
            inside[whole.identity] += 1
            within.add(body.identity)
    return {body.identity: (inside[body.identity], body.identity in within) for body in bodies}


def of_parts(full: str, start: int) -> bool:
    """Whether a name at an offset only says whose parts were counted: "lima satker Kemenag", "enam kelurahan di Kota Madiun"."""
    return _PARTS.search(full, max(0, start - _REACH), start) is not None


def kin(scene: Scene, entity: Entity) -> dict[str, float]:
    """Whether bodies inside this one stand in the article too, or the one that it is part of: who holds it may be either."""
    return _regional_kin(scene, entity) | _branches(scene, entity)


def _branches(scene: Scene, entity: Entity) -> dict[str, float]:
    """The same by name: "Direktorat Intelkam Polda NTB" is part of the Polda, a Kanwil of its ministry."""
    inside, within = _bodies(scene).branches.get(entity.identity, (0, False))
    return {"branches_inside": min(inside, _MANY_UNITS) / _MANY_UNITS, "branch_of_other": float(within)}


def _regional_kin(scene: Scene, entity: Entity) -> dict[str, float]:
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
