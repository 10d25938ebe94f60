"""`rapor read`: what an article says, as data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.output import Format, chosen, piped, write_rows
from flows.read import SetAside
from store.model.errors import UsageError

if TYPE_CHECKING:
    from store.model.records import Reading

_CLAIM_COLUMNS = ("article", "programme", "edition_year", "recipient_name", "recipient_key", "kind", "predicate", "tier", "rank", "score")


def read(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|URL…", help="Files (.txt .json .html .pdf .docx .xlsx .ods), folders of them, or addresses."),
    ] = None,
    fmt: Annotated[
        Format | None, typer.Option("--format", help="jsonl: one reading a line; csv: one claim a row. Default: readable, jsonl in a pipe.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Record the readings in the database too.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Read and record what the archive holds unread.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --new: also what only an earlier version of the reader has read.")] = False,
    source: Annotated[str | None, typer.Option(help="Read HTML files by the page rules of this source.")] = None,
    explain: Annotated[Path | None, typer.Option(help="Tell how one article's claims came about, step by step.")] = None,
) -> None:
    """Read articles and print what they say: one reading for each, claims with their evidence.

    A file that cannot be read is named on stderr, the others are read all the same, and the exit code is 5.
    """
    here = state(ctx)
    if explain is not None:
        _explain(explain)
    elif new:
        if paths:
            raise UsageError("--new reads what the archive holds; leave out the paths, or leave out --new")
        _read_new(here, again)
    elif paths:
        _read_given(here, paths, chosen(fmt), save, source)
    else:
        raise UsageError("nothing to read: name files, folders or addresses, or use --new")


def _read_given(here: State, paths: list[str], fmt: Format, save: bool, source: str | None) -> None:
    from flows.read import page_rules, read_files
    from flows.single import read_address

    rules = page_rules(source, here.settings.sources) if source else None

    def found() -> Iterator[Reading | SetAside]:
        for path in paths:
            if path.startswith(("http://", "https://")):
                yield read_address(path, here.settings)
            else:
                yield from read_files([path], rules)

    missed: list[SetAside] = []
    readings = _told(found(), missed)
    write_readings(_recorded(readings, here) if save else readings, fmt)
    if missed:
        raise typer.Exit(missed[0].exit_code)


def _recorded(readings: Iterable[Reading], here: State) -> Iterator[Reading]:
    """The same readings, recorded on the way and merged into evaluations at the end."""
    from flows.database import open_database
    from store.sql import ledger
    from store.sql.merging import merge

    database = open_database(here.settings)
    written = count = 0
    for reading in readings:
        count += 1
        written += ledger.record_reading(database, reading)
        yield reading
    merged = merge(database)
    here.say(f"recorded {written} of {count} articles, the others were known; {merged.made} evaluations made, {merged.changed} changed")


def _read_new(here: State, again: bool) -> None:
    from flows.crawl import catalogue
    from flows.database import open_database
    from flows.unread import figures_of, read_new

    sources = catalogue(here.settings.sources)
    database = open_database(here.settings, sources.values())
    with here.terminal.status("reading") as status:
        summary = read_new(here.settings, database, sources, again=again, progress=lambda count: status.update(f"{count} read"))
    for url, reason in summary.set_aside:
        here.say(f"set aside: {reason if url in reason else f'{url}: {reason}'}")
    here.say(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures_of(summary).items()))


def _explain(path: Path) -> None:
    from importlib import import_module

    from flows.read import article_of

    try:
        explain = import_module("extract.explain").explain
    except ImportError:
        raise UsageError("this version of the reader cannot explain itself yet") from None
    with piped():
        sys.stdout.write(str(explain(article_of(path))).rstrip() + "\n")


def _told(found: Iterable[Reading | SetAside], missed: list[SetAside]) -> Iterator[Reading]:
    """The readings; what was set aside is told at once and kept in `missed`."""
    for item in found:
        if isinstance(item, SetAside):
            missed.append(item)
            sys.stderr.write(f"rapor: {item.reason}\n")
        else:
            yield item


def write_readings(readings: Iterable[Reading], fmt: Format) -> None:
    """Print readings as they come: nothing waits for the last one, except where the shape needs all."""
    if fmt is Format.TABLE:
        from flows.cli.render import console, write_reading

        out = console()
        with piped():
            for reading in readings:
                write_reading(reading, out)
    elif fmt is Format.CSV:
        write_rows((row for reading in readings for row in claim_rows(reading)), _CLAIM_COLUMNS, fmt)
    elif fmt is Format.JSON:
        write_rows((reading.as_json() for reading in readings), (), fmt)
    else:
        with piped():
            for reading in readings:
                sys.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False) + "\n")
                sys.stdout.flush()


def claim_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """A reading's claims as flat rows, each with its article's key, address and day."""
    article = reading.article
    for claim in reading.claims:
        flat = claim.model_dump(mode="json", exclude={"evidence"})
        yield {"article": article.key, "url": article.url, "outlet": article.outlet, "published": article.published, **flat}
