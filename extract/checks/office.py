"""Whether an official held the post on the day, where the registry is sure of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz

from extract.checks.finding import Raised, spans
from extract.names import same_name
from extract.officials import Post
from extract.scene import Scene
from store.model.records import Claim, Person
from store.model.registry import Holder

_SIDES = ("presented_by", "received_by", "addressed_to")
_SHARED = ("Wakil Menteri", "Wakil Ketua", "Anggota", "Komisioner")  # posts that several hold at a time
_SAME = 0.8
_MONTH, _YEAR = timedelta(days=31), timedelta(days=366)
"""How far outside a tenure a day must lie: one that a second source confirmed is right to the week, one from memory to the year."""
_ALIKE = 65
"""Likeness of two names (per cent) from which the one may be the other misspelt or shortened."""


def not_in_office(scene: Scene, claim: Claim, holders: Mapping[str, Sequence[Holder]]) -> Iterator[Raised]:
    """Officials of a claim who were not in their post on its day, the day of publication where none is told.

    A tenure that a second source confirmed decides alone. An unconfirmed one must miss the day by a year, and the registry must know who
    was in office instead. A name the registry lacks counts only against a confirmed holder, and never for somebody acting.
    """
    day = claim.event_date or scene.page.article.published_on
    if day is None:
        return
    for side in _SIDES:
        person: Person | None = getattr(claim, side)
        if person is None or person.name is None or person.position is None or person.position not in holders:
            continue
        post = _printed(scene, claim, side)
        if post is None or not post.former:
            why = _doubt(person.name, day, holders[person.position], acting=post is not None and post.acting is not None)
            if why:
                yield Raised("not_in_office", f"{side}: {person.name} was not {person.position} on {day}: {why}")


def _doubt(name: str, day: date, holders: Sequence[Holder], *, acting: bool) -> str | None:
    """Why the registry doubts that somebody held a post on a day; None where it does not, or cannot know."""
    own = [holder for holder in holders if name in (holder.name, *holder.spellings) or same_name(name, holder.name).score >= _SAME]
    others = [holder for holder in holders if holder not in own and _covers(holder, day)]
    if own:
        sure = all(holder.verified for holder in own)
        if any(_covers(holder, day, wider=_MONTH if sure else _YEAR) for holder in own) or not (sure or others):
            return None
        return "; ".join(_tenure(holder) for holder in (*own, *others))
    if not others or acting or any(not holder.verified or not _covers(holder, day, wider=-_MONTH) for holder in others):
        return None
    if others[0].position.startswith(_SHARED) or any(_alike(name, holder) for holder in others):
        return None
    return "; ".join(_tenure(holder) for holder in others)


def _covers(holder: Holder, day: date, wider: timedelta = timedelta(0)) -> bool:
    """Whether a tenure, made longer at both ends, holds a day; an open end holds everything."""
    return (holder.since is None or holder.since - wider <= day) and (holder.until is None or day <= holder.until + wider)


def _alike(name: str, holder: Holder) -> bool:
    """Whether a name may be a holder's after all, misspelt or shortened: alike as a whole, or in one word."""
    words = {word.strip(".,").lower() for word in name.split() if len(word) > 3}
    known = [holder.name, *holder.spellings]
    return any(
        fuzz.ratio(name.lower(), other.lower()) >= _ALIKE or words & {word.strip(".,").lower() for word in other.split()} for other in known
    )


def _tenure(holder: Holder) -> str:
    """A tenure in words, with how sure it is."""
    sure = "confirmed" if holder.verified else "unconfirmed"
    return f"{holder.name} held it from {holder.since or '?'} to {holder.until or 'now'} ({sure})"


def _printed(scene: Scene, claim: Claim, side: str) -> Post | None:
    """The post as printed that a person of the claim was read from."""
    starts = {start for start, _ in spans(scene, claim, side)}
    return next((post for post in scene.posts if post.start in starts), None)
