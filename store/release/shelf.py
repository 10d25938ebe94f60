"""The folder of releases: one folder a version, never changed once it is there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from store.model.errors import UsageError

DATA = "rapor.sqlite"
_VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d+))?")


def versions(shelf: Path) -> list[str]:
    """Versions on the shelf, oldest first."""
    return sorted((path.name for path in _folders(shelf) if _VERSION.fullmatch(path.name) and (path / DATA).is_file()), key=place)


def newest(shelf: Path) -> str | None:
    """The newest version; None on an empty shelf."""
    return max(versions(shelf), key=place, default=None)


def find(shelf: Path, version: str | None = None) -> Path:
    """The folder of a version, of the newest where none is named.

    Raises:
        UsageError: There is none.
    """
    known = versions(shelf)
    if not known:
        raise UsageError(f"there is no release in {shelf}: `rapor publish` makes one")
    wanted = version or known[-1]
    if wanted not in known:
        raise UsageError(f"there is no release {wanted} in {shelf}; there is {', '.join(known)}")
    return shelf / wanted


def open_release(folder: Path) -> sqlite3.Connection:
    """The data of a release, read-only, rows by name."""
    return connected(folder / DATA)


def connected(path: Path) -> sqlite3.Connection:
    """The data in a file, read-only, rows by name."""
    release = sqlite3.connect(address(path), uri=True)
    release.row_factory = sqlite3.Row
    return release


def address(path: Path) -> str:
    """The address SQLite opens a release by: nobody writes to it, so no lock is needed."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def next_version(day: date, previous: str | None) -> str:
    """The version of a release made on `day`: the day, with a number where the release before is of the same day.

    Raises:
        UsageError: The release before is of a later day.
    """
    fresh = f"{day:%Y.%m.%d}"
    if previous is None or place(previous)[:3] < place(fresh)[:3]:
        return fresh
    if place(previous)[:3] > place(fresh)[:3]:
        raise UsageError(f"the release before is {previous}, later than {fresh}: releases go forward")
    return f"{fresh}.{place(previous)[3] + 1}"


def place(version: str) -> tuple[int, int, int, int]:
    """Where a version stands among others.

    Raises:
        UsageError: It is no version.
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        raise UsageError(f"{version!r} is no version of a release: it looks like 2026.11.24 or 2026.11.24.1")
    year, month, day, number = match.groups(default="0")
    return int(year), int(month), int(day), int(number)


def _folders(shelf: Path) -> Iterable[Path]:
    return (path for path in shelf.iterdir() if path.is_dir()) if shelf.is_dir() else ()
