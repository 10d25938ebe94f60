"""A Prefect server of our own for one machine: started before the schedules, stopped after them. Imports no Prefect.

Prefect's temporary server runs no scheduler, so a machine without a server of its own gets a full one as a child process.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.model.errors import UsageError

_START_SECONDS = 180.0
_STOP_SECONDS = 20.0


@contextmanager
def prefect_server(home: Path, port: int, host: str = "127.0.0.1") -> Iterator[str]:
    """Run a Prefect server as a child; its log goes to `prefect/server.log` in `home`. Yields the address of its API.

    Raises:
        UsageError: the port is taken, or the server does not come up.
    """
    url = f"http://{host}:{port}/api"
    if _answers(url):
        raise UsageError(
            f"port {port} is taken, a Prefect server answers there: set PREFECT_API_URL={url} to use it, or choose another --port"
        )
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    with (folder / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C reaches the runner first, which still needs the server to sign off.
        child = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 (our own interpreter)
    try:
        _wait(child, url, folder / "server.log")
        yield url
    finally:
        child.terminate()
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


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
