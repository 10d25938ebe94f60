"""The questions that stand ready on the pages: `queries.yml` as data, and as Datasette wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from store.release.pages.words import Pair


@dataclass(frozen=True)
class Question:
    """One SELECT with its title and purpose in both languages, and an example for each value it asks for."""

    name: str
    title: Pair
    about: Pair
    sql: str
    params: dict[str, str] = field(default_factory=dict)


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the order they are shown."""
    rows = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))
    return tuple(
        Question(row["name"], tuple(row["title"]), tuple(row["about"]), row["sql"].strip(), row.get("params") or {}) for row in rows
    )


def as_metadata() -> dict[str, dict[str, Any]]:
    """The same as canned queries of Datasette."""
    return {
        one.name: {"sql": one.sql, "title": one.title[0], "description": one.about[0], "params": list(one.params)} for one in questions()
    }
