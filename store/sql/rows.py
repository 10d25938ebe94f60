"""Writing rows so that nothing is written twice: compare first, then insert what is new and update what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, and_, bindparam, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

Row = Mapping[str, Any]
CHUNK = 400
"""Keys asked for in one statement; SQLite of Debian 12 takes 32,766 parameters, and small chunks plan alike on both."""


def upsert(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    """An INSERT in the connection's dialect that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def put(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert the rows that are missing and update those that differ, by primary key. All rows have the same columns.

    Returns:
        How many rows were inserted or changed.
    """
    keys = [column.name for column in table.primary_key.columns]
    unique = {tuple(row[name] for name in keys): row for row in rows}
    if not unique:
        return 0
    names = list(next(iter(unique.values())))
    present = _present(connection, table, keys, names, list(unique))
    new = [dict(row) for key, row in unique.items() if key not in present]
    differing = [dict(row) for key, row in unique.items() if key in present and any(row[name] != present[key][name] for name in names)]
    if new:
        connection.execute(upsert(connection, table).on_conflict_do_nothing(), new)
    change(connection, table, keys, differing)
    return len(new) + len(differing)


def change(connection: Connection, table: Table, keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Update rows found by `keys` to the other values they carry; nothing where there are no rows."""
    if not rows:
        return
    values = tuple(name for name in rows[0] if name not in keys)
    statement = _update(table, tuple(keys), values)
    connection.execute(statement, [{**{f"k_{n}": row[n] for n in keys}, **{f"v_{n}": row[n] for n in values}} for row in rows])


@lru_cache(maxsize=128)
def _update(table: Table, keys: tuple[str, ...], values: tuple[str, ...]) -> Update:
    where = and_(*(table.c[name] == bindparam(f"k_{name}") for name in keys))
    return update(table).where(where).values({name: bindparam(f"v_{name}") for name in values})


@lru_cache(maxsize=64)
def _insert(table: Table) -> Insert:
    return insert(table)


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are known to be new."""
    if rows:
        connection.execute(_insert(table), [dict(row) for row in rows])


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterable[Sequence[Any]]:
    """The items in slices that fit one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _present(connection: Connection, table: Table, keys: list[str], names: list[str], wanted: list[tuple[Any, ...]]) -> dict[Any, Row]:
    columns = [table.c[name] for name in names]
    found: dict[Any, Row] = {}
    for part in chunks(wanted):
        condition = table.c[keys[0]].in_([key[0] for key in part]) if len(keys) == 1 else tuple_(*(table.c[k] for k in keys)).in_(part)
        for row in connection.execute(select(*columns).where(condition)).mappings():
            found[tuple(row[name] for name in keys)] = dict(row)
    return found
