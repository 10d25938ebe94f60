"""`rapor sources`: the sites rapor knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.context import state
from flows.cli.crawl import AllowHost, settings_with
from flows.cli.output import Format, chosen, write_rows
from store.model.errors import DriftError, UsageError
from store.model.source import Source

app = typer.Typer(no_args_is_help=True, help="Sources: the sites rapor knows, one YAML file each.")

Folder = Annotated[Path | None, typer.Option("--sources", metavar="FOLDER", help="Source files of your own beside those of rapor.")]
_STATES = ("source", "state", "blocked_until", "requests_today", "addresses", "indexes", "due", "next_due", "failing", "refused", "gone")
_ADDRESSES = ("url", "kind", "state", "failures", "status", "last_seen", "next_due", "reason")
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
        "language": source.language,
        "agency": source.publisher.agency,
        "acronym": source.publisher.acronym,
        "origin": source.origin,
        "notes": source.notes,
    }


@app.command()
def new(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="Key of the new source: small letters, digits, hyphens.")],
    where: Annotated[str, typer.Argument(metavar="URL-or-FILE", help="An address of the site, or its home page or a list, saved.")],
    sources: Folder = None,
) -> None:
    """Write a first draft of a source file, quarantined and unverified: look at every line of it."""
    from flows.sourcing import draft

    here = state(ctx)
    folder = sources or here.settings.sources
    if folder is None:
        raise UsageError("name the folder of your source files with --sources or RAPOR_SOURCES: the draft is written there")
    path = draft(folder, key, where)
    here.say(f"{path} is a draft: look at every line, then `rapor sources check --live {key} --sources {folder}`")


@app.command()
def check(
    ctx: typer.Context,
    sources: Folder = None,
    live: Annotated[str | None, typer.Option("--live", metavar="KEY", help="Ask this source's site the questions of the gate.")] = None,
    allow_host: AllowHost = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="How the answers of a live site are printed.")] = None,
) -> None:
    """Check every source file; or, with --live, fetch some pages of one site and say whether it is what its file says.

    A wrong file is named with its field and the exit code is 3. A live site passes where every discovery finds pages, a relevant word
    finds pages that hold it, nonsense finds none, two words find different pages and addresses are those of article pages; else 7.
    """
    from flows.crawl import catalogue

    here = state(ctx)
    settings = settings_with(here, sources, allow_host)
    if live is None:
        here.say(f"{len(catalogue(settings.sources))} sources are sound")
        return
    from flows.sourcing import gate

    with here.terminal.status(f"asking {live}"):
        answers = gate(settings, live)
    write_rows(answers, ("question", "passed", "seen"), chosen(fmt))
    failed = sum(not answer["passed"] for answer in answers)
    if failed:
        raise DriftError(f"{live}: {failed} of {len(answers)} questions failed; the file does not say what the site does")
    here.say(f"{live} passed: set `verified: true` in its file, with the day and how in `origin`")


@app.command()
def status(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="Show the addresses of one source instead.")] = None,
    of: Annotated[str | None, typer.Option("--state", help="Only addresses in this state: live, failing, refused or gone.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most addresses to list.")] = 50,
    sources: Folder = None,
    fmt: Annotated[Format | None, typer.Option("--format")] = None,
) -> None:
    """Show what is known of the addresses: how many each source has, what is due, what fails. Of one source: every address."""
    from flows.crawl import catalogue
    from flows.sourcing import address_rows, state_rows

    here = state(ctx)
    settings = settings_with(here, sources, None)
    found = catalogue(settings.sources)
    rows = list(state_rows(settings, found) if key is None else address_rows(settings, found, key, of, limit))
    write_rows(rows, _STATES if key is None else _ADDRESSES, chosen(fmt))
    if not rows and of is None:
        here.say(f"no address{f' of {key}' if key else ''} is known yet: `rapor crawl{f' {key}' if key else ''}` finds them")


@app.command()
def reset(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY")],
    everything: Annotated[bool, typer.Option("--all", help="Make all its addresses due, not only those that failed.")] = False,
    sources: Folder = None,
) -> None:
    """Have addresses of a source asked for again at the next crawl: those that failed, were refused or vanished. Nothing is deleted."""
    from flows.crawl import catalogue
    from flows.sourcing import reset as reset_source

    here = state(ctx)
    settings = settings_with(here, sources, None)
    here.say(reset_source(settings, catalogue(settings.sources), key, everything=everything))
