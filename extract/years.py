"""Which year a claim is about: every year the article offers, described for the scorer, and the one that the ceremony's date implies."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extract.dates import DateMention
from extract.scene import Scene

if TYPE_CHECKING:
    from extract.candidates import Candidate

Features = dict[str, float]

_EARLIER = re.compile(
    r"\b(?:sejak|semenjak|dari|dibanding(?:kan)?|sama seperti|sebelumnya|hingga|sampai|mulai|terakhir|lalu|pernah|antara|Nomor|No\.?|UU|PP|"
    r"Perpres|Peraturan|Keputusan|menjadi|target\w*|menuju|pada)\s(?:\S+\s){0,2}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:dibanding\w*|sejak|sama seperti|sebelumnya|tahun lalu|pernah|silam|semula|naik dari|turun dari|UU|Nomor)\b", re.IGNORECASE
)
_ANNUAL = re.compile(
    r"(?:Tahun Anggaran|TA|T\.A\.|LKPD|LKKL|kinerja|penilaian|evaluasi|hasil|survei|laporan)\s(?:\S+\s){0,2}$", re.IGNORECASE
)
_BEFORE = 48
_EARLIEST, _LATEST_UNDATED = 1980, 2030


@dataclass(frozen=True, slots=True)
class YearOption:
    """One year a claim may be about; `span` is where it is printed, or what it was inferred from."""

    year: int
    span: tuple[int, int]
    inferred: bool
    features: Features


def year_options(scene: Scene, candidate: Candidate, event: DateMention | None) -> list[YearOption]:
    """Every year that is printed with the programme or anywhere else, and the one its rule takes from the day of the event."""
    programme = candidate.programme
    day = event.day if event and event.day else scene.page.article.published_on or _any_day(scene)
    implied = (programme.edition_year_on(day) if programme else day.year) if day else None
    implied = implied if implied is not None and _plausible(scene, implied) else None  # "17 Agustus 1945" is no ceremony
    spans, with_prize = _printed(scene, candidate)
    printed = list(spans)
    if implied is not None:
        spans.setdefault(implied, [])
    inferred_from = (event.start, event.end) if event else (candidate.prize.start, candidate.prize.end)
    out = []
    for year, places in sorted(spans.items()):
        features = _of_the_year(year, implied, day, programme is not None)
        features |= {
            "with_prize": with_prize[year] / max(1, sum(with_prize.values())),
            "any_with_prize": float(with_prize[year] > 0),
            "prize_dated": float(any(with_prize.values())),
            "options": min(len(spans), 5) / 5,
            "times": min(len(places), 4) / 4,
            "latest": float(year == max(spans)),
            "newest_printed": float(year == max(printed, default=0)),
        }
        out.append(YearOption(year, places[0] if places else inferred_from, not places, features | _places(scene, candidate, places)))
    return out


def _printed(scene: Scene, candidate: Candidate) -> tuple[dict[int, list[tuple[int, int]]], dict[int, int]]:
    """Where each year stands, those printed with the prize first, and how often each is printed with it."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with_prize: dict[int, int] = defaultdict(int)
    for prize in scene.prizes:
        if prize.year and prize.year_span and prize.identity == candidate.prize.identity and _plausible(scene, prize.year):
            with_prize[prize.year] += 1
            spans[prize.year].append(prize.year_span)
    for item in scene.dates:
        alone = item.precision == "year" and not item.relative
        if alone and item.year and _plausible(scene, item.year) and (item.start, item.end) not in spans[item.year]:
            spans[item.year].append((item.start, item.end))
    return {year: places for year, places in spans.items() if places}, with_prize


def _of_the_year(year: int, implied: int | None, day: date | None, known: bool) -> Features:
    """How a year lies to the event and to what the programme's rule makes of it."""
    return {
        "bias": 1.0,
        "implied": float(year == implied),
        "after_implied": float(implied is not None and year > implied),
        "year_before_implied": float(implied is not None and year == implied - 1),
        "long_before_implied": float(implied is not None and year < implied - 1),
        "event_year": float(day is not None and year == day.year),
        "year_before_event": float(day is not None and year == day.year - 1),
        "lag": float(known and day is not None and implied != day.year),
        "known_programme": float(known),
    }


def _places(scene: Scene, candidate: Candidate, places: list[tuple[int, int]]) -> Features:
    """What stands around a year wherever it is printed: the pooled best."""
    told = {mention.sentence for mention in candidate.mentions}
    best = candidate.best.sentence if candidate.best else -1
    out: Features = defaultdict(float)
    for start, end in places:
        sentence = scene.sentence_at(start)
        if sentence is None:
            continue
        bounds = scene.sentence(sentence)
        before = scene.page.full[max(bounds.start, start - _BEFORE) : start]
        own = [prize for prize in scene.within(scene.prizes, sentence) if prize.identity == candidate.prize.identity]
        row = {
            "in_title": float(bounds.kind == "title"),
            "in_lead": float(0 < bounds.index <= 2),
            "here": float(sentence == best),
            "beside": float(sentence in told),
            "sentence_above": float(sentence == best - 1),
            "heads": float(best >= 0 and scene.sentence(best).head == sentence),
            "clean": float(not _COMPARED.search(before)),
            "here_clean": float(sentence == best and not _COMPARED.search(before)),
            "only_here": float(sentence == best and _alone(scene, sentence)),
            "prize_here": float(sentence == best and any(prize.year_span == (start, end) for prize in own)),
            "earlier": float(bool(_EARLIER.search(before))),
            "annual": float(bool(_ANNUAL.search(before))),
            "quoted": float(scene.page.in_quote(start)),
            "prize_in_sentence": float(bool(own)),
            "result_in_sentence": float(any(r.anchored for r in scene.within(scene.results, sentence))),
            "planned": float(bool(scene.cues_in(max(0, scene.tokens.index(start) - 8), scene.tokens.index(start), "plan"))),
        }
        for name, value in row.items():
            out[name] = max(out[name], value)
    return dict(out)


def _alone(scene: Scene, sentence: int) -> bool:
    """Whether a sentence prints one year only."""
    return len({d.year for d in scene.within(scene.dates, sentence) if d.precision == "year" and not d.relative}) == 1


def _plausible(scene: Scene, year: int) -> bool:
    day = scene.page.article.published_on
    return _EARLIEST <= year <= (day.year + 1 if day else _LATEST_UNDATED)


def _any_day(scene: Scene) -> date | None:
    """A day of the article where nothing says when it was published: its latest full date, else its latest year."""
    days = [item.day for item in scene.dates if item.day and not item.year_inferred]
    if days:
        return max(days)
    years = [item.year for item in scene.dates if item.year and item.year <= _LATEST_UNDATED]
    return date(max(years), 7, 1) if years else None
