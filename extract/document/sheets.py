"""Workbooks to lines: every sheet its name, what stands above its table, and its rows; `page` is the sheet's number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from extract.article.lines import Cell, Line, clean, header_rows, table_lines
from extract.document.bounds import MAX_CELLS, MAX_CHARACTERS
from store.model.errors import ReadError

MAX_SHEETS = 200


def read_sheets(body: bytes) -> list[Line]:
    """All lines of an XLSX, XLSB, XLS or ODS workbook, hidden sheets left out.

    Raises:
        ReadError: where it is encrypted, broken or too large.
    """
    try:
        book = python_calamine.load_workbook(io.BytesIO(body))
        shown = [item.name for item in book.sheets_metadata if item.visible == python_calamine.SheetVisibleEnum.Visible]
    except python_calamine.PasswordError as error:
        raise ReadError("it is encrypted; it cannot be read without its password") from error
    except Exception as error:
        raise ReadError(f"it is broken: it cannot be read as a workbook ({error})") from error
    if len(shown) > MAX_SHEETS:
        raise ReadError(f"{len(shown)} sheets are more than the {MAX_SHEETS} that a workbook may have")
    lines: list[Line] = []
    characters = 0
    for number, name in enumerate(shown, start=1):
        try:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * sheet.width > MAX_CELLS:
                raise ReadError(f"sheet {name} spans more than the {MAX_CELLS:,} cells that a sheet may have")
            values = sheet.to_python(skip_empty_area=True)
            merged = [_moved(area, sheet.start or (0, 0)) for area in sheet.merged_cell_ranges or []]
        except ReadError:
            raise
        except Exception as error:
            raise ReadError(f"it is broken: sheet {name} cannot be read ({error})") from error
        found = _sheet(values, merged, number)
        if found and len(shown) > 1:
            lines.append(Line(clean(name), "body", "heading", page=number))
        lines.extend(found)
        characters += sum(len(line.text) for line in found)
        if characters > MAX_CHARACTERS:
            raise ReadError(f"it has more than the {MAX_CHARACTERS:,} characters that a document may have")
    return lines


def cell_text(value: Any) -> str:
    """A cell as an Indonesian would print it: 84,12 with a comma, whole numbers without one, days as ISO dates."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",") if "e" not in f"{value:.10g}" else f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return clean(str(value))


def _sheet(values: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]], number: int) -> list[Line]:
    grid = _grid(values, merged)
    grid = [row for row in grid if any(cell is not None and cell.text for cell in row)]
    if not grid:
        return []
    first = next((index for index, row in enumerate(grid) if header_rows(grid[index : index + 4]) or _filled(row) >= 2), len(grid))
    headed = next((index for index in range(first, min(first + 15, len(grid))) if header_rows(grid[index : index + 4])), first)
    above = grid[:headed] if headed != first else grid[:first]
    lines = [
        Line(" ".join(dict.fromkeys(cell.text for cell in row if cell is not None and cell.text)), "body", page=number) for row in above
    ]
    table = _trim(grid[len(above) :])
    headers = header_rows(table)
    lines.extend(table_lines(table, number - 1, headers, pages=[number] * len(table)))
    return lines


def _grid(values: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]]) -> list[list[Cell | None]]:
    grid: list[list[Cell | None]] = [[Cell(cell_text(value)) if value not in ("", None) else None for value in row] for row in values]
    for top, left, bottom, right in merged:
        if top < 0 or left < 0 or top >= len(grid) or left >= len(grid[top]) or (bottom - top) * (right - left) > MAX_CELLS:
            continue
        for row in grid[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = grid[top][left]
    return grid


def _moved(area: Any, start: tuple[int, int]) -> tuple[int, int, int, int]:
    """A merged area counted from the first filled cell."""
    (top, left), (bottom, right) = area
    return top - start[0], left - start[1], bottom - start[0], right - start[1]


def _filled(row: Sequence[Cell | None]) -> int:
    return len({id(cell) for cell in row if cell is not None and cell.text})


def _trim(grid: list[list[Cell | None]]) -> list[list[Cell | None]]:
    """The table without empty columns at its left and right."""
    used = [column for row in grid for column, cell in enumerate(row) if cell is not None and cell.text]
    return [row[min(used) : max(used) + 1] for row in grid] if used else grid
