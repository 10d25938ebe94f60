"""What does a first page of `rapor ask` cost on a million evaluations beside the same SQL through the bare driver?

`python -m benchmarks.asking [EVALUATIONS]`: EVALUATIONS (1,000,000) generated rows in SQLite, and in PostgreSQL where Debian's is
installed or RAPOR_TEST_POSTGRES names a server. Rows come as dicts on both sides; medians of pairs of calls in turn, in this process.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import psycopg

from benchmarks.measure import table
from store.sql.database import Database
from store.sql.ledger import record_registry
from store.sql.queries import Filters
from tests.postgres import available, running_postgres
from tests.store.sql.costs import FIRST_PAGES, fill, plan, ratio
from tests.store.sql.world import REGISTRY

NAME = "rapor_asking"


@contextmanager
def on_sqlite(evaluations: int) -> Iterator[Database]:
    """A filled SQLite file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield filled(Database(f"sqlite:///{folder}/asking.db"), evaluations)


@contextmanager
def on_postgres(evaluations: int) -> Iterator[Database]:
    """A filled database on a server that is gone afterwards."""
    with running_postgres() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
            connection.execute(f"CREATE DATABASE {NAME}")
        database = filled(Database(f"{server}/{NAME}"), evaluations)
        yield database
        database.close()
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {NAME}")


def filled(database: Database, evaluations: int) -> Database:
    """The database with so many evaluations in it."""
    database.upgrade()
    record_registry(database, REGISTRY)
    fill(database, evaluations)
    return database


def asked(filters: Filters) -> str:
    """The filters in words."""
    return ", ".join(f"{item.name} {getattr(filters, item.name)}" for item in fields(filters) if item.name in filters.given()) or "all"


def indexed(database: Database, filters: Filters) -> str:
    """Whether the planner walks an index rather than the table."""
    told = plan(database, filters)
    walks = "Seq Scan on evaluation" not in told if database.dialect == "postgresql" else "USING" in told or "VIRTUAL TABLE" in told
    return "yes" if walks else "NO"


def main() -> None:
    """Print a table for each database there is."""
    evaluations = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for make in (on_sqlite, *([on_postgres] if available() else [])):
        with make(evaluations) as database:
            rows = [(asked(filters), indexed(database, filters), f"{ratio(database, filters):.2f}") for filters in FIRST_PAGES]
            table((f"{database.dialect}, {evaluations:,} evaluations", "walks an index", "beside the bare driver"), rows)
            print()


if __name__ == "__main__":
    main()
