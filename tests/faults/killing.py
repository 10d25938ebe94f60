"""`kill -9` for each part of a service in turn, at moments that a seed spreads over the steps of a play."""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.prefect_day import Service
from tests.faults.processes import processes
from tests.postgres import Postgres

KINDS = ("runner", "server", "run", "child", "database")


@dataclass
class Killer:
    """Who is killed in which step. A victim that is not there in its step is looked for in the next one."""

    service: Service
    database: Postgres
    chance: random.Random
    plan: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    killed: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)

    def spread(self, kills: int, steps: int, kinds: Sequence[str] = KINDS) -> None:
        """Plan kills over steps, of every kind as many."""
        for number in range(kills):
            self.plan[self.chance.randrange(steps)].append(kinds[number % len(kinds)])

    @contextmanager
    def at_work(self, step: int) -> Iterator[None]:
        """Kill what is planned for a step while this lasts."""
        self.left += self.plan.pop(step, [])
        self.chance.shuffle(self.left)
        over = threading.Event()
        thread = threading.Thread(target=self._kill, args=(over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _kill(self, over: threading.Event) -> None:
        # Each kind once a step: a crawl goes on where its child was killed once, twice is an incident to tell.
        for kind in dict.fromkeys(self.left):
            if over.wait(self.chance.uniform(0.2, 5)):
                return
            while not self._kill_one(kind):
                if over.wait(0.1):
                    return
            self.left.remove(kind)
            self.killed[kind] += 1

    def _kill_one(self, kind: str) -> bool:
        if kind == "database":
            self.database.kill()
            self.database.start()
            return True
        victims = [process for process in processes(self.service.home) if process.kind == kind]
        return bool(victims) and self.chance.choice(victims).kill()
