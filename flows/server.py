"""A Prefect server of our own for one machine: started before the schedules, kept up, stopped after them. Imports no Prefect.

Prefect's temporary server runs no scheduler, so a machine without a server of its own gets a full one as a child process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.alive import at_work
from flows.settings import prefect_environment
from store.model.errors import UsageError

_START_SECONDS = 180.0
_STOP_SECONDS = 20.0
_PID = "server.pid"


@contextmanager
def prefect_server(home: Path, port: int, host: str = "127.0.0.1") -> Iterator[str]:
    """Run a Prefect server as a child; its log goes to `prefect/server.log` in `home`. Yields the address of its API.

    Raises:
        UsageError: the port is taken, or the server does not come up.
    """
    url = f"http://{host}:{port}/api"
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    _end_left(folder)
    if _answers(url):
        raise UsageError(
            f"port {port} is taken, a Prefect server answers there: set PREFECT_API_URL={url} to use it, or choose another --port"
        )
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    stop = threading.Event()
    child = _start(command, folder)
    keeper = threading.Thread(target=_keep_up, args=(command, folder, stop, child), daemon=True)
    try:
        _wait(child, url, folder / "server.log")
        keeper.start()
        yield url
    finally:
        stop.set()
        if keeper.is_alive():
            keeper.join()
        _end_left(folder)


def _start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start the server and note its process, so that whoever comes after a death of ours can end it."""
    with (folder / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C reaches the runner first, which still needs the server to sign off.
        # Its database lies in our home folder, whoever starts it: two servers on one SQLite file hold each other up.
        place = prefect_environment(folder)
        child = subprocess.Popen(command, env=place, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own interpreter)
    (folder / _PID).write_text(str(child.pid), "utf-8")
    return child


def _keep_up(command: list[str], folder: Path, stop: threading.Event, child: subprocess.Popen[bytes]) -> None:
    """Start the server again where it died; runs under way report to it when it is back."""
    while not stop.wait(1.0):
        if child.poll() is not None:
            child = _start(command, folder)


def _end_left(folder: Path) -> None:
    """End the server that is noted, ours or one that a killed `rapor serve` left behind."""
    noted = folder / _PID
    try:
        pid = int(noted.read_text("utf-8"))
        if b"prefect\0server" in Path(f"/proc/{pid}/cmdline").read_bytes():
            _end(pid)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        pass
    noted.unlink(missing_ok=True)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + _STOP_SECONDS
    while _running(pid):
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def _running(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # a child of ours is gone only when somebody asked how it ended
    return at_work(pid)


def _wait(child: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while not _answers(url):
        if child.poll() is not None or time.monotonic() > until:
            raise UsageError(f"the Prefect server did not come up; {log} says why")
        time.sleep(0.3)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2):  # noqa: S310 (a loopback address of ours)
            return True
    except (urllib.error.URLError, OSError):
        return False
