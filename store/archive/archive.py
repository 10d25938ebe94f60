"""The archive: WARC files and their index, the only thing that cannot be recomputed."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from store.archive import warc
from store.archive.exchange import decode_body
from store.archive.folders import INDEX, WARC, Folders, index_name
from store.archive.moves import Moves, opened
from store.archive.writer import MAX_BYTES, Writer, index_line
from store.model.errors import ReadError, StoreError
from store.model.keys import body_digest
from store.model.records import Snapshot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong with the archive: the file, the byte offset (None: the whole file) and what it is."""

    file: str
    offset: int | None
    reason: str


class Archive:
    """The snapshots under `root`: a local folder, or any address that fsspec opens, with a local `spool` to write to first."""

    def __init__(self, root: str | Path, spool: str | Path | None = None) -> None:
        self.folders = Folders(str(root), None if spool is None else str(spool))

    def writer(self, source: str, run: str, max_bytes: int = MAX_BYTES) -> Writer:
        """Open a run of a source for writing, after what an earlier run left torn was mended."""
        _ = self.folders.local  # an archive opened for reading only says so here
        self.recover(source)
        self.upload(source)
        return Writer(self.folders, source, run, max_bytes)

    @contextmanager
    def reserve(self, source: str, patience: float = 0.0) -> Iterator[bool]:
        """Have a source for oneself: false where another living process still has it after `patience` seconds."""
        deadline = time.monotonic() + patience
        while (claim := self.folders.claim(f"{source}/crawl")) is None and time.monotonic() < deadline:
            time.sleep(0.2)
        try:
            yield claim is not None
        finally:
            if claim is not None:
                claim.release()

    def snapshots(self, source: str | None = None, since: datetime | None = None) -> Iterator[Snapshot]:
        """The snapshots of a source (or of all), those fetched at or after `since`, in the order they were archived."""
        self.recover(source)
        first = f"{since - timedelta(days=31):%Y-%m}" if since else ""
        for name in self.names(source, INDEX):
            if name.split("/")[1] < first:
                continue
            for snapshot, _, _ in self._entries(name):
                if since is None or snapshot.fetched_at >= since:
                    yield snapshot

    def read(self, snapshot: Snapshot) -> bytes:
        """The body of a snapshot without its content encoding. Raises StoreError when damaged, ReadError when it does not unpack."""
        stream, offset = opened(self.folders, snapshot.file, snapshot.offset)
        with stream:
            member = warc.member_at(stream, offset)
        encodings = next((value for name, value in member.http_headers if name.lower() == "content-encoding"), "")
        body = decode_body(member.content, encodings)
        if body_digest(body) != snapshot.digest:
            raise StoreError(f"{snapshot.file} holds another body at {snapshot.offset} than the index says of {snapshot.url}")
        return body

    def recover(self, source: str | None = None) -> list[str]:
        """Mend files whose writer died: cut the torn tail, complete the index. Returns their names. Files in use are left alone."""
        mended = []
        for name in self.folders.claimed(source):
            claim = self.folders.claim(name, left=True)
            if claim is None:
                continue
            path = self.folders.path(name)
            if path.exists():
                self._mend(name)
                mended.append(name)
            claim.release()
        return mended

    def upload(self, source: str | None = None) -> list[str]:
        """Move closed files that wait in the spool to the object store. Returns their names; failures are logged and wait on."""
        moved = []
        for name in self.folders.waiting(source):
            try:
                self.folders.upload(name)
                moved.append(name)
            except StoreError as error:
                _log.warning("%s", error)
        return moved

    def rebuild_index(self, source: str | None = None) -> int:
        """Write the index anew from the WARC files. Returns the number of snapshots. Files being written are left alone."""
        self.recover(source)
        busy = set(self.folders.claimed(source))
        count = 0
        for name in self.names(source, WARC):
            if name not in busy:
                count += self.write_index(name)
        return count

    def verify(self, source: str | None = None) -> Iterator[Damage]:
        """Read every record of every closed file: digests, bodies against the index, index against the records."""
        self.recover(source)
        busy = set(self.folders.claimed(source))
        for name in self.names(source, WARC):
            if name not in busy:
                yield from self.verify_file(name)

    def names(self, source: str | None, suffix: str) -> list[str]:
        """The files of one source (or of all) with this suffix that count, oldest first within a source."""
        moves = Moves(self.folders, source)
        return [name for name in self.folders.names(source, suffix) if moves.counts(name)]

    def _mend(self, name: str) -> None:
        """Cut a file after its last whole record and bring its index in line; a file without a page is removed."""
        path, index = self.folders.path(name), self.folders.path(index_name(name))
        entries, end = [], 0
        with path.open("r+b") as stream:
            for member in warc.members(stream):
                end = member.offset + member.size
                snapshot = member.snapshot(name)
                if snapshot is not None:
                    entries.append(index_line(snapshot.model_dump_json(exclude_defaults=True), member.offset, member.size))
            stream.truncate(end)
            os.fsync(stream.fileno())
        if not entries:
            path.unlink()
            index.unlink(missing_ok=True)
            return
        _replace(index, entries)
        _log.warning("%s was left open by a run that died: %d snapshots are safe in it", name, len(entries))

    def listed(self, index: str) -> list[Snapshot]:
        """The snapshots of one index file."""
        return [snapshot for snapshot, _, _ in self._entries(index)]

    def write_index(self, name: str) -> int:
        """Write the index of one WARC file anew; how many snapshots it lists."""
        with self.folders.open(name) as stream:
            found = [(member.snapshot(name), member.offset, member.size) for member in warc.members(stream)]
        lines = [index_line(each.model_dump_json(exclude_defaults=True), at, size) for each, at, size in found if each is not None]
        if self.folders.holds(name):
            _replace(self.folders.path(index_name(name)), lines)
        else:
            with self.folders.store.open(f"{self.folders.prefix}/{index_name(name)}", "wb") as target:
                target.write(b"".join(lines))
        return len(lines)

    def _entries(self, name: str) -> Iterator[tuple[Snapshot, int, int]]:
        """The lines of one index file; a line without its end belongs to a writer at work or dead and is passed over."""
        with self.folders.open(name) as stream:
            for number, line in enumerate(stream, start=1):
                if not line.endswith(b"\n"):
                    return
                try:
                    data = json.loads(line)
                    at, size = data.pop("at"), data.pop("size")
                    yield Snapshot.model_validate(data), at, size
                except (ValueError, KeyError, ValidationError) as error:
                    raise StoreError(f"the index {name}, line {number} is damaged: run `rapor archive index` to rebuild it") from error

    def verify_file(self, name: str) -> Iterator[Damage]:
        """The same for one file."""
        try:
            listed = {at: snapshot for snapshot, at, _ in self._entries(index_name(name))}
        except StoreError as error:
            yield Damage(name, None, str(error))
            listed = {}
        end, revisits = 0, list[warc.Member]()
        with self.folders.open(name) as stream:
            size = stream.seek(0, os.SEEK_END)
            try:
                for member in warc.members(stream, check=True):
                    end = member.offset + member.size
                    yield from _verify_member(name, member, listed)
                    if member.kind == "revisit":
                        revisits.append(member)
            except StoreError as error:
                yield Damage(name, end, str(error))
                return
        for member in revisits:  # after the file was closed: an original may lie in the same one
            yield from self._verify_original(name, member)
        if end < size:
            yield Damage(name, end, f"{size - end} bytes at the end are no whole record")
        for at, snapshot in listed.items():
            yield Damage(name, at, f"the index lists {snapshot.url} here, the file does not hold it")

    def _verify_original(self, name: str, member: warc.Member) -> Iterator[Damage]:
        """Whether the record that a revisit points to is there."""
        snapshot = member.snapshot(name)
        if snapshot is not None:
            try:
                opened(self.folders, snapshot.file, snapshot.offset)[0].close()
            except StoreError as error:
                yield Damage(name, member.offset, f"the body of {snapshot.url} lies elsewhere: {error}")


def _verify_member(name: str, member: warc.Member, listed: dict[int, Snapshot]) -> Iterator[Damage]:
    if member.damage:
        yield Damage(name, member.offset, member.damage)
    snapshot = member.snapshot(name)
    if snapshot is None:
        return
    entry = listed.pop(member.offset, None)
    if entry is None:
        yield Damage(name, member.offset, f"{snapshot.url} is not in the index")
    elif entry != snapshot:
        yield Damage(name, member.offset, f"the index says something else of {snapshot.url} than the record")
    if member.kind == "revisit":
        return
    encodings = next((value for key, value in member.http_headers if key.lower() == "content-encoding"), "")
    try:
        same = body_digest(decode_body(member.content, encodings)) == snapshot.digest
    except ReadError as error:
        yield Damage(name, member.offset, str(error))
        return
    if not same:
        yield Damage(name, member.offset, f"the body of {snapshot.url} has another digest than its snapshot")


def _replace(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there, so that a reader sees the old one or the new one."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as stream:
        stream.write(b"".join(lines))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
