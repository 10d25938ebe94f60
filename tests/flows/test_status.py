"""The status a person sees and the one a machine scrapes say the same."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from flows.alerts import update
from flows.audit import Finding
from flows.crawl import catalogue
from flows.settings import Settings
from flows.telling import write_status
from store.sql import ledger, queries
from store.sql.database import Database
from tests.flows.conftest import Rapor, reading

NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)


def crawled(home: Path, key: str) -> None:
    (home / "crawled").mkdir(parents=True, exist_ok=True)
    (home / "crawled" / key).touch()
    os.utime(home / "crawled" / key, (NOW.timestamp(), NOW.timestamp()))


def test_a_source_that_brought_nothing_yet_is_listed_with_what_is_expected_of_it(database: Database, home: Path, rapor: Rapor) -> None:
    crawled(home, "bisnis")
    (row,) = [json.loads(line) for line in rapor("status", "--format", "jsonl").out.splitlines()]
    expect = catalogue()["bisnis"].expect
    assert (row["source"], row["last_crawled"], row["last_fetched"]) == ("bisnis", "2024-12-19T05:00:00+00:00", None)
    assert row["expected"].startswith(f"{expect.pages_per_day_min:g} ")


def test_page_and_metrics_tell_of_a_broken_source(database: Database, home: Path) -> None:
    crawled(home, "bisnis")
    update(home, [Finding("bisnis", "discovered", "bisnis: its indexes named <nothing>", 1, 0)], ["bisnis"], lambda _change: None, NOW)
    page, metrics = write_status(Settings(home=home), now=NOW)
    text = page.read_text("utf-8")
    assert "its indexes named &lt;nothing&gt; (since 2024-12-19T05:00:00+00:00)" in text
    assert "1 evaluation" in text
    found = {
        (family.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.read_text("utf-8"))
        for sample in family.samples
    }
    assert found["rapor_source_alerts", "bisnis"] == 1
    assert found["rapor_source_last_crawl_seconds", "bisnis"] == NOW.timestamp()
    assert found["rapor_rows", "evaluation"] == 1


def test_unresolved_claims_are_counted_by_source(database: Database) -> None:
    assert queries.unresolved_claims(database) == {}
    told = reading("Warta Turi", "sleman-3")
    nameless = told.claims[0].model_copy(update={"recipient_key": None, "recipient_name": "Pemerintah Sleman"})
    ledger.record_reading(database, told.model_copy(update={"claims": (nameless,)}))
    assert queries.unresolved_claims(database) == {"": 1}, "of files that belong to no source"
