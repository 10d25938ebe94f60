"""Who gives a prize: its programme's organiser, else the body that the text says it comes from, else that of who handed it over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from extract.candidates import Candidate
from extract.linking import Entity
from extract.officials import Post
from extract.people import People
from extract.scene import Scene
from extract.slots import Draft
from store.model.registry import Programme, Registry

_PRIVATE = re.compile(
    r"(?:dari|oleh|diselenggarakan|digelar|diadakan|digagas)\s(?:oleh\s)?"
    r"(?:(?:majalah|media|harian|tabloid|stasiun televisi|NGO|LSM|ormas|organisasi|lembaga|yayasan|komunitas)\s(?:[a-z-]+\s){0,2})?"
    r"(?P<name>(?:[A-Z][\w.&'’-]*)(?:\s(?:[A-Z][\w.&'’-]*|dan|of)){0,6})"
)
_FROM = re.compile(r"\b(?:dari|oleh|versi)\s(?:\w+\s)?$")
_REACH = 40
_BEFORE_VERB = 6
"""Tokens from a body to its verb: "Kementerian Pertanian (Kementan) RI | menobatkan"."""
_AGENT = 2
"""Tokens between a passive and who does it: "diganjar KPP Pratama"."""


@dataclass(frozen=True, slots=True)
class _Giver:
    """Who is told to give, with the words that say so; a private one is known by its name alone."""

    name: str
    key: str | None
    identity: str | None
    start: int
    end: int


def giver(
    scene: Scene, candidate: Candidate, registry: Registry, people: People, presenter: tuple[Post, Entity] | None, draft: Draft
) -> None:
    """Fill in who gives, with the words that say so."""
    programme = candidate.programme
    if programme and programme.organisers:
        _organiser(scene, candidate, registry, programme, draft)
        return
    told = _told(scene, people)
    handed = [_of_body(presenter[1], presenter[0].start, presenter[0].end)] if presenter else []
    for found in (*chain.from_iterable(told[sentence] for sentence in _sentences(scene, candidate)), *handed):
        if found.identity != candidate.entity.identity:
            draft.put(scene, "giver", found.name, found.start, found.end)
            draft.values["giver_key"] = found.key
            return


def _organiser(scene: Scene, candidate: Candidate, registry: Registry, programme: Programme, draft: Draft) -> None:
    """The organiser of the edition's year, by the name that it bore on the article's day."""
    key = registry.organiser_on(programme, draft.values.get("edition_year"), scene.page.article.published_on)
    name = registry.body_name(key)
    if name is None:
        return
    printed = next((m for m in scene.mentions if m.entity.key == key), None)
    span = (printed.body.start, printed.body.end) if printed else (candidate.prize.start, candidate.prize.end)
    draft.put(scene, "giver", name, *span)
    draft.values["giver_key"] = key


def _sentences(scene: Scene, candidate: Candidate) -> list[int]:
    """Where a giver may be told: with the prize, then with the body."""
    told = dict.fromkeys([scene.sentence_at(candidate.prize.start), *(mention.sentence for mention in candidate.mentions)])
    return [sentence for sentence in told if sentence is not None]


@lru_cache(maxsize=2)
def _told(scene: Scene, people: People) -> list[list[_Giver]]:
    """Who is told to give in each sentence of an article, looked for once and not for every claim."""
    return [_in_sentence(scene, people, sentence) for sentence in range(len(scene.page.sentences))]


def _in_sentence(scene: Scene, people: People, sentence: int) -> list[_Giver]:
    """Bodies behind "dari" or "oleh", then those behind a passive, those that give, then a private giver by its name."""
    bodies = [*_from_whom(scene, people, sentence), *_by_whom(scene, people, sentence), *_who_gives(scene, sentence)]
    return [*bodies, *_private(scene, sentence)]


def _from_whom(scene: Scene, people: People, sentence: int) -> Iterator[_Giver]:
    """The bodies of officials behind "dari" or "oleh", then the bodies there."""
    bounds = scene.sentence(sentence)
    for post in scene.posts:
        if bounds.start <= post.start < bounds.end and _FROM.search(scene.page.full, max(bounds.start, post.start - _REACH), post.start):
            body = people.agency(post)
            if body:
                yield _of_body(body, post.start, post.end)
    for mention in scene.mentions_in(sentence):
        if mention.body.preposition in ("dari", "oleh"):
            yield _of_body(mention.entity, mention.body.start, mention.body.end)


def _by_whom(scene: Scene, people: People, sentence: int) -> Iterator[_Giver]:
    """The bodies right behind a passive: "diganjar KPP Pratama", "diapresiasi Menteri PPPA"."""
    for mention in scene.mentions_in(sentence):
        first = mention.post.first if mention.post else mention.body.first
        passive = scene.cues_in(max(0, first - _AGENT - 1), first, "passive")
        if passive and first - passive[-1].last < _AGENT:
            body = people.agency(mention.post) if mention.post else mention.entity
            if body:
                yield _of_body(body, mention.body.start, mention.body.end)


def _who_gives(scene: Scene, sentence: int) -> Iterator[_Giver]:
    """The national bodies right before an active verb of giving: "Kementerian Pertanian menobatkan Jawa Tengah"."""
    for mention in scene.mentions_in(sentence):
        last = mention.body.reach or mention.body.last
        if mention.body.form == "agency" and mention.post is None and scene.cues_in(last, last + _BEFORE_VERB, "give"):
            yield _of_body(mention.entity, mention.body.start, mention.body.end)


def _private(scene: Scene, sentence: int) -> Iterator[_Giver]:
    """Capitalised words behind "dari", "digelar" and their like, where they are no official and no public body."""
    bounds = scene.sentence(sentence)
    match = _PRIVATE.search(scene.page.full, bounds.start, bounds.end)
    if match and len(match["name"]) > 3 and not _official(scene, *match.span("name")):
        name = match["name"].rstrip(".")
        yield _Giver(name, None, None, match.start("name"), match.start("name") + len(name))


def _of_body(body: Entity, start: int, end: int) -> _Giver:
    return _Giver(body.name, body.key, body.identity, start, end)


def _official(scene: Scene, start: int, end: int) -> bool:
    """Whether words that may name a private giver name an official or a public body."""
    posts = any(post.start < end and start < post.end for post in scene.posts)
    return posts or any(body.start < end and start < body.end for body in scene.bodies)
