"""What a first page costs beside the same SQL through the bare driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import psycopg

from store.sql.database import Database
from store.sql.queries import Filters, evaluations
from store.sql.queries.lists import EVALUATIONS, build
from store.sql.queries.rows import marked


def ratio(database: Database, filters: Filters, repeats: int = 60) -> float:
    """Median time of the question over that of its SQL through sqlite3 or psycopg, rows fetched as dicts on both sides."""
    bodies: dict[str, tuple[str, ...]] = {name: (getattr(filters, name),) for name in ("recipient", "giver") if getattr(filters, name)}
    sql, values = build(EVALUATIONS, filters, bodies, database.dialect, 51, None)
    bare = _sqlite(database, sql, values) if database.dialect == "sqlite" else _postgres(database, sql, values)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(repeats):
        ours.append(_timed(lambda: evaluations(database, filters, limit=50)))
        theirs.append(_timed(bare))
        if number == 5:
            ours, theirs = [], []
    return median(ours) / median(theirs)


def _timed(work: Callable[[], Any]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _sqlite(database: Database, sql: str, values: dict[str, Any]) -> Callable[[], Any]:
    connection = sqlite3.connect(str(database.path))
    connection.row_factory = sqlite3.Row
    return lambda: [dict(row) for row in connection.execute(sql, values)]


def _postgres(database: Database, sql: str, values: dict[str, Any]) -> Callable[[], Any]:
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(url, row_factory=psycopg.rows.dict_row, autocommit=True)
    return lambda: connection.execute(marked(sql, "postgresql"), values).fetchall()
