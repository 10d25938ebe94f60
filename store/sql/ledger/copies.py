"""Copies of one story: candidates share a band of a signature that is handed in, containment of word runs decides.

A wire story cut to half keeps every word run it has, while its overlap with the whole is small: so the share of the
shorter text that stands in the longer one is what counts. Stories are the connected parts of the graph of copies, named
after their smallest article key, so the order of arrival cannot matter. Of a story one copy is enough to join it: who
belongs to it already is compared with nobody, and a story of thousands costs its next copy no more than one of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, delete, or_, select, update

from store.model.keys import digest, fold
from store.sql import tables
from store.sql.ledger.statements import BANDS, SHARING_ARTICLES, SHARING_STORIES
from store.sql.rows import add, chunks
from store.sql.tables import table

RUN_WORDS = 4
"""Length of a word run."""
SAME_STORY_PCT = 60.0
"""Containment from which two texts count as copies; independent reports of one event that quote the same speech stay below 40."""
FEWEST_RUNS = 12
"""Texts shorter than this are copies only when they are equal."""


@lru_cache(maxsize=256)
def word_runs(text: str) -> frozenset[int]:
    """Hashes of every run of four words of the folded text; they hold within one process."""
    words = fold(text).split()
    return frozenset(hash(tuple(words[start : start + RUN_WORDS])) for start in range(len(words) - RUN_WORDS + 1))


def containment_pct(one: frozenset[int], other: frozenset[int]) -> float:
    """Share of the smaller set that lies in the larger one, in percent."""
    fewer = min(len(one), len(other))
    return 100.0 * len(one & other) / fewer if fewer else 0.0


def link_copies(connection: Connection, article: str, text: str, signature: Sequence[str], *, first: bool = False) -> dict[str, str]:
    """Write the bands of an article, find the stories it tells, and name what is one story now alike. `first`: the article is new.

    An article with neither text nor signature has no copies; those it had are parted from it.

    Returns:
        New story by article key, for every article whose story changed.
    """
    folded = fold(text)
    wanted = {str(value) for value in signature}
    if folded:
        wanted.add(digest("text", folded))
    present = set() if first else set(connection.scalars(BANDS, {"key": article}))
    if present == wanted:
        return {}
    changed = _leave(connection, article) if present else {}
    if wanted:
        rows = [{"article_key": article, "value": value, "story_key": article} for value in sorted(wanted)]
        add(connection, table(tables.ArticleBand), rows)
        changed |= _join(connection, article, text, article)
    return changed


def _join(connection: Connection, article: str, text: str, story: str) -> dict[str, str]:
    """Make one of an article's story and of every other story that holds a copy of the article."""
    found = _stories(connection, article, text)
    if not found:
        return {}
    pairs = [
        {"article_key": min(article, other), "other_key": max(article, other), "containment_pct": pct} for other, pct in found.values()
    ]
    add(connection, table(tables.ArticleCopy), pairs)
    return _name(connection, {story, *found}, min(story, *found))


def _stories(connection: Connection, article: str, text: str) -> dict[str, tuple[str, float]]:
    """Other stories with a copy of this article, each with one such copy and its containment in percent.

    Of each story that shares a band its first article is looked at, and the others only where that is no copy.
    """
    firsts: dict[str, set[str]] = defaultdict(set)
    several: set[str] = set()
    for story, smallest, largest in connection.execute(SHARING_STORIES, {"key": article}):
        firsts[story].add(smallest)
        if smallest != largest:
            several.add(story)
    found = _copies(connection, text, firsts)
    left = sorted(several - set(found))
    others: dict[str, set[str]] = defaultdict(set)
    for part in chunks(left):
        for story, other in connection.execute(SHARING_ARTICLES, {"key": article, "stories": list(part)}):
            others[story].add(other)
    return found | _copies(connection, text, {story: others[story] - firsts[story] for story in others})


