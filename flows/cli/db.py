"""`rapor db`: the database itself."""

from __future__ import annotations

import typer

from flows.cli.context import state

app = typer.Typer(no_args_is_help=True, help="The database: bring it up to date, check it, copy it.")


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Create the database, or bring its tables to this version of rapor. Nothing is lost; running it twice does nothing."""
    from flows.database import connect

    here = state(ctx)
    database = connect(here.settings)
    before, after = database.version(), database.upgrade()
    here.say(f"{database.name} stands at version {after}" + ("" if before == after else f" (was {before or 'empty'})"))


@app.command()
def check(ctx: typer.Context) -> None:
    """Check that the database is of this version and answers, and say how much is in it."""
    from flows.database import connect
    from store.sql import queries

    here = state(ctx)
    database = connect(here.settings)
    database.require_version()
    held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in queries.counts(database).items())
    here.say(f"{database.name} is sound: {held}")
