"""The database from the command line: proven sound, copied, and asked about an earlier time."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from store.sql.database import Database
from tests.flows.conftest import Rapor


def test_a_sound_database_is_called_sound_and_damage_is_named(rapor: Rapor, database: Database) -> None:
    assert "is sound" in rapor("db", "check").err
    database.close()
    with sqlite3.connect(database.path or "") as connection:
        connection.execute("UPDATE article SET versions = 7")
    broken = rapor("db", "check")
    assert broken.code == 6
    assert json.loads(broken.out)["rule"] == "an article counts its versions"
    assert "breaks 1 rules" in broken.err


def test_everything_is_copied_into_an_empty_database(
    rapor: Rapor, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rapor("ask", "evaluations").out
    address = f"sqlite:///{tmp_path}/copy.db"
    assert "rows of" in rapor("db", "copy", address).err
    refused = rapor("db", "copy", address)
    assert refused.code == 2
    assert "is not empty" in refused.err
    monkeypatch.setenv("RAPOR_DATABASE", address)
    assert rapor("ask", "evaluations").out == before
    assert "is sound" in rapor("db", "check").err


def test_an_earlier_time_is_asked_about(rapor: Rapor, database: Database) -> None:
    key = json.loads(rapor("ask", "evaluations").out)["key"]
    assert rapor("decide", "correct", key, "rank", "3", "--by", "ana").code == 0
    moments = [row["changed_at"] for row in json.loads(rapor("show", key, "--format", "json").out)["history"]]
    assert len(moments) == 2
    assert rapor("ask", "evaluations", "--as-of", "2000-01-01").out == ""
    now = json.loads(rapor("ask", "evaluations", "--as-of", "2090-01-01", "--agency", "Sleman", "--programme", "opini_bpk").out)
    assert (now["key"], now["rank"], now["predicate"]) == (key, 3, "WTP")
    shown = rapor("ask", "evaluations", "--as-of", "2090-01-01", "--format", "table")
    assert "Pemerintah Kabupaten Sleman" in shown.out
    assert rapor("decide", "take-down", key, "--reason", "asked for", "--by", "ana").code == 0
    assert rapor("ask", "evaluations", "--as-of", "2090-01-01").out == ""
    assert rapor("ask", "claims", "--as-of", "2090-01-01").code == 2
