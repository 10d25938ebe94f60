"""Scans without a text layer: read by tesseract where it is installed with Indonesian, else set aside with the reason."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache

import pypdfium2

from extract.article.lines import Line, clean
from store.model.errors import ReadError

MAX_SCANNED_PAGES = 40
_SCALE = 200 / 72
_LARGEST = 4000
_SECONDS = 90
_CONFIDENT = 3
_ONE_THREAD = ("env", "OMP_THREAD_LIMIT=1")
"""Tesseract's own threads make it slower on a busy machine; documents are read side by side instead."""


def read_scan(body: bytes, pages: Sequence[int]) -> list[Line]:
    """The lines that OCR reads on the given pages of a PDF, counted from 1.

    Raises:
        ReadError: where tesseract or its Indonesian data is not installed, the scan is too long, or nothing is read.
    """
    program = tesseract()
    if program is None:
        raise ReadError(
            "it is a scan without a text layer and there is no OCR here to read it; install tesseract with Indonesian "
            "(Debian: tesseract-ocr tesseract-ocr-ind)"
        )
    if len(pages) > MAX_SCANNED_PAGES:
        raise ReadError(f"it is a scan of {len(pages)} pages, more than the {MAX_SCANNED_PAGES} that are read by OCR")
    lines: list[Line] = []
    with pypdfium2.PdfDocument(body) as document:
        for number in pages:
            page = document[number - 1]
            scale = min(_SCALE, _LARGEST / max(1.0, *page.get_size()))
            picture = io.BytesIO()
            page.render(scale=scale, grayscale=True).to_pil().save(picture, format="PNG")
            lines.extend(_read(program, picture.getvalue(), number))
    if not lines:
        raise ReadError("it is a scan on which OCR reads nothing")
    return lines


@lru_cache(maxsize=1)
def tesseract() -> str | None:
    """The path of tesseract with Indonesian data, None where there is none."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 a fixed command
    return program if "ind" in listed.stdout.split() else None


def _read(program: str, picture: bytes, page: int) -> list[Line]:
    command = [*_ONE_THREAD, program, "stdin", "stdout", "-l", "ind", "--psm", "3"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 a fixed command
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"it is a scan whose page {page} takes OCR longer than {_SECONDS} seconds") from error
    if done.returncode != 0:
        raise ReadError(f"it is a scan whose page {page} OCR cannot read ({done.stderr.decode('utf-8', 'replace').strip()[:120]})")
    blocks = done.stdout.decode("utf-8", "replace").replace("\f", "\n").split("\n\n")
    texts = [clean(block.replace("\n", " ")) for block in blocks]
    return [Line(text, "body", page=page) for text in texts if sum(character.isalnum() for character in text) >= _CONFIDENT]
