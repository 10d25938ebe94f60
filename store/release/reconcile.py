"""Names from somebody's table to the bodies and people of a release, after the Reconciliation Service API (OpenRefine).

What a name says of itself is taken at its word first: `Pemkot Bandung` and `Pemkab Bandung` are two governments however alike they
are spelt, so a level or province that is named rules every other one out. Only then is spelling compared, and each feature is told.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from store.model.errors import UsageError
from store.model.keys import fold

TYPES = {"agencies": "Badan pemerintah", "officials": "Pejabat publik"}
PROPERTIES = {"agencies": ("level", "province", "kind", "parent"), "officials": ("position", "agency")}
LIMIT = 10

_BLOCK = 60
_SHORT = {
    "pemkot": "pemerintah kota",
    "pemkab": "pemerintah kabupaten",
    "pemprov": "pemerintah provinsi",
    "kab": "kabupaten",
    "prov": "provinsi",
}
_LEVELS = ("kota", "kabupaten", "provinsi")
_SURE, _APART = 90.0, 8.0


@dataclass(frozen=True)
class Query:
    """One name to find: its type, how many candidates, and what else is known of it (property to value)."""

    name: str
    type: str = "agencies"
    limit: int = LIMIT
    properties: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Query:
        """A query as the protocol sends it.

        Raises:
            UsageError: It has no name, or names a type or property there is not.
        """
        name, kind = asked.get("query"), asked.get("type") or "agencies"
        kind = kind[0] if isinstance(kind, list) and kind else kind
        kind = kind.get("id") if isinstance(kind, dict) else kind
        if not isinstance(name, str) or not fold(name):
            raise UsageError("a query needs a name in `query`")
        if kind not in TYPES:
            raise UsageError(f"there is no type {kind!r}; there is {', '.join(TYPES)}")
        said = tuple((str(one.get("pid")), _plain(one.get("v"))) for one in asked.get("properties") or ())
        unknown = sorted({name for name, _ in said} - set(PROPERTIES[kind]))
        if unknown:
            raise UsageError(f"{kind} have no property {', '.join(unknown)}; they have {', '.join(PROPERTIES[kind])}")
        limit = asked.get("limit") or LIMIT
        return cls(name[:300], kind, min(int(limit), 50), said)


def manifest(address: str) -> dict[str, Any]:
    """What the service says of itself; `address` is where the pages of the release are, without a slash at the end."""
    return {
        "versions": ["0.1", "0.2"],
        "name": "rapor",
        "identifierSpace": f"{address}/agencies/",
        "schemaSpace": f"{address}/",
        "defaultTypes": [{"id": key, "name": name} for key, name in TYPES.items()],
        "view": {"url": f"{address}/{{{{id}}}}"},
    }


def reconcile(release: sqlite3.Connection, query: Query) -> list[dict[str, Any]]:
    """Candidates for a name, best first: `id`, `name`, `type`, `score` (0 to 100), `match`, and `features` that explain the score.

    Args:
        release: The data of a release, rows by name (`sqlite3.Row`).
        query: What is looked for.
    """
    words = _words(query.name)
    found = [_scored(row, words, query) for row in _candidates(release, words, query)]
    found.sort(key=lambda one: (-one["score"], one["id"]))
    best = found[: query.limit]
    if best and best[0]["score"] >= _SURE and (len(found) == 1 or best[0]["score"] - found[1]["score"] >= _APART):
        best[0]["match"] = True
    return best


def _words(name: str) -> list[str]:
    return " ".join(_SHORT.get(word, word) for word in fold(name).split()).split()


def _candidates(release: sqlite3.Connection, words: Sequence[str], query: Query) -> list[sqlite3.Row]:
    """Rows that share a word with the name, those that share rare ones first; levels and provinces that are named narrow them."""
    matched = " OR ".join(f'"{word}"' for word in words)
    sql = (
        f"SELECT t.* FROM {query.type}_fts f JOIN {query.type} t ON t.rowid = f.rowid WHERE {query.type}_fts MATCH ?{{more}} "
        f"ORDER BY bm25({query.type}_fts), t.key LIMIT {_BLOCK}"
    )
    more, values = "", [matched]
    if query.type == "agencies":
        said = dict(query.properties)
        level = said.get("level") or (words[1] if words[0] == "pemerintah" and len(words) > 1 and words[1] in _LEVELS else words[0])
        if level in _LEVELS and (words[0] in ("pemerintah", *_LEVELS) or "level" in said):
            more += " AND t.level = ?"
            values.append(level)
        if "province" in said:
            more += " AND (t.province_code = ? OR lower(t.province_name) = lower(?))"
            values += [said["province"], said["province"]]
    return release.execute(sql.format(more=more), values).fetchall()


def _scored(row: sqlite3.Row, words: Sequence[str], query: Query) -> dict[str, Any]:
    features = {"name_spelling": round(_likeness(row, words), 1), **_properties(row, query)}
    given = [value for name, value in features.items() if name != "name_spelling"]
    score = features["name_spelling"] if not given else 0.7 * features["name_spelling"] + 0.3 * sum(given) / len(given)
    return {
        "id": f"{query.type}/{row['key']}",
        "name": row["name"],
        "description": _description(row, query.type),
        "type": [{"id": query.type, "name": TYPES[query.type]}],
        "score": round(score, 1),
        "match": False,
        "features": [{"id": name, "value": value} for name, value in features.items()],
    }


def _likeness(row: sqlite3.Row, words: Sequence[str]) -> float:
    """How alike the name and the best of the row's spellings are, 0 to 100; only equal words in equal order make 100."""
    asked = " ".join(words)
    bare = asked.removeprefix("pemerintah ")
    spellings = [row["name"], *json.loads(row["spellings"])]
    best = 0.0
    for spelling in spellings:
        said = " ".join(_words(spelling))
        same = said in (asked, bare) or said.removeprefix("pemerintah ") == bare
        best = max(best, 100.0 if same else min(99.0, fuzz.ratio(asked, said)))
    return best


def _properties(row: sqlite3.Row, query: Query) -> dict[str, float]:
    columns = {"province": "province_name", "parent": "parent_name", "position": "positions", "agency": "positions"}
    found = {}
    for name, value in query.properties:
        said = str(row[columns.get(name, name)] or "")
        codes = {"province": ("province_code",), "parent": ("parent_key",)}.get(name, ())
        exact = any(row[code] == value for code in codes)
        found[name] = 100.0 if exact else round(fuzz.partial_ratio(fold(value), fold(said)), 1) if said else 0.0
    return found


def _description(row: sqlite3.Row, kind: str) -> str:
    parts = (row["kind"] or row["level"], row["province_name"]) if kind == "agencies" else (row["positions"],)
    return ", ".join(part for part in parts if part)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value.get("id") or value.get("name") or "") if isinstance(value, dict) else str(value)
