"""DOCX to lines: paragraphs with the numbers that Word counts for them, tables as rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from extract.article.lines import Cell, Line, Role, clean, header_rows, table_lines
from extract.document.bounds import MAX_CHARACTERS
from store.model.errors import ReadError

_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


def read_word(body: bytes) -> list[Line]:
    """All lines of a DOCX, body text and tables in their order; a table cell holds its paragraphs joined by spaces.

    Pages are counted by the page breaks that Word wrote, from 1.

    Raises:
        ReadError: where it is broken or too long.
    """
    try:
        document = docx.Document(io.BytesIO(body))
        lines = list(_lines(document))
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"it is broken: it cannot be read as DOCX ({type(error).__name__})") from error
    return lines


def _lines(document: Any) -> Iterator[Line]:
    numbering = _Numbering(document)
    page = 1
    tables = characters = 0
    for block in _blocks(document.element.body):
        if block.tag == qn("w:p"):
            text, breaks = _paragraph(block)
            characters += len(text)
            if text:
                marker = numbering.marker(block)
                role: Role = "item" if marker else ""
                yield Line(f"{marker}{text}", "body", role, page=page)
            page += breaks
        else:
            lines, breaks = _table(block, tables, page)
            yield from lines
            characters += sum(len(line.text) for line in lines)
            page += breaks
            tables += 1
        if characters > MAX_CHARACTERS:
            raise ReadError(f"it has more than the {MAX_CHARACTERS:,} characters that a document may have")


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _blocks(child)


def _paragraph(element: Any) -> tuple[str, int]:
    """Text of a paragraph, and how many pages end in it. Deleted and hidden text is left out."""
    parts: list[str] = []
    breaks = 0
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:lastRenderedPageBreak"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:lastRenderedPageBreak") or node.get(qn("w:type")) == "page":
            breaks += 1
        else:
            parts.append(" ")
    return clean("".join(parts)), breaks


def _table(element: Any, number: int, page: int) -> tuple[list[Line], int]:
    grid: list[list[Cell | None]] = []
    pages: list[int | None] = []
    headers = turned = 0
    for row in element.iterchildren(qn("w:tr")):
        line: list[Cell | None] = []
        breaks = 0
        for cell in row.iterchildren(qn("w:tc")):
            found = [_paragraph(paragraph) for paragraph in cell.iter(qn("w:p"))]
            breaks = max(breaks, sum(count for _, count in found))
            across, continues = _spans(cell)
            above = grid[-1][len(line)] if continues and grid and len(line) < len(grid[-1]) else None
            item = above or Cell(clean(" ".join(text for text, _ in found if text)))
            line.extend([item] * across)
        turned += breaks
        grid.append(line)
        pages.append(page + turned)
        repeated = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        headers += repeated and headers == len(grid) - 1
    return table_lines(grid, number, max(headers, header_rows(grid)), pages=pages), turned


def _spans(cell: Any) -> tuple[int, bool]:
    """How many columns a cell spans, and whether it continues the one above."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    across, down = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    width = across.get(qn("w:val"), "1") if across is not None else "1"
    return (min(int(width), 60) if width.isdigit() else 1), down is not None and down.get(qn("w:val"), "continue") == "continue"


class _Numbering:
    """The counters behind Word's automatic lists: a numbered paragraph holds no number of its own."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styles: dict[str, Any] = {style.style_id: style.element for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        kinds = {item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            kind = kinds.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in kind.findall(qn("w:lvl")) if kind is not None else ():
                key = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl"), "0")))
                self._levels[key] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1") or 1),
                )

    def marker(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph with the space after it, "" where it has none."""
        key = self._key(paragraph)
        if key is None or key not in self._levels:
            return ""
        form, text, start = self._levels[key]
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for deeper in [item for item in self._counts if item[0] == key[0] and item[1] > key[1]]:
            del self._counts[deeper]
        for level in range(key[1] + 1):
            other = self._levels.get((key[0], level))
            if other is not None:
                text = text.replace(f"%{level + 1}", _ordinal(self._counts.get((key[0], level), other[2]), other[0]))
        return f"{text.strip()} " if text.strip() else ""

    def _key(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        found = properties.find(qn("w:numPr"))
        style = properties.find(qn("w:pStyle"))
        if found is None and style is not None and style.get(qn("w:val")) in self._styles:
            found = self._styles[style.get(qn("w:val"))].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            return None
        number = _value(found, "numId", "")
        return (number, int(_value(found, "ilvl", "0") or 0)) if number and number != "0" else None


def _value(element: Any, name: str, otherwise: str) -> str:
    child = element.find(qn(f"w:{name}"))
    return str(child.get(qn("w:val"), otherwise)) if child is not None else otherwise


def _ordinal(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for sign, value in _ROMAN:
            while number >= value:
                text += sign
                number -= value
        return text.upper() if form == "upperRoman" else text
    return str(number)
