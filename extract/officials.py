"""Public posts as printed and who holds them: "Pj. Bupati Garut, Barnas Adjidin", "Sekda Kota Bandung Ema Sumarna"."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.bodies import BodyFinder
from extract.body import Body
from extract.names import find_name_after
from extract.post_names import OF_PLACES, PostNames
from extract.posts import BRANCHES, LEVELS, ROMAN, Post, canonical_position
from extract.tokens import Tokens
from store.model.registry import Position, Registry

__all__ = ["Post", "PostFinder", "canonical_position"]

_ACTING = {"pj": "Pj", "penjabat": "Pj", "pejabat": "Pj", "plt": "Plt", "plh": "Plh", "pjs": "Pjs"}
_FORMER = frozenset({"mantan", "eks"})
_FIELD_GLUE = frozenset(["dan", "&", "bidang", "urusan", "/", ",", "i", "ii", "iii", "iv", "v"])
_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "1", "2", "3", "4"])
_CLASSES = frozenset("i ii iii iia iib iic a b c 1 2 2a 2b tpi".split())
_FIELD_OPENERS = frozenset(["bidang", "urusan", "bagian", "biro", "seksi", "subbagian", "divisi", "pusat"])
_NAMED_BY_FIELD = frozenset({"kepala_dinas", "sekretaris_dinas", "kepala_badan", "kepala_bidang", "kepala_bagian"})
_LOCAL = frozenset({"polsek", "kecamatan", "kelurahan", "desa", "puskesmas"})
_NO_OFFICE = frozenset({"daerah", "negara", "keluarga"})
"""What makes "kepala" no office: "kepala daerah" is any of them."""
_HEADS_OF = frozenset({"kepala_dinas", "sekretaris_dinas", "kepala_badan"})
_BRACKETED = re.compile(r" ([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})(?=[,)])")
_MOST_FIELD = 16


class PostFinder:
    """Reads posts at a token."""

    def __init__(self, registry: Registry, bodies: BodyFinder) -> None:
        """Read by this registry; `bodies` reads the office a post belongs to."""
        self.registry = registry
        self.bodies = bodies
        self.names = PostNames(registry)

    def at(self, tokens: Tokens, full: str, at: int, previous: Post | None = None) -> Post | None:
        """The post that starts at a token, with its acting prefix, its body and its holder; `previous` is the post before it."""
        first, acting, former = self._prefix(tokens, at)
        hits = tokens.hits(first, "POST")
        if not hits or (hits[0][1] == "kepala" and tokens.word(hits[0][0]) in _NO_OFFICE):
            return None
        last, key = self._branch(tokens, *hits[0])
        position = self.registry.positions[key]
        if position.of in ("region", "unit") and last - first > 1 and tokens.word(last - 1) in ("kota", "kabupaten", "provinsi"):
            last -= 1  # the level belongs to the region: "Sekretaris Daerah Kota | Kediri"
        if tokens.texts[first].islower() and position.of in ("unit", "none", "agency") and not tokens.capital(last):
            return None
        last = self.bodies.brackets(tokens, last)
        if tokens.word(last) == "ri":
            last += 1
        if key.startswith("kepala_perwakilan") and tokens.word(last) == "perwakilan":
            last += 1
        body, field, last = self._office(tokens, last, position)
        if last == first + 1 and body is None and field is None and tokens.hits(first, "REGION"):
            return None  # "Karo" among names of regions is no Kepala Biro
        if key == "asisten" and field is None and tokens.word(first + 1) in _NUMERALS:
            field = tokens.texts[first + 1]  # "Asisten I Sekda"
        bracket = full[tokens.starts[at] - 1 : tokens.starts[at]] == "("
        place = _BRACKETED.match(full, tokens.end(last)) if bracket and key in OF_PLACES and body is None and field is None else None
        if place:
            field, last = place[1], tokens.index(place.end() - 1) + 1
        elif position.of not in ("nation", *LEVELS) and not bracket:
            field, last = self._place_name(tokens, full, last, body, field)
        if key == "asisten" and body is None and field is None and tokens.texts[last - 1].lower().startswith("asist"):
            return None  # an assistant to nobody told
        post = Post(tokens.starts[at], tokens.end(last), at, last, key, acting, former, body, field)
        return replace(post, name=self.names.holder(tokens, full, post, previous))

    def _branch(self, tokens: Tokens, last: int, key: str) -> tuple[int, str]:
        """The head of a branch however it is put: "Kepala Perwakilan (Kalan) BPK Jateng", "Kepala BPKP kantor perwakilan NTB"."""
        agency = self.registry.positions[key].agency
        if key == "kepala_perwakilan":
            at = self.bodies.brackets(tokens, last)
            named = tokens.hits(at, "AGENCY")
            if named and f"kepala_perwakilan_{BRANCHES.get(named[0][1], '')}" in self.registry.positions:
                last, key = named[0][0], f"kepala_perwakilan_{BRANCHES[named[0][1]]}"
                last = self.bodies.brackets(tokens, last)
        elif agency in BRANCHES and self.registry.positions[key].of == "nation" and key.split("_")[0] in ("kepala", "ketua"):
            at = last + (tokens.word(last) == "ri")
            at += tokens.word(at) == "kantor"
            if tokens.word(at) != "perwakilan":
                served = key == "ketua_ombudsman" and tokens.capital(at) and tokens.hits(at, "REGION")
                return (at, "kepala_perwakilan_ombudsman") if served else (last, key)
            last, key = at + 1, f"kepala_perwakilan_{BRANCHES[agency]}"
        elif key.startswith("asisten"):
            at = last + (key == "asisten" and tokens.word(last) in _NUMERALS)
            secretary = [end for end, post in tokens.hits(at, "POST") if post == "sekda"]
            return (secretary[0], key) if secretary else (last, key)
        else:
            return last, key
        while tokens.word(last) in ("ri", "perwakilan", "kantor", "wilayah"):
            last += 1
        return last, key

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
        if position.of in LEVELS:
            body = self.bodies.region(tokens, last, LEVELS[position.of])
            if body is None and position.key.startswith("kepala_perwakilan"):
                body = self.bodies.region(tokens, last, LEVELS["region"])
            if body or position.of != "region":
                return body, None, body.reach if body and body.reach > body.last else (body.last if body else last)
        if position.of in ("nation", "ministry") and position.agency:
            return None, None, self._house(tokens, last, position)
        if position.unit and position.of != "region":
            graded = self._graded(tokens, last, position)
            if graded:
                return graded
        unit = self._named_unit(tokens, last, position)
        if unit:
            return unit, None, unit.last
        short = position.key in _NAMED_BY_FIELD and not tokens.shouting
        body = None if short and self._is_ministry(tokens, last) else self._served(tokens, self.bodies.at(tokens, last))
        if body and body.form != "bare":
            return body, None, body.last
        joined = position.unit is not None and tokens.word(last) in ("dan", ",") and tokens.capital(last + 1)
        field, after = self._field(tokens, last, joined, short)
        inner = self.bodies.at(tokens, after) if field else body
        named = self._bracketed(tokens, after) if field else None
        if named:
            return named, None, after
        if inner is None and field and tokens.word(after) == ",":
            beyond = self.bodies.at(tokens, after + 1)
            inner = beyond if beyond and beyond.form in ("government", "unit") else None
        if inner and field and tokens.word(after - 1) == ",":
            inner = None
        inner = self._served(tokens, inner)
        return inner, field, inner.last if inner else after

    def _named_unit(self, tokens: Tokens, last: int, position: Position) -> Body | None:
        """The unit whose first word is the post's last: "(Kepala) Dinas PUPR Malinau", "(Direktur) RSUD dr. Slamet"."""
        kind = self.registry.units.get(position.unit or "")
        if position.key not in _HEADS_OF and (kind is None or kind.kind != "hospital"):
            return None
        unit = self.bodies.unit(tokens, last - 1)
        if unit is None or unit.last <= last or tokens.word(unit.last) == "daerah" or self._letters(tokens, unit.last):
            return None
        longer = tokens.word(unit.last) in (",", "dan", "&") and self.names.is_field(tokens.word(unit.last + 1))
        return None if longer and not unit.options else unit  # "Dinas Kesehatan, Pengendalian Penduduk …" is another

    def _graded(self, tokens: Tokens, last: int, position: Position) -> tuple[Body | None, str | None, int] | None:
        """The place and class of a unit that the post itself names: "(Kalapas) Kelas IIA Kediri", "(Kapolres) Bekasi Kota"."""
        after = last + 1 if tokens.word(last) == "kelas" else last
        while after > last and after - last < 4 and tokens.word(after) in _CLASSES:
            after += 1
        body = self.bodies.region(tokens, after, LEVELS["region"])
        if body and position.unit in _LOCAL and body.form == "bare" and after == last:
            return None, " ".join(tokens.texts[after : body.last]), body.last  # the names of districts are other regions' too
        if body and position.key.startswith(("kapolres", "wakapolres")) and tokens.texts[body.last : body.last + 1] == ["Kota"]:
            towns = tuple(code for code in body.options if self.registry.regions[code].level == "kota")
            body = replace(body, last=body.last + 1, reach=max(body.reach, body.last + 1), options=towns or body.options, proper="Kota")
        if body or after > last:
            grade = f"Kelas {_roman(''.join(tokens.texts[last + 1 : after]))}" if after > last else None
            return body, grade, body.last if body else after
        return None

    def _house(self, tokens: Tokens, last: int, position: Position) -> int:
        """The token past the ministry told behind a post that exists once: "Dirjen Kesehatan Masyarakat (Kesmas) | Kemenkes RI"."""
        own = {position.agency, self.registry.agencies[position.agency or ""].parent if position.agency in self.registry.agencies else None}
        ends = [end for end, key in tokens.hits(last, "AGENCY") if key in own or self.registry.agencies[key].kind == "kementerian"]
        if not ends:
            return last
        last = self.bodies.brackets(tokens, max(ends))
        return last + (tokens.word(last) == "ri")

    def _bracketed(self, tokens: Tokens, after: int) -> Body | None:
        """The body of a field misspelt but with the right short form: "(Kepala) Badan Pembina Hukum Nasional (BPHN)"."""
        if tokens.word(after - 1) != ")":
            return None
        named = next((key for at in range(after - 5, after) for end, key in tokens.hits(at, "AGENCY") if end == after - 1), None)
        if named is None:
            return None
        return Body(tokens.starts[after - 2], tokens.end(after), after - 2, after, "agency", key=named, reach=after)

    def _served(self, tokens: Tokens, body: Body | None) -> Body | None:
        """A national body with the province its branch serves: "(Kepala Kanwil) Ditjen Pajak Provinsi Bali"."""
        if body is None or body.form != "agency" or body.home:
            return body
        region = self.bodies.region(tokens, body.last, LEVELS["region"])
        if region is None or len(region.options) != 1:
            return body
        return replace(body, home=region.options[0], last=region.last, end=region.end, reach=region.last)

    def _is_ministry(self, tokens: Tokens, at: int) -> bool:
        """Whether letters that shorten a ministry stand here: a "Dinas PPPA" is none of its offices but bears its field."""
        kinds = {self.registry.agencies[key].kind for _, key in tokens.hits(at, "AGENCY")}
        return bool(kinds) and kinds <= {"kementerian"} and tokens.texts[at].isupper()

    def _letters(self, tokens: Tokens, at: int) -> bool:
        """Whether letters stand here that shorten a field and no body of its own."""
        text = tokens.texts[at]
        if len(text) < 2 or not (text.isalpha() and text.isupper()) or tokens.hits(at, "UNIT"):
            return False
        return not tokens.hits(at, "AGENCY") or self._is_ministry(tokens, at)

    def _field(self, tokens: Tokens, at: int, joined: bool = False, short: bool = False) -> tuple[str | None, int]:
        """ "Bidang Pelayanan Publik", "PMD PPKB": words that name fields of offices, and letters if `short`; up to a body."""
        last = at
        while last < tokens.size and last - at < _MOST_FIELD:
            word = tokens.words[last]
            if short and self._letters(tokens, last):
                last += 1
                continue
            if last > at and self.bodies.at(tokens, last) and not (self.names.is_field(word) and not tokens.hits(last, "UNIT")):
                break
            if word == "daerah" and last > at:
                last += 1
                continue
            if word in _FIELD_GLUE and (last > at or joined) and (self.names.is_field(tokens.word(last + 1)) or word in _NUMERALS):
                last += 1
                continue
            if (self.names.is_field(word) or (last == at and word in _NUMERALS)) and (
                tokens.capital(last) or word in _FIELD_OPENERS or word in _NUMERALS
            ):
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

    def _place_name(self, tokens: Tokens, full: str, last: int, body: Body | None, field: str | None) -> tuple[str | None, int]:
        """Take in capitalised words that a comma and a full name follow: "Kepala Desa Sanafi, Abdul Suin" heads Sanafi."""
        if body and body.reach > last:
            return field, last
        begin = tokens.end(last)
        tail = re.match(r" (?:[A-Z][\w/-]*)(?: [A-Z][\w/-]*){0,2}(?=\s?(?:\([A-Z]{2,8}\))?\s?[,(])", full[begin : begin + 60])
        if tail is None:
            return field, last
        name = find_name_after(full, begin + tail.end())
        whole = find_name_after(full, begin)
        if (
            name is None
            or "\n" in full[begin : name.start]
            or self.names.person(tokens, name) is None
            or (whole and (whole.suffixes or whole.prefixes))
        ):
            return field, last
        if len(name.name.split()) < 2 and not name.prefixes:
            return field, last
        end = tokens.index(begin + tail.end() - 1) + 1
        if body:
            return field, end
        return f"{field or ''} {tail.group().strip()}".strip(), end


def _roman(grade: str) -> str:
    """A class of prisons and courts as they write it: "2B" is IIB."""
    return f"{ROMAN.get(grade[:1], grade[:1])}{grade[1:]}"
