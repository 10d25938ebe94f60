"""`rapor alerts`: what is broken and stands open."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.context import state
from flows.cli.decide import By, who
from flows.cli.output import Format, chosen, write_rows

app = typer.Typer(no_args_is_help=True, help="Alerts: sources that broke their expectations and are not well again.")


@app.command("list")
def list_alerts(ctx: typer.Context, fmt: Annotated[Format | None, typer.Option("--format")] = None) -> None:
    """List what stands open."""
    from flows.alerts import open_alerts

    rows = ({"key": alert.key, **asdict(alert)} for alert in open_alerts(state(ctx).settings.home).values())
    write_rows(rows, ("key", "since", "message", "by"), chosen(fmt))


@app.command()
def acknowledge(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="SOURCE/EXPECTATION", help="The alert, as the list names it.")],
    by: By = None,
) -> None:
    """Say that you know of an alert and look after it."""
    from flows.alerts import acknowledge

    here = state(ctx)
    alert = acknowledge(here.settings.home, key, who(here, by))
    here.say(f"{alert.key} is {alert.by}'s")
