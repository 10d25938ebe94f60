"""How much a document may be and unfold to, so that a bomb costs bounded time and memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from store.model.errors import ReadError

MAX_BYTES = 40_000_000
MAX_PAGES = 250
MAX_CHARACTERS = 4_000_000
MAX_UNFOLDED = 250_000_000
MAX_ENTRIES = 3_000
MAX_CELLS = 3_000_000
"""Cells of one sheet's filled rectangle."""

_RATIO = 400
_CHUNK = 1 << 20
_CELL = re.compile(rb'<c\b[^>]{0,60}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,100}(?<!/)>')
"""A cell with something in it; formatted empty ones close at once."""
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,9})"[^>]{0,200}?(?<!/)>')
_STREAM = re.compile(rb"stream\r?\n")


def check_archive(body: bytes, *, spreadsheet: bool) -> None:
    """Refuse an Office archive that unfolds to too much, or whose sheets span too many cells.

    Raises:
        ReadError: with what is too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise ReadError(f"its archive has {len(entries):,} parts, more than the {MAX_ENTRIES:,} that a document may have")
            unfolded = sum(entry.file_size for entry in entries)
            if unfolded > MAX_UNFOLDED or (unfolded > 20_000_000 and unfolded > _RATIO * len(body)):
                raise ReadError(f"its archive unfolds to {unfolded:,} bytes: it is set aside as a bomb")
            if any(entry.flag_bits & 1 for entry in entries):
                raise ReadError("it is encrypted; it cannot be read without its password")
            if spreadsheet:
                for entry in entries:
                    if entry.filename == "content.xml" or re.match(r"xl/worksheets/.*\.xml$", entry.filename):
                        _check_sheet(archive, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise ReadError(f"it is broken: its archive cannot be unfolded ({error})") from error


def _check_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A reader keeps the filled rectangle of a sheet: two cells in far corners would cost all that lies between."""
    columns = rows = repeated = 0
    with archive.open(entry) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            for match in _CELL.finditer(text):
                columns = max(columns, _column(match.group(1)))
                rows = max(rows, int(match.group(2)))
            for match in _REPEATED.finditer(text):
                if match.group(1) == b"columns":
                    repeated += min(int(match.group(2)), 1 << 14) if int(match.group(2)) > 1000 else 0
                elif int(match.group(2)) > 100_000:
                    repeated += int(match.group(2)) // 10
            rest = text[-200:]
    if columns * rows > MAX_CELLS or repeated > MAX_CELLS:
        raise ReadError(f"a sheet of it spans {max(columns * rows, repeated):,} cells, more than the {MAX_CELLS:,} that a sheet may have")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def check_streams(body: bytes) -> None:
    """Refuse a PDF whose compressed streams unfold to too much, one or two layers deep; images, never unfolded here, are left out.

    Raises:
        ReadError: with what is too much.
    """
    unfolded = 0
    for match in _STREAM.finditer(body):
        head = body[max(0, match.start() - 600) : match.start()]
        head = head[head.rfind(b"obj") :]
        if b"FlateDecode" not in head or b"/Image" in head:
            continue
        end = body.find(b"endstream", match.end())
        unfolded += _unfold(body[match.end() : end if end >= 0 else len(body)], head.count(b"FlateDecode"))
        if unfolded > MAX_UNFOLDED:
            raise ReadError(f"its streams unfold to more than {MAX_UNFOLDED:,} bytes: it is set aside as a bomb")


def _unfold(data: bytes, layers: int) -> int:
    """How many bytes a stream unfolds to, counted without keeping them."""
    decoder = zlib.decompressobj()
    inner = zlib.decompressobj() if layers > 1 else None
    total = 0
    try:
        while data and total <= MAX_UNFOLDED:
            piece = decoder.decompress(data, _CHUNK)
            total += len(piece)
            while inner is not None and piece and total <= MAX_UNFOLDED:
                total += len(inner.decompress(piece, _CHUNK))
                piece = inner.unconsumed_tail
            data = decoder.unconsumed_tail
    except zlib.error:
        return total
    return total
