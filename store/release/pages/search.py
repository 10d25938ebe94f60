"""Search over everything: words and filters in, one page of evaluations, counts by facet, and the SQL of all rows out."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Row = dict[str, Any]

PAGE = 25
COUNTED = 20_000
"""Matches that counts and facets look at; beyond it they say so."""
FACET_SIZE = 12
FILTERS = ("programme", "edition_year", "province_code", "level", "kind", "result", "giver", "outlet", "sureness")
"""The facets, in the order they are shown; also the words of the address."""
MORE = ("topic", "agency_key", "agency_kind", "contested", "review")
"""Filters that have no facet."""
_LABELLED = {"programme": "programme_name", "province_code": "province_name"}
_DIMENSION = {"edition_year": "", "province_code": "province"}
_OPEN, _CLOSE = "\x02", "\x03"


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: words, filters (only those of FILTERS and MORE) and a page from 1."""

    words: str
    filters: dict[str, str]
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        """From the query of an address; what is unknown is ignored, so that a link with a tracking word still works."""
        filters = {name: args[name][:200] for name in (*FILTERS, *MORE) if args.get(name)}
        page = args.get("page") or "1"
        return cls((args.get("q") or "").strip()[:200], filters, min(max(int(page), 1), 10_000) if page.isdecimal() else 1)

    def args(self, **change: Any) -> dict[str, Any]:
        """The query of an address that asks the same, with something changed; None takes a part away."""
        return {"q": self.words, **self.filters, **change}


def match(words: str) -> str:
    """The words of a reader as a full-text question: every word must occur, `"…"` is a phrase, nothing has a special meaning."""
    parts = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|(\S+)', words)]
    return " ".join('"' + part.replace('"', " ") + '"' for part in parts if re.search(r"\w", part))


def where(asked: Asked) -> tuple[str, list[Any]]:
    """FROM and WHERE for everything that matches, and its values. The evaluation is `e`, the full-text index `f`."""
    tests, values = [], []
    origin = "evaluations e"
    words = match(asked.words)
    if words:
        # CROSS: the words choose first; a filter that went first would ask the full-text index once a row
        origin = "evaluations_fts f CROSS JOIN evaluations e ON e.rowid = f.rowid"
        tests.append("evaluations_fts MATCH ?")
        values.append(words)
    for name, value in asked.filters.items():
        if name == "contested":
            tests.append("e.conflict_count > 0")
        elif name == "outlet":
            tests.append("e.key IN (SELECT evaluation_key FROM claims WHERE outlet = ?)")
            values.append(value)
        elif name == "programme":
            tests.append("(e.programme = ? OR (e.programme IS NULL AND e.programme_name = ?))" if " " in value else "e.programme = ?")
            values += [value] * (2 if " " in value else 1)
        else:
            tests.append(f"e.{name} = ?")
            values.append(value)
    return f"FROM {origin}" + (f" WHERE {' AND '.join(tests)}" if tests else ""), values


def everything(asked: Asked) -> tuple[str, list[Any]]:
    """The SQL of all rows that match, newest first, every column of `evaluations`."""
    rest, values = where(asked)
    return f"SELECT e.* {rest} {_order(asked)}", values


def _order(asked: Asked) -> str:
    # rows of a release stand newest first; hits of a full-text index come in their order, filters walk an index backwards
    if match(asked.words):
        return "ORDER BY f.rowid"
    return "ORDER BY e.shown_date DESC, e.rowid DESC" if asked.filters else "ORDER BY e.rowid"


def find(release: sqlite3.Connection, asked: Asked) -> Row:
    """One page: `rows` with marked words, `total`, `capped` (more than COUNTED match), `facets`, and entities whose name has the words.

    Raises:
        sqlite3.OperationalError: It took longer than a reader waits.
    """
    rest, values = where(asked)
    words = match(asked.words)
    marked = "".join(
        f", snippet(evaluations_fts, {place}, '{_OPEN}', '{_CLOSE}', '…', 60) AS marked_{name}"
        for place, name in ((0, "recipient_name"), (1, "programme_name"), (7, "quotation"))
    )
    page = f"SELECT e.*{marked if words else ''} {rest} {_order(asked)} LIMIT ? OFFSET ?"
    rows = [dict(row) for row in release.execute(page, [*values, PAGE, (asked.page - 1) * PAGE])]
    total, facets = _counted(release, asked)
    return {
        "rows": rows,
        "total": total,
        "capped": total > COUNTED and bool(asked.words or asked.filters),
        "facets": facets,
        **(entities(release, words) if words and asked.page == 1 else {"agencies": [], "programmes": [], "officials": [], "articles": []}),
    }


