"""What does recording readings cost beside reading them?

`python -m benchmarks.recording [PAGES]`: PAGES (10,000) pages read, signed and recorded one by one, as a run does, into a fresh SQLite
database with the whole registry; then merged. Once as a day of news, one in twenty with a result, and once all with results
(a tenth of the pages). CPU time of this process.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.everyday import everyday
from benchmarks.measure import table
from benchmarks.stream import ONE_IN, page, results
from extract.lexicon import load_registry
from extract.near_duplicates import signature
from extract.reader import Reader
from store.model.keys import digest
from store.model.registry import Registry
from store.sql.database import Database
from store.sql.ledger import record_reading, record_registry
from store.sql.merging import merge
from store.sql.queries import counts

Told = tuple[str, tuple[str, ...]]


def day(count: int) -> Iterator[Told]:
    """Title and paragraphs of a day of news."""
    ours = results()
    for number in range(count):
        yield ours[number // ONE_IN % len(ours)] if number % ONE_IN == 0 else everyday(number)


def all_ours(count: int) -> Iterator[Told]:
    """Title and paragraphs of articles with a result, each with words of its own so that they are no copies of each other."""
    ours = results()
    for number in range(count):
        title, paragraphs = ours[number % len(ours)]
        yield title, (*paragraphs, " ".join(digest(str(number), str(word))[:7] for word in range(80)))


def spend(registry: Registry, reader: Reader, told: Iterator[Told]) -> tuple[dict[str, float], dict[str, int]]:
    """Seconds of CPU by step, and what is in the database afterwards."""
    spent: dict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/recording.db")
        database.upgrade()
        record_registry(database, registry)
        for number, (title, paragraphs) in enumerate(told):
            snapshot, body = page(number, title, paragraphs)
            begun = time.process_time()
            reading = reader.read_page(snapshot, body)
            read = time.process_time()
            bands = signature(reading.article.text)
            signed = time.process_time()
            record_reading(database, reading, signature=bands)
            done = time.process_time()
            spent["read"] += read - begun
            spent["sign"] += signed - read
            spent["record"] += done - signed
        begun = time.process_time()
        merge(database)
        spent["merge"] = time.process_time() - begun
        held = counts(database)
        database.close()
    return spent, held


def main() -> None:
    """Print one row for each kind of day."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    registry = load_registry()
    reader = Reader(registry)
    rows = []
    for name, count, told in (("a day of news", pages, day(pages)), ("all with results", pages // 10, all_ours(pages // 10))):
        spent, held = spend(registry, reader, told)
        shares = [f"{spent[step] / spent['read']:.3f}" for step in ("sign", "record", "merge")]
        total = (spent["sign"] + spent["record"] + spent["merge"]) / spent["read"]
        rows.append([name, str(count), str(held["claim"]), f"{1000 * spent['read'] / count:.1f}", *shares, f"{total:.3f}"])
    table(("", "pages", "claims", "reading, ms a page", "signing", "recording", "merging", "all three beside reading"), rows)


if __name__ == "__main__":
    main()
