"""Pages of a crawl that died are told by the next crawl, and recorded as of the day they were fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.crawl import Crawl, record
from flows.settings import load
from spiders.archiving import visit_of
from spiders.job import CrawlReport
from store.archive import Archive, Exchange
from store.model.source import Discovery, Publisher, Scope, Source
from store.sql import ledger, queries
from store.sql.database import Database

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SOURCE = Source(
    key="kabar",
    publisher=Publisher(name="Kabar Merapi"),
    discovery=(Discovery(kind="feed", url="https://kabar.example/feed"),),
    scope=Scope(hosts=("kabar.example",)),
)


def test_a_page_of_a_crawl_that_died_is_recorded_by_the_next(home: Path, database: Database) -> None:
    settings = load()
    ledger.record_sources(database, [SOURCE])
    with Archive(settings.archive_path).writer("kabar", "died") as writer:
        left = writer.write(Exchange(url="https://kabar.example/1", fetched_at=NOON, status=200, headers=(), body=b"<h1>Satu</h1>"))
    with Archive(settings.archive_path).writer("kabar", "next") as writer:
        fresh = writer.write(
            Exchange(
                url="https://kabar.example/2", fetched_at=NOON + timedelta(days=1, minutes=1), status=200, headers=(), body=b"<h1>Dua</h1>"
            )
        )
    visits = tuple(visit_of(item, item.fetched_at) for item in (fresh, left))
    report = CrawlReport(source="kabar", run="next", started=NOON + timedelta(days=1), seconds=1, closed="finished", visits=visits)
    record(Crawl(settings, database), SOURCE, report, {})
    assert {item.url: item.last_seen for item in queries.known_addresses(database, "kabar")}[left.url] == NOON
    assert ledger.record_snapshots(database, [left, fresh]) == 0
