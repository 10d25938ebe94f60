"""The document frame: everything found on a page, each mention in its sentence, its list and its company."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from extract.bodies import Body, BodyFinder
from extract.boilerplate import mask
from extract.dates import DateMention, find_dates
from extract.layout import Page, Sentence, lay_out
from extract.linking import Entity, Linker, level_hints
from extract.names import same_name
from extract.numbers.counts import CountMention, find_counts
from extract.officials import Post, PostFinder
from extract.pipeline import make_pipeline
from extract.prizes import Prize, PrizeFinder
from extract.results import Category, Result, find_categories, find_results
from extract.sequences import ranks_by_order
from extract.tokens import Tokens
from store.model.records import Article
from store.model.registry import Registry

_CONNECT = frozenset(
    (
        ", ; dan serta & / ( ) - – juga kemudian disusul diikuti oleh lalu nilai skor dengan poin persen % sebesar "
        "selanjutnya berikutnya lainnya : . peringkat posisi urutan pertama kedua ketiga keempat kelima dan masing - "
        "kategori"
    ).split()
)
_MOST_GAP = 9
_SAME = 0.8
_DATELINE_SENTENCES, _DATELINE_START = 3, 25


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


@dataclass
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

    def within(self, items: list[T], sentence: int) -> list[T]:
        """Those of `items` that start in a sentence."""
        bounds = self.page.sentences[sentence]
        return [item for item in items if bounds.start <= item.start < bounds.end]

    def cues_in(self, first: int, last: int, *meanings: str) -> list[Cue]:
        """Cues of these classes between two tokens."""
        return [cue for cue in self.cues if first <= cue.first and cue.last <= last and cue.meaning in meanings]


class SceneBuilder:
    """Reads pages with one registry: tokens, bodies, posts, prizes, results, dates."""

    def __init__(self, registry: Registry) -> None:
        """Build the pipeline once."""
        self.registry = registry
        self.nlp = make_pipeline(registry)
        self.bodies = BodyFinder(registry)
        self.posts = PostFinder(registry, self.bodies)
        self.prizes = PrizeFinder(registry)

    def build(self, article: Article) -> Scene:
        """Find everything on the page of an article."""
        page = lay_out(article, [(item.start, item.end) for item in mask(article.text)])
        tokens = Tokens(self.nlp(page.full))
        scene = Scene(page, tokens, Linker(self.registry), starts=[sentence.start for sentence in page.sentences])
        self._walk(scene)
        scene.cues = _cues(tokens)
        scene.prizes, scene.support = self.prizes.find(tokens, page.full, scene.bodies, len(article.title))
        spoken_of = {prize.key for prize in scene.prizes} | {None}
        scene.results = [result for result in find_results(tokens, page.full) if result.programme in spoken_of]
        scene.categories = find_categories(page.full)
        scene.dates = find_dates(page.full, article.published_on, None if article.published_on else self._year_of_office(scene))
        scene.counts = find_counts(page.full)
        for name in ("prizes", "results", "categories", "dates", "counts"):
            setattr(scene, name, [item for item in getattr(scene, name) if scene.sentence_at(item.start) is not None])
        scene.linker.learn(scene.bodies)
        scene.mentions = self._mentions(scene)
        scene.results += ranks_by_order(scene)
        return scene

    def _walk(self, scene: Scene) -> None:
        """Posts first (a post swallows the body of its office), bodies second, nothing twice, nothing masked."""
        tokens, at = scene.tokens, 0
        while at < tokens.size:
            if scene.sentence_at(tokens.starts[at]) is None:
                at += 1
                continue
            post = self.posts.at(tokens, scene.page.full, at)
            if post:
                index = len(scene.posts)
                scene.posts.append(post)
                body = post.body or self._ministry(tokens, post)
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
        group, previous, hint = -1, None, None
        for body in scene.bodies:
            sentence = scene.sentence_at(body.start)
            if sentence is None or _in_dateline(scene, body, sentence):
                continue
            if not (previous and self._coordinated(scene, previous, body)):
                group += 1
                hint = self._heading_hint(scene, sentence, body)
            post = scene.posts[body.post] if body.post is not None else None
            if body.level and body.form == "level":
                hint = body.level
            level = hint if body.form == "bare" and post is None else (_level_of(post, self.registry) if post else None)
            entity = scene.linker.entity(body, level, scene.page.full[body.start : body.end])
            previous = body
            if entity and post is None and entity.kind in ("provinsi", "kabupaten", "kota"):
                hint = hint or entity.kind
            if entity and not self._apposition(scene, body, entity, found, sentence):
                found.append(Mention(body, entity, sentence, group, post))
        return self._settled_by_company(scene, [m for i, m in enumerate(found) if not _heads_brackets(scene, m, found[i + 1 : i + 2])])

    @staticmethod
    def _settled_by_company(scene: Scene, mentions: list[Mention]) -> list[Mention]:
        """A name that nothing settled takes the level of the others in its list: "Bengkulu" among provinces is the province."""
        out = []
        for mention in mentions:
            if mention.entity.kind == "region":
                kinds = {m.entity.kind for m in mentions if m.group == mention.group and m.entity.kind in ("provinsi", "kabupaten", "kota")}
                if len(kinds) == 1:
                    entity = scene.linker.entity(mention.body, kinds.pop(), mention.entity.name)
                    mention = replace(mention, entity=entity or mention.entity)
            out.append(mention)
        return out

    @staticmethod
    def _apposition(scene: Scene, body: Body, entity: Entity, found: list[Mention], sentence: int) -> bool:
        """Whether a province's name only says where the bodies before it lie: "Bantaeng, Soppeng, Kota Palopo (Sulawesi Selatan)"."""
        if entity.kind != "provinsi" or body.form == "government" or body.post is not None or not found or found[-1].sentence != sentence:
            return False
        last = found[-1]
        gap = [word for word in scene.tokens.words[last.body.reach or last.body.last : body.first] if not word.isspace()]
        inside = (
            last.entity.region is not None and last.entity.region != entity.region and last.entity.region.startswith(f"{entity.region}.")
        )
        return inside and len(gap) <= 3 and all(word in (",", "(", "di", "dari", "-", "–", "provinsi", "prov", ".") for word in gap)

    @staticmethod
    def _coordinated(scene: Scene, left: Body, right: Body) -> bool:
        """Whether two bodies stand in one list: only marks, numbers and words like "dan" between them."""
        if left.post is not None or right.post is not None:
            return False
        gap = scene.tokens.words[left.reach or left.last : right.first]
        a, b = scene.sentence_at(left.start), scene.sentence_at(right.start)
        if a is None or b is None:
            return False
        if a != b:
            one, other = scene.sentence(a), scene.sentence(b)
            return one.kind == other.kind == "item" and one.head == other.head and other.index - one.index <= 2
        return len(gap) <= _MOST_GAP and all(word in _CONNECT or word[:1].isdigit() or word.isspace() for word in gap)

    @staticmethod
    def _heading_hint(scene: Scene, sentence: int, body: Body) -> str | None:
        """The level that the words before a list, or its heading, give to bare names."""
        tokens = scene.tokens
        begin = body.first
        while (
            begin > 0
            and body.first - begin < 12
            and tokens.starts[begin - 1] >= scene.sentence(sentence).start
            and tokens.words[begin - 1] not in (".", ";")
        ):
            begin -= 1
        words = tokens.words[begin : body.first]
        if any(word in words for word in (":", "yakni", "yaitu", "adalah", "antara", "(", "kategori", "meliputi")):
            near = level_hints(words)
            if near:
                return near
        head = scene.sentence(sentence).head
        return (
            level_hints(scene.page.text(scene.sentence(head)).lower().replace(":", " ").replace("(", " ").replace(")", " ").split())
            if head is not None
            else None
        )


def _in_dateline(scene: Scene, body: Body, sentence: int) -> bool:
    """Whether a bare place opens the article as its dateline: "Semarang – …", "JAKARTA, Sinarpagi – …", "Kupang (ANTARA) - …"."""
    if body.form != "bare" or body.post is not None or sentence > _DATELINE_SENTENCES:
        return False
    opening = body.start - scene.sentence(sentence).start < _DATELINE_START
    return opening and any(word in ("–", "-", "—", "|") for word in scene.tokens.words[body.last : body.last + 7])


def _heads_brackets(scene: Scene, mention: Mention, following: list[Mention]) -> bool:
    """Whether a province only says where the bodies in brackets after it lie: "Jawa Timur (Kab Pamekasan, Kota Malang)"."""
    if mention.entity.kind != "provinsi" or mention.post is not None or not following or not following[0].entity.region:
        return False
    opens = scene.tokens.word(mention.body.reach or mention.body.last) == "("
    near = following[0].body.first - mention.body.last <= 2
    return opens and near and following[0].entity.region.startswith(f"{mention.entity.region}.")


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
