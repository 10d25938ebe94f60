"""Government bodies as printed: "Pemkab Garut", "Kota Bandung", "RSUD dr. Slamet", "BPK Perwakilan NTT", and the bare "Garut".

One pass over the tokens; each body keeps every region it may mean until the document decides (`extract.linking`).
"""

from __future__ import annotations

from dataclasses import replace

from extract.body import Body, Form
from extract.region_names import GOVERNMENT, LEVEL, RegionFinder
from extract.tokens import Tokens
from store.model.registry import Registry, UnitKind

_PREPOSITION = frozenset(("di ke dari oleh kepada untuk bagi pada dengan bersama antara se atas terhadap dalam").split())
_DIRECTION = frozenset("utara selatan barat timur tengah tenggara hulu hilir raya".split())
_COUNCIL = frozenset({"dprd", "dprk", "dpra", "dprp"})
_COMMON = frozenset("metro benteng tuba tala babar mitra kuningan batu buru timur barat tengah utara selatan".split())
"""Names of regions that are words, streets or surnames too: they need their level beside them."""
_REPRESENTATION = frozenset({"perwakilan", "kantor", "wilayah", "regional"})


def _whole(body: Body) -> bool:
    """Whether the words name one national body and no branch: "Badan Pusat Statistik" alone, "Universitas Negeri Malang"."""
    return body.form == "agency" and body.home is None


