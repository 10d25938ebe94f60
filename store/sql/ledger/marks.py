"""Marking what the next merge has to make anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from store.sql import tables
from store.sql.rows import upsert
from store.sql.tables import table


def mark(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Mark pairs of programme and entity for merging.

    A mark that is there already is written again: the row lock makes a merge that is taking the mark wait for our claims.
    """
    rows = [{"programme_id": programme, "entity_key": entity, "marked_at": datetime.now(UTC)} for programme, entity in sorted(set(pairs))]
    if rows:
        statement = upsert(connection, table(tables.Unmerged))
        update = {"marked_at": statement.excluded.marked_at}
        connection.execute(statement.on_conflict_do_update(index_elements=["programme_id", "entity_key"], set_=update), rows)
