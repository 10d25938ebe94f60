"""The house stands: imports only go down, each pillar has one home, and questions load none of the heavy ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("spiders", "extract", "flows", "store")
HEAVY = {"prefect", "spacy", "scrapy", "trafilatura", "twisted", "warcio", "pdfplumber", "alembic"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    place = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=place, capture_output=True, text=True, check=False)


def test_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_planted_import_is_named_with_its_line(tmp_path: Path) -> None:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "resources", "sources"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    victim = tmp_path / "store" / "model" / "keys.py"
    victim.write_text(victim.read_text("utf-8") + "\nimport scrapy  # planted\n", "utf-8")
    line = len(victim.read_text("utf-8").splitlines())
    done = lint(tmp_path)
    assert done.returncode != 0
    assert re.search(rf"store\.model\.keys -> scrapy \(l\.{line}\)", done.stdout), done.stdout


@pytest.mark.parametrize(
    "arguments",
    [["ask", "evaluations", "--format", "csv"], ["ask", "programmes", "--format", "json"], ["show", "nothing"], ["--help"]],
    ids=lambda arguments: " ".join(arguments),
)
def test_questions_load_no_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import json, sys\n"
        "from flows.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('MODULES' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    place = {**os.environ, "RAPOR_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=place, capture_output=True, text=True, check=False)
    loaded = set(json.loads(done.stderr.partition("MODULES")[2]))
    assert not loaded & HEAVY


def test_only_settings_read_the_environment() -> None:
    reading = re.compile(r"\bos\.(environ|getenv)\b|from os import .*environ")
    found = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text("utf-8")) and path != ROOT / "flows" / "settings.py"
    ]
    assert found == []


def test_every_room_is_in_the_picture() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    missing = [name for name in PACKAGES if f"`{name}" not in told]
    assert missing == []
    places = set(re.findall(r"`((?:spiders|extract|store|flows|tests)/[\w/]+(?:\.py|/))`", told))
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []


def test_versions_are_pinned_without_addresses() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.+!-]+", line)] == []


def test_entry_point_is_the_command_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"rapor": "flows.cli:main"}
