"""`rapor serve`: crawl, read and audit on schedule, on one machine, without any other service."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from flows.cli.context import state
from flows.cli.crawl import Keys
from flows.settings import prefect_home, prepare_prefect
from store.model.errors import UsageError


def serve(
    ctx: typer.Context,
    keys: Keys = None,
    pool: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Register everything for the workers of a work pool on PREFECT_API_URL, and end."),
    ] = None,
    port: Annotated[int, typer.Option(help="Port of the Prefect server and its page, where none is set up already.")] = 4200,
) -> None:
    """Run sources by their frequency, and reading and audit after them, until stopped (Ctrl-C).

    With PREFECT_API_URL set, that server is used; else one is started here and stopped at the end. Nothing is fetched from or
    reported to anybody but the sources themselves.
    """
    from flows.crawl import catalogue, chosen
    from flows.leftover import end_left_runs
    from flows.server import prefect_server

    here = state(ctx)
    chosen(catalogue(here.settings.sources), keys or ())  # a wrong key or file is told before a server is started
    given = prepare_prefect(here.settings.home)
    if pool:
        if not given:
            raise UsageError("--pool registers on a server that is there: set PREFECT_API_URL to its address, as http://host:4200/api")
        from flows.serving import register

        here.say(f"{register(keys or (), pool)} deployments wait for workers: `prefect worker start --pool {pool}`")
        return
    left = 0 if given else end_left_runs(prefect_home())
    if left:
        here.say(f"{left} processes of runs that an earlier `rapor serve` left at work are ended; what they did not finish is done again")
    with nullcontext(given) if given else prefect_server(here.settings.home, port) as url:
        prepare_prefect(here.settings.home, url)
        here.say(f"Prefect answers at {url}; its page shows every run")
        from flows.serving import serve_all

        serve_all(keys or (), alone=not given)
