"""Files of one source and month put together into one, without the pages that need not be kept. Bytes are copied, never packed anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from store.archive import warc
from store.archive.archive import Archive
from store.archive.folders import INDEX, WARC, index_name
from store.archive.moves import Moved, Moves, Range, moved_name, together_name
from store.archive.writer import MAX_BYTES
from store.model.errors import StoreError
from store.model.keys import digest
from store.model.records import Snapshot

Keep = Callable[[Snapshot], bool]
_DRAFT = ".draft"


@dataclass(frozen=True)
class Together:
    """What came of it: files before and after, pages let go, bytes that became free."""

    before: int = 0
    after: int = 0
    let_go: int = 0
    freed: int = 0

    def __add__(self, other: Together) -> Together:
        """Both."""
        return Together(self.before + other.before, self.after + other.after, self.let_go + other.let_go, self.freed + other.freed)


@dataclass(frozen=True)
class _Part:
    """What is taken over of one file: byte ranges, and the keys of the snapshots in them; how many snapshots are not."""

    name: str
    size: int
    ranges: tuple[tuple[int, int], ...]
    keys: frozenset[str]
    let_go: int


def put_together(archive: Archive, source: str, before: str, keep: Keep | None = None, max_bytes: int = MAX_BYTES) -> Together:
    """Put the closed files of every month before `before` (YYYY-MM) together, up to `max_bytes` each; what `keep` refuses goes.

    A body that a kept revisit points to stays, whatever `keep` says of it.
    Every record is read and held against its digests before the old files go; a process that is killed leaves either the old files
    or the new one counting, and the next call clears up. A source that is being crawled is left alone. Running it twice does nothing.

    Raises:
        StoreError: A file is damaged or cannot be written; its month stays as it was.
    """
    done = Together()
    with archive.reserve(source) as free:
        if not free:
            return done
        archive.recover(source)
        archive.upload(source)
        clear_up(archive, source)
        wanted = _with_bodies(archive, source, keep) if keep else lambda _snapshot: True
        names = [name for name in archive.names(source, WARC) if name.split("/")[1] < before]
        for month, of_month in groupby(names, key=lambda name: name.split("/")[1]):
            for group in _groups([_part(archive, name, wanted) for name in of_month], max_bytes):
                done += _write(archive, source, month, group)
        clear_up(archive, source)
    return done


def clear_up(archive: Archive, source: str) -> None:
    """Remove what no longer counts: files that another one took over, and one that a death left unfinished."""
    folders = archive.folders
    moves = Moves(folders, source)
    for suffix in (INDEX, WARC):
        for name in moves.left(folders.names(source, suffix)):
            folders.remove(name)
    for draft in (folders.local / source).rglob(f"*{_DRAFT}"):
        draft.unlink()


def _with_bodies(archive: Archive, source: str, keep: Keep) -> Keep:
    moves = Moves(archive.folders, source)
    bodies = {moves.place(item.file, item.offset) for item in archive.snapshots(source) if keep(item)}
    return lambda item: keep(item) or (item.file, item.offset) in bodies


def _part(archive: Archive, name: str, keep: Keep) -> _Part:
    """What to take over of a file: whole where nothing goes, for a file may hold records that only other tools know."""
    ranges: list[tuple[int, int]] = []
    keys: set[str] = set()
    kept, let_go, end = True, 0, 0
    with archive.folders.open(name) as stream:
        size = stream.seek(0, os.SEEK_END)
        for member in warc.members(stream):
            snapshot = member.snapshot(name)
            if snapshot is not None:
                kept = keep(snapshot)
                let_go += not kept
            elif member.kind == "warcinfo":
                kept = True  # else: a request goes with the response before it
            end = member.offset + member.size
            if kept:
                keys |= {snapshot.key} if snapshot else set()
                if ranges and ranges[-1][1] == member.offset:
                    ranges[-1] = ranges[-1][0], end
                else:
                    ranges.append((member.offset, end))
    if end != size:
        raise StoreError(
            f"the archive file {name} holds {size - end} bytes at its end that are no whole record: `rapor archive verify` tells more"
        )
    return _Part(name, size, tuple(ranges), frozenset(keys), let_go)


def _groups(parts: list[_Part], max_bytes: int) -> Iterator[list[_Part]]:
    """Neighbours that fit into one file; one that fills it alone and loses nothing is left as it is."""
    group: list[_Part] = []
    for part in parts:
        if group and sum(each.size for each in group) + part.size > max_bytes:
            yield group
            group = []
        group.append(part)
    yield group


def _write(archive: Archive, source: str, month: str, group: list[_Part]) -> Together:
    if len(group) < 2 and not any(part.let_go for part in group):
        return Together(len(group), len(group))
    folders = archive.folders
    name = together_name(source, month, digest("together", *(f"{part.name} {part.ranges}" for part in group))[:12])
    path = folders.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + _DRAFT)
    try:
        moved = _copy(archive, group, draft)
        draft.replace(path)
        archive.write_index(name)
        _prove(archive, name, group)
        if folders.store is not None:
            folders.upload(name)
        folders.put(moved_name(name), "".join(each.line() for each in moved).encode())
    except OSError as error:
        raise StoreError(f"the archive file {name} cannot be written: {error.strerror or error}") from error
    before, after = sum(part.size for part in group), sum(end - start for part in group for start, end in part.ranges)
    return Together(len(group), 1, sum(part.let_go for part in group), before - after)


def _copy(archive: Archive, group: list[_Part], draft: Path) -> list[Moved]:
    moved = []
    with draft.open("wb") as target:
        for part in group:
            ranges = []
            with archive.folders.open(part.name) as stream:
                for start, end in part.ranges:
                    ranges.append(Range(start, end, target.tell()))
                    stream.seek(start)
                    left = end - start
                    while left:
                        packed = stream.read(min(left, 1 << 20))
                        if not packed:
                            raise StoreError(f"the archive file {part.name} became shorter while it was copied")
                        target.write(packed)
                        left -= len(packed)
            moved.append(Moved(part.name, tuple(ranges)))
        target.flush()
        os.fsync(target.fileno())
    return moved


def _prove(archive: Archive, name: str, group: list[_Part]) -> None:
    """Read every record of the new file, and count its pages, before anything counts on it."""
    damage = next(archive.verify_file(name), None)
    held = {snapshot.key for snapshot in archive.listed(index_name(name))}
    if damage is not None or held != frozenset[str]().union(*(part.keys for part in group)):
        reason = f"{damage.reason} ({damage.offset})" if damage else "it lacks pages of the files it is made of"
        archive.folders.remove(name)
        archive.folders.remove(index_name(name))
        raise StoreError(f"{', '.join(part.name for part in group)} cannot be put together: {reason}; they stay as they are")
