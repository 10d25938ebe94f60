"""One programme: its scale as a ladder, who climbed and who fell, its holders over the provinces."""

from __future__ import annotations

import sqlite3
from typing import Any

from store.release.pages.agency import tint

Row = dict[str, Any]

LISTED = 50
MOVED = 8
SORTS = {
    "result": "step IS NULL, step, rank IS NULL, rank, score IS NULL, score DESC, recipient_name",
    "recipient_name": "recipient_name, step",
    "province_name": "province_name, recipient_name",
    "score": "score IS NULL, score DESC, recipient_name",
    "shown_date": "shown_date DESC, recipient_name",
}


def load(release: sqlite3.Connection, key: str, year: int | None, province: str | None, sort: str) -> Row | None:
    """Everything the page of a programme shows of one year (the newest, if none is asked for); None if there is no such programme."""
    found = release.execute("SELECT * FROM programmes WHERE key = ?", [key]).fetchone()
    if found is None:
        return None
    counted = release.execute(
        "SELECT year, evaluation_count, agency_count FROM coverage "
        "WHERE dimension = 'programme' AND value = ? AND year IS NOT NULL ORDER BY year",
        [key],
    )
    years = [dict(row) for row in counted]
    shown = year if year is not None else (years[-1]["year"] if years else None)
    return {
        "programme": dict(found),
        "steps": [
            dict(row) for row in release.execute("SELECT * FROM programme_steps WHERE programme = ? ORDER BY scale DESC, place", [key])
        ],
        "givers": [dict(row) for row in release.execute("SELECT * FROM programme_givers WHERE programme = ? ORDER BY place DESC", [key])],
        "years": years,
        "year": shown,
        "ladder": ladder(release, key),
        **moves(release, key, shown),
        **regions(release, key, shown, province),
        **_list(release, key, shown, province, sort),
    }


def ladder(release: sqlite3.Connection, key: str) -> list[Row]:
    """Holders on each step by year, best step first; results without a place on the scale are not in it."""
    sql = (
        "SELECT edition_year AS year, predicate AS step_name, step, count(DISTINCT agency_key) AS holders FROM evaluations "
        "WHERE programme = ? AND step IS NOT NULL AND edition_year IS NOT NULL GROUP BY edition_year, step, predicate ORDER BY 1, 3"
    )
    return [dict(row) for row in release.execute(sql, [key])]


def moves(release: sqlite3.Connection, key: str, year: int | None) -> Row:
    """Who stands higher (`climbed`) and lower (`fell`) in a year than in the year before."""
    if year is None:
        return {"climbed": [], "fell": []}
    sql = (
        "WITH now AS (SELECT agency_key, recipient_name, min(step) AS step, predicate FROM evaluations "
        "WHERE programme = :key AND edition_year = :year AND step IS NOT NULL GROUP BY 1), "
        "old AS (SELECT agency_key, min(step) AS step, predicate FROM evaluations "
        "WHERE programme = :key AND edition_year = :year - 1 AND step IS NOT NULL GROUP BY 1) "
        "SELECT now.agency_key, recipient_name, old.predicate AS result_before, now.predicate AS result, old.step - now.step AS steps "
        "FROM now JOIN old USING (agency_key) WHERE now.step <> old.step ORDER BY abs(steps) DESC, recipient_name"
    )
    rows = [dict(row) for row in release.execute(sql, {"key": key, "year": year})]
    return {
        "climbed": [row for row in rows if row["steps"] > 0][:MOVED],
        "fell": [row for row in rows if row["steps"] < 0][:MOVED],
        "climbed_count": sum(row["steps"] > 0 for row in rows),
        "fell_count": sum(row["steps"] < 0 for row in rows),
    }


def regions(release: sqlite3.Connection, key: str, year: int | None, province: str | None) -> Row:
    """`tiles`: by province the mark of its government and how many kabupaten and kota hold one; `blocks`: those of one province."""
    sql = (
        "SELECT key, agency_key, recipient_name, province_code, level, result, predicate, step, step_count, rank, rank_of, score, "
        "score_unit, conflict_count FROM evaluations WHERE programme = ? AND edition_year = ? "
        "AND level IN ('provinsi', 'kabupaten', 'kota') "
        "ORDER BY step DESC, rank DESC, score"
    )
    tiles: dict[str, Row] = {}
    blocks: dict[str, Row] = {}
    for found in release.execute(sql, [key, year]):
        row = dict(found)
        row["tint"] = tint(row)
        tile = tiles.setdefault(row["province_code"], {"mark": None, "holders": set()})
        if row["level"] == "provinsi":
            tile["mark"] = row
        else:
            tile["holders"].add(row["agency_key"])
            if row["province_code"] == province:
                blocks[row["agency_key"]] = row
    for tile in tiles.values():
        tile["holders"] = len(tile["holders"])
    missing: list[Row] = []
    if province:
        listed = "SELECT key, name FROM agencies WHERE province_code = ? AND level IN ('kabupaten', 'kota') ORDER BY name"
        missing = [dict(row) for row in release.execute(listed, [province]) if row["key"] not in blocks]
    best_first = sorted(blocks.values(), key=lambda row: (-row["tint"], row["step"] or 99, row["recipient_name"]))
    return {"tiles": tiles, "province": province, "blocks": best_first, "blocks_missing": missing}


def _list(release: sqlite3.Connection, key: str, year: int | None, province: str | None, sort: str) -> Row:
    narrowed, values = ("AND province_code = ?", [province]) if province else ("", [])
    sql = f"FROM evaluations WHERE programme = ? AND edition_year = ? {narrowed}"
    order = SORTS.get(sort, SORTS["result"])
    rows = release.execute(f"SELECT * {sql} ORDER BY {order} LIMIT {LISTED}", [key, year, *values])
    total = release.execute(f"SELECT count(*) {sql}", [key, year, *values]).fetchone()[0]
    return {"rows": [dict(row) for row in rows], "total": total, "sort": sort if sort in SORTS else "result"}
