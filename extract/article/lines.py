"""Lines of a rendered page or document, and how they are laid into one text with its table rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from store.model.records import Row

Place = Literal["before", "body", "after"]
Role = Literal["", "author", "editor", "date", "caption", "heading", "item", "row"]

CELL_SEPARATOR = " | "
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_NUMBER_HEADING = re.compile(r"(?i)^(?:no|nomor|nomer|#|no\.? ?urut)\.?$")
_ORDINAL = re.compile(r"^\(?(\d{1,3})[.)]?$")
_DEEPEST_HEADER = 4


@dataclass
class Line:
    """One line: its text, where it stands, what it is, how much of it is link text, and its page where it has one.

    Of a table row, `cells` holds one (line, start, end) a column: the line in which the cell is printed and its span
    there. A cell that spans rows or columns is printed once and stands under every row and column it spans.
    """

    text: str
    place: Place = "body"
    role: Role = ""
    linked: int = 0
    table: int = -1
    header: bool = False
    page: int | None = None
    cells: list[tuple[Line, int, int]] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Cell:
    """One cell of a table, by identity: the same object stands wherever it spans."""

    text: str


Grid = Sequence[Sequence[Cell | None]]


def clean(text: str) -> str:
    """One space for any white space, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", text).split())


def table_lines(grid: Grid, table: int, headers: int = 0, place: Place = "body", pages: Sequence[int | None] = ()) -> list[Line]:
    """The rows of a table as lines, empty rows left out. `headers` rows at the top head it; `pages` names each row's page."""
    printed: dict[int, tuple[Line, int, int]] = {}
    lines: list[Line] = []
    for number, row in enumerate(grid):
        line = Line("", place, "row", table=table, header=number < headers, page=pages[number] if pages else None)
        parts: list[str] = []
        position = 0
        for cell in row:
            if cell is not None and id(cell) not in printed:
                printed[id(cell)] = (line, position, position + len(cell.text))
                parts.append(cell.text)
                position += len(cell.text) + len(CELL_SEPARATOR)
        if not any(parts):
            continue
        line.text = CELL_SEPARATOR.join(parts)
        line.cells = [printed[id(cell)] if cell is not None else (line, len(line.text), len(line.text)) for cell in row]
        lines.append(line)
    return lines


def header_rows(grid: Grid) -> int:
    """How many rows at the top of a table head it: a row that begins with "No", what hangs under it, and a row that numbers columns."""
    count = 0
    for row in grid[:_DEEPEST_HEADER]:
        cells = [cell for cell in row if cell is not None and cell.text]
        first = row[0] if row else None
        same = count > 0 and first is not None and first is grid[0][0]
        opens = count == 0 and first is not None and bool(_NUMBER_HEADING.match(first.text)) and len(cells) > 1
        if not (opens or same or (count > 0 and _numbers_columns(cells))):
            break
        count += 1
    return count


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row reads (1) (2) (3) …: two columns or more, numbered from one."""
    ordinals = [int(match.group(1)) for cell in cells if (match := _ORDINAL.match(cell.text))]
    return len(cells) >= 3 and ordinals == list(range(1, len(cells) + 1))


def lay_lines(lines: Sequence[Line]) -> tuple[str, tuple[Row, ...]]:
    """Lines as one text, one a line, and its table rows with the spans of their cells in it.

    Data rows are numbered from 1 in their table, header rows are 0. A row that one cell fills (the heading of a
    group) has that cell only; otherwise there is one span a column, an empty one where the cell is empty.
    """
    starts: dict[int, int] = {}
    rows: list[Row] = []
    counts: dict[int, int] = {}
    position = 0
    for line in lines:
        starts[id(line)] = position
        if line.role == "row":
            counts[line.table] = counts.get(line.table, 0) + (not line.header)
            number = 0 if line.header else counts[line.table]
            end = position + len(line.text)
            spans = [(starts[id(at)] + first, starts[id(at)] + last) if id(at) in starts else (end, end) for at, first, last in line.cells]
            if len({span for span in spans if span[1] > span[0]}) == 1:
                spans = [span for span in spans if span[1] > span[0]][:1]
            rows.append(Row(start=position, end=end, table=line.table, page=line.page, row=number, header=line.header, cells=tuple(spans)))
        position += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(rows)
