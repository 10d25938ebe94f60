"""A person in public posts: the posts, and the results handed over or received. Nothing else is known of anybody here."""

from __future__ import annotations

import sqlite3
from typing import Any

Row = dict[str, Any]

LISTED = 100
HANDED = (
    "SELECT h.role, h.position, h.shown_date, e.key, e.recipient_name, e.agency_key, e.programme_name, e.edition_year, e.result "
    "FROM handovers h JOIN evaluations e ON e.key = h.evaluation_key WHERE h.official_key = ? ORDER BY h.shown_date DESC, e.key, h.role"
)


def load(release: sqlite3.Connection, key: str) -> Row | None:
    """`official`, `posts` newest first, `results` with the role in each; None if there is no such person."""
    found = release.execute("SELECT * FROM officials WHERE key = ?", [key]).fetchone()
    if found is None:
        return None
    posts = "SELECT * FROM posts WHERE official_key = ? ORDER BY coalesce(since_date, first_seen_date, '') DESC, position"
    return {
        "official": dict(found),
        "posts": [dict(row) for row in release.execute(posts, [key])],
        "results": [dict(row) for row in release.execute(f"{HANDED} LIMIT {LISTED}", [key])],
        "total": found["presented_count"] + found["received_count"],
    }
