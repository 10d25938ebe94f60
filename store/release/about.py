"""The tables that describe a release: what it is, how good its reader was, what may mislead, and its own dictionary."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from store.release.facts import LICENCE, LICENCE_URL, TITLE, Facts
from store.release.schema import TABLES, table
from store.release.schema.columns import Table
from store.sql.wilson import wilson

_WARNINGS = Path(__file__).with_name("warnings.csv")
_COUNTED = ("evaluations", "claims", "articles", "agencies", "officials", "programmes", "editions", "quotations")


def warnings() -> list[dict[str, str]]:
    """What may mislead, in plain words, said with every release: `key`, `text_id`, `text_en`."""
    with _WARNINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def describe(release: sqlite3.Connection, facts: Facts, judged: tuple[str, Mapping[str, int]] | None) -> None:
    """Fill meta, quality, warnings and dictionary; everything else must be there already."""
    _insert(release, table("quality"), _quality(facts, judged))
    _insert(
        release,
        table("warnings"),
        ((row["key"], place, row["text_id"], row["text_en"]) for place, row in enumerate(warnings())),
    )
    _insert(release, table("dictionary"), _dictionary())
    _insert(release, table("meta"), _meta(release, facts).items())


def _insert(release: sqlite3.Connection, one: Table, rows: object) -> None:
    release.executemany(f"INSERT INTO {one.name} VALUES ({', '.join('?' * len(one.columns))})", rows)  # type: ignore[arg-type]


def _meta(release: sqlite3.Connection, facts: Facts) -> dict[str, str | None]:
    low, high = release.execute("SELECT min(edition_year), max(edition_year) FROM evaluations").fetchone()
    readers = [reader for (reader,) in release.execute("SELECT DISTINCT reader FROM evaluations ORDER BY reader")]
    return {
        "version": facts.version,
        "date": facts.day.isoformat(),
        "title": TITLE,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "citation": facts.citation,
        "contact": facts.contact or None,
        "previous": facts.previous,
        "reader": "; ".join(readers) or None,
        "generator": facts.generator,
        "first_year": None if low is None else str(low),
        "last_year": None if high is None else str(high),
        **{name: str(release.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in _COUNTED},
        **{
            f"{change}_since_previous": str(count)
            for change, count in release.execute("SELECT change, count(DISTINCT evaluation_key) FROM changes GROUP BY 1 ORDER BY 1")
        },
    }


def _quality(facts: Facts, judged: tuple[str, Mapping[str, int]] | None) -> Iterator[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        (part, measure.split()[0], None, found.get("low"), found.get("high"), found["value"], found.get("cases"))
        for part, measures in facts.figures.items()
        for measure, found in measures.items()
    ]
    if judged is not None:
        sample, verdicts = judged
        cases = verdicts["right"] + verdicts["wrong"]
        low, share, high = (None if pct is None else round(pct / 100, 4) for pct in wilson(verdicts["right"], cases))
        rows.append((f"sample {sample}", "accuracy", None, low, high, share, cases))
    for place, row in enumerate(rows):
        yield (place, *row)


def _dictionary() -> Iterator[tuple[object, ...]]:
    for one in TABLES:
        for place, column in enumerate(one.columns):
            yield one.name, place, column.name, column.type, int(column.null), column.to, column.about
