"""Backup and restore: one folder with everything that rapor keeps and cannot make again, checked when written and when read."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from flows.database import connect
from flows.settings import Settings
from store.model.errors import StoreError, UsageError
from store.sql.copying import copy
from store.sql.database import Database

MANIFEST, DATABASE, ARCHIVE, STATE = "backup.json", "rapor.db", "archive", "state"
# What the home folder knows beside archive and database; `.open` markers, releases and Prefect's own things can be made again.
_STATE = ("alerts.json", "crawled", "blocked", "backfill", "requests")


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds: rows of the database, files of the archive and how many of them were new to this folder, bytes in all."""

    rows: int
    files: int
    new_files: int
    size: int


def backup(settings: Settings, folder: Path, now: datetime | None = None) -> BackedUp:
    """Write database, archive and state into a folder. Into one that holds an older backup, only new archive files are copied.

    The database is copied in one state while others write to it, as SQLite whatever it is. An archive in an object store is not
    copied: its store keeps it, the manifest says so. The manifest is written last: a folder without one is no backup.

    Raises:
        StoreError: The database cannot be read, or the folder not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MANIFEST).unlink(missing_ok=True)
        rows = _copy_database(settings, folder)
        remote = "://" in settings.archive_path
        new = 0 if remote else _copy_archive(settings, folder)
        _copy_state(settings.home, folder / STATE)
        digests = {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)}
        told = {
            "rapor": version("rapor"),
            "made": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
            "archive": settings.archive_path if remote else ARCHIVE,
            "rows": rows,
            "files": digests,
        }
        (folder / MANIFEST).write_text(json.dumps(told, indent=1), "utf-8")
    except OSError as error:
        raise StoreError(f"the backup {folder} cannot be written: {error.strerror or error}") from error
    held = [name for name in digests if name.startswith(f"{ARCHIVE}/")]
    return BackedUp(rows, len(held), new, sum(path.stat().st_size for path in _files(folder)))


def restore(settings: Settings, folder: Path) -> BackedUp:
    """Put a backup where the settings say; home folder, database and archive must be empty.

    Raises:
        UsageError: There is no backup, or something is there already.
        StoreError: A file of the backup is damaged or missing; nothing was written.
    """
    if not (folder / MANIFEST).is_file():
        raise UsageError(f"{folder} holds no whole backup: its {MANIFEST} is missing")
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    check(folder, told["files"])
    archive, remote = Path(settings.archive_path), "://" in settings.archive_path
    if not remote and archive.is_dir() and any(archive.iterdir()):
        raise UsageError(f"the archive {archive} is not empty: restore into a new home folder (RAPOR_HOME)")
    settings.home.mkdir(parents=True, exist_ok=True)
    rows = sum(copy(Database(f"sqlite:///{folder / DATABASE}"), connect(settings)).values())
    if not remote and (folder / ARCHIVE).is_dir():
        shutil.copytree(folder / ARCHIVE, archive, dirs_exist_ok=True)
    if (folder / STATE).is_dir():
        shutil.copytree(folder / STATE, settings.home, dirs_exist_ok=True)
    held = [name for name in told["files"] if name.startswith(f"{ARCHIVE}/")]
    return BackedUp(rows, len(held), len(held), sum(path.stat().st_size for path in _files(folder)))


def check(folder: Path, digests: dict[str, str]) -> None:
    """Compare every file with what the manifest says. Raises StoreError naming the first that differs."""
    for name, digest in digests.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise StoreError(f"the backup {folder} is damaged: {name} is {'not as it was written' if path.is_file() else 'missing'}")


def _copy_database(settings: Settings, folder: Path) -> int:
    draft = folder / f"{DATABASE}.new"
    draft.unlink(missing_ok=True)
    target = Database(f"sqlite:///{draft}")
    rows = sum(copy(connect(settings), target).values())
    target.close()
    draft.replace(folder / DATABASE)
    for left in folder.glob(f"{DATABASE}.new*"):  # the journal of the copy, empty after it was closed
        left.unlink()
    return rows


def _copy_archive(settings: Settings, folder: Path) -> int:
    """Copy what is new; what was put together since goes from an older backup. How many files were copied."""
    from store.archive import Archive, clear_up

    copied = 0
    while True:
        try:
            for source, target in _archive_files(settings, folder):
                copied += _copied(source, target)
            break
        except FileNotFoundError:
            continue  # it was put together with others while we copied: look again
    held = Archive(folder / ARCHIVE)
    for path in (folder / ARCHIVE).glob("*/"):
        clear_up(held, path.name)
    return copied


def _archive_files(settings: Settings, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Closed files only: one that a crawl is writing is in the next backup, as are the rows that come of it."""
    from store.archive import Archive

    root = Path(settings.archive_path)
    busy = {name.removesuffix(".warc.gz") for name in Archive(root).folders.claimed()}
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        name = path.relative_to(root)
        stem = name.as_posix().removesuffix(".warc.gz").removesuffix(".jsonl")
        if path.is_file() and name.parts[0] != ".open" and stem not in busy:
            yield path, folder / ARCHIVE / name


def _copied(source: Path, target: Path) -> bool:
    """Copy a file that is not there yet; closed archive files never change but for a rebuilt index."""
    if target.is_file() and target.stat().st_size == source.stat().st_size and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    return True


def _copy_state(home: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in _STATE:
        if (home / name).is_dir():
            shutil.copytree(home / name, target / name)
        elif (home / name).is_file():
            shutil.copy2(home / name, target / name)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
