"""The document frame: everything found on a page, each mention in its sentence, its list and its company."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import TypeVar

from extract.bodies import BodyFinder
from extract.body import Body
from extract.boilerplate import mask
from extract.company import coordinated, heading_hint, heads_brackets, in_dateline, says_where, settled_by_company
from extract.dates import DateMention, find_dates
from extract.heads import heads_alone
from extract.holders import settle_holders
from extract.layout import Page, Sentence, lay_out
from extract.linking import Entity, Linker
from extract.names import same_name
from extract.numbers.counts import CountMention, find_counts
from extract.officials import Post, PostFinder
from extract.pipeline import make_pipeline
from extract.prizes import Prize, PrizeFinder
from extract.renowned import Renowned
from extract.results import Category, Result, find_categories, find_results
from extract.sequences import ranks_by_order
from extract.tokens import Tokens
from extract.two_posts import shared_out
from store.model.records import Article
from store.model.registry import Registry

_SAME = 0.8
_NEAR = 5
"""Sentences back in which a unit's own government may stand: "Kabupaten Kupang … Dinas Kesehatan"."""
_LOCAL = ("kabupaten", "kota")


T = TypeVar("T", Prize, Result, Category, DateMention, CountMention, Post, Body)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that carries a sentence, and its class (see resources/patterns/cues.csv)."""

    first: int
    last: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One body in its place: which entity, in which sentence, with whom it is coordinated."""

    body: Body
    entity: Entity
    sentence: int
    group: int
    post: Post | None = None


