"""`rapor db`: the database itself."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.context import state
from flows.cli.output import Format, chosen, write_rows
from store.model.errors import StoreError

app = typer.Typer(no_args_is_help=True, help="The database: bring it up to date, check it, tidy it, copy it.")


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Create the database, or bring its tables to this version of rapor. Nothing is lost; running it twice does nothing."""
    from flows.database import connect

    here = state(ctx)
    database = connect(here.settings)
    before, after = database.version(), database.upgrade()
    here.say(f"{database.name} stands at version {after}" + ("" if before == after else f" (was {before or 'empty'})"))


@app.command()
def check(ctx: typer.Context, fmt: Annotated[Format | None, typer.Option("--format")] = None) -> None:
    """Prove that what is stored holds together: versions, references, quotations, keys, sums. Findings go to stdout."""
    from flows.database import connect
    from store.sql import queries
    from store.sql.checking import check as findings_of

    here = state(ctx)
    database = connect(here.settings)
    findings = findings_of(database)
    if findings:
        rows = [{"rule": item.rule, "count": item.count, "examples": list(item.examples)} for item in findings]
        write_rows(rows, ("rule", "count", "examples"), chosen(fmt))
        raise StoreError(f"the database {database.name} breaks {len(findings)} rules: restore a copy, or rebuild it from the archive")
    held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in queries.counts(database).items())
    here.say(f"{database.name} is sound: {held}")


@app.command()
def vacuum(ctx: typer.Context) -> None:
    """Give the space of what was deleted back to the disk, and count anew what questions are planned by."""
    from flows.database import connect

    here = state(ctx)
    database = connect(here.settings)
    before, after = database.vacuum()
    here.say(f"{database.name} takes {after / 1e6:.1f} MB (was {before / 1e6:.1f})")


@app.command()
def copy(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ADDRESS", help="sqlite:///PATH or postgresql://USER@HOST/NAME, empty or not there.")],
) -> None:
    """Copy everything into an empty database of either kind: all of it, or nothing."""
    from flows.database import connect
    from store.sql.copying import copy as copied_to
    from store.sql.database import Database

    here = state(ctx)
    there = Database(target, busy_seconds=here.settings.busy_seconds)
    rows = copied_to(connect(here.settings), there)
    here.say(f"{sum(rows.values())} rows of {len(rows)} tables stand in {there.name}; set RAPOR_DATABASE to use it")
