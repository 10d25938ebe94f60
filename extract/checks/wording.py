"""How the sentences of a claim speak: of something hoped for or heard, or of something before the news.

A claim is judged by every sentence that tells it. One that states it plainly, a headline among them, clears all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks.finding import Places, Raised, spans
from extract.results import Result, place_of
from extract.scene import Cue, Scene
from store.model.records import Claim

_DEEDS = ("receive", "passive", "handed")
_ABOUT = re.compile(
    r"\b(?:di kisaran|kisaran|sekitar|kira-kira|kurang lebih|mendekati|hampir|nyaris)\s(?:angka\s|nilai\s|skor\s)?$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.,])(?:199|20[0-3])\d(?![\d.,]*\d)")
_NO_ROUND = re.compile(
    r"\b(?:sejak|semenjak|seperti|sama dengan|dibanding\w*|daripada|Nomor|No\.?|UU|PP|Perpres|Peraturan|Keputusan)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
_BEFORE_IT = 3
"""Tokens before "tahun lalu" in which a result belongs to it: "B tahun lalu"."""
_LOOK = 40
_BESIDE = 12
"""Tokens between a year and what happened in it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that tells a claim, in tokens: where it begins and ends, names the body, and has named all it tells."""

    sentence: int
    first: int
    last: int
    body: int
    until: int
    """Where body and result, or prize where no result is told, have both been named."""
    result: Result | None


def wordings(scene: Scene, claim: Claim, places: Places) -> Iterator[Raised]:
    """`hedged` and `background`, where no sentence of the claim speaks otherwise."""
    yield from _approximate(scene, claim)
    tellings = _tellings(scene, claim, places)
    hedges = [_hedge(scene, telling) for telling in tellings]
    if hedges and all(hedges):
        yield _quoting(scene, "hedged", "told only with", hedges[0])
    else:
        past = [_earlier(scene, telling, claim) for telling in tellings]
        if past and all(past):
            yield _quoting(scene, "background", "told only with", past[0])


def _quoting(scene: Scene, flag: str, why: str, span: tuple[int, int] | None) -> Raised:
    start, end = span or (0, 0)
    return Raised(flag, f"{why} “{scene.page.full[start:end]}”", span)  # type: ignore[arg-type]


def _approximate(scene: Scene, claim: Claim) -> Iterator[Raised]:
    """A score that is only told about: "di kisaran 86"."""
    for start, _ in spans(scene, claim, "score") if claim.score is not None else ():
        about = _ABOUT.search(scene.page.full, max(0, start - _LOOK), start)
        if about:
            yield Raised(
                "hedged", f"the score is told with “{about.group().strip()}”", (about.start(), about.start() + len(about.group().rstrip()))
            )
            return


# --- the sentences of a claim --------------------------------------------------------------------------------------


def _tellings(scene: Scene, claim: Claim, places: Places) -> list[Telling]:
    """The sentence that the claim quotes for its body, and every other that names the body with its result or its prize and a deed."""
    quoted = {scene.sentence_at(start) for start, _ in spans(scene, claim, "recipient")} - {None}
    out: dict[int, Telling] = {}
    for mention in places.bodies.get(claim.recipient_key or claim.recipient_name, ()):
        if mention.sentence in out:
            continue
        bounds = scene.sentence(mention.sentence)
        first, last = scene.tokens.index(bounds.start), scene.tokens.index(bounds.end)
        result = places.told(mention.sentence, claim)
        prize = next((p for p in reversed(scene.within(scene.prizes, mention.sentence)) if p.key == claim.programme), None)
        if result or mention.sentence in quoted or (prize and scene.cues_in(first, last, *_DEEDS)):
            body, other = mention.body.first, place_of(result) if result else prize.start if prize else mention.body.start
            out[mention.sentence] = Telling(mention.sentence, first, last, body, max(body, scene.tokens.index(other)), result)
    return [out[sentence] for sentence in sorted(out)]


# --- hoped for, heard of -------------------------------------------------------------------------------------------


def _hedge(scene: Scene, telling: Telling) -> tuple[int, int] | None:
    """The words of hope or hearsay before body or result, where nothing after them says that it happened."""
    for cue in reversed(scene.cues_in(telling.first, telling.until, "hedge")):
        if not scene.cues_in(cue.last, telling.until, "now", "done"):
            return _span(scene, cue)
    return None


# --- before the news -----------------------------------------------------------------------------------------------


def _earlier(scene: Scene, telling: Telling, claim: Claim) -> tuple[int, int] | None:
    """The words that put a sentence before the news: "tahun lalu", "pernah", or only years before the claim's own."""
    until = telling.until
    for cue in scene.cues_in(telling.first, until, "earlier"):
        denied = scene.cues_in(cue.first - 1, cue.first, "negate") or scene.cues_in(cue.last, cue.last + 2, "negate")
        if not (denied or _aside(scene, cue, until) or scene.cues_in(cue.last, until, "now")) and _governs(scene, telling, cue):
            return _span(scene, cue)
    return _earlier_year(scene, telling, claim, until)


def _aside(scene: Scene, cue: Cue, until: int) -> bool:
    """Whether "tahun lalu" stands in an aside that is closed before the news: "Solok, yang tahun lalu gugur, meraih …"."""
    return scene.tokens.word(cue.first - 1) == "yang" and "," in scene.tokens.words[cue.last : until]


def _governs(scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Whether "tahun lalu" is said of the claim's result: the first of its kind after it, or the last before it with the body behind."""
    if telling.result is None:
        return cue.last <= telling.until
    own = scene.tokens.index(place_of(telling.result))
    places = [
        scene.tokens.index(place_of(other))
        for other in scene.within(scene.results, telling.sentence)
        if other.slot == telling.result.slot and other.programme == telling.result.programme
    ]
    later = [at for at in places if at >= cue.last]
    if own < cue.first:
        return own == max(at for at in places if at < cue.first) and cue.last <= telling.body and not any(at < telling.body for at in later)
    return bool(later) and later[0] == own and not any(cue.first - _BEFORE_IT <= at < cue.first for at in places)


def _earlier_year(scene: Scene, telling: Telling, claim: Claim, until: int) -> tuple[int, int] | None:
    """The year of a sentence that prints none but years before the claim's, near what it tells and with no "kini" before that."""
    bounds, full = scene.sentence(telling.sentence), scene.page.full
    years = list(_YEAR.finditer(full, bounds.start, bounds.end))
    if claim.edition_year is None or scene.cues_in(telling.first, until, "now") or any(int(m[0]) >= claim.edition_year for m in years):
        return None
    for match in years:
        counted = _NO_ROUND.search(full, max(bounds.start, match.start() - _LOOK), match.start())
        if not counted and abs(scene.tokens.index(match.start()) - until) <= _BESIDE:
            return match.span()
    return None


def _span(scene: Scene, cue: Cue) -> tuple[int, int]:
    return scene.tokens.starts[cue.first], scene.tokens.end(cue.last)
