"""What is different from the release before, evaluation by evaluation and field by field, and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from store.model.errors import StoreError
from store.release.schema import table
from store.release.shelf import address
from store.sql.queries import publishing

Rows = Iterator[sqlite3.Row]
WHOLE = "*"
"""Stands for every field."""

Change = tuple[str, str, str, str | None, str | None, str, str | None]


@dataclass(frozen=True)
class _Sides:
    """The two releases, the older one attached as `before`, and the fields of evaluations both have."""

    release: sqlite3.Connection
    fields: tuple[str, ...]

    def claims(self, schema: str, evaluation: str) -> dict[str, str]:
        """Claims of an evaluation and their articles."""
        found = self.release.execute(f"SELECT key, article_key FROM {schema}.claims WHERE evaluation_key = ?", (evaluation,))
        return {row[0]: row[1] for row in found}

    def known_before(self, keys: list[str], noun: str) -> bool:
        """Whether the release before had one of these claims or articles."""
        return any(self.release.execute(f"SELECT 1 FROM before.{noun} WHERE key = ?", (key,)).fetchone() for key in keys)

    def was_hidden(self, evaluation: str) -> bool:
        """Whether it was known when the release before was made, but not shown."""
        sql = (
            "SELECT 1 FROM main.history WHERE evaluation_key = ? AND (json_extract(shown, '$.review') = 'rejected' "
            "OR date(changed_at) < (SELECT value FROM before.meta WHERE name = 'date'))"
        )
        return self.release.execute(sql, (evaluation,)).fetchone() is not None

    def decided(self, schema: str, evaluation: str) -> list[str]:
        """Decisions about an evaluation."""
        found = self.release.execute(f"SELECT key FROM {schema}.decisions WHERE evaluation_key = ? ORDER BY key", (evaluation,))
        return [row[0] for row in found]


def compare(release: sqlite3.Connection, previous: Path, connection: Connection) -> None:
    """Fill the table of changes. Every column of evaluations that both releases have is compared.

    Raises:
        StoreError: The release before cannot be read.
    """
    try:
        release.execute("COMMIT")
        release.execute("ATTACH ? AS before", (address(previous),))
        release.execute("BEGIN")
        had = {row[1] for row in release.execute("PRAGMA before.table_info(evaluations)")}
        sides = _Sides(release, tuple(name for name in table("evaluations").names if name in had))
        _fill(sides, connection)
        release.execute("COMMIT")
        release.execute("DETACH before")
        release.execute("BEGIN")
    except sqlite3.DatabaseError as error:
        raise StoreError(f"the release before, {previous}, cannot be read ({error}): check it with its SHA256SUMS") from error


def _fill(sides: _Sides, connection: Connection) -> None:
    changes = iter(_changes(sides))
    while batch := list(islice(changes, 1000)):
        sides.release.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)", batch)
    gone = "SELECT b.key FROM before.evaluations b LEFT JOIN main.evaluations n ON n.key = b.key WHERE n.key IS NULL ORDER BY b.key"
    keys = [row[0] for row in sides.release.execute(gone)]
    became = publishing.what_became(connection, keys)
    rows = (_withdrawn(key, became.get(key, {})) for key in keys)
    sides.release.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _withdrawn(key: str, now: dict[str, object]) -> Change:
    """A result that is shown no more; nothing of what it said is repeated."""
    target = now.get("became_key")
    if now.get("taken_down"):
        why = "taken_down"
    elif now.get("review") == "rejected":
        why = "rejected"
    else:
        why = "merged" if target else "gone"
    return key, "withdrawn", WHOLE, None, None, why, str(target) if target else None


def _changes(sides: _Sides) -> Iterator[Change]:
    new = ", ".join(f"n.{name}" for name in sides.fields)
    old = ", ".join(f"b.{name}" for name in sides.fields)
    count = len(sides.fields)
    found = sides.release.execute(
        f"SELECT n.key, b.key, {new}, {old} FROM main.evaluations n LEFT JOIN before.evaluations b ON b.key = n.key ORDER BY n.key"
    )
    for row in found:
        if row[1] is None:
            yield row[0], "added", WHOLE, None, None, _why_added(sides, row[0]), None
            continue
        now, then = row[2 : 2 + count], row[2 + count :]
        differing = [(name, one, other) for name, one, other in zip(sides.fields, then, now, strict=True) if one != other]
        if differing:
            why = _why_changed(sides, row[0], {name for name, _, _ in differing})
            yield from ((row[0], "changed", name, _value(one), _value(other), why, None) for name, one, other in differing)


def _value(value: object) -> str:
    return json.dumps({"value": value}, ensure_ascii=False)


def _why_added(sides: _Sides, key: str) -> str:
    claims = sides.claims("main", key)
    if sides.decided("main", key) or sides.was_hidden(key):
        return "decision"
    if sides.known_before(list(claims), "claims"):
        return "split"
    return "new_reading" if sides.known_before(list(claims.values()), "articles") else "new_article"


def _why_changed(sides: _Sides, key: str, fields: set[str]) -> str:
    """The first that holds: somebody decided, another article tells it, an article was read anew, what is known changed."""
    if sides.decided("main", key) != sides.decided("before", key) or fields & {"review"}:
        return "decision"
    now, then = sides.claims("main", key), sides.claims("before", key)
    if set(now.values()) - set(then.values()):
        return "new_article"
    if now != then:
        return "new_reading"
    return "registry"
