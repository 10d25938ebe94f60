from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from flows.publish import FIGURES, publish, read_figures
from flows.settings import Settings
from store.model.errors import StoreError
from store.sql.database import Database
from tests.flows.conftest import Rapor


def test_a_release_is_made_and_named_and_not_made_twice(database: Database, home: Path, rapor: Rapor) -> None:
    first = rapor("publish", "--date", "2026-01-02")
    assert (first.code, first.out.strip()) == (0, str(home / "releases" / "2026.01.02"))
    assert (home / "releases" / "2026.01.02" / "rapor.sqlite").is_file()
    again = rapor("publish", "--date", "2026-01-03")
    assert (again.code, again.out) == (0, first.out)
    assert "nothing changed" in again.err
    anyway = rapor("publish", "--date", "2026-01-03", "--anyway")
    assert anyway.out.strip() == str(home / "releases" / "2026.01.03")


def test_a_release_goes_where_it_is_told(database: Database, tmp_path: Path, rapor: Rapor) -> None:
    made = rapor("publish", "--date", "2026-01-02", "--to", str(tmp_path / "elsewhere"))
    assert made.out.strip() == str(tmp_path / "elsewhere" / "2026.01.02")


def test_releases_go_forward(database: Database, rapor: Rapor) -> None:
    rapor("publish", "--date", "2026-01-02")
    back = rapor("publish", "--date", "2026-01-01")
    assert back.code == 2
    assert "releases go forward" in back.err


def test_without_a_database_nothing_is_published(home: Path) -> None:
    with pytest.raises(StoreError):
        publish(Settings(home=home), date(2026, 1, 2))
    assert list((home / "releases").iterdir()) == []


def test_the_figures_of_the_reader_go_into_it(database: Database, home: Path) -> None:
    figures = read_figures()
    assert FIGURES.is_file()
    assert any(part.startswith("blind") for part in figures)
    made = publish(Settings(home=home), date(2026, 1, 2))
    with sqlite3.connect(made.folder / "rapor.sqlite") as release:
        found = {(part, measure) for part, measure in release.execute("SELECT measured_on, measure FROM quality")}
    assert found == {(part, measure.split()[0]) for part, measures in figures.items() for measure in measures}
    assert read_figures(home / "none.json") == {}
