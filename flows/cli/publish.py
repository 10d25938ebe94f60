"""`rapor publish`: make a release."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.context import state


def publish(
    ctx: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", help="Folder of releases; default `releases` in RAPOR_HOME.")] = None,
    day: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day to publish under; default today.")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Publish although nothing changed since the newest release.")] = False,
) -> None:
    """Make an immutable release of what is known: SQLite, Parquet, CSV, papers. Its folder is printed."""
    from flows.publish import publish as make

    here = state(ctx)
    made = make(here.settings, (day or datetime.now(UTC)).date(), shelf=to, anyway=anyway)
    here.say(f"release {made.folder.name}" + ("" if made.new else ": nothing changed since it was made, no new one is needed"))
    typer.echo(made.folder)
