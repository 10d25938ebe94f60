"""Manners beyond one crawl: how many requests each host had today, who asks it now, which sources shut us out and are left alone."""

from __future__ import annotations

import fcntl
import json
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from flows.alive import lock_file, locked
from store.model.errors import FetchError, StoreError

SHUT_OUT = timedelta(days=7)
"""How long a source is left alone after challenge pages ended its crawl."""
TURN = timedelta(hours=2)
"""How long a crawl waits for another one of the same host."""


@dataclass(frozen=True)
class Manners:
    """What is remembered in files under the home folder: `requests/<day>.json`, `hosts/<host>` and `blocked/<source>`."""

    home: Path

    def spent(self, now: datetime) -> dict[str, int]:
        """The requests that each host had on the day of `now` (UTC)."""
        try:
            return dict(_counts(self._day(now).read_text("utf-8")))
        except FileNotFoundError:
            return {}

    def spend(self, hosts: Mapping[str, int], now: datetime) -> None:
        """Add requests to those of the day; several crawls may do so at the same time."""
        if not hosts:
            return
        with _alone(self._day(now)) as stream:
            counts = _counts(stream.read()) + Counter(hosts)
            stream.seek(0)
            stream.truncate()
            json.dump(dict(sorted(counts.items())), stream)

    @contextmanager
    def turn(self, hosts: Iterable[str], cancel: threading.Event) -> Iterator[None]:
        """Ask hosts while no other crawl does: two sources of one host wait for each other, on whichever machines share the home folder.

        Raises:
            FetchError: another crawl of one of them did not end in time, or this one was cancelled meanwhile.
        """
        until = time.monotonic() + TURN.total_seconds()
        with ExitStack() as held:
            for host in sorted(set(hosts)):  # all in the same order, so that no two wait for each other
                path = self.home / "hosts" / host.replace(":", "-").replace("*", "any")
                stream = held.enter_context(lock_file(path))
                while not locked(stream):
                    if cancel.wait(0.5) or time.monotonic() > until:
                        raise FetchError(f"another crawl of {host} did not end; the next one goes on")
            yield

    def shut_out(self, source: str, now: datetime) -> None:
        """Note that challenge pages ended the crawl of a source."""
        (self.home / "blocked").mkdir(parents=True, exist_ok=True)
        (self.home / "blocked" / source).write_text(now.astimezone(UTC).isoformat(timespec="seconds"), "utf-8")

    def blocked_until(self, source: str, now: datetime) -> datetime | None:
        """Until when a source that shut us out is left alone; None where it is not, or no longer."""
        try:
            noted = (self.home / "blocked" / source).read_text("utf-8")
        except FileNotFoundError:
            return None
        until = datetime.fromisoformat(noted) + SHUT_OUT
        return until if now < until else None

    def forgive(self, source: str) -> bool:
        """Forget that a source shut us out; whether it had."""
        marker = self.home / "blocked" / source
        had = marker.exists()
        marker.unlink(missing_ok=True)
        return had

    def _day(self, now: datetime) -> Path:
        return self.home / "requests" / f"{now.astimezone(UTC):%Y-%m-%d}.json"


def _counts(text: str) -> Counter[str]:
    """The counts of a file; one that a dying process left half written counts for nothing."""
    try:
        return Counter(json.loads(text or "{}"))
    except ValueError:
        return Counter()


@contextmanager
def _alone(path: Path) -> Iterator[IO[str]]:
    """A file to read and write while no other process does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            stream.seek(0)
            yield stream
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
