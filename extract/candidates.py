"""Who may hold what: every body of an article with every prize it stands beside, described by features.

A candidate is kept or refused by `extract.scorer` for its features alone, so each of them has a name and `rapor read --explain`
can show it. Features of a mention are maxima over all mentions of the same body with the same prize.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from extract.linking import Entity
from extract.prizes import Prize
from extract.results import Category
from extract.scene import Mention, Scene
from store.model.registry import Registry

Features = dict[str, float]

_REACH = 16
_GIVE_PREPOSITION = frozenset({"kepada", "untuk", "bagi", "ke", "pada"})
_FAVOURABLE = (
    "receives", "receives+prize", "receives+result", "listed+result", "listed+prize", "given+prize", "title+receives", "title+result", "post+receives",
    "official_form", "title", "lead", "item", "prize_here", "prize_above", "prize_named", "prize_acronym", "result_here", "scored", "follows_passive",
    "numbered+prize", "in_post", "plan", "negated", "acts", "source", "past",
)  # fmt: skip
_SOURCE = frozenset({"oleh", "dari", "bersama", "dengan"})


@dataclass
class Candidate:
    """One body that may hold one prize (in one category), all places that say so, and what speaks for it."""

    entity: Entity
    prize: Prize
    category: Category | None
    mentions: list[Mention] = field(default_factory=list)
    best: Mention | None = None
    features: Features = field(default_factory=dict)
    probability: float = 0.0


class Describer:
    """Turns a scene into candidates with features."""

    def __init__(self, registry: Registry) -> None:
        """Describe by this registry."""
        self.registry = registry

    def candidates(self, scene: Scene) -> list[Candidate]:
        """Every body with every prize it stands beside, in the order of the text."""
        found: dict[tuple[str, str, str], Candidate] = {}
        described: dict[tuple[str, str, str], list[Features]] = defaultdict(list)
        context = _Context(scene, self.registry)
        for mention in scene.mentions:
            base = context.mention_features(mention)
            for prize, link in context.prizes_for(mention):
                prize = self._fitting(prize, mention.entity)
                if self._for_persons_only(prize):
                    continue
                category = context.category_of(mention)
                key = (mention.entity.identity, prize.identity, category.name.lower() if category else "")
                candidate = found.setdefault(key, Candidate(mention.entity, prize, category))
                features = {**base, **link}
                features |= _together(features)
                if candidate.best is None or _strength(features) > max(map(_strength, described[key])):
                    candidate.best, candidate.prize = mention, prize
                candidate.mentions.append(mention)
                described[key].append(features)
        for key, candidate in found.items():
            candidate.features = _pooled(described[key]) | context.document_features(candidate)
        return list(found.values())

    def _for_persons_only(self, prize: Prize) -> bool:
        """Whether no public body can hold a programme's prizes."""
        programme = self.registry.programmes.get(prize.key or "")
        return programme is not None and bool(programme.eligible) and set(programme.eligible) <= {"person", "company"}

    def _fitting(self, prize: Prize, entity: Entity) -> Prize:
        """The sibling of a programme that is meant for such units, where the named one is not: a police unit's service is judged by its own."""
        programme = self.registry.programmes.get(prize.key or "")
        if programme is None or entity.unit is None or entity.unit in programme.eligible:
            return prize
        for key in programme.rivals:
            rival = self.registry.programmes.get(key)
            if rival and set(rival.eligible) == {entity.unit} and set(rival.organisers) & set(programme.organisers):
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
    out = dict(max(rows, key=lambda row: _strength(row)))
    for name in _FAVOURABLE:
        out[f"any_{name}"] = max(row.get(name, 0.0) for row in rows)
    out["mentions"] = min(len(rows), 6) / 6
    out["never_source"] = float(not any(row.get("source", 0.0) or row.get("acts", 0.0) for row in rows))
    return out


