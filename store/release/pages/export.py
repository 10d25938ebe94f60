"""Every row of a question as CSV or JSON, streamed: memory stays flat however many there are, and a query past its limit ends."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any

from datasette.database import Database
from datasette.utils.asgi import AsgiStream, BadRequest

BATCH = 500
LONG = 600.0
"""Seconds of work a list of ours may cost."""


async def stream(database: Database, sql: str, values: Sequence[Any] | Mapping[str, Any], form: str, seconds: float = LONG) -> AsgiStream:
    """All rows as `csv` or as `json` (a list of objects).

    The seconds count only while SQLite works, so that a slow reader costs nobody anything.

    Raises:
        BadRequest: The question cannot be asked, or its first rows take longer than it may cost.
    """
    rows = Rows(database, sql, values, seconds)
    try:
        first = await rows.next()
    except sqlite3.Error as error:
        rows.close()
        raise BadRequest(f"SQL: {error}") from None
    write = _csv if form == "csv" else _json

    async def send(out: Any) -> None:
        try:
            batch, place = first, 0
            while batch or not place:
                await out.write(write(rows.names, batch, place))
                place += max(len(batch), 1)
                batch = await rows.next() if len(batch) == BATCH else []
            await out.write("" if form == "csv" else "]\n")
        except sqlite3.OperationalError:
            await out.write("INCOMPLETE: this query took longer than allowed\r\n" if form == "csv" else "")  # broken JSON tells by itself
        finally:
            rows.close()

    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json; charset=utf-8"
    return AsgiStream(send, content_type=kind)


class Rows:
    """Rows of one question over a connection of its own, in batches, within its seconds."""

    def __init__(self, database: Database, sql: str, values: Sequence[Any] | Mapping[str, Any], seconds: float) -> None:
        self._connection: sqlite3.Connection = database.connect()
        database.ds._prepare_connection(self._connection, database.name)
        self._left = seconds
        self._sql, self._values = sql, values
        self._cursor: sqlite3.Cursor | None = None
        self.names: list[str] = []

    async def next(self) -> list[tuple[Any, ...]]:
        """The next batch; empty when all have been given."""
        return await asyncio.get_running_loop().run_in_executor(None, self._fetch)

    def _fetch(self) -> list[tuple[Any, ...]]:
        begin = time.monotonic()
        self._connection.set_progress_handler(lambda: time.monotonic() - begin > self._left, 10_000)
        try:
            if self._cursor is None:
                self._cursor = self._connection.execute(self._sql, self._values)
                self.names = [column[0] for column in self._cursor.description]
            return [tuple(row) for row in self._cursor.fetchmany(BATCH)]
        finally:
            self._left -= time.monotonic() - begin

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def _csv(names: Sequence[str], batch: Sequence[tuple[Any, ...]], place: int) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    if not place:
        writer.writerow(names)
    writer.writerows(batch)
    return out.getvalue()


def _json(names: Sequence[str], batch: Sequence[tuple[Any, ...]], place: int) -> str:
    lines = ",\n".join(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in batch)
    return ("[" if not place else ",\n" if lines else "") + lines
