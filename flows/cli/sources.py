"""`rapor sources`: the sites rapor knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.context import state
from flows.cli.output import Format, chosen, write_rows
from store.model.source import Source

app = typer.Typer(no_args_is_help=True, help="Sources: the sites rapor knows, one YAML file each.")

Folder = Annotated[Path | None, typer.Option("--sources", metavar="FOLDER", help="Source files of your own beside those of rapor.")]
_COLUMNS = ("key", "publisher", "official", "frequency", "state", "verified", "discovery", "hosts")


@app.command("list")
def list_sources(ctx: typer.Context, sources: Folder = None, fmt: Annotated[Format | None, typer.Option("--format")] = None) -> None:
    """List every source."""
    from flows.crawl import catalogue

    found = catalogue(sources or state(ctx).settings.sources)
    write_rows((_row(source) for source in found.values()), _COLUMNS, chosen(fmt))


def _row(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "publisher": source.publisher.name,
        "official": source.publisher.official,
        "frequency": source.frequency,
        "state": source.state,
        "verified": source.verified,
        "discovery": list(dict.fromkeys(discovery.kind for discovery in source.discovery)),
        "hosts": list(source.scope.hosts),
    }


@app.command()
def check(ctx: typer.Context, sources: Folder = None) -> None:
    """Check every source file; the first that is wrong is named with its field and the exit code is 3."""
    from flows.crawl import catalogue

    here = state(ctx)
    found = catalogue(sources or here.settings.sources)
    here.say(f"{len(found)} sources are sound")
