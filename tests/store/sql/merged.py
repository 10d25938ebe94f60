"""Readings in, evaluations out: what tests of merging begin with."""

from __future__ import annotations

from typing import Any

from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings
from store.sql.merging import merge
from store.sql.queries import evaluation, evaluations
from tests.store.sql.world import NOW


def merged(database: Database, *readings: Any) -> list[dict[str, Any]]:
    report = record_readings(database, [item if isinstance(item, Delivery) else Delivery(item) for item in readings], now=NOW)
    assert report.refused == ()
    merge(database, now=NOW)
    return evaluations(database).rows


def conflicts(database: Database, key: str) -> dict[str, list[Any]]:
    return {item["field"]: [one["value"] for one in item["values"]] for item in evaluation(database, key)["conflicts"]}
