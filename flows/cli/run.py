"""`rapor run`: the whole way, from addresses to evaluations."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.crawl import AllowHost, Keys, Sources, crawl_rows, settings_with
from flows.cli.output import Format, chosen, write_rows
from flows.cli.render import headline_of
from store.model.errors import DriftError, FetchError

if TYPE_CHECKING:
    from flows.daily import DaySummary
    from flows.settings import Settings

_CRAWLED = ("source", "discovered", "new", "changed", "unchanged", "gone", "failed", "refused", "closed")


def run(
    ctx: typer.Context,
    keys: Keys = None,
    sources: Sources = None,
    allow_host: AllowHost = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="How the counts of the crawls are printed.")] = None,
) -> None:
    """Crawl, read what came in, merge it into evaluations, and hold the sources against their expectations.

    A second run fetches nothing that is not due or changed and adds no row. Exit code 4 where a crawl failed, 7 where a source
    broke its expectations; everything else was done all the same.
    """
    from flows import daily

    here = state(ctx)
    settings = settings_with(here, sources, allow_host)
    with here.terminal.status("crawling and reading"):
        summary = daily.run(settings, keys or (), here.say)
    write_rows(crawl_rows(summary), _CRAWLED, chosen(fmt))
    _tell_reading(here, settings, summary)
    for finding in summary.findings:
        sys.stderr.write(f"rapor: {finding.message}\n")
    if summary.failed:
        raise typer.Exit(FetchError.exit_code)
    if summary.findings:
        raise typer.Exit(DriftError.exit_code)


def _tell_reading(here: State, settings: Settings, summary: DaySummary) -> None:
    from flows.daily import told_evaluations
    from flows.database import connect

    reading = summary.reading
    here.say(
        f"{reading.looked_at} pages and files looked at: {len(reading.articles)} articles recorded with {reading.claims} claims, "
        f"{reading.unchanged} known, {len(reading.set_aside)} set aside; {_reasons(reading.not_read)}"
        f"{reading.merged.made} evaluations made, {reading.merged.changed} changed"
    )
    for url, reason in reading.set_aside:
        here.say(f"  set aside: {reason if url in reason else f'{url}: {reason}'}")
    if here.quiet or not reading.articles:
        return
    for evaluation in told_evaluations(connect(settings), reading.articles):
        here.say(f"  {evaluation['key']}  {headline_of(evaluation)}")


def _reasons(not_read: Mapping[str, Any]) -> str:
    return "".join(f"{count} {reason.replace('_', ' ')}, " for reason, count in sorted(not_read.items()))
