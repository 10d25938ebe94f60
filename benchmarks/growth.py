"""Does the memory of a crawl and of the reading after it stay flat? Megabytes held at every 500 pages of a day of news.

`python -m benchmarks.growth [PAGES]` (5,000): the pages of `crawl_and_read`, through the crawl's child process and then through one
reading process with its database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from benchmarks.crawl_rate import source_of
from benchmarks.measure import memory, table
from flows.crawl import Crawl, crawl_source
from flows.database import open_database
from flows.settings import Settings
from flows.unread import read_new
from store.model.source import Source
from store.sql.database import Database

MARKS = 10


def held_by(pid: int) -> float:
    """Megabytes a process holds now; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def archived(folder: Path) -> int:
    """Pages that the archive's index lists so far."""
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.jsonl"))


class Watch:
    """Notes what the children of this process hold whenever the archive has grown by a tenth."""

    def __init__(self, folder: Path, pages: int, leave: frozenset[int]) -> None:
        """Watch the archive in `folder`; children in `leave` are none of the crawl's."""
        self.folder, self.step, self.leave = folder, pages // MARKS, leave
        self.seen: dict[int, float] = {}
        self.done = threading.Event()

    def run(self) -> None:
        """Look twice a second until told to stop."""
        while not self.done.wait(0.5):
            mark = archived(self.folder) // self.step * self.step
            held = max((held_by(pid) for pid in children() - self.leave), default=0.0)
            if mark and held:
                self.seen[mark] = max(held, self.seen.get(mark, 0.0))


def children() -> set[int]:
    """Ids of the child processes of this one, of whichever thread."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text("ascii").split()}


def main(pages: int = 5000) -> None:
    """Print the curve of both."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.crawl_and_read", "mixed", str(pages)], stdout=subprocess.PIPE, text=True)
    try:
        host = f"127.0.0.1:{(server.stdout.readline() if server.stdout else '').strip()}"
        with tempfile.TemporaryDirectory() as folder:
            settings, source = Settings(home=Path(folder), allow_hosts=(host,)), source_of(host)
            database = open_database(settings, [source])
            watch = Watch(Path(settings.archive_path), pages, frozenset([server.pid]))
            thread = threading.Thread(target=watch.run)
            thread.start()
            crawl_source(Crawl(settings, database), source)
            watch.done.set()
            thread.join()
            read = reading(settings, database, source, pages)
    finally:
        server.kill()
    marks = sorted(watch.seen.keys() | read.keys())
    rows = [[str(mark), *(f"{held[mark]:.0f}" if mark in held else "–" for held in (watch.seen, read))] for mark in marks]
    table(["pages", "crawl, MB", "reading, MB"], rows)


def reading(settings: Settings, database: Database, source: Source, pages: int) -> dict[int, float]:
    """What this process holds at every tenth of the pages it reads."""
    held: dict[int, float] = {}
    step = pages // MARKS

    def note(count: int) -> None:
        held.setdefault(count // step * step, memory())

    read_new(settings, database, {source.key: source}, progress=note)
    held.pop(0, None)
    return held


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
