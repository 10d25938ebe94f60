"""The processes of one home folder: what each is, how to kill one, and what all of them do when nothing moves."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Process:
    """A process of ours. `kind` is runner, server, run, child or other."""

    pid: int
    kind: str

    def kill(self, number: int = signal.SIGKILL) -> bool:
        """Send a signal; whether it was still there."""
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        return True

    def __str__(self) -> str:
        try:
            words = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            seconds = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
            waits = Path(f"/proc/{self.pid}/wchan").read_text("utf-8")
            return f"{self.kind} {self.pid}: state {words[0]}, {seconds:.1f} s of processor, waits in {waits or 'nothing'}"
        except OSError:
            return f"{self.kind} {self.pid}: gone"


def processes(home: Path) -> Iterator[Process]:
    """All that were started for a home folder."""
    wanted = f"RAPOR_HOME={home}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                yield Process(int(entry.name), _kind((entry / "cmdline").read_bytes()))


def _kind(command: bytes) -> str:
    if b"spiders.child" in command:
        return "child"
    if b"prefect\0server" in command:
        return "server"
    if b"rapor\0serve" in command:
        return "runner"
    return "run" if b"prefect" in command else "other"


def stacks(home: Path, log: Path) -> str:
    """What every process does: its state and, in its log, the stack of each thread. Ends them."""
    seen = list(processes(home))
    told = [str(process) for process in seen]
    locks = [str(path.relative_to(home)) for folder in ("alive", "work", "hosts") for path in (home / folder).glob("*")]
    before = {path: path.stat().st_size for path in (log, home / "prefect" / "server.log") if path.exists()}
    passes_on = [process for process in seen if process.kind == "runner"]  # what the others say goes through it
    for group in ([process for process in seen if process not in passes_on], passes_on):
        for process in group:
            process.kill(signal.SIGABRT)  # PYTHONFAULTHANDLER prints the stacks
        time.sleep(3)
    for path, size in before.items():
        with path.open("rb") as file:
            file.seek(max(0, size - 2000))
            told.append(f"--- {path.name}\n{file.read(60_000).decode('utf-8', 'replace')}")
    return "\n".join([*told, f"locks: {locks}"])


@dataclass
class Patience:
    """Seconds of a machine of our own: they pass more slowly while others keep its cores busy.

    So a test that hangs fails soon on an idle machine, and a busy one does not fail it.
    """

    home: Path
    seconds: float = 0.0
    _last: float = field(default_factory=time.monotonic)

    def passed(self) -> float:
        """How many have passed since it was made."""
        now = time.monotonic()
        others = max(0, _running() - 1 - sum(_runs(process.pid) for process in processes(self.home)))
        self.seconds += (now - self._last) * CORES / (CORES + others)
        self._last = now
        return self.seconds


def _running() -> int:
    return int(Path("/proc/loadavg").read_text("utf-8").split()[3].split("/")[0])


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "R"
    return False
