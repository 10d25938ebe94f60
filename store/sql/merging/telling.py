"""One claim as merging sees it, and when two of them say the same result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from store.model.keys import fold

EVENT_DAYS = 3
"""Two printed days of one ceremony lie this close: an evening and the day after, a misprint."""
NEWS_DAYS = 30
"""News of a result appears within so many days of it, or of other news of it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim with what is known of its article.

    `entity` is the recipient after same-as decisions; `resolved` says whether it is certain. An unresolved name that could be
    a misspelling of one body has that body in `entity` and its own in `own_entity`. `values` holds every shown field.
    """

    key: str
    identity_key: str
    article: str
    story: str
    outlet: str
    official: bool
    published: date | None
    shown: date
    programme: str
    entity: str
    own_entity: str
    resolved: bool
    year: int | None
    category: str | None
    innovation: str | None
    giver: str | None
    background: bool
    confidence: float
    reader: str
    values: Mapping[str, Any] = field(repr=False)
    field_confidence: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def event(self) -> date | None:
        """The printed day of the award or announcement."""
        found: date | None = self.values["event_date"]
        return found

    @property
    def day(self) -> date | None:
        """The best day known: the event's, else the publication's."""
        return self.event or self.published


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What merging needs to know of a programme; the defaults stand for one that the registry lacks."""

    name: str | None = None
    kind: str | None = None
    year_offset: int = 0
    year_turns: int = 0
    steps: Mapping[str, str] = field(default_factory=dict)
    """Folded spelling of a step to its name."""

    def expected_year(self, day: date) -> int:
        """The edition year that a result given on `day` usually belongs to."""
        return day.year - self.year_offset - (1 if day.month <= self.year_turns else 0)


def word(text: str) -> str:
    """A predicate for comparison: signs kept, for A and A- are two marks."""
    return " ".join(text.lower().replace("(", " ").replace(")", " ").split())


def step(facts: ProgrammeFacts, predicate: str) -> str:
    """The predicate as the programme's scale names it, or folded where it is on no scale."""
    return facts.steps.get(word(predicate), word(predicate))


def decimals(score: float) -> int:
    """Decimals of a score as printed."""
    text = repr(score)
    return len(text.partition(".")[2].rstrip("0")) if "e" not in text else 0


def same_score(one: float, other: float) -> bool:
    """Whether the less precise score is the other one rounded, or cut."""
    places = min(decimals(one), decimals(other))
    if places == max(decimals(one), decimals(other)):
        return one == other
    finer, coarser = (one, other) if decimals(one) > places else (other, one)
    return abs(finer - coarser) < 10.0**-places


def compare(one: Telling, other: Telling, facts: ProgrammeFacts) -> tuple[int, int]:
    """On how many parts of the result two claims agree, and on how many they differ."""
    verdicts: list[bool] = []
    left, right = one.values, other.values
    if left["predicate"] and right["predicate"]:
        verdicts.append(step(facts, left["predicate"]) == step(facts, right["predicate"]))
    if left["tier"] and right["tier"]:
        verdicts.append(fold(left["tier"]) == fold(right["tier"]))
    if left["score"] is not None and right["score"] is not None and _alike(left["score_unit"], right["score_unit"]):
        verdicts.append(same_score(left["score"], right["score"]))
    if left["rank"] and right["rank"] and _alike(left["rank_scope"], right["rank_scope"]):
        verdicts.append(left["rank"] == right["rank"])
    return sum(verdicts), len(verdicts) - sum(verdicts)


def agree(one: Telling, other: Telling, facts: ProgrammeFacts) -> bool:
    """Whether two claims tell the same result: something in common and nothing against it."""
    same, different = compare(one, other, facts)
    return same > 0 and different == 0


def contradict(one: Telling, other: Telling, facts: ProgrammeFacts) -> bool:
    """Whether two claims cannot both be right about one result."""
    return compare(one, other, facts)[1] > 0


def near(one: Telling, other: Telling) -> bool:
    """Whether two claims may be news of one event by their days."""
    if one.event and other.event:
        return abs(one.event - other.event) <= timedelta(days=EVENT_DAYS)
    if one.day is None or other.day is None:
        return False
    return abs(one.day - other.day) <= timedelta(days=NEWS_DAYS)


def _alike(one: str | None, other: str | None) -> bool:
    return not one or not other or fold(one) == fold(other)