class BodyFinder(RegionFinder):
    """Reads bodies at a token; knows the registry, not the document."""

    def __init__(self, registry: Registry) -> None:
        """Read by this registry."""
        super().__init__(registry)
        provinces = [region for region in registry.regions.values() if region.level == "provinsi"]
        self.provinces = {text.lower(): region.name for region in provinces for text in region.spellings}

    def at(self, tokens: Tokens, at: int) -> Body | None:
        """The longest body that starts at a token."""
        options = [
            self.government(tokens, at),
            self.council(tokens, at),
            self.unit(tokens, at),
            self.agency(tokens, at),
            self.bare(tokens, at),
        ]
        found = [body for body in options if body]
        if not found:
            return None
        best = max(found, key=lambda body: (body.last, _whole(body), -options.index(body)))
        before = tokens.word(at - 1)
        return replace(best, preposition=before) if before in _PREPOSITION else best

    def government(self, tokens: Tokens, at: int) -> Body | None:
        """ "Pemerintah Kota (Pemkot) Bandung", "Pemkab Garut", "Kota Solok, Sumatera Barat"."""
        joint = self._joint(tokens, at)
        head = self._head(tokens, at)
        if joint or head is None:
            return joint
        start, level, official = head
        region = self._region(tokens, start, level) or (
            self._slip(tokens, start) or self._misprint(tokens, start, level) if level else None
        )
        if region is None:
            return None
        last, codes = region
        if not official and not level:
            return None
        return self._finish(tokens, at, last, "government" if official else "level", codes, level or None)

    def _joint(self, tokens: Tokens, at: int) -> Body | None:
        """The first of two levels before one name: "Kabupaten | dan Kota Bogor"; the second is read as it stands."""
        word, named = tokens.word(at), GOVERNMENT | LEVEL
        if not (word in named and named[word] and tokens.word(at + 1) in ("dan", "/", "serta", "&") and tokens.word(at + 2) in named):
            return None
        region = self._region(tokens, self._levels(tokens, at + 3)[0], named[word])
        if region is None:
            return None
        form: Form = "government" if word in GOVERNMENT else "level"
        return Body(tokens.starts[at], tokens.end(at + 1), at, at + 1, form, region[1], named[word], reach=at + 1)

    def bare(self, tokens: Tokens, at: int) -> Body | None:
        """A region's name alone: "Garut", "Jawa Barat"; only where it is capitalised."""
        if not tokens.capital(at):
            return None
        if tokens.word(at - 1) in GOVERNMENT | LEVEL and tokens.word(at - 2) != "wali":
            return None  # its level was read and does not fit
        region = self._region(tokens, at, "")
        if region is not None and region[0] == at + 1 and tokens.words[at] in _COMMON and not self._listed(tokens, at):
            return None
        if region is not None and tokens.word(region[0]) in _DIRECTION and tokens.capital(region[0]):
            return None  # "Garut Selatan" is no region, "Panajam Paser Utara" not Paser
        if region is None and tokens.word(at + 2) in _DIRECTION and tokens.hits(at + 1, "REGION"):
            region = self._misprint(tokens, at, "kabupaten")
        if region is None or (tokens.texts[region[0] - 1].islower() and tokens.texts[region[0] - 1].isalpha()):
            return None
        return self._finish(tokens, at, region[0], "bare", region[1], None)

    @staticmethod
    def _listed(tokens: Tokens, at: int) -> bool:
        """Whether a name of one word stands between others of its kind: "Pringsewu, Metro, Lampung Utara"."""
        after = at + 1 + (tokens.word(at + 1) == ",") + (tokens.word(at + 2) == "dan")
        ends = any(end == at - 1 for first in range(max(0, at - 5), at - 1) for end, _ in tokens.hits(first, "REGION"))
        return tokens.word(at - 1) in (",", "dan") and ends and (tokens.word(at + 1) in (".", ";") or bool(tokens.hits(after, "REGION")))

    def council(self, tokens: Tokens, at: int) -> Body | None:
        """ "DPRD Kota Solok"."""
        if tokens.word(at) not in _COUNCIL:
            return None
        start, level = self._levels(tokens, at + 1)
        region = self._region(tokens, start, level)
        if region is None:
            return None
        return self._finish(tokens, at, region[0], "council", region[1], level or None)

    def unit(self, tokens: Tokens, at: int) -> Body | None:
        """ "Dinas Kesehatan (Dinkes) Kabupaten Garut", "RSUD dr. Slamet Garut", "Polres Malang"."""
        hits = tokens.hits(at, "UNIT")
        if not hits or not (tokens.capital(at) or tokens.shouting):
            return None
        last, key = hits[0]
        kind = self.registry.units[key]
        last = self.brackets(tokens, last)
        proper, last = self._proper(tokens, last, kind)
        start, level = self._levels(tokens, last)
        if kind.takes in ("place", "name") and not level and tokens.word(last) == ",":
            start, level = self._levels(tokens, last + 1)  # "Desa Lontar, Kabupaten Serang"
            start = start if level else last
        region = self._region(tokens, start, level) if (level or tokens.capital(start)) else None
        if region:
            body = self._finish(tokens, at, region[0], "unit", region[1], level or None)
        elif kind.takes in ("place", "name") and not proper:
            return None
        else:
            body = Body(tokens.starts[at], tokens.end(last), at, last, "unit", reach=last)
        spelt_out = self.provinces.get((proper or "").lower(), proper) if kind.takes == "place" else proper
        return replace(body, key=key, proper=spelt_out)

    def agency(self, tokens: Tokens, at: int) -> Body | None:
        """ "Kementerian PANRB", "BPK RI Perwakilan Provinsi Sulut"."""
        hits = tokens.hits(at, "AGENCY")
        if not hits:
            return None
        last, key = hits[0]
        namesakes = tuple(other for end, other in hits[1:] if end == last)
        if len(tokens.texts[at]) <= 3 and last == at + 1 and not tokens.texts[at].isupper():
            return None
        if tokens.texts[at].islower() and not tokens.texts[at][:1].isdigit():
            return None
        last = self.brackets(tokens, last)
        if tokens.word(last) == "ri":
            last += 1
        home = None
        if tokens.word(last) in _REPRESENTATION and (tokens.capital(last) or tokens.word(last) == "perwakilan"):
            start, level = self._levels(tokens, last + 1)
            region = self._region(tokens, start, level or "provinsi") or self._region(tokens, start, level)
            if region:
                last, home = region[0], region[1][0]
        return Body(tokens.starts[at], tokens.end(last), at, last, "agency", key=key, namesakes=namesakes, reach=last, home=home)

    # --- parts -------------------------------------------------------------------------------------------------

    def _head(self, tokens: Tokens, at: int) -> tuple[int, str, bool] | None:
        """(token after it, level or "", whether it says government) of what introduces a region's name."""
        word = tokens.word(at)
        if word in GOVERNMENT:
            start, level = self._levels(tokens, at + 1)
            return start, level or GOVERNMENT[word], True
        if word == "pemerintah":
            start = at + 1
            if tokens.word(start) == "daerah":
                start += 1
            start, level = self._levels(tokens, start)
            return start, level, True
        if word in LEVEL and tokens.word(at - 1) not in ("wali", "sekretaris"):
            start, level = self._levels(tokens, at)
            return start, level, False
        return None

    def region(self, tokens: Tokens, at: int, levels: tuple[str, ...]) -> Body | None:
        """The region a post rules: "(Bupati) Kabupaten Garut", "(Bupati) Garut", of one of these levels."""
        start, level = self._levels(tokens, at)
        if not level and tokens.word(at) in GOVERNMENT | {"pemerintah": ""}:
            head = self._head(tokens, at)
            start, level = (head[0], head[1]) if head else (start, level)
        if not (tokens.capital(start) or tokens.shouting):
            return None
        regions = [self._region(tokens, start, one) or self._misprint(tokens, start, one) for one in ((level,) if level else levels)]
        found = [region for region in regions if region]
        if not found:
            return None
        last = max(end for end, _ in found)
        codes = tuple(code for end, ones in found if end == last for code in ones)
        return self._finish(tokens, at, last, "level" if level else "bare", codes, level or None)

    def brackets(self, tokens: Tokens, at: int) -> int:
        """Skip one short form in brackets: "(Dinkes)", "(KPK RI)", "(PAN-RB)"."""
        if tokens.word(at) != "(":
            return at
        for last in range(at + 2, min(at + 6, tokens.size)):
            if tokens.words[last] == ")":
                inner = tokens.texts[at + 1 : last]
                return last + 1 if not any(text[:1].isdigit() for text in inner) and len(inner[0]) > 1 else at
        return at

    def _proper(self, tokens: Tokens, at: int, kind: UnitKind) -> tuple[str | None, int]:
        """The own name of a hospital, school, puskesmas: capitalised words, titles included, up to a level word or mark."""
        if kind.takes not in ("place", "name"):
            return None, at
        last = at
        while last < tokens.size and last - at < 8:
            word = tokens.words[last]
            titled = (
                word in (".", "dr", "drs", "prof")
                and last + 1 < tokens.size
                and (tokens.capital(last + 1) or tokens.words[last + 1] == ".")
            )
            if word in LEVEL or not (
                tokens.capital(last) or titled or (tokens.texts[last].isdigit() and (last > at or kind.kind == "school"))
            ):
                break
            if word == "." and len(tokens.texts[last - 1]) > 3:
                break
            if last > at and (tokens.hits(last, "POST") or self._headline(tokens, last)):
                break
            last += 1
            if kind.takes == "place" and kind.parent and (place := self._place(tokens, last - 1)):
                last = place
                break
        if last > at and kind.takes == "name" and last - at > 1:
            for end in range(at + 1, last):  # "RSUD Soetomo Surabaya": the region at the end is its home
                if any(stop == last for stop, _ in tokens.hits(end, "REGION")):
                    last = end
                    break
        return (" ".join(tokens.texts[at:last]).replace(" .", ".") or None, last)

    @staticmethod
    def _headline(tokens: Tokens, at: int) -> bool:
        """Whether a capitalised word carries the sentence of a headline: "LPKA Kendari | Dinilai …", "RSUD Salak | Raih …"."""
        carriers = ("receive", "passive", "plan", "give", "say", "handed", "negate")
        return any(end == at + 1 and meaning in carriers for end, meaning in tokens.hits(at, "CUE"))

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
