"""Names of regions as printed: the words of their level before them, the longest name, a slip of level or of a letter."""

from __future__ import annotations

from extract.body import Body, Form
from extract.misprints import Misprints
from extract.tokens import Tokens
from store.model.registry import Registry

GOVERNMENT = {
    "pemkot": "kota",
    "pemko": "kota",
    "pemkab": "kabupaten",
    "pemprov": "provinsi",
    "pemrov": "provinsi",
    "pempov": "provinsi",
    "pemda": "",
}
LEVEL = {
    "kota": "kota", "kotamadya": "kota", "kodya": "kota",
    "kabupaten": "kabupaten", "kab": "kabupaten", "kabupeten": "kabupaten", "labupaten": "kabupaten",
    "provinsi": "provinsi", "propinsi": "provinsi", "prov": "provinsi", "prop": "provinsi",
}  # fmt: skip


class RegionFinder:
    """Reads names of regions at a token; knows the registry, not the document."""

    def __init__(self, registry: Registry) -> None:
        """Read by this registry."""
        self.registry = registry
        self.misprints = Misprints(registry)

    def _levels(self, tokens: Tokens, at: int) -> tuple[int, str]:
        """Skip level words ("Kab.", "Kota Administrasi", "(Pemkot)") and say which level they mean."""
        level = ""
        while True:
            word = tokens.word(at)
            if word in LEVEL:
                level = LEVEL[word]
                at += 1
                if tokens.word(at) == ".":
                    at += 1
            elif word == "administrasi" and level:
                at += 1
            elif word == "(" and tokens.word(at + 2) == ")" and tokens.word(at + 1) in (GOVERNMENT | LEVEL):
                level = level or (GOVERNMENT | LEVEL)[tokens.word(at + 1)]
                at += 3
            else:
                return at, level

    def _region(self, tokens: Tokens, at: int, level: str) -> tuple[int, tuple[str, ...]] | None:
        """(token past it, codes it may mean) of the longest region name of a level."""
        best = 0
        codes: list[str] = []
        hits = tokens.hits(at, "REGION")
        longest = hits[0][0] if hits else 0
        for end, code in hits:
            if level and self.registry.regions[code].level != level:
                continue
            if end == longest:  # a longer name of another level is another region: "Pemkot Bandung Barat" is not Bandung
                best, codes = end, [*codes, code]
        return (best, tuple(sorted(codes))) if codes else None

    def _slip(self, tokens: Tokens, at: int) -> tuple[int, tuple[str, ...]] | None:
        """A kota called kabupaten or the other way round, where only one bears the name; never a province."""
        region = self._region(tokens, at, "")
        slip = region is not None and len(region[1]) == 1 and self.registry.regions[region[1][0]].level != "provinsi"
        return region if slip else None

    def _misprint(self, tokens: Tokens, at: int, level: str) -> tuple[int, tuple[str, ...]] | None:
        """A name of this level with a letter wrong; never one that begins with the name of another region."""
        if tokens.hits(at, "REGION"):
            return None
        found = self.misprints.at(tokens, at, level)
        return (found[0], (found[1],)) if found else None

    def _place(self, tokens: Tokens, at: int) -> int | None:
        """Token past the region's name that ends a branch's own name, with the word that tells namesakes apart: "Malang Kota"."""
        region = self._region(tokens, at, "")
        if region is None:
            return None
        return region[0] + (tokens.word(region[0]) in ("kota", "kabupaten") and tokens.capital(region[0]))

    def brackets(self, tokens: Tokens, at: int) -> int:
        """Skip one short form in brackets: "(Dinkes)", "(KPK RI)", "(PAN-RB)"."""
        if tokens.word(at) != "(":
            return at
        for last in range(at + 2, min(at + 6, tokens.size)):
            if tokens.words[last] == ")":
                inner = tokens.texts[at + 1 : last]
                return last + 1 if not any(text[:1].isdigit() for text in inner) and len(inner[0]) > 1 else at
        return at

    def _finish(self, tokens: Tokens, at: int, last: int, form: Form, codes: tuple[str, ...], level: str | None) -> Body:
        """Take in a short form in brackets and the province in apposition, which settles which region is meant."""
        last = self._short_form(tokens, last)
        reach = last
        start = last + 1 if tokens.word(last) in (",", "(", "-") else last
        start += tokens.word(start) in ("di", "dari")
        after, named = self._levels(tokens, start)
        if named in ("", "provinsi") and (tokens.capital(after)):
            provinces = [(end, code) for end, code in tokens.hits(after, "REGION") if self.registry.regions[code].level == "provinsi"]
            inside = [
                (end, code) for end, code in provinces if any(self.registry.regions[own].province_code == code != own for own in codes)
            ]
            if inside:
                end, province = inside[0]
                codes = tuple(code for code in codes if self.registry.regions[code].province_code == province and code != province)
                reach = end + (tokens.word(end) == ")" and tokens.word(last) == "(")
        return Body(tokens.starts[at], tokens.end(last), at, last, form, codes, level, reach=reach)

    def _short_form(self, tokens: Tokens, at: int) -> int:
        """Skip "(TTU)", "(Minsel)" after a region's name: letters only, one or two words."""
        for width in (1, 2):
            if (
                tokens.word(at) == "("
                and tokens.word(at + width + 1) == ")"
                and all(t.isalpha() for t in tokens.texts[at + 1 : at + width + 1])
            ):
                if self._region(tokens, at + 1, "provinsi") and width == 1 and len(tokens.texts[at + 1]) > 4:
                    return at
                return at + width + 2
        if tokens.word(at) == "/" and tokens.hits(at + 1, "REGION"):
            return tokens.hits(at + 1, "REGION")[0][0]  # "Surakarta/Solo"
        return at
