"""What does `rapor serve` cost while it waits? Beside an empty `serve()` of the same Prefect: `python -m benchmarks.idle [MINUTES]`.

Both run at the same time, each with a Prefect server of its own: `rapor serve` with every source of the catalogue and all other
deployments on their schedules, and `serve()` with one flow that does nothing and is never due. Schedules that would fall due meanwhile are
switched off. After SETTLE seconds, the CPU seconds and the memory (PSS) of both process trees are read for MINUTES (10).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import table
from benchmarks.processes import Load, memory
from tests.faults.test_month import free_port
from tests.prefect_api import ask

SETTLE = 120
EVERY = 15
START = 600
MOST_MB, MOST_PERCENT = 150, 1.0
EMPTY = """
import sys
from pathlib import Path
from flows.server import prefect_server
from flows.settings import prepare_prefect
home = Path(sys.argv[1])
prepare_prefect(home)
with prefect_server(home, int(sys.argv[2])) as url:
    prepare_prefect(home, url)
    from prefect import flow, serve
    from prefect.types.entrypoint import EntrypointType

    @flow
    def nothing() -> None:
        "Do nothing."

    serve(nothing.to_deployment("nothing", entrypoint_type=EntrypointType.MODULE_PATH))
"""


@dataclass
class Watched:
    """A service under way, and what was read of it."""

    name: str
    port: int
    child: subprocess.Popen[bytes]
    log: Path
    held: list[float] = field(default_factory=list)
    load: Load | None = None

    @property
    def pid(self) -> int:
        """Its first process."""
        return self.child.pid

    def ask(self, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
        """Ask its Prefect server."""
        return ask(self.port, path, body, method)

    def wait(self) -> int:
        """Wait until deployments stand still; how many there are."""
        until, before = time.monotonic() + START, -1
        while time.monotonic() < until and self.child.poll() is None:
            with suppress(OSError):
                now = int(self.ask("deployments/count", {}))
                if now and now == before:
                    return now
                before = now
            time.sleep(10)
        raise SystemExit(f"{self.name} did not start: {self.log.read_text('utf-8')[-2000:]}")

    def hold_back(self, minutes: float) -> int:
        """Switch off what would fall due; how many schedules that were."""
        soon = (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()
        due = self.ask(
            "flow_runs/filter", {"flow_runs": {"expected_start_time": {"before_": soon}, "state": {"type": {"any_": ["SCHEDULED"]}}}}
        )
        deployments = {run["deployment_id"] for run in due} - {None}
        for key in deployments:
            for schedule in self.ask(f"deployments/{key}", None, "GET")["schedules"]:
                self.ask(f"deployments/{key}/schedules/{schedule['id']}", {"active": False}, "PATCH")
        return len(deployments)


@contextmanager
def started(name: str, command: list[str], home: Path, port: int) -> Iterator[Watched]:
    """A service in a home folder of its own, ended as Ctrl-C would."""
    home.mkdir()
    place = {key: value for key, value in os.environ.items() if not key.startswith(("RAPOR_", "PREFECT_"))}
    with (home / "log").open("wb") as log:
        child = subprocess.Popen(command, env=place | {"RAPOR_HOME": str(home)}, stdout=log, stderr=log)
    try:
        yield Watched(name, port, child, home / "log")
    finally:
        child.send_signal(2)
        child.wait(90)


def main() -> int:
    """Print the table; the exit code says whether `rapor serve` costs more than it may."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    one, two = free_port(), free_port()
    rapor = str(Path(sys.executable).with_name("rapor"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        ours = started("rapor serve", [rapor, "serve", "--port", str(one)], place / "ours", one)
        empty = started("empty serve()", [sys.executable, "-c", EMPTY, str(place / "empty"), str(two)], place / "empty", two)
        with ours as first, empty as second:
            both = (first, second)
            counts = [service.wait() for service in both]
            ahead = minutes + SETTLE / 60 + 3
            held_back = first.hold_back(ahead)
            time.sleep(SETTLE)
            held_back += first.hold_back(ahead)
            for service in both:
                service.load = Load(service.pid)
            until = time.monotonic() + 60 * minutes
            while time.monotonic() < until:
                for service in both:
                    service.held.append(memory(service.pid))
                time.sleep(EVERY)
            rows, figures = [], []
            for service, count in zip(both, counts, strict=True):
                assert service.load is not None
                spent = service.load.spent()
                held, percent = statistics.median(service.held), 100 * spent.ours / spent.wall
                figures.append((held, percent))
                rows.append([service.name, str(count), f"{held:.0f}", f"{max(service.held):.0f}", f"{spent.ours:.1f}", f"{percent:.2f}"])
    table(("", "deployments", "MB, median", "MB, most", "CPU, s", "CPU, % of a core"), rows)
    more_mb, more_percent = (above - below for above, below in zip(*figures, strict=True))
    print(f"{minutes:g} minutes, {held_back} schedules held back: {more_mb:+.0f} MB, {more_percent:+.2f} % of a core above the empty one")
    return int(more_mb > MOST_MB or more_percent > MOST_PERCENT)


if __name__ == "__main__":
    sys.exit(main())
