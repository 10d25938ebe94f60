"""What is known before an article is read: regions, agencies, units, posts, their holders, and programmes.

Plain data and exact look-ups. Loaded by `extract.lexicon`, written to tables by the flow, handed down to whoever needs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal

from store.model.records import ClaimKind, Record, ScoreUnit

Level = Literal["provinsi", "kabupaten", "kota"]
Strength = Literal["name", "acronym", "topic"]


class Known(Record):
    """Where a fact was read and whether a second source confirmed it."""

    origin: str = ""
    verified: bool = False


class Region(Known):
    """A province, kabupaten or kota. `code` is Kemendagri's; `name` is bare ("Bandung"), `government` the canonical body."""

    code: str
    level: Level
    name: str
    government: str
    province_code: str
    capital: str | None = None
    autonomous: bool = True
    spellings: tuple[str, ...] = ()
    """Other ways the bare name is printed: short names, local abbreviations, spellings ("Pangkep", "Tolitoli")."""
    epithets: tuple[str, ...] = ()
    """Bynames that stand for this region alone and may be the subject of a sentence ("Kota Kembang"); lower case in running text too."""
    former_names: tuple[tuple[str, date | None], ...] = ()
    """Names this region bore, each with the last day it was valid."""
    former_codes: tuple[tuple[str, date | None], ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def full_name(self) -> str:
        """The region with its level: "Kota Bandung", "Provinsi Jawa Barat"."""
        return self.name if self.name.startswith("Daerah ") else f"{self.level.capitalize()} {self.name}"


class Agency(Known):
    """A national body, a state company, a private giver: anything with a key of its own that is no region and no unit of one."""

    key: str
    name: str
    kind: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    parent: str | None = None

    def existed_on(self, day: date | None) -> bool:
        """Whether the body existed on `day`; always true where the day is unknown."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


class UnitKind(Known):
    """A kind of unit that exists once per region, place or body: Dinas Kesehatan, RSUD, Polres, Puskesmas, Kejari."""

    key: str
    name: str
    """Canonical type as it stands in a name: "Dinas Kependudukan dan Pencatatan Sipil", "RSUD", "Polres"."""
    kind: str
    """opd, upt, hospital, police, prosecutor, court, prison, land_office, tax_office, school, subdistrict, village, office,
    university, company."""
    spellings: tuple[str, ...] = ()
    takes: Literal["region", "place", "name", "body"] = "region"
    parent: str | None = None
    """Agency key of the national body it belongs to; None where it belongs to its region."""
    serves: Literal["provinsi", "kabupaten"] | None = None
    """The level of which every region has one: Polda and Kejati of provinces, Polres and Kejari of kabupaten and kota."""
    shows: tuple[Literal["level", "bare", "class"], ...] = ()
    """What its full name shows: the level of its region ("KPU Kabupaten Banggai") or only its name ("Kanwil … Lampung"), its class
    ("Lapas Kelas IIA Curup"). Without either of the first two only provinces stand with their level."""


class Position(Known):
    """A public post. `name` is canonical with `{x}` where the body or region stands."""

    key: str
    name: str
    variants: tuple[str, ...] = ()
    of: Literal["nation", "ministry", "agency", "provinsi", "kabupaten", "kota", "region", "unit", "none"] = "none"
    unit: str | None = None
    """Key of the unit kind it heads, where the variant itself names it ("Kadinkes", "Kapolres")."""
    agency: str | None = None
    """Key of the national body it belongs to, where the post exists once ("Menteri Dalam Negeri", "Ketua KPK")."""


class Holder(Known):
    """Somebody who held a public post from `since` to `until` (None: unknown or still)."""

    position: str
    """Canonical, spelt out: "Menteri PANRB", "Wali Kota Bandung"."""
    name: str
    agency: str | None = None
    """Agency key or region code."""
    acting: str | None = None
    spellings: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Honorific(Known):
    """A title, degree, rank or form of address that stands before or after a personal name and is no part of it."""

    form: str
    """As usually printed, dots included: "Prof.", "M.Si.", "AKBP", "Brigjen Pol."."""
    place: Literal["prefix", "suffix"]
    kind: Literal["academic", "religious", "noble", "police", "military", "civil", "address"]
    spellings: tuple[str, ...] = ()
    """Other ways it is printed; dots, spaces and case are left to the reader of names."""


class Step(Record):
    """One step of a programme's own scale. Bounds are in the programme's score unit, inclusive."""

    name: str
    spellings: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


class Scale(Record):
    """The ordered steps of a programme, best first, for editions `since` to `until` (years)."""

    steps: tuple[Step, ...]
    since: int | None = None
    until: int | None = None


class Organiser(Record):
    """Who gives or judges, for editions `since` to `until` (years). `agency` is a registry key, or the code of a region that gives."""

    agency: str
    since: int | None = None
    until: int | None = None


class Cue(Record):
    """Words that point to a programme: `name` settles it, `acronym` needs support, `topic` only goes with its giver or result."""

    text: str
    strength: Strength = "name"


class Programme(Known):
    """An award or evaluation programme: how it is called, who gives it to whom, on which scale, judging which year."""

    key: str
    name: str
    standard: bool = False
    """Whether key and name are those of the gazetteer that others use too: its claims bear the official name, those of other programmes
    the name by which their article calls it."""
    kind: ClaimKind
    cues: tuple[Cue, ...] = ()
    organisers: tuple[Organiser, ...] = ()
    co_organisers: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    """Kinds of bodies: provinsi, kabupaten, kota, kementerian, lembaga, dprd, opd, unit, police, hospital, desa, bumn, bumd,
    university, school; `person` and `company` where nobody else can hold it (then no government body may claim it)."""
    scales: tuple[Scale, ...] = ()
    tiers: tuple[str, ...] = ()
    """Groups without order inside that the programme itself uses: "Top 45", "Adipura Kencana"."""
    score_unit: ScoreUnit | None = None
    score_low: float | None = None
    score_high: float | None = None
    year_offset: int = 0
    """Ceremony year minus edition year in the usual case: 1 for opinions on the accounts of the year before."""
    year_turns: int = 0
    """Last month (0: none) whose ceremonies still close the edition before: 4 where editions end between December and April."""
    classes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    """Keys of programmes whose words are easily taken for this one's."""
    first_year: int | None = None
    last_year: int | None = None
    notes: str = ""

    def edition_year_on(self, day: date) -> int:
        """The edition year that a result given or announced on `day` usually belongs to."""
        return day.year - self.year_offset - (1 if day.month <= self.year_turns else 0)

    def can_score(self, score: float) -> bool:
        """Whether a score lies within the bounds of the programme, where it has any."""
        return (self.score_low is None or score >= self.score_low) and (self.score_high is None or score <= self.score_high)

    def scale_in(self, year: int | None) -> Scale | None:
        """The scale in force for an edition; the latest one where the year is unknown."""
        for scale in reversed(self.scales):
            if year is None or ((scale.since or 0) <= year <= (scale.until or 9999)):
                return scale
        return None

    def organiser_in(self, year: int | None) -> str | None:
        """Agency key or region code of the giver for an edition; the latest one where the year is unknown."""
        for organiser in reversed(self.organisers):
            if year is None or ((organiser.since or 0) <= year <= (organiser.until or 9999)):
                return organiser.agency
        return self.organisers[-1].agency if self.organisers else None


class Registry:
    """Everything known, with exact look-ups. Matching against text is the business of `extract.linking`."""

    def __init__(
        self,
        regions: Iterable[Region] = (),
        agencies: Iterable[Agency] = (),
        units: Iterable[UnitKind] = (),
        positions: Iterable[Position] = (),
        holders: Iterable[Holder] = (),
        programmes: Iterable[Programme] = (),
    ) -> None:
        self.regions = {item.code: item for item in regions}
        self.agencies = {item.key: item for item in agencies}
        self.units = {item.key: item for item in units}
        self.positions = {item.key: item for item in positions}
        self.holders = tuple(holders)
        self.programmes = {item.key: item for item in programmes}

    @cached_property
    def holders_of(self) -> dict[str, tuple[Holder, ...]]:
        """Holders by canonical position, in the order of the data."""
        found: dict[str, list[Holder]] = defaultdict(list)
        for holder in self.holders:
            found[holder.position].append(holder)
        return {position: tuple(items) for position, items in found.items()}

    def body_name(self, key: str | None) -> str | None:
        """Canonical name of the body with this registry key (agency) or code (region)."""
        if key is None:
            return None
        if key in self.regions:
            return self.regions[key].government
        return self.agencies[key].name if key in self.agencies else None

    def organiser_on(self, programme: Programme, year: int | None, day: date | None) -> str | None:
        """Key of the body that gives an edition (its year; None: unknown), or of its successor by that day; None where nobody is known."""
        key = programme.organiser_in(year)
        agency = self.agencies.get(key or "")
        if agency is None or agency.existed_on(day):
            return key
        heirs = (self.agencies[heir] for heir in agency.successors if heir in self.agencies)
        return next((heir.key for heir in heirs if heir.existed_on(day)), key)
