"""What waits for a person: the queue of review, decisions, entities that may be one, and samples that were judged."""

from __future__ import annotations

from math import sqrt
from typing import Any

from rapidfuzz import fuzz

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.queries.lists import EVALUATIONS
from store.sql.queries.rows import Columns, Dict, ask, columns, scalars

_QUEUE = Columns((*EVALUATIONS.selected.expressions, ("queue_weight", "e.queue_weight")), EVALUATIONS.selected.json)
_DECISION = columns(
    "d",
    "number key kind target target_key other_key field value reason made_by made_at undone_by undone_at",
    json="value",
    present="(d.target <> 'evaluation' OR EXISTS (SELECT 1 FROM evaluation e WHERE e.key = d.target_key))",
    yes_no="present",
)
_SAMPLE = columns("s", "place evaluation_key shown verdict judged_by judged_at drawn_at", json="shown")
_Z95 = 1.959964


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
        raise UsageError(f"there is no sample {sample_key}")
    return rows


def judged_accuracy(database: Database, sample_key: str) -> Dict:
    """Share of right evaluations among the judged ones of a sample, with Wilson's 95 % interval, in percent.

    Returns:
        `drawn`, `right`, `wrong`, `unclear`, `accuracy_pct`, `low_pct`, `high_pct` (None until one is judged).
    """
    verdicts = [row["verdict"] for row in sample(database, sample_key)]
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    found: Dict = {"sample_key": sample_key, "drawn": len(verdicts), "right": right, "wrong": wrong, "unclear": verdicts.count("unclear")}
    low, share, high = wilson(right, right + wrong)
    return {**found, "accuracy_pct": share, "low_pct": low, "high_pct": high}


def wilson(hits: int, total: int) -> tuple[float | None, float | None, float | None]:
    """Lower bound, share and upper bound of Wilson's 95 % interval, in percent."""
    if not total:
        return None, None, None
    share, spread = hits / total, _Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return round(100 * (middle - half), 2), round(100 * share, 2), round(100 * (middle + half), 2)


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


def samples(database: Database) -> list[str]:
    """Keys of the samples, newest first."""
    with database.reading() as connection:
        return scalars(connection, "SELECT sample_key FROM audit_sample WHERE place = 1 ORDER BY drawn_at DESC, sample_key", {})
