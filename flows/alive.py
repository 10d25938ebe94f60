"""Locks in the home folder that the kernel frees when their holder dies: which runs are alive, and who may work on what.

Prefect's own slots are not used for this: they stay taken when their holder or the server is killed.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from store.model.errors import StoreError


@contextmanager
def alive(home: Path, run: str) -> Iterator[None]:
    """Be known as alive under the key of a run while this lasts."""
    marker = _marker(home, run)
    with alone(marker):
        try:
            yield
        finally:
            marker.unlink(missing_ok=True)


def lives(home: Path, run: str) -> bool:
    """Whether a process of this machine, or of one that shares the home folder, is at work on a run."""
    marker = _marker(home, run)
    if marker.exists():
        with taken(marker) as free:
            if not free:
                return True
    return _starts(run)


def forget(home: Path, run: str) -> None:
    """Remove what a run left that is alive no more."""
    _marker(home, run).unlink(missing_ok=True)


def _starts(run: str) -> bool:
    """Whether a process of this machine was started for a run; it holds no lock yet while it imports."""
    wanted = f"PREFECT__FLOW_RUN_ID={run}".encode()
    return any(wanted in words and _is_prefects(process) for process, words in environments())


def environments() -> Iterator[tuple[Path, list[bytes]]]:
    """The processes of this machine that may be looked at, by their folders in /proc, each with the words of its environment."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes().split(b"\0")
        except OSError:  # of somebody else, or gone meanwhile
            continue
        yield process, words


def at_work(pid: int) -> bool:
    """Whether a process is there and did not end; one that nobody asked how it ended did."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[:1]
    except (FileNotFoundError, ProcessLookupError):
        return False


def _is_prefects(process: Path) -> bool:
    try:
        return b"prefect" in (process / "cmdline").read_bytes()
    except OSError:
        return False


@contextmanager
def taken(path: Path) -> Iterator[bool]:
    """Take a lock, if it is free, while this lasts; whether it was. Nobody waits."""
    with lock_file(path) as held:
        yield locked(held)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for a lock and hold it while this lasts."""
    with lock_file(path) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def lock_file(path: Path) -> IO[str]:
    """The open file of a lock, made where it is missing.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def locked(held: IO[str]) -> bool:
    """Lock an open file, if nobody else has; whether that went. Closing it frees it."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _marker(home: Path, run: str) -> Path:
    return home / "alive" / run
