"""Publishing: the release that is due today, made of the database and of the reader's figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.database import connect
from flows.settings import Settings

FIGURES = Path(__file__).resolve().parent.parent / "extract" / "resources" / "model" / "figures.json"


@dataclass(frozen=True)
class Published:
    """What came of it: the folder of the release, and whether it is new. Where nothing differs from the one before, that one stays."""

    folder: Path
    new: bool


def publish(settings: Settings, day: date, *, shelf: Path | None = None, anyway: bool = False) -> Published:
    """Make the release of today, unless nothing that it would say is new.

    Args:
        settings: Where the database and the releases lie.
        day: The day it is published under.
        shelf: Another folder of releases than that of the settings.
        anyway: Publish although nothing changed.

    Raises:
        UsageError: The newest release is of a later day.
        StoreError: The database cannot be read or the folder not be written.
    """
    from store.release import publish as making
    from store.release import shelf as shelving
    from store.release.facts import Facts

    place = shelf or settings.releases_path
    previous = shelving.newest(place)
    facts = Facts(
        version=shelving.next_version(day, previous),
        day=day,
        previous=previous,
        contact=settings.contact,
        figures=read_figures(),
        generator=f"rapor {version('rapor')}",
    )
    folder = making.publish(connect(settings), place, facts, unless_same=not anyway)
    return Published(folder, new=folder.name == facts.version)


def read_figures(path: Path = FIGURES) -> dict[str, dict[str, dict[str, Any]]]:
    """What the reader was measured at: part to measure to `{value, low, high, cases}`; empty where it was not measured."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return found
