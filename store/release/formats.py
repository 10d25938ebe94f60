"""The tables of a release as Parquet and CSV, row by row out of its SQLite file."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from store.release.schema import TABLES, Column, Table

_BATCH = 8192
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "array": pa.string(),
    "object": pa.string(),
}


def write_parquet(release: sqlite3.Connection, folder: Path) -> list[Path]:
    """One Parquet file a table. Column comments are kept as field metadata `comment`."""
    folder.mkdir()
    made = []
    for one in TABLES:
        path = folder / f"{one.name}.parquet"
        schema = _schema(one)
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for rows in _batches(release, one):
                columns = [_array(column, [row[place] for row in rows]) for place, column in enumerate(one.columns)]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        made.append(path)
    return made


def write_csv(release: sqlite3.Connection, folder: Path) -> list[Path]:
    """One CSV file a table: UTF-8, comma, header, missing values empty, true and false, texts that no spreadsheet runs as a formula."""
    folder.mkdir()
    made = []
    for one in TABLES:
        path = folder / f"{one.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(one.names)
            for rows in _batches(release, one):
                writer.writerows([_cell(column, value) for column, value in zip(one.columns, row, strict=True)] for row in rows)
        made.append(path)
    return made


def _schema(one: Table) -> pa.Schema:
    fields = [pa.field(c.name, _ARROW[c.type], nullable=c.null, metadata={"comment": c.about}) for c in one.columns]
    return pa.schema(fields, metadata={"about": one.about})


def _batches(release: sqlite3.Connection, one: Table) -> Iterator[list[Any]]:
    """Rows in the order they were written, a batch at a time."""
    cursor = release.execute(f"SELECT {', '.join(one.names)} FROM {one.name} ORDER BY rowid")
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _array(column: Column, values: list[Any]) -> pa.Array:
    match column.type:
        case "boolean":
            return pa.array([None if value is None else bool(value) for value in values], pa.bool_())
        case "date":
            return pa.array(values, pa.string()).cast(pa.date32())
        case "datetime":
            return pa.array(values, pa.string()).cast(pa.timestamp("us", tz="UTC"))
        case kind:
            return pa.array(values, _ARROW[kind])


def _cell(column: Column, value: Any) -> Any:
    if value is None:
        return ""
    if column.type == "boolean":
        return "true" if value else "false"
    return safe(value) if column.type == "text" else value


def safe(value: str) -> str:
    """The text with a single quotation mark before it where a spreadsheet would run it as a formula."""
    return "'" + value if value.startswith(_FORMULA) else value
