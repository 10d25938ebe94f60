"""Documents as articles: PDF, DOCX, XLSX, XLS, XLSB and ODS, bounded in size and pages, with their tables as rows."""

from __future__ import annotations

import io
import zipfile

from extract.article.decoding import MAX_BYTES as MAX_PAGE_BYTES
from extract.article.language import detect_language
from extract.article.lines import Line, lay_lines
from extract.article.page import read_html
from extract.document.bounds import MAX_BYTES, check_archive
from extract.document.headings import document_date, document_title
from store.model.errors import ReadError
from store.model.keys import article_key
from store.model.records import Article

__all__ = ["read_document"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(body: bytes, mime: str, url: str | None = None, *, outlet: str | None = None) -> Article:
    """The article in a document: its text a paragraph a line, its tables as rows with their page (or sheet) and number.

    What the bytes are decides, not what `mime` claims; `mime` is named in the reason where nothing is recognised. A page
    saved as HTML under a document's name is read as a page.

    Raises:
        ReadError: where it is empty, too large, encrypted, broken, of a kind that is not read, or a scan that no
            OCR on this machine can read.
    """
    name = url or "document"
    try:
        lines = _lines(body, mime)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error
    if lines is None:
        return read_html(body, url, outlet=outlet)
    if not any(line.text.strip() for line in lines):
        raise ReadError(f"{name}: there is no text in it")
    text, rows = lay_lines(lines)
    title = document_title(lines)
    return Article(
        key=article_key(url, text),
        url=url,
        outlet=outlet,
        title=title,
        published=document_date(text),
        language=detect_language(title, text),
        text=text,
        rows=rows,
    )


def _lines(body: bytes, mime: str) -> list[Line] | None:
    """The document's lines; None where it is an HTML page."""
    if not body.strip():
        raise ReadError("it is empty")
    if len(body) > MAX_BYTES:
        raise ReadError(f"{len(body):,} bytes are more than the {MAX_BYTES:,} that a document may have")
    if b"%PDF-" in body[:1024]:
        from extract.document.pdf import read_pdf

        return read_pdf(body)
    if body[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _from_archive(body)
    if body[:8] == _OLE:
        return _from_ole(body)
    head = body[:2048].lstrip().lower()
    if len(body) <= MAX_PAGE_BYTES and head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        return None
    raise ReadError(f"it is no PDF, DOCX, XLSX, XLS or ODS (it was served as {mime or 'nothing in particular'})")


def _from_archive(body: bytes) -> list[Line]:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(body)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError(f"it is broken: not a readable archive ({error})") from error
    if "word/document.xml" in names:
        from extract.document.word import read_word

        check_archive(body, spreadsheet=False)
        return read_word(body)
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        from extract.document.sheets import read_sheets

        if "content.xml" in names and b"opendocument.spreadsheet" not in body[:200]:
            raise ReadError("it is an OpenDocument text or presentation; only ODS is read, save it as PDF or DOCX")
        check_archive(body, spreadsheet=True)
        return read_sheets(body)
    raise ReadError("it is an archive without a document or workbook in it")


def _from_ole(body: bytes) -> list[Line]:
    wide = body[:200_000]
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise ReadError("it is encrypted; it cannot be read without its password")
    if "WordDocument".encode("utf-16-le") in wide or "WordDocument".encode("utf-16-le") in body:
        raise ReadError("it is an old Word document (.doc); save it as DOCX or PDF")
    from extract.document.sheets import read_sheets

    return read_sheets(body)
