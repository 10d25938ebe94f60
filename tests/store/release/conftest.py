"""A database with a little of everything, and releases made of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.model.records import OfficialMention, Person, Reading
from store.release.facts import Facts
from store.release.publish import publish
from store.release.shelf import DATA
from store.sql.database import Database
from store.sql.ledger import Delivery, record_decision, record_readings, record_sources
from store.sql.merging import merge
from store.sql.queries import Filters, evaluations
from tests.store.sql.conftest import (
    database,
    make_database,
    make_postgres,
    make_sqlite,
    postgres_pool,
    postgres_template,
    sqlite_template,
)
from tests.store.sql.world import NOW, SOURCES, claim, reading

__all__ = ["database", "make_database", "make_postgres", "make_sqlite", "postgres_pool", "postgres_template", "sqlite_template"]

Row = dict[str, Any]
DAY = date(2024, 5, 6)
ODED = OfficialMention(name="Oded M. Danial", position="Wali Kota Bandung", agency="32.73", as_printed=("Oded",))


def press(reader: str = "1") -> list[Reading]:
    """Bandung's SAKIP told by three of whom one disagrees, a mark of Kudus, an opinion, and a body nobody knows."""
    took = Person(name="Oded M. Danial", position="Wali Kota Bandung")
    return [
        reading("a", claim(predicate="BB", received_by=took, field_confidence={"predicate": 0.97}), reader=reader, officials=(ODED,)),
        reading("b", claim(predicate="BB"), reader=reader),
        reading("c", claim(predicate="A", confidence=0.4), reader=reader),
        reading("k", claim("kla", "33.19", predicate="Madya", score=612.5, score_unit="points"), reader=reader),
        reading("o", claim("opini_bpk", "32.05", 2018, predicate="WTP"), reader=reader),
        reading("w", claim("opini_bpk", "33.05", 2018, predicate="WDP"), reader=reader),
        reading("u", claim("kipp", None, recipient_name="=HYPERLINK Dinas Entah", tier="Top 45", innovation="@SIAP"), reader=reader),
        reading("n", unread="not_relevant", reader=reader),
    ]


def take(into: Database, told: list[Reading], days: int = 0) -> None:
    report = record_readings(into, [Delivery(item) for item in told], now=NOW + timedelta(days=days))
    assert report.refused == ()
    merge(into, now=NOW + timedelta(days=days))


def key_of(into: Database, programme: str, recipient: str | None = None) -> str:
    (row,) = evaluations(into, Filters(programme=programme, recipient=recipient)).rows
    return str(row["key"])


def decide(into: Database, *words: Any, days: int = 1, **options: Any) -> None:
    record_decision(into, *words, by="siti", now=NOW + timedelta(days=days), **options)
    merge(into, now=NOW + timedelta(days=days))


def facts(day: date = DAY, version: str = "2024.05.06", previous: str | None = None, **more: Any) -> Facts:
    return Facts(version=version, day=day, previous=previous, generator="rapor test", **more)


def rows(folder: Path, sql: str, *values: Any) -> list[Row]:
    """Rows of a question to the data of a release."""
    with closing(sqlite3.connect(folder / DATA)) as release:
        release.row_factory = sqlite3.Row
        return [dict(row) for row in release.execute(sql, values)]


@pytest.fixture
def told(make_sqlite: Callable[[], Database]) -> Database:
    """A SQLite database in which the press has been read."""
    made = make_sqlite()
    record_sources(made, SOURCES)
    take(made, press())
    return made


@pytest.fixture
def release(told: Database, tmp_path: Path) -> Path:
    """The folder of its first release."""
    return publish(told, tmp_path / "shelf", facts(contact="mail@rapor.example"))
