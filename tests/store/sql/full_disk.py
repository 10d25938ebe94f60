"""Records a press into a database until the disk is full: `python -m tests.store.sql.full_disk URL`. Says how many readings it kept."""

from __future__ import annotations

import sys

from store.model.errors import StoreError
from store.sql.database import Database
from store.sql.ledger import record_readings
from store.sql.merging import merge
from tests.store.sql.press import Press, make_press
from tests.store.sql.world import NOW

BATCH = 5


def large_press() -> Press:
    """More than a few megabytes hold."""
    return make_press(seed=8, results=30, articles=500)


def main() -> None:
    """Record and merge in small batches; a batch is kept whole or not at all."""
    database, kept = Database(sys.argv[1]), 0
    deliveries = large_press().deliveries
    try:
        for start in range(0, len(deliveries), BATCH):
            report = record_readings(database, deliveries[start : start + BATCH], now=NOW)
            kept += report.recorded + report.unchanged
            merge(database, now=NOW)
    except StoreError as error:
        sys.stdout.write(f"{kept}\n{error}\n")
    else:
        raise SystemExit("the disk was never full")


if __name__ == "__main__":
    main()
