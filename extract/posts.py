"""A post as read, and its canonical name: the words of the register with the body or region in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.body import Body
from extract.linking import Linker
from extract.names import NameMention
from store.model.registry import Agency, Holder, Position, Registry

_NATIONAL = frozenset({"police", "prosecutor", "court", "prison", "land_office", "tax_office"})
BRANCHES = {"bpk": "bpk", "bpkp": "bpkp", "ori": "ombudsman", "bi": "bi", "bkkbn": "bkkbn"}
LEVELS = {"provinsi": ("provinsi",), "kabupaten": ("kabupaten",), "kota": ("kota",), "region": ("provinsi", "kabupaten", "kota")}
_SPELT_OUT = {"Humpro": "Humas dan Protokol", "Yankes": "Pelayanan Kesehatan", "Ekbang": "Ekonomi dan Pembangunan"}
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_COUNTED = frozenset((*ROMAN, *ROMAN.values(), "Bidang", "Pemerintahan", "Perekonomian", "Ekonomi", "Administrasi", "Pembangunan"))
"""What follows "Asisten" in a regional secretariat; prosecutors have assistants too."""
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MISSPELT = re.compile(r"\bKementrian (?=Kementerian )")
_TERM = re.compile(r"[\s,(]*(?:periode|masa jabatan|masa bakti|tahun)\s(?:19|20)\d\d\s?(?:[-–/]|sampai|hingga|s/d)\s?((?:19|20)\d\d)\b")
"""The years of a term behind a post, the last of them in the group."""
_TWICE = re.compile(
    r"\b(Bagian|Dinas|Badan|Kabupaten|Kota|Provinsi|Kementerian|"
    r"Sekretariat Daerah|Inspektorat|Kepala Desa|Perwakilan|Lapas|RSUD|Puskesmas|Kecamatan|Kelurahan|DPRD) \1\b"
)


@dataclass(frozen=True, slots=True)
class Post:
    """One mention of a public post. Offsets are of the whole phrase without the holder's name."""

    start: int
    end: int
    first: int
    last: int
    key: str
    acting: str | None = None
    former: bool = False
    body: Body | None = None
    field: str | None = None
    """The field of a deputy, assistant or head of division, as printed."""
    name: NameMention | None = None


def canonical_position(post: Post, linker: Linker, registry: Registry) -> str:
    """The post spelt out with its body: "Wali Kota Bandung", "Kepala Dinas Kesehatan Kabupaten Garut"."""
    position = registry.positions[post.key]
    if "{x}" not in position.name:
        return position.name
    spelt = " ".join(position.name.replace("{x}", _office_name(post, position, linker, registry)).split())
    return _TWICE.sub(r"\1", _MISSPELT.sub("", spelt))


def _office_name(post: Post, position: Position, linker: Linker, registry: Registry) -> str:
    field = " ".join(_SPELT_OUT.get(word, word) for word in _BRACKETS.sub("", post.field or "").split())
    home = registry.regions.get(linker.home or "")
    if post.key == "asisten":
        field = f"{_roman(field)} Sekretariat Daerah".strip() if not field or field.split()[0] in _COUNTED else field
    if post.body is None:
        if not field and home and position.of == "provinsi" and home.level != "provinsi":
            home = registry.regions.get(home.province_code)
        if not field and home and position.of in LEVELS and home.level in LEVELS[position.of]:
            return home.full_name if position.of == "region" else home.name
        return f"{field} {home.full_name}" if post.key == "asisten" and home else field
    if post.body.form in ("government", "level", "bare"):
        region = linker.region_of(post.body)
        if region is None:
            return field
        national = position.unit in registry.units and registry.units[position.unit].kind in _NATIONAL
        bare = position.of in ("provinsi", "kabupaten", "kota") or (national and post.body.form == "bare")
        place = f"{region.name} {post.body.proper or ''}".strip() if bare else region.full_name
        return f"{field} {place}".strip()
    if post.body.form == "agency":
        agency = registry.agencies[post.body.key or ""]
        served = f" {registry.regions[post.body.home].full_name}" if post.body.home else ""
        if position.of == "ministry" and agency.name.startswith("Kementerian ") and position.name.split(" {")[0].endswith("Menteri"):
            return agency.name.removeprefix("Kementerian ")
        branch = "Perwakilan " if served and agency.key in BRANCHES else ""
        return f"{field} {branch}{_body_name(agency)}{served}".strip()
    entity = linker.entity(post.body)
    return f"{field} {entity.name if entity else ''}".strip()


def in_term(holder: Holder, day: date | None) -> bool:
    """Whether somebody held a post on a day, as far as is known; always without a day."""
    return day is None or ((holder.since is None or holder.since <= day) and (holder.until is None or day <= holder.until))


def ended(full: str, post: Post, day: date | None) -> bool:
    """Whether the years behind a post lie before a day: "Gubernur periode 2005-2015" of somebody honoured in 2024."""
    term = _TERM.match(full, max(post.end, post.body.end if post.body else 0))
    return term is not None and day is not None and int(term[1]) < day.year


def _roman(field: str) -> str:
    """ "1 Bidang Pemerintahan" as assistants are counted: "I Bidang Pemerintahan"."""
    first, _, rest = field.partition(" ")
    return f"{ROMAN.get(first, first)} {rest}".strip()


def _body_name(agency: Agency) -> str:
    """A national body as posts name it: by its short form, except ministries, colleges and what has only two letters."""
    short = agency.abbreviations[0] if agency.abbreviations and not agency.parent else agency.name
    return agency.name if agency.kind in ("kementerian", "universitas") or len(short) < 3 else short


def field_words(registry: Registry) -> frozenset[str]:
    """Words that name fields of offices: those of units, agencies and posts, less the names of places."""
    words: set[str] = set(
        (
            "bidang urusan administrasi umum pelayanan publik perekonomian pembangunan kesejahteraan rakyat kesra hukum "
            "organisasi humas hubungan masyarakat protokol pemerintahan keuangan aset komunikasi pimpinan program evaluasi "
            "pelaporan tata laksana ortala kemasyarakatan sumber daya manusia sdm politik ekonomi i ii iii iv v reformasi "
            "birokrasi akuntabilitas aparatur pengawasan kelembagaan pencegahan penindakan pencatatan sipil pengaduan "
            "otonomi bina aplikasi informatika persandian statistik kerjasama kerja sama pemberdayaan pengelolaan informasi "
            "dokumentasi media pendaftaran penduduk tim penilai juri satgas monitoring monev jaringan dokumentasi tindak "
            "perundang undangan pidana narapidana divisi kinerja peran pemeriksa gugus tugas public relation yankes kajian penelitian "
            "pengendalian infrastruktur geospasial iklim hutan lahan konsuler investasi hilirisasi air minum strategi "
            "kebijakan tahanan sampah limbah bahan berbahaya beracun prasarana sarana "
            "penyakit tumbuh kembang ham humpro korsup jdih kesmas kesra ekbang isu strategis"
        ).split()
    )
    for unit in registry.units.values():
        words.update(word.lower() for word in unit.name.split())
    for agency in registry.agencies.values():
        if agency.kind in ("kementerian", "lembaga", "lpnk"):
            words.update(word.lower() for word in agency.name.split())
    return frozenset(word for word in words if len(word) > 2 or word in ("i", "ii", "v")) - {
        "republik",
        "indonesia",
        "nasional",
        "daerah",
    } | {"nasional"}
