"""The only reader of `resources/*.csv`: what is known before an article is read, checked column by column.

A cell with several values separates them by `;`, a value with a last day of validity is written `value@2019-12-31`. Days may be given
as a year or a month where no more is known: a `since` then means its first day, an `until` its last.
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from extract.programmes import load_programmes
from extract.registry_checks import check_registry
from store.model.errors import SourceError
from store.model.records import Record
from store.model.registry import Agency, Holder, Honorific, Position, Region, Registry, UnitKind

__all__ = ["RESOURCES", "check_registry", "load_honorifics", "load_registry", "read_resource"]

RESOURCES = Path(__file__).parent / "resources"

Kind = TypeVar("Kind", bound=Record)
Reader = Callable[[str], Any]


def _text(cell: str) -> str:
    return cell


def _optional(cell: str) -> str | None:
    return cell or None


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _truth(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell == "true"


def _day(cell: str, *, last: bool) -> date | None:
    """A day from `2014-10-27`, `2014-10` or `2014`; the last day of a month or year where `last`."""
    if not cell:
        return None
    numbers = [int(part) for part in cell.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 12, 31) if last else date(numbers[0], 1, 1)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    return date.fromisoformat(cell)


def _first_day(cell: str) -> date | None:
    return _day(cell, last=False)


def _last_day(cell: str) -> date | None:
    return _day(cell, last=True)


def _until(cell: str) -> tuple[tuple[str, date | None], ...]:
    """Values that were valid once, each with its last day: `Mamuju Utara@2017-12-26`."""
    pairs = (part.partition("@") for part in _several(cell))
    return tuple((value.strip(), _last_day(day.strip())) for value, _, day in pairs)


_KEYS = ("code", "key")  # first columns whose value names one row only
_KNOWN: dict[str, Reader] = {"origin": _text, "verified": _truth}
_PERIOD: dict[str, Reader] = {"since": _first_day, "until": _last_day}

COLUMNS: dict[type[Record], dict[str, Reader]] = {
    Region: {
        "code": _text,
        "level": _text,
        "name": _text,
        "government": _text,
        "province_code": _text,
        "capital": _optional,
        "autonomous": _truth,
        "spellings": _several,
        "epithets": _several,
        "former_names": _until,
        "former_codes": _until,
        **_PERIOD,
        **_KNOWN,
    },
    Agency: {
        "key": _text,
        "name": _text,
        "kind": _text,
        "abbreviations": _several,
        "aliases": _several,
        **_PERIOD,
        "successors": _several,
        "parent": _optional,
        **_KNOWN,
    },
    UnitKind: {
        "key": _text,
        "name": _text,
        "kind": _text,
        "spellings": _several,
        "takes": _text,
        "parent": _optional,
        "serves": _optional,
        "shows": _several,
        **_KNOWN,
    },
    Position: {"key": _text, "name": _text, "variants": _several, "of": _text, "unit": _optional, "agency": _optional, **_KNOWN},
    Holder: {
        "position": _text,
        "name": _text,
        "agency": _optional,
        "acting": _optional,
        "spellings": _several,
        **_PERIOD,
        **_KNOWN,
    },
    Honorific: {"form": _text, "place": _text, "kind": _text, "spellings": _several, **_KNOWN},
}
"""For every kind of record: the columns of its file, all of them and no other, and how a cell of each is read."""


def _record(kind: type[Kind], row: Mapping[str, str], where: str) -> Kind:
    values: dict[str, Any] = {}
    for column, read in COLUMNS[kind].items():
        try:
            values[column] = read(row[column].strip())
        except (ValueError, TypeError) as error:
            raise SourceError(f"{where}, column {column}: {row[column]!r} cannot be read ({error}); correct the cell") from error
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{where}, column {column}: {first['msg']}, got {first['input']!r}; correct the cell") from error


def read_resource(path: Path, kind: type[Kind]) -> tuple[Kind, ...]:
    """All records of one CSV file, in its order.

    Args:
        path: The file; its header must hold the columns of `kind` in `COLUMNS`, all of them and no other.
        kind: What a row describes.

    Raises:
        SourceError: The file is missing, a column is missing or unknown, a row is too long or short, or a cell cannot be read.
    """
    if not path.is_file():
        raise SourceError(f"the resource {path.name} is missing in {path.parent}; the package was installed without its data")
    wanted = list(COLUMNS[kind])
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, strict=True)
        header = rows.fieldnames or []
        unknown, missing = [c for c in header if c not in wanted], [c for c in wanted if c not in header]
        if unknown or missing:
            raise SourceError(f"{path.name}, line 1: unknown columns {unknown}, missing columns {missing}; expected {wanted}")
        found, seen, first = [], set(), wanted[0]
        for row in rows:
            where = f"{path.name}, line {rows.line_num}"
            if None in row or None in row.values():
                raise SourceError(f"{where}: {len(header)} cells expected; is a comma unquoted?")
            if (key := row.get(first)) in seen and first in _KEYS:
                raise SourceError(f"{where}: the {first} {key!r} stands twice in the file; keep one row")
            seen.add(key)
            found.append(_record(kind, row, where))
    return tuple(found)


@cache
def load_honorifics() -> tuple[Honorific, ...]:
    """Every title, degree, rank and form of address, prefixes and suffixes, in the order of the file."""
    return read_resource(RESOURCES / "honorifics.csv", Honorific)


@cache
def load_registry() -> Registry:
    """Regions, agencies, kinds of units, posts, holders and programmes; read once a process.

    Raises:
        SourceError: A resource file is wrong; the message names file, line and column.
    """
    return Registry(
        regions=read_resource(RESOURCES / "regions.csv", Region),
        agencies=read_resource(RESOURCES / "agencies.csv", Agency),
        units=read_resource(RESOURCES / "units.csv", UnitKind),
        positions=read_resource(RESOURCES / "positions.csv", Position),
        holders=read_resource(RESOURCES / "holders.csv", Holder),
        programmes=load_programmes(),
    )
