"""Running a question: SQL text in, plain dict rows out, alike on both databases.

Questions are written as SQL because they are read as such by whoever studies their plans; values always go in as parameters.
The driver's rows are taken as they come: between the question and the file lies nothing that costs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from store.sql.moments import moment_text

Dict = dict[str, Any]
_Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Columns:
    """What a question selects: public name to SQL expression, and which of them are JSON, yes or no.

    On SQLite both come as text and number and have to be turned; on PostgreSQL days and moments have to be printed.
    """

    expressions: tuple[tuple[str, str], ...]
    json: frozenset[str] = frozenset()
    yes_no: frozenset[str] = frozenset()

    @property
    def sql(self) -> str:
        """The list after SELECT."""
        return ", ".join(expression for _, expression in self.expressions)

    @property
    def names(self) -> tuple[str, ...]:
        """The public names, in order."""
        return tuple(name for name, _ in self.expressions)


def columns(alias: str, plain: str, *, json: str = "", yes_no: str = "", **computed: str) -> Columns:
    """Columns of one table by their names, with computed ones behind them."""
    expressions = [(name, f"{alias}.{name}") for name in plain.split()] + list(computed.items())
    return Columns(tuple(expressions), frozenset(json.split()), frozenset(yes_no.split()))


def ask(connection: Connection, sql: str, values: Mapping[str, Any], selected: Columns) -> list[Dict]:
    """Run a question with named parameters (`:name`) and give its rows as dicts."""
    rows, kinds = _fetched(connection, sql, values)
    names = selected.names
    found = [dict(zip(names, row, strict=True)) for row in rows]
    converters = _sqlite_converters(selected) if connection.dialect.name == "sqlite" else _postgres_converters(names, kinds)
    for name, convert in converters:
        for row in found:
            if row[name] is not None:
                row[name] = convert(row[name])
    return found


def scalars(connection: Connection, sql: str, values: Mapping[str, Any]) -> list[Any]:
    """Run a question for one column."""
    return [_printed(row[0]) for row in _fetched(connection, sql, values)[0]]


def _fetched(connection: Connection, sql: str, values: Mapping[str, Any]) -> tuple[Sequence[tuple[Any, ...]], list[Any]]:
    """The driver's own rows, and its codes of the columns' types: a first page is so cheap that a layer more would show."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(marked(sql, connection.dialect.name), dict(values))
        return cursor.fetchall(), _kinds(cursor)
    finally:
        cursor.close()


def listed(name: str, items: Sequence[Any], values: dict[str, Any]) -> str:
    """A parenthesised list of parameters for `items`, which are added to `values`."""
    values.update({f"{name}_{number}": item for number, item in enumerate(items)})
    return "(" + ", ".join(f":{name}_{number}" for number in range(len(items))) + ")"


@lru_cache(maxsize=512)
def marked(sql: str, dialect: str) -> str:
    """The question with its parameters in the style of the driver. `::` casts are left alone."""
    if dialect != "postgresql":
        return sql
    marked, rest = [], sql.replace("%", "%%")
    while ":" in rest:
        before, _, rest = rest.partition(":")
        if rest.startswith(":"):
            marked.append(before + "::")
            rest = rest[1:]
            continue
        length = next((place for place, char in enumerate(rest) if not (char.isalnum() or char == "_")), len(rest))
        marked.append(f"{before}%({rest[:length]})s")
        rest = rest[length:]
    return "".join(marked) + rest


@lru_cache(maxsize=64)
def _sqlite_converters(selected: Columns) -> tuple[tuple[str, _Convert], ...]:
    return tuple([(name, _from_json) for name in sorted(selected.json)] + [(name, bool) for name in sorted(selected.yes_no)])


_DAY, _MOMENT = 1082, 1184
"""PostgreSQL's codes of the types whose values have to be printed."""


def _kinds(cursor: Any) -> list[Any]:
    return [column[1] for column in cursor.description or ()]


def _postgres_converters(names: Sequence[str], kinds: Sequence[Any]) -> list[tuple[str, _Convert]]:
    return [(name, _printed) for name, kind in zip(names, kinds, strict=True) if kind in (_DAY, _MOMENT)]


def _from_json(value: Any) -> Any:
    # SQLite keeps a JSON number as a number.
    return json.loads(value) if isinstance(value, str) else value


def _printed(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value


def stream(connection: Connection, sql: str, values: Mapping[str, Any], selected: Columns) -> Iterator[Dict]:
    """Rows as `ask` gives them, a few at a time: memory stays flat however many there are."""
    server = connection.dialect.name == "postgresql"
    cursor = connection.connection.cursor("stream") if server else connection.connection.cursor()
    try:
        cursor.execute(marked(sql, connection.dialect.name), dict(values))
        names = selected.names
        converters = _postgres_converters(names, _kinds(cursor)) if server else _sqlite_converters(selected)
        while rows := cursor.fetchmany(1000):
            for row in rows:
                found = dict(zip(names, row, strict=True))
                for name, convert in converters:
                    if found[name] is not None:
                        found[name] = convert(found[name])
                yield found
    finally:
        cursor.close()
