"""What does the next copy of a story cost when there are many already?

`python -m benchmarks.copies [SIZES]`: SIZES (125,500,2000) articles that all print one wire story, each cut and opened differently, and
as many that tell results of their own, recorded into SQLite one by one and merged once. CPU time an article, 1 is an article of the
smallest set without copies.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from random import Random

from benchmarks.measure import table
from extract.near_duplicates import signature
from store.model.keys import digest
from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings, record_registry
from store.sql.merging import merge
from tests.store.sql.world import NOW, REGISTRY, claim, reading

SIZES = (125, 500, 2000)
WORDS, WIRE = 2000, 120
"""Words there are, and words of the wire story."""


def texts(count: int, *, copies: bool) -> list[str]:
    """So many texts: cuts of one story, each behind an opening of its own, or texts that share nothing."""
    random = Random(1)
    words = [f"kata{number}" for number in range(WORDS)]
    wire = random.choices(words, k=WIRE)
    if not copies:
        return [" ".join(random.choices(words, k=WIRE)) for _ in range(count)]
    return [" ".join([*random.choices(words, k=8), *wire[: random.randint(WIRE // 2, WIRE)]]) for _ in range(count)]


def deliveries(told: Sequence[str]) -> list[Delivery]:
    """An article for each text, all telling the same result."""
    made = [reading(digest("article", text), claim(predicate="BB"), text=text) for text in told]
    return [Delivery(item, signature=signature(item.article.text)) for item in made]


def spent(told: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of recording and of merging these texts into a new database."""
    items = deliveries(told)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/copies.db")
        database.upgrade()
        record_registry(database, REGISTRY)
        begun = time.process_time()
        record_readings(database, items, now=NOW)
        recorded = time.process_time()
        merge(database, now=NOW)
        return recorded - begun, time.process_time() - recorded


def main() -> None:
    """Print a row for each number of copies."""
    sizes = [int(size) for size in sys.argv[1].split(",")] if len(sys.argv) > 1 else SIZES
    rows, one = [], 0.0
    for size in sizes:
        alone, copied = spent(texts(size, copies=False)), spent(texts(size, copies=True))
        one = one or alone[0] / size
        cells = [f"{seconds / size / one:.2f}" for seconds in (*alone, *copied)]
        rows.append((f"{size:,}", *cells))
    table(("articles", "recording", "merging", "recording copies", "merging copies"), rows)


if __name__ == "__main__":
    main()
