"""Reading what the archive holds and nobody has read: snapshots to readings to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice

from flows.archive import open_archive
from flows.crawl import run_key
from flows.due import after_reading
from flows.pages import HTML, is_part, read_page
from flows.read import reader, reader_faults
from flows.repeated import repeated_lines
from flows.settings import Settings
from store.archive import Archive
from store.model.errors import ReadError
from store.model.keys import digest
from store.model.records import Article, Reading, Snapshot
from store.model.source import Source
from store.model.visits import KnownAddress
from store.sql import ledger, queries
from store.sql.database import Database
from store.sql.merging import MergeReport, merge


@dataclass
class ReadSummary:
    """What reading came to. `articles` are the keys of those recorded anew or changed."""

    looked_at: int = 0
    articles: list[str] = field(default_factory=list)
    unchanged: int = 0
    claims: int = 0
    not_read: dict[str, int] = field(default_factory=dict)
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    unresolved: int = 0
    merged: MergeReport = field(default_factory=MergeReport)

    def add(self, part: ReadSummary) -> None:
        """Take in what a batch came to."""
        self.looked_at += part.looked_at
        self.articles += part.articles
        self.unchanged += part.unchanged
        self.claims += part.claims
        self.set_aside += part.set_aside
        self.unresolved += part.unresolved
        for reason, count in part.not_read.items():
            self.not_read[reason] = self.not_read.get(reason, 0) + count


@dataclass(frozen=True)
class Pending:
    """A snapshot to read, with the later pages of the same article in their order."""

    snapshot: Snapshot
    parts: tuple[Snapshot, ...] = ()


@dataclass(frozen=True)
class Site:
    """What must be known of a source to read its pages: its facts, the lines that repeat across it, the addresses it is known by."""

    source: Source | None
    repeated: frozenset[str]
    addresses: Mapping[str, KnownAddress]


@dataclass(frozen=True)
class Batch:
    """Snapshots of one source with what must be known of it, so that whoever reads them looks nothing up."""

    items: tuple[Pending, ...]
    site: Site
    run: str


Spread = Callable[[list[Batch]], Iterable[ReadSummary]]
"""Hands batches to whoever reads them; gives back what each came to, as it comes."""
BATCH = 50
"""Snapshots handed out at once: some seconds of reading, so that handing them out costs little."""


def pending(archive: Archive, database: Database, source: str | None = None, *, again: bool = False) -> Iterator[Pending]:
    """What is unread of a source (or of all), oldest first; with `again`, what this version of the reader has not read.

    Snapshots that the database has not heard of, because a crawl died before it could tell, are recorded on the way.
    """
    snapshots = list(archive.snapshots(source))
    ledger.record_snapshots(database, snapshots)
    unread = set(queries.unread_snapshots(database, (item.key for item in snapshots), reader=reader().version if again else None))
    parts: dict[tuple[str, str], list[Snapshot]] = defaultdict(list)
    for item in snapshots:
        if is_part(item):
            parts[item.parent or "", item.run].append(item)
    for item in snapshots:
        if item.key in unread and not is_part(item):
            yield Pending(item, tuple(parts[item.url, item.run]))
        elif item.key in unread and is_part(item):
            _note_part(database, item)


def _note_part(database: Database, part: Snapshot) -> None:
    ledger.set_aside(database, part, f"it is a later page of {part.parent} and is read with it", reader=reader().version)


def read_pending(archive: Archive, item: Pending, source: Source | None, repeated: frozenset[str] = frozenset()) -> Reading:
    """Read one snapshot by the page rules of its day, without the lines that repeat across its site.

    Raises:
        ReadError: no article can be made of it.
        StoreError: its bytes are damaged.
    """
    snapshot = item.snapshot
    body = archive.read(snapshot)
    with reader_faults(snapshot.url):
        if snapshot.mime not in HTML:
            return reader().read_document(snapshot, body)
        from extract.article import join_parts

        pages = [(snapshot, body), *((part, archive.read(part)) for part in item.parts)]
        article = join_parts([read_page(one, held, source, repeated) for one, held in pages])
        return reader().read_article(_filled(article, snapshot, source))


def _filled(article: Article, snapshot: Snapshot, source: Source | None) -> Article:
    """What the page itself does not say, as its feed or sitemap said it: the title, the moment of publication."""
    from extract.article import read_moment

    said: dict[str, str] = {}
    if not article.title and snapshot.title:
        said["title"] = snapshot.title
    if not article.published and snapshot.published:
        moment = read_moment(snapshot.published, source.timezone if source else "Asia/Jakarta")
        if moment:
            said["published"] = moment
    return article.model_copy(update=said) if said else article


def read_new(
    settings: Settings,
    database: Database,
    sources: Mapping[str, Source],
    *,
    only: Iterable[str] | None = None,
    again: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
    spread: Spread | None = None,
) -> ReadSummary:
    """Read what is unread, record it, and merge the claims into evaluations. Running it twice changes nothing.

    Args:
        settings: Where archive and database are.
        database: The database.
        sources: All sources, for their page rules.
        only: Keys of sources to look at; all that the archive holds when None.
        again: Read anew whatever this version of the reader has not read.
        progress: Hears how many snapshots were looked at.
        spread: Reads batches elsewhere and at the same time, on threads, processes or machines; one after the other here when None.

    Raises:
        StoreError: archive or database cannot be used; what was recorded before stays, the rest is read next time.
    """
    archive, run = open_archive(settings), run_key("read")
    summary = ReadSummary()
    known: Iterable[str | None] = [None] if only is None else list(only)
    for key in known:
        waiting = batches(archive, database, sources, pending(archive, database, key, again=again), run)
        parts = spread(list(waiting)) if spread else (read_batch(archive, database, batch) for batch in waiting)
        for part in parts:
            summary.add(part)
            progress(summary.looked_at)
    if summary.articles:
        ledger.start_run(database, run, "read")
    summary.merged = merge(database, run=run)
    if summary.articles:
        ledger.finish_run(database, run, figures=figures_of(summary))
    return summary


def batches(archive: Archive, database: Database, sources: Mapping[str, Source], items: Iterable[Pending], run: str) -> Iterator[Batch]:
    """Batches of one source each, with what must be known of it: looked up once a source, not once a batch."""
    for key, group in groupby(sorted(items, key=lambda item: item.snapshot.source), key=lambda item: item.snapshot.source):
        pages = (item for item in archive.snapshots(key) if item.mime in HTML and not is_part(item))
        source = sources.get(key)
        repeated = repeated_lines(archive, pages, source)
        known = {item.url: item for item in queries.known_addresses(database, key)}
        while batch := tuple(islice(group, BATCH)):
            urls = [item.snapshot.url for item in batch]
            yield Batch(batch, Site(source, repeated, {url: known[url] for url in urls if url in known}), run)


def read_batch(archive: Archive, database: Database, batch: Batch) -> ReadSummary:
    """Read and record some snapshots, on whichever machine this is called; nothing is merged. Doing it twice changes nothing."""
    summary, texts = ReadSummary(), dict[str, tuple[str, datetime | None]]()
    for item in batch.items:
        reading = _read(archive, database, item, batch, summary)
        if reading is not None:
            texts |= _text_of(item.snapshot, reading, batch.site.addresses)
    ledger.record_texts(database, texts)
    return summary


def _read(archive: Archive, database: Database, item: Pending, batch: Batch, summary: ReadSummary) -> Reading | None:
    """Read and record one snapshot and count it, or set it aside with its reason."""
    from extract.near_duplicates import signature

    snapshot = item.snapshot
    summary.looked_at += 1
    try:
        reading = read_pending(archive, item, batch.site.source, batch.site.repeated)
        bands = signature(reading.article.text) if reading.claims else ()  # other news is compared with nothing
        written = ledger.record_reading(database, reading, snapshot.key, batch.run, signature=bands)
    except ReadError as error:
        ledger.set_aside(database, snapshot, str(error), reader=reader().version)
        summary.set_aside.append((snapshot.url, str(error)))
        return None
    if reading.unread:
        summary.not_read[reading.unread] = summary.not_read.get(reading.unread, 0) + 1
    summary.claims += len(reading.claims)
    summary.unresolved += sum(claim.recipient_key is None for claim in reading.claims)
    if written:
        summary.articles.append(reading.article.key)
    else:
        summary.unchanged += 1
    return reading


def _text_of(snapshot: Snapshot, reading: Reading, addresses: Mapping[str, KnownAddress]) -> dict[str, tuple[str, datetime | None]]:
    """The text that stands at an address today, and when it is due again; nothing where the snapshot is an older one."""
    address = addresses.get(snapshot.url)
    if address is None or address.digest != snapshot.digest:
        return {}
    text = digest("text", reading.article.text)
    return {snapshot.url: (text, after_reading(address, text))}


def figures_of(summary: ReadSummary) -> dict[str, object]:
    """The figures of a reading run as one flat row."""
    return {
        "looked_at": summary.looked_at,
        "articles": len(summary.articles),
        "claims": summary.claims,
        "unresolved": summary.unresolved,
        "set_aside": len(summary.set_aside),
        **{f"not_read_{reason}": count for reason, count in sorted(summary.not_read.items())},
        "evaluations_made": summary.merged.made,
        "evaluations_changed": summary.merged.changed,
    }
