"""Records and merges a press into a database, from the start, until it is done or killed: `python -m tests.store.sql.worker URL`."""

from __future__ import annotations

import sys

from store.sql.database import Database
from store.sql.ledger import record_readings
from store.sql.merging import merge
from tests.store.sql.press import Press, make_press
from tests.store.sql.world import NOW

BATCH = 15


def small_press() -> Press:
    """What the worker tells."""
    return make_press(seed=5, results=15, articles=150)


def work(database: Database) -> None:
    """Record in small batches, merging after each; begun anew, it skips what is there."""
    deliveries = small_press().deliveries
    for start in range(0, len(deliveries), BATCH):
        record_readings(database, deliveries[start : start + BATCH], run="r", now=NOW)
        merge(database, run="r", now=NOW)


if __name__ == "__main__":
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    work(Database(sys.argv[1]))
    sys.stdout.write("done\n")
