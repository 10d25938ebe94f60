"""The command line as scripts and people meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli.output import Format, safe_cell, write_rows
from store.sql.database import Database
from tests.flows.conftest import Rapor

ROOT = Path(__file__).resolve().parents[2]


def test_lists_come_in_four_shapes(rapor: Rapor, database: Database) -> None:
    jsonl = rapor("ask", "evaluations")
    row = json.loads(jsonl.out)
    assert (row["recipient_key"], row["predicate"], row["edition_year"], row["article_count"]) == ("34.04", "WTP", 2021, 2)
    assert json.loads(rapor("ask", "evaluations", "--format", "json").out) == [row]
    cells = next(csv.DictReader(io.StringIO(rapor("ask", "evaluations", "--format", "csv").out)))
    assert cells["recipient_name"] == "Pemerintah Kabupaten Sleman"
    assert set(cells) == set(row)
    table = rapor("ask", "evaluations", "--format", "table")
    assert "Pemerintah Kabupaten Sleman" in table.out
    assert "WTP" in table.out


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--programme", "opini_bpk", "--year", "2021", "--agency", "34.04"], 1),
        (["--agency", "Pemerintah Kabupaten Sleman", "--giver", "bpk", "--kind", "opinion"], 1),
        (["--province", "DI Yogyakarta", "--min-confidence", "0.1", "--outlet", "Kabar Merapi"], 1),
        (["--year", "2020"], 0),
        (["--contested"], 0),
    ],
)
def test_filters_narrow(rapor: Rapor, database: Database, words: list[str], count: int) -> None:
    answer = rapor("ask", "evaluations", *words)
    assert answer.code == 0
    assert len(answer.out.splitlines()) == count


@pytest.mark.parametrize("noun", ["claims", "agencies", "officials", "programmes", "articles"])
@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_every_noun_answers(rapor: Rapor, database: Database, noun: str, shape: str) -> None:
    assert rapor("ask", noun, "--format", shape).code == 0


def test_claims_say_how_sure_each_value_is(rapor: Rapor, database: Database) -> None:
    told = [json.loads(line) for line in rapor("ask", "claims", "--format", "jsonl").out.splitlines()]
    assert [row["field_confidence"] for row in told] == [{"predicate": 0.97, "edition_year": 0.41, "giver": 0.66}] * 2


def test_a_limit_says_that_there_is_more(rapor: Rapor, database: Database) -> None:
    cut = rapor("ask", "claims", "--limit", "1")
    assert len(cut.out.splitlines()) == 1
    assert "--all" in cut.err
    whole = rapor("ask", "claims", "--all")
    assert len(whole.out.splitlines()) == 2
    assert whole.err == ""


def test_show_quotes_and_marks_the_read_words(rapor: Rapor, database: Database) -> None:
    key = json.loads(rapor("ask", "evaluations").out)["key"]
    shown = rapor("show", key).out
    assert "[Pemkab Sleman] recipient" in " ".join(shown.split())
    assert "[WTP] predicate" in " ".join(shown.split())
    assert "Kabar Merapi" in shown
    assert "Warta Kaliurang" in shown
    whole = json.loads(rapor("show", key, "--format", "json").out)
    assert len(whole["claims"]) == 2


def test_each_failure_has_its_sentence_and_code(rapor: Rapor, database: Database, tmp_path: Path) -> None:
    broken = tmp_path / "sources"
    broken.mkdir()
    (broken / "x.yml").write_text("key: x\n", "utf-8")
    cases = [
        (["show", "nothing"], 2, "nothing"),
        (["ask", "evaluations", "--agency", "Atlantis"], 2, "Atlantis"),
        (["crawl", "atlantis"], 2, "atlantis"),
        (["sources", "list", "--sources", str(tmp_path / "missing")], 2, "missing"),
        (["sources", "check", "--sources", str(broken)], 3, "x.yml"),
        (["read"], 2, "nothing to read"),
    ]
    for words, code, named in cases:
        answer = rapor(*words)
        assert (answer.code, answer.out) == (code, ""), words
        assert named in answer.err
        assert len(answer.err.splitlines()) == 1
        assert "Traceback" not in answer.err


def test_a_database_of_another_kind_is_told(rapor: Rapor, home: Path) -> None:
    assert rapor("ask", "claims").code == 6
    home.mkdir()
    (home / "rapor.db").write_bytes(b"this is no database at all, it is a letter" * 100)
    answer = rapor("ask", "claims")
    assert answer.code == 6
    assert "damaged" in answer.err


def test_a_locked_database_is_told(rapor: Rapor, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPOR_BUSY_SECONDS", "0.2")
    assert database.path is not None
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        answer = rapor("db", "upgrade")
    finally:
        holder.close()
    assert answer.code == 6
    assert "locked" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_wrong_setting_is_named(rapor: Rapor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPOR_CRAWLS", "many")
    answer = rapor("sources", "list")
    assert answer.code == 2
    assert "RAPOR_CRAWLS" in answer.err


def test_debug_shows_the_trace_from_anywhere(home: Path) -> None:
    command = [str(Path(sys.executable).with_name("rapor")), "show", "nothing", "--debug"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "RAPOR_HOME": str(home)})
    assert "Traceback" in done.stderr


def test_a_reader_that_leaves_early_is_no_error(database: Database, home: Path) -> None:
    rapor = Path(sys.executable).with_name("rapor")
    line = f"set -o pipefail; {rapor} ask agencies --all --format csv | head -1; {rapor} ask claims --all --format json | true"
    done = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "RAPOR_HOME": str(home)}
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_csv_holds_no_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    assert [safe_cell(value) for value in ("=1+1", "+62", "-x", "@a", -4.5, "a=b", ["=x", "y"])] == [
        *("'=1+1", "'+62", "'-x", "'@a", -4.5, "a=b", "'=x; y"),
    ]
    write_rows([{"name": '=HYPERLINK("x")', "score": 74.54}], ("name",), Format.CSV)
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["name", "score"], ['\'=HYPERLINK("x")', "74.54"]]


def test_quiet_says_nothing(rapor: Rapor, home: Path) -> None:
    assert rapor("db", "upgrade", "--quiet").err == ""
    assert "version" in rapor("db", "upgrade").err
