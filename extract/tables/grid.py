"""The tables of an article: heads, data rows, the words above each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from extract.tables.columns import RESULTS, Role, role_of, roles_of
from store.model.records import Article, Row

_LOOK = 6
"""Rows at the top of a table among which its head is looked for."""


@dataclass(frozen=True)
class Table:
    """One table of an article's text; offsets are the text's."""

    number: int
    heads: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    """Its data rows, those that head a group included."""
    start: int
    end: int
    above: tuple[int, int]
    """The words between the table before and this one."""
    head_text: str

    def column(self, role: Role) -> int | None:
        """Which column holds a role, None where none does."""
        return self.roles.index(role) if role in self.roles else None

    @property
    def tells_results(self) -> bool:
        """Whether any column says what the recipient holds; else the table is a list of names."""
        return bool({*RESULTS, "award", "innovation", "category", "giver"} & set(self.roles))

    @property
    def refused(self) -> str:
        """Why the columns cannot be understood; empty where they can."""
        if not self.heads:
            return "no row heads its columns"
        if "recipient" in self.roles:
            return "" if self.tells_results or len(self.roles) <= 3 else "no column holds a result"
        if "award" in self.roles:
            return ""
        return "no column names who holds a result, or an award"


def tables_of(article: Article, on_scale: Callable[[str], bool]) -> list[Table]:
    """Every table in its order."""
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in article.rows:
        grouped[row.table].append(row)
    tables: list[Table] = []
    before = 0
    for number, rows in sorted(grouped.items(), key=lambda item: item[1][0].start):
        tables.append(_table(article.text, number, rows, before, on_scale))
        before = rows[-1].end
    return tables


def cell_text(text: str, row: Row, column: int | None) -> str:
    """What stands in a cell, empty where there is none."""
    return text[slice(*row.cells[column])].strip() if column is not None and column < len(row.cells) else ""


def _table(text: str, number: int, rows: list[Row], before: int, on_scale: Callable[[str], bool]) -> Table:
    width = max(len(row.cells) for row in rows)
    top = [row for row in rows if row.header] or _unmarked_head(text, rows)
    data = [row for row in rows if not row.header and (not top or row.start > top[-1].start)]
    heads = tuple(_head(text, top, column) for column in range(width)) if top else ()
    full = [row for row in data if len(row.cells) == width]
    columns = [[cell_text(text, row, column) for row in full] for column in range(width)]
    roles = tuple(roles_of(heads, columns, on_scale)) if heads else ()
    return Table(
        number,
        heads,
        roles,
        tuple(data),
        rows[0].start,
        rows[-1].end,
        (before, (top or rows)[0].start),
        " ".join(text[row.start : row.end] for row in top),
    )


def _unmarked_head(text: str, rows: list[Row]) -> list[Row]:
    """The head of a table that marks none: the first row near its top whose cells name columns."""
    for row in rows[:_LOOK]:
        found = {role_of(text[slice(*cell)]) for cell in row.cells if len(text[slice(*cell)]) <= 40} - {"other"}
        if (
            len(found) >= 2
            and found & {"recipient", "award", "unit"}
            and not re.search(r"\d{2},\d|\b\d{1,3}\s\|", text[row.start : row.end])
        ):
            return [row]
    return []


def _head(text: str, top: list[Row], column: int) -> str:
    """The head of a column: its lowest row first, rows that only number the columns left out."""
    parts = [cell_text(text, row, column) for row in reversed(top)]
    return " ".join(dict.fromkeys(part for part in parts if part and not re.fullmatch(r"\(?\d{1,2}[.)]?", part)))
