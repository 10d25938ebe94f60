"""Every table of a release, column by column: the one description that all formats and pages are made from."""

from __future__ import annotations

from store.release.schema.about import CHANGES, COVERAGE, DICTIONARY, META, QUALITY, WARNINGS
from store.release.schema.columns import Column, Table
from store.release.schema.known import AGENCIES, GIVERS, HANDOVERS, OFFICIALS, POSTS, PROGRAMMES, STEPS
from store.release.schema.press import ARTICLES, EDITIONS, SOURCES
from store.release.schema.results import CLAIMS, CONFLICTS, DECISIONS, EVALUATIONS, HISTORY, QUOTATIONS

__all__ = ["TABLES", "Column", "Table", "create", "finish", "table"]

TABLES: tuple[Table, ...] = (
    EVALUATIONS,
    CLAIMS,
    QUOTATIONS,
    CONFLICTS,
    HISTORY,
    DECISIONS,
    AGENCIES,
    OFFICIALS,
    POSTS,
    HANDOVERS,
    PROGRAMMES,
    STEPS,
    GIVERS,
    EDITIONS,
    ARTICLES,
    SOURCES,
    META,
    COVERAGE,
    QUALITY,
    WARNINGS,
    CHANGES,
    DICTIONARY,
)


def table(name: str) -> Table:
    """The table of that name."""
    return next(one for one in TABLES if one.name == name)


def create(one: Table) -> str:
    """CREATE TABLE. No foreign keys are declared: a release is written once, and its tests check every `to`."""
    columns = ",\n  ".join(column.sql for column in one.columns)
    return f"CREATE TABLE {one.name} (\n  {columns},\n  PRIMARY KEY ({', '.join(one.key)})\n)"


def finish(one: Table) -> list[str]:
    """What is made once the rows are in: indexes, and the full-text index `<table>_fts`, whose rowid is the table's."""
    made = [
        f"CREATE INDEX ix_{one.name}_{columns.replace(' ', '_')} ON {one.name} ({', '.join(columns.split())})" for columns in one.indexes
    ]
    if one.search:
        words = ", ".join(one.search)
        options = f"content='{one.name}', tokenize='unicode61 remove_diacritics 2'"
        made.append(f"CREATE VIRTUAL TABLE {one.name}_fts USING fts5({words}, {options})")
        made.append(f"INSERT INTO {one.name}_fts({one.name}_fts) VALUES ('rebuild')")
    return made
