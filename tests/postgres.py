"""A real PostgreSQL for tests and benchmarks: the one that is named, or Debian's, started for as long as it is needed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

POSTGRES_BIN = Path("/usr/lib/postgresql/15/bin")


def available() -> bool:
    """Whether there is a server, or one can be started."""
    return bool(os.environ.get("RAPOR_TEST_POSTGRES")) or (POSTGRES_BIN / "initdb").exists()


@dataclass
class Postgres:
    """Debian's PostgreSQL 15 on a loopback port, as the user postgres when we are root; it may be killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Without a database name: `postgresql://user@host:port`."""
        return f"postgresql://rapor@127.0.0.1:{self.port}"

    @property
    def _as_user(self) -> str | None:
        return "postgres" if os.geteuid() == 0 else None

    @property
    def _log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def make(self) -> None:
        """Make its data folder."""
        if self._as_user:
            shutil.chown(self.folder, self._as_user, self._as_user)
        options = ["-A", "trust", "-U", "rapor", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run: list[str | Path] = [POSTGRES_BIN / "initdb", "-D", self.folder / "data", *options]
        subprocess.run(run, user=self._as_user, check=True, capture_output=True, cwd="/")

    def start(self) -> None:
        """Start it and wait until it answers, also where processes of one that was killed still hold its memory."""
        quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "unix_socket_directories="]  # outlasts kill -9, no power cut
        options = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", *quick]
        command: list[str | Path] = [POSTGRES_BIN / "postgres", "-D", self.folder / "data", *options]
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with self._log.open("ab") as log:
                self.process = subprocess.Popen(command, user=self._as_user, stdout=log, stderr=log, cwd="/")
            if _ready(self.port, self.process):
                return
            time.sleep(0.2)
        raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text('utf-8', 'replace')[-1000:]}")

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Stop it and remove its data."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._log.unlink(missing_ok=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Address of a server that may be filled, without a database name; RAPOR_TEST_POSTGRES names one, else one is started."""
    given = os.environ.get("RAPOR_TEST_POSTGRES")
    if given:
        yield given.rstrip("/")
        return
    with own_postgres() as server:
        yield server.address


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """A server of our own, started."""
    server = Postgres(Path(tempfile.mkdtemp(prefix="rapor-postgres-")), _free_port())
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Whether it came up; False where it ended instead."""
    deadline = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < deadline:
        answer = subprocess.run([POSTGRES_BIN / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if answer.returncode == 0:
            return True
        time.sleep(0.05)
    return False
