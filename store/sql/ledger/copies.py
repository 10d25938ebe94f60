"""Copies of one story: candidates share a band of a signature that is handed in, containment of word runs decides.

A wire story cut to half keeps every word run it has, while its overlap with the whole is small: so the share of the
shorter text that stands in the longer one is what counts. Stories are the connected parts of the graph of copies, named
after their smallest article key, so the order of arrival cannot matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, delete, or_, select, union, update

from store.model.keys import digest, fold
from store.sql import tables
from store.sql.ledger.statements import BANDS, SHARING_BANDS
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
    """Write the bands of an article, find its copies, and name the stories anew. `first`: the article is new.

    An article with neither text nor signature has no copies; those it had are parted from it.

    Returns:
        New story by article key, for every article whose story changed (the article itself included).
    """
    folded = fold(text)
    wanted = {str(value) for value in signature}
    if folded:
        wanted.add(digest("text", folded))
    band = table(tables.ArticleBand)
    present = set() if first else set(connection.scalars(BANDS, {"key": article}))
    if present == wanted:
        return {}
    if present:
        connection.execute(delete(band).where(band.c.article_key == article))
    add(connection, band, [{"article_key": article, "value": value} for value in sorted(wanted)])
    former = _neighbours(connection, [article]) if present else set()
    candidates = _candidates(connection, article, wanted)
    pairs = _pairs(connection, article, text, candidates)
    if not pairs and not former:
        return {}
    copy = table(tables.ArticleCopy)
    if former:
        connection.execute(delete(copy).where(or_(copy.c.article_key == article, copy.c.other_key == article)))
    add(
        connection,
        copy,
        [{"article_key": min(article, other), "other_key": max(article, other), "containment_pct": pct} for other, pct in pairs],
    )
    return _rename_stories(connection, {article, *former, *(other for other, _ in pairs)})


def _candidates(connection: Connection, article: str, bands: set[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(sorted(bands)):
        found.update(connection.scalars(SHARING_BANDS, {"keys": list(part)}))
    return found - {article}


def _pairs(connection: Connection, article: str, text: str, candidates: Iterable[str]) -> list[tuple[str, float]]:
    """The candidates that are copies, with their containment in percent."""
    runs: frozenset[int] | None = None
    found: list[tuple[str, float]] = []
    target, version = table(tables.Article), table(tables.ArticleVersion)
    folded = fold(text)
    for part in chunks(sorted(candidates), 50):
        query = select(target.c.key, version.c.text).join(version, version.c.key == target.c.version_key).where(target.c.key.in_(part))
        for other, other_text in connection.execute(query):
            runs = word_runs(text) if runs is None else runs
            other_runs = word_runs(other_text)
            if min(len(runs), len(other_runs)) < FEWEST_RUNS:
                pct = 100.0 if folded == fold(other_text) else 0.0
            else:
                pct = containment_pct(runs, other_runs)
            if pct >= SAME_STORY_PCT:
                found.append((other, pct))
    return found


def _neighbours(connection: Connection, articles: Sequence[str]) -> set[str]:
    copy = table(tables.ArticleCopy)
    both = union(
        select(copy.c.other_key).where(copy.c.article_key.in_(articles)),
        select(copy.c.article_key).where(copy.c.other_key.in_(articles)),
    )
    return set(connection.scalars(both))


def _rename_stories(connection: Connection, seeds: set[str]) -> dict[str, str]:
    """Name every story that holds one of the seeds after its smallest article; article to story where that changed."""
    links: dict[str, set[str]] = defaultdict(set)
    seen, edge = set(seeds), set(seeds)
    copy = table(tables.ArticleCopy)
    while edge:
        reached: set[str] = set()
        for part in chunks(sorted(edge)):
            touching = or_(copy.c.article_key.in_(part), copy.c.other_key.in_(part))
            for one, other in connection.execute(select(copy.c.article_key, copy.c.other_key).where(touching)):
                links[one].add(other)
                links[other].add(one)
                reached.update((one, other))
        edge = reached - seen
        seen |= reached
    story = _components(seen, links)
    target = table(tables.Article)
    present: dict[str, str] = {}
    for part in chunks(sorted(seen)):
        for key, name in connection.execute(select(target.c.key, target.c.story_key).where(target.c.key.in_(part))):
            present[key] = name
    changed = {key: story[key] for key in present if story[key] != present[key]}
    for key, name in changed.items():
        connection.execute(update(target).where(target.c.key == key).values(story_key=name))
    return changed


def _components(nodes: set[str], links: dict[str, set[str]]) -> dict[str, str]:
    story: dict[str, str] = {}
    for root in sorted(nodes):
        waiting = [] if root in story else [root]
        while waiting:
            node = waiting.pop()
            if node not in story:
                story[node] = root
                waiting.extend(links[node] - set(story))
    return story