class _Context:
    """What the features of one page are read from."""

    def __init__(self, scene: Scene, registry: Registry) -> None:
        self.scene, self.registry, self.tokens = scene, registry, scene.tokens
        self.groups: dict[int, list[Mention]] = defaultdict(list)
        for mention in scene.mentions:
            self.groups[mention.group].append(mention)
        self.here = [scene.within(scene.prizes, index) for index in range(len(scene.page.sentences))]
        self.results = [[r for r in scene.within(scene.results, index)] for index in range(len(scene.page.sentences))]
        self.active = self._active()
        self.bounds = self._token_bounds()
        self.dominant = self._dominant()
        self.givers = {
            m.entity.key for m in scene.mentions if m.entity.kind not in ("provinsi", "kabupaten", "kota", "unit", "council", "region")
        }

    def _active(self) -> list[Prize | None]:
        """The prize spoken of last, sentence by sentence."""
        last, out = None, []
        for prizes in self.here:
            last = prizes[-1] if prizes else last
            out.append(last)
        return out

    def _token_bounds(self) -> list[tuple[int, int]]:
        """First token and one past the last of every sentence."""
        out, at = [], 0
        for sentence in self.scene.page.sentences:
            while at < self.tokens.size and self.tokens.starts[at] < sentence.start:
                at += 1
            first = at
            while at < self.tokens.size and self.tokens.starts[at] < sentence.end:
                at += 1
            out.append((first, at))
        return out

    def _dominant(self) -> Prize | None:
        """The prize the article is about: the best supported one, the first of its mentions."""
        known = [prize for prize in self.scene.prizes if prize.key]
        pool = known or self.scene.prizes
        return max(pool, key=lambda prize: (self.scene.support.get(prize.key or "", 0.5), -prize.start), default=None)

    # --- which prizes ------------------------------------------------------------------------------------------

    def prizes_for(self, mention: Mention) -> list[tuple[Prize, Features]]:
        """The prizes a mention may go with: those of its sentence, of its heading, the last one spoken of, the article's own."""
        sentence = self.scene.sentence(mention.sentence)
        found: dict[str, tuple[Prize, Features]] = {}

        def offer(prize: Prize | None, **features: float) -> None:
            if prize and prize.identity not in found:
                found[prize.identity] = (prize, features | self._prize_features(prize))

        several = len({prize.identity for prize in self.here[mention.sentence]}) > 1
        for prize in sorted(self.here[mention.sentence], key=lambda item: abs(item.start - mention.body.start)):
            nearest = 1.0 if not found else 0.0
            offer(
                prize,
                prize_here=1.0,
                prize_nearest=nearest,
                prize_rivalled=float(several),
                prize_before=float(prize.start < mention.body.start),
            )
        unnamed = all(prize.key is None for prize, _ in found.values())
        if unnamed and sentence.head is not None:
            for prize in self.here[sentence.head]:
                offer(prize, prize_above=1.0)
        if not found or (unnamed and self.dominant is not None and self.dominant.key):
            last = self.active[mention.sentence]
            if last:
                away = mention.sentence - next((i for i in range(mention.sentence, -1, -1) if self.active[i] is not last), -1) - 1
                offer(last, prize_active=1.0, prize_away=min(away, 8) / 8)
            else:
                offer(self.scene.prizes[0] if self.scene.prizes else None, prize_later=1.0)
            offer(self.dominant, prize_of_article=1.0)
        return list(found.values())

    def _prize_features(self, prize: Prize) -> Features:
        programme = self.registry.programmes.get(prize.key or "")
        return {
            "prize_named": float(prize.strength == "name"),
            "prize_acronym": float(prize.strength == "acronym"),
            "prize_topic": float(prize.strength == "topic"),
            "prize_unknown": float(programme is None and prize.strength != "nameless"),
            "prize_nameless": float(prize.strength == "nameless"),
        }

    def category_of(self, mention: Mention) -> Category | None:
        """The category a mention stands under: the last one before it in its sentence, else its heading's, else the first after it."""
        inside = self.scene.within(self.scene.categories, mention.sentence)
        before = [category for category in inside if category.start < mention.body.start]
        if before:
            return before[-1]
        head = self.scene.sentence(mention.sentence).head
        if head is not None:
            above = self.scene.within(self.scene.categories, head)
            return above[-1] if above else self._heading(head)
        return inside[0] if inside else None

    def _heading(self, head: int) -> Category | None:
        """A short heading over a list is a category too: "Pemerintah Kabupaten:"."""
        sentence = self.scene.sentence(head)
        text = self.scene.page.text(sentence).rstrip(" :")
        if sentence.kind != "heading" or len(text.split()) > 9:
            return None
        return Category(text, sentence.start, sentence.start + len(text))

    # --- one mention -------------------------------------------------------------------------------------------

    def mention_features(self, mention: Mention) -> Features:
        """What one mention says of its body, without any prize."""
        sentence = self.scene.sentence(mention.sentence)
        low, high = self.bounds[mention.sentence]
        group = [other for other in self.groups[mention.group] if other.sentence == mention.sentence]
        first, last = min(m.body.first for m in group), max(m.body.reach or m.body.last for m in group)
        if mention.post is not None:
            first, last = min(first, mention.post.first), self._past_name(mention, last)
        body = mention.body
        results = self.results[mention.sentence]
        features: Features = {
            "title": float(sentence.kind == "title"),
            "item": float(sentence.kind == "item"),
            "lead": float(0 < sentence.index <= 3),
            "quoted": float(self.scene.page.in_quote(body.start)),
            "bare": float(body.form == "bare" and mention.post is None and len(group) == 1),
            "official_form": float(body.form == "government"),
            "in_post": float(mention.post is not None),
            "after_comma_alone": float(
                self.tokens.word(body.first - 1) == "," and len(self.groups[mention.group]) == 1 and body.form in ("bare", "level")
            ),
            "capital_bare": float(
                (mention.entity.key or "").startswith("31")
                and "/" not in (mention.entity.key or "")
                and body.form == "bare"
                and mention.post is None
            ),
            "place": float(body.preposition in ("di", "ke") and body.form in ("bare", "level")),
            "grouped": min(len(self.groups[mention.group]), 8) / 8,
            "result_here": float(any(r.anchored for r in results)),
            "result_weak_here": float(bool(results)),
            "award_here": float(bool(self.scene.cues_in(low, high, "award"))),
            "scored": float(self._scored(body.reach or body.last)),
            "said": float(mention.post is not None and bool(self.scene.cues_in(max(low, first - 3), min(high, last + 3), "say"))),
        }
        if sentence.head is not None:
            above = self.results[sentence.head]
            lows, highs = self.bounds[sentence.head]
            features["result_above"] = float(any(r.anchored for r in above))
            features["award_above"] = float(bool(self.scene.cues_in(lows, highs, "award")))
            features["plan_above"] = float(bool(self.scene.cues_in(lows, highs, "plan")))
        features |= self._frames(mention, first, last, low, high)
        return features

    def _past_name(self, mention: Mention, last: int) -> int:
        """The token past the holder's name: "Bupati Garut Rudy Gunawan | menerima"."""
        post = mention.post
        if post is None or post.name is None or post.name.start < mention.body.start:
            return last
        while last < self.tokens.size and self.tokens.starts[last] < post.name.end:
            last += 1
        return last

    def _scored(self, at: int) -> bool:
        """Whether a number in brackets or after a dash follows: "Kabupaten Alor (48,94)"."""
        return self.tokens.word(at) in ("(", "-", "–", ":", "=") and self.tokens.word(at + 1)[:1].isdigit()

    def _frames(self, mention: Mention, first: int, last: int, low: int, high: int) -> Features:
        """The frames of the sentence around a mention: who acts on whom, and whether it happened."""
        scene = self.scene
        after = scene.cues_in(last, min(high, last + _REACH), "receive", "passive")
        barred = self._next_body(mention, last, high)
        takes = [cue for cue in after if cue.first < barred]
        gives = [cue for cue in scene.cues_in(last, min(high, last + 8), "give") if cue.first < barred]
        prepared = mention.body.preposition or self.tokens.word(first - 1)
        before = scene.cues_in(max(low, first - 5), first, "passive", "receive")
        given = scene.cues_in(low, first, "give", "handed")
        listing = scene.cues_in(max(low, first - 4), first, "list")
        start = takes[0].first if takes else first
        plan = scene.cues_in(max(low, min(first, start) - 8), min(high, max(last, start) + 1), "plan")
        source = prepared in _SOURCE and prepared != "dengan"
        return {
            "receives": float(bool(takes) and not source),
            "receives_near": float(bool(takes) and takes[0].first - last <= 4 and not source),
            "takes_after_give": float(bool(gives) and not takes),
            "acts": float(bool(gives)),
            "given": float(prepared in _GIVE_PREPOSITION),
            "given_by_verb": float(prepared in _GIVE_PREPOSITION and bool(given)),
            "follows_passive": float(any(cue.meaning == "passive" for cue in before)),
            "follows_receive": float(any(cue.meaning == "receive" for cue in before)),
            "listed": float(
                bool(listing) or self.tokens.word(first - 1) in (":", "(", ";") or scene.sentence(mention.sentence).kind == "item"
            ),
            "source": float(source),
            "source_of_award": float(source and bool(scene.cues_in(max(low, first - 8), first, "award", "handed"))),
            "plan": float(bool(plan)),
            "plan_in_sentence": float(bool(scene.cues_in(low, high, "plan"))),
            "negated": float(bool(scene.cues_in(max(low, start - 3), start, "negate"))),
            "past": float(bool(scene.cues_in(low, high, "past"))),
            "contest": float(bool(scene.cues_in(low, high, "contest"))),
            "honour": float(bool(scene.cues_in(low, high, "person_honour"))),
        }

    def _next_body(self, mention: Mention, last: int, high: int) -> int:
        """The token where another body, no part of this group and no mere place, begins."""
        for other in self.scene.mentions:
            if (
                last <= other.body.first < high
                and other.group != mention.group
                and other.body.preposition not in ("di", "ke", "dari", "oleh", "dengan")
            ):
                return other.post.first if other.post else other.body.first
        return high

    # --- the article -------------------------------------------------------------------------------------------

    def document_features(self, candidate: Candidate) -> Features:
        """What the body, the prize and the article are, whatever any sentence says."""
        entity, prize = candidate.entity, candidate.prize
        programme = self.registry.programmes.get(prize.key or "")
        organisers = {item.agency for item in programme.organisers} | set(programme.co_organisers) if programme else set()
        government = entity.kind in ("provinsi", "kabupaten", "kota")
        out: Features = {
            "is_region": float(government),
            "is_unit": float(entity.kind in ("unit", "council")),
            "is_agency": float(not government and entity.kind not in ("unit", "council", "region")),
            "is_unsettled": float(entity.key is None),
            "is_organiser": float(entity.key in organisers),
            "eligible": self._eligible(entity, programme.eligible if programme else ()),
            "support": min(self.scene.support.get(prize.key or "", 1.0), 8.0) / 8,
            "is_dominant": float(self.dominant is not None and prize.identity == self.dominant.identity),
            "prizes_in_article": min(len({item.identity for item in self.scene.prizes}), 6) / 6,
            "is_home": float(entity.region is not None and entity.region == self.scene.linker.home),
            "bodies_in_article": min(len({m.entity.identity for m in self.scene.mentions}), 12) / 12,
            "article_plans": float(bool(self.scene.cues_in(*self.bounds[0], "plan"))) if self.bounds else 0.0,
            "plans_share": self._plans_share(),
            "lead_plans": max((float(bool(self.scene.cues_in(*self.bounds[i], "plan"))) for i in range(1, min(3, len(self.bounds)))), default=0.0),
            "article_contest": float(bool(self.scene.cues_in(*self.bounds[0], "contest"))) if self.bounds else 0.0,
            "bias": 1.0,
        }
        return out

    def _plans_share(self) -> float:
        """The share of sentences about a prize that only plan or hope."""
        about = [bounds for bounds, prizes in zip(self.bounds, self.here, strict=True) if prizes]
        return sum(bool(self.scene.cues_in(*bounds, "plan")) for bounds in about) / len(about) if about else 0.0

    @staticmethod
    def _eligible(entity: Entity, kinds: tuple[str, ...]) -> float:
        """1 where the programme is for such bodies, 0 where it is not, one half where nothing is known."""
        if not kinds:
            return 0.5
        own = {
            "unit": {"opd", "unit", "police", "hospital", "desa", "school", "university", "bumd"},
            "council": {"dprd"},
            "region": {"kabupaten", "kota"},
        }
        mine = own.get(entity.kind, {entity.kind, "lembaga"} if entity.kind not in ("provinsi", "kabupaten", "kota") else {entity.kind})
        return float(bool(mine & set(kinds)))
