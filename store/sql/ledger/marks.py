"""Marking what the next merge has to make anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from store.sql.ledger.statements import MARK


def mark(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Mark pairs of programme and entity for merging."""
    rows = [{"programme_id": programme, "entity_key": entity, "marked_at": datetime.now(UTC)} for programme, entity in sorted(set(pairs))]
    if rows:
        connection.execute(MARK, rows)
