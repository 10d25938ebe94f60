"""A real `rapor serve` with its Prefect server as child processes, driven a day at a time and killed at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from flows.leftover import end_left_runs
from tests.faults.processes import Patience, processes, stacks
from tests.prefect_api import ask

RAPOR = str(Path(sys.executable).with_name("rapor"))
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
BESIDE_CRAWLS = len(yaml.safe_load((Path(__file__).resolve().parents[2] / "prefect.yaml").read_text("utf-8"))["deployments"]) - 1
"""Deployments that `rapor serve` makes beside one for each source; of those in the file, the crawl of any source is not among them."""
NO_CLOCK = {"PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false"}
"""Days are played in years past: what stands on a schedule must not start by the real clock."""
PATIENCE = 90.0  # seconds for one step, of a machine of our own


class Ear:
    """A webhook that keeps what it heard, as a context manager."""

    def __init__(self) -> None:
        self.heard: list[dict[str, str]] = []
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                ear.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        """Stop hearing."""
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Service:
    """`rapor serve` under a supervisor that starts it again where it died, as systemd would.

    No step takes longer than PATIENCE, all of them no longer than `limit` (seconds of a machine of our own): what does is a hang,
    and told with what every process was doing.
    """

    home: Path
    keys: Sequence[str]
    port: int
    environment: dict[str, str]
    limit: float = float("inf")
    process: subprocess.Popen[bytes] | None = None
    _registered: bool = False

    def __post_init__(self) -> None:
        self.spent = Patience(self.home)

    @property
    def log(self) -> Path:
        """What it said."""
        return self.home.parent / "serve.log"

    def keep_up(self) -> None:
        """Start it where it does not run, and wait until its server answers and knows all deployments."""
        patience = Patience(self.home)
        while self.process is None or self.process.poll() is not None or not self._is_registered():
            if self.process is None or self.process.poll() is not None:
                self._start()
            if patience.passed() > PATIENCE:
                raise AssertionError(f"`rapor serve` does not come up\n{stacks(self.home, self.log)}")
            time.sleep(0.5)

    def _start(self) -> None:
        # A crawl that outlived its runner is ended by the next one, but that takes seconds to come up: here at once, or it would note a day
        # of years past behind our back, and what was missed since would be caught up by the real clock.
        end_left_runs(str(self.home / "prefect"))
        for crawled in (self.home / "crawled").glob("*"):
            crawled.touch()  # days are played in years past: by the real clock none of them was missed
        place = {name: value for name, value in os.environ.items() if not name.startswith(("RAPOR_", "PREFECT_"))}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [RAPOR, "serve", *self.keys, "--port", str(self.port)],
                env=place | {"PYTHONFAULTHANDLER": "1"} | NO_CLOCK | self.environment | {"RAPOR_HOME": str(self.home)},
                cwd=self.home.parent,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self._registered = False

    def _is_registered(self) -> bool:
        if self._registered:
            return True
        with suppress(OSError, ValueError):
            found = self.ask("deployments/filter", {})
            self._registered = len(found) >= len(self.keys) + BESIDE_CRAWLS
        return self._registered

    def ask(self, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
        """Ask Prefect's API. Raises OSError where it does not answer."""
        return ask(self.port, path, body, method)

    def insist(self, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
        """Ask Prefect's API until it answers."""
        answers: list[Any] = []

        def answered() -> bool:
            answers.append(self.ask(path, body, method))
            return True

        self.wait_until(answered, f"{path} is not answered")
        return answers[0]

    def start(self, name: str, now: datetime | None = None) -> str:
        """Start a deployment, as its schedule would; the run's id."""
        parameters = {"now": now.isoformat()} if now else {}
        deployment = self.insist(f"deployments/name/{name}", None, "GET")
        merged = {**deployment["parameters"], **parameters}
        return str(self.insist(f"deployments/{deployment['id']}/create_flow_run", {"parameters": merged})["id"])

    def ended(self, run: str) -> str | None:
        """How a run ended; None where it did not yet or the server does not say."""
        with suppress(OSError, ValueError):
            state = str(self.ask(f"flow_runs/{run}", None, "GET")["state_type"])
            return state if state in ENDED else None
        return None

    def do(self, names: Sequence[str], now: datetime | None = None) -> None:
        """Run deployments at the same time until each completed; one that died is run again, as its next schedule would."""
        under_way = {name: self.start(name, now) for name in names}

        def all_ended() -> bool:
            for name, run in list(under_way.items()):
                state = self.ended(run)
                if state == "COMPLETED":
                    del under_way[name]
                elif state is not None:
                    under_way[name] = self.start(name, now)
            return not under_way

        self.wait_until(all_ended, f"{', '.join(names)} of {now} do not end")

    def wait_until(self, seen: Callable[[], bool], failing: str) -> None:
        """Keep it up until something is seen; tell what every process does where that takes too long."""
        patience = Patience(self.home)
        while not self._up_and(seen):
            if patience.passed() > PATIENCE or self.spent.passed() > self.limit:
                raise AssertionError(f"{failing} after {self.spent.seconds:.0f} s: {self.states()}\n{stacks(self.home, self.log)}")
            time.sleep(0.3)

    def _up_and(self, seen: Callable[[], bool]) -> bool:
        self.keep_up()
        with suppress(OSError, ValueError):  # its server is away
            return seen()
        return False

    def states(self) -> list[str]:
        """What the server says of the newest runs."""
        with suppress(OSError, ValueError):
            found = self.ask("flow_runs/filter", {"sort": "START_TIME_DESC", "limit": 10})
            return [f"{run['name']}: {run['state']['name']} since {run['state']['timestamp']}" for run in found]
        return ["the server does not answer"]

    def left_running(self) -> list[str]:
        """Runs that the server believes under way."""
        found = self.ask("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}})
        return [run["name"] for run in found]

    def said_at_the_end(self) -> list[str]:
        """What the server says of runs that did not complete."""
        found = self.ask("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["FAILED", "CRASHED", "CANCELLED"]}}}})
        return [str(run["state"]["message"]) for run in found]

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for process in processes(self.home):
            process.kill()