def _counted(release: sqlite3.Connection, asked: Asked) -> tuple[int, dict[str, list[Row]]]:
    """How many match and their facets: from the coverage of the release where nothing is asked, else counted over the matches."""
    if not asked.words and not asked.filters:
        return _covered(release)
    rest, values = where(asked)
    columns = [name for name in FILTERS if name != "outlet"]
    selected = ", ".join(f"e.{name}" for name in (*columns, *_LABELLED.values(), "outlets"))
    rows = release.execute(f"SELECT {selected} {rest} LIMIT {COUNTED + 1}", values).fetchall()
    cells = dict(zip((*columns, *_LABELLED.values(), "outlets"), zip(*map(tuple, rows), strict=True), strict=True)) if rows else {}
    facets = {}
    for name in FILTERS:
        if name == "outlet":
            counter = Counter(outlet for text, n in Counter(cells.get("outlets", ())).items() for outlet in json.loads(text) * n)
        else:
            counter = Counter(cells.get(name, ()))
        named = dict(zip(cells[name], cells[_LABELLED[name]], strict=True)) if name in _LABELLED and cells else {}
        counted = [(value, n) for value, n in counter.items() if value is not None]
        best = sorted(counted, key=lambda pair: (-pair[1], str(pair[0])))[:FACET_SIZE]
        facets[name] = [{"value": str(value), "name": str(named.get(value, value)), "count": n} for value, n in best]
    return len(rows), facets


def _covered(release: sqlite3.Connection) -> tuple[int, dict[str, list[Row]]]:
    facets: dict[str, list[Row]] = {}
    covered = (
        "SELECT value, name, evaluation_count FROM coverage WHERE dimension = ? AND year IS NULL AND value IS NOT NULL ORDER BY 3 DESC"
    )
    for name in FILTERS:
        if name == "edition_year":
            sql = (
                "SELECT year, year, evaluation_count FROM coverage WHERE dimension = 'all' AND year IS NOT NULL ORDER BY 3 DESC, year DESC"
            )
            found = release.execute(f"{sql} LIMIT {FACET_SIZE}").fetchall()
        else:
            dimension = {"province_code": "province"}.get(name, name)
            found = release.execute(f"{covered} LIMIT {FACET_SIZE}", [dimension]).fetchall()
        # a giver is filtered by its name, for many have no key
        facets[name] = [{"value": str(row[1] if name == "giver" else row[0]), "name": str(row[1]), "count": row[2]} for row in found]
    total = release.execute("SELECT evaluation_count FROM coverage WHERE dimension = 'all' AND year IS NULL").fetchone()
    return (total[0] if total else 0), facets


def entities(release: sqlite3.Connection, words: str, limit: int = 5) -> dict[str, list[Row]]:
    """Bodies, programmes, people and articles whose names have the words, those with most results first."""
    orders = {
        "agencies": "t.evaluation_count DESC, t.name",
        "programmes": "t.evaluation_count DESC, t.name",
        "officials": "t.presented_count + t.received_count DESC, t.name",
    }
    found = {}
    for table, order in orders.items():
        sql = f"SELECT t.* FROM {table}_fts f JOIN {table} t ON t.rowid = f.rowid WHERE {table}_fts MATCH ? ORDER BY {order} LIMIT ?"
        found[table] = [dict(row) for row in release.execute(sql, [words, limit])]
    sql = "SELECT t.key, t.title, t.url, t.outlet, t.published FROM articles_fts f JOIN articles t ON t.rowid = f.rowid "
    found["articles"] = [dict(row) for row in release.execute(sql + "WHERE articles_fts MATCH ? ORDER BY f.rowid LIMIT ?", [words, limit])]
    return found


def lit(text: str | None) -> Markup:
    """Text with the words that were found in <mark>; everything else of it is escaped."""
    safe = str(escape(text or ""))
    return Markup(safe.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))  # noqa: S704 - escaped in the line above
