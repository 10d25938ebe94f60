"""What waits for a person: the queue of review, decisions, entities that may be one, and samples that were judged."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.queries.lists import EVALUATIONS
from store.sql.queries.rows import Columns, Dict, ask, columns

_QUEUE = Columns((*EVALUATIONS.selected.expressions, ("queue_weight", "e.queue_weight")), EVALUATIONS.selected.json)
_DECISION = columns(
    "d",
    "number key kind target target_key other_key field value reason made_by made_at undone_by undone_at",
    json="value",
    present="(d.target <> 'evaluation' OR EXISTS (SELECT 1 FROM evaluation e WHERE e.key = d.target_key))",
    yes_no="present",
)
_SAMPLE = columns("s", "sample_key place evaluation_key shown verdict judged_by judged_at", json="shown")
_AUDIT = columns("a", "key drawn_at seed population size right_count wrong_count unclear_count accuracy_pct low_pct high_pct judged_at")


def review_queue(database: Database, *, limit: int = 20) -> list[Dict]:
    """Evaluations that a look is worth most: changed under a decision first, then doubt times use."""
    sql = (
        f"SELECT {_QUEUE.sql} FROM evaluation e WHERE e.queue_weight > 0 AND NOT e.taken_down "
        "ORDER BY e.queue_weight DESC, e.key DESC LIMIT :limit"
    )
    with database.reading() as connection:
        return ask(connection, sql, {"limit": limit}, _QUEUE)


def decisions(database: Database, *, limit: int = 50, standing: bool = False) -> list[Dict]:
    """Decisions, newest first; `present` says whether what an evaluation's decision is about still has that key."""
    where = "WHERE d.undone_at IS NULL " if standing else ""
    sql = f"SELECT {_DECISION.sql} FROM decision d {where}ORDER BY d.number DESC LIMIT :limit"
    with database.reading() as connection:
        return ask(connection, sql, {"limit": limit}, _DECISION)


def sample(database: Database, sample_key: str) -> list[Dict]:
    """The evaluations of a sample as they were when drawn, with their verdicts.

    Raises:
        UsageError: There is no such sample.
    """
    sql = f"SELECT {_SAMPLE.sql} FROM audit_sample s WHERE s.sample_key = :key ORDER BY s.place"
    with database.reading() as connection:
        rows = ask(connection, sql, {"key": sample_key}, _SAMPLE)
    if not rows:
        raise UsageError(f"there is no sample {sample_key}: `rapor audit` lists them")
    return rows


def audits(database: Database) -> list[Dict]:
    """The samples, newest first, with what was judged: `accuracy_pct` and Wilson's 95 % interval are None until something is."""
    with database.reading() as connection:
        return ask(connection, f"SELECT {_AUDIT.sql} FROM audit a ORDER BY a.drawn_at DESC, a.key", {}, _AUDIT)


def same_body_candidates(database: Database, *, limit: int = 50) -> list[Dict]:
    """Unresolved names beside the bodies they may be, scored feature by feature; the best pairs first.

    Features, each 0 to 1: `name` (spelling), `kind` (the words that say what kind of body it is), `together` (results of
    the same programme and year), `likely` (the registry has no other body so near).
    """
    apart = (
        "SELECT 1 FROM decision d WHERE d.undone_at IS NULL AND d.target = 'entity' AND d.kind IN ('same_as', 'not_same_as') "
        "AND ((d.target_key = u.key AND d.other_key = a.key) OR (d.target_key = a.key AND d.other_key = u.key))"
    )
    shared = (
        "SELECT count(*) FROM evaluation x JOIN evaluation y ON y.programme_id = x.programme_id AND y.entity_key = a.key "
        "AND (y.edition_year = x.edition_year OR x.edition_year IS NULL) WHERE x.entity_key = u.key"
    )
    pair = columns("u", "key name folded_name", other_key="a.key", other_name="a.name", other_folded="a.folded_name", shared=f"({shared})")
    sql = (
        f"SELECT {pair.sql} FROM agency u JOIN agency a ON a.key = u.likely_key "
        f"WHERE u.level = 'unresolved' AND NOT EXISTS ({apart}) ORDER BY u.key"
    )
    with database.reading() as connection:
        rows = ask(connection, sql, {}, pair)
    found = [_scored(row) for row in rows]
    return sorted(found, key=lambda row: (-row["score"], row["key"]))[:limit]


def _scored(row: Dict) -> Dict:
    one, other = row["folded_name"], row["other_folded"]
    heads = [name.split()[:2] for name in (one, other)]
    features: dict[str, Any] = {
        "name": round(fuzz.ratio(one, other) / 100, 3),
        "kind": float(heads[0] == heads[1]),
        "together": float(row["shared"] > 0),
        "likely": 1.0,
    }
    score = 0.4 * features["name"] + 0.2 * features["kind"] + 0.3 * features["together"] + 0.1 * features["likely"]
    return {
        "key": row["key"],
        "name": row["name"],
        "other_key": row["other_key"],
        "other_name": row["other_name"],
        "features": features,
        "score": round(score, 3),
    }
