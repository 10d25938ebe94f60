"""What a question is narrowed by, and what the words of a person mean in keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import Connection

from store.model.errors import UsageError
from store.model.keys import fold
from store.sql.queries.rows import listed, scalars


@dataclass(frozen=True)
class Filters:
    """Every way to narrow a question; each question says which of them it knows.

    Bodies, programmes and provinces may be given by key or by any of their names. `text` is words that must all occur,
    "quoted" ones as a phrase, the last letters left open with `*`. Other forms of unquoted words are found too, and those
    that say nothing by themselves passed over, unless `as_printed`. `reviews` are states of review; without it everything but rejected
    evaluations is shown. `superseded` shows claims that gave way too.
    """

    programme: str | None = None
    year: int | None = None
    recipient: str | None = None
    province: str | None = None
    kind: str | None = None
    giver: str | None = None
    outlet: str | None = None
    source: str | None = None
    position: str | None = None
    level: str | None = None
    evaluation: str | None = None
    article: str | None = None
    min_confidence: float | None = None
    contested: bool = False
    superseded: bool = False
    reviews: tuple[str, ...] = ()
    text: str | None = None
    as_printed: bool = False

    def given(self) -> frozenset[str]:
        """Names of the filters that narrow anything."""
        return frozenset(item.name for item in fields(self) if getattr(self, item.name) not in (None, False, ()))

    def require_only(self, noun: str, known: Sequence[str]) -> None:
        """Refuse filters that a question does not know.

        Raises:
            UsageError: One that it does not know is given.
        """
        unknown = sorted(self.given() - set(known))
        if unknown:
            raise UsageError(f"{noun} cannot be narrowed by {', '.join(unknown)}; they can by {', '.join(known)}")


def resolve(connection: Connection, filters: Filters) -> tuple[Filters, dict[str, tuple[str, ...]]]:
    """Turn names into keys: the filters with canonical keys, and the bodies that a name of several stands for.

    Raises:
        UsageError: Something asked for does not exist.
    """
    bodies: dict[str, tuple[str, ...]] = {}
    for name in ("recipient", "giver"):
        asked = getattr(filters, name)
        if asked is not None:
            bodies[name] = _bodies(connection, asked)
    if filters.programme is not None:
        filters = replace(filters, programme=_programme(connection, filters.programme))
    if filters.province is not None:
        filters = replace(filters, province=_province(connection, filters.province))
    return filters, bodies


def _bodies(connection: Connection, asked: str) -> tuple[str, ...]:
    found = scalars(connection, "SELECT key FROM agency WHERE key = :asked", {"asked": asked})
    if not found:
        by_name = "SELECT key FROM agency WHERE folded_name = :folded ORDER BY key"
        found = scalars(connection, by_name, {"folded": fold(asked)})
    if not found:
        wanted = fold(asked)
        spelt = connection.exec_driver_sql("SELECT key, spellings FROM agency WHERE level IN ('national', 'provinsi', 'kabupaten', 'kota')")
        found = sorted(key for key, spellings in spelt if wanted in {fold(one) for one in _list(spellings)})
    if not found:
        raise UsageError(f"there is no body {asked!r}: `rapor ask agencies --text WORD` finds names and keys")
    return tuple(found)


def _programme(connection: Connection, asked: str) -> str:
    if scalars(connection, "SELECT key FROM programme WHERE key = :asked", {"asked": asked}):
        return asked
    wanted = fold(asked)
    rows = connection.exec_driver_sql("SELECT key, name, spellings FROM programme ORDER BY key")
    found = [key for key, name, spellings in rows if wanted in {fold(one) for one in (name, *_list(spellings))}]
    if not found:
        raise UsageError(f"there is no programme {asked!r}: `rapor ask programmes` lists them")
    if len(found) > 1:
        raise UsageError(f"{asked!r} may be several programmes: {', '.join(found)}; name one by its key")
    return str(found[0])


def _province(connection: Connection, asked: str) -> str:
    values: dict[str, object] = {"asked": asked, "folded": fold(asked), "full": fold(f"pemerintah provinsi {asked}")}
    sql = "SELECT key FROM agency WHERE level = 'provinsi' AND (key = :asked OR folded_name = :folded OR folded_name = :full)"
    found = scalars(connection, sql, values)
    if not found:
        spelt = connection.exec_driver_sql("SELECT key, spellings FROM agency WHERE level = 'provinsi' ORDER BY key")
        found = [key for key, spellings in spelt if fold(asked) in {fold(one) for one in _list(spellings)}]
    if not found:
        raise UsageError(f"there is no province {asked!r}: give its name or its code of two digits")
    return str(found[0])


def _list(value: str | list[str] | None) -> list[str]:
    """A list as either driver gives it."""
    found: list[str] = json.loads(value) if isinstance(value, str) else list(value or [])
    return found


def one_of(column: str, name: str, keys: Sequence[str], values: dict[str, object]) -> str:
    """`column = :name`, or `column IN (...)` where a name stands for several keys."""
    if len(keys) == 1:
        values[name] = keys[0]
        return f"{column} = :{name}"
    return f"{column} IN {listed(name, keys, values)}"
