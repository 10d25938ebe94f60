"""When a claim of a reading says what a claim of the gold says: same prize and body, same year, same result.

Gold may hold a list where several values are right, `None` in it where leaving the slot empty is right too, and `open`, the slots
that are not judged. A predicate and a tier may change places: one reader's step is the other's group.
"""

from __future__ import annotations

import re
from typing import Any

from store.model.keys import fold

Claim = dict[str, Any]

RESULT = ("predicate", "tier", "rank", "score")
TWIN = {"predicate": "tier", "tier": "predicate"}
EMPTY: tuple[Any, ...] = (None, "", [], {})
_SHORT = {
    "pemkot": "pemerintah kota",
    "pemko": "pemerintah kota",
    "pemkab": "pemerintah kabupaten",
    "pemprov": "pemerintah provinsi",
    "kab": "kabupaten",
    "prov": "provinsi",
    "polres": "kepolisian resor",
    "kejari": "kejaksaan negeri",
    "ri": "",
    "indonesia": "",
    "republik": "",
}
_COMMON = frozenset(
    "award awards penghargaan anugerah kompetisi piala piagam lomba tahun nasional indonesia tingkat dan di dari untuk atas".split()
)
_OPINIONS = (
    ("wajar tanpa pengecualian", "wtp"),
    ("wajar dengan pengecualian", "wdp"),
    ("tidak memberikan pendapat", "tmp"),
    ("tidak menyatakan pendapat", "tmp"),
    ("disclaimer", "tmp"),
    ("tidak wajar", "tw"),
)
_AROUND_STEPS = frozenset(
    "predikat kategori zona opini nilai kualifikasi tingkat peringkat penghargaan award anugerah dengan sebagai besar terbaik top".split()
)
_LETTER = re.compile(r"\(([a-e]{1,2}[+-]?)\)")


def same_matter(gold: Claim, got: Claim) -> bool:
    """Whether two claims speak of one prize and one body; their results may differ."""
    return _same_programme(gold, got) and _same_recipient(gold, got)


def differences(gold: Claim, got: Claim, printed: str, *, one_of_several: bool) -> list[str]:
    """The slots in which two claims of one matter differ; `printed` is the article's title and text.

    The category counts only where the body holds several results of this programme (`one_of_several`).
    """
    unjudged = set(gold.get("open") or ())
    wrong = [] if "edition_year" in unjudged or same_year(gold.get("edition_year"), got.get("edition_year"), printed) else ["edition_year"]
    wrong += [slot for slot in RESULT if slot not in unjudged and not _slot_agrees(slot, gold, got, unjudged)]
    asked = one_of_several and "category" not in unjudged and gold.get("category") not in EMPTY
    if asked and not any(close(str(one), str(got.get("category") or "")) for one in listed(gold["category"])):
        wrong.append("category")
    return wrong


def listed(value: Any) -> list[Any]:
    """The right values of a slot of the gold."""
    return value if isinstance(value, list) else [value]


def _same_programme(gold: Claim, got: Claim) -> bool:
    wanted, key = listed(gold.get("programme")), got.get("programme")
    if key is not None and key in wanted:
        return True
    if None not in wanted:  # gold without a key knows the prize by name; the registry may have grown since
        return False
    if not gold.get("programme_name"):
        return not gold.get("giver") or body_name(str(gold["giver"])) == body_name(str(got.get("giver") or ""))
    want, have = ({w for w in fold(str(c.get("programme_name") or "")).split() if not w.isdigit()} - _COMMON for c in (gold, got))
    return bool(want and have) and len(want & have) >= 0.6 * min(len(want), len(have)) and (len(want & have) > 1 or want == have)


def _same_recipient(gold: Claim, got: Claim) -> bool:
    keys, key = listed(gold.get("recipient_key")), got.get("recipient_key")
    if key is not None and key in keys:
        return True
    if key is not None and any(k is not None for k in keys) and "/" not in f"{key}{keys}":
        return False  # two regions or two national bodies, however alike their names
    names = listed(gold.get("recipient_name") or gold.get("recipient"))
    return any(body_name(str(name)) == body_name(str(got.get("recipient_name"))) for name in names)


def body_name(name: str) -> str:
    """A body's name without what is spelt one way here and another there."""
    return " ".join(word for w in fold(name).split() if (word := _SHORT.get(w, w)))


def same_year(want: Any, got: int | None, printed: str) -> bool:
    """A year that stands nowhere in the article was inferred by the annotator too: one off is forgiven there."""
    years = listed(want)
    if want in EMPTY or got in years:
        return True
    slack = 0 if any(str(year) in printed for year in years) else 1
    return got is not None and any(year is not None and abs(int(year) - got) <= slack for year in years)


def _slot_agrees(slot: str, gold: Claim, got: Claim, unjudged: set[str]) -> bool:
    twin = TWIN.get(slot, slot)
    wanted = [value for value in listed(gold.get(slot)) if value not in EMPTY]
    said = [got[name] for name in dict.fromkeys((slot, twin)) if got.get(name) not in EMPTY]
    if wanted:
        return any(same_value(a, b) for a in wanted for b in said) or (not said and None in listed(gold[slot]))
    if got.get(slot) in EMPTY or (twin != slot and twin in unjudged):
        return True
    return twin != slot and any(same_value(value, got[slot]) for value in listed(gold.get(twin)) if value not in EMPTY)


def same_value(want: Any, got: Any) -> bool:
    """Whether two values of a result slot say the same."""
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(float(want) - float(got)) < 0.005
    return _step(str(want)) == _step(str(got))


def _step(text: str) -> str:
    """A predicate or tier under one spelling; the sign of a letter stays, and of two notations the letter counts."""
    text = text.lower()
    for long, short in _OPINIONS:
        text = text.replace(long, short)
    letter = _LETTER.search(text)
    if letter:
        return letter.group(1)
    words = re.findall(r"[a-z0-9]+[+-]?(?![a-z0-9])|[a-z0-9]+", re.sub(r"\([^)]*\)", " ", text))
    return " ".join(word for word in words if word not in _AROUND_STEPS) or " ".join(words)


def close(want: str, got: str) -> bool:
    """Whether two names, of categories or places, share most words of the shorter one."""
    a, b = set(fold(want).split()), set(fold(got).split())
    return bool(a and b) and len(a & b) >= 0.7 * min(len(a), len(b))
