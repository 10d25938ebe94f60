"""Gold beside candidates: which body holds which prize, and which result is theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.article import read_json
from extract.attachments import attachable
from extract.candidates import Candidate, Describer
from extract.ceremony import find_ceremony
from extract.context import Features
from extract.dates import DateMention
from extract.names import fold_name
from extract.scene import Scene, SceneBuilder
from extract.wording import Marks, between
from extract.years import year_options
from store.model.keys import fold
from store.model.registry import Registry

_NUMBER = re.compile(r"\d+")
"""What tells SMPN 2 from SMPN 5."""
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_COMMON = frozenset(
    ("award awards penghargaan anugerah kompetisi piala lomba tahun nasional indonesia tingkat dan di dari untuk atas").split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled row: which article it is from (rows of one article never part in cross-validation), its features, its answer."""

    article: str
    features: Features
    answer: bool
    words: Marks = frozenset()


def read_gold(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Every gold article of some files and folders, in the order given, a folder's in the order of their keys."""
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    items = [json.loads(file.read_text("utf-8")) for file in files]
    return [item for item in items if "gold" in item]


def label(registry: Registry, golds: Iterable[dict[str, Any]]) -> dict[str, list[Example]]:
    """Examples for the questions of the scorer: "holds" (a candidate), "result" (a candidate and a result), "year" (and a year)."""
    scenes, describer = SceneBuilder(registry), Describer(registry)
    out: dict[str, list[Example]] = {"holds": [], "result": [], "year": []}
    for gold in golds:
        article = read_json({"key": gold["key"], **gold["article"]})
        scene = scenes.build(article)
        held: list[tuple[Candidate, list[dict[str, Any]]]] = []
        for candidate in describer.candidates(scene):
            claims = [claim for claim in gold["gold"]["claims"] if _matches(claim, candidate, registry)]
            wanted = [claim for claim in claims if "background" not in claim.get("flags", [])]
            if claims and not wanted:
                continue  # background is neither wanted nor punished
            out["holds"].append(Example(gold["key"], candidate.features, bool(wanted), candidate.words))
            if wanted:
                out["result"] += _result_examples(gold["key"], scene, candidate, wanted)
                held.append((candidate, wanted))
        event = find_ceremony(scene, [mention for candidate, _ in held for mention in candidate.named]).date
        for candidate, wanted in held:
            out["year"] += _year_examples(gold["key"], scene, candidate, wanted, event)
    return out


def _year_examples(key: str, scene: Scene, candidate: Candidate, claims: list[dict[str, Any]], event: DateMention | None) -> list[Example]:
    """A year is right where a claim of this body and prize has it; a year that no claim tells teaches nothing."""
    wanted = {year for claim in claims for year in _listed(claim.get("edition_year")) if "edition_year" not in claim.get("open", [])}
    options = year_options(scene, candidate, event)
    return [Example(key, option.features, option.year in wanted) for option in options] if wanted - {None} else []


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _result_examples(key: str, scene: Scene, candidate: Candidate, claims: list[dict[str, Any]]) -> list[Example]:
    """A result is right where a claim of this body and prize (and category, where several) holds that value."""
    if len(claims) > 1 and candidate.category:
        name = fold(candidate.category.name)
        close = [c for c in claims if c.get("category") and (fold(str(c["category"])) in name or name in fold(str(c["category"])))]
        claims = close or claims
    rows = []
    for result, features in attachable(scene, candidate):
        slots = (result.slot, {"predicate": "tier", "tier": "predicate"}.get(result.slot, result.slot))
        if any(result.slot in c.get("open", []) or slots[1] in c.get("open", []) for c in claims):
            continue
        right = any(_agrees(c.get(slot), result.value) for c in claims for slot in slots)
        rows.append(Example(key, features, right, between(scene, candidate.mentions, result)))
    return rows


def _agrees(want: Any, value: str | float) -> bool:
    if isinstance(want, list):
        return any(_agrees(one, value) for one in want)
    if want in _EMPTY:
        return False
    if isinstance(value, str):
        return _step(str(want)) == _step(value)
    return isinstance(want, int | float) and abs(float(want) - value) < 0.005


def _step(text: str) -> str:
    """A step or tier without the words around it."""
    words = re.findall(r"[a-z0-9]+[+-]?", text.lower())
    kept = [
        w
        for w in words
        if w
        not in (
            "predikat",
            "kategori",
            "zona",
            "opini",
            "nilai",
            "peringkat",
            "top",
            "besar",
            "terbaik",
            "kualifikasi",
            "tingkat",
            "penghargaan",
            "award",
        )
    ]
    return " ".join(kept or words)


def _matches(claim: dict[str, Any], candidate: Candidate, registry: Registry) -> bool:
    names = claim.get("recipient_name") or claim.get("recipient")
    names = names if isinstance(names, list) else [names]
    key = claim.get("recipient_key")
    same_body = (key is not None and key == candidate.entity.key) or any(
        fold_name(str(n)) == fold_name(candidate.entity.name) and _NUMBER.findall(str(n)) == _NUMBER.findall(candidate.entity.name)
        for n in names
    )
    return same_body and _same_prize(claim, candidate, registry)


def _same_prize(claim: dict[str, Any], candidate: Candidate, registry: Registry) -> bool:
    wanted = claim.get("programme")
    wanted = wanted if isinstance(wanted, list) else [wanted]
    if candidate.prize.key in wanted and candidate.prize.key is not None:
        return True
    if None not in wanted:
        return False
    programme = registry.programmes.get(candidate.prize.key or "")
    have = set(fold(programme.name if programme else candidate.prize.name).split()) - _COMMON
    wants = [set(fold(str(name or "")).split()) - _COMMON for name in _listed(claim.get("programme_name"))]
    return any(_shares(want, have) for want in wants if want or programme is None)


def _shares(want: set[str], have: set[str]) -> bool:
    """Whether two names have most of the words of the shorter one; a prize without a name is any."""
    return not want or len(want & have) >= 0.6 * max(1, min(len(want), len(have)))
