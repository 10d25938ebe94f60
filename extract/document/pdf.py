"""PDF to lines: text a paragraph a line, ruled tables as rows, tables that go on over pages as one; scans by OCR."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from extract.article.lines import Cell, Line, clean, header_rows, table_lines
from extract.document.bounds import MAX_CHARACTERS, MAX_PAGES, check_streams
from extract.document.ocr import read_scan
from extract.document.paragraphs import Printed, paragraphs
from store.model.errors import ReadError

_TOO_MANY_RULES = 15_000
_SCANNED = 12
"""Characters a page below which it has no text layer worth the name (stamps and page numbers of scanners)."""

_EDGE = 0.12
_NUMBERING = re.compile(r"(?i)^[-–—\s]*(?:hal(?:aman)?\.?\s*)?\d{1,4}(?:\s*(?:dari|/|of)\s*\d{1,4})?[-–—\s]*$")
_LOG = logging.getLogger(__name__)
logging.getLogger("pdfminer").setLevel(logging.ERROR)


class Table(NamedTuple):
    """A ruled table on one page: its cells by row and column, and the box it fills."""

    grid: list[list[Cell | None]]
    top: float
    bottom: float


class Sheet(NamedTuple):
    """One page: its printed lines, its tables, both from top to bottom, its height, and whether it is but a picture."""

    number: int
    printed: list[Printed]
    tables: list[Table]
    height: float
    picture: bool = False


def read_pdf(body: bytes) -> list[Line]:
    """All lines of a PDF.

    Raises:
        ReadError: where it is encrypted, broken, too long, a bomb, or a scan that cannot be read here.
    """
    if b"%%EOF" not in body and b"startxref" not in body:
        raise ReadError("it is broken: cut off before its end")
    check_streams(body)
    try:
        with pdfplumber.open(io.BytesIO(body)) as document:
            sheets = _sheets(document)
    except ReadError:
        raise
    except Exception as error:
        if isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error):
            raise ReadError("it is encrypted; it cannot be read without its password") from error
        raise ReadError(f"it is broken: it cannot be read as PDF ({type(error).__name__})") from error
    characters = sum(len(line.text) for sheet in sheets for line in sheet.printed)
    if characters < _SCANNED * len(sheets) and not any(sheet.tables for sheet in sheets):
        return read_scan(body, [sheet.number for sheet in sheets])
    return _lay(sheets, _pictures(body, sheets))


def _pictures(body: bytes, sheets: Sequence[Sheet]) -> dict[int, list[Line]]:
    """The lines of the pages that are pictures between pages of text; where no OCR can read them, that is said and they stay out."""
    numbers = [sheet.number for sheet in sheets if sheet.picture]
    if not numbers:
        return {}
    try:
        lines = read_scan(body, numbers)
    except ReadError as error:
        _LOG.warning("%d of %d pages are pictures and stay unread: %s", len(numbers), len(sheets), error)
        return {}
    return {number: [line for line in lines if line.page == number] for number in numbers}


def _sheets(document: Any) -> list[Sheet]:
    pages = document.pages
    if len(pages) > MAX_PAGES:
        raise ReadError(f"{len(pages):,} pages are more than the {MAX_PAGES} that a document may have")
    if not pages:
        raise ReadError("it is broken: it has no pages")
    sheets: list[Sheet] = []
    characters = 0
    for page in pages:
        characters += len(page.chars)
        if characters > MAX_CHARACTERS:
            raise ReadError(f"it has more than the {MAX_CHARACTERS:,} characters that a document may have")
        sheets.append(_sheet(page))
        page.close()
    return sheets


def _sheet(page: Any) -> Sheet:
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    found = page.find_tables() if 4 <= rules <= _TOO_MANY_RULES else []
    found = [table for table in found if len(table.rows) >= 1 and max(len(row.cells) for row in table.rows) >= 2]
    tables = [Table(_grid(page, table), table.bbox[1], table.bbox[3]) for table in found]
    boxes = [table.bbox for table in found]
    plain = page.filter(lambda item: not _inside(item, boxes)) if boxes else page
    printed = [
        Printed(clean(line["text"]), line["x0"], line["x1"], line["top"], line["bottom"])
        for line in plain.extract_text_lines(return_chars=False, strip=True)
        if line["text"].strip()
    ]
    tables = [table for table in tables if table.grid]
    return Sheet(page.page_number, printed, tables, float(page.height), bool(page.images) and not printed and not tables)


def _inside(item: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    if item.get("object_type") != "char":
        return False
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= across <= right and top <= down <= bottom for left, top, right, bottom in boxes)


def _grid(page: Any, table: Any) -> list[list[Cell | None]]:
    """The table's cells; one that spans rows or columns stands wherever its box reaches."""
    texts = table.extract()
    cells = [
        (box, Cell(_one_line(texts[row][column])))
        for row, line in enumerate(table.rows)
        for column, box in enumerate(line.cells)
        if box is not None
    ]
    edges = sorted({round(box[0], 1) for box, _ in cells})
    grid: list[list[Cell | None]] = []
    for line in table.rows:
        middle = (line.bbox[1] + line.bbox[3]) / 2
        near = [item for item in cells if item[0][1] <= middle <= item[0][3]]
        row: list[Cell | None] = []
        for column in range(len(line.cells)):
            box = line.cells[column]
            left = box[0] if box is not None else edges[min(column, len(edges) - 1)]
            row.append(next((cell for place, cell in near if place[0] - 1 <= left < place[2] - 1), None))
        grid.append(row)
    return [row for row in grid if any(cell is not None and cell.text for cell in row)]


