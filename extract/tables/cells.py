"""What a cell says of a result: a step, a group, a place, a score, a year, a day."""

from __future__ import annotations

import re
from datetime import date

from extract.dates import find_dates
from extract.numbers import find_ranks, find_tiers, parse_decimal
from extract.numbers.words import parse_any
from store.model.registry import Programme, Registry

_EMPTY = re.compile(r"[\s\-–—.*:]*|n/?a|nihil|tidak ada", re.IGNORECASE)
_OPINIONS = frozenset({"WTP", "WTP-DPP", "WDP", "TW", "TMP", "WBK", "WBBM"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_empty(cell: str) -> bool:
    """Whether a cell holds nothing: a dash, a point, "nihil"."""
    return _EMPTY.fullmatch(cell) is not None


class Steps:
    """Every step of every programme's scale by its spellings."""

    def __init__(self, registry: Registry) -> None:
        """Take in the scales of a registry."""
        self._of: dict[str, dict[str, str]] = {}
        for programme in registry.programmes.values():
            steps = [step for scale in programme.scales for step in scale.steps]
            self._of[programme.key] = {_folded(text): step.name for step in steps for text in (step.name, *step.spellings)}
        self._all = {text for steps in self._of.values() for text in steps}

    def any(self, cell: str) -> bool:
        """Whether a cell is a step of some scale."""
        return _folded(cell) in self._all

    def on(self, programme: Programme | None, cell: str) -> str | None:
        """A cell as a predicate of a programme: the opinions of auditors by their letters, other steps as printed; None where it is none.

        Of a programme without a scale, or an unknown one, every word is a predicate that is no group ("Top 45").
        """
        if programme is None or not programme.scales:
            if tier_in(cell) or (programme and cell in programme.tiers):
                return None
            return cell if re.search(r"[^\W\d]", cell) else None
        step = self._of[programme.key].get(_folded(cell))
        return None if step is None else step if step in _OPINIONS else cell


def _folded(text: str) -> str:
    return " ".join(
        re.sub(r"(?i)^(?:predikat|opini|kategori|zona)\s+(?=\w{2})", "", text.strip()).lower().replace("“", "").replace("”", "").split()
    )


def tier_in(cell: str) -> str | None:
    """A group without order: "Top 45", "10 besar", a medal."""
    found = find_tiers(cell)
    return found[0].text if found else None


def rank_in(cell: str, *, headed: bool = False) -> int | None:
    """An ordered place. `headed`: the column's head says that it holds places, so that a bare number is one."""
    found = [item for item in find_ranks(cell) if not item.weak and not item.from_bottom]
    if found:
        return found[0].rank
    return parse_any(re.sub(r"(?i)^ke-", "", cell.strip(" .()"))) if headed and len(cell) <= 14 else None


def score_in(cell: str) -> tuple[float, bool] | None:
    """A score and whether it is a percentage."""
    match = re.match(r"\s*(\d[\d.,]*)\s*(%|persen)?\s*(?:poin)?\s*$", cell)
    value = parse_decimal(match.group(1).rstrip(".,")) if match else None
    return (value, bool(match and match.group(2))) if value is not None else None


def year_in(cell: str) -> tuple[int, int, int] | None:
    """The only year in a text, with its span."""
    found = list(_YEAR.finditer(cell))
    return (int(found[0].group()), *found[0].span()) if len({match.group() for match in found}) == 1 else None


def day_in(cell: str) -> date | None:
    """The day a cell gives."""
    return next((item.day for item in find_dates(cell, None) if item.day and not item.year_inferred), None)
