"""What lies in the folder of a release, read with the tools of those it is for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
import yaml

from store.model.errors import UsageError
from store.release.formats import safe
from store.release.publish import publish
from store.release.schema import TABLES, Table
from store.release.shelf import find, newest, next_version, versions
from store.sql.database import Database
from tests.conftest import require
from tests.store.release.conftest import facts, rows

DUCKDB_TYPES = {
    "text": "VARCHAR",
    "array": "VARCHAR",
    "object": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
}


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def duck(sql: str) -> list[tuple[Any, ...]]:
    found = duckdb.sql(sql)
    assert found is not None
    return list(found.fetchall())


def expected_of_the_snippet(release: Path) -> list[tuple[str, str, int, float]]:
    sql = (release / "snippets" / "duckdb.sql").read_text(encoding="utf-8").replace("'parquet/", f"'{release}/parquet/")
    return [(name, "" if year is None else str(year), count, sure) for name, year, count, sure in duck(sql)]


def test_the_same_database_day_and_release_before_give_the_same_bytes(told: Database, release: Path, tmp_path: Path) -> None:
    again = publish(told, tmp_path / "other", facts(contact="mail@rapor.example"))
    assert tree(again) == tree(release)
    later = facts(date(2024, 5, 7), "2024.05.07", "2024.05.06")
    assert tree(publish(told, release.parent, later)) == tree(publish(told, again.parent, later))


def test_checksums_cover_every_file(release: Path) -> None:
    lines = [line.split("  ") for line in (release / "SHA256SUMS").read_text().splitlines()]
    found = {name: digest for digest, name in lines}
    assert found == {name: digest for name, digest in tree(release).items() if name != "SHA256SUMS"}
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=release, check=False).returncode == 0


def test_frictionless_finds_no_fault_and_would_find_one(release: Path) -> None:
    def validate() -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("frictionless")), "validate", "--json", "datapackage.json"]
        return subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)

    sound = validate()
    assert sound.returncode == 0, sound.stdout
    assert json.loads(sound.stdout)["stats"]["tasks"] == len(TABLES)
    path = release / "csv" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Pemerintah", "Pemerentah"), encoding="utf-8")
    assert validate().returncode != 0


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_sqlite_parquet_and_csv_agree_on_counts_and_types(release: Path, table: Table) -> None:
    (counted,) = rows(release, f"SELECT count(*) AS n FROM {table.name}")
    parquet, text = f"{release}/parquet/{table.name}.parquet", f"{release}/csv/{table.name}.csv"
    assert duck(f"SELECT count(*) FROM '{parquet}'") == [(counted["n"],)]
    described = duck(f"DESCRIBE SELECT * FROM '{parquet}'")
    assert [(name, kind) for name, kind, *_ in described] == [(column.name, DUCKDB_TYPES[column.type]) for column in table.columns]
    assert pl.read_parquet(parquet).height == counted["n"]
    frame = pd.read_csv(text, dtype=str, keep_default_na=False)
    assert (len(frame), list(frame.columns)) == (counted["n"], list(table.names))
    assert pq.read_schema(parquet).field(0).metadata[b"comment"].decode() == table.columns[0].about


def test_csv_holds_what_parquet_holds(release: Path) -> None:
    typed = pl.read_parquet(release / "parquet" / "evaluations.parquet")
    plain = pl.read_csv(release / "csv" / "evaluations.csv", infer_schema=False)
    for column in ("key", "result", "programme", "venue"):
        assert plain[column].to_list() == typed[column].to_list()
    for column in ("edition_year", "step", "confidence", "score"):
        assert plain[column].cast(typed[column].dtype).to_list() == typed[column].to_list()
    assert plain["shown_date"].str.to_date().to_list() == typed["shown_date"].to_list()


def test_claims_say_how_sure_each_value_is_in_every_format(release: Path) -> None:
    told = rows(release, "SELECT key, field_confidence FROM claims ORDER BY key")
    assert sorted(row["field_confidence"] for row in told) == ['{"predicate": 0.97}'] + ["{}"] * 6
    by_key = {row["key"]: row["field_confidence"] for row in told}
    for frame in (
        pl.read_parquet(release / "parquet" / "claims.parquet"),
        pl.read_csv(release / "csv" / "claims.csv", infer_schema=False),
    ):
        assert dict(frame.select("key", "field_confidence").iter_rows()) == by_key


def test_no_cell_is_run_as_a_formula_and_parquet_keeps_the_text(release: Path) -> None:
    with (release / "csv" / "evaluations.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["programme"] == "kipp"]
    assert (row["recipient_name"], row["innovation"]) == ("'=HYPERLINK Dinas Entah", "'@SIAP")
    (typed,) = pl.read_parquet(release / "parquet" / "evaluations.parquet").filter(pl.col("programme") == "kipp").to_dicts()
    assert (typed["recipient_name"], typed["innovation"]) == ("=HYPERLINK Dinas Entah", "@SIAP")
    for path in (release / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for line in csv.reader(file) for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))], path.name
    assert [safe(cell) for cell in ("=1", "+1", "-1", "@a", "\tx", "\rx", "a=1")] == ["'=1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "a=1"]


def _results(release: Path, *command: str) -> list[tuple[str, str, int, float]]:
    done = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = csv.DictReader(io.StringIO(done.stdout))
    return [(row["programme"], row["edition_year"], int(row["results"]), float(row["confidence"])) for row in found]


def test_the_snippets_of_four_tools_say_the_same(release: Path) -> None:
    expected = expected_of_the_snippet(release)
    assert len(expected) == 4
    assert _results(release, sys.executable, "snippets/with_polars.py") == expected
    assert _results(release, sys.executable, "snippets/with_pandas.py") == expected


def test_base_r_agrees_on_counts_and_types(release: Path) -> None:
    require("R", shutil.which("Rscript") is not None)
    expected = expected_of_the_snippet(release)
    assert _results(release, "Rscript", "snippets/base.R") == expected
    script = (
        'x <- read.csv("csv/evaluations.csv", na.strings=""); cat(nrow(x), class(x$confidence), class(x$edition_year), class(x$result))'
    )
    told = subprocess.run(["Rscript", "-e", script], cwd=release, capture_output=True, text=True, check=True).stdout
    assert told == f"{rows(release, 'SELECT count(*) AS n FROM evaluations')[0]['n']} numeric integer character"


def test_the_citation_names_version_and_date(release: Path) -> None:
    cited = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["version"], cited["date-released"], cited["license"]) == ("2024.05.06", "2024-05-06", "CC-BY-4.0")
    line = next(line for line in (release / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("> "))
    assert "Version 2024.05.06 (2024-05-06)" in line
    assert rows(release, "SELECT value FROM meta WHERE name = 'citation'") == [{"value": line[2:]}]


def test_entities_are_of_the_vocabulary(release: Path) -> None:
    lines = [json.loads(line) for line in (release / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    ids = {line["id"] for line in lines}
    assert len(ids) == len(lines)
    events = [line for line in lines if line["schema"] == "Event"]
    assert {line["properties"]["involved"][0] for line in events} <= ids
    followthemoney = pytest.importorskip("followthemoney", reason="needs followthemoney: pip install -e '.[ftm]'")
    for line in lines:
        read = followthemoney.model.get_proxy(line, cleaned=False)
        kept = {name: sorted(read.get(name)) for name in line["properties"]}
        assert kept == {name: sorted(set(values)) for name, values in line["properties"].items()}


def test_linked_data_names_who_was_judged_by_whom_with_what(release: Path) -> None:
    lines = [json.loads(line) for line in (release / "evaluations.jsonld").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == rows(release, "SELECT count(*) AS n FROM evaluations")[0]["n"]
    (kudus,) = [line for line in lines if line["itemReviewed"]["name"] == "Pemerintah Kabupaten Kudus"]
    assert (kudus["@type"], kudus["reviewRating"]["ratingValue"]) == ("Review", 612.5)
    assert kudus["isPartOf"]["version"] == "2024.05.06"


def test_every_column_is_in_the_dictionary(release: Path) -> None:
    paper = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"## {table.name}" in paper
        assert all(f"| `{name}` |" in paper for name in table.names)


def test_versions_go_forward(tmp_path: Path) -> None:
    assert next_version(date(2024, 5, 6), None) == "2024.05.06"
    assert next_version(date(2024, 5, 6), "2024.05.05.3") == "2024.05.06"
    assert next_version(date(2024, 5, 6), "2024.05.06") == "2024.05.06.1"
    assert next_version(date(2024, 5, 6), "2024.05.06.9") == "2024.05.06.10"
    with pytest.raises(UsageError, match="releases go forward"):
        next_version(date(2024, 5, 6), "2024.05.07")
    with pytest.raises(UsageError, match="rapor publish"):
        find(tmp_path)


def test_the_newest_is_found_among_versions(release: Path) -> None:
    shelf = release.parent
    for name in ("2024.05.06.10", "2024.05.06.9", ".making-x", "notes"):
        shutil.copytree(release, shelf / name)
    assert versions(shelf) == ["2024.05.06", "2024.05.06.9", "2024.05.06.10"]
    assert (newest(shelf), find(shelf).name, find(shelf, "2024.05.06.9").name) == ("2024.05.06.10", "2024.05.06.10", "2024.05.06.9")
    with pytest.raises(UsageError, match="there is no release 1"):
        find(shelf, "1")
