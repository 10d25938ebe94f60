"""Government bodies as printed: "Pemkab Garut", "Kota Bandung", "RSUD dr. Slamet", "BPK Perwakilan NTT", and the bare "Garut".

One pass over the tokens; each body keeps every region it may mean until the document decides (`extract.linking`).
"""

from __future__ import annotations

from dataclasses import replace

from extract.body import Body, Form
from extract.region_names import GOVERNMENT, LEVEL
from extract.tokens import Tokens
from extract.units import UnitFinder

_PREPOSITION = frozenset(("di ke dari oleh kepada untuk bagi pada dengan bersama antara se atas terhadap dalam").split())
_DIRECTION = frozenset("utara selatan barat timur tengah tenggara hulu hilir raya".split())
_COUNCIL = frozenset({"dprd", "dprk", "dpra", "dprp"})
_COMMON = frozenset("metro benteng tuba tala babar mitra kuningan batu buru timur barat tengah utara selatan".split())
"""Names of regions that are words, streets or surnames too: they need their level beside them."""
_REPRESENTATION = frozenset({"perwakilan", "kantor", "wilayah", "regional"})


def _whole(body: Body) -> bool:
    """Whether the words name one national body and no branch: "Badan Pusat Statistik" alone, "Universitas Negeri Malang"."""
    return body.form == "agency" and body.home is None


class BodyFinder(UnitFinder):
    """Reads bodies at a token; knows the registry, not the document."""

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
        told = tokens.word(at + 1)[:1].isdigit() and tokens.word(at + 2) == ","  # "Benteng 2,55, Seluma 2,54"
        if told and tokens.hits(at + 3, "REGION") and tokens.word(tokens.hits(at + 3, "REGION")[0][0])[:1].isdigit():
            return True
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
