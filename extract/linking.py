"""From printed bodies to keys: typed blocking first, then the document's own words; what stays open stays open.

A level that is printed decides; a bare name takes its type from its list, from the same name typed elsewhere in the
article, or from the only region that bears it. 26 names are both kota and kabupaten: without such a hint they get no key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.body import Body
from store.model.keys import slug
from store.model.registry import Region, Registry, UnitKind


@dataclass(frozen=True, slots=True)
class Entity:
    """One body of an article, whatever it was called there."""

    key: str | None
    name: str
    kind: str
    """provinsi, kabupaten, kota, unit, council, or the kind of the agency."""
    region: str | None = None
    unit: str | None = None
    """What kind of unit it is: opd, police, hospital, …"""

    @property
    def identity(self) -> str:
        """What tells this body from another within an article."""
        return self.key or self.name.lower()


@dataclass
class Linker:
    """Resolves the bodies of one article."""

    registry: Registry
    typed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Bare folded name → how often each region of that name was typed in this article."""
    home: str | None = None
    """The region the article is mostly about, for units that name none."""

    def learn(self, bodies: Iterable[Body]) -> None:
        """Take in what the article types: every body whose level is printed settles its bare name."""
        weights: Counter[str] = Counter()
        for body in bodies:
            for code in body.options if len(body.options) == 1 else ():
                region = self.registry.regions[code]
                if body.level or body.form in ("government", "council") or body.post is not None:
                    self.typed[region.name.lower()][code] += 1
                weights[code] += 1 if body.preposition in ("di", "ke") else 2
        if weights and self.home is None:
            self.home = min(weights, key=lambda code: (-weights[code], code))

    def region_of(self, body: Body, level_hint: str | None = None) -> Region | None:
        """The one region a body means, or None where the article does not settle it."""
        codes = [code for code in body.options if not level_hint or self.registry.regions[code].level == level_hint] or list(body.options)
        if len(codes) == 1:
            return self.registry.regions[codes[0]]
        if not codes:
            return None
        name = self.registry.regions[codes[0]].name.lower()
        seen = [(count, code) for code, count in self.typed.get(name, Counter()).items() if code in codes]
        if seen:
            best = sorted(seen, reverse=True)
            if len(best) == 1 or best[0][0] > best[1][0]:
                return self.registry.regions[best[0][1]]
        return None

    def entity(self, body: Body, level_hint: str | None = None, printed: str = "") -> Entity | None:
        """The entity a mention means; None where it is a region's name that nothing settles and that is no body by itself."""
        if body.form == "agency":
            return self._agency(body)
        region = self.region_of(body, level_hint)
        if body.form in ("government", "level", "bare"):
            if region is None:
                return self._unsettled(body, printed)
            return Entity(region.code, region.government, region.level, region.code)
        if body.form == "council":
            if region is None:
                return None
            return Entity(f"{region.code}/dprd", f"DPRD {region.full_name}", "council", region.code)
        return self._unit(body, region)

    def _agency(self, body: Body) -> Entity:
        agency = self.registry.agencies[body.key or ""]
        return Entity(agency.key, agency.name, agency.kind)

    def _unsettled(self, body: Body, printed: str) -> Entity | None:
        """A name that is both kota and kabupaten: kept by its name, without a key."""
        names = {self.registry.regions[code].name for code in body.options}
        if len(names) != 1:
            return None
        return Entity(None, printed or names.pop(), "region")

    def _unit(self, body: Body, region: Region | None) -> Entity | None:
        kind = self.registry.units[body.key or ""]
        if region is None and self.home and kind.takes == "region" and not body.proper:
            region = self.registry.regions[self.home]
        if kind.takes in ("place", "name"):
            return self._named_unit(kind, body, region)
        if region is None:
            return None
        name = f"{kind.name} {region.full_name}" if kind.kind == "opd" or region.level == "provinsi" else f"{kind.name} {region.name}"
        if kind.kind in ("police", "prosecutor", "court", "prison", "land_office", "tax_office"):
            name = f"{kind.name} {region.name}"
        key = f"{kind.parent}/{slug(name)}" if kind.parent else f"{region.code}/{kind.key}"
        return Entity(key, name, "unit", region.code, kind.kind)

    def _named_unit(self, kind: UnitKind, body: Body, region: Region | None) -> Entity | None:
        place = region.full_name if region and body.level else region.name if region else ""
        proper = body.proper or ""
        name = " ".join(part for part in (kind.name, proper, place) if part)
        if name == kind.name:
            return None
        if kind.parent:
            return Entity(f"{kind.parent}/{slug(name)}", name, "unit", region.code if region else None, kind.kind)
        key = f"{region.code}/{slug(f'{kind.name} {proper}')}" if region else None
        return Entity(key, name, "unit", region.code if region else None, kind.kind)


def level_hints(words: Sequence[str]) -> str | None:
    """The level a heading gives to the bare names beneath it: "Kategori Kota:" → kota; None where it names several or none."""
    found = {level for word, level in _HEADING.items() if word in words}
    return found.pop() if len(found) == 1 else None


_HEADING = {
    "kota": "kota",
    "pemkot": "kota",
    "kabupaten": "kabupaten",
    "pemkab": "kabupaten",
    "kab": "kabupaten",
    "provinsi": "provinsi",
    "pemprov": "provinsi",
}
