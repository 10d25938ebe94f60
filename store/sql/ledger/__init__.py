"""The only writes of facts. Every one is idempotent: the same input twice changes no row."""

from store.sql.ledger.articles import Delivery, RecordReport, record_reading, record_readings
from store.sql.ledger.crawling import (
    finish_run,
    record_drift,
    record_snapshots,
    record_texts,
    record_visits,
    reset_addresses,
    set_aside,
    start_run,
)
from store.sql.ledger.decisions import record_decision, undo_decision
from store.sql.ledger.knowledge import record_registry, record_sources
from store.sql.ledger.samples import draw_sample, judge_sample

__all__ = [
    "Delivery",
    "RecordReport",
    "draw_sample",
    "finish_run",
    "judge_sample",
    "record_decision",
    "record_drift",
    "record_reading",
    "record_readings",
    "record_registry",
    "record_snapshots",
    "record_sources",
    "record_texts",
    "record_visits",
    "reset_addresses",
    "set_aside",
    "start_run",
    "undo_decision",
]
