"""What the child process tells its parent: one JSON object a line."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from typing import IO, Final

from store.model.visits import Visit

_OURS: Final = frozenset({"spiders", "store", "__main__"})
_EVERY: Final = 1.0  # seconds between two messages of counts


class Wire:
    """Writes lines that a parent reads as they come. A reader that went away is no error: the archive holds what counts.

    `hosts` counts the requests made to each host.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self.hosts: Counter[str] = Counter()
        self._notes: set[str] = set()
        self._told = 0.0

    def visit(self, visit: Visit) -> None:
        """Tell of one visited address."""
        self._write(b'{"visit":' + visit.model_dump_json(exclude_defaults=True).encode() + b"}\n")
        if time.monotonic() - self._told > _EVERY:
            self.tell_counts()

    def note(self, text: str) -> None:
        """Tell an operator something, once."""
        if text not in self._notes:
            self._notes.add(text)
            self._send({"note": text})

    def log(self, level: int, text: str) -> None:
        """Pass on a line of the log."""
        self._send({"log": [level, text]})

    def count(self, name: str, number: int = 1) -> None:
        """Count something that is no visit."""
        self._counts[name] += number

    def set_count(self, name: str, number: int) -> None:
        """State a count that somebody else keeps."""
        self._counts[name] = number

    def tell_counts(self) -> None:
        """Tell the counts so far."""
        self._told = time.monotonic()
        self._send({"counts": dict(self._counts), "hosts": dict(self.hosts)})

    def end(self, closed: str) -> None:
        """The last line: how the crawl ended."""
        self.tell_counts()
        self._send({"end": closed})

    def _send(self, message: dict[str, object]) -> None:
        self._write(json.dumps(message, ensure_ascii=False).encode() + b"\n")

    def _write(self, line: bytes) -> None:
        with self._lock:
            try:
                self._stream.write(line)
                self._stream.flush()
            except (BrokenPipeError, ValueError):
                return


class WireHandler(logging.Handler):
    """Sends log records over the wire."""

    def __init__(self, wire: Wire, level: int = logging.INFO) -> None:
        super().__init__(level)
        self._wire = wire

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one record on, its traceback cut to the last line. Of libraries, only warnings and worse."""
        if record.levelno < logging.WARNING and record.name.partition(".")[0] not in _OURS:
            return
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += f" ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        self._wire.log(record.levelno, text)
