"""What processes cost, as /proc tells it: CPU seconds and memory of a process with all its children, and what everybody else had."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def command(pid: int) -> list[str]:
    """The words a process was started with; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").split("\0")
    except OSError:
        return []


def cpu(root: int) -> float:
    """CPU seconds that a process, its children, and those of its children that ended have had."""
    spent = 0
    for pid in tree(root):
        with suppress(OSError):
            spent += sum(map(int, _stat(pid)[11:15]))
    return spent / TICK


def memory(root: int) -> float:
    """Megabytes that a process and its children hold; what they share is shared out among those who share it."""
    held = 0
    for pid in tree(root):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
            held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on: state, parent, …; the times are the twelfth to fifteenth of these."""
    return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()


def _busy() -> float:
    """CPU seconds that the whole machine was at work."""
    user, nice, system, _idle, _waiting, *rest = map(int, Path("/proc/stat").read_text("ascii").split("\n")[0].split()[1:9])
    return (user + nice + system + sum(rest[:2])) / TICK


@dataclass(frozen=True)
class Spent:
    """Seconds: of the wall, of a process and its children, of everybody else."""

    wall: float
    ours: float
    others: float


class Load:
    """Counts from when it is made."""

    def __init__(self, root: int) -> None:
        self.root = root
        self._began = time.monotonic(), cpu(root), _busy()

    def spent(self) -> Spent:
        """What was spent since."""
        wall, ours, busy = (now - then for now, then in zip((time.monotonic(), cpu(self.root), _busy()), self._began, strict=True))
        return Spent(wall, ours, max(0.0, busy - ours))
