"""Where the body of an article begins and ends, and what inside it is not the article."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from extract.boilerplate import byline, markers

MaskKind = Literal["tail", "related", "byline", "credit", "notice", "stamp"]
LineKind = Literal["prose", "item", "link", "short", "section", "ending", "promotion", "related", "byline", "notice", "stamp", "blank"]

_ITEM = re.compile(r"^\s*(?:\d{1,4}\s*[.)]|[a-z]\s*[.)]|[ivxlc]{1,6}[.)]|[-–—•*●▪◦·]\s?|kategori\b|\|)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]*»]*\s*(?:\([^()]{1,30}\)\s*)?[.*]*$|[\"”]\s*$|\([^()]{1,30}\)\.?$")
_HOLE = re.compile(r"^,|,,|,(?=[^\W\d])|(?<=[a-z?!])(?=[A-Z\"“][a-z])")
_RESULT = re.compile(r"\(\s*\d+[.,]?\d*\s*%?\s*\)|\d+[.,]\d+|:\s*\S")
_SOFT: frozenset[LineKind] = frozenset({"related", "byline", "notice", "stamp", "promotion"})
_LONG_REST = 60
_RESUMES_PROMOTION = 0.35
_RESUMES_SECTION = 1.0


class Masked(NamedTuple):
    """A span of the text that is not the article, and why (code points)."""

    start: int
    end: int
    kind: MaskKind


class Line(NamedTuple):
    """One line of a text without its white space at either end."""

    start: int
    end: int
    text: str
    kind: LineKind


def body_span(text: str) -> tuple[int, int]:
    """Start and end (code points) of the article's body: after a leading by-line or stamp, before the tail."""
    return _span(classify(text))


def mask(text: str) -> list[Masked]:
    """The spans of `text` that are out of scope, in order, not overlapping: the tail, and what interrupts the body."""
    lines = classify(text)
    _, end = _span(lines)
    found: list[Masked] = []
    after_related = 0
    for line in lines:
        if line.start >= end:
            break
        if line.kind == "link" and after_related:
            found.append(Masked(line.start, line.end, "related"))
            after_related -= 1
            continue
        after_related = 3 if line.kind in ("related", "section") else after_related if line.kind == "blank" else 0
        if line.kind in ("section", "promotion", "ending"):
            found.append(Masked(line.start, line.end, "notice"))
        elif line.kind == "related":
            found.append(Masked(line.start, line.start + _related_end(line.text), "related"))
        elif line.kind in ("byline", "notice", "stamp"):
            found.append(Masked(line.start, line.end, line.kind))
        elif line.kind != "blank":
            found.extend(_inside(line))
    if text[end:].strip():
        found.append(Masked(end, len(text), "tail"))
    return found


def classify(text: str) -> list[Line]:
    """Every non-empty line of `text` with its kind. A line after a lone label ("Penulis") is a by-line too."""
    lines: list[Line] = []
    label = False
    for match in re.finditer(r"[^\n]+", text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped[0])
        kind: LineKind = "byline" if label and len(stripped) <= 60 else line_kind(stripped)
        label = kind == "byline" and bool(byline.ALONE.match(stripped))
        lines.append(Line(start, start + len(stripped), stripped, kind))
    return lines


def line_kind(line: str) -> LineKind:
    """What one stripped line is by its own words and shape."""
    marked = _marked(line) if len(line) <= markers.LONGEST_MARKER else None
    if marked and not (marked == "related" and len(line) - _related_end(line) > _LONG_REST):
        return marked
    if _ITEM.match(line):
        return "item"
    words = line.split()
    if _SENTENCE_END.search(line[-60:]) and len(words) >= 3:
        return "prose"
    if len(line) > 160:
        return "prose"
    return "link" if _is_headline(line, words) else "short"


def _marked(line: str) -> LineKind | None:
    if markers.RELATED.match(line):
        return "related"
    if markers.SECTION.match(line):
        return "section"
    if markers.PROMOTION.match(line):
        return "promotion"
    if markers.ENDING.match(line) or markers.HASHTAGS.match(line):
        return "ending"
    if markers.NOTICE.match(line):
        return "notice"
    if markers.STAMP.match(line):
        return "stamp"
    if len(line) <= byline.LONGEST_LINE and _is_byline(line):
        return "byline"
    return None


def _is_byline(line: str) -> bool:
    if byline.ALONE.match(line) or byline.WIRE.match(line):
        return True
    closing = markers.INITIALS.match(line)
    if closing and len(line) <= 40:
        return True
    labelled = byline.LINE.match(line)
    return bool(labelled) and len(line.split()) <= 16 and not (len(line) > 80 and _SENTENCE_END.search(line[-60:]))


