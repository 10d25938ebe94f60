"""What the README tells people to type exists."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from flows.cli import app
from flows.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> list[str]:
    """Every line of a code block that starts with `rapor`, its comment and pipe cut off."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("rapor ")]
    return [re.split(r"\s+(?:#|\||>)\s*", line)[0] for line in lines]


def parse(command: Any, words: list[str], parent: Any = None) -> None:
    """Parse words as the command line would, down to the last subcommand, and run nothing."""
    context = command.make_context(command.name, list(words), parent=parent)
    rest = [*getattr(context, "_protected_args", []), *context.args]
    if hasattr(command, "commands") and rest:
        name, below, left = command.resolve_command(context, rest)
        assert below is not None, name
        parse(below, left, context)


@pytest.mark.parametrize("line", commands())
def test_every_command_parses(line: str) -> None:
    parse(typer.main.get_command(app), shlex.split(line)[1:])


def test_every_command_is_told() -> None:
    told = " ".join(commands())
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f"rapor {name}" in told, f"README does not say what `rapor {name}` is for"


def test_every_setting_is_told() -> None:
    assert {name.upper() for name in Settings.model_fields} == set(re.findall(r"^\| `RAPOR_(\w+)`", README, re.MULTILINE))


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_links_lead_somewhere() -> None:
    assert [link for link in re.findall(r"\]\((?!http)([^)#]+)\)", README) if not (ROOT / link).exists()] == []


def test_the_table_of_quality_is_that_of_the_figures_that_ship() -> None:
    told = json.loads((ROOT / "extract" / "resources" / "model" / "figures.json").read_text("utf-8"))["figures"]
    for part, figures in told.items():
        found, right, silent, quoted = (figures[name] for name in ("found", "right", "silent", "quotations"))
        spans = " | ".join(f"{each['value']:.2f} ({each['low']:.2f} to {each['high']:.2f})" for each in (found, right))
        row = f"| {part} | {found['cases']} | {spans} | {silent['value']:.2f} of {silent['cases']} | {quoted['value']:.2f} |"
        assert row in README
