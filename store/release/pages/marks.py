"""A sentence with its read words marked: cut where marks begin and end, each piece with the fields it was read for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

GROUPS = {
    **dict.fromkeys(("recipient", "recipient_name", "recipient_key"), "recipient"),
    **dict.fromkeys(("programme", "programme_name", "edition_year", "category", "innovation", "kind"), "programme"),
    **dict.fromkeys(("predicate", "tier", "rank", "rank_of", "rank_scope", "score", "score_unit", "count_total", "count_streak"), "result"),
    **dict.fromkeys(("giver", "giver_key"), "giver"),
    **dict.fromkeys(("event_date", "venue"), "date"),
    **dict.fromkeys(("presented_by", "received_by", "also_received_by", "addressed_to"), "person"),
    "flags": "note",
}
"""Which of the seven labels a field is shown under."""
LABELS = {
    "recipient": ("penerima", "recipient"),
    "programme": ("program", "programme"),
    "result": ("hasil", "result"),
    "giver": ("pemberi", "giver"),
    "date": ("waktu", "date"),
    "person": ("pejabat", "official"),
    "note": ("catatan", "note"),
}
_RANK = tuple(LABELS)


def pieces(sentence: str, marks: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The sentence in pieces `{text, group}`; `group` is empty for words that were not read.

    Where marks overlap, the one with fewer characters wins: it says more.
    """
    owner: list[tuple[int, str] | None] = [None] * len(sentence)
    for mark in marks:
        groups = sorted({GROUPS[name] for name in mark["fields"] if name in GROUPS}, key=_RANK.index)
        if not groups:
            continue
        size = mark["end"] - mark["start"]
        for place in range(max(mark["start"], 0), min(mark["end"], len(sentence))):
            held = owner[place]
            if held is None or size < held[0]:
                owner[place] = (size, groups[0])
    found: list[dict[str, str]] = []
    for character, held in zip(sentence, owner, strict=True):
        group = held[1] if held else ""
        if found and found[-1]["group"] == group:
            found[-1]["text"] += character
        else:
            found.append({"text": character, "group": group})
    return found
