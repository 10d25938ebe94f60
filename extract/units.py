"""Units as printed: "Dinas Kesehatan (Dinkes) Kabupaten Garut", "Lapas Perempuan Kelas IIA Palembang", "Kelurahan Padang, Sukamara".

What a unit is called by itself, its class and its seat are read apart; the document decides later what its fullest name is
(`extract.unit_names`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from extract.body import Body
from extract.region_names import LEVEL, RegionFinder
from extract.tokens import Tokens
from store.model.registry import Registry, UnitKind

LOCAL = frozenset({"subdistrict", "village"})
"""Kinds that thousands of places have: their kabupaten or kota is part of their name."""
_CLASS = frozenset({"kelas", "klas", "tipe", "type"})
_NUMERALS = {"1": "I", "2": "II", "3": "III", "i": "I", "ii": "II", "iii": "III"}
_CLASS_TAIL = frozenset({"tpi", "non", "khusus"})
_GIVEN_BACK = frozenset({"kelas", "klas", "tirta"})
"""Last words of a spelling that belong to what follows: "LPP Kelas | IIA", "Perumda | Tirta Perwitasari"."""
_NO_NAME = frozenset(("terbaik juara juaranya tingkat peringkat se berprestasi teladan award awards").split())
"""Words of contests: where a unit's own name should stand they say that none does, behind one that it is over."""
_EPITHETS = frozenset(
    (
        "anti antikorupsi sadar siaga sehat iklim digital cerdas layak ramah tangguh tanggap bersinar binaan percontohan mandiri "
        "berdaya peduli inklusif inklusi wajib donor kb nasional regional maju berkembang tertinggal dan"
    ).split()
)
"""What follows "desa" and "kelurahan" in the names of programmes and is no village's name."""
_ASIDE = frozenset({",", "(", "di", "dari", "asal"})
_DISTRICT = frozenset({"kecamatan", "kec", "distrik", "kapanewon", "kemantren"})
_MOST_WORDS = 8


