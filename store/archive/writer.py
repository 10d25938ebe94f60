"""Writing: every page is on disk before anybody hears that it was fetched."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from datetime import UTC
from types import TracebackType
from typing import IO, Final

from store.archive import warc
from store.archive.exchange import Exchange
from store.archive.folders import WARC, Claim, Folders, index_name, safe_name
from store.archive.moves import opened
from store.archive.warc import Held, Original
from store.model.errors import ReadError, StoreError
from store.model.keys import body_digest, canonical_url, digest
from store.model.records import Snapshot

MAX_BYTES: Final = 1 << 30
_log = logging.getLogger(__name__)


@dataclass
class _Open:
    """The file being written: its name, its claim, its handles and how long it is."""

    name: str
    claim: Claim
    warc: IO[bytes]
    index: IO[bytes]
    size: int = 0
    waiting: list[bytes] = field(default_factory=list)


class Writer:
    """Writes the exchanges of one run of one source. Use as a context manager; not safe for several threads.

    Files are opened at the first write and closed at `max_bytes` (in bytes, packed) or at the end of the run.
    """

    def __init__(self, folders: Folders, source: str, run: str, max_bytes: int = MAX_BYTES) -> None:
        self._folders = folders
        self._source = source
        self._run = run
        self._max_bytes = max_bytes
        self._file: _Open | None = None
        self._bodies: dict[str, tuple[Held, Original]] = {}

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def write(
        self,
        exchange: Exchange,
        *,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
        parent: str | None = None,
        unchanged: Held | None = None,
        durable: bool = True,
    ) -> Snapshot:
        """Archive one exchange and return its snapshot, once it is safe on disk.

        `url` is the canonical address (made from the exchange's own when None), `title`, `published` and `parent` what
        the discovery said. A body equal to `unchanged`, or to one of this run, is written as a revisit record. With
        `durable` false the caller must `sync` before telling anybody. Raises StoreError when the disk refuses, ReadError
        when the body does not unpack.
        """
        body = exchange.decoded()
        key = body_digest(body)
        url = url or canonical_url(exchange.url)
        known = self._original(key, unchanged)
        file = self._ready(exchange)
        held = known[0] if known else Held(key, file.name, file.size)
        found = {"etag": exchange.header("ETag"), "last_modified": exchange.header("Last-Modified")}
        snapshot = self._snapshot(exchange, url, len(body), held, title=title, published=published, parent=parent, **found)
        said = snapshot.model_dump_json(exclude_defaults=True)
        if known:
            record, request = warc.revisit_records(exchange, said, *known)
        else:
            record, request, original = warc.fresh_records(exchange, said)
            self._bodies[key] = (held, original)
        self._append(file, said, record, request)
        if durable:
            self.sync()
        return snapshot

    def write_file(self, exchange: Exchange, *, url: str, title: str | None = None) -> Snapshot:
        """Archive a saved file that no response is known of, as a `resource` record. Durable when it returns."""
        key = body_digest(exchange.body)
        file = self._ready(exchange)
        snapshot = self._snapshot(exchange, url, len(exchange.body), Held(key, file.name, file.size), title=title)
        said = snapshot.model_dump_json(exclude_defaults=True)
        self._append(file, said, warc.resource_record(exchange, said), b"")
        self.sync()
        return snapshot

    def _snapshot(self, exchange: Exchange, url: str, length: int, held: Held, **said: str | None) -> Snapshot:
        """The index entry of an exchange whose body lies where `held` says."""
        moment = exchange.fetched_at.astimezone(UTC)
        return Snapshot(
            key=digest("snapshot", url, moment.isoformat(), held.digest),
            url=url,
            fetched_url=exchange.url,
            source=self._source,
            fetched_at=moment,
            status=exchange.status,
            mime=exchange.mime,
            encoding=exchange.charset,
            digest=held.digest,
            length=length,
            file=held.file,
            offset=held.offset,
            run=self._run,
            **said,
        )

    def sync(self) -> None:
        """Force what was written to the disk, then enter it into the index."""
        file = self._file
        if file is None or not file.waiting:
            return
        lines, file.waiting = file.waiting, []
        try:
            file.warc.flush()
            os.fsync(file.warc.fileno())
            file.index.write(b"".join(lines))
            file.index.flush()
        except OSError as error:
            raise StoreError(f"the archive file {file.name} cannot be written: {error}") from error

    def close(self) -> None:
        """Finish the file at hand. Where the archive lies in an object store it is uploaded; a failure is told and retried later."""
        file = self._file
        if file is None:
            return
        self.sync()
        self._file = None
        file.warc.close()
        file.index.close()
        if self._folders.store is not None:
            try:
                self._folders.upload(file.name)
            except StoreError as error:
                _log.warning("%s", error)
        file.claim.release()

    def _original(self, key: str, unchanged: Held | None) -> tuple[Held, Original] | None:
        """The record that already holds this body."""
        if key in self._bodies:
            return self._bodies[key]
        if unchanged is None or unchanged.digest != key:
            return None
        try:
            stream, offset = opened(self._folders, unchanged.file, unchanged.offset)
            with stream:
                original = warc.member_at(stream, offset).original()
        except (StoreError, ReadError) as error:
            _log.warning("%s: the body is archived again", error)
            return None
        self._bodies[key] = (unchanged, original)
        return self._bodies[key]

    def _append(self, file: _Open, said: str, record: bytes, request: bytes) -> None:
        line = index_line(said, file.size, len(record))
        try:
            file.warc.write(record + request)
        except OSError as error:
            raise StoreError(f"the archive file {file.name} cannot be written: {error}") from error
        file.size += len(record) + len(request)
        file.waiting.append(line)

    def _ready(self, exchange: Exchange) -> _Open:
        """The open file, or a new one where there is none or it is full."""
        if self._file is not None and self._file.size >= self._max_bytes:
            self.close()
        if self._file is None:
            self._file = self._start(exchange)
        return self._file

    def _start(self, exchange: Exchange) -> _Open:
        moment = exchange.fetched_at.astimezone(UTC)
        stem = f"{self._source}/{moment:%Y-%m}/{moment:%Y%m%dT%H%M%S}-{safe_name(self._run)}"
        for number in range(100_000):
            name = f"{stem}-{number:05}{WARC}"
            path = self._folders.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            claim = None if path.exists() else self._folders.claim(name)
            if claim is None:
                continue
            try:
                stream = path.open("xb")
            except FileExistsError:
                claim.release()
                continue
            index = self._folders.path(index_name(name)).open("ab")
            info = warc.info_record(
                name, {"software": "rapor", "format": "WARC File Format 1.1", "isPartOf": self._source, "description": f"run {self._run}"}
            )
            stream.write(info)
            return _Open(name, claim, stream, index, len(info))
        raise StoreError(f"no free file name for {stem} in {self._folders.local}")


def index_line(said: str, at: int, size: int) -> bytes:
    """A line of the index: where the record itself lies (bytes), then its snapshot, given as JSON."""
    return f'{{"at":{at},"size":{size},{said[1:]}\n'.encode()
