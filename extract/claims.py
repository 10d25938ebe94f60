"""From candidates to claims: keep what the scorer accepts, give each its result and its slots, tell each result once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extract.agreeing import weighed
from extract.attachments import attachable
from extract.candidates import Candidate, Describer
from extract.ceremony import Ceremony, find_ceremony, find_roles
from extract.confidence import load_confidence, traits
from extract.field_confidence import load_field_confidence, told
from extract.givers import giver
from extract.linking import Entity
from extract.officials import Post
from extract.people import People
from extract.results import Result
from extract.roles import belongs
from extract.scene import Mention, Scene
from extract.scorer import Scorer
from extract.slots import Draft, category, counts, edition_year, field_size, group_name, scope, step_name
from extract.telling import Held, told_once
from extract.wording import between
from extract.years import year_options
from store.model.records import Claim, ClaimKind, Status
from store.model.registry import Programme, Registry

_OPEN_LIST = re.compile(r"(?:antara lain|di antaranya|diantaranya|seperti|dan sebagainya|dan lain-lain|dll)", re.IGNORECASE)
_TOLD_ONLY = frozenset({"score", "predicate", "ranking", "opinion"})
_SURE, _SURE_AFAR = 0.95, 0.94
"""How likely a result is by grammar: in the sentence of its body, and told in another, which gives way to the first."""
_LOOSE = 0.6
"""How likely a first place must be that only a superlative tells: "terbaik" is also a class, a step, a compliment."""
_OWN_PRIZE, _AMONG_OTHERS = 0.25, 0.375  # who gives a prize hardly holds it, but among three or more that were judged
_UNITS = {"percent": "percent", "rupiah": "rupiah"}


class ClaimMaker:
    """Makes the claims of a scene by one registry and one set of weights."""

    def __init__(self, registry: Registry, scorer: Scorer) -> None:
        """Judge by these."""
        self.registry, self.scorer, self.confidence = registry, scorer, load_confidence()
        self.field_confidence = load_field_confidence()
        self.describer = Describer(registry)

    def judged(self, scene: Scene) -> list[Candidate]:
        """Every candidate with its probability, for claims and for explanations."""
        candidates = self.describer.candidates(scene)
        likely = self.scorer.probabilities("holds", [c.features for c in candidates], [c.words for c in candidates])
        for candidate, probability in zip(candidates, likely, strict=True):
            alone = candidate.features["is_organiser"] and candidate.features.get("grouped", 0.0) < _AMONG_OTHERS
            candidate.probability = probability * (_OWN_PRIZE if alone else 1.0)
        return candidates

    def claims(self, scene: Scene, people: People) -> list[Claim]:
        """The claims of a scene, in the order of the text."""
        judged = self.judged(scene)
        accepted = [c for c in judged if self.scorer.accepts("holds", c.probability)]
        held = [Held(candidate, self.results(scene, candidate)) for candidate in accepted]
        held = told_once(held)
        ceremony = find_ceremony(scene, [m for item in held for m in item.candidate.named])
        alone = len({item.candidate.entity.identity for item in held}) == 1
        claims = [self._claim(scene, people, item, ceremony, alone) for item in held]
        return sorted(
            claims, key=lambda claim: min((e.start + (0 if e.where == "title" else scene.page.shift) for e in claim.evidence), default=0)
        )

    def results(self, scene: Scene, candidate: Candidate) -> dict[str, tuple[Result, float]]:
        """The best result for each slot, where it is likely enough."""
        best: dict[str, tuple[Result, float]] = {}
        near = attachable(scene, candidate)
        words = [between(scene, candidate.mentions, result) for result, _ in near]
        likely = self.scorer.probabilities("result", [features for _, features in near], words)
        for (result, features), judged in zip(near, likely, strict=True):
            if features.get("count_back") and features.get("negated"):
                continue  # "ketiganya belum masuk zona hijau"
            if _by_grammar(result, features):
                judged = _SURE if features.get("same_sentence") or features.get("own_turn") else _SURE_AFAR
            probability = weighed(judged, features)
            if result.weak and result.slot == "rank" and probability < _LOOSE:
                continue
            if self.scorer.accepts("result", probability) and probability > best.get(result.slot, (result, 0.0))[1]:
                best[result.slot] = (result, probability)
        if "predicate" in best and "rank" in best and _overlap(best["predicate"][0], best["rank"][0]):
            best.pop("rank" if best["predicate"][1] >= best["rank"][1] else "predicate")
        if "predicate" in best and "tier" in best and _overlap(best["predicate"][0], best["tier"][0]):
            best.pop("tier" if best["predicate"][1] >= best["tier"][1] else "predicate")
        if "rank" in best and "tier" in best:
            counted = best["tier"][0].how in ("top", "besar", "best")  # "30 besar instansi terbaik" is a group, no first place
            if counted and not best["rank"][0].weak and _within(best["rank"][0], best["tier"][0]):
                best.pop("tier")  # "Tiga besar: 1. …": the place says more than the group
            elif best["rank"][0].weak and (counted or _overlap(best["rank"][0], best["tier"][0])):
                best.pop("rank")
            elif _overlap(best["rank"][0], best["tier"][0]):
                best.pop("tier")
        return best

    # --- one claim ---------------------------------------------------------------------------------------------

    def _claim(self, scene: Scene, people: People, item: Held, ceremony: Ceremony, alone: bool) -> Claim:
        candidate, draft = item.candidate, Draft()
        programme = candidate.programme
        best = candidate.best or candidate.mentions[0]
        named = best.body if best.body.form != "head" else next((m.body for m in _named(scene, candidate)), best.body)
        draft.put(scene, "recipient", scene.page.full[named.start : named.end], named.start, named.end)
        draft.quote(scene, "programme", candidate.prize.start, candidate.prize.end)
        if not programme:
            draft.quote(scene, "programme_name", candidate.prize.start, candidate.prize.end)
        self._put_results(scene, item, programme, draft)
        category(scene, candidate, draft)
        self._put_ceremony(scene, ceremony, draft)
        edition_year(scene, year_options(scene, candidate, ceremony.date), self.scorer, draft)
        counts(scene, candidate, alone, draft)
        presenter = self._put_people(scene, people, item, alone, draft)
        giver(scene, candidate, self.registry, people, presenter, draft)
        if _OPEN_LIST.search(scene.page.full, max(0, best.body.start - 40), best.body.start):
            draft.flags.add("open_list")
        values: dict[str, Any] = draft.values
        return Claim(
            programme=candidate.prize.key,
            programme_name=candidate.prize.called(programme),
            kind=_kind(programme, item),
            recipient_name=candidate.entity.name,
            recipient_key=candidate.entity.key,
            status=self._status(scene, programme),
            flags=tuple(sorted(draft.flags)),
            evidence=tuple(draft.evidence),
            confidence=self._confidence(item),
            field_confidence=self.field_confidence.of(told(scene, candidate, draft)),
            **values,
        )

    def _confidence(self, item: Held) -> float:
        found = [probability for _, probability in item.results.values()]
        return round(self.confidence.of(traits(item.candidate.probability, found, known=item.candidate.prize.key is not None)), 4)

    def _put_results(self, scene: Scene, item: Held, programme: Programme | None, draft: Draft) -> None:
        for slot, (result, probability) in item.results.items():
            draft.likely[slot] = probability
            value = int(result.value) if slot == "rank" else group_name(result, programme) if slot == "tier" else step_name(scene, result)
            draft.put(scene, slot, value, result.start, result.end)
            if slot == "rank" or (slot == "tier" and "rank" not in item.results):
                field_size(scene, result, draft)
                if slot == "rank":
                    scope(scene, draft, result.start, result.end)
            if slot == "score":
                unit = _UNITS.get(result.unit or "") or (programme.score_unit if programme else None)
                if unit == "percent" and programme and programme.score_unit == "index100":
                    unit = "index100"
                if unit:
                    draft.put(scene, "score_unit", unit, result.start, result.end)
                if programme and unit != "rupiah" and not programme.can_score(float(result.value)):
                    draft.flags.add("out_of_scale")

    @staticmethod
    def _put_ceremony(scene: Scene, ceremony: Ceremony, draft: Draft) -> None:
        if ceremony.date and ceremony.date.day:
            draft.put(scene, "event_date", ceremony.date.day, ceremony.date.start, ceremony.date.end)
            if ceremony.date.year_inferred:
                draft.flags.add("year_inferred")
            if ceremony.date.conflict:
                draft.flags.add("date_conflict")
        if ceremony.venue:
            draft.put(scene, "venue", scene.page.full[slice(*ceremony.venue)], *ceremony.venue)

    def _put_people(self, scene: Scene, people: People, item: Held, alone: bool, draft: Draft) -> tuple[Post, Entity] | None:
        """Who handed it over, who took it and for whom; returns the first with the body behind them."""
        named = _named(scene, item.candidate)
        roles = find_roles(scene, named)

        def put(name: str, post: Any) -> None:
            official = people.of(post)
            draft.values[name] = people.person(post)
            end = max(post.end, post.name.end) if post.name and post.name.start >= post.start else post.end
            draft.quote(scene, name, post.start, end)
            if official and official.variant:
                draft.flags.add("name_variant")

        if roles.presenter:
            put("presented_by", roles.presenter)
        mine = [post for post in roles.receivers if belongs(scene, people.placed(post), item.candidate.entity, named)]
        if not mine and alone:
            mine = list(roles.receivers[:1])
        if mine:
            put("received_by", mine[0])
        if roles.addressed and belongs(scene, people.placed(roles.addressed), item.candidate.entity, named):
            put("addressed_to", roles.addressed)
        body = people.agency(roles.presenter) if roles.presenter else None
        return (roles.presenter, body) if roles.presenter and body else None

    @staticmethod
    def _status(scene: Scene, programme: Programme | None) -> Status:
        """Announced where results are only told, conferred where something was handed over or received."""
        handed = any(cue.meaning == "handed" for cue in scene.cues) or re.search(
            r"\b(?:menerima|diterima|menyerahkan|dianugerahi|diganjar)\b", scene.page.full
        )
        told = programme is not None and programme.kind in _TOLD_ONLY
        return "announced" if told and not handed else "conferred"


def _named(scene: Scene, candidate: Candidate) -> list[Mention]:
    """The mentions that print a candidate's body by its name, those of the claim first."""
    return candidate.named or [m for m in scene.mentions if m.body.form != "head" and m.entity.identity == candidate.entity.identity]


def _kind(programme: Programme | None, item: Held) -> ClaimKind:
    return programme.kind if programme else "award"


def _by_grammar(result: Result, features: Mapping[str, float]) -> bool:
    """Whether the structure says whose a result is: its number or turn in a list, the heading over it, the words that opened its list."""
    if features.get("own_number") or features.get("own_turn") or (result.slot == "score" and features.get("each")):
        return True
    group = result.slot == "tier" and result.anchored and result.how in ("top", "besar", "best")
    if not (result.slot == "predicate" or group) or features.get("planned") or features.get("negated") or features.get("past"):
        return False
    told = features.get("count_match") and not features.get("count_other") and (features.get("in_list") or features.get("count_back"))
    says = features.get("heading_says") or features.get("lead_says") or features.get("leads_run") or told
    return bool(says or (features.get("carried") and features.get("in_list") and not features.get("count_other")))


def _within(rank: Result, tier: Result) -> bool:
    """Whether a place lies within a counted group: the second of "3 besar"."""
    number = re.search(r"\d+", str(tier.value))
    return number is not None and int(rank.value) <= int(number.group())


def _overlap(one: Result, other: Result) -> bool:
    return one.start < other.end and other.start < one.end
