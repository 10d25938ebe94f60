"""One request and its response as they went over the wire, and the body without its content encoding."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.model.errors import ReadError

Headers = tuple[tuple[str, str], ...]

MAX_DECODED: Final = 64 * 1024 * 1024
"""No body is unpacked beyond this many bytes: what is larger is no article but a bomb."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what answered it.

    `body` is the response body as sent, still in its content encoding; `fetched_at` knows its zone; `method` is empty where
    the request is not known; `address` is the IP address that answered, where known.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: Headers = ()
    body: bytes = b""
    reason: str = ""
    method: str = "GET"
    request_headers: Headers = ()
    address: str | None = None

    def header(self, name: str) -> str | None:
        """The first response header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def mime(self) -> str:
        """The media type of the response without its parameters, in lower case."""
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the response header names."""
        for part in (self.header("Content-Type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset" and value.strip():
                return value.strip().strip("\"'").lower()
        return None

    def decoded(self) -> bytes:
        """The body without its content encoding. Raises ReadError where it does not unpack or unpacks to too much."""
        return decode_body(self.body, self.header("Content-Encoding") or "")


def decode_body(body: bytes, encodings: str, limit: int = MAX_DECODED) -> bytes:
    """Undo the content encodings that a header lists, the last one first.

    A body that is not in the encoding its header names comes back as it is: servers that unpack a file and keep the
    header exist. Raises ReadError above `limit` bytes or for an encoding nobody here can undo.
    """
    for encoding in reversed([part.strip().lower() for part in encodings.split(",")]):
        if encoding in ("", "identity"):
            continue
        decoder = _DECODERS.get(encoding)
        if decoder is None:
            raise ReadError(f"the body is in the content encoding {encoding!r}, which cannot be undone here")
        body = decoder(body, limit)
    return body


def _inflate(body: bytes, limit: int, wbits: int) -> bytes:
    unpacker = zlib.decompressobj(wbits)
    plain = unpacker.decompress(body, limit + 1)
    if len(plain) > limit:
        raise ReadError(f"the body unpacks to more than {limit} bytes")
    return plain


def _gunzip(body: bytes, limit: int) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    plain = bytearray()
    while body[:2] == b"\x1f\x8b":  # a gzip body may be of several members
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        try:
            plain += unpacker.decompress(body, limit + 1 - len(plain))
        except zlib.error as error:
            raise ReadError(f"the gzip body is damaged: {error}") from error
        if len(plain) > limit:
            raise ReadError(f"the body unpacks to more than {limit} bytes")
        body = unpacker.unused_data
    return bytes(plain)


def _undeflate(body: bytes, limit: int) -> bytes:
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _inflate(body, limit, wbits)
        except zlib.error:
            continue
    return body


def _unbrotli(body: bytes, limit: int) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]  # only archives of others hold brotli; the crawler asks for gzip
    except ImportError as error:
        raise ReadError("the body is packed with brotli: install the package brotli to read it") from error
    unpacker = brotli.Decompressor()
    plain = bytearray()
    try:
        for start in range(0, len(body), 65536):
            plain += unpacker.process(body[start : start + 65536])
            if len(plain) > limit:
                raise ReadError(f"the body unpacks to more than {limit} bytes")
    except brotli.error as error:
        raise ReadError(f"the brotli body is damaged: {error}") from error
    return bytes(plain)


_DECODERS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
}
