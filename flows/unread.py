"""Reading what the archive holds and nobody has read: snapshots to readings to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice

from flows.archive import open_archive
from flows.crawl import catalogue, run_key
from flows.database import connect
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


Spread = Callable[[list[list[Pending]], str], Iterable[ReadSummary]]
"""Hands batches and the key of the run to whoever reads them; gives back what each came to, as it comes."""
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
    desk = _Desk(open_archive(settings), database, sources, run_key("read"))
    known: Iterable[str | None] = [None] if only is None else list(only)
    for key in known:
        waiting = pending(desk.archive, database, key, again=again)
        if spread is not None:
            for part in spread(list(_batches(waiting)), desk.run):
                desk.summary.add(part)
                progress(desk.summary.looked_at)
            continue
        for item in waiting:
            desk.read(item)
            progress(desk.summary.looked_at)
        desk.tell_texts()
    summary = desk.summary
    if summary.articles:
        ledger.start_run(database, desk.run, "read")
    summary.merged = merge(database, run=desk.run)
    if summary.articles:
        ledger.finish_run(database, desk.run, figures=figures_of(summary))
    return summary


def read_batch(settings: Settings, items: Sequence[Pending], run: str) -> ReadSummary:
    """Read and record some snapshots, on whichever machine this is called; nothing is merged. Doing it twice changes nothing."""
    sources = catalogue(settings.sources)
    desk = _Desk(open_archive(settings), connect(settings), sources, run)
    for item in items:
        desk.read(item)
    desk.tell_texts()
    return desk.summary


def _batches(items: Iterable[Pending]) -> Iterator[list[Pending]]:
    """Batches of one source each: what is known of a source is learned once a batch."""
    for _, group in groupby(sorted(items, key=lambda item: item.snapshot.source), key=lambda item: item.snapshot.source):
        while batch := list(islice(group, BATCH)):
            yield batch


@dataclass
class _Desk:
    """Reads one snapshot after the other and records it. What it must know of a source, it learns when the first one comes."""

    archive: Archive
    database: Database
    sources: Mapping[str, Source]
    run: str
    summary: ReadSummary = field(default_factory=ReadSummary)
    repeated: dict[str, frozenset[str]] = field(default_factory=dict)
    addresses: dict[str, dict[str, KnownAddress]] = field(default_factory=dict)
    texts: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)

    def read(self, item: Pending) -> None:
        """Read and record one snapshot, or set it aside with its reason."""
        from extract.near_duplicates import signature

        snapshot, summary = item.snapshot, self.summary
        self._meet(snapshot.source)
        summary.looked_at += 1
        try:
            reading = read_pending(self.archive, item, self.sources.get(snapshot.source), self.repeated[snapshot.source])
            bands = signature(reading.article.text)
            written = ledger.record_reading(self.database, reading, snapshot.key, self.run, signature=bands)
        except ReadError as error:
            ledger.set_aside(self.database, snapshot, str(error), reader=reader().version)
            summary.set_aside.append((snapshot.url, str(error)))
            return
        self._note_text(snapshot, reading)
        if reading.unread:
            summary.not_read[reading.unread] = summary.not_read.get(reading.unread, 0) + 1
        summary.claims += len(reading.claims)
        summary.unresolved += sum(claim.recipient_key is None for claim in reading.claims)
        if written:
            summary.articles.append(reading.article.key)
        else:
            summary.unchanged += 1

    def tell_texts(self) -> None:
        """Tell the database which texts were read, and when their addresses are due again."""
        ledger.record_texts(self.database, self.texts)
        self.texts.clear()

    def _meet(self, source: str) -> None:
        if source not in self.repeated:
            pages = (item for item in self.archive.snapshots(source) if item.mime in HTML and not is_part(item))
            self.repeated[source] = repeated_lines(self.archive, pages, self.sources.get(source))
            self.addresses[source] = {item.url: item for item in queries.known_addresses(self.database, source)}

    def _note_text(self, snapshot: Snapshot, reading: Reading) -> None:
        address = self.addresses[snapshot.source].get(snapshot.url)
        if address is not None and address.digest == snapshot.digest:  # an older snapshot says nothing of today's page
            text = digest("text", reading.article.text)
            self.texts[snapshot.url] = (text, after_reading(address, text))


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
