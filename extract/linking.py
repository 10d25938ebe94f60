"""From printed bodies to keys: typed blocking first, then the document's own words; what stays open stays open.

A level that is printed decides; a bare name takes its type from its list, from the same name typed elsewhere in the
article, or from the only region that bears it. 26 names are both kota and kabupaten: without such a hint they get no key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from extract.body import Body
from extract.unit_names import UnitNames
from extract.units import LOCAL
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
    day: date | None = None
    """When the article appeared: of several bodies of one name the one that existed then is meant."""
    units: UnitNames = field(init=False)
    local: set[str] = field(default_factory=set)
    """The kabupaten and kota whose governments the article names."""

    def __post_init__(self) -> None:
        self.units = UnitNames(self.registry)

    def learn(self, bodies: Iterable[Body], title_end: int = 0) -> None:
        """Take in what the article types: every body whose level is printed settles its bare name; `title_end` is an offset."""
        bodies = list(bodies)
        self.units.learn(bodies, title_end)
        weights: Counter[str] = Counter()
        acting: Counter[str] = Counter()
        for body in bodies:
            branch = body.form == "unit" and self.registry.units[body.key or ""].parent is not None
            for code in body.options if len(body.options) == 1 and not branch else ():
                region = self.registry.regions[code]
                typed = bool(body.level) or body.form in ("government", "council") or body.post is not None
                if typed:
                    self.typed[region.name.lower()][code] += 1
                if typed and region.level in ("kabupaten", "kota"):
                    self.local.add(code)
                weights[code] += 1 if body.preposition in ("di", "ke") else 2
                acting[code] += typed and body.preposition not in ("di", "ke")
        if weights:
            self.home = min(weights, key=lambda code: (not acting[code], -weights[code], code))

    def region_of(self, body: Body, level_hint: str | None = None) -> Region | None:
        """The one region a body means, or None where the article does not settle it."""
        hinted = [code for code in body.options if self.registry.regions[code].level == level_hint] if level_hint else []
        codes = hinted or self._living(body.options)
        if len(codes) == 1:
            return self.registry.regions[codes[0]]
        if not codes:
            return None
        seen = [(self.typed[self.registry.regions[code].name.lower()][code], code) for code in codes]
        seen = [(count, code) for count, code in seen if count]
        if seen:
            best = sorted(seen, reverse=True)
            if len(best) == 1 or best[0][0] > best[1][0]:
                return self.registry.regions[best[0][1]]
        return None

    def _living(self, codes: Sequence[str]) -> list[str]:
        """Without those that bore the shared name only before the article's day: Kabupaten Kepulauan Riau until 2006."""
        if len(codes) < 2:
            return list(codes)
        regions = [self.registry.regions[code] for code in codes]
        shared = set.intersection(*({r.name, *r.spellings, *(name for name, _ in r.former_names)} for r in regions))
        ended = [r.code for r in regions if r.name not in shared and not shared & set(r.spellings) and not self._bore(r, shared)]
        return [code for code in codes if code not in ended] or list(codes)

    def _bore(self, region: Region, names: set[str]) -> bool:
        """Whether a region still bore one of these former names of its on the article's day."""
        return any(
            name in names and self.day is not None and until is not None and self.day <= until for name, until in region.former_names
        )

    def entity(self, body: Body, level_hint: str | None = None, printed: str = "", near: str | None = None) -> Entity | None:
        """The entity a mention means; None where it is a region's name that nothing settles and that is no body by itself."""
        if body.form == "agency":
            return self._agency(body)
        if body.form == "unit":
            body = self.units.settled(body)
            level_hint = level_hint or self.registry.units[body.key or ""].serves
        region = self.region_of(body, level_hint)
        if body.form in ("government", "level", "bare"):
            if region is None:
                return self._unsettled(body, printed)
            return Entity(region.code, region.government, region.level, region.code)
        if body.form == "council":
            if region is None:
                return None
            return Entity(f"{region.code}/dprd", f"DPRD {region.full_name}", "council", region.code)
        return self._unit(body, region, near)

    def _agency(self, body: Body) -> Entity:
        """The body that bore the printed name on the article's day; else the heir who then did its work; else the latest."""
        named = [self.registry.agencies[key] for key in (body.key or "", *body.namesakes)]
        alive = [agency for agency in named if agency.existed_on(self.day)]
        if len(named) > 1 and not alive:
            heirs = [self.registry.agencies[key] for agency in named for key in agency.successors]
            alive = [agency for agency in heirs if agency.existed_on(self.day)]
        agency = max(alive or named, key=lambda agency: (agency.until is None, agency.since or date.min))
        return Entity(agency.key, agency.name, agency.kind)

    def _unsettled(self, body: Body, printed: str) -> Entity | None:
        """A name that several regions bear: kept as it stands, without a key."""
        if not body.options:
            return None
        return Entity(None, printed or self.registry.regions[body.options[0]].name, "region")

    def _unit(self, body: Body, region: Region | None, near: str | None) -> Entity | None:
        kind = self.registry.units[body.key or ""]
        if region is None and self.home and kind.takes == "region" and not body.proper:
            inside = near is not None and near.startswith(f"{self.home}.")
            region = self.registry.regions[near if inside and near else self.home]
        if region and kind.serves == "provinsi" and body.level not in ("kabupaten", "kota"):
            region = self.registry.regions.get(region.province_code, region)
        if kind.takes in ("place", "name"):
            seat = self._namesake(kind, body) if region is None else None
            if seat:
                name = f"{kind.name} {body.proper}"
                return Entity(f"{seat.code}/{slug(name)}", name, "unit", seat.code, kind.kind)
            if region is None and not body.options and kind.kind in _LOCAL_UNITS and not kind.parent:
                return self._named_unit(kind, body, self._around(kind, body, near), whole=True)
            return self._named_unit(kind, body, region, whole=kind.kind in LOCAL)
        if region is None:
            return None
        name = f"{kind.name} {_shown(kind, region)}"
        key = f"{kind.parent}/{slug(name)}" if kind.parent else f"{region.code}/{kind.key}"
        return Entity(key, name, "unit", region.code, kind.kind)

    def _namesake(self, kind: UnitKind, body: Body) -> Region | None:
        """The region that a hospital is named for, where one alone bears the name or the article is about it: "RSUD Natuna"."""
        if kind.kind != "hospital" or body.options:
            return None
        own = [region for region in self.registry.regions.values() if region.name.lower() == (body.proper or "").lower()]
        if len(own) > 1:
            own = [region for region in own if region.code == self.home]
        return own[0] if len(own) == 1 else None

    def _around(self, kind: UnitKind, body: Body, near: str | None) -> Region | None:
        """The kabupaten or kota a local unit lies in: the one just spoken of, else the article's own, else the only one it names.

        A hospital named for a person may be the province's, and another be that of another place.
        """
        region = self.registry.regions.get(near or self.home or "")
        if region is None or region.level not in ("kabupaten", "kota"):
            region = self.registry.regions[next(iter(self.local))] if len(self.local) == 1 else None
        if region is None:
            return None
        titled = (body.proper or "").lower().startswith(("dr", "prof"))
        apart = near is None if titled else self.home in self.local and region.code != self.home
        elsewhere = (len(self.local) > 1 and titled) or apart or (body.proper or "").lower() in self.places
        return None if kind.kind == "hospital" and elsewhere else region

    @cached_property
    def places(self) -> frozenset[str]:
        """Folded names of all kabupaten and kota."""
        return frozenset(region.name.lower() for region in self.registry.regions.values() if region.level != "provinsi")

    def _named_unit(self, kind: UnitKind, body: Body, region: Region | None, whole: bool = False) -> Entity | None:
        place = region.full_name if region and (body.level or whole) else region.name if region else ""
        proper = body.proper or ""
        if kind.parent and kind.takes == "place":
            town = kind.kind == "police" and (proper == "Kota" or (body.level == "kota" and not proper))
            place, proper = (f"{region.name} Kota", "") if town and region else ("" if proper else place, proper)
        if kind.kind in LOCAL and region and region.level == "provinsi":
            place = ""
        own = " ".join(part for part in (kind.name, proper, place) if part)
        if own == kind.name:
            return None
        grade = body.grade if "class" in kind.shows else None
        name = " ".join(part for part in (kind.name, grade, proper, place) if part)
        code = region.code if region else None
        if kind.parent:
            return Entity(f"{kind.parent}/{slug(own)}", name, "unit", code, kind.kind)
        key = f"{region.code}/{slug(f'{kind.name} {proper}')}" if region else None
        return Entity(key, name, "unit", code, kind.kind)


def _shown(kind: UnitKind, region: Region) -> str:
    """The region in a unit's full name: "Kabupaten Banggai", "Provinsi Lampung", or only "Lampung"."""
    if "bare" in kind.shows or kind.kind in ("police", "prosecutor", "court", "prison", "land_office", "tax_office"):
        return region.name
    full = "level" in kind.shows or kind.kind == "opd" or region.level == "provinsi"
    return region.full_name if full else region.name


def level_hints(words: Sequence[str]) -> str | None:
    """The level a heading gives to the bare names beneath it: "Kategori Kota:" → kota; None where it names several or none."""
    found = {level for word, level in _HEADING.items() if word in words}
    return found.pop() if len(found) == 1 else None


_LOCAL_UNITS = frozenset({"subdistrict", "hospital", "upt", "village"})

_HEADING = {
    "kota": "kota",
    "pemkot": "kota",
    "kabupaten": "kabupaten",
    "pemkab": "kabupaten",
    "kab": "kabupaten",
    "provinsi": "provinsi",
    "pemprov": "provinsi",
}
