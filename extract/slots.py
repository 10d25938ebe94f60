"""The slots of one claim that are read by rule: edition year, category, counts, scope, and the quotation for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extract.candidates import Candidate
from extract.numbers.ranks import FieldMention, find_fields
from extract.results import Result, place_of
from extract.scene import Scene
from extract.scorer import Scorer
from extract.years import YearOption
from store.model.records import Evidence, Flag
from store.model.registry import Programme

_SCOPE = re.compile(
    r"(?:tingkat\s(?P<a>nasional|provinsi(?:\s[A-Z]\w+(?:\s[A-Z]\w+)?)?|kabupaten/kota|internasional|dunia|ASEAN)|(?P<b>se-?\s?[A-Z]\w+(?:\s[A-Z]\w+)?)|secara\s(?P<c>nasional)|(?P<d>nasional)\b)"
)
_JUDGED = re.compile(
    r"(?:di|me|pe)(?:nilai|survei|ukur|evaluasi|seleksi)|peserta|(?:di|meng)ikuti|bersaing|mengalahkan|menyisihkan", re.IGNORECASE
)


@dataclass
class Draft:
    """A claim in the making: values, their quotations, their flags."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    likely: dict[str, float] = field(default_factory=dict)
    """The scorer's probability of the values it chose."""

    def put(self, scene: Scene, name: str, value: Any, start: int, end: int) -> None:
        """Fill a slot and quote the words it was read from."""
        self.values[name] = value
        self.quote(scene, name, start, end)

    def drop(self, name: str) -> None:
        """Take a slot back, with its quotations."""
        self.values.pop(name, None)
        self.evidence = [item for item in self.evidence if item.field != name]

    def quote(self, scene: Scene, name: str, start: int, end: int) -> None:
        """Quote the words for a slot, once each."""
        item = scene.page.where(start, end, name)
        if item not in self.evidence:
            self.evidence.append(item)


def edition_year(scene: Scene, options: list[YearOption], scorer: Scorer, draft: Draft) -> None:
    """The one year printed with the prize, else the likeliest on offer, with the words it was read or inferred from."""
    if options:
        named = [option for option in options if option.features["with_prize"] == 1.0 and option.features.get("clean")]
        rows = named or options
        likely = scorer.probabilities("year", [option.features for option in rows])
        pick = rows[likely.index(max(likely))]
        if pick.inferred:
            draft.flags.add("year_inferred")
        draft.put(scene, "edition_year", pick.year, *pick.span)
        draft.likely["edition_year"] = max(likely)


def counts(scene: Scene, candidate: Candidate, alone: bool, draft: Draft) -> None:
    """How often and how often in a row, told in a sentence of this body or in an article about it alone."""
    told = {mention.sentence for mention in candidate.mentions}
    for item in scene.counts:
        sentence = scene.sentence_at(item.start)
        if sentence is None or item.weak or _of_the_round(scene, item.end) or not (sentence in told or alone):
            continue
        name = "count_total" if item.kind == "total" else "count_streak"
        if name not in draft.values and item.value > 1:
            draft.put(scene, name, item.value, item.start, item.end)
    if draft.values.get("count_streak", 0) > draft.values.get("count_total", 10**6):
        draft.drop("count_total")  # a streak cannot be longer than all: the smaller number counts something else


def _of_the_round(scene: Scene, end: int) -> bool:
    """Whether a count is of the rounds held, not of the times won: "kedua kali dilaksanakan"."""
    return re.match(r"\s(?:di)?(?:laksana|selenggara|gelar|ada)\w*", scene.page.full[end : end + 24]) is not None


def field_size(scene: Scene, result: Result, draft: Draft) -> None:
    """Out of how many: printed with the place or group, or with the same group told again ("30 terbaik dari 187")."""
    number = re.search(r"\d+|$", str(result.value)).group()  # type: ignore[union-attr]
    again = [
        other
        for other in scene.results
        if other.slot == result.slot and other.rank_of and re.search(rf"\b{number or 'x'}\b", str(other.value))
    ]
    for other in (result, *again):
        if other.rank_of and other.rank_of >= int(number or 1):
            draft.put(scene, "rank_of", other.rank_of, *(other.of_span or (other.start, other.end)))
            return
    sentence = scene.sentence_at(place_of(result)) if result.slot == "rank" else None
    if sentence is not None:
        bounds = scene.sentence(sentence)
        told = [f for f in find_fields(scene.page.text(bounds)) if f.count >= int(result.value)]
        if len(told) == 1:  # "Dari 415 kabupaten, Sumedang … peringkat kedua"
            draft.put(scene, "rank_of", told[0].count, bounds.start + told[0].start, bounds.start + told[0].end)
            return
    once = _field_told_once(scene) if result.slot == "rank" else None
    if once is not None:
        draft.put(scene, "rank_of", once.count, once.start, once.end)


@lru_cache(maxsize=2)
def _field_told_once(scene: Scene) -> FieldMention | None:
    """How many were judged, where an article says it of all its places: one number, which none of them is beyond."""
    fields = [item for item in find_fields(scene.page.full) if _judged(scene, item.start)]
    last = max((int(result.value) for result in scene.results if result.slot == "rank"), default=0)
    return fields[0] if len({item.count for item in fields}) == 1 and fields[0].count >= last else None


def _judged(scene: Scene, at: int) -> bool:
    """Whether a sentence that counts bodies says that they were judged, and not who came: "dihadiri inspektur dari sembilan kabupaten"."""
    sentence = scene.sentence_at(at)
    if sentence is None:
        return False
    told = _JUDGED.search(scene.page.text(scene.sentence(sentence)))
    return told is not None or any(scene.within(scene.prizes, sentence))


def step_name(scene: Scene, result: Result) -> str | float:
    """A step as printed, but by its letter where the article prints that too: "kategori A kualitas tertinggi"."""
    letter = result.noun if result.slot == "predicate" else ""
    printed = any(other.slot == "predicate" and other.programme == result.programme and other.value == letter for other in scene.results)
    return letter if letter and printed else result.value


def group_name(result: Result, programme: Programme | None) -> str:
    """A counted group by its programme's own name ("30 besar" is the contest's "Top 30"), else as printed."""
    text = str(result.value)
    number = re.search(r"\d+", text)
    own = next((tier for tier in programme.tiers if number and tier == f"Top {number.group()}"), None) if programme else None
    return own or text


def scope(scene: Scene, draft: Draft, at: int, end: int) -> None:
    """Among whom a rank is counted, as printed beside it."""
    match = _SCOPE.search(scene.page.full, end, min(len(scene.page.full), end + 60)) or _SCOPE.search(scene.page.full, max(0, at - 40), at)
    if match and "\n" not in scene.page.full[min(match.start(), at) : max(match.end(), end)]:
        name = next(key for key in "abcd" if match.group(key))
        text = re.sub(r"^se-?\s?(?=[A-Z])", "", match.group(name))
        draft.put(scene, "rank_scope", text, match.start(name), match.end(name))


def category(scene: Scene, candidate: Candidate, draft: Draft) -> None:
    """The category as printed, with its words."""
    if candidate.category:
        draft.put(scene, "category", candidate.category.name, candidate.category.start, candidate.category.end)
