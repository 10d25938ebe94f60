"""`rapor backup`: everything that cannot be made again, into one folder and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.context import state

app = typer.Typer(no_args_is_help=True, help="Backup and restore of database, archive and state.")

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the backup.")]


@app.command()
def make(ctx: typer.Context, folder: Folder) -> None:
    """Write a backup, while rapor runs. Into the folder of an older one, only new archive files are copied."""
    from flows.backup import backup

    here = state(ctx)
    with here.terminal.status("backing up"):
        done = backup(here.settings, folder)
    here.say(f"{folder} holds {done.rows} rows and {done.files} archive files ({done.new_files} new), {done.size / 1e6:.1f} MB")


@app.command()
def restore(ctx: typer.Context, folder: Folder) -> None:
    """Put a backup into the empty home folder and database of the settings, after every file of it was checked."""
    from flows.backup import restore

    here = state(ctx)
    with here.terminal.status("restoring"):
        done = restore(here.settings, folder)
    here.say(f"{done.rows} rows and {done.files} archive files are back in {here.settings.home}")
