"""Which runs are alive: each holds the lock of a file of its own, which the kernel frees when its process dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alive(home: Path, run: str) -> Iterator[None]:
    """Be known as alive under the key of a run while this lasts."""
    marker = _marker(home, run)
    marker.parent.mkdir(parents=True, exist_ok=True)
    with marker.open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield
        finally:
            marker.unlink(missing_ok=True)


def lives(home: Path, run: str) -> bool:
    """Whether a process of this machine, or of one that shares the home folder, is at work on a run."""
    try:
        with _marker(home, run).open("r", encoding="utf-8") as asked:
            fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    _marker(home, run).unlink(missing_ok=True)
    return False


def _marker(home: Path, run: str) -> Path:
    return home / "alive" / run
