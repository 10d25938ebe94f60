"""Who wrote and who edited, as the text itself says: "Penulis : …", "(abc/def)", "Laporan wartawan …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extract.boilerplate.markers import INITIALS

_AUTHOR = (
    r"penulis|reporter|pewarta|wartawan|jurnalis|kontributor|oleh|laporan|rep|author|naskah|ditulis oleh|written by"
    r"|peliput|liputan|tim liputan"
)
_EDITOR = r"editor|penyunting|redaktur(?: pelaksana)?|red|disunting oleh|edited by|penyelia"
_OTHER = r"sumber(?: foto| berita)?|publisher|uploader|foto(?:grafer)?|videografer|kamera|penerjemah|desain(?:er)?|copyright|published"
_LABEL = rf"(?:{_AUTHOR}|{_EDITOR}|{_OTHER})"
LABELLED = re.compile(rf"(?i)(?P<label>\b{_LABEL}(?: ?(?:&|/|dan) ?{_LABEL})?)[ \t]*[:：][ \t]*(?P<names>[^\n|]*)")
LINE = re.compile(rf"(?i)^[\W_]{{0,4}}{_LABEL}(?: ?(?:&|/|dan) ?{_LABEL})?[ \t]*[:：]")
"""A line that is a by-line: it begins with a label and a colon."""

ALONE = re.compile(rf"(?i)^[\W_]{{0,4}}(?:{_AUTHOR}|{_EDITOR})[ \t]*[:：]?$")
"""A label alone on its line; the name stands on the next one."""

WIRE = re.compile(
    r"(?i)^[\W_]{0,2}laporan (?:wartawan|reporter|kontributor|jurnalis)[ \t]+[^\s,]{2,40}(?: [^\s,]{2,30}){0,2}?"
    r"[ \t]*,[ \t]*(?P<names>[^\n]{3,60})$"
)
"""Tribun's way: "Laporan Wartawan Tribunnews.com, Nama"."""

