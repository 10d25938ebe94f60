"""The command line: one file a noun. `main` turns errors into one sentence and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.cli import (
    alerts,
    archive,
    ask,
    audit,
    backfill,
    backup,
    browse,
    crawl,
    db,
    decide,
    publish,
    read,
    registry,
    review,
    run,
    serve,
    show,
    sources,
    status,
)
from flows.cli.context import State
from flows.settings import load
from store.model.errors import RaporError

app = typer.Typer(
    name="rapor",
    help="A school report card for Indonesia's public services: who was judged, by whom, with what mark, and where does it say so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("crawl")(crawl.crawl)
app.command("backfill")(backfill.backfill)
app.command("read")(read.read)
app.command("ask")(ask.ask)
app.command("show")(show.show)
app.command("publish")(publish.publish)
app.command("browse")(browse.browse)
app.command("audit")(audit.audit)
app.add_typer(review.app, name="review")
app.add_typer(decide.app, name="decide")
app.command("status")(status.status)
app.add_typer(alerts.app, name="alerts")
app.add_typer(sources.app, name="sources")
app.add_typer(archive.app, name="archive")
app.add_typer(registry.app, name="registry")
app.add_typer(db.app, name="db")
app.add_typer(backup.app, name="backup")
app.command("serve")(serve.serve)

_GLOBAL = ("--quiet", "-q", "--debug")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"rapor {version('rapor')}\n")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the full trace of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)] = False,
) -> None:
    """Keep the settings and the global flags for the command that follows."""
    settings = load()
    ctx.obj = State(settings, quiet=quiet or settings.quiet, debug=debug)


def main(argv: list[str] | None = None) -> None:
    """Run the command `rapor` and exit with the code of what happened."""
    given = list(sys.argv[1:] if argv is None else argv)
    ahead = [word for word in given if word in _GLOBAL]  # these two may stand anywhere
    rest = [word for word in given if word not in _GLOBAL]
    debug = "--debug" in ahead
    try:
        app(args=[*ahead, *rest], prog_name="rapor")
    except RaporError as error:
        if debug:
            raise
        _complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _complain("stopped")
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        _complain(f"something went wrong that rapor has no sentence for ({type(error).__name__}: {error}); --debug shows where")
        sys.exit(1)


def _complain(sentence: str) -> None:
    sys.stderr.write(f"rapor: {' '.join(sentence.split())}\n")
