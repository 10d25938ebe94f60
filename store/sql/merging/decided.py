"""Human decisions as merging needs them: what is one, what is not, what is hidden, judged and corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from store.sql import tables
from store.sql.tables import table

Pair = tuple[str, str]
"""Programme and entity."""


@dataclass(frozen=True)
class Decided:
    """Every decision that stands, sorted by what it is about."""

    same: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Target kind to pairs (kept, given up)."""
    different: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """Target kind to pairs that are not the same."""
    splits: list[Mapping[str, Any]] = field(default_factory=list)
    judged: dict[str, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """Evaluation to accept, reject, correct and take_down, in the order they were made."""
    rejected_claims: frozenset[str] = frozenset()
    hidden_articles: frozenset[str] = frozenset()
    evaluation_merges: list[Mapping[str, Any]] = field(default_factory=list)


class Classes:
    """Which keys mean one thing: a union-find over strings, with a preferred key for each class."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, kept: str, other: str) -> None:
        """Put two keys into one class, named after the first."""
        one, two = self.root(kept), self.root(other)
        if one != two:
            self._parent[two] = one

    def root(self, key: str) -> str:
        """The key that a class is named after."""
        while key in self._parent:
            key = self._parent[key]
        return key

    def members(self) -> dict[str, set[str]]:
        """Every class of more than one key, by its root."""
        found: dict[str, set[str]] = defaultdict(set)
        for key in list(self._parent):
            root = self.root(key)
            found[root].update((key, root))
        return dict(found)


def load_decided(connection: Connection) -> Decided:
    """Read every decision that was not undone."""
    decision = table(tables.Decision)
    rows = connection.execute(select(decision).where(decision.c.undone_at.is_(None)).order_by(decision.c.number)).mappings()
    same: dict[str, list[tuple[str, str]]] = defaultdict(list)
    different: dict[str, set[frozenset[str]]] = defaultdict(set)
    found = Decided(same=same, different=different)
    claims, articles = set(), set()
    for mapping in rows:
        row = dict(mapping)
        kind, target = row["kind"], row["target"]
        if kind == "same_as" and target == "evaluation":
            found.evaluation_merges.append(row)
        elif kind == "same_as":
            same[target].append((row["target_key"], row["other_key"]))
        elif kind == "not_same_as" and target == "evaluation":
            found.splits.append(row)
        elif kind == "not_same_as":
            different[target].add(frozenset((row["target_key"], row["other_key"])))
        elif target == "evaluation":
            found.judged[row["target_key"]].append(row)
        elif target == "claim" and kind in ("reject", "take_down"):
            claims.add(row["target_key"])
        elif target == "article" and kind in ("reject", "take_down"):
            articles.add(row["target_key"])
    return Decided(same, different, found.splits, found.judged, frozenset(claims), frozenset(articles), found.evaluation_merges)


@dataclass(frozen=True)
class Neighbourhoods:
    """Which programmes and entities are looked at together, and under which key they are shown."""

    entities: Classes
    """Certain: decisions only."""
    nearby: Classes
    """Certain or likely: decisions and possible misspellings."""
    programmes: Classes
    likely: Mapping[str, str]
    pairs: Mapping[Pair, frozenset[Pair]]
    """Pairs that decisions on evaluations tie together."""

    def of(self, dirty: Iterable[Pair]) -> list[tuple[Pair, ...]]:
        """The sets of pairs that have to be made anew together, for the pairs that changed."""
        entity_members, programme_members = self.nearby.members(), self.programmes.members()
        done: set[Pair] = set()
        result = []
        for start in sorted(set(dirty)):
            if start in done:
                continue
            waiting, unit = [start], set()
            while waiting:
                programme, entity = waiting.pop()
                for one in programme_members.get(self.programmes.root(programme), {programme}):
                    for other in entity_members.get(self.nearby.root(entity), {entity}):
                        if (one, other) not in unit:
                            unit.add((one, other))
                            waiting.extend(self.pairs.get((one, other), ()))
            done |= unit
            result.append(tuple(sorted(unit)))
        return result


def load_neighbourhoods(connection: Connection, decided: Decided) -> Neighbourhoods:
    """Work out what belongs together from decisions and from possible misspellings."""
    entities, nearby, programmes = Classes(), Classes(), Classes()
    for kept, other in decided.same.get("entity", ()):
        entities.join(kept, other)
        nearby.join(kept, other)
    for kept, other in decided.same.get("programme", ()):
        programmes.join(kept, other)
    agency = table(tables.Agency)
    apart = decided.different.get("entity", set())
    query = select(agency.c.key, agency.c.likely_key).where(agency.c.likely_key.is_not(None)).order_by(agency.c.key)
    likely = {key: other for key, other in connection.execute(query) if frozenset((key, other)) not in apart}
    for key, other in likely.items():
        nearby.join(other, key)
    tied: dict[Pair, set[Pair]] = defaultdict(set)
    for row in decided.evaluation_merges:
        sides = [(side["programme_id"], side["entity_key"]) for side in row["basis"]["sides"]]
        for side in sides:
            tied[side].update(sides)
    return Neighbourhoods(entities, nearby, programmes, likely, {pair: frozenset(others) for pair, others in tied.items()})
