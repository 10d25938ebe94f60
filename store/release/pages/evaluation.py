"""One evaluation with everything that stands behind it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from store.release.pages.marks import pieces

Row = dict[str, Any]


def load(release: sqlite3.Connection, key: str) -> Row | None:
    """`evaluation`, `stories` (claims by date, copies under the first), `conflicts`, `history`, `decisions`; None if unknown.

    A key that was withdrawn gives `{"became": key or None}`, so that an old link leads on.
    """
    found = release.execute("SELECT * FROM evaluations WHERE key = ?", [key]).fetchone()
    if found is None:
        gone = release.execute("SELECT became_key, why FROM changes WHERE evaluation_key = ? AND change = 'withdrawn'", [key]).fetchone()
        return {"became": gone["became_key"], "why": gone["why"]} if gone else None
    evaluation = _plain(found)
    claims = [_plain(row) for row in release.execute("SELECT * FROM claims WHERE evaluation_key = ? ORDER BY shown_date, key", [key])]
    for claim in claims:
        claim["sentences"] = []
    by_key = {claim["key"]: claim for claim in claims}
    for row in release.execute("SELECT * FROM quotations WHERE evaluation_key = ? ORDER BY claim_key, number", [key]):
        sentence = _plain(row)
        sentence["pieces"] = pieces(sentence["quotation"], sentence["marks"])
        if sentence["claim_key"] in by_key:
            by_key[sentence["claim_key"]]["sentences"].append(sentence)
    return {
        "evaluation": evaluation,
        "lead": _lead(claims, evaluation["quotation"]),
        "stories": _stories(claims),
        "conflicts": _conflicts(release, key, by_key),
        "history": _history(release, key),
        "decisions": [_plain(row) for row in release.execute("SELECT * FROM decisions WHERE evaluation_key = ? ORDER BY made_at", [key])],
    }


def _plain(row: sqlite3.Row) -> Row:
    listed = ("also_received_by", "flags", "outlets", "rules", "marks", "claim_keys", "shown")
    return {
        name: json.loads(value) if name in listed and isinstance(value, str) else value for name, value in zip(row.keys(), row, strict=True)
    }


def _lead(claims: list[Row], quotation: str) -> Row | None:
    """The claim whose sentence is shown large: the one the quotation of the evaluation comes from."""
    told = [claim for claim in claims if claim["sentences"]]
    return next((claim for claim in told if claim["quotation"] == quotation), told[0] if told else None)


def _stories(claims: list[Row]) -> list[list[Row]]:
    """Claims by story: copies of one text stand under the first of them."""
    stories: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        stories[claim["story_key"] or claim["article_key"]].append(claim)
    return list(stories.values())


def _conflicts(release: sqlite3.Connection, key: str, claims: dict[str, Row]) -> dict[str, list[Row]]:
    """By field: the values side by side, the shown one first, each with the outlets that say so."""
    fields: dict[str, list[Row]] = defaultdict(list)
    for row in release.execute("SELECT * FROM conflicts WHERE evaluation_key = ? ORDER BY field, place", [key]):
        value = _plain(row)
        value["shown"] = bool(value["shown"])
        value["claims"] = [claims[one] for one in value["claim_keys"] if one in claims]
        fields[value["field"]].append(value)
    return dict(fields)


def _history(release: sqlite3.Connection, key: str) -> list[Row]:
    """States, newest first, each with what changed to the one before."""
    states: list[Row] = []
    before: Row = {}
    for row in release.execute("SELECT * FROM history WHERE evaluation_key = ? ORDER BY number", [key]):
        state = _plain(row)
        shown = state["shown"] or {}
        changed = {
            name: [before.get(name), shown.get(name)]
            for name in sorted({*before, *shown})
            if name not in ("rules", "digest") and before.get(name) != shown.get(name)
        }
        states.append({**state, "changed": changed if before else {}})
        before = shown
    return states[::-1]
