"""Who gives a prize: its programme's organiser, else the body that the text says it comes from, else that of who handed it over."""

from __future__ import annotations

import re

from extract.candidates import Candidate
from extract.linking import Entity
from extract.officials import Post
from extract.people import People
from extract.scene import Scene
from extract.slots import Draft
from store.model.registry import Agency, Programme, Registry

_PRIVATE = re.compile(
    r"(?:dari|oleh|diselenggarakan|digelar|diadakan|digagas)\s(?:oleh\s)?(?:majalah\s|media\s|harian\s)?(?P<name>(?:[A-Z][\w.&'’-]*)(?:\s(?:[A-Z][\w.&'’-]*|dan|of)){0,6})"
)
_FROM = re.compile(r"\b(?:dari|oleh|versi)\s(?:\w+\s)?$")
_REACH = 40
_AGENT = 2
"""Tokens between a passive and who does it: "diganjar KPP Pratama"."""
Told = tuple[Entity, int, int]
"""A body, and the words that name it."""


def giver(
    scene: Scene, candidate: Candidate, registry: Registry, people: People, presenter: tuple[Post, Entity] | None, draft: Draft
) -> None:
    """Fill in who gives, with the words that say so."""
    programme = candidate.programme
    if programme and programme.organisers:
        _organiser(scene, candidate, registry, programme, draft)
        return
    for sentence in _sentences(scene, candidate):
        told = _from_whom(scene, people, candidate, sentence) or _by_whom(scene, people, candidate, sentence)
        if told:
            _put(scene, draft, told)
            return
        bounds = scene.sentence(sentence)
        match = _PRIVATE.search(scene.page.full, bounds.start, bounds.end)
        if match and len(match.group("name")) > 3 and not _official(scene, match.start("name"), match.end("name")):
            name = match.group("name").rstrip(".")
            draft.put(scene, "giver", name, match.start("name"), match.start("name") + len(name))
            return
    if presenter and presenter[1].identity != candidate.entity.identity:
        _put(scene, draft, (presenter[1], presenter[0].start, presenter[0].end))


def _put(scene: Scene, draft: Draft, told: Told) -> None:
    entity, start, end = told
    draft.put(scene, "giver", entity.name, start, end)
    draft.values["giver_key"] = entity.key


def _organiser(scene: Scene, candidate: Candidate, registry: Registry, programme: Programme, draft: Draft) -> None:
    """The organiser of the edition's year, by the name that it bore on the article's day."""
    agency = registry.agencies.get(programme.organiser_in(draft.values.get("edition_year")) or "")
    if agency is None:
        return
    agency = _of_its_day(scene, registry, agency)
    printed = next((m for m in scene.mentions if m.entity.key == agency.key), None)
    span = (printed.body.start, printed.body.end) if printed else (candidate.prize.start, candidate.prize.end)
    draft.put(scene, "giver", agency.name, *span)
    draft.values["giver_key"] = agency.key


def _of_its_day(scene: Scene, registry: Registry, agency: Agency) -> Agency:
    """An agency, or the one that followed it where it was gone on the article's day."""
    day = scene.page.article.published_on
    if agency.existed_on(day):
        return agency
    followers = (registry.agencies[key] for key in agency.successors if key in registry.agencies)
    return next((follower for follower in followers if follower.existed_on(day)), agency)


def _sentences(scene: Scene, candidate: Candidate) -> list[int]:
    """Where a giver may be told: with the prize, then with the body."""
    told = dict.fromkeys([scene.sentence_at(candidate.prize.start), *(mention.sentence for mention in candidate.mentions)])
    return [sentence for sentence in told if sentence is not None]


def _from_whom(scene: Scene, people: People, candidate: Candidate, sentence: int) -> Told | None:
    """The body, or that of the official, behind "dari" or "oleh"."""
    bounds = scene.sentence(sentence)
    for post in scene.posts:
        if bounds.start <= post.start < bounds.end and _FROM.search(scene.page.full, max(bounds.start, post.start - _REACH), post.start):
            body = people.agency(post)
            if body and body.identity != candidate.entity.identity:
                return body, post.start, post.end
    for mention in scene.mentions_in(sentence):
        if mention.body.preposition in ("dari", "oleh") and mention.entity.identity != candidate.entity.identity:
            return mention.entity, mention.body.start, mention.body.end
    return None


def _by_whom(scene: Scene, people: People, candidate: Candidate, sentence: int) -> Told | None:
    """The body right behind a passive: "diganjar KPP Pratama", "diapresiasi Menteri PPPA"."""
    for mention in scene.mentions_in(sentence):
        first = mention.post.first if mention.post else mention.body.first
        passive = scene.cues_in(max(0, first - _AGENT - 1), first, "passive")
        body = people.agency(mention.post) if mention.post else mention.entity
        if passive and body and body.identity != candidate.entity.identity and first - passive[-1].last < _AGENT:
            return body, mention.body.start, mention.body.end
    return None


def _official(scene: Scene, start: int, end: int) -> bool:
    """Whether words that may name a private giver name an official or a public body."""
    posts = any(post.start < end and start < post.end for post in scene.posts)
    return posts or any(body.start < end and start < body.end for body in scene.bodies)
