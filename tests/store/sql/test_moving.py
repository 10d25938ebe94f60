from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store.model.errors import UsageError
from store.sql.checking import check
from store.sql.copying import copy
from store.sql.database import Database
from store.sql.ledger import record_decision, record_reading, record_readings, record_registry
from store.sql.merging import merge
from store.sql.queries import Filters, articles, claims, evaluations
from tests.store.sql.press import make_press
from tests.store.sql.press_registry import REGISTRY
from tests.store.sql.world import NOW, claim, dump, reading, rows


def filled(database: Database) -> Database:
    """A database with a small press, decisions and an edited article in it."""
    record_registry(database, REGISTRY)
    record_readings(database, make_press(seed=3, results=10, articles=60).deliveries, now=NOW)
    merge(database, now=NOW)
    key = evaluations(database).rows[0]["key"]
    record_decision(database, "correct", "evaluation", key, by="siti", field="venue", value="Aula", now=NOW)
    merge(database, now=NOW)
    return database


@pytest.fixture
def empty_path(tmp_path: Any) -> Database:
    return Database(f"sqlite:///{tmp_path}/copy.db")


def test_a_copy_has_every_row_and_can_be_searched_and_written_on(database: Database, empty_path: Database) -> None:
    copied = copy(filled(database), empty_path)
    assert dump(empty_path) == dump(database)
    assert copied["claim"] == len(dump(database)["claim"])
    assert check(empty_path) == []
    for asked in (Filters(text="media"), Filters(text="desa")):
        assert articles(empty_path, asked).rows == articles(database, asked).rows
    assert record_reading(empty_path, reading("new", claim("sakip", "32.01", recipient_name="Pemerintah Kabupaten Garut")))


def test_from_sqlite_to_postgres_and_back_nothing_is_lost(
    make_sqlite: Callable[[], Database], postgres_server: str, empty_path: Database
) -> None:
    import psycopg

    here = filled(make_sqlite())
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS rapor_copy")
        connection.execute("CREATE DATABASE rapor_copy")
    there = Database(f"{postgres_server}/rapor_copy")
    copy(here, there)
    copy(there, empty_path)
    assert dump(empty_path) == dump(here)
    assert record_reading(there, reading("new", claim("sakip", "32.01", recipient_name="Pemerintah Kabupaten Garut")))
    assert merge(there).made == 1
    assert check(there) == []
    there.close()


def test_a_copy_onto_rows_or_itself_is_refused(database: Database, empty_path: Database) -> None:
    with pytest.raises(UsageError, match="cannot be copied onto itself"):
        copy(database, database)
    copy(database, empty_path)
    with pytest.raises(UsageError, match="is not empty"):
        copy(database, empty_path)


def test_a_sound_database_has_no_findings(database: Database) -> None:
    assert check(filled(database)) == []


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE article_version SET text = 'x' || text", "a quotation equals the text at its offsets"),
        ("UPDATE article SET versions = 7", "an article counts its versions"),
        ("UPDATE article SET claim_count = 7", "an article counts its claims"),
        ("UPDATE article SET version_key = 'none'", "an article has exactly one version that holds, and names it"),
        ("UPDATE evaluation SET claim_count = 99, article_count = 99", "an evaluation counts its claims and articles"),
        ("UPDATE evaluation SET conflict_count = 9", "an evaluation counts its contested fields"),
        ("DELETE FROM evaluation_history", "an evaluation is the last state of its history"),
        ("UPDATE article SET story_key = 'zzz'", "a story is named after its smallest article"),
        ("UPDATE claim SET edition_year = 1999", "a claim's key is made of what it says"),
        ("UPDATE claim SET recipient_key = '33'", "a recipient that is resolved is its own entity"),
    ],
)
def test_damage_is_found_by_its_rule(database: Database, damage: str, rule: str) -> None:
    record_reading(database, reading("a", claim(predicate="BB"), text="Penilaian tahun ini."))
    merge(database)
    assert check(database) == []
    with database.writing() as connection:
        connection.exec_driver_sql(damage)
    assert rule in {finding.rule for finding in check(database)}
    assert rows(database, "SELECT count(*) FROM article") == [(1,)]


def test_the_confidence_of_fields_is_kept_copied_and_told(database: Database, empty_path: Database) -> None:
    sure = {"predicate": 0.9123, "edition_year": 0.5}
    record_reading(database, reading("a", claim(predicate="BB", field_confidence=sure), claim("kla", predicate="Madya")))
    merge(database)
    copy(database, empty_path)
    for held in (database, empty_path):
        assert {row["programme"]: row["field_confidence"] for row in claims(held).rows} == {"sakip": sure, "kla": {}}


def test_claims_recorded_before_it_say_nothing_of_their_fields_and_keep_their_evidence(database: Database) -> None:
    record_reading(database, reading("a", claim(predicate="BB", field_confidence={"predicate": 0.9})))
    before = dump(database)
    assert database.downgrade("0004") == "0004"
    database.upgrade()
    assert rows(database, "SELECT count(*) FROM evidence") == [(1,)]
    assert dump(database) == before | {"claim": [{**row, "field_confidence": {}} for row in before["claim"]]}
