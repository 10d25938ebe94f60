"""Which programmes an article speaks of, where, and which of its rivals each mention means.

A name settles it; an acronym or a mere topic needs support: the giver in the article, a name elsewhere, or a word of award beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from extract.body import Body
from extract.tokens import Tokens
from store.model.registry import Programme, Registry

_WEIGHT = {"name": 3.0, "acronym": 1.5, "topic": 0.6}
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AFTER = re.compile(
    r"[\s\"”’')(,]*(?:(?:di |pada |untuk )?(?:[Tt]ahun|[Tt]h\.?|TA|[Ee]disi|[Pp]eriode|T\.A\.|[Tt]ahun [Aa]nggaran)\s*"
    r"(?:[Aa]nggaran\s*|\(?TA\)?\s*)?)?((?:19|20)\d\d)\b"
)
_MINIMUM = 1.5
_UNKNOWN = re.compile(
    r"(?:(?:[A-Z][\w'’&-]*|of|for|the|and|dan)\s+){1,7}[Aa]wards?\b(?:\s+(?:19|20)\d\d)?"
    r"|\b(?:[Aa]nugerah|[Pp]enghargaan|[Pp]iala|[Kk]ompetisi|[Ll]omba|[Ff]estival)\s+[“\"]?"
    r"(?:[A-Z][\w'’&/-]*)(?:\s+(?:[A-Z][\w'’&/-]*|dan|di|of|for|the|dalam|untuk|se-))*"
)
_NAMELESS = re.compile(
    r"\b(?P<word>[Pp]enghargaan|PENGHARGAAN|[Aa]nugerah|[Tt]erbaik(?= [Nn]asional)|[Jj]uara(?= [Uu]mum)"
    r"|[Tt]erbaik(?= (?:I|1|[Pp]ertama)\b)|[Aa]presiasi|[Pp]redikat|[Jj]uara)\b"
    r"(?P<what>(?:\s(?!dari\b|oleh\b|yang\b|pada\b|di\b|kepada\b|dengan\b|ini\b|itu\b|tersebut\b|langsung\b"
    r"|diserahkan|diberikan|diterima|karena\b|usai\b)[\w/-]+){1,9})?"
)
_GENERIC = frozenset(("penghargaan anugerah award awards piala kompetisi lomba festival ini itu tersebut dari").split())
_BESIDE_NAMES = _GENERIC | frozenset(("dan di of for the dalam untuk se tahun satu dua tiga empat lima").split())
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Prize:
    """One mention of a programme. `key` is None for a name the registry lacks; `name` is then as printed."""

    start: int
    end: int
    first: int
    last: int
    key: str | None
    strength: str
    name: str
    year: int | None = None
    """A year printed with it ("KIPP 2019")."""
    year_span: tuple[int, int] | None = None
    matter: str | None = None
    """The fullest name an article has for a prize the registry lacks: what its shorter names mean too."""

    def called(self, programme: Programme | None) -> str:
        """What a claim calls it: the official name of a standard programme, else the fullest name that the article has for it."""
        return programme.name if programme and programme.standard else self.name

    @property
    def identity(self) -> str:
        """What tells this prize from another within an article."""
        return self.key or ("penghargaan" if self.strength == "nameless" else self.matter or self.name.lower())


class PrizeFinder:
    """Finds and settles the programmes of one page."""

    def __init__(self, registry: Registry) -> None:
        """Read by this registry."""
        self.registry = registry

    def find(self, tokens: Tokens, full: str, bodies: list[Body], title_end: int) -> tuple[list[Prize], dict[str, float]]:
        """Every mention that means something here, in order, and how well each programme is supported."""
        raw = [item for item in self._longest(tokens) if not _inside_a_body(item, bodies)]
        score = self._support(tokens, raw, bodies, title_end)
        found: list[Prize] = []
        given = {body.key for body in bodies if body.form == "agency"}
        for first, last, keys in raw:
            best = max(keys, key=lambda item: (score.get(item[0], 0.0), _WEIGHT[item[1]]))
            for key, strength in keys:
                programme = self.registry.programmes[key]
                beside = any(organiser.agency in given for organiser in programme.organisers)
                if ((key, strength) == best or beside) and score.get(key, 0.0) >= _MINIMUM and (beside or not self._lost(key, score)):
                    found.append(self._prize(tokens, full, first, last, key, strength, programme.name))
        found = self._as_printed(full, found)
        found += self._unknown(tokens, full, found)
        if not any(prize.key for prize in found):
            found += self._nameless(tokens, full, found)
        return sorted(found, key=lambda prize: prize.start), score

    def _as_printed(self, full: str, found: list[Prize]) -> list[Prize]:
        """Programmes of our own by the longest of their names that the page prints; official where it prints an acronym only."""
        names: dict[str, str] = {}
        for prize in found:
            if prize.key and prize.strength == "name" and not self.registry.programmes[prize.key].standard:
                printed = _closed(full, prize)
                names[prize.key] = max(names.get(prize.key, ""), printed, key=len)
        return [replace(prize, name=names.get(prize.key or "", prize.name)) for prize in found]

    def _nameless(self, tokens: Tokens, full: str, found: list[Prize]) -> list[Prize]:
        """An award that nobody names: the word itself, where the article has none that is known."""
        matches = [m for m in _NAMELESS.finditer(full) if not any(prize.start <= m.start() < prize.end for prize in found)]
        phrases = [m.group("what").strip(' ,“"') for m in matches if m.group("what") and len(m.group("what").split()) > 1]
        name = f"penghargaan {max(phrases[:4], key=len)}" if phrases else "penghargaan"
        return [
            self._prize(tokens, full, tokens.index(m.start()), tokens.index(m.start("word")) + 1, None, "nameless", name)
            for m in matches[:12]
        ]

    def _longest(self, tokens: Tokens) -> list[tuple[int, int, list[tuple[str, str]]]]:
        """Non-overlapping cue matches, the longest first, with every programme that uses those words."""
        spans: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
        for first, hits in tokens.known.items():
            for last, label, key in hits:
                if label == "PROGRAMME":
                    programme, strength = key.split(":")
                    if strength != "acronym" or self._spelt_as_acronym(tokens, first, last):
                        spans[first, last].append((programme, strength))
        kept: list[tuple[int, int, list[tuple[str, str]]]] = []
        taken: set[int] = set()
        for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if taken.isdisjoint(range(first, last)):
                taken.update(range(first, last))
                kept.append((first, last, spans[first, last]))
        return sorted(kept)

    @staticmethod
    def _spelt_as_acronym(tokens: Tokens, first: int, last: int) -> bool:
        """Acronyms count where they are printed with a capital."""
        return any(char.isupper() for text in tokens.texts[first:last] for char in text)

    def _support(
        self, tokens: Tokens, raw: list[tuple[int, int, list[tuple[str, str]]]], bodies: list[Body], title_end: int
    ) -> dict[str, float]:
        """How well each programme is supported by its own words, and by its giver being in the article."""
        given = {body.key for body in bodies if body.form == "agency"}
        score: dict[str, float] = defaultdict(float)
        for first, _, keys in raw:
            for key, strength in keys:
                score[key] += _WEIGHT[strength] * (1.5 if tokens.starts[first] < title_end else 1.0) / (1.0 + 0.5 * score[key])
        for key in list(score):
            programme = self.registry.programmes[key]
            if any(organiser.agency in given for organiser in programme.organisers) or any(
                agency in given for agency in programme.co_organisers
            ):
                score[key] += 1.0
        return score

    def _lost(self, key: str, score: dict[str, float]) -> bool:
        """Whether a rival is far better supported."""
        own = score[key]
        return own < 3.0 and any(score.get(rival, 0.0) > 2 * own for rival in self.registry.programmes[key].rivals)

    def _prize(self, tokens: Tokens, full: str, first: int, last: int, key: str | None, strength: str, name: str) -> Prize:
        start, end = tokens.starts[first], tokens.end(last)
        year, span = None, None
        match = _YEAR_AFTER.match(full, end)
        inside = _YEAR.search(full, start, end)
        if inside:
            year, span = int(inside.group()), inside.span()
        elif match:
            year, span = int(match.group(1)), match.span(1)
        return Prize(start, end, first, last, key, strength, name, year, span)

    def _unknown(self, tokens: Tokens, full: str, found: list[Prize]) -> list[Prize]:
        """Names of prizes the registry lacks: capitalised words around a word of award."""
        taken = [(prize.start, prize.end) for prize in found]
        extra: list[Prize] = []
        for match in _UNKNOWN.finditer(full):
            start, end = match.span()
            start += _headline_words(tokens, full, start, end)
            words = [word for word in full[start:end].lower().split() if word not in _GENERIC and not _YEAR.fullmatch(word)]
            if (
                not words
                or words[0] in ("khusus", "terbaik", "kategori", "bidang")
                or "\n" in match.group()
                or any(start < right and left < end for left, right in taken)
            ):
                continue
            first, last = tokens.index(start), tokens.index(end - 1) + 1
            extra.append(self._prize(tokens, full, first, last, None, "unknown", full[start:end].strip()))
        return _by_matter(extra)


def _closed(full: str, prize: Prize) -> str:
    """A name as printed, with the bracket that the matcher does not reach for: "Anugerah Media Humas (AMH)"."""
    printed = " ".join(full[prize.start : prize.end].split())
    return f"{printed})" if printed.count("(") > printed.count(")") and full[prize.end : prize.end + 1] == ")" else printed


def _by_matter(prizes: list[Prize]) -> list[Prize]:
    """Prizes whose names say the same, or one less than another, are one: "Kotaku Award" and "Dua Piala Kotaku Award 2023"."""
    words = [frozenset(_WORD.findall(prize.name.lower())) - _BESIDE_NAMES for prize in prizes]
    fullest = sorted(set(words), key=lambda item: (-len(item), -words.count(item), sorted(item)))
    matters = {own: next(other for other in fullest if own <= other) for own in fullest}
    return [replace(prize, matter=" ".join(sorted(matters[own])) or None) for prize, own in zip(prizes, words, strict=True)]


def _headline_words(tokens: Tokens, full: str, start: int, end: int) -> int:
    """How many characters of a match are a headline's verb and subject: "Kementerian LHK Raih | Global Landscape Fire Award"."""
    skip = 0
    for at in range(tokens.index(start), tokens.index(end - 1)):
        if any(label == "CUE" and key in ("receive", "passive", "give", "handed", "plan") for _, label, key in tokens.known.get(at, ())):
            skip = tokens.starts[at + 1] - start
    named = re.match(r"(?:[Pp]enghargaan|[Aa]nugerah|[Aa]jang|[Pp]iala)\s(?=.*\b[Aa]wards?\b)", full[start + skip : end])
    return skip + (named.end() if named else 0)


def _inside_a_body(item: tuple[int, int, list[tuple[str, str]]], bodies: list[Body]) -> bool:
    """Whether a mere topic is part of a body's name: "Pekerjaan Umum" in a ministry's."""
    first, last, keys = item
    weak = all(strength != "name" for _, strength in keys)
    return weak and any(body.first <= first and last <= body.last and body.form in ("agency", "unit") for body in bodies)
