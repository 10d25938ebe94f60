"""An element to lines of text: one paragraph a line, list items with their markers, tables row by row, cross-links left out."""

from __future__ import annotations

import re
from typing import Any

from extract.article.container import BLOCKS, SKIPPED, is_data_table, is_hidden, looks_like_chrome, names
from extract.article.lines import Cell, Line, Place, Role, clean, header_rows, table_lines

_MARKED = re.compile(r"^(?:\d{1,4}\s?[.)]|[a-zA-Z][.)]\s|[-–—•*●▪◦·✓➢►]\s?)")
_AUTHOR = re.compile(
    r"(?i)(?:^|[\s_-])(?:author\w*|penulis\w*|byline|reporter|writer|journalist|jurnalis|wartawan|pewarta|creator|vcard|kontributor)(?:$|[\s_-]|\d)"
)
_EDITOR = re.compile(r"(?i)(?:^|[\s_-])(?:editor|redaktur|penyunting)(?:$|[\s_-]|\d)")
_DATE = re.compile(
    r"(?i)(?:^|[\s_-])(?:date\w*|tanggal|tgl|waktu|time|timestamp|published?|posted-on|posted|pubdate|createdat)(?:$|[\s_-]|\d)"
)
_CAPTION = re.compile(
    r"(?i)(?:^|[\s_-])(?:captions?\w*|wp-caption-text|foto-?caption|keterangan-?(?:foto|gambar)|ket-?foto|image-?desc\w*|photo-?desc\w*)(?:$|[\s_-]|\d)"
)
_DEEPEST = 120
_PARAGRAPH = 70
_LEAD = 160
"""Characters of prose after which by-lines and dates in front of the body are no longer looked for."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


class Renderer:
    """Walks one region once. `body` is the element whose lines are the article; chrome outside and inside is skipped.

    What stands in the body up to `heading`, or up to a by-line or date in front of the first paragraph, is moved before it.
    """

    def __init__(self, body: Any, heading: Any | None = None, teasers: frozenset[Any] = frozenset()) -> None:
        self.lines: list[Line] = []
        self.tables = 0
        self._body = body
        self._heading = heading
        self._teasers = teasers
        self._prose = False
        self._read = 0
        self._size = max(1, len(body.text_content()))
        self._place: Place = "before"
        self._parts: list[str] = []
        self._linked = 0
        self._marker = ""
        self._role: Role = ""

    def render(self, element: Any) -> list[Line]:
        """All lines of `element` and what is in it."""
        self._walk(element, 0, False)
        self._flush()
        return self.lines

    def _flush(self) -> None:
        text = clean("".join(self._parts))
        if text:
            marker = "" if not self._marker or _MARKED.match(text) else self._marker
            role: Role = "item" if self._marker else self._role
            self.lines.append(Line(marker + text, self._place, role, min(self._linked, len(text))))
            self._marker = ""
            if self._place == "body" and not self._prose:
                self._lead(role, text)
        self._parts, self._linked = [], 0

    def _lead(self, role: Role, text: str) -> None:
        """In front of the first paragraph: a by-line or a date shows that all before it, and it, is not the body."""
        if role in ("author", "editor", "date"):
            self._move_before()
        elif role == "" and (len(text) >= _PARAGRAPH or text[-1] in '.!?"”'):
            self._read += len(text)
            self._prose = self._read >= _LEAD

    def _move_before(self) -> None:
        for line in self.lines:
            if line.place == "body":
                line.place = "before"

    def _add(self, text: str | None, linked: bool) -> None:
        if text:
            self._parts.append(text)
            if linked:
                self._linked += len(text.strip())

    def _walk(self, element: Any, depth: int, linked: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._flush()
            return
        if self._is_left_out(element):
            return
        if depth > _DEEPEST:
            self._add(element.text_content(), linked)
            return
        is_body = element is self._body
        if is_body:
            self._flush()
            self._place = "body"
        block = tag in BLOCKS
        role = self._role
        own = self._role_of(element) if role != "caption" else ""
        if block or (own and own != role):
            self._flush()
        self._role = own or role
        if tag == "table" and is_data_table(element):
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element, depth, linked)
        else:
            self._children(element, depth, linked or tag == "a")
        if block or self._role != role:
            self._flush()
        self._role = role
        if element is self._heading and self._place == "body":
            self._flush()
            self._move_before()
        if is_body:
            self._flush()
            self._place = "after"

    def _children(self, element: Any, depth: int, linked: bool) -> None:
        self._add(element.text, linked)
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child, depth + 1, linked)
            self._add(child.tail, linked)

    def _list(self, element: Any, depth: int, linked: bool) -> None:
        start = element.get("start") or "1"
        number = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
        letters = (element.get("type") or "") in ("a", "A")
        self._add(element.text, linked)
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "li" and not self._is_left_out(child):
                    self._flush()
                    ordinal = chr(96 + number) if letters and number <= 26 else str(number)
                    self._marker = f"{ordinal}. " if element.tag == "ol" else "- "
                    number += 1
                self._walk(child, depth + 1, linked)
                self._marker = ""
            self._add(child.tail, linked)

    def _table(self, table: Any) -> None:
        number = self.tables
        self.tables += 1
        if (caption := table.find("caption")) is not None:
            self._add(caption.text_content(), False)
            self._flush()
        grid, headers = _grid(table)
        self.lines.extend(table_lines(grid, number, max(headers, header_rows(grid)), self._place))

    def _role_of(self, element: Any) -> Role:
        tag = element.tag
        if tag in _HEADINGS:
            return "heading"
        if tag == "figcaption":
            return "caption"
        if tag == "time":
            return "date"
        named = f"{names(element)} {element.get('itemprop') or ''} {element.get('rel') or ''}"
        if len(named) <= 2:
            return ""
        if _CAPTION.search(named):
            return "caption"
        if self._place == "body" and self._prose:
            return ""
        if _EDITOR.search(named):
            return "editor"
        if _AUTHOR.search(named):
            return "author"
        return "date" if _DATE.search(named) else ""

    def _is_left_out(self, element: Any) -> bool:
        if element is self._body:
            return False
        if element.tag in SKIPPED or element in self._teasers or is_hidden(element):
            return True
        if not looks_like_chrome(element):
            return False
        length = len(element.text_content())
        return length < 0.5 * self._size and not any(child is self._body for child in element.iter(self._body.tag))


def _grid(table: Any) -> tuple[list[list[Cell | None]], int]:
    """The table's cells by row and column, spans filled in, and how many rows at its top say that they head it."""
    grid: list[list[Cell | None]] = []
    below: dict[int, tuple[Cell, int]] = {}
    headers = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        line: list[Cell | None] = []
        for cell in cells:
            _fill(line, below)
            item = Cell(clean(" ".join(cell.itertext())))
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for _ in range(across):
                if down > 1:
                    below[len(line)] = (item, down)
                line.append(item)
        _fill(line, below)
        below = {column: (item, left - 1) for column, (item, left) in below.items() if left > 1}
        grid.append(line)
        parent = row.getparent()
        heads = bool(cells) and ((parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in cells))
        headers += heads and headers == len(grid) - 1
    return grid, headers


def _fill(line: list[Cell | None], below: dict[int, tuple[Cell, int]]) -> None:
    """Put the cells that reach down from rows above where the line has come to."""
    while len(line) in below:
        line.append(below[len(line)][0])


def _span(cell: Any, name: str) -> int:
    text = cell.get(name) or "1"
    return min(max(int(text), 1), 100) if re.fullmatch(r"\d{1,4}", text) else 1
