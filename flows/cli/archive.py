"""`rapor archive`: the WARC files that everything else is made from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.context import State, state
from flows.cli.output import Format, chosen, write_rows
from store.model.errors import ReadError, StoreError

if TYPE_CHECKING:
    from store.archive import Archive

app = typer.Typer(no_args_is_help=True, help="The archive: WARC files and their index.")

Key = Annotated[str | None, typer.Argument(metavar="KEY", help="Key of a source; all that the archive holds where none is named.")]


@app.command()
def index(ctx: typer.Context, key: Key = None) -> None:
    """Write the index anew from the WARC files; files being written are left alone."""
    here = state(ctx)
    here.say(f"{_archive(here).rebuild_index(key)} snapshots are in the index")


@app.command()
def verify(ctx: typer.Context, key: Key = None, fmt: Annotated[Format | None, typer.Option("--format")] = None) -> None:
    """Read every byte and compare digests, bodies and index. Lists what is damaged; exit code 6 where anything is."""
    here = state(ctx)
    rows = ({"file": item.file, "offset": item.offset, "reason": item.reason} for item in _archive(here).verify(key))
    damaged = write_rows(rows, ("file", "offset", "reason"), chosen(fmt))
    here.say(f"{damaged} records or files are damaged" if damaged else "every record is sound")
    if damaged:
        raise typer.Exit(StoreError.exit_code)


@app.command()
def compact(ctx: typer.Context, key: Key = None) -> None:
    """Put the many small files of each month that is over into one; every record is checked before the old files go.

    With RAPOR_KEEP_DAYS set, the bytes of older pages from which no claim was ever read go too. What a claim quotes is kept for ever.
    """
    from flows.housekeeping import compact as put_in_order

    here = state(ctx)
    with here.terminal.status("putting files together"):
        done = put_in_order(here.settings, [key] if key else None)
    here.say(f"{done.before} files became {done.after}; {done.let_go} pages were let go, {done.freed / 1e6:.1f} MB are free")


@app.command()
def add(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="WARC or ARC files, saved pages, documents, folders, or lists (.lst) with one path a line."),
    ],
) -> None:
    """Take in what you already have: exports of web archives, saved pages and documents. The same again adds nothing.

    Each page goes to the source that its address belongs to, else to `added`. Exit code 5 where something could not be taken in.
    """
    from flows.archive import take_in

    here = state(ctx)
    with here.terminal.status("taking in"):
        taken = take_in(here.settings, paths)
    here.say(f"{taken.added} pages and files added, {taken.known} were there, {taken.passed_over} records are no pages")
    for problem in taken.problems:
        here.say(f"  {problem}")
    if taken.problems:
        raise typer.Exit(ReadError.exit_code)


def _archive(here: State) -> Archive:
    from flows.archive import open_archive

    return open_archive(here.settings)
