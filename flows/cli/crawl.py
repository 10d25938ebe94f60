"""`rapor crawl`: fetch and archive, nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.output import Format, chosen, write_rows
from flows.settings import Settings
from store.model.errors import FetchError

if TYPE_CHECKING:
    from flows.daily import DaySummary

Keys = Annotated[list[str] | None, typer.Argument(metavar="KEY…", help="Keys of sources; all active ones where none is named.")]
Sources = Annotated[Path | None, typer.Option("--sources", metavar="FOLDER", help="Source files of your own beside those of rapor.")]
AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST:PORT", help="A private address the crawl may fetch from; may be repeated."),
]
_COLUMNS = ("source", "discovered", "new", "changed", "unchanged", "gone", "failed", "refused", "seconds", "closed")


def crawl(
    ctx: typer.Context,
    keys: Keys = None,
    sources: Sources = None,
    allow_host: AllowHost = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="How the counts are printed.")] = None,
) -> None:
    """Crawl sources: fetch what is new, due or changed, and archive it. Exit code 4 where a crawl failed."""
    from flows.daily import crawl_sources

    here = state(ctx)
    with here.terminal.status("crawling"):
        summary = crawl_sources(settings_with(here, sources, allow_host), keys or (), here.say)
    write_rows(crawl_rows(summary), _COLUMNS, chosen(fmt))
    if summary.failed:
        raise typer.Exit(FetchError.exit_code)


def settings_with(here: State, sources: Path | None, allow_host: list[str] | None) -> Settings:
    """The settings of this call, options of the command line over the environment."""
    over: dict[str, Any] = {}
    if sources is not None:
        over["sources"] = sources
    if allow_host:
        over["allow_hosts"] = (*here.settings.allow_hosts, *allow_host)
    return here.settings.model_copy(update=over)


def crawl_rows(summary: DaySummary) -> Iterator[dict[str, Any]]:
    """The counts of every crawl, and a row for each that failed."""
    from flows.crawl import figures_of

    for report in summary.reports.values():
        yield figures_of(report)
    for key, reason in summary.failed.items():
        yield {"source": key, "closed": f"failed: {reason}"}
