"""The personal name that goes with a post: behind it, before it, in brackets; what is a field, a place or a headline is none."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.names import NameMention, find_name_after, find_name_before
from extract.posts import Post, field_words
from extract.tokens import Tokens
from store.model.registry import Registry

_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "1", "2", "3", "4"])
_NOUN = re.compile(r"(?:pe|ke|per|pen|pem)[a-z]{4,}an|[a-z]{3,}(?:asi|isi|iksi|aksi|upsi|itas|isme|logi)")
"""Shapes of Indonesian abstract nouns, which name fields and never people: "Pengendalian", "Transportasi", "Integritas"."""
_NO_NOUN = frozenset(["perdian", "kesuman", "kurniawan", "perwiran"])
_BETWEEN = re.compile(
    r"\s*(?:RI\b|R\.I\.|Republik Indonesia\b|"
    r"Pusat\b|(?:(?:periode|masa jabatan|tahun)\s)?(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b|lainn?ya\b|"
    r"dari [Ff]raksi(?: Partai)? [A-Z]\w+(?: [A-Z]\w+){0,4}(?=,)|dari [Ff]raksi [A-Z]\w+(?=\s[A-Z]))?"
    r"\s*(?:\([,\s]*(?:[A-Z][\w&/.-]{1,14}(?: [A-Z]{2,6})?)?\))?\s*[,(–-]{0,2}\s*(?:(?:yaitu|"
    r"yakni|dijabat|yang (?:akrab|karib|biasa|kerap) (?:di)?(?:sapa|panggil)|Bapak|Ibu|Bpk?\.?|Saudara|Pak)\s+)?"
)
_NO_NAME = frozenset(
    (
        "nomor no kelas tinggi dunia internasional independen nasional upacara enam lima dua tiga empat tujuh wdp wtp "
        "iptek award awards masing masing-masing menteri menterian kementrian titip pesan nilai provisni berprestasi "
        "terbaik tipe bidang urusan cabang wilayah dijadwalkan"
    ).split()
)
_HEADLINE = re.compile(r"(?:bupati|walikota|gubernur)[a-z]+|[a-z]{4,}kan|meninggal|datangi|kunjungi|resmikan|upacara")
_POST_ENDS = frozenset(("kota bupati gubernur sekda ketua kepala menteri camat lurah desa wakil direktur dinas daerah dan").split())
_ROLE_BEFORE = re.compile(r"(?:selaku|sebagai|yang juga|(?:yang )?(?:men)?[Jj]abat(?: sebagai)?|,|\(|-|–)?\s*$")
_BUILDING = re.compile(
    r"\b(?:kantor|rumah jabatan|rumah dinas|rujab|pendopo|aula|ruang(?: \w+)?|gedung|halaman|keputusan|peraturan|sk)\s+$", re.IGNORECASE
)
"""What a post names a place or paper by: behind "Kantor Bupati Garut" stands no holder but an address."""
_ABROAD = frozenset({"duta_besar", "konsul_jenderal", "konsul_kehormatan", "atase"})
"""Posts that a foreign place follows, which no list here knows; who stands behind it is asked of the network."""
OF_PLACES = frozenset({"camat", "lurah", "kepala_desa", "kapolsek", "kepala_puskesmas"})
"""Posts that the bare name of their place follows."""
_HEADS_OF_REGIONS = frozenset({"gubernur", "wakil_gubernur", "bupati", "wakil_bupati", "wali_kota", "wakil_wali_kota"})
_WHOLE = 2
"""Words of a name that is told whole."""
_POINTED = frozenset({"itu", "ini", "tersebut"})
_RUN_ON = re.compile(
    r"(?:oleh|langsung|disampaikan|diserahkan|dipimpin|dari|kepada|kata|ujar|ungkap|yakni|adalah|yaitu|ucap|tutur|menyerahkan|menurut)\s+$",
    re.IGNORECASE,
)


class PostNames:
    """Finds who holds a post where it is printed."""

    def __init__(self, registry: Registry) -> None:
        """Tell names from the words of offices by this registry."""
        self.registry = registry
        self.field_words = field_words(registry)
        regions = [region.name.split() for region in registry.regions.values()]
        self.half_regions = frozenset(words[0] for words in regions if len(words) > 1)
        self.name_words = frozenset(word for holder in registry.holders for word in holder.name.lower().split())

    def level_of(self, key: str) -> str:
        """What the post of a key belongs to: a level of regions, a ministry, a unit."""
        return self.registry.positions[key].of

    def holder(self, tokens: Tokens, full: str, post: Post, previous: Post | None) -> NameMention | None:
        """The personal name after the post ("…, Ema Sumarna", "(Relygius L. Usfunan)") or before it ("Ema Sumarna selaku …")."""
        if _BUILDING.search(full, max(0, post.start - 30), post.start):
            return None
        if full[post.start - 1 : post.start] == "(" and post.start:
            name = find_name_before(full, post.start - 1, max(0, post.start - 90, self._end(tokens, previous)))
            return self.person(tokens, name) if name else None  # "Wira Kencana (Lurah Sukamaju), …"
        if post.key in _ABROAD:
            return self._named_before(tokens, full, post, previous)
        last = post.body.reach if post.body and post.body.reach > post.last else post.last
        for end in dict.fromkeys((tokens.end(last), post.end)):
            gap = _BETWEEN.match(full, end)
            bracket = re.search(r"\((?=[A-Z][a-z]+ [A-Z][a-z]+\)$)", full[post.start : end])
            if bracket:  # "Bupati Alor (Amon Djobo)": no short form of the region but its head
                name = find_name_after(full, post.start + bracket.end())
                if name and self.person(tokens, name):
                    return name
            for begin in dict.fromkeys((gap.end() if gap else end, end)):
                name = find_name_after(full, begin)
                if name is None or "\n" in full[end : name.start]:
                    continue
                real = self.person(tokens, name)
                if real and self._is_place(post, real, glued=full[end : name.start] == " "):
                    return None
                if real:
                    before = self._named_before(tokens, full, post, previous) if " " not in real.name and not real.prefixes else None
                    return before if before and " " in before.name and before.name not in real.name else real
        return self._named_before(tokens, full, post, previous)

    def _is_place(self, post: Post, name: NameMention, glued: bool) -> bool:
        """Whether one word behind a post names its place, or its office misspelt, rather than its holder."""
        if " " in name.name or name.prefixes:
            return False
        if post.key in OF_PLACES and post.field is None and glued:
            return True  # "Camat Sukamulya, …"
        if post.body is not None:
            return False
        return post.key == "kepala" or (post.key in _HEADS_OF_REGIONS and name.name in self.half_regions)  # "Bupati Kutai"

    def _named_before(self, tokens: Tokens, full: str, post: Post, previous: Post | None) -> NameMention | None:
        """A name that its post follows: "Ema Sumarna selaku Sekda", "Ema Sumarna, S.E., Kepala BPK", "Drs Sumarna Kepala Lapas"."""
        first = max(0, post.start - 90, full.rfind("\n", 0, post.start) + 1, self._end(tokens, previous))
        joint = _ROLE_BEFORE.search(full, first, post.start)
        at = joint.start() if joint else post.start
        name = find_name_before(full, at, first)
        if name is None or not self.person(tokens, name) or self.person(tokens, name) != name:
            return None
        if joint and (joint.group().strip(" ,(-–") or ("(" in joint.group() and " " in name.name)):
            return name
        if previous and previous.name and previous.name.start < name.end and name.start < previous.name.end:
            return None  # "Bupati Garut Rudi Hartawan, Sekda": he holds the post before
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

    @staticmethod
    def _end(tokens: Tokens, post: Post | None) -> int:
        return max(post.end, tokens.end(post.body.reach) if post.body and post.body.reach > post.body.first else 0) if post else 0

    def person(self, tokens: Tokens, name: NameMention) -> NameMention | None:
        """The part of a found name that can be a person's: no region, body, field or headline verb; None where nothing is left."""
        name = self._past_prize(tokens, name)
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
        called = tokens.word(tokens.index(name.start) - 1) in ("disapa", "dipanggil")
        if len(words) == 1 and not (name.prefixes or called) and tokens.word(tokens.index(name.end - 1) + 1) in _POINTED:
            return None  # "mantan Kepala Rutan Sialang itu": a place
        if any(len(word) > 2 and word.isupper() and self._is_body(tokens, name, word) for word in words) and not tokens.shouting:
            return None
        for first in range(max(0, tokens.index(name.start)), tokens.index(name.end - 1) + 1):
            hits = [end for label in ("REGION", "UNIT", "AGENCY", "POST") for end, _ in tokens.hits(first, label)]
            whole = tokens.texts[first : max(hits, default=first)]
            if hits and not name.prefixes and " ".join(whole).lower() == cut.lower():
                return None
        if cut == name.name:
            return name
        return replace(name, name=cut, end=min(name.end, name.start + len(cut) + sum(len(p) + 1 for p in name.prefixes)), suffixes=())

    @staticmethod
    def _past_prize(tokens: Tokens, name: NameMention) -> NameMention:
        """A name without the programme that a post before it serves: "(Ketua Dewan Pertimbangan) Kalpataru | Ismid Hadad"."""
        at = tokens.index(name.start)
        ends = [end for end, key in tokens.hits(at, "PROGRAMME") if tokens.starts[at] == name.start and key.endswith(":name")]
        words = name.name.split()[max(ends, default=at) - at :]
        if not ends or len(words) < _WHOLE or name.prefixes:
            return name
        return replace(name, start=tokens.starts[max(ends)], name=" ".join(words))

    @staticmethod
    def _is_body(tokens: Tokens, name: NameMention, word: str) -> bool:
        """Whether letters within a name shorten a body: "Harian BPBD"."""
        for at in range(tokens.index(name.start), tokens.index(name.end - 1) + 1):
            if tokens.texts[at] == word and (tokens.hits(at, "UNIT") or tokens.hits(at, "AGENCY")):
                return True
        return False

    def is_field(self, word: str) -> bool:
        """Whether a lower-case word names a field of an office rather than a person."""
        if "-" in word:
            return all(self.is_field(part) for part in word.split("-"))
        return word in self.field_words or (len(word) > 6 and bool(_NOUN.fullmatch(word)) and word not in _NO_NOUN)
