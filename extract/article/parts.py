"""One article over several pages as one article."""

from __future__ import annotations

from collections.abc import Sequence

from extract.article.language import detect_language
from store.model.errors import ReadError
from store.model.records import Article, Row


def join_parts(parts: Sequence[Article]) -> Article:
    """The parts of one article, in their order, as one. A paragraph that an earlier part had (a repeated lead) is left out.

    Key, address, title and moment are the first part's; people and tags are gathered from all.

    Raises:
        ReadError: where there is no part.
    """
    if not parts:
        raise ReadError("an article without parts cannot be joined")
    first = parts[0]
    if len(parts) == 1:
        return first
    pieces: list[str] = []
    rows: list[Row] = []
    seen: set[str] = set()
    position = tables = 0
    for number, part in enumerate(parts):
        starts = {row.start for row in part.rows}
        moved: dict[int, int] = {}
        offset = 0
        for line in part.text.split("\n"):
            key = line.strip()
            if number == 0 or offset in starts or key not in seen or len(key) < 25:
                moved[offset] = position
                pieces.append(line)
                position += len(line) + 1
            offset += len(line) + 1
        seen.update(line.strip() for line in part.text.split("\n"))
        rows.extend(_move(row, moved, tables) for row in part.rows)
        tables += 1 + max((row.table for row in part.rows), default=-1)
    text = "\n".join(pieces)
    return first.model_copy(
        update={
            "text": text,
            "rows": tuple(rows),
            "authors": _gather(part.authors for part in parts),
            "editors": _gather(part.editors for part in parts),
            "tags": _gather(part.tags for part in parts),
            "language": detect_language(first.title, text) or first.language,
        }
    )


def _move(row: Row, moved: dict[int, int], tables: int) -> Row:
    """The row where it stands now; its cells move with the line each of them stands in."""
    starts = sorted(moved)

    def shift(place: int) -> int:
        line = max((start for start in starts if start <= place), default=0)
        return place - line + moved.get(line, 0)

    cells = tuple((shift(start), shift(start) + end - start) for start, end in row.cells)
    return row.model_copy(
        update={"start": shift(row.start), "end": shift(row.start) + row.end - row.start, "table": row.table + tables, "cells": cells}
    )


def _gather(groups: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))  # type: ignore[attr-defined]
