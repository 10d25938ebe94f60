"""`rapor browse`: the pages of a release in a web browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.context import state


def browse(
    ctx: typer.Context,
    release: Annotated[str | None, typer.Argument(help="A version, or the folder or file of a release; default the newest.")] = None,
    port: Annotated[int, typer.Option(help="Port to answer on.")] = 8500,
    host: Annotated[str, typer.Option(help="Address to answer on; only this machine unless you say otherwise.")] = "127.0.0.1",
    shelf: Annotated[Path | None, typer.Option("--from", help="Folder of releases; default that of RAPOR_RELEASES.")] = None,
) -> None:
    """Serve the pages of a release, read-only, until stopped (Ctrl-C)."""
    from store.release.pages.serve import serve
    from store.release.shelf import DATA, find

    here = state(ctx)
    given = Path(release) if release else None
    if given is not None and given.is_dir():
        data = given / DATA
    elif given is not None and given.is_file():
        data = given
    else:
        data = find(shelf or here.settings.releases_path, release) / DATA
    here.say(f"{data} is shown at http://{host}:{port}/ (Ctrl-C stops)")
    serve(data, host=host, port=port, contact=here.settings.contact)
