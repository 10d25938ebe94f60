"""Where archive files lie: a local folder, which is the truth, and an object store that closed files are moved to."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import fsspec

from store.model.errors import StoreError, UsageError

WARC: Final = ".warc.gz"
INDEX: Final = ".jsonl"
_OPEN: Final = ".open"


def index_name(file: str) -> str:
    """The index that belongs to a WARC file."""
    return file.removesuffix(WARC) + INDEX


class Folders:
    """The two places of an archive. Names of files are relative paths with `/`, the same in both."""

    def __init__(self, root: str, spool: str | None = None) -> None:
        remote = "://" in root and not root.startswith("file://")
        self.root = root
        self._local = Path(spool) if remote and spool else None if remote else Path(root.removeprefix("file://"))
        self.store: Any = None
        self.prefix = ""
        if remote:
            self.store, self.prefix = fsspec.core.url_to_fs(root)

    @property
    def local(self) -> Path:
        """The folder that is written to. Raises UsageError for an archive elsewhere that was opened for reading only."""
        if self._local is None:
            raise UsageError(f"the archive {self.root} is no local folder: name a local folder (spool) that is written to first")
        return self._local

    def path(self, name: str) -> Path:
        """Where a file lies locally, or would. Raises UsageError for a name that leads out of the archive."""
        if name.startswith("/") or ".." in name.split("/"):
            raise UsageError(f"{name!r} is no file of this archive")
        return self.local / name

    def holds(self, name: str) -> bool:
        """Whether the local folder has the file."""
        return self._local is not None and self.path(name).exists()

    def open(self, name: str) -> IO[bytes]:
        """A file for reading: the local one, else the one in the object store. Raises StoreError where neither exists."""
        if self._local is not None:
            try:
                return self.path(name).open("rb")
            except FileNotFoundError as missing:
                if self.store is None:
                    raise StoreError(f"the archive file {name} is missing under {self.local}") from missing
        try:
            found: IO[bytes] = self.store.open(f"{self.prefix}/{name}", "rb")
        except (FileNotFoundError, OSError) as missing:
            raise StoreError(f"the archive file {name} is neither in the spool nor in {self.root}") from missing
        return found

    def names(self, source: str | None, suffix: str) -> list[str]:
        """The files of one source (or of all) with this suffix, oldest first within a source."""
        found = set(self._local_names(source, suffix))
        if self.store is not None:
            found.update(self._stored_names(source, suffix))
        return sorted(found)

    def _local_names(self, source: str | None, suffix: str) -> Iterator[str]:
        if self._local is None:
            return
        for folder, _, files in os.walk(self._local / (source or "")):
            relative = Path(folder).relative_to(self._local).as_posix()
            if not relative.startswith(_OPEN):
                yield from (f"{relative}/{name}" for name in files if name.endswith(suffix))

    def _stored_names(self, source: str | None, suffix: str) -> Iterator[str]:
        base = f"{self.prefix}/{source}" if source else self.prefix
        if self.store.exists(base):
            cut = len(self.prefix) + 1
            yield from (str(name)[cut:] for name in self.store.find(base) if str(name).endswith(suffix))

    def claim(self, name: str, *, left: bool = False) -> Claim | None:
        """Take a file for oneself until the process ends; None where a living process has it.

        With `left`, only a file that a dead process had claimed.
        """
        folder = self.local / _OPEN
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return Claim.take(folder / name.replace("/", "@"), create=not left)
        except OSError as error:
            raise StoreError(f"the archive under {self.local} cannot be written: {error}") from error

    def claimed(self, source: str | None = None) -> list[str]:
        """Files that somebody is writing, or was writing when the process died."""
        if self._local is None:
            return []
        try:
            names = [entry.name.replace("@", "/") for entry in (self._local / _OPEN).iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(name for name in names if source is None or name.startswith(f"{source}/"))

    def waiting(self, source: str | None = None) -> list[str]:
        """Closed files in the spool that the object store does not hold yet."""
        if self.store is None or self._local is None:
            return []
        claimed = set(self.claimed(source))
        return sorted(name for name in self._local_names(source, WARC) if name not in claimed)

    def put(self, name: str, content: bytes) -> None:
        """Write a small file where the archive lies, whole or not at all."""
        if self.store is not None:
            self.store.pipe_file(f"{self.prefix}/{name}", content)
            return
        path = self.path(name)
        draft = path.with_name(path.name + ".new")
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)

    def remove(self, name: str) -> None:
        """Remove a file, wherever it lies."""
        if self._local is not None:
            self.path(name).unlink(missing_ok=True)
        if self.store is not None and self.store.exists(f"{self.prefix}/{name}"):
            self.store.rm_file(f"{self.prefix}/{name}")

    def upload(self, name: str) -> None:
        """Move a closed file and its index to the object store, compare what arrived, then drop the local copies.

        Raises StoreError where the copy differs or the store does not answer; the local files stay then.
        """
        for part in (name, index_name(name)):
            source, target = self.path(part), f"{self.prefix}/{part}"
            try:
                self.store.makedirs(target.rpartition("/")[0], exist_ok=True)
                self.store.put_file(str(source), target)
                with self.store.open(target, "rb") as copy, source.open("rb") as original:
                    same = hashlib.file_digest(copy, "sha256").digest() == hashlib.file_digest(original, "sha256").digest()
            except Exception as error:  # every store raises errors of its own
                raise StoreError(f"{part} could not be uploaded and stays in {self.local}: {error}") from error
            if not same:
                raise StoreError(f"{part} arrived damaged in the object store and stays in {self.local}")
        for part in (name, index_name(name)):
            self.path(part).unlink(missing_ok=True)


class Claim:
    """A lock on a file of the archive. The kernel frees it when the process dies; the marker left behind tells of the death."""

    def __init__(self, marker: Path, handle: int) -> None:
        self.marker = marker
        self._handle = handle

    @classmethod
    def take(cls, marker: Path, *, create: bool = True) -> Claim | None:
        """Lock a marker file; None where another living process holds it, or where it is gone and not to be created."""
        try:
            handle = os.open(marker, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if create else 0), 0o644)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        if not marker.exists() or not os.path.samestat(os.fstat(handle), marker.stat()):
            os.close(handle)  # its holder finished between our opening and our locking
            return None
        return cls(marker, handle)

    def release(self) -> None:
        """Give the file up: it is closed and whole."""
        self.marker.unlink(missing_ok=True)
        os.close(self._handle)


def safe_name(text: str) -> str:
    """A run's name as part of a file name."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:80] or "run"