def _one_line(text: str | None) -> str:
    """A cell's text on one line; a word broken at a hyphen stays as printed, without the break."""
    return clean(re.sub(r"(?<=\w)-\n(?=\w)", "-", text or "").replace("\n", " "))


def _lay(sheets: Sequence[Sheet], pictures: Mapping[int, list[Line]]) -> list[Line]:
    """Pages in order: paragraphs and tables by their height, running heads and page numbers out."""
    running = _running(sheets)
    lines: list[Line] = []
    numbers = 0
    open_table: _Growing | None = None
    for sheet in sheets:
        printed = [line for line in sheet.printed if not _runs(line, sheet, running)]
        if pictures.get(sheet.number):
            _close(open_table, lines)
            open_table = None
            lines.extend(pictures[sheet.number])
        top = 0.0
        for table in sheet.tables:
            before = [line for line in printed if top <= line.top < table.top]
            if before:
                _close(open_table, lines)
                open_table = None
                lines.extend(paragraphs(before, sheet.number))
            if open_table is None or not open_table.goes_on(table.grid):
                _close(open_table, lines)
                open_table = _Growing(numbers)
                numbers += 1
            open_table.add(table.grid, sheet.number)
            top = table.bottom
        after = [line for line in printed if line.top >= top]
        if after:
            _close(open_table, lines)
            open_table = None
            lines.extend(paragraphs(after, sheet.number))
    _close(open_table, lines)
    return lines


class _Growing:
    """A table that may go on over the page's end: its rows so far, its heading, and the pages they stand on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.grid: list[list[Cell | None]] = []
        self.pages: list[int | None] = []
        self.headers = 0

    def goes_on(self, grid: Sequence[Sequence[Cell | None]]) -> bool:
        """Whether a table at the top of the next page continues this one: as many columns, and no heading of its own."""
        if len(grid[0]) != len(self.grid[0]):
            return False
        own = header_rows(grid)
        return own == 0 or self._heads(grid[:own])

    def _heads(self, rows: Sequence[Sequence[Cell | None]]) -> bool:
        mine = [_texts(row) for row in self.grid[: self.headers]]
        return bool(mine) and all(_texts(row) in mine for row in rows)

    def add(self, grid: Sequence[Sequence[Cell | None]], page: int) -> None:
        """Take in the rows of one page: a repeated heading is left out, a row broken by the page's end is joined."""
        if not self.grid:
            self.headers = header_rows(grid)
        else:
            mine = [_texts(row) for row in self.grid[: self.headers]]
            while grid and _texts(grid[0]) in mine:
                grid = grid[1:]
            if grid and self._is_rest(grid[0]):
                self.grid[-1] = [_joined(above, below) for above, below in zip(self.grid[-1], grid[0], strict=True)]
                grid = grid[1:]
        self.grid.extend(list(row) for row in grid)
        self.pages.extend([page] * len(grid))

    def _is_rest(self, row: Sequence[Cell | None]) -> bool:
        """A row without its number, in a table whose rows have one, is the rest of the row before the page's end."""
        numbered = self.headers > 0 and len(self.grid) > self.headers
        last = self.grid[-1]
        first = row[0].text if row[0] is not None else ""
        filled = sum(1 for cell in row if cell is not None and cell.text)
        return bool(numbered and not first and last[0] is not None and last[0].text[:1].isdigit() and 0 < filled < len(row))


def _joined(above: Cell | None, below: Cell | None) -> Cell | None:
    if below is None or not below.text:
        return above
    return Cell(f"{above.text} {below.text}".strip()) if above is not None else below


def _texts(row: Sequence[Cell | None]) -> list[str]:
    return [cell.text.lower() if cell is not None else "" for cell in row]


def _close(table: _Growing | None, lines: list[Line]) -> None:
    if table is not None:
        lines.extend(table_lines(table.grid, table.number, table.headers, pages=table.pages))


def _running(sheets: Sequence[Sheet]) -> set[str]:
    """Lines at the edge of the pages that stand, figures apart, on half of them and on three at least."""
    seen = Counter(mark for sheet in sheets for mark in {_mark(line.text) for line in sheet.printed if _at_edge(line, sheet)})
    return {mark for mark, count in seen.items() if count >= max(3, 0.5 * len(sheets))}


def _runs(line: Printed, sheet: Sheet, running: set[str]) -> bool:
    return _at_edge(line, sheet) and (_mark(line.text) in running or bool(_NUMBERING.match(line.text)))


def _at_edge(line: Printed, sheet: Sheet) -> bool:
    return line.top < _EDGE * sheet.height or line.bottom > (1 - _EDGE) * sheet.height


def _mark(text: str) -> str:
    return re.sub(r"\d+", "0", text).lower()
