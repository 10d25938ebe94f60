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
