"""Document structure first: one text with offsets, cut into sentences that know what they are.

Title and body are laid into one string (`Page.full`); `Page.where` turns an offset back into the article's title or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from store.model.records import Article, Evidence

Kind = Literal["title", "body", "heading", "item", "caption", "quote", "masked"]

_MARKER = re.compile(r"\s*(?:\(?(\d{1,3})[.)](?=\D)|\(?([a-z])[.)](?=\s)|[-–—•*▪●·✓➢►](?=\s*\w))\s*")
_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9À-Ý])|[.!?…][\"”’'][\"”’')\]]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“/.,])(?:[A-Z]|[A-Z][a-z]{0,2}|dr|drs|dra|drg|ir|hj|kh|prof|no|jl|jln|jend|kab|kec|kel|prov|st|moh|muh|moch|mokh|much|mhd|achm|abd|tgk|"
    r"dll|dsb|tgl|pkl|hlm|ust|lettu|kol|brigjen|mayjen|letjen|kombes|ak[bp]p?|kompol|irjen|komjen|purn|s\.?h|m\.?si|sos|ag|pd|kes|hum|eng|sc)$",
    re.IGNORECASE,
)
_GAP = "\n\n"


class _Piece(NamedTuple):
    """A sentence before its heading is known."""

    start: int
    end: int
    kind: Kind
    line: int
    number: int | None = None
    number_at: int | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence, list item or heading: offsets into `Page.full`, its kind, its line, the heading it hangs under."""

    index: int
    start: int
    end: int
    kind: Kind
    line: int
    number: int | None = None
    """The printed number of a list item."""
    number_at: int | None = None
    """Where that number is printed."""
    head: int | None = None
    """Index of the sentence that introduces this list item."""


@dataclass
class Page:
    """An article laid out for reading."""

    article: Article
    full: str
    shift: int
    """Where the article's text starts in `full`."""
    sentences: list[Sentence] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    """Spans between quotation marks, marks left out."""

    def where(self, start: int, end: int, name: str) -> Evidence:
        """Evidence for field `name` from offsets into `full`."""
        text = self.full[start:end]
        if end <= len(self.article.title):
            return Evidence(field=name, where="title", start=start, end=end, text=text)
        return Evidence(field=name, where="text", start=start - self.shift, end=end - self.shift, text=text)

    def text(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return self.full[sentence.start : sentence.end]

    def in_quote(self, at: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        return any(start <= at < end for start, end in self.quotes)


def lay_out(article: Article, masked: list[tuple[int, int]]) -> Page:
    """Lay an article out; `masked` are spans of its text (boilerplate, links) that are not read."""
    full = article.title + _GAP + article.text
    page = Page(article, full, len(article.title) + len(_GAP))
    pieces: list[_Piece] = []
    if article.title.strip():
        pieces.append(_Piece(0, len(article.title), "title", 0))
    spans = sorted((start + page.shift, end + page.shift) for start, end in masked)
    for line, (start, end) in enumerate(_lines(full, page.shift), 1):
        for left, right in _unmasked(start, end, spans):
            pieces.extend(_pieces(full, left, right, line))
    page.sentences = _with_heads(full, pieces)
    page.quotes = _quotes(full)
    return page


def _lines(full: str, start: int) -> Iterator[tuple[int, int]]:
    """Paragraphs; a line that was only wrapped (the next one goes on in lower case) belongs to the same."""
    at, size = start, len(full)
    begin = at
    while at <= size:
        stop = full.find("\n", at)
        stop = size if stop < 0 else stop
        rest = full[stop + 1 : stop + 3].lstrip(" ")
        wrapped = (
            stop < size
            and full[at:stop].strip()
            and full[stop - 1] not in '.:;!?”"'
            and rest[:1].islower()
            and not _MARKER.match(full, stop + 1)
        )
        if not wrapped:
            if full[begin:stop].strip():
                yield begin, stop
            begin = stop + 1
        at = stop + 1


def _unmasked(start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a line when the masked spans are taken out."""
    for left, right in spans:
        if right <= start or left >= end:
            continue
        if full_of := (max(left, start) - start):
            yield start, start + full_of
        start = min(right, end)
        if start >= end:
            return
    yield start, end


def _pieces(full: str, start: int, end: int, line: int) -> Iterator[_Piece]:
    """The sentences of one line; a list marker at its start makes the first one an item."""
    while start < end and full[start].isspace():
        start += 1
    marker = _MARKER.match(full, start, end)
    kind: Kind = "body"
    number, number_at = None, None
    if marker and marker.end() < end:
        kind = "item"
        number, number_at = (int(marker.group(1)), marker.start(1)) if marker.group(1) else (None, None)
        start = marker.end()
    begin = start
    for stop in _stops(full, start, end):
        if full[begin:stop].strip():
            yield _Piece(begin, stop, kind, line, number, number_at)
        begin = stop
        while begin < end and full[begin].isspace():
            begin += 1


def _stops(full: str, start: int, end: int) -> Iterator[int]:
    for mark in _END.finditer(full, start, end):
        if full[mark.start()] == "." and _ABBREVIATION.search(full, max(start, mark.start() - 8), mark.start()):
            continue
        yield mark.end()
    yield end


def _with_heads(full: str, pieces: list[_Piece]) -> list[Sentence]:
    """Mark headings, and give every list item the heading it hangs under."""
    sentences: list[Sentence] = []
    head: int | None = None
    open_list = False
    for index, (start, end, kind, line, number, number_at) in enumerate(pieces):
        text = full[start:end].strip()
        alone = (index == 0 or pieces[index - 1].line != line) and (index + 1 == len(pieces) or pieces[index + 1].line != line)
        short = len(text) < 120 and alone and not text.endswith((".", "!", "?", "”", '"', ","))
        if kind == "body" and text.endswith(":") and len(text) < 400:
            kind, head, open_list = ("heading" if alone else "body"), index, True
            sentences.append(Sentence(index, start, end, kind, line))
            continue
        if kind == "body" and open_list and short and len(text.split()) <= 14:
            kind = "item"  # a list without marks: short lines after a heading
        if kind == "body":
            open_list = False
            if short and len(text.split()) <= 12:
                kind, head = "heading", index
            elif alone or not short:
                head = index
        sentences.append(Sentence(index, start, end, kind, line, number, number_at, head if kind == "item" else None))
    return sentences


def _quotes(full: str) -> list[tuple[int, int]]:
    """Spans in quotation marks of either style, within one line, no longer than a paragraph."""
    found = [(m.start(1), m.end(1)) for m in re.finditer(r"“([^“”\n]{12,1500})[”\n]", full)]
    found += [(m.start(1), m.end(1)) for m in re.finditer(r"(?<![\w\"])\"(?=\S)([^\"\n]{12,1500})\"", full)]
    return sorted(found)
