"""Public posts as printed and who holds them: "Pj. Bupati Garut, Barnas Adjidin", "Sekda Kota Bandung Ema Sumarna"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.bodies import Body, BodyFinder, Tokens
from extract.linking import Linker
from extract.names import NameMention, find_name_after, find_name_before
from store.model.registry import Position, Registry

_ACTING = {"pj": "Pj", "penjabat": "Pj", "pejabat": "Pj", "plt": "Plt", "plh": "Plh", "pjs": "Pjs"}
_FORMER = frozenset({"mantan", "eks"})
_LEVELS = {"provinsi": ("provinsi",), "kabupaten": ("kabupaten",), "kota": ("kota",), "region": ("provinsi", "kabupaten", "kota")}
_FIELD_GLUE = frozenset("dan & bidang urusan / , i ii iii iv v".split())
_FIELD_OPENERS = frozenset("bidang urusan bagian biro seksi subbagian divisi pusat".split())
_MOST_FIELD = 10
_BETWEEN = re.compile(r"\s*(?:RI\b|R\.I\.)?\s*[,(–-]?\s*(?:yaitu|yakni|Bapak|Ibu|Bpk\.?|Saudara)?\s*")


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


class PostFinder:
    """Reads posts at a token."""

    def __init__(self, registry: Registry, bodies: BodyFinder) -> None:
        """Read by this registry; `bodies` reads the office a post belongs to."""
        self.registry = registry
        self.bodies = bodies
        self.field_words = _field_words(registry)

    def at(self, tokens: Tokens, full: str, at: int) -> Post | None:
        """The post that starts at a token, with its acting prefix, its body and its holder."""
        first, acting, former = self._prefix(tokens, at)
        hits = tokens.hits(first, "POST")
        if not hits:
            return None
        last, key = hits[0]
        position = self.registry.positions[key]
        if tokens.texts[first].islower() and position.of in ("unit", "none", "agency") and not tokens.capital(last):
            return None
        last = self.bodies.brackets(tokens, last)
        if tokens.word(last) == "ri":
            last += 1
        body, field, last = self._office(tokens, last, position)
        post = Post(tokens.starts[at], tokens.end(last), at, last, key, acting, former, body, field)
        return replace(post, name=self._holder(tokens, full, post))

    def _prefix(self, tokens: Tokens, at: int) -> tuple[int, str | None, bool]:
        """Skip "Pj.", "Pelaksana Tugas", "mantan"."""
        acting, former = None, False
        while True:
            word = tokens.word(at)
            if word in _ACTING and tokens.capital(at) and (tokens.hits(at + 1, "POST") or tokens.word(at + 1) in (".", "sementara", "(")):
                acting = "Pjs" if tokens.word(at + 1) == "sementara" else _ACTING[word]
                at += 2 if tokens.word(at + 1) in (".", "sementara") else 1
            elif word == "pelaksana" and tokens.word(at + 1) in ("tugas", "harian"):
                acting = "Plt" if tokens.word(at + 1) == "tugas" else "Plh"
                at += 2
            elif word in _FORMER:
                former = True
                at += 1
            elif word == "(" and tokens.word(at + 1) in _ACTING:
                close = next((i for i in range(at + 2, at + 5) if tokens.word(i) == ")"), None)
                if close is None:
                    return at, acting, former
                at = close + 1
            else:
                return at, acting, former

    def _office(self, tokens: Tokens, last: int, position: Position) -> tuple[Body | None, str | None, int]:
        """The body and field after a post's words, and the token past them."""
        if position.of in _LEVELS:
            body = self.bodies.region(tokens, last, _LEVELS[position.of])
            return body, None, body.reach if body and body.reach > body.last else (body.last if body else last)
        if position.of in ("nation", "ministry") and position.agency:
            return None, None, last
        if position.unit:
            body = self.bodies.region(tokens, last, _LEVELS["region"])
            return body, None, body.last if body else last
        body = self.bodies.at(tokens, last)
        if body and body.form != "bare":
            return body, None, body.last
        field, after = self._field(tokens, last)
        inner = self.bodies.at(tokens, after) if field else body
        if inner and field and tokens.word(after - 1) == ",":
            inner = None
        return inner, field, inner.last if inner else after

    def _field(self, tokens: Tokens, at: int) -> tuple[str | None, int]:
        """ "Bidang Pelayanan Publik", "Administrasi Umum": words that name fields of offices, up to a body or another word."""
        last = at
        while last < tokens.size and last - at < _MOST_FIELD:
            word = tokens.words[last]
            if last > at and self.bodies.at(tokens, last) and not (word in self.field_words and not tokens.hits(last, "UNIT")):
                break
            if word in _FIELD_GLUE and last > at and (tokens.word(last + 1) in self.field_words):
                last += 1
                continue
            if word in self.field_words and (tokens.capital(last) or word in _FIELD_OPENERS):
                last += 1
                continue
            if word == "(" and last > at:
                skipped = self.bodies.brackets(tokens, last)
                if skipped > last:
                    last = skipped
                    continue
            break
        while last > at and tokens.words[last - 1] in (",", "dan", "/", "&"):
            last -= 1
        return (" ".join(tokens.texts[at:last]).replace(" ,", ",") or None), last

    def _holder(self, tokens: Tokens, full: str, post: Post) -> NameMention | None:
        """The personal name after the post ("…, Ema Sumarna", "(Relygius L. Usfunan)") or before it ("Ema Sumarna selaku …")."""
        last = post.body.reach if post.body and post.body.reach > post.last else post.last
        for end in dict.fromkeys((tokens.end(last), post.end)):
            gap = _BETWEEN.match(full, end)
            name = find_name_after(full, gap.end() if gap else end)
            if name and "\n" not in full[end : name.start]:
                return name
        if re.search(r"(?:selaku|sebagai|yang juga|,)\s*$", full[max(0, post.start - 12) : post.start]):
            before = re.sub(r"(?:selaku|sebagai|yang juga|,)\s*$", "", full[max(0, post.start - 90) : post.start])
            return find_name_before(full, max(0, post.start - 90) + len(before))
        return None


