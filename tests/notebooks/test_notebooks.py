from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.store.release.conftest import release, rows, told  # noqa: F401 - fixtures of the releases
from tests.store.sql.conftest import make_sqlite, sqlite_template  # noqa: F401 - and of the databases


def run(path: Path, release: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:  # noqa: F811
    """Run a notebook over a release and give what its cells defined."""
    monkeypatch.setattr(sys, "argv", [path.name, "--release", str(release)])
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _, defined = module.app.run()
    return dict(defined)


def test_one_source_is_counted_as_sql_counts_it(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    found = run(ROOT / "notebooks" / "satu_sumber.py", release, monkeypatch)
    (counted,) = rows(release, "SELECT count(*) AS n, sum(source_count = 1) AS one FROM evaluations")
    assert found["answer"].startswith(f"{counted['one']} dari {counted['n']} hasil bersandar pada satu sumber.")
    for chart in (found["kinds"], found["years"]):
        assert chart.to_dict()["mark"]["type"] == "bar"
        assert chart.data.height > 0
    kinds = {row["kind"]: row["n"] for row in rows(release, "SELECT kind, count(*) AS n FROM evaluations GROUP BY 1")}
    assert dict(found["by_kind"].select("kind", "results").iter_rows()) == kinds
