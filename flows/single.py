"""One page by its address: a crawl of one page, then a reading."""

from __future__ import annotations

from flows.crawl import Crawl, catalogue, crawl_source
from flows.database import open_database
from flows.pages import is_part
from flows.read import SetAside
from flows.settings import Settings
from flows.unread import Pending, read_pending
from store.archive import Archive
from store.model.errors import FetchError, ReadError
from store.model.keys import canonical_url
from store.model.records import Reading
from store.sql.database import Database


def fetch(url: str, settings: Settings) -> tuple[Database, Pending]:
    """Fetch one page, due or not, by the rules of its source or, where it has none, of its own host; it is archived.

    Raises:
        FetchError: the page did not come, with the reason.
    """
    from spiders.catalogue import source_for

    sources = catalogue(settings.sources)
    source = source_for(url, sources.values())
    database = open_database(settings, [*sources.values(), source])
    report = crawl_source(Crawl(settings, database), source, [url])
    kept = [item for item in Archive(settings.archive_path).snapshots(source.key) if item.status == 200]
    held = {visit.snapshot for visit in report.visits if visit.snapshot}
    pages = [item for item in kept if item.key in held and not is_part(item)]
    if not pages and any(visit.outcome == "unchanged" for visit in report.visits):
        pages = [item for item in kept if item.url == canonical_url(url)][-1:]  # it did not change: what is kept is what came
    if not pages:
        reason = next((item.reason for item in report.failures), f"the crawl ended: {report.closed}")
        raise FetchError(f"{url}: {reason}")
    page = next((item for item in pages if item.url == canonical_url(url)), pages[0])
    return database, Pending(page, tuple(item for item in kept if is_part(item) and item.parent == page.url and item.run == page.run))


def read_address(url: str, settings: Settings) -> Reading | SetAside:
    """Fetch and read one page; the reason where it did not come or no article can be made of it."""
    from spiders.catalogue import source_for

    try:
        _, item = fetch(url, settings)
        return read_pending(Archive(settings.archive_path), item, source_for(url, catalogue(settings.sources).values()))
    except (FetchError, ReadError) as error:
        return SetAside(url, str(error), error.exit_code)
