"""Taking in what people already have: WARC files of any make, web archives' exports, saved pages and documents."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from store.archive.archive import Archive
from store.archive.exchange import MAX_DECODED, Exchange
from store.archive.writer import Writer
from store.model.errors import ReadError, UsageError
from store.model.keys import body_digest, canonical_url, digest

WARCS: Final = (".warc", ".warc.gz", ".arc", ".arc.gz")
LISTS: Final = (".lst", ".list")
MIMES: Final = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_WANTED: Final = frozenset({*MIMES.values(), "application/octet-stream", ""})
_SAYS: Final = (
    re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE),
    re.compile(rb"<link[^>]+rel=[\"']?canonical[\"']?[^>]*href=[\"']([^\"']+)", re.IGNORECASE),
    re.compile(rb"<link[^>]+href=[\"']([^\"']+)[\"'][^>]*rel=[\"']?canonical", re.IGNORECASE),
    re.compile(rb"<meta[^>]+property=[\"']og:url[\"'][^>]*content=[\"']([^\"']+)", re.IGNORECASE),
)


@dataclass
class Intake:
    """What came of taking files in: pages added, pages the archive had, records that are no pages, and what went wrong where."""

    added: int = 0
    known: int = 0
    passed_over: int = 0
    problems: list[str] = field(default_factory=list)


def add(archive: Archive, paths: Iterable[Path], run: str, source_of: Callable[[str], str] = lambda _: "added") -> Intake:
    """Archive every page and document of the given files, folders and lists; the same again adds nothing.

    Args:
        archive: Where to.
        paths: WARC or ARC files, saved pages and documents, folders of them, or lists (`.lst`) with one path a line.
        run: Key of the run.
        source_of: Says to which source an address belongs.

    Raises:
        UsageError: A path is not there, or is of a kind nobody here can take in.
        StoreError: The archive cannot be written.
    """
    with ExitStack() as stack:
        desk = _Desk(archive, run, source_of, stack)
        for path in expanded(paths):
            if path.name.lower().endswith(WARCS):
                desk.take_warc(path)
            else:
                desk.take_file(path)
        return desk.intake


def expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that paths stand for. Raises UsageError for one that is not there or not of a kind we know."""
    for path in paths:
        name = path.name.lower()
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file() and _known_kind(each.name.lower()))
        elif not path.exists():
            raise UsageError(f"{path} is not there")
        elif name.endswith(LISTS):
            lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
            yield from expanded(path.parent / line for line in lines if line and not line.startswith("#"))
        elif _known_kind(name):
            yield path
        else:
            raise UsageError(f"{path} is no WARC file, page or document: known are {', '.join((*WARCS, *MIMES))}")


def _known_kind(name: str) -> bool:
    return name.endswith(WARCS) or Path(name).suffix in MIMES


class _Desk:
    """Takes in file after file; holds the writers and what the archive had."""

    def __init__(self, archive: Archive, run: str, source_of: Callable[[str], str], stack: ExitStack) -> None:
        self.intake = Intake()
        self._archive = archive
        self._run = run
        self._source_of = source_of
        self._stack = stack
        self._writers: dict[str, Writer] = {}
        self._held: dict[str, set[str]] = {}

    def take_warc(self, path: Path) -> None:
        """Every response of a WARC or ARC file."""
        with path.open("rb") as stream:
            try:
                for record in ArchiveIterator(stream, arc2warc=True, check_digests=True):
                    self._take_record(path, record)
                return
            except ArchiveLoadFailed as error:
                if "non-chunked" not in str(error):
                    self.intake.problems.append(f"{path}: {' '.join(str(error).split())}")
                    return
        with gzip.open(path, "rb") as packed, tempfile.TemporaryFile() as plain:  # one gzip stream over all records
            shutil.copyfileobj(packed, plain)
            plain.seek(0)
            for record in ArchiveIterator(plain, arc2warc=True, check_digests=True):
                self._take_record(path, record)

    def _take_record(self, path: Path, record: Any) -> None:
        url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
        if record.rec_type not in ("response", "resource") or not url.startswith("http"):
            self.intake.passed_over += record.rec_type not in ("warcinfo", "request", "metadata")
            return
        body = record.content_stream().read(MAX_DECODED + 1)
        record.raw_stream.read()
        if record.digest_checker.passed is False:
            self.intake.problems.append(f"{path}: {url}: {'; '.join(record.digest_checker.problems)}")
            return
        exchange = _exchange(record, url, body)
        if exchange.status != 200 or exchange.mime not in _WANTED or not body or len(body) > MAX_DECODED:
            self.intake.passed_over += 1
            return
        self._keep(exchange, canonical_url(url), path, as_file=record.rec_type == "resource")

    def take_file(self, path: Path) -> None:
        """A saved page or document, under the address that it names itself or under its own name."""
        body = path.read_bytes()
        mime = MIMES[path.suffix.lower()]
        said = _address(body) if "html" in mime else None
        exchange = Exchange(
            url=said or f"file:{path.name}",
            fetched_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            status=200,
            headers=(("Content-Type", mime),),
            body=body,
            method="",
        )
        self._keep(exchange, canonical_url(said) if said else exchange.url, path, as_file=True)

    def _keep(self, exchange: Exchange, url: str, path: Path, *, as_file: bool) -> None:
        source = self._source_of(url)
        try:
            key = digest("snapshot", url, exchange.fetched_at.astimezone(UTC).isoformat(), body_digest(exchange.decoded()))
        except ReadError as error:
            self.intake.problems.append(f"{path}: {exchange.url}: {error}")
            return
        if source not in self._held:
            self._held[source] = {snapshot.key for snapshot in self._archive.snapshots(source)}
            self._writers[source] = self._stack.enter_context(self._archive.writer(source, self._run))
        if key in self._held[source]:
            self.intake.known += 1
            return
        self._held[source].add(key)
        writer = self._writers[source]
        if as_file:
            writer.write_file(exchange, url=url)
        else:
            writer.write(exchange, url=url)
        self.intake.added += 1


def _exchange(record: Any, url: str, body: bytes) -> Exchange:
    """The exchange of a foreign record, its body already without transfer and content encoding."""
    http = record.http_headers
    status = str(http.get_statuscode()) if http else "200"
    headers = tuple(
        (name, value)
        for name, value in (http.headers if http else [("Content-Type", record.rec_headers.get_header("Content-Type") or "")])
        if name.lower() not in ("transfer-encoding", "content-encoding", "content-length")
    )
    date = record.rec_headers.get_header("WARC-Date") or ""
    moment = datetime.fromisoformat(date.replace("Z", "+00:00")) if date else datetime.now(UTC)
    return Exchange(
        url=url,
        fetched_at=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        status=int(status) if status.isdigit() else 0,
        headers=headers,
        body=body,
        reason="",
        method="",
        address=record.rec_headers.get_header("WARC-IP-Address"),
    )


def _address(body: bytes) -> str | None:
    """The address that a saved page names itself."""
    head = body[:200_000]
    for pattern in _SAYS:
        match = pattern.search(head)
        if match and match[1].startswith(b"http"):
            return match[1].decode("utf-8", "replace").replace("&amp;", "&")
    return None
