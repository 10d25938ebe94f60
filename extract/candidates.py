"""Who may hold what: every body of an article with every prize it stands beside, described by features.

A candidate is kept or refused by `extract.scorer` for its features alone, so each of them has a name and `rapor read --explain`
can show it. The features are those of the plainest mention, and what any other mention of the body with the prize adds in favour.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from extract.context import Context, Features
from extract.linking import Entity
from extract.prizes import Prize
from extract.results import Category
from extract.scene import Mention, Scene
from extract.wording import Marks, around_body
from store.model.registry import Programme, Registry

_FAVOURABLE = (
    "receives receives+prize receives+result listed+result listed+prize given+prize title+receives title+result "
    "post+receives official_form title lead item prize_here prize_above prize_named prize_acronym result_here scored follows_passive "
    "numbered+prize "
    "in_post plan negated acts source past of_parts result_before result_after object_of_give"
).split()


@dataclass
class Candidate:
    """One body that may hold one prize (in one category), all places that say so, and what speaks for it."""

    entity: Entity
    prize: Prize
    category: Category | None
    programme: Programme | None
    """What the registry knows of the prize; None for one it lacks."""
    mentions: list[Mention] = field(default_factory=list)
    best: Mention | None = None
    features: Features = field(default_factory=dict)
    words: Marks = frozenset()
    """How its plainest mention is worded."""
    probability: float = 0.0

    @property
    def named(self) -> list[Mention]:
        """The mentions that print the body by its name, not by the title of its head alone."""
        return [mention for mention in self.mentions if mention.body.form != "head"]


class Describer:
    """Turns a scene into candidates with features."""

    def __init__(self, registry: Registry) -> None:
        """Describe by this registry."""
        self.registry = registry

    def candidates(self, scene: Scene) -> list[Candidate]:
        """Every body with every prize it stands beside, in the order of the text."""
        found: dict[tuple[str, str, str], Candidate] = {}
        described: dict[tuple[str, str, str], list[Features]] = defaultdict(list)
        context = Context(scene, self.registry)
        for mention in scene.mentions:
            base = context.mention_features(mention)
            for prize, link in context.prizes_for(mention):
                prize = self._fitting(prize, mention.entity)
                if self._for_persons_only(prize):
                    continue
                category = context.category_of(mention)
                key = (mention.entity.identity, prize.identity, category.name.lower() if category else "")
                candidate = found.setdefault(key, Candidate(mention.entity, prize, category, self.registry.programmes.get(prize.key or "")))
                features = {**base, **link}
                features |= _together(features)
                if candidate.best is None or _strength(features) > max(map(_strength, described[key])):
                    candidate.best, candidate.prize = mention, prize
                candidate.mentions.append(mention)
                described[key].append(features)
        for key, candidate in found.items():
            candidate.features = _pooled(described[key]) | context.document_features(candidate)
            candidate.words = around_body(scene, candidate.best or candidate.mentions[0], candidate.prize)
        return list(found.values())

    def _for_persons_only(self, prize: Prize) -> bool:
        """Whether no public body can hold a programme's prizes."""
        programme = self.registry.programmes.get(prize.key or "")
        return programme is not None and bool(programme.eligible) and set(programme.eligible) <= {"person", "company"}

    def _fitting(self, prize: Prize, entity: Entity) -> Prize:
        """The sibling of a programme meant for such units, where the named one is not: police units have their own."""
        programme = self.registry.programmes.get(prize.key or "")
        if programme is None or entity.unit is None or entity.unit in programme.eligible:
            return prize
        for key in programme.rivals:
            rival = self.registry.programmes.get(key)
            if (
                rival
                and rival.eligible
                and set(rival.eligible) <= {entity.unit, "unit"}
                and set(rival.organisers) & set(programme.organisers)
            ):
                return replace(prize, key=key, name=rival.name)
        return prize


def _strength(features: Features) -> float:
    """How plainly one mention says that the body holds the prize: which mention a claim quotes."""
    return (
        3 * features.get("receives+prize", 0)
        + 2 * features.get("receives", 0)
        + 2 * features.get("listed+result", 0)
        + features.get("prize_here", 0)
        + features.get("result_here", 0)
        + 0.5 * features.get("official_form", 0)
        - 1.5 * features.get("title", 0)
        - features.get("plan", 0)
        - features.get("source", 0)
        - features.get("place", 0)
    )


def _together(features: Features) -> Features:
    """Features that only mean something together."""
    get = features.get
    receives, listed = get("receives", 0), get("listed", 0)
    result, prize, plan = get("result_here", 0), get("prize_here", 0), max(get("plan", 0), get("negated", 0))
    return {
        "receives+prize": receives * prize,
        "receives+result": receives * result,
        "receives+plan": receives * plan,
        "listed+result": listed * max(result, get("result_above", 0)),
        "listed+prize": listed * max(prize, get("prize_above", 0)),
        "listed+plan": listed * plan,
        "given+prize": get("given", 0) * max(prize, get("award_here", 0)),
        "title+receives": get("title", 0) * receives,
        "title+result": get("title", 0) * result,
        "post+receives": get("in_post", 0) * receives,
        "post+given": get("in_post", 0) * get("given", 0),
        "quote+receives": get("quoted", 0) * receives,
        "bare+receives": get("bare", 0) * receives,
        "past+receives": get("past", 0) * receives,
        "numbered+prize": get("scored", 0) * max(prize, get("prize_above", 0)),
    }


def _pooled(rows: list[Features]) -> Features:
    """The features of the plainest mention, and what any other mention adds in favour; one quotation or bare name takes nothing away."""
    out = dict(sorted(rows, key=_strength)[-1])
    for name in _FAVOURABLE:
        out[f"any_{name}"] = max(row.get(name, 0.0) for row in rows)
    out["mentions"] = min(len(rows), 6) / 6
    out["never_source"] = float(not any(row.get("source", 0.0) or row.get("acts", 0.0) for row in rows))
    return out
