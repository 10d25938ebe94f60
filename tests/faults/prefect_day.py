"""A real `rapor serve` with its Prefect server as child processes, driven a day at a time and killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RAPOR = str(Path(sys.executable).with_name("rapor"))
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
PATIENCE = 420.0  # seconds for one run, on a busy machine


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
    """`rapor serve` under a supervisor that starts it again where it died, as systemd would."""

    home: Path
    keys: Sequence[str]
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    kills: list[str] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """What it said."""
        return self.home.parent / "serve.log"

    def keep_up(self) -> None:
        """Start it where it does not run, and wait until its server answers and no schedule of the real clock can fire."""
        if self.process is not None and self.process.poll() is None:
            return
        place = {name: value for name, value in os.environ.items() if not name.startswith(("RAPOR_", "PREFECT_"))}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [RAPOR, "serve", *self.keys, "--port", str(self.port)],
                env=place | self.environment | {"RAPOR_HOME": str(self.home)},
                cwd=self.home.parent,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self._wait_registered()

    def _wait_registered(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, ValueError):
                found = self.ask("deployments/filter", {})
                if len(found) >= len(self.keys) + 6:
                    self._stop_schedules(found)
                    return
            assert self.process is not None
            if self.process.poll() is not None:
                self.keep_up()
                return
            time.sleep(0.5)
        raise AssertionError(self.log.read_text("utf-8")[-3000:])

    def _stop_schedules(self, found: list[dict[str, Any]]) -> None:
        for deployment in found:
            for schedule in deployment["schedules"]:
                if schedule["active"]:
                    self.ask(f"deployments/{deployment['id']}/schedules/{schedule['id']}", {"active": False}, "PATCH")

    def ask(self, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
        """Ask Prefect's API. Raises OSError where it does not answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def start(self, name: str, now: datetime | None = None) -> str | None:
        """Start a deployment, as its schedule would; the run's id, None where the server did not answer."""
        self.keep_up()
        parameters = {"now": now.isoformat()} if now else {}
        with suppress(OSError, ValueError):
            deployment = self.ask(f"deployments/name/{name}", None, "GET")
            merged = {**deployment["parameters"], **parameters}
            return str(self.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": merged})["id"])
        return None

    def ended(self, run: str) -> str | None:
        """How a run ended; None where it did not yet or the server does not say."""
        with suppress(OSError, ValueError):
            state = str(self.ask(f"flow_runs/{run}", None, "GET")["state_type"])
            return state if state in ENDED else None
        return None

    def do(self, names: Sequence[str], now: datetime | None = None) -> None:
        """Run deployments at the same time until each completed; one that died is run again, as its next schedule would."""
        under_way = {name: self.start(name, now) for name in names}
        until = time.monotonic() + PATIENCE
        while under_way:
            assert time.monotonic() < until, f"{under_way} of {now}: {self.log.read_text('utf-8')[-3000:]}"
            time.sleep(0.3)
            self.keep_up()
            for name, run in list(under_way.items()):
                state = self.ended(run) if run else "CRASHED"
                if state == "COMPLETED":
                    del under_way[name]
                elif state is not None:
                    under_way[name] = self.start(name, now)

    def kill_one(self, chance: random.Random) -> None:
        """`kill -9` for the runner, the server, a run, or the child of a crawl, whichever there is."""
        victims = self._victims()
        if victims:
            name = chance.choice(sorted(victims))
            with suppress(ProcessLookupError):
                os.kill(victims[name], signal.SIGKILL)
                self.kills.append(name)
        if self.process is not None and "runner" in self.kills[-1:]:
            self.process.wait(10)

    def _victims(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with suppress(OSError):
                place = (entry / "environ").read_bytes()
                if f"RAPOR_HOME={self.home}".encode() not in place.split(b"\0"):
                    continue
                command = (entry / "cmdline").read_bytes()
                found[_kind(command)] = int(entry.name)
        found.pop("other", None)
        return found

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
        for pid in self._victims().values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _kind(command: bytes) -> str:
    if b"spiders.child" in command:
        return "child"
    if b"prefect\0server" in command:
        return "server"
    if b"rapor\0serve" in command:
        return "runner"
    return "run" if b"prefect" in command else "other"
