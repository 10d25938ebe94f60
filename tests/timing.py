"""How much more a longer input costs: a ratio of CPU times, so that a slow or busy machine cannot fail a test.

Seconds are measured in benchmarks/, never here.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 10
"""The most that four times the input may cost. Linear work costs 4, quadratic 16."""


def growth(task: Callable[[], object], larger: Callable[[], object], rounds: int = 3) -> float:
    """CPU time of `larger` as a multiple of `task`'s, each the best of `rounds`, taken in turn.

    The first run of `task` warms up and does not count. The collector rests meanwhile: its cost depends on what other tests left.
    """
    task()
    resting = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        pairs = [(_seconds(task), _seconds(larger)) for _ in range(rounds)]
    finally:
        if resting:
            gc.enable()
    return min(large for _, large in pairs) / min(small for small, _ in pairs)


def _seconds(task: Callable[[], object]) -> float:
    begin = time.process_time()
    task()
    return time.process_time() - begin
