"""What the features of one page are read from: its sentences, groups and prizes, and the frames around each mention."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from extract.kin import kin, of_parts, organisers_near
from extract.linking import Entity
from extract.prizes import Prize
from extract.results import Category
from extract.scene import Mention, Scene
from store.model.registry import Registry

if TYPE_CHECKING:
    from extract.candidates import Candidate

Features = dict[str, float]

_REACH = 16
_BESIDE, _FEW = 4, 3
"""Tokens between a result and its body: "Juara 2 diraih Kecamatan Enggano", "Maybrat mengisi tempat ketiga"; how many are looked at."""
_GIVE_PREPOSITION = frozenset({"kepada", "untuk", "bagi", "ke", "pada"})
_OBJECT = 2
"""Tokens from a verb of giving to whom it honours: "menobatkan (Pemerintah) Kabupaten Alor sebagai penerima"."""
_SOURCE = frozenset({"oleh", "dari", "bersama", "dengan"})


class Context:
    """What the features of one page are read from."""

    def __init__(self, scene: Scene, registry: Registry) -> None:
        self.scene, self.registry, self.tokens = scene, registry, scene.tokens
        self.groups: dict[int, list[Mention]] = defaultdict(list)
        for mention in scene.mentions:
            self.groups[mention.group].append(mention)
        self.here = [scene.within(scene.prizes, index) for index in range(len(scene.page.sentences))]
        self.results = [list(scene.within(scene.results, index)) for index in range(len(scene.page.sentences))]
        self.places = [self._places(index) for index in range(len(scene.page.sentences))]
        self.active = self._active()
        self.bounds = scene.bounds
        self.dominant = self._dominant()
        self.givers = {
            m.entity.key for m in scene.mentions if m.entity.kind not in ("provinsi", "kabupaten", "kota", "unit", "council", "region")
        }

    def _places(self, sentence: int) -> tuple[list[tuple[int, int, float]], list[int]]:
        """The tokens of a sentence's results, each with how plainly it is one, and where its bodies begin; both in order."""
        index = self.tokens.index
        results = [(index(r.start), index(r.end - 1) + 1, 1.0 if r.anchored else 0.5) for r in self.results[sentence]]
        return sorted(results), [mention.body.first for mention in self.scene.mentions_in(sentence)]

    def _active(self) -> list[Prize | None]:
        """The prize spoken of last, sentence by sentence."""
        last, out = None, []
        for prizes in self.here:
            last = prizes[-1] if prizes else last
            out.append(last)
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
            "of_parts": float(of_parts(self.scene.page.full, body.start)),
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
        return features | self._frames(mention, first, last, low, high) | self._results_beside(mention)

    def _results_beside(self, mention: Mention) -> Features:
        """Whether a result stands right before or behind a body, with no other body between."""
        begin, end = mention.body.first, mention.body.reach or mention.body.last
        results, bodies = self.places[mention.sentence]
        at, own = bisect_left(results, (begin, 0, 0.0)), bisect_left(bodies, begin)
        before = [sure for _, last, sure in results[max(0, at - _FEW) : at] if 0 <= begin - last <= _BESIDE]
        ahead = bisect_left(bodies, end)
        after_body = bodies[ahead] if ahead < len(bodies) else end + _BESIDE + 1
        behind = bisect_left(results, (end, 0, 0.0))
        after = [sure for first, _, sure in results[behind : behind + _FEW] if first - end <= _BESIDE and first < after_body]
        clear = own == 0 or not results[:at] or bodies[own - 1] < results[at - 1][1]
        return {"result_before": max(before, default=0.0) if clear else 0.0, "result_after": max(after, default=0.0)}

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
            "object_of_give": float(mention.body.preposition is None and bool(scene.cues_in(max(low, first - _OBJECT), first, "give"))),
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
        entity, prize, programme = candidate.entity, candidate.prize, candidate.programme
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
            "lead_plans": max(
                (float(bool(self.scene.cues_in(*self.bounds[i], "plan"))) for i in range(1, min(3, len(self.bounds)))), default=0.0
            ),
            "article_contest": float(bool(self.scene.cues_in(*self.bounds[0], "contest"))) if self.bounds else 0.0,
            f"kind={programme.kind if programme else None}": 1.0,
            "bias": 1.0,
        }
        return out | kin(self.scene, entity) | organisers_near(self.scene, organisers, candidate)

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
