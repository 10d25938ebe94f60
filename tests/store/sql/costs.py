"""Generated evaluations, the first pages people ask for, how the planner finds them, and what they cost beside the bare driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time_ns
from typing import Any

import psycopg

from store.sql.database import Database
from store.sql.queries import Filters, evaluations
from store.sql.queries.lists import EVALUATIONS, build
from store.sql.queries.rows import marked

_FILL = """
    INSERT INTO evaluation (key, programme_id, entity_key, programme, programme_name, edition_year, kind, predicate, recipient_name,
        recipient_key, province_code, giver_key, also_received_by, status, flags, confidence, rules, claim_count, article_count,
        source_count, official_count, conflict_count, shown_date, reader, review, taken_down, queue_weight, result_digest, digest)
    SELECT {key}, p, a, p, 'Program ' || p, 2010 + n % 15, CASE WHEN n % 3 = 0 THEN 'opinion' ELSE 'predicate' END, 'BB', 'Badan ' || a,
        a, substr(a, 1, 2), CASE WHEN n % 2 = 0 THEN 'bpk' ELSE 'kemenpanrb' END, '[]', 'conferred', '[]', (n % 100) / 100.0, '{{}}', 1, 1,
        1, 0, CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END, {day}, '1', 'open', {no}, (n % 100) / 100.0, 'x', 'x'
    FROM (SELECT n, (CASE n % 4 WHEN 0 THEN 'sakip' WHEN 1 THEN 'kla' WHEN 2 THEN 'kipp' ELSE 'sp4n' END) AS p,
        (CASE n % 5 WHEN 0 THEN '32.73' WHEN 1 THEN '32.04' WHEN 2 THEN '33.74' WHEN 3 THEN '33.22' ELSE '33.19' END) AS a FROM numbers) t
"""


def fill(database: Database, count: int) -> None:
    """Put so many generated evaluations in, and tell the planner."""
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
            insert = _FILL.format(key="printf('%016x', n * 2654435761)", day="date('2010-01-01', '+' || (n % 5000) || ' days')", no="0")
            head, _, rest = insert.partition("SELECT")
            connection.exec_driver_sql(f"{head} {numbers} SELECT {rest}")
        else:
            insert = _FILL.format(key="lpad(to_hex(n::bigint * 2654435761), 16, '0')", day="date '2010-01-01' + n % 5000", no="false")
            series = f"FROM generate_series(1, {count}) AS numbers(n)"
            connection.exec_driver_sql(insert.replace("FROM numbers", series).replace("%", "%%"))
        outlets = (
            "INSERT INTO evaluation_outlet SELECT key, CASE WHEN id % 20 = 0 THEN 'Kecil' ELSE 'Besar' END, shown_date FROM evaluation"
        )
        connection.exec_driver_sql(outlets if connection.dialect.name == "sqlite" else outlets.replace("%", "%%"))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


FIRST_PAGES = [
    Filters(),
    Filters(programme="sakip"),
    Filters(programme="sakip", year=2015),
    Filters(year=2015),
    Filters(recipient="32.73"),
    Filters(province="33"),
    Filters(kind="opinion"),
    Filters(giver="bpk"),
    Filters(outlet="Kecil"),
    Filters(contested=True),
    Filters(min_confidence=0.9),
    Filters(text='"Badan 33 19"'),
    Filters(programme="kla", province="33", year=2017, min_confidence=0.5),
]


def question(database: Database, filters: Filters) -> tuple[str, dict[str, Any]]:
    """The SQL of a first page and its values."""
    bodies: dict[str, tuple[str, ...]] = {name: (getattr(filters, name),) for name in ("recipient", "giver") if getattr(filters, name)}
    return build(EVALUATIONS, filters, bodies, database.dialect, 51, None)


def plan(database: Database, filters: Filters) -> str:
    """What the planner says it will do for a first page."""
    sql, values = question(database, filters)
    explain = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
    with database.reading() as connection:
        rows = connection.exec_driver_sql(explain + marked(sql, database.dialect), values)
        return "\n".join(str(row[-1]) for row in rows)


def ratio(database: Database, filters: Filters, repeats: int = 60) -> float:
    """CPU time of the question over that of its SQL through sqlite3 or psycopg, rows fetched as dicts on both sides.

    The median of pairs of calls in turn. PostgreSQL's own work counts on both sides: its process for a connection says how long it ran.
    """
    sql, values = question(database, filters)
    if database.dialect == "sqlite":
        bare, sides = _sqlite(database, sql, values), (_nothing, _nothing)
    else:
        connection = _connected(database)
        bare = _postgres(connection, sql, values)
        with database.asking() as asker:
            server = asker.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        sides = _run_by(server), _run_by(connection.info.backend_pid)
    ours: list[int] = []
    theirs: list[int] = []
    for number in range(repeats):
        ours.append(_spent(lambda: evaluations(database, filters, limit=50), sides[0]))
        theirs.append(_spent(bare, sides[1]))
        if number == 5:
            ours, theirs = [], []
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def _spent(work: Callable[[], Any], server: Callable[[], int]) -> int:
    begun = thread_time_ns() + server()
    work()
    return thread_time_ns() + server() - begun


def _nothing() -> int:
    return 0


def _run_by(process: int) -> Callable[[], int]:
    """Nanoseconds a process of this machine has run; a server elsewhere cannot be asked."""
    place = Path(f"/proc/{process}/schedstat")
    return (lambda: int(place.read_bytes().split()[0])) if place.exists() else _nothing


def _sqlite(database: Database, sql: str, values: dict[str, Any]) -> Callable[[], Any]:
    connection = sqlite3.connect(str(database.path))
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA cache_size=-65536")  # as much as ours: what is compared is the layer above
    return lambda: [dict(row) for row in connection.execute(sql, values)]


def _connected(database: Database) -> psycopg.Connection[Any]:
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, row_factory=psycopg.rows.dict_row, autocommit=True)


def _postgres(connection: psycopg.Connection[Any], sql: str, values: dict[str, Any]) -> Callable[[], Any]:
    return lambda: connection.execute(marked(sql, "postgresql"), values).fetchall()
