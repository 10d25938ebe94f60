"""What a table of a release is described by. SQLite, Parquet, CSV, data package and dictionary are all made from these descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "date", "datetime", "array", "object"]
"""`date` is ISO, `datetime` ISO in UTC ending in Z; `array` and `object` are JSON text in every format."""

_SQLITE = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


@dataclass(frozen=True)
class Column:
    """One column: its public name, type, meaning in a sentence, and the column of another table it points to (`agencies.key`)."""

    name: str
    type: Type
    about: str
    null: bool = True
    to: str | None = None

    @property
    def sql(self) -> str:
        """Its line in CREATE TABLE."""
        return f'"{self.name}" {_SQLITE.get(self.type, "TEXT")}{"" if self.null else " NOT NULL"}'


@dataclass(frozen=True)
class Table:
    """One table of a release. `key` never repeats; `order` is the order of rows in every format; `search` are full-text columns.

    Every name in `indexes` is a list of columns: `"programme edition_year"`.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    indexes: tuple[str, ...] = ()
    search: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def text(name: str, about: str, *, to: str | None = None) -> Column:
    """Text that may be missing."""
    return Column(name, "text", about, to=to)


def said(name: str, about: str, *, to: str | None = None) -> Column:
    """Text that is always there."""
    return Column(name, "text", about, null=False, to=to)


def whole(name: str, about: str) -> Column:
    """A whole number that may be missing."""
    return Column(name, "integer", about)


def count(name: str, about: str) -> Column:
    """A whole number that is always there."""
    return Column(name, "integer", about, null=False)


def number(name: str, about: str) -> Column:
    """A decimal number that may be missing."""
    return Column(name, "number", about)


def yes(name: str, about: str) -> Column:
    """Yes or no: 1 and 0 in SQLite, true and false elsewhere."""
    return Column(name, "boolean", about, null=False)


def day(name: str, about: str) -> Column:
    """A day that may be missing."""
    return Column(name, "date", about)


def moment(name: str, about: str) -> Column:
    """A moment in UTC that may be missing."""
    return Column(name, "datetime", about)


def listed(name: str, about: str) -> Column:
    """A JSON list, `[]` where empty."""
    return Column(name, "array", about, null=False)


def item(name: str, about: str) -> Column:
    """A JSON object that may be missing."""
    return Column(name, "object", about)
