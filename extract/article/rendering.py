"""An element to lines of text: one paragraph a line, list items with their markers, tables row by row, cross-links left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.article.container import BLOCKS, CHROME, SKIPPED, is_data_table, is_hidden, names

Place = Literal["before", "body", "after"]
Role = Literal["", "author", "editor", "date", "caption", "heading", "item", "row"]

CELL_SEPARATOR = " | "
_MARKED = re.compile(r"^(?:\d{1,4}\s?[.)]|[a-zA-Z][.)]\s|[-–—•*●▪◦·✓➢►]\s?)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
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


@dataclass
class Line:
    """One line of a rendered page: its text, where it stands, what it is, how much of it is link text.

    `cells` are (column, start, end) of a table row's cells in `text`, empty ones included; `carried` are cells of
    rows above that span down to this one: (column, their line, their number in it).
    """

    text: str
    place: Place
    role: Role = ""
    linked: int = 0
    table: int = -1
    header: bool = False
    cells: list[tuple[int, int, int]] = field(default_factory=list)
    carried: list[tuple[int, Line, int]] = field(default_factory=list)


class Renderer:
    """Walks one region once. `body` is the element whose lines are the article; chrome outside and inside is skipped.

    What stands in the body up to `heading`, or up to a by-line or date in front of the first paragraph, is moved before it.
    """

    def __init__(self, body: Any, heading: Any | None = None) -> None:
        self.lines: list[Line] = []
        self.tables = 0
        self._body = body
        self._heading = heading
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
        carried: dict[int, tuple[int, Line, int]] = {}
        for row in table.iter("tr"):
            line = _table_line(row, self._place, number, carried)
            if line is not None:
                self.lines.append(line)

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
        if element.tag in SKIPPED or is_hidden(element):
            return True
        named = names(element)
        if not named or element.tag in ("body", "html", "article", "main") or not CHROME.search(named):
            return False
        length = len(element.text_content())
        return length < 0.5 * self._size and not any(child is self._body for child in element.iter(self._body.tag))


def clean(text: str) -> str:
    """One space for any white space, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", text).split())


def _table_line(row: Any, place: Place, table: int, carried: dict[int, tuple[int, Line, int]]) -> Line | None:
    """One row as a line. A cell that spans rows is printed once; later rows keep a reference to it under its column."""
    texts: list[tuple[int, str, int]] = []
    column = 0
    kept: list[tuple[int, Line, int]] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        while column in carried:
            kept.append((column, carried[column][1], carried[column][2]))
            column += 1
        down = cell.get("rowspan") or "1"
        texts.append((column, clean(" ".join(cell.itertext())), int(down) if re.fullmatch(r"\d{1,3}", down) else 1))
        across = cell.get("colspan") or "1"
        column += int(across) if re.fullmatch(r"\d{1,2}", across) else 1
    kept.extend((number, line, cell) for number, (_, line, cell) in carried.items() if number >= column)
    for number in list(carried):
        left, origin, position = carried[number]
        if left <= 1:
            del carried[number]
        else:
            carried[number] = (left - 1, origin, position)
    if not any(text for _, text, _ in texts):
        return None
    parent = row.getparent()
    header = (parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in row if cell.tag in ("td", "th"))
    line = Line(CELL_SEPARATOR.join(text for _, text, _ in texts), place, "row", 0, table, header, [], kept)
    position = 0
    for index, (number, text, down) in enumerate(texts):
        line.cells.append((number, position, position + len(text)))
        position += len(text) + len(CELL_SEPARATOR)
        if down > 1:
            carried[number] = (down - 1, line, index)
    return line
