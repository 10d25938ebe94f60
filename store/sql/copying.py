"""`rapor db copy`: everything from one database into an empty other one, of either kind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from store.model.errors import StoreError, UsageError
from store.sql.database import Database
from store.sql.rows import change
from store.sql.tables import metadata

ROWS_AT_ONCE = 1000
# A body may name a parent that comes later in the order of keys.
_POINTS_TO_ITSELF = {"agency": "parent_key"}


def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy every row, in one transaction: the target has all of it afterwards, or nothing.

    The target is brought to this version first; full-text indexes fill themselves.

    Returns:
        Rows by table.

    Raises:
        UsageError: The target holds rows already, or is the source.
        StoreError: One of them cannot be read or written.
    """
    if source.url == target.url:
        raise UsageError(f"{source.name} cannot be copied onto itself")
    source.require_version()
    target.upgrade()
    copied: dict[str, int] = {}
    with source.reading() as reader, target.writing() as writer:
        filled = [table.name for table in metadata.sorted_tables if writer.execute(select(table).limit(1)).first()]
        if filled:
            raise UsageError(f"the database {target.name} is not empty ({', '.join(filled)}): copy into a new one")
        for table in metadata.sorted_tables:
            copied[table.name] = _copy_table(reader, writer, table)
        if writer.dialect.name == "postgresql":
            _set_sequences(writer)
        for table in metadata.sorted_tables:
            if writer.scalar(select(func.count()).select_from(table)) != copied[table.name]:
                raise StoreError(f"the copy of {table.name} is not complete: nothing was written")
    return copied


def _copy_table(reader: Connection, writer: Connection, table: Table) -> int:
    later = _POINTS_TO_ITSELF.get(table.name)
    pointing: list[dict[str, Any]] = []
    count = 0
    result = reader.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
    for part in result.mappings().partitions(ROWS_AT_ONCE):
        rows = [dict(row) for row in part]
        if later:
            pointing += [{"key": row["key"], later: row[later]} for row in rows if row[later]]
            rows = [{**row, later: None} for row in rows]
        writer.execute(insert(table), rows)
        count += len(rows)
    change(writer, table, ["key"], pointing)
    return count


def _set_sequences(writer: Connection) -> None:
    """Let the next row number follow the copied ones."""
    for table in metadata.sorted_tables:
        if "id" in table.c:
            highest = writer.scalar(select(func.max(table.c.id)))
            if highest:
                writer.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"), {"name": table.name, "highest": highest}
                )