LONGEST_LINE = 220
_NAMES_SEPARATOR = re.compile(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*", re.IGNORECASE)
_FIGURES = re.compile(r" +\d")
_AFTER_STAMP = re.compile(r"(?:\d|WIB|WITA|WIT)$")
_NEXT_LABEL = re.compile(rf"(?i)[\s/,;(\-–]+{_LABEL}[ \t]*[:：]")
_NAME = re.compile(r"^(?:[^\W\d_][\w.'’`-]*)(?: [^\W\d_][\w.'’`-]*){0,5}$")
_DEGREE = re.compile(r"^(?:[A-Z][A-Za-z]{0,4}\.){1,3} ?[A-Za-z.]{0,6}$|^(?:MM|SH|MH|ST|SE|MSi|MPd|SPd|SSos|SIKom|SKom|MBA|PhD)$")
_NOBODY = re.compile(
    r"(?i)^(?:.*\badmin\w*|(?:tim )?redaksi(?: .*)?|red|rls|rilis|adv|advertorial|ist|humas.*|kominfo|diskominfo|.*\.(?:com|id|co|net)\b.*"
    r"|.*\bdeveloper|web ?master|super ?user|user|-+)$"
)
_INITIALS_ONLY = re.compile(r"^[a-z]{2,10}$")
_FULL_NAME = re.compile(r"^[^\W\d_]{3,12} [^\W\d_]{3,14}$")
_HOST = re.compile(r"(?i)\.(?:com|id|co|net)\b")


class Signature(NamedTuple):
    """One name as signed, and where it stands in the text (code points)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Byline:
    """Everybody who signed a text, in order of appearance, each once."""

    authors: tuple[Signature, ...] = ()
    editors: tuple[Signature, ...] = ()

    @property
    def author_names(self) -> tuple[str, ...]:
        """The authors' names without their places."""
        return tuple(dict.fromkeys(item.name for item in self.authors))

    @property
    def editor_names(self) -> tuple[str, ...]:
        """The editors' names without their places."""
        return tuple(dict.fromkeys(item.name for item in self.editors))


def find_byline(text: str) -> Byline:
    """Authors and editors named by by-lines and closing initials of `text`, wherever they stand, with their offsets.

    Generic signatures ("admin", "redaksi", a host name) are no names. Initials count only where nobody is named.
    """
    authors: list[Signature] = []
    editors: list[Signature] = []
    initials: tuple[int, str] | None = None
    waiting: str | None = None
    for match in re.finditer(r"[^\n]+", text):
        line, start = match.group().strip(), match.start() + len(match.group()) - len(match.group().lstrip())
        if not line:
            continue
        closing = INITIALS.search(line[-60:])
        if closing and closing["initials"]:
            initials = (start + max(0, len(line) - 60) + closing.start("initials"), closing["initials"])
        if len(line) > LONGEST_LINE:
            waiting = None
            continue
        if waiting is not None and len(line) <= 60:
            _sign(waiting, line, start, authors, editors)
            waiting = None
            continue
        waiting = line.strip(" :：") if ALONE.match(line) else None
        _read_line(line, start, authors, editors)
    if initials and not authors and not editors:
        _sign_initials(initials, authors, editors)
    return Byline(tuple(authors), tuple(editors))


def name_list(text: str) -> tuple[Signature, ...]:
    """The names in "A, B dan C", degrees left on nobody: "Budi, S.Pd." is one person. Offsets are into `text`."""
    found: list[Signature] = []
    position = 0
    pieces: list[tuple[int, int]] = []
    for separator in _NAMES_SEPARATOR.finditer(text):
        pieces.append((position, separator.start()))
        position = separator.end()
    pieces.append((position, len(text)))
    for start, end in pieces:
        raw = text[start:end]
        name = raw.strip(" \t.-–*()[]\"'")
        begin = start + raw.find(name) if name else start
        name = re.sub(r"(?i)^(?:oleh|by|penulis|reporter)\s+", "", name)
        begin += len(text[begin : start + len(raw)]) - len(text[begin : start + len(raw)].lstrip())
        begin = text.find(name, begin) if name else begin
        if _NAME.match(name) and len(name) >= 2 and not _DEGREE.match(name) and not _NOBODY.match(name):
            found.append(Signature(name, begin, begin + len(name)))
    return tuple(found)


def _read_line(line: str, start: int, authors: list[Signature], editors: list[Signature]) -> None:
    wire = WIRE.match(line)
    if wire:
        _sign("wartawan", wire["names"], start + wire.start("names"), authors, editors)
        return
    position = 0
    while match := LABELLED.search(line, position):
        before = line[: match.start()].rstrip(" \t")
        names = match["names"]
        following = _NEXT_LABEL.search(names)
        if following:
            names = names[: following.start()]
        names = _FIGURES.split(names, maxsplit=1)[0]
        position = match.start("names") + max(len(names), 1)
        if before and before[-1] not in "|/,(-–;" and not _AFTER_STAMP.search(before) and not LINE.match(line):
            continue
        _sign(match["label"], names, start + match.start("names"), authors, editors)


def _sign(label: str, names: str, start: int, authors: list[Signature], editors: list[Signature]) -> None:
    kinds = {part.strip() for part in re.split(r"(?i)&|/|\bdan\b", label.lower())}
    signatures = [Signature(item.name, start + item.start, start + item.end) for item in name_list(names)]
    if any(re.fullmatch(_AUTHOR, kind) for kind in kinds):
        authors.extend(item for item in signatures if item.name not in {known.name for known in authors})
    if any(re.fullmatch(_EDITOR, kind) for kind in kinds):
        editors.extend(item for item in signatures if item.name not in {known.name for known in editors})


def _sign_initials(initials: tuple[int, str], authors: list[Signature], editors: list[Signature]) -> None:
    """The closing "(abc/def)": the reporter before the stroke, the editor after it."""
    start, text = initials
    position = start
    parts = text.split("/")
    if _HOST.search(text):
        return
    for number, part in enumerate(parts):
        name = part.strip()
        begin = position + part.find(name) if name else position
        position += len(part) + 1
        signs = _INITIALS_ONLY.match(name) or (len(parts) == 1 and _FULL_NAME.match(name))
        if signs and not _NOBODY.match(name):
            (authors if number == 0 else editors).append(Signature(name, begin, begin + len(name)))
