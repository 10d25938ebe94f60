"""Data on stdout: one list of rows in four shapes."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from typing import Any

import typer

Row = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How a list is printed. A table is for eyes and may cut long cells; the other three hold everything."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def chosen(wanted: Format | None) -> Format:
    """The format asked for; else a table for a terminal and one JSON object a line for a pipe or file."""
    return wanted or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)


def write_rows(rows: Iterable[Row], columns: Sequence[str], fmt: Format, labels: Mapping[str, str] | None = None) -> int:
    """Print rows and say how many there were.

    Args:
        rows: mappings; JSON shapes print all of their keys, the others the named columns.
        columns: names in the order of the table; CSV adds the keys of the first row that are not among them.
        fmt: the shape.
        labels: heads of table columns that differ from their names.
    """
    with piped():
        match fmt:
            case Format.JSONL:
                return sum(_line(row) for row in rows)
            case Format.JSON:
                items = [dict(row) for row in rows]
                sys.stdout.write(json.dumps(items, ensure_ascii=False, indent=1, default=str) + "\n")
                return len(items)
            case Format.CSV:
                return _csv(rows, columns)
            case Format.TABLE:
                return _table(rows, columns, labels or {})


def _line(row: Row) -> int:
    sys.stdout.write(json.dumps(dict(row), ensure_ascii=False, default=str) + "\n")
    return 1


def _csv(rows: Iterable[Row], columns: Sequence[str]) -> int:
    iterator = iter(rows)
    first = next(iterator, None)
    names = [*columns, *(name for name in first or () if name not in columns)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if names:
        writer.writerow(names)
    count = 0
    for row in chain([first] if first is not None else [], iterator):
        writer.writerow([safe_cell(row.get(name)) for name in names])
        count += 1
    return count


def safe_cell(value: object) -> object:
    """A cell as a spreadsheet may open it: text that would start a formula gets a quotation mark before it."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, (list, tuple, dict)):
        return safe_cell(plain(value))
    return value


def plain(value: object) -> str:
    """One value as text for a cell: lists joined, persons as "name (position)", nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if "name" in value or "position" in value:
            name, position = value.get("name"), value.get("position")
            return f"{name} ({position})" if name and position else str(name or position or "")
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, (list, tuple)):
        return "; ".join(plain(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}"
    return str(value)


def _table(rows: Iterable[Row], columns: Sequence[str], labels: Mapping[str, str]) -> int:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    items = list(rows)
    for name in columns:
        numeric = any(isinstance(row.get(name), (int, float)) for row in items)
        table.add_column(labels.get(name, name), justify="right" if numeric else "left", overflow="fold", no_wrap=name == "key")
    for row in items:
        table.add_row(*(Text(plain(row.get(name))) for name in columns))
    # A file or pipe has no width of its own: wide enough that nothing is folded into rags.
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    return len(items)


@contextmanager
def piped() -> Iterator[None]:
    """Write to stdout inside this; when whoever read our output is gone (`| head`), the command ends, quietly and well."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is written, also not at exit
        raise typer.Exit from None
