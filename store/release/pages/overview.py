"""The pages about the release itself: home, coverage and quality, and the lists of programmes and of bodies."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from store.release.pages.programme import ladder

Row = dict[str, Any]

NEW = 6


def about(release: sqlite3.Connection) -> dict[str, str]:
    """What the release says of itself: version, date, licence, citation, counts."""
    return {row["name"]: row["value"] or "" for row in release.execute("SELECT name, value FROM meta")}


def home(release: sqlite3.Connection) -> Row:
    """`new` results, the `example` ladder of the programme with most bodies on a scale, counts of coverage, `warnings`."""
    sql = "SELECT p.* FROM programmes p WHERE EXISTS (SELECT 1 FROM programme_steps s WHERE s.programme = p.key) "
    sql += "ORDER BY agency_count DESC, key LIMIT 1"
    example = release.execute(sql).fetchone()
    covered = "SELECT count(*) FROM coverage WHERE dimension = ? AND year IS NULL AND value IS NOT NULL"
    return {
        "about": about(release),
        "new": [dict(row) for row in release.execute(f"SELECT * FROM evaluations ORDER BY rowid LIMIT {NEW}")],
        "example": dict(example) if example else None,
        "ladder": ladder(release, example["key"]) if example else [],
        "outlets": release.execute(covered, ["outlet"]).fetchone()[0],
        "programmes": release.execute(covered, ["programme"]).fetchone()[0],
        "provinces": release.execute(covered, ["province"]).fetchone()[0],
        "all": _all(release),
        "warnings": _listed(release, "SELECT * FROM warnings ORDER BY place"),
    }


def quality(release: sqlite3.Connection) -> Row:
    """Figures of the reader, calibration, coverage by year and dimension, sources and their state, warnings, changes."""
    figures = _listed(release, "SELECT * FROM quality ORDER BY place")
    top = "SELECT * FROM coverage WHERE dimension = ? AND year IS NULL AND value IS NOT NULL ORDER BY evaluation_count DESC LIMIT 15"
    return {
        "about": about(release),
        "all": _all(release),
        "figures": [row for row in figures if row["measure"] != "calibration"],
        "calibration": [row for row in figures if row["measure"] == "calibration" and row["value"] is not None],
        "by_year": _listed(release, "SELECT * FROM coverage WHERE dimension = 'all' AND year IS NOT NULL ORDER BY year"),
        "covered": {name: _listed(release, top, name) for name in ("topic", "programme", "province", "outlet", "giver")},
        "sources": [{**row, "drifts": json.loads(row["drifts"])} for row in _listed(release, "SELECT * FROM sources ORDER BY name")],
        "warnings": _listed(release, "SELECT * FROM warnings ORDER BY place"),
        "changes": _listed(
            release, "SELECT change, why, count(DISTINCT evaluation_key) AS count FROM changes GROUP BY 1, 2 ORDER BY 1, 3 DESC"
        ),
    }


def programmes(release: sqlite3.Connection) -> list[Row]:
    """Programmes by topic, those with most results first."""
    return _listed(release, "SELECT * FROM programmes ORDER BY topic, evaluation_count DESC, name")


def agencies(release: sqlite3.Connection, province: str | None) -> Row:
    """`tiles`: results of every province; `blocks`: governments of one province, or national bodies where none is asked for."""
    tiles = {row["value"]: row for row in _listed(release, "SELECT * FROM coverage WHERE dimension = 'province' AND year IS NULL")}
    listed = "SELECT key, name, level, evaluation_count, first_year, last_year FROM agencies WHERE "
    if province:
        blocks = _listed(
            release,
            listed + "province_code = ? AND level IN ('provinsi', 'kabupaten', 'kota') ORDER BY evaluation_count DESC, name",
            province,
        )
    else:
        blocks = _listed(release, listed + "level = 'national' AND evaluation_count > 0 ORDER BY evaluation_count DESC, name LIMIT 100")
    return {"tiles": tiles, "province": province, "blocks": blocks}


def _all(release: sqlite3.Connection) -> Row:
    found = _listed(release, "SELECT * FROM coverage WHERE dimension = 'all' AND year IS NULL")
    return found[0] if found else dict.fromkeys(("evaluation_count", "agency_count", "single_source_count", "contested_count"), 0)


def _listed(release: sqlite3.Connection, sql: str, *values: Any) -> list[Row]:
    return [dict(row) for row in release.execute(sql, values)]
