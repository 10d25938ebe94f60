"""WARC records: written with warcio, one gzip member each, and read back member by member.

Every response or revisit record carries its snapshot as JSON in the extension header `X-Rapor-Snapshot`, so that the
index can be rebuilt from the files alone; all else in the files is plain WARC 1.1 for any other tool.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

from store.archive.exchange import Exchange, Headers
from store.model.errors import StoreError
from store.model.records import Snapshot

SNAPSHOT_HEADER: Final = "X-Rapor-Snapshot"
_VERSION: Final = "WARC/1.1"
_LEVEL: Final = 6  # level 9 costs five times the CPU for 1 % less
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Held:
    """Where an archived body lies: the file, the byte offset of its record and the SHA-256 of the decoded body."""

    digest: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Original:
    """What a revisit record says of the record it points to."""

    url: str
    date: str
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a file: where it starts, how many bytes it takes, its headers and its content."""

    offset: int
    size: int
    kind: str
    headers: dict[str, str]
    http_status: str
    http_headers: Headers
    content: bytes
    damage: str = ""

    def snapshot(self, file: str) -> Snapshot | None:
        """The snapshot of a response or revisit record in `file`; None for other records."""
        text = self.headers.get(SNAPSHOT_HEADER.lower())
        if text is None or self.kind not in ("response", "revisit", "resource"):
            return None
        data = json.loads(text)
        if self.kind != "revisit":
            data.update(file=file, offset=self.offset)
        return Snapshot.model_validate(data)

    def original(self) -> Original:
        """This record as the target of a later revisit."""
        return Original(
            url=self.headers.get("warc-target-uri", ""),
            date=self.headers.get("warc-date", ""),
            payload_digest=self.headers.get("warc-payload-digest", ""),
        )


def warc_date(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def info_record(file: str, fields: dict[str, str]) -> bytes:
    """The gzip member of a file's opening `warcinfo` record."""
    writer = BufferWARCWriter(gzip=False, warc_version=_VERSION)
    writer.write_record(writer.create_warcinfo_record(file.rsplit("/", 1)[-1], fields))
    return _member(writer)


def fresh_records(exchange: Exchange, said: str) -> tuple[bytes, bytes, Original]:
    """The gzip members of a response record and of its request, and the response as the target of later revisits.

    `said` is the snapshot as JSON, here and below.
    """
    writer = BufferWARCWriter(gzip=False, warc_version=_VERSION)
    response = writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_response_head(exchange),
        warc_headers_dict=_warc_headers(exchange, said),
    )
    writer.write_record(response)
    original = Original(exchange.url, warc_date(exchange.fetched_at), response.rec_headers.get_header("WARC-Payload-Digest"))
    return _member(writer), _request(exchange, response), original


def revisit_records(exchange: Exchange, said: str, held: Held, original: Original) -> tuple[bytes, bytes]:
    """The gzip members of a revisit record, which points to `original` instead of repeating the body, and of its request."""
    writer = BufferWARCWriter(gzip=False, warc_version=_VERSION)
    headers = _warc_headers(exchange, said)
    headers["WARC-Refers-To-Filename"] = held.file
    headers["WARC-Refers-To-File-Offset"] = str(held.offset)
    revisit = writer.create_revisit_record(
        exchange.url,
        original.payload_digest,
        original.url,
        original.date,
        http_headers=_response_head(exchange),
        warc_headers_dict=headers,
    )
    writer.write_record(revisit)
    return _member(writer), _request(exchange, revisit)


def resource_record(exchange: Exchange, said: str) -> bytes:
    """The gzip member of a `resource` record: a file that was saved without the response that brought it."""
    writer = BufferWARCWriter(gzip=False, warc_version=_VERSION)
    headers = _warc_headers(exchange, said)
    record = writer.create_warc_record(
        exchange.url,
        "resource",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        warc_content_type=exchange.header("Content-Type") or "application/octet-stream",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return _member(writer)


def members(stream: IO[bytes], start: int = 0, *, check: bool = False) -> Iterator[Member]:
    """The whole records of a file of gzip members, from byte `start` on; a torn last member ends the walk in silence.

    With `check`, digests are computed and `damage` says what disagrees. Raises StoreError for bytes that are no record.
    """
    stream.seek(start)
    offset, rest = start, b""
    while True:
        plain, used, rest, whole = _next_member(stream, rest)
        if not whole:
            return
        yield _parse(plain, offset, used, check)
        offset += used


def member_at(stream: IO[bytes], offset: int) -> Member:
    """The record that starts at byte `offset`. Raises StoreError where none does."""
    found = next(members(stream, offset), None)
    if found is None:
        raise StoreError(f"no WARC record starts at byte {offset}")
    return found


def _next_member(stream: IO[bytes], rest: bytes) -> tuple[bytes, int, bytes, bool]:
    """Unpack one gzip member: its content, its packed size, the bytes read beyond it, and whether it was whole."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    parts: list[bytes] = []
    used = 0
    while not unpacker.eof:
        packed = rest or stream.read(_CHUNK)
        rest = b""
        if not packed:
            return b"", 0, b"", False
        try:
            parts.append(unpacker.decompress(packed))
        except zlib.error:
            return b"", 0, b"", False
        used += len(packed)
    return b"".join(parts), used - len(unpacker.unused_data), unpacker.unused_data, True


def _parse(plain: bytes, offset: int, size: int, check: bool) -> Member:
    try:
        record = next(iter(ArchiveIterator(BytesIO(plain), check_digests=check)))
        content = record.raw_stream.read()
    except Exception as error:  # warcio raises whatever its parser meets in a damaged record
        raise StoreError(f"the bytes at {offset} are no WARC record: {error}") from error
    http = record.http_headers
    return Member(
        offset=offset,
        size=size,
        kind=record.rec_type,
        headers={name.lower(): value for name, value in record.rec_headers.headers},
        http_status=http.statusline if http else "",
        http_headers=tuple(http.headers) if http else (),
        content=content,
        damage="; ".join(record.digest_checker.problems) if check else "",
    )


def _member(writer: BufferWARCWriter) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(writer.get_contents()) + packer.flush()


def _request(exchange: Exchange, response: Any) -> bytes:
    if not exchange.method:
        return b""
    writer = BufferWARCWriter(gzip=False, warc_version=_VERSION)
    parts = urlsplit(exchange.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc.rpartition("@")[2]), *exchange.request_headers]
    writer.write_record(
        writer.create_warc_record(
            exchange.url,
            "request",
            http_headers=StatusAndHeaders(f"{exchange.method} {path} HTTP/1.1", headers, is_http_request=True),
            warc_headers_dict={
                "WARC-Date": warc_date(exchange.fetched_at),
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
    )
    return _member(writer)


def _response_head(exchange: Exchange) -> StatusAndHeaders:
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), list(exchange.headers), protocol="HTTP/1.1")


def _warc_headers(exchange: Exchange, said: str) -> dict[str, str]:
    headers = {"WARC-Date": warc_date(exchange.fetched_at), SNAPSHOT_HEADER: said if said.isascii() else json.dumps(json.loads(said))}
    if exchange.address:
        headers["WARC-IP-Address"] = exchange.address
    return headers