class UnitFinder(RegionFinder):
    """Reads units at a token; knows the registry, not the document."""

    def __init__(self, registry: Registry) -> None:
        """Read by this registry."""
        super().__init__(registry)
        spelt: dict[str, set[str]] = defaultdict(set)
        for region in registry.regions.values():
            for text in region.spellings:
                spelt[text.lower()].add(region.name)
        names = {region.name.lower() for region in registry.regions.values()}
        self.spelt = {text: next(iter(found)) for text, found in spelt.items() if len(found) == 1 and text not in names}
        provinces = [region for region in registry.regions.values() if region.level == "provinsi"]
        others = {region.name.lower() for region in registry.regions.values() if region.level != "provinsi"}
        self.provinces = {text.lower() for region in provinces for text in (region.name, *region.spellings)} - others
        self.former = {name.lower() for region in registry.regions.values() for name, _ in region.former_names} - names

    def unit(self, tokens: Tokens, at: int) -> Body | None:
        """ "Dinas Kesehatan (Dinkes) Kabupaten Garut", "RSUD dr. Slamet Garut", "Polres Malang"."""
        hits = tokens.hits(at, "UNIT")
        if not hits or not (tokens.capital(at) or tokens.shouting):
            return None
        last, key = hits[0]
        kind = self.registry.units[key]
        given_back = tokens.words[last - 1] in _GIVEN_BACK or (tokens.words[last - 1] in LEVEL and (last - 1, key) in hits)
        last = self.brackets(tokens, last - given_back)
        grade, last = self._grade(tokens, last)
        proper, last = self._proper(tokens, last, kind)
        if grade is None:
            grade, last = self._grade(tokens, last)
        if self._nameless(kind, proper):
            return None
        start, level, local = self._seat(tokens, last, kind)
        region = self._region(tokens, start, level) if (level or tokens.capital(start)) else None
        if region and local:
            codes = tuple(code for code in region[1] if self.registry.regions[code].level != "provinsi")
            region = (region[0], codes or region[1])
        if region:
            closed = tokens.word(region[0]) == ")" and tokens.word(last) == "("
            body = self._finish(tokens, at, region[0] + closed, "unit", region[1], level or None)
        elif kind.takes in ("place", "name") and not proper:
            return None
        else:
            body = Body(tokens.starts[at], tokens.end(last), at, last, "unit", reach=last)
        spelt_out = self.spelt.get((proper or "").lower(), proper) if kind.takes == "place" and kind.serves else proper
        return replace(body, key=key, proper=spelt_out, grade=grade)

    def _nameless(self, kind: UnitKind, proper: str | None) -> bool:
        """Whether the own name is none: a programme's word, or a province for what no province has one of ("11 Polres Jatim")."""
        first = (proper or "").lower().split()[:1]
        whole = (proper or "").lower() in self.provinces
        if kind.kind in LOCAL:
            return not proper or whole or bool(_EPITHETS.intersection(first))
        return kind.serves == "kabupaten" and whole

    @staticmethod
    def _grade(tokens: Tokens, at: int) -> tuple[str | None, int]:
        """The class of a prison, court or office under one spelling: "Klas 2 A" is "Kelas IIA"; (None, at) where none stands."""
        if tokens.word(at) not in _CLASS:
            return None, at
        word, last = tokens.word(at + 1), at + 2
        number, letter = (word[:-1], word[-1:]) if word[-1:] in ("a", "b", "c") else (word, "")
        if tokens.word(at) in ("tipe", "type"):
            return (f"Tipe {word.upper()}", last) if len(word) == 1 and word.isalpha() else (None, at)
        if number not in _NUMERALS:
            return None, at
        if not letter:
            after = last + (tokens.word(last) == "-")
            if tokens.texts[after : after + 1] in (["A"], ["B"], ["C"]):
                letter, last = tokens.word(after), after + 1
        grade = f"Kelas {_NUMERALS[number]}{letter.upper()}"
        while tokens.word(last) in _CLASS_TAIL:
            grade, last = f"{grade} {tokens.texts[last]}", last + 1
        return grade, last

    def _seat(self, tokens: Tokens, last: int, kind: UnitKind) -> tuple[int, str, bool]:
        """Where the region of a unit stands ("…, Kecamatan Waru, Kabupaten Sidoarjo"): token, level, whether it is rather no province."""
        at = last
        for _ in range(2):
            aside = kind.takes in ("place", "name") and tokens.word(at) in _ASIDE
            start, level = self._levels(tokens, at + aside)
            if level or (not aside and tokens.word(start) not in _DISTRICT):
                return (start, level, False) if level or at == last else (last, "", False)
            if kind.kind not in LOCAL:
                break
            if tokens.word(start) not in _DISTRICT:
                return (start, "", True) if tokens.capital(start) else (last, "", False)
            at = self._past_district(tokens, start + 1)
        return last, "", False

    def _past_district(self, tokens: Tokens, at: int) -> int:
        """The token past the name of a district."""
        at += tokens.word(at) == "."
        last = at
        while last - at < 4 and tokens.capital(last) and tokens.word(last) not in LEVEL:
            if last > at and tokens.hits(last, "REGION") and not tokens.capital(tokens.hits(last, "REGION")[0][0]):
                break
            last += 1
        return last

    def _proper(self, tokens: Tokens, at: int, kind: UnitKind) -> tuple[str | None, int]:
        """The own name of a hospital, school, puskesmas: capitalised words, titles included, up to a level word or mark."""
        if kind.takes not in ("place", "name"):
            return None, at
        last = at = at + (tokens.word(at) == kind.name.split()[-1].lower())  # "Kantor Pelayanan Pajak (KPP) Pratama"
        while last < tokens.size and last - at < _MOST_WORDS and self._names(tokens, at, last, kind):
            last += 1
            place = self._place(tokens, last - 1) if kind.takes == "place" and kind.parent else None
            if place and " ".join(tokens.words[last - 1 : place]) not in self.former:
                last = place
                break
        if last - at > 1 and (kind.takes == "name" or not kind.parent):
            for end in range(at + 1, last):  # "RSUD Soetomo Surabaya": the region at the end is its home
                levels = {self.registry.regions[code].level for stop, code in tokens.hits(end, "REGION") if stop == last}
                if levels - {"provinsi"} or (levels and kind.takes == "name"):
                    last = end
                    break
        return (" ".join(tokens.texts[at:last]).replace(" .", ".") or None, last)

    def _names(self, tokens: Tokens, at: int, last: int, kind: UnitKind) -> bool:
        """Whether a token goes on with a unit's own name, which begins at `at`."""
        word = tokens.words[last]
        if word in LEVEL:
            if last == at:  # "Polsek Kota Singaraja": no region, but the town of that district
                town = tokens.capital(last) and tokens.capital(last + 1) and not self._region(tokens, last + 1, "")
                return bool(kind.parent) and kind.takes == "place" and town and not self._carries(tokens, last + 1)
            return kind.kind in LOCAL and word == "kota" and tokens.capital(last) and not tokens.capital(last + 1)
        titled = word in (".", "dr", "drs", "prof") and (tokens.capital(last + 1) or tokens.word(last + 1) == ".")
        number = tokens.texts[last].isdigit() and (last > at or kind.kind == "school") and not (len(word) == 4 and word[:2] in ("19", "20"))
        if not (tokens.capital(last) or titled or number) or word in _NO_NAME or word in _CLASS:
            return False
        if word == "." and (last == at or len(tokens.texts[last - 1]) > 3):
            return False
        if last > at and (tokens.hits(last, "POST") or (kind.kind in LOCAL and word in _DISTRICT)):
            return False
        if titled and word != "." and self._ends_region(tokens, at, last):
            return False  # "RS Ahmad Mukhtar Bukittinggi | dr. Khairul"
        return not self._carries(tokens, last)

    @staticmethod
    def _ends_region(tokens: Tokens, at: int, last: int) -> bool:
        """Whether a region's name ends at a token."""
        return any(end == last for first in range(max(at, last - 3), last) for end, _ in tokens.hits(first, "REGION"))

    @staticmethod
    def _carries(tokens: Tokens, at: int) -> bool:
        """Whether a capitalised word belongs to the sentence of a headline: "LPKA Kendari | Dinilai …", "RSUD Salak | Naik Kelas"."""
        carriers = ("receive", "passive", "plan", "give", "say", "handed", "negate")
        if any(end == at + 1 and meaning in carriers for end, meaning in tokens.hits(at, "CUE")):
            return True
        if at >= tokens.title_end or tokens.hits(at, "REGION"):
            return False
        word = tokens.words[at]
        return word in tokens.common or (len(word) > 7 and word.endswith("kan"))
