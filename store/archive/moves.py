"""Where records went when files were put together: who still names the old file and offset finds the bytes in the new one.

A file that was put together names what it took over in a `.moved` file beside it: a line for each old file, with the byte ranges that
were taken over and where they lie now. That file is written last: until it is there, the new file does not count and the old ones
do; from then on it is the other way round, whatever a death left lying about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final

from store.archive.folders import WARC, Folders
from store.model.errors import StoreError

MOVED: Final = ".moved"
_MARK: Final = "-together-"
_TOGETHER: Final = re.compile(rf"/\d{{4}}-\d{{2}}{_MARK}[0-9a-f]+\.")


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes of an old file, from `start` to before `end`, which lie from `to` on in the new one."""

    start: int
    end: int
    to: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What a file took over of an old one."""

    file: str
    ranges: tuple[Range, ...]

    def line(self) -> str:
        """As it stands in the `.moved` file."""
        return json.dumps({"file": self.file, "ranges": [[each.start, each.end, each.to] for each in self.ranges]}) + "\n"


def together_name(source: str, month: str, digest: str) -> str:
    """What the file is called that other files of a source and month (YYYY-MM) are put together in."""
    return f"{source}/{month}/{month}{_MARK}{digest}{WARC}"


def moved_name(file: str) -> str:
    """The file that says what a WARC file took over."""
    return file.removesuffix(WARC) + MOVED


class Moves:
    """All moves of one source, or of every source. Which files count is decided here."""

    def __init__(self, folders: Folders, source: str | None = None) -> None:
        self._to: dict[str, tuple[str, Moved]] = {}
        self._whole: set[str] = set()
        for name in folders.names(source, MOVED):
            new = name.removesuffix(MOVED) + WARC
            self._whole.add(new)
            with folders.open(name) as stream:
                for line in stream:
                    told = json.loads(line)
                    ranges = tuple(Range(*each) for each in told["ranges"])
                    self._to[told["file"]] = new, Moved(told["file"], ranges)

    def counts(self, name: str) -> bool:
        """Whether a WARC file or index counts: it was not taken over by another one, and what it took over itself is complete."""
        file = name if name.endswith(WARC) else name.rpartition(".")[0] + WARC
        return file not in self._to and (not _TOGETHER.search(file) or file in self._whole)

    def left(self, names: Iterable[str]) -> list[str]:
        """Those of the files that a finished or unfinished move left behind and that no longer count."""
        return [name for name in names if not self.counts(name)]

    def place(self, file: str, offset: int) -> tuple[str, int] | None:
        """Where the record that lay at an offset (bytes) of an old file lies now; None where it was let go, or never was."""
        while file in self._to:
            file, moved = self._to[file]
            found = next((each for each in moved.ranges if each.start <= offset < each.end), None)
            if found is None:
                return None
            offset += found.to - found.start
        return file, offset


def opened(folders: Folders, file: str, offset: int) -> tuple[IO[bytes], int]:
    """The file that holds a record, open, and where in it the record starts; found where it went if it was moved.

    Raises:
        StoreError: it is nowhere.
    """
    try:
        return folders.open(file), offset
    except StoreError as missing:
        place = Moves(folders, file.partition("/")[0]).place(file, offset)
        if place is None:
            raise StoreError(f"the record at {offset} of {file} was let go, as the retention settings say") from missing
        if place[0] == file:
            raise
        return folders.open(place[0]), place[1]
