"""A small press, and decisions on what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from store.model.records import Reading
from store.sql.database import Database
from store.sql.ledger import Delivery, record_decision, record_readings, undo_decision
from store.sql.merging import merge
from store.sql.queries import (
    Filters,
    evaluations,
)
from tests.store.sql.world import NOW, claim, dump, reading

Row = dict[str, Any]


def press(reader: str = "1", **changes: Any) -> list[Reading]:
    """Three articles: two on Bandung's SAKIP (one disagrees), one on Kudus. A newer reader is surer of everything."""
    sure = 0.7 if reader == "1" else 0.8
    return [
        reading("a", claim(predicate="BB", confidence=sure, **changes), reader=reader),
        reading("b", claim(predicate="BB", confidence=sure, **changes), reader=reader),
        reading("c", claim(predicate="A", confidence=0.4, **changes), reader=reader),
        reading("k", claim("kla", "33.19", predicate="Madya", confidence=sure), reader=reader),
    ]


def take(database: Database, told: Sequence[Reading], days: int = 0) -> None:
    report = record_readings(database, [Delivery(item) for item in told], now=NOW + timedelta(days=days))
    assert report.refused == ()
    merge(database, now=NOW + timedelta(days=days))


def the(database: Database, programme: str = "sakip", **filters: Any) -> Row:
    (row,) = evaluations(database, Filters(programme=programme, reviews=("open", "accepted", "rejected", "changed"), **filters)).rows
    return row


def decide(database: Database, *args: Any, **options: Any) -> str:
    key = record_decision(database, *args, by="siti", now=NOW, **options)
    merge(database, now=NOW)
    return key


def undo(database: Database, key: str) -> None:
    assert undo_decision(database, key, by="budi", now=NOW)
    assert undo_decision(database, key, by="budi", now=NOW) is False
    merge(database, now=NOW)


def shown(database: Database) -> Any:
    """Evaluations and conflicts as they stand, without row numbers and which reader or claim version stands behind them."""
    kept = dump(database, without=frozenset({"id", "reader", "digest", "claim_keys", "confidence", "queue_weight"}))
    return kept["evaluation"], kept["conflict"], kept["evaluation_outlet"]
