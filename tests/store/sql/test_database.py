from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

from store.model.errors import StoreError, UsageError
from store.sql.database import SCHEMA_VERSION, Database
from store.sql.ledger import record_reading
from store.sql.queries import audits, evaluations
from store.sql.tables import metadata
from tests.store.sql.world import claim, dump, reading


def test_the_schema_version_is_the_newest_migration() -> None:
    versions = Path(__file__).parents[3] / "store/sql/migrations/versions"
    assert max(path.name[:4] for path in versions.glob("[0-9]*.py")) == SCHEMA_VERSION


def test_every_column_has_a_comment_and_every_constraint_a_name() -> None:
    for table in metadata.sorted_tables:
        assert [column.name for column in table.columns if not column.comment] == []
        assert [constraint for constraint in table.constraints if not constraint.name] == []


def test_migrations_give_exactly_the_tables_of_the_models(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from store.sql.migrations.filters import include_object

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include_object, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        checks = {
            table.name: {c["name"] for c in inspect(connection).get_check_constraints(table.name)} for table in metadata.sorted_tables
        }
    assert "ck_claim_rank_within_field" in checks["claim"]
    assert "ck_evidence_quotation_spans" in checks["evidence"]


def test_up_and_down_and_up_again_from_empty_and_with_data(database: Database) -> None:
    record_reading(database, reading("a", claim(predicate="BB")))
    assert database.downgrade("base") is None
    assert database.upgrade() == SCHEMA_VERSION
    assert evaluations(database).rows == []


_JUDGED_EARLIER = """
    INSERT INTO audit_sample (sample_key, place, evaluation_key, shown, drawn_at, verdict, judged_by, judged_at) VALUES
    ('s', 1, 'e1', '{}', '2024-05-06T07:08:09.000000Z', 'right', 'siti', '2024-05-07T07:08:09.000000Z'),
    ('s', 2, 'e2', '{}', '2024-05-06T07:08:09.000000Z', 'wrong', 'siti', '2024-05-08T07:08:09.000000Z'),
    ('s', 3, 'e3', '{}', '2024-05-06T07:08:09.000000Z', NULL, NULL, NULL)
"""


def test_data_of_the_first_release_comes_up_and_goes_down_whole(database: Database) -> None:
    record_reading(database, reading("a", claim(predicate="BB")))
    before = dump(database)
    assert database.downgrade("0001") == "0001"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(_JUDGED_EARLIER)
        drawn = connection.exec_driver_sql("SELECT DISTINCT drawn_at FROM audit_sample").all()
    assert database.upgrade() == SCHEMA_VERSION
    (kept,) = audits(database)
    assert (kept["key"], kept["size"], kept["right_count"], kept["wrong_count"], kept["accuracy_pct"]) == ("s", 3, 1, 1, 50.0)
    assert (kept["drawn_at"], kept["judged_at"]) == ("2024-05-06T07:08:09.000000Z", "2024-05-08T07:08:09.000000Z")
    assert {name: rows for name, rows in dump(database).items() if not name.startswith("audit")} == {
        name: rows for name, rows in before.items() if not name.startswith("audit")
    }
    database.downgrade("0001")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT drawn_at FROM audit_sample").all() == drawn
    assert database.upgrade() == SCHEMA_VERSION
    assert audits(database) == [kept]


def test_an_empty_database_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is empty: run `rapor db upgrade`"):
        evaluations(Database(f"sqlite:///{tmp_path}/none.db"))
    assert not (tmp_path / "none.db").exists()


def test_another_version_is_refused_by_name(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"has version 9999, this rapor needs \d+: update rapor"):
        evaluations(Database(str(database.url.render_as_string(hide_password=False))))


def test_a_damaged_file_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database at all " * 200)
    with pytest.raises(StoreError, match="is damaged"):
        evaluations(Database(f"sqlite:///{tmp_path}/broken.db"))


def test_a_locked_database_gives_one_sentence(make_sqlite: Callable[[], Database]) -> None:
    database = make_sqlite()
    impatient = Database(str(database.url), busy_seconds=0.1)
    impatient.require_version()
    with sqlite3.connect(database.path or "") as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another process: try again"):
            record_reading(impatient, reading("a", claim()))
        holder.rollback()
    assert record_reading(impatient, reading("a", claim()))


def test_a_full_disk_gives_one_sentence_and_loses_nothing(make_sqlite: Callable[[], Database]) -> None:
    database = make_sqlite()
    assert record_reading(database, reading("first", claim()))
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        big = reading("second", claim(), text="kalimat panjang " * 100_000)
        connection.close()
        with pytest.raises(StoreError, match="the disk is full: nothing of this step was written"):
            record_reading(database, big)
    database.close()
    again = Database(str(database.url))
    assert record_reading(again, reading("first", claim())) is False
    assert record_reading(again, big)


def test_a_server_that_is_not_there_gives_one_sentence() -> None:
    with pytest.raises(StoreError, match=re.escape("does not answer: is it up?")):
        evaluations(Database("postgresql://nobody@127.0.0.1:1/none"))


@pytest.mark.parametrize("url", ["mysql://x/y", "no address"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="use sqlite:///PATH or postgresql://USER@HOST/NAME"):
        Database(url)


def test_questions_import_no_pillar() -> None:
    code = (
        "import sys, store.sql.queries, store.sql.database\n"
        "print([name for name in ('prefect', 'spacy', 'scrapy', 'trafilatura', 'alembic', 'sqlmodel') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_two_writers_of_one_article_make_one_row(database: Database) -> None:
    same = reading("a", claim(predicate="BB"))
    outcomes: list[bool] = []
    threads = [threading.Thread(target=lambda: outcomes.append(record_reading(database, same))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True]