def _copies(connection: Connection, text: str, candidates: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, float]]:
    """The first copy found in each story, with its containment in percent."""
    found: dict[str, tuple[str, float]] = {}
    waiting = sorted((other, story) for story, others in candidates.items() for other in others)
    for part in chunks(waiting, 50):
        story_of = {other: story for other, story in part if story not in found}
        for other, pct in _containments(connection, text, sorted(story_of)):
            if pct >= SAME_STORY_PCT:
                found.setdefault(story_of[other], (other, pct))
    return found


def _containments(connection: Connection, text: str, others: Sequence[str]) -> list[tuple[str, float]]:
    target, version = table(tables.Article), table(tables.ArticleVersion)
    joined = select(target.c.key, version.c.text).join(version, version.c.key == target.c.version_key)
    rows = connection.execute(joined.where(target.c.key.in_(others)).order_by(target.c.key)).all() if others else []
    return [(other, _containment(text, other_text)) for other, other_text in rows]


def _containment(text: str, other: str) -> float:
    runs, other_runs = word_runs(text), word_runs(other)
    if min(len(runs), len(other_runs)) < FEWEST_RUNS:
        return 100.0 if fold(text) == fold(other) else 0.0
    return containment_pct(runs, other_runs)


def _name(connection: Connection, stories: set[str], name: str) -> dict[str, str]:
    """Give these stories one name; article to story where that changed. Names are digests, so that a smaller one gets ever rarer."""
    article = table(tables.Article)
    changed: list[str] = []
    for part in chunks(sorted(stories - {name})):
        changed += connection.scalars(select(article.c.key).where(article.c.story_key.in_(part)))
    return _rename(connection, sorted(changed), name)


def _rename(connection: Connection, articles: Sequence[str], name: str) -> dict[str, str]:
    target, band = table(tables.Article), table(tables.ArticleBand)
    for part in chunks(articles):
        connection.execute(update(target).where(target.c.key.in_(part)).values(story_key=name))
        connection.execute(update(band).where(band.c.article_key.in_(part)).values(story_key=name))
    return dict.fromkeys(articles, name)


def _leave(connection: Connection, article: str) -> dict[str, str]:
    """Take an article out of its story. What it alone held together falls apart: then the others find each other anew."""
    target, band, copy = table(tables.Article), table(tables.ArticleBand), table(tables.ArticleCopy)
    own = or_(copy.c.article_key == article, copy.c.other_key == article)
    held = len(connection.execute(select(copy.c.article_key).where(own).limit(2)).all())
    story = connection.scalar(select(target.c.story_key).where(target.c.key == article))
    rest = sorted(set(connection.scalars(select(target.c.key).where(target.c.story_key == story))) - {article})
    connection.execute(delete(copy).where(own))
    connection.execute(delete(band).where(band.c.article_key == article))
    if not rest:
        return {}
    connection.execute(update(target).where(target.c.key == article).values(story_key=article))
    if held > 1:
        return {article: article} | _find_anew(connection, rest)
    return {article: article} | (_rename(connection, rest, rest[0]) if story == article else {})


def _find_anew(connection: Connection, articles: Sequence[str]) -> dict[str, str]:
    """Let the articles of what was one story find each other as if they had just come; their stories by article."""
    target, band, copy = table(tables.Article), table(tables.ArticleBand), table(tables.ArticleCopy)
    version = table(tables.ArticleVersion)
    for part in chunks(articles):
        connection.execute(delete(copy).where(or_(copy.c.article_key.in_(part), copy.c.other_key.in_(part))))
        connection.execute(update(target).where(target.c.key.in_(part)).values(story_key=target.c.key))
        connection.execute(update(band).where(band.c.article_key.in_(part)).values(story_key=band.c.article_key))
    stories = {key: key for key in articles}
    text = select(version.c.text).join(target, target.c.version_key == version.c.key)
    for key in articles:
        stories |= _join(connection, key, connection.scalar(text.where(target.c.key == key)) or "", stories[key])
    return stories
