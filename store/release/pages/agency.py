"""The report card of one body: programmes down the side, years across, marks in the cells; and several cards side by side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from store.release.pages.language import say
from store.release.pages.words import TOPICS, told

Row = dict[str, Any]

PEERS = 40
COMPARED = 5
_CELLS = (
    "SELECT key, programme, programme_name, edition_year, result, step, step_count, rank, rank_of, score, score_unit, category, "
    "conflict_count, confidence, sureness, review, topic, shown_date FROM evaluations WHERE agency_key = ? "
    "ORDER BY programme_name, edition_year, step, rank, shown_date"
)


def tint(row: Row) -> int:
    """Where a mark stands on its own scale: 1 (low) to 5 (top); 0 where the scale does not say."""
    if row["step"] and (row["step_count"] or 0) > 1:
        place = 1 - (row["step"] - 1) / (row["step_count"] - 1)
    elif row["step"]:
        place = 1.0
    elif row["rank"] and (row["rank_of"] or 0) > 1:
        place = 1 - (min(row["rank"], row["rank_of"]) - 1) / (row["rank_of"] - 1)
    elif row["score_unit"] in ("index100", "percent") and row["score"] is not None:
        place = min(max(row["score"] / 100, 0.0), 1.0)
    else:
        return 0
    return 1 + round(float(place) * 4)


def card(release: sqlite3.Connection, key: str) -> Row | None:
    """The report card: `agency`, `years`, `topics` of `programmes` of `cells`, `remarks`, `waiting`; None if there is no such body."""
    found = release.execute("SELECT * FROM agencies WHERE key = ?", [key]).fetchone()
    if found is None:
        return None
    rows = [dict(row) for row in release.execute(_CELLS, [key])]
    for row in rows:
        row["tint"] = tint(row)
    years = sorted({row["edition_year"] for row in rows if row["edition_year"]})
    programmes = grid(rows)
    topics = [
        {"topic": topic, "programmes": [one for one in programmes if (one["topic"] or "other") == topic]}
        for topic in TOPICS
        if any((one["topic"] or "other") == topic for one in programmes)
    ]
    return {
        "agency": dict(found),
        "years": list(range(years[0], years[-1] + 1)) if years else [],
        "topics": topics,
        "remarks": remarks(programmes),
        "waiting": [row for row in rows if row["sureness"] == "low" and row["review"] == "open"],
        "undated": sum(row["edition_year"] is None for row in rows),
        "total": len(rows),
    }


def grid(rows: Iterable[Row]) -> list[Row]:
    """One row a programme with its marks by year, the best mark of a year first."""
    found: dict[str, Row] = {}
    for row in rows:
        name = row["programme"] or row["programme_name"] or ""
        line = found.setdefault(
            name, {"key": row["programme"], "name": row["programme_name"] or "", "topic": row["topic"], "cells": defaultdict(list)}
        )
        line["cells"][row["edition_year"]].append(row)
    for line in found.values():
        line["cells"] = dict(line["cells"])
    return sorted(found.values(), key=lambda line: (-sum(len(cell) for cell in line["cells"].values()), line["name"]))


def remarks(programmes: Sequence[Row]) -> list[str]:
    """What the card says in plain words: runs at the top of a scale, and marks that rose or fell between first and last year."""
    found = []
    for line in programmes:
        best = {year: min(cell, key=lambda row: row["step"]) for year, cell in _stepped(line).items()}
        years = sorted(best)
        if len(years) < 2:
            continue
        run = _run(years, best)
        first, last = best[years[0]], best[years[-1]]
        if run >= 3:
            words = say("{0}: {1} {2} kali berturut-turut ({3}–{4}).", "{0}: {1} {2} times in a row ({3}–{4}).")
            found.append(words.format(line["name"], told(last["result"]), run, years[-run], years[-1]))
        elif first["step"] != last["step"]:
            words = say("{0}: dari {1} ({2}) ke {3} ({4}).", "{0}: from {1} ({2}) to {3} ({4}).")
            found.append(words.format(line["name"], told(first["result"]), years[0], told(last["result"]), years[-1]))
    return found


def _stepped(line: Row) -> dict[int, list[Row]]:
    cells = {year: [row for row in cell if row["step"]] for year, cell in line["cells"].items() if year}
    return {year: cell for year, cell in cells.items() if cell}


def _run(years: Sequence[int], best: dict[int, Row]) -> int:
    """How many years up to the last the top step was held without a gap."""
    run = 0
    for year in reversed(years):
        if best[year]["step"] != 1 or (run and year != years[-run] - 1):
            break
        run += 1
    return run


def surroundings(release: sqlite3.Connection, agency: Row, programme: str | None) -> Row:
    """What stands around a card: `peers` with their marks in one programme by year, `units`, and `posts`."""
    key = agency["key"]
    return {
        "peers": peers(release, agency, programme) if programme else [],
        "units": [
            dict(row)
            for row in release.execute(
                "SELECT key, name, evaluation_count FROM agencies WHERE parent_key = ? AND evaluation_count > 0 "
                "ORDER BY evaluation_count DESC, name LIMIT 50",
                [key],
            )
        ],
        "posts": [
            dict(row)
            for row in release.execute(
                "SELECT * FROM posts WHERE agency_key = ? ORDER BY coalesce(until_date, last_seen_date, since_date, '9999') DESC LIMIT 12",
                [key],
            )
        ],
    }


def peers(release: sqlite3.Connection, agency: Row, programme: str) -> list[Row]:
    """Bodies of the same level and province (of the same kind, for national ones) with their best mark of each year."""
    if agency["level"] in ("kota", "kabupaten"):
        sql, values = "level IN ('kota', 'kabupaten') AND province_code = ?", [agency["province_code"]]
    elif agency["level"] == "provinsi":
        sql, values = "level = 'provinsi'", []
    else:
        sql, values = "level = ? AND kind IS ? AND parent_key IS ?", [agency["level"], agency["kind"], agency["parent_key"]]
    sql = f"SELECT key, name FROM agencies WHERE {sql} AND evaluation_count > 0 ORDER BY evaluation_count DESC, name LIMIT {PEERS}"
    found = {row["key"]: {**dict(row), "years": {}} for row in release.execute(sql, values)}
    found.setdefault(agency["key"], {"key": agency["key"], "name": agency["name"], "years": {}})
    marks = (
        "SELECT key, agency_key, edition_year, result, step, step_count, rank, rank_of, score, score_unit, conflict_count FROM evaluations "
        f"WHERE programme = ? AND agency_key IN ({', '.join('?' * len(found))}) AND edition_year IS NOT NULL ORDER BY step DESC, rank DESC"
    )
    for row in release.execute(marks, [programme, *found]):
        mark = dict(row)
        found[mark["agency_key"]]["years"][mark["edition_year"]] = {**mark, "tint": tint(mark)}
    return sorted((one for one in found.values() if one["years"]), key=lambda one: str(one["name"]))


def compare(release: sqlite3.Connection, keys: Sequence[str]) -> Row:
    """Up to five cards aligned: `agencies`, `years`, and `rows` of one programme each with one line a body."""
    cards = [found for found in (card(release, key) for key in keys[:COMPARED]) if found]
    years = sorted({year for one in cards for year in one["years"]})
    names: dict[str, Row] = {}
    for place, one in enumerate(cards):
        for line in (line for topic in one["topics"] for line in topic["programmes"]):
            key = line["key"] or line["name"]
            row = names.setdefault(key, {"key": line["key"], "name": line["name"], "topic": line["topic"], "lines": [{}] * len(cards)})
            row["lines"] = [line["cells"] if at == place else old for at, old in enumerate(row["lines"])]
    order = list(TOPICS)
    rows = sorted(
        names.values(),
        key=lambda row: (-sum(bool(line) for line in row["lines"]), order.index(row["topic"] or "other"), row["name"]),
    )
    return {"agencies": [one["agency"] for one in cards], "years": years, "rows": rows}
