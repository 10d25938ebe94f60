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
from pathlib import Path

POSTGRES_BIN = Path("/usr/lib/postgresql/15/bin")


def available() -> bool:
    """Whether there is a server, or one can be started."""
    return bool(os.environ.get("RAPOR_TEST_POSTGRES")) or (POSTGRES_BIN / "initdb").exists()


@contextmanager
def running_postgres() -> Iterator[str]:
    """Address of a server that may be filled, without a database name: `postgresql://user@host:port`.

    RAPOR_TEST_POSTGRES names one; else Debian's PostgreSQL 15 is started on a loopback port, as the user postgres when we are root.
    """
    given = os.environ.get("RAPOR_TEST_POSTGRES")
    if given:
        yield given.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="rapor-postgres-"))
    as_user = "postgres" if os.geteuid() == 0 else None
    if as_user:
        shutil.chown(folder, as_user, as_user)
    port = _free_port()
    run: list[str | Path] = [
        POSTGRES_BIN / "initdb",
        "-D",
        folder / "data",
        "-A",
        "trust",
        "-U",
        "rapor",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(run, user=as_user, check=True, capture_output=True, cwd="/")
    quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "unix_socket_directories="]
    options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", *quick]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        command: list[str | Path] = [POSTGRES_BIN / "postgres", "-D", folder / "data", *options]
        server = subprocess.Popen(command, user=as_user, stdout=log, stderr=log, cwd="/")
    try:
        _wait_until_ready(port, server)
        yield f"postgresql://rapor@127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < deadline:
        answer = subprocess.run([POSTGRES_BIN / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if answer.returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")
