"""`rapor backfill`: the past of one source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from flows.cli.context import state
from flows.cli.crawl import AllowHost, Sources, settings_with
from flows.cli.output import Format, chosen, write_rows
from store.model.errors import FetchError

_COLUMNS = ("first_day", "last_day", "discovered", "new", "changed", "unchanged", "failed", "requests", "seconds", "closed")


def backfill(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of a source.")],
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="First day, as 2024-01-31.")],
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY", help="Last day; else yesterday.")] = None,
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="Begin with the first day, not with the last.")] = False,
    days: Annotated[int, typer.Option("--slice", min=1, metavar="DAYS", help="How many days one crawl takes on.")] = 7,
    pace: Annotated[float | None, typer.Option("--pace", min=0, metavar="SECONDS", help="Wait at least so long between requests.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also days that were done before.")] = False,
    sources: Sources = None,
    allow_host: AllowHost = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="How the counts of the slices are printed.")] = None,
) -> None:
    """Fetch and archive what a source published in the past, in slices of some days; `rapor read --new` reads it.

    Days that were done are not asked for again: the same command goes on where it was stopped. It takes at most half of the requests
    that a host may have in a day. Exit code 4 where it ended before the last day.
    """
    from flows.backfill import Plan, rows

    here = state(ctx)
    settings = settings_with(here, sources, allow_host)
    last = until.date() if until else datetime.now(UTC).date() - timedelta(days=1)
    plan = Plan(since.date(), last, newest_first=not oldest_first, slice_days=days, pace=pace, again=again)
    closed = ["finished"]

    def noted() -> Iterator[dict[str, Any]]:
        for row in rows(settings, key, plan, here.say):
            closed[0] = row["closed"]
            yield row

    with here.terminal.status(f"crawling the past of {key}"):
        count = write_rows(noted(), _COLUMNS, chosen(fmt))
    if closed[0] != "finished":
        raise FetchError(f"{key}: the crawl ended early ({closed[0]}); the same command goes on where it stopped")
    here.say(f"{key}: {plan.first} to {plan.last} is done" + ("" if count else " already; --again crawls it anew"))
