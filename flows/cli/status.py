"""`rapor status`: is everything well?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.context import state
from flows.cli.output import Format, chosen, write_rows

_COLUMNS = (
    "source",
    "state",
    "frequency",
    "last_crawled",
    "last_fetched",
    "pages_per_day",
    "expected",
    "unread",
    "unresolved",
    "alerts",
    "drift",
)


def status(
    ctx: typer.Context,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FOLDER", help="Also write status.html and metrics.prom (for Prometheus) there.")
    ] = None,
    fmt: Annotated[Format | None, typer.Option("--format")] = None,
) -> None:
    """List every crawled source: when it last brought something, how much, what waits unread, what is wrong."""
    from flows.cli.audit import accuracy_of
    from flows.crawl import catalogue
    from flows.database import connect
    from flows.status import source_rows, totals

    here = state(ctx)
    database = connect(here.settings)
    write_rows(source_rows(here.settings, database, catalogue(here.settings.sources)), _COLUMNS, chosen(fmt))
    here.say(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in totals(database).items()))
    judged = accuracy_of(database)
    if judged:
        here.say(judged)
    if page is not None:
        from flows.telling import write_status

        here.say("written: " + ", ".join(str(path) for path in write_status(here.settings, page)))