def canonical_position(post: Post, linker: Linker, registry: Registry) -> str:
    """The post spelt out with its body: "Wali Kota Bandung", "Kepala Dinas Kesehatan Kabupaten Garut"."""
    position = registry.positions[post.key]
    if "{x}" not in position.name:
        return position.name
    return " ".join(position.name.replace("{x}", _office_name(post, position, linker, registry)).split())


def _office_name(post: Post, position: Position, linker: Linker, registry: Registry) -> str:
    field = post.field or ""
    if post.body is None:
        home = registry.regions.get(linker.home or "")
        if not field and home and position.of in _LEVELS and home.level in _LEVELS[position.of]:
            return home.full_name if position.of == "region" else home.name
        return field
    if post.body.form in ("government", "level", "bare"):
        region = linker.region_of(post.body)
        if region is None:
            return field
        place = region.name if position.of in ("provinsi", "kabupaten", "kota") else region.full_name
        return f"{field} {place}".strip()
    if post.body.form == "agency":
        agency = registry.agencies[post.body.key or ""]
        short = agency.abbreviations[0] if agency.abbreviations else agency.name
        home = f" Provinsi {registry.regions[post.body.home].name}" if post.body.home else ""
        return f"{field} {'Perwakilan ' if home else ''}{short}{home}".strip()
    entity = linker.entity(post.body)
    return f"{field} {entity.name if entity else ''}".strip()


def _field_words(registry: Registry) -> frozenset[str]:
    """Words that name fields of offices: those of units, agencies and posts, less the names of places."""
    words: set[str] = set(
        "bidang urusan administrasi umum pelayanan publik perekonomian pembangunan kesejahteraan rakyat kesra hukum organisasi humas hubungan masyarakat "
        "protokol pemerintahan keuangan aset komunikasi pimpinan program evaluasi pelaporan tata laksana ortala kemasyarakatan sumber daya manusia sdm politik ekonomi "
        "i ii iii iv v reformasi birokrasi akuntabilitas aparatur pengawasan kelembagaan pencegahan penindakan pencatatan sipil pengaduan otonomi bina "
        "aplikasi informatika persandian statistik kerjasama kerja sama pemberdayaan pengelolaan informasi dokumentasi media pendaftaran penduduk tim penilai juri".split()
    )
    for unit in registry.units.values():
        words.update(word.lower() for word in unit.name.split())
    for agency in registry.agencies.values():
        if agency.kind in ("kementerian", "lembaga", "lpnk"):
            words.update(word.lower() for word in agency.name.split())
    return frozenset(word for word in words if len(word) > 2 or word in ("i", "ii", "v")) - {"republik", "indonesia", "nasional", "daerah"} | {"nasional"}
