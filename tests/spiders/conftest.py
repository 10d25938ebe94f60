"""One run of the loopback site for all tests of the crawl, and a crawl that knows its addresses."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from spiders.catalogue import load_sources
from spiders.crawl import crawl
from spiders.job import CrawlReport, Job
from store.archive import Archive
from store.model.source import Source
from store.model.visits import KnownAddress, Visit
from tests.site.server import Site

NOON = datetime(2024, 12, 19, 5, 0, tzinfo=UTC)
Crawl = Callable[..., CrawlReport]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> Mapping[str, Source]:
    site.write_sources(tmp_path / "sources")
    return load_sources([tmp_path / "sources"])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def run_crawl(site: Site, sources: Mapping[str, Source], tmp_path: Path) -> Crawl:
    def run(key: str = "kabarnusa", known: Mapping[str, KnownAddress] | None = None, **options: Any) -> CrawlReport:
        settings: dict[str, Any] = {
            "allow_hosts": [site.netloc("outlet"), site.netloc("ministry")],
            "now": NOON,
            "contact": "https://rapor.example/kontak",
            "seconds": 60.0,
            **options,
        }
        told = {name: settings.pop(name) for name in ("log", "visited", "cancel") if name in settings}
        given = {"source": sources[key], "archive": str(tmp_path / "archive"), "run": "r1", "known": tuple((known or {}).values())}
        return crawl(Job(**{**given, **settings}), **told)

    return run


def remembered(visits: tuple[Visit, ...], due_in: timedelta = timedelta(days=1)) -> dict[str, KnownAddress]:
    """What the database makes of a crawl's visits, in the simplest form."""
    known: dict[str, KnownAddress] = {}
    for visit in visits:
        before = known.get(visit.url)
        known[visit.url] = KnownAddress(
            url=visit.url,
            source=visit.source,
            etag=visit.etag,
            last_modified=visit.last_modified,
            digest=visit.digest or (before.digest if before else None),
            last_seen=visit.visited_at,
            next_due=visit.visited_at + due_in if visit.digest else None,
            kind=visit.kind,
            fetched_url=visit.fetched_url,
            file=visit.file,
            offset=visit.offset,
            parent=visit.parent,
        )
    return known
