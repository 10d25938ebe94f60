"""What the benchmarks share: CPU time side by side, memory, and a table."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROUNDS = 5


def side_by_side(tasks: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """CPU seconds of each task, the median of `rounds`. All tasks run within each round, so that what else the machine does meets all.

    The collector runs before each and rests within, for its cost depends on what ran before.
    """
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()  # what is made once is made
    for _ in range(rounds):
        for name, task in tasks.items():
            gc.collect()
            gc.disable()
            begin = time.process_time()
            task()
            spent[name].append(time.process_time() - begin)
            gc.enable()
    return {name: statistics.median(times) for name, times in spent.items()}


def memory() -> float:
    """Megabytes this process holds now; 0 where the system does not tell."""
    table = Path("/proc/self/statm")
    return int(table.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if table.is_file() else 0.0


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a head, the first column to the left and the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))]
        print("  ".join(cells).rstrip(), flush=True)
