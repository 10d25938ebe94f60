"""Public posts as printed and who holds them: "Pj. Bupati Garut, Barnas Adjidin", "Sekda Kota Bandung Ema Sumarna"."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.bodies import BodyFinder
from extract.body import Body
from extract.names import NameMention, find_name_after, find_name_before
from extract.posts import BRANCHES, LEVELS, Post, canonical_position, field_words
from extract.tokens import Tokens
from store.model.registry import Position, Registry

__all__ = ["Post", "PostFinder", "canonical_position"]

_ACTING = {"pj": "Pj", "penjabat": "Pj", "pejabat": "Pj", "plt": "Plt", "plh": "Plh", "pjs": "Pjs"}
_FORMER = frozenset({"mantan", "eks"})
_FIELD_GLUE = frozenset(["dan", "&", "bidang", "urusan", "/", ",", "i", "ii", "iii", "iv", "v"])
_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "1", "2", "3", "4"])
_CLASSES = frozenset("i ii iii iia iib iic a b c 1 2 2a 2b tpi".split())
_FIELD_OPENERS = frozenset(["bidang", "urusan", "bagian", "biro", "seksi", "subbagian", "divisi", "pusat"])
_MOST_FIELD = 10
_NOUN = re.compile(r"(?:pe|ke|per|pen|pem)[a-z]{4,}an|[a-z]{3,}(?:asi|isi|iksi|aksi|upsi|itas|isme|logi)")
"""Shapes of Indonesian abstract nouns, which name fields and never people: "Pengendalian", "Transportasi", "Integritas"."""
_NO_NOUN = frozenset(["perdian", "kesuman", "kurniawan", "perwiran"])
_BETWEEN = re.compile(
    r"\s*(?:RI\b|R\.I\.|Republik Indonesia\b|"
    r"Pusat\b)?\s*(?:\([,\s]*(?:[A-Z][\w&/.-]{1,14}(?: [A-Z]{2,6})?)?\))?\s*[,(–-]{0,2}\s*(?:(?:yaitu|"
    r"yakni|dijabat|Bapak|Ibu|Bpk?\.?|Saudara|Pak)\s+)?"
)
_NO_NAME = frozenset(
    (
        "nomor no kelas tinggi dunia internasional independen nasional upacara enam lima dua tiga empat tujuh wdp wtp "
        "iptek award awards masing masing-masing menteri menterian kementrian titip pesan nilai provisni berprestasi "
        "terbaik tipe bidang urusan cabang wilayah dijadwalkan"
    ).split()
)
_HEADLINE = re.compile(r"[a-z]{4,}kan|meninggal|datangi|kunjungi|resmikan|upacara")
_POST_ENDS = frozenset(("kota bupati gubernur sekda ketua kepala menteri camat lurah desa wakil direktur dinas daerah dan").split())
_ROLE_BEFORE = re.compile(r"(?:selaku|sebagai|yang juga|yang menjabat(?: sebagai)?|,|\(|-|–)?\s*$")
_RUN_ON = re.compile(
    r"(?:oleh|langsung|disampaikan|diserahkan|dipimpin|dari|kepada|kata|ujar|ungkap|yakni|adalah|yaitu|ucap|tutur|menyerahkan|menurut)\s+$",
    re.IGNORECASE,
)


class PostFinder:
    """Reads posts at a token."""

    def __init__(self, registry: Registry, bodies: BodyFinder) -> None:
        """Read by this registry; `bodies` reads the office a post belongs to."""
        self.registry = registry
        self.bodies = bodies
        self.field_words = field_words(registry)
        self.name_words = frozenset(word for holder in registry.holders for word in holder.name.lower().split())

    def at(self, tokens: Tokens, full: str, at: int) -> Post | None:
        """The post that starts at a token, with its acting prefix, its body and its holder."""
        first, acting, former = self._prefix(tokens, at)
        hits = tokens.hits(first, "POST")
        if not hits:
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
        body, field, last = self._office(tokens, last, position)
        if last == first + 1 and body is None and field is None and tokens.hits(first, "REGION"):
            return None  # "Karo" among names of regions is no Kepala Biro
        if position.of not in ("nation", *LEVELS):
            field, last = self._place_name(tokens, full, last, body, field)
        post = Post(tokens.starts[at], tokens.end(last), at, last, key, acting, former, body, field)
        return replace(post, name=self._holder(tokens, full, post))

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
            secretary = [end for end, post in tokens.hits(last, "POST") if post == "sekda"]
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
            return None, None, last
        if position.unit and position.of != "region":
            after = last + 1 if tokens.word(last) == "kelas" else last
            while after > last and after - last < 4 and tokens.word(after) in _CLASSES:
                after += 1
            body = self.bodies.region(tokens, after, LEVELS["region"])
            if body or after > last:
                grade = f"Kelas {''.join(tokens.texts[last + 1 : after])}" if after > last else None
                return body, grade, body.last if body else after
        body = self._served(tokens, self.bodies.at(tokens, last))
        if body and body.form != "bare":
            return body, None, body.last
        field, after = self._field(
            tokens, last, joined=position.unit is not None and tokens.word(last) in ("dan", ",") and tokens.capital(last + 1)
        )
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

    def _field(self, tokens: Tokens, at: int, joined: bool = False) -> tuple[str | None, int]:
        """ "Bidang Pelayanan Publik", "Administrasi Umum": words that name fields of offices, up to a body or another word."""
        last = at
        while last < tokens.size and last - at < _MOST_FIELD:
            word = tokens.words[last]
            if last > at and self.bodies.at(tokens, last) and not (self.is_field(word) and not tokens.hits(last, "UNIT")):
                break
            if word == "daerah" and last > at:
                last += 1
                continue
            if word in _FIELD_GLUE and (last > at or joined) and (self.is_field(tokens.word(last + 1)) or word in _NUMERALS):
                last += 1
                continue
            if (self.is_field(word) or (last == at and word in _NUMERALS)) and (
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
            or self._person(tokens, name) is None
            or (whole and (whole.suffixes or whole.prefixes))
        ):
            return field, last
        if len(name.name.split()) < 2 and not name.prefixes:
            return field, last
        end = tokens.index(begin + tail.end() - 1) + 1
        if body:
            return field, end
        return f"{field or ''} {tail.group().strip()}".strip(), end

    def _holder(self, tokens: Tokens, full: str, post: Post) -> NameMention | None:
        """The personal name after the post ("…, Ema Sumarna", "(Relygius L. Usfunan)") or before it ("Ema Sumarna selaku …")."""
        last = post.body.reach if post.body and post.body.reach > post.last else post.last
        for end in dict.fromkeys((tokens.end(last), post.end)):
            gap = _BETWEEN.match(full, end)
            bracket = re.search(r"\((?=[A-Z][a-z]+ [A-Z][a-z]+\)$)", full[post.start : end])
            if bracket:  # "Bupati Alor (Amon Djobo)": no short form of the region but its head
                name = find_name_after(full, post.start + bracket.end())
                if name and self._person(tokens, name):
                    return name
            for begin in dict.fromkeys((gap.end() if gap else end, end)):
                name = find_name_after(full, begin)
                real = self._person(tokens, name) if name and "\n" not in full[end : name.start] else None
                if real:
                    before = self._named_before(tokens, full, post) if " " not in real.name and not real.prefixes else None
                    return before if before and " " in before.name and before.name not in real.name else real
        return self._named_before(tokens, full, post)

    def _named_before(self, tokens: Tokens, full: str, post: Post) -> NameMention | None:
        """A name that its post follows: "Ema Sumarna selaku Sekda", "Ema Sumarna, S.E., Kepala BPK", "Drs Sumarna Kepala Lapas"."""
        first = max(0, post.start - 90, full.rfind("\n", 0, post.start) + 1)
        joint = _ROLE_BEFORE.search(full, first, post.start)
        at = joint.start() if joint else post.start
        name = find_name_before(full, at, first)
        if name is None or not self._person(tokens, name) or self._person(tokens, name) != name:
            return None
        if joint and joint.group().strip(" ,(-–"):
            return name
        before = full[first : name.start].rstrip(" ")
        lower = re.search(r"([a-z]+)$", before)
        loose = joint is not None and joint.group().strip() == "," and lower is not None and lower.group() not in _POST_ENDS
        opens = (
            loose
            or name.start == first
            or full[name.start - 2 : name.start] in ("\n\n", ". ")
            or _RUN_ON.search(full, max(0, name.start - 30), name.start)
        )
        alone = bool(opens) and (bool(name.prefixes or name.suffixes) or len(name.name.split()) > 1)
        return name if alone else None

    def _person(self, tokens: Tokens, name: NameMention) -> NameMention | None:
        """The part of a found name that can be a person's: no region, body, field or headline verb; None where nothing is left."""
        words = name.name.split()
        shouted = len(words[0]) > 2 and words[0].isalpha() and words[0].isupper() and not tokens.shouting and not name.prefixes
        if shouted and (len(words) == 1 or (len(words[0]) < 7 and not words[1].isupper())):
            return None  # an acronym
        for count, word in enumerate(words):
            low = word.strip(".").lower()
            numeral = low in _NUMERALS and len(words) == 1
            if numeral or low in _NO_NAME or (self.is_field(low) and low not in self.name_words) or (count and _HEADLINE.fullmatch(low)):
                words = words[:count]
                break
        if not words or (len(words) == 1 and len(words[0].strip(".")) < 3) or _HEADLINE.fullmatch(words[0].lower()):
            return None
        cut = " ".join(words).strip()
        for first in range(max(0, tokens.index(name.start)), tokens.index(name.end - 1) + 1):
            hits = [end for label in ("REGION", "UNIT", "AGENCY", "POST") for end, _ in tokens.hits(first, label)]
            whole = tokens.texts[first : max(hits, default=first)]
            if hits and not name.prefixes and " ".join(whole).lower() == cut.lower():
                return None
        if cut == name.name:
            return name
        return replace(name, name=cut, end=min(name.end, name.start + len(cut) + sum(len(p) + 1 for p in name.prefixes)), suffixes=())

    def is_field(self, word: str) -> bool:
        """Whether a lower-case word names a field of an office rather than a person."""
        return word in self.field_words or (len(word) > 6 and bool(_NOUN.fullmatch(word)) and word not in _NO_NOUN)