@dataclass(eq=False)
class Scene:
    """All that was found on one page."""

    page: Page
    tokens: Tokens
    linker: Linker
    bodies: list[Body] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    prizes: list[Prize] = field(default_factory=list)
    support: dict[str, float] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence an offset lies in; None where the text is masked there."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.page.sentences[index].end else None

    def sentence(self, index: int) -> Sentence:
        """The sentence of an index."""
        return self.page.sentences[index]

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First token and one past the last of every sentence."""
        out, at = [], 0
        for sentence in self.page.sentences:
            while at < self.tokens.size and self.tokens.starts[at] < sentence.start:
                at += 1
            first = at
            while at < self.tokens.size and self.tokens.starts[at] < sentence.end:
                at += 1
            out.append((first, at))
        return out

    def within(self, items: list[T], sentence: int) -> list[T]:
        """Those of `items`, which are in the order of the text, that start in a sentence."""
        bounds = self.page.sentences[sentence]
        return items[bisect_left(items, bounds.start, key=_start) : bisect_left(items, bounds.end, key=_start)]

    def mentions_in(self, sentence: int) -> list[Mention]:
        """The mentions of a sentence."""
        first = bisect_left(self.mentions, sentence, key=lambda mention: mention.sentence)
        return self.mentions[first : bisect_right(self.mentions, sentence, first, key=lambda mention: mention.sentence)]

    def cues_in(self, first: int, last: int, *meanings: str) -> list[Cue]:
        """Cues of these classes between two tokens."""
        begun = bisect_left(self.cues, first, key=lambda cue: cue.first)
        until = bisect_left(self.cues, last, begun, key=lambda cue: cue.first)
        return [cue for cue in self.cues[begun:until] if cue.last <= last and cue.meaning in meanings]


def _start(item: T) -> int:
    return item.start


class SceneBuilder:
    """Reads pages with one registry: tokens, bodies, posts, prizes, results, dates."""

    def __init__(self, registry: Registry) -> None:
        """Build the pipeline once."""
        self.registry = registry
        self.nlp = make_pipeline(registry)
        self.bodies = BodyFinder(registry)
        self.posts = PostFinder(registry, self.bodies)
        self.prizes = PrizeFinder(registry)
        self.renowned = Renowned(registry)

    def build(self, article: Article, apart: Sequence[tuple[int, int]] = (), home: str | None = None) -> Scene:
        """Find everything on the page of an article.

        Args:
            article: what to read.
            apart: spans of its text that are read elsewhere (the rows of tables).
            home: code of the region it is about, where more is known than it says.
        """
        page = lay_out(article, [*((item.start, item.end) for item in mask(article.text)), *apart])
        tokens = Tokens(self.nlp(page.full))
        scene = Scene(
            page, tokens, Linker(self.registry, home=home, day=article.published_on), starts=[sentence.start for sentence in page.sentences]
        )
        self._walk(scene)
        scene.posts = shared_out(tokens, page.full, scene.posts, self.posts.names)
        settle_holders(scene)
        scene.cues = _cues(tokens)
        self.renowned.add_to(scene)
        scene.prizes, scene.support = self.prizes.find(tokens, page.full, scene.bodies, len(article.title))
        scene.bodies = [body for body in scene.bodies if not _inside_a_prize(body, scene.prizes)]
        spoken_of = {prize.key for prize in scene.prizes} | {None}
        results = [result for result in find_results(tokens, page.full) if result.programme in spoken_of]
        units = sorted((body.start, body.end) for body in scene.bodies if body.form == "unit")
        scene.results = [result for result in results if result.slot != "score" or not _inside(result, units)]
        scene.categories = find_categories(page.full)
        scene.dates = find_dates(page.full, article.published_on, None if article.published_on else self._year_of_office(scene))
        scene.counts = find_counts(page.full)
        for name in ("prizes", "results", "categories", "dates", "counts"):
            setattr(scene, name, [item for item in getattr(scene, name) if scene.sentence_at(item.start) is not None])
        scene.linker.learn(scene.bodies, len(article.title))
        scene.mentions = self._mentions(scene)
        groups = count(1 + max((mention.group for mention in scene.mentions), default=0))
        heads = [Mention(body, entity, at, next(groups), post) for body, entity, at, post in heads_alone(scene, self.registry)]
        scene.mentions = sorted([*scene.mentions, *heads], key=lambda mention: mention.body.start)
        scene.results = sorted(scene.results + ranks_by_order(scene), key=_start)
        return scene

    def _walk(self, scene: Scene) -> None:
        """Posts first (a post swallows the body of its office), bodies second, nothing twice, nothing masked."""
        tokens, at = scene.tokens, 0
        while at < tokens.size:
            if scene.sentence_at(tokens.starts[at]) is None:
                at += 1
                continue
            post = self.posts.at(tokens, scene.page.full, at, scene.posts[-1] if scene.posts else None)
            if post:
                index = len(scene.posts)
                scene.posts.append(post)
                body = self._branch(post) or self._ministry(tokens, post)
                if body:
                    scene.bodies.append(replace(body, post=index))
                at = max(post.last, at + 1)
                continue
            body = self.bodies.at(tokens, at)
            if body and not self._inside_name(scene, body):
                scene.bodies.append(body)
                at = max(body.last, at + 1)
                continue
            at += 1

    def _year_of_office(self, scene: Scene) -> int | None:
        """A year in which everybody named held the national post the article gives them; for articles without a date."""
        since, until = 0, 9999
        for post in scene.posts:
            position = self.registry.positions[post.key].name
            terms = [
                h for h in self.registry.holders_of.get(position, ()) if post.name and same_name(post.name.name, h.name).score >= _SAME
            ]
            if len(terms) == 1 and terms[0].since:
                since = max(since, terms[0].since.year)
                until = min(until, terms[0].until.year if terms[0].until else until)
        if not since:
            return None
        fits = [year for year in range(since, min(until, since + 6) + 1) if self._weekdays_fit(scene, year)]
        return fits[0] if fits else since

    @staticmethod
    def _weekdays_fit(scene: Scene, year: int) -> bool:
        """Whether every weekday printed with a day and month is right in a year."""
        dated = [
            item
            for item in find_dates(scene.page.full, date(year, 12, 24))
            if item.weekday is not None and item.precision == "day" and item.year_inferred
        ]
        return bool(dated) and all(item.day is not None and item.day.year == year and item.weekday_ok for item in dated)

    def _branch(self, post: Post) -> Body | None:
        """The body of a post; of a post that heads the branch of a national body that branch: "Kapolres Garut" is no Pemkab Garut."""
        unit = self.registry.units.get(self.registry.positions[post.key].unit or "")
        if post.body and unit and unit.parent and post.body.form in ("bare", "level"):
            return replace(post.body, form="unit", key=unit.key)
        return post.body

    def _ministry(self, tokens: Tokens, post: Post) -> Body | None:
        """The body that a minister's short title names by itself: "Mendagri" is the ministry's head and stands for it."""
        agency = self.registry.positions[post.key].agency
        if agency not in self.registry.agencies or post.former:
            return None
        return Body(post.start, post.end, post.first, post.last, "agency", key=agency, reach=post.last)

    @staticmethod
    def _inside_name(scene: Scene, body: Body) -> bool:
        """A bare place inside somebody's name ("Bima Arya") is no body."""
        return any(post.name and post.name.start <= body.start < post.name.end for post in scene.posts[-3:]) and body.form == "bare"

    def _mentions(self, scene: Scene) -> list[Mention]:
        """Resolve every body; a bare name in a list takes its type from its company, then from its heading."""
        found: list[Mention] = []
        spoken_of: Mention | None = None
        group, previous, hint = -1, None, None
        for body in scene.bodies:
            sentence = scene.sentence_at(body.start)
            if sentence is None or in_dateline(scene, body, sentence):
                continue
            if not (previous and coordinated(scene, previous, body)):
                group += 1
                hint = heading_hint(scene, sentence, body)
            post = scene.posts[body.post] if body.post is not None else None
            if body.level and body.form == "level":
                hint = body.level
            level = hint if body.form == "bare" and post is None else (_level_of(post, self.registry) if post else None)
            near = spoken_of.entity.region if spoken_of and spoken_of.sentence >= sentence - _NEAR else None
            entity = scene.linker.entity(body, level, scene.page.full[body.start : body.end], near)
            previous = body
            if entity and post is None and entity.kind in ("provinsi", "kabupaten", "kota"):
                hint = hint or entity.kind
            if entity and not says_where(scene, body, entity, found, sentence):
                found.append(Mention(body, entity, sentence, group, post))
                spoken_of = found[-1] if entity.kind in _LOCAL else spoken_of
        return settled_by_company(scene, [m for i, m in enumerate(found) if not heads_brackets(scene, m, found[i + 1 : i + 2])])


def _inside_a_prize(body: Body, prizes: list[Prize]) -> bool:
    """Whether a village or unit is only part of a programme's name: "Desa Anti Korupsi"."""
    named = (prize for prize in prizes if prize.key and prize.strength == "name")
    return body.form == "unit" and body.post is None and any(p.start <= body.start < p.end and body.start == p.start for p in named)


def _inside(result: Result, units: list[tuple[int, int]]) -> bool:
    """Whether a number is part of a unit's name: "SMPN 5 Kendari"; `units` are their spans, in order."""
    at = bisect_right(units, (result.start, 10**9)) - 1
    return at >= 0 and result.end <= units[at][1]


def _level_of(post: Post | None, registry: Registry) -> str | None:
    kind = registry.positions[post.key].of if post else None
    return kind if kind in ("provinsi", "kabupaten", "kota") else None


def _cues(tokens: Tokens) -> list[Cue]:
    """Every cue, the longest reading at each token; a word of two classes gives two."""
    found = []
    for first in sorted(tokens.known):
        hits = [(last, key) for last, label, key in tokens.known[first] if label == "CUE"]
        if hits:
            longest = max(last for last, _ in hits)
            found += [Cue(first, last, key) for last, key in hits if last == longest]
    return found
