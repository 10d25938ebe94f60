"""A fresh, migrated database for each test, once on SQLite and once on PostgreSQL: copies of one that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from store.sql.database import SCHEMA_VERSION, Database
from store.sql.ledger import record_registry
from store.sql.tables import metadata
from tests.store.sql.world import REGISTRY

_NUMBER = count()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    record_registry(database, REGISTRY)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS rapor_template")
        connection.execute("CREATE DATABASE rapor_template")
    database = Database(f"{postgres_server}/rapor_template")
    database.upgrade()
    record_registry(database, REGISTRY)
    database.close()
    return "rapor_template"


@pytest.fixture
def make_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], Database]:
    def make() -> Database:
        path = tmp_path / f"rapor-{next(_NUMBER)}.db"
        shutil.copy(sqlite_template, path)
        return Database(f"sqlite:///{path}")

    return make


@pytest.fixture(scope="session")
def postgres_pool() -> list[str]:
    """Addresses of databases that a test is done with and that were emptied: making one costs more than emptying it."""
    return []


@pytest.fixture
def make_postgres(request: pytest.FixtureRequest, postgres_pool: list[str]) -> Iterator[Callable[[], Database]]:
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    made: list[Database] = []

    def make() -> Database:
        if not postgres_pool:
            name = f"rapor_{next(_NUMBER)}"
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name}")
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
            postgres_pool.append(f"{server}/{name}")
        database = Database(postgres_pool.pop())
        made.append(database)
        return database

    yield make
    for database in made:
        if _emptied(database):
            postgres_pool.append(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
        database.close()


def _emptied(database: Database) -> bool:
    """Empty a database and put the registry back; False where a test left it at another version."""
    if database.version() != SCHEMA_VERSION:
        return False
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE agency SET parent_key = NULL")
        for table in reversed(metadata.sorted_tables):
            connection.exec_driver_sql(f"DELETE FROM {table.name}")
    record_registry(database, REGISTRY)
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def make_database(request: pytest.FixtureRequest) -> Callable[[], Database]:
    """Makes fresh databases with the registry of `world` in them."""
    fixture = "make_sqlite" if request.param == "sqlite" else "make_postgres"
    maker: Callable[[], Database] = request.getfixturevalue(fixture)
    return maker


@pytest.fixture
def database(make_database: Callable[[], Database]) -> Iterator[Database]:
    """A fresh database with the registry of `world` in it."""
    found = make_database()
    yield found
    found.close()
