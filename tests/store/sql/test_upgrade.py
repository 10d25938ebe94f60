"""From the first version to this one with data in: nothing is lost, everything holds together, and work goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table

from flows.cli import main
from store.sql.checking import check
from store.sql.database import SCHEMA_VERSION, Database
from store.sql.ledger import record_reading
from store.sql.merging import merge
from store.sql.queries import Filters, articles, evaluations
from store.sql.tables import metadata
from tests.store.sql.test_moving import filled
from tests.store.sql.world import claim, dump, reading

FIRST = "0001"
THEN = datetime(2026, 1, 5, tzinfo=UTC)


def first_version(target: Database, source: Database) -> None:
    """Make the tables of the first version and fill them with what a database of today holds, as far as they have room for it."""
    target.upgrade(FIRST)
    before = MetaData()
    before.reflect(target.engine)
    with source.reading() as reader, target.engine.begin() as writer:
        for table in metadata.sorted_tables:
            old = before.tables.get(table.name)
            if old is None:
                continue
            rows = [_old(dict(row), old) for row in reader.execute(table.select()).mappings()]
            rows.sort(key=lambda row: row.get("parent_key") is not None)
            if rows:
                writer.execute(_typed(table, old).insert(), rows)
            if rows and "id" in old.c and writer.dialect.name == "postgresql":
                highest = max(row["id"] for row in rows)  # the next row would have got the next number there
                writer.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{old.name}', 'id'), {highest})")


def _typed(table: Table, old: Table) -> Table:
    """The old table with the types of today, which know how to write a moment or a list."""
    for column in old.columns:
        if column.name in table.c:
            column.type = table.c[column.name].type
    return old


def _old(row: dict[str, Any], old: Table) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if name in old.c}
    for column in old.columns:
        if column.name not in row and not column.nullable:
            assert (old.name, column.name) == ("audit_sample", "drawn_at"), f"{old.name}.{column.name} is gone: say what it held"
            found[column.name] = THEN
    return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_first_version_becomes_this_one_with_everything_in_it(
    kind: str, make_sqlite: Callable[[], Database], tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = filled(make_sqlite())
    url = f"sqlite:///{tmp_path}/old.db"
    if kind == "postgresql":
        url = empty_postgres(request.getfixturevalue("postgres_server"))
    old = Database(url)
    first_version(old, source)
    old.close()
    monkeypatch.setenv("RAPOR_DATABASE", url)
    for words in (["db", "upgrade"], ["db", "upgrade"], ["db", "check"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert not ended.value.code
    here = Database(url)
    assert here.version() == SCHEMA_VERSION
    now, then = dump(here), dump(source)
    assert {name: len(rows) for name, rows in now.items()} == {name: len(rows) for name, rows in then.items()}
    assert now == then
    for asked in (Filters(text="media"), Filters(text="desa")):
        assert articles(here, asked).rows == articles(source, asked).rows
    assert record_reading(here, reading("new", claim("sakip", "32.01", recipient_name="Pemerintah Kabupaten Garut")))
    assert merge(here).made == 1
    assert len(evaluations(here, limit=1000).rows) == len(evaluations(source, limit=1000).rows) + 1
    assert check(here) == []
    here.close()


def empty_postgres(server: str) -> str:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS rapor_old")
        connection.execute("CREATE DATABASE rapor_old")
    return f"{server}/rapor_old"
