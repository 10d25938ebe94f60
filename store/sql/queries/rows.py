"""Running a question: SQL text in, plain dict rows out, alike on both databases.

Questions are written as SQL because they are read as such by whoever studies their plans; values always go in as parameters.
The driver's rows are taken as they come: between the question and the file lies nothing that costs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from store.sql.moments import moment_text

Dict = dict[str, Any]
_Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Columns:
    """What a question selects: public name to SQL expression, and which of them are JSON, yes or no.

    JSON comes as text and has to be turned, on SQLite yes and no too, which are numbers there; PostgreSQL's moments have to be printed.
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
    cursor = _cursor(connection)
    try:
        cursor.execute(marked(sql, connection.dialect.name), dict(values))
        names = selected.names
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        converters = _converters(connection, selected, cursor)
    finally:
        cursor.close()
    for name, convert in converters:
        for row in found:
            if row[name] is not None:
                row[name] = convert(row[name])
    return found


def scalars(connection: Connection, sql: str, values: Mapping[str, Any]) -> list[Any]:
    """Run a question for one column."""
    cursor = _cursor(connection)
    try:
        cursor.execute(marked(sql, connection.dialect.name), dict(values))
        return [_printed(row[0]) for row in cursor.fetchall()]
    finally:
        cursor.close()


def _cursor(connection: Connection, name: str | None = None) -> Any:
    """The driver's own cursor: a first page is so cheap that a layer more would show.

    PostgreSQL's days and JSON stay the text that it sends, as on SQLite; its driver would make objects that are only printed again.
    """
    raw = connection.connection
    if connection.dialect.name == "sqlite":
        return raw.cursor()
    from psycopg.types.string import TextLoader

    cursor: Any = raw.cursor(name) if name else raw.cursor()
    for kind in (_DAY, _JSONB):
        cursor.adapters.register_loader(kind, TextLoader)
    return cursor


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


_DAY, _JSONB, _MOMENT = 1082, 3802, 1184
"""PostgreSQL's codes of types."""


def _converters(connection: Connection, selected: Columns, cursor: Any) -> tuple[tuple[str, _Convert], ...]:
    """Which columns have to be turned, and how."""
    if connection.dialect.name == "sqlite":
        return _json(selected) + tuple((name, bool) for name in sorted(selected.yes_no))
    moments = [name for name, column in zip(selected.names, cursor.description, strict=True) if column[1] == _MOMENT]
    return _json(selected) + tuple((name, moment_text) for name in moments)


@lru_cache(maxsize=64)
def _json(selected: Columns) -> tuple[tuple[str, _Convert], ...]:
    return tuple((name, _from_json) for name in sorted(selected.json))


def _from_json(value: Any) -> Any:
    # SQLite keeps a JSON number as a number.
    return json.loads(value) if isinstance(value, str) else value


def _printed(value: Any) -> Any:
    return moment_text(value) if isinstance(value, datetime) else value


def stream(connection: Connection, sql: str, values: Mapping[str, Any], selected: Columns) -> Iterator[Dict]:
    """Rows as `ask` gives them, a few at a time: memory stays flat however many there are."""
    cursor = _cursor(connection, "stream")
    try:
        cursor.execute(marked(sql, connection.dialect.name), dict(values))
        names, converters = selected.names, _converters(connection, selected, cursor)
        while rows := cursor.fetchmany(1000):
            for row in rows:
                found = dict(zip(names, row, strict=True))
                for name, convert in converters:
                    if found[name] is not None:
                        found[name] = convert(found[name])
                yield found
    finally:
        cursor.close()
