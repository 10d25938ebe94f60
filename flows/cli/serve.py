"""`rapor serve`: crawl, read and audit on schedule, on one machine, without any other service."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from flows.cli.context import state
from flows.settings import prepare_prefect


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(help="Port of the Prefect server and its page, where none is set up already.")] = 4200,
) -> None:
    """Run every source by its frequency until stopped (Ctrl-C).

    With PREFECT_API_URL set, that server is used; else one is started here and stopped at the end. Nothing is fetched from or
    reported to anybody but the sources themselves.
    """
    here = state(ctx)
    given = prepare_prefect(here.settings.home)
    from flows.server import prefect_server

    with nullcontext(given) if given else prefect_server(here.settings.home, port) as url:
        prepare_prefect(here.settings.home, url)
        here.say(f"Prefect answers at {url}; its page shows every run")
        from flows.deployments import serve_all

        serve_all()
