"""Whose awards an own list tells: the body named in the title, above the table, or by the page's address; and what is part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.linking import Entity
from extract.scene import Scene
from extract.tables.grid import Table
from store.model.records import Claim

_REGIONAL = ("provinsi", "kabupaten", "kota")
_GIVING = ("dari", "oleh")
_LABEL = re.compile(r"(?P<before>kota|kab)?(?P<place>[a-z]{3,}?)(?P<after>kota|kab)?")
"""A government's host: "kotabogor", "slemankab", "bandung"."""


@dataclass(frozen=True)
class Home:
    """The body whose list it is, and where the page names it (offsets of the page; None where only the address does)."""

    entity: Entity
    span: tuple[int, int] | None = None

    @property
    def regional(self) -> bool:
        """Whether it is the government of a region, whose offices are its own too."""
        return self.entity.kind in _REGIONAL

    def owns(self, entity: Entity) -> bool:
        """Whether a body named in a row is the home or an office of it."""
        if self.regional:
            return entity.region == self.entity.region
        return _within(entity.key or entity.name, self.entity)

    def holds(self, claim: Claim) -> bool:
        """Whether a claim's recipient is the home, an office of it, or a national body's office in its region."""
        if _within(claim.recipient_key or claim.recipient_name, self.entity):
            return True
        place = self.entity.name.removeprefix("Pemerintah ").split(" ", 1)[-1]
        return self.regional and "/" in (claim.recipient_key or "") and claim.recipient_name.endswith(place)


def _within(key: str, home: Entity) -> bool:
    return key == home.identity or key == home.name or (home.key is not None and key.startswith(f"{home.key}/"))


def home_of(scene: Scene, table: Table) -> Home | None:
    """The body whose awards a table lists: any in the title, a government above the table, or the one whose address it is."""
    limit, title = table.start + scene.page.shift, len(scene.page.article.title)
    before = [m for m in scene.mentions if m.body.start < limit and m.body.preposition not in _GIVING]
    titled = [m for m in before if m.body.end <= title]
    named = titled or [m for m in before if m.entity.kind in _REGIONAL]
    if named:
        return Home(named[0].entity, (named[0].body.start, named[0].body.end))
    return _by_address(scene)


def _by_address(scene: Scene) -> Home | None:
    host = urlsplit(scene.page.article.url or "").hostname or ""
    if not host.endswith(".go.id"):
        return None
    registry, label = scene.linker.registry, host.removesuffix(".go.id").split(".")[-1]
    if agency := registry.agencies.get(label):
        return Home(Entity(agency.key, agency.name, agency.kind))
    match = _LABEL.fullmatch(label)
    place, marks = (match["place"], {match["before"], match["after"]}) if match else (label, set())
    level = "kabupaten" if "kab" in marks else "kota" if "kota" in marks else None
    found = [r for r in registry.regions.values() if place and re.sub(r"\W", "", r.name.lower()) == place and level in (None, r.level)]
    return Home(Entity(found[0].code, found[0].government, found[0].level, found[0].code)) if len(found) == 1 else None