def _is_headline(line: str, words: list[str]) -> bool:
    """A link's text: four words or more in title case, no final stop, no result, no name of a body in front."""
    if not 20 <= len(line) <= 160 or len(words) < 4 or line[-1] in '.;:,"”' or (markers.BODY_NAMES.match(line) and len(words) <= 6):
        return False
    if _RESULT.search(line):
        return False
    plain = [word for word in words if word.lower().strip("\"'“”(),") not in markers.FUNCTION_WORDS]
    capital = sum(1 for word in plain if not word[:1].islower())
    return capital >= 0.7 * len(plain)


def _span(lines: list[Line]) -> tuple[int, int]:
    if not lines:
        return 0, 0
    first = 0
    while first < len(lines) and lines[first].kind in ("byline", "stamp", "notice", "related", "promotion"):
        first += 1
    if first == len(lines):
        return lines[0].start, lines[-1].end
    last = _last_body_line(lines, _first_ending(lines, first), first)
    return lines[first].start, lines[last].end


def _first_ending(lines: list[Line], first: int) -> int:
    """Index of the first line that ends the body, or the number of lines."""
    after = _prose_after(lines)
    before = 0
    for number, line in enumerate(lines):
        if number < first:
            continue
        if line.kind in ("section", "ending", "promotion", "byline") and before:
            limit = _RESUMES_SECTION if line.kind in ("section", "ending") else _RESUMES_PROMOTION
            if after[number] <= limit * before:
                return number
        if line.kind in ("prose", "item"):
            before += len(line.text)
    return len(lines)


def _prose_after(lines: list[Line]) -> list[int]:
    """For every line, the characters of prose after it that stand in runs of two lines or more: teasers stand alone."""
    after = [0] * len(lines)
    total = run = 0
    length = 0
    for number in range(len(lines) - 1, -1, -1):
        after[number] = total
        if lines[number].kind in ("prose", "item"):
            run += 1
            length += len(lines[number].text)
            total += length if run == 2 else len(lines[number].text) if run > 2 else 0
        elif lines[number].kind not in _SOFT:
            run = length = 0
    return after


def _last_body_line(lines: list[Line], stop: int, first: int) -> int:
    """The last line of the body before `stop`, links and notices after the last sentence cut off."""
    last = stop - 1
    links = 0
    while last > first:
        kind = lines[last].kind
        if kind in _SOFT:
            links = 0
        elif kind == "link":
            links += 1
        else:
            break
        last -= 1
    run = stop - 1 - last
    opens_list = lines[last].text.endswith(":") or lines[last].kind in ("item", "short")
    if run and links == run and (opens_list or (links < 2 and stop == len(lines))):
        return stop - 1  # names under a heading, or a single line that may be a caption: no links
    if opens_list and links:
        return last + links
    return last


def _inside(line: Line) -> list[Masked]:
    """Cross-links, credits and closing initials within one line of the body."""
    found = [
        Masked(line.start + item.start(), line.start + item.end(), "credit") for item in markers.CREDIT_IN_BRACKETS.finditer(line.text)
    ]
    cut = max(0, len(line.text) - 120)
    ending = markers.CREDIT_AT_END.search(line.text[cut:])
    if ending:
        found.append(Masked(line.start + cut + ending.start(), line.start + cut + ending.end(), "credit"))
    cut = max(0, len(line.text) - 60)
    initials = markers.INITIALS.search(line.text[cut:])
    if initials and not ending:
        found.append(Masked(line.start + cut + initials.start(), line.start + cut + initials.end(), "byline"))
    for item in markers.INLINE_RELATED.finditer(line.text):
        found.append(Masked(line.start + item.start(), line.start + _headline_end(line.text, item.start(), item.end()), "related"))
    found.sort()
    return [item for number, item in enumerate(found) if number == 0 or item.start >= found[number - 1].end]


def _related_end(line: str) -> int:
    """Where a cross-link that begins a line ends: with the line, unless prose goes on after the headline."""
    label = markers.INLINE_LABEL.match(line)
    end = _headline_end(line, 0, label.end()) if label else len(line)
    return end if len(line) - end > _LONG_REST else len(line)


def _headline_end(text: str, start: int, position: int) -> int:
    """Where the headline of an inline cross-link stops: its bracket, a sentence's end, a hole, or the first plain small words."""
    if text[start] in "([":
        close = text.find(")" if text[start] == "(" else "]", position, position + 250)
        if close >= 0:
            return close + 1
    small = 0
    end = position
    for word in re.finditer(r"\S+", text[position : position + 250]):
        token = word.group()
        hole = _HOLE.search(token)
        if hole:
            return position + word.start() + hole.start()
        if token[0].islower() and token.lower() not in markers.FUNCTION_WORDS:
            small += 1
            if small == 2 or end == position:
                break
        else:
            small = 0
        end = position + word.end()
        if token[-1] in ".!?":
            break
    return end
