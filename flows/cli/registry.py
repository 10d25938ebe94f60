"""`rapor registry`: what is known before an article is read."""

from __future__ import annotations

import sys

import typer

from flows.cli.context import state
from store.model.errors import SourceError

app = typer.Typer(no_args_is_help=True, help="The registry: regions, agencies, units, posts, holders, programmes.")


@app.command()
def check(ctx: typer.Context) -> None:
    """Check the registry's files: every row valid, every reference to another row kept. Exit code 3 where not."""
    from extract.lexicon import check_registry, load_registry

    registry = load_registry()
    wrong = check_registry(registry)
    for sentence in wrong:
        sys.stderr.write(f"rapor: {sentence}\n")
    if wrong:
        raise SourceError(f"the registry has {len(wrong)} mistakes; they stand above")
    state(ctx).say(
        f"the registry is sound: {len(registry.regions)} regions, {len(registry.agencies)} agencies, {len(registry.units)} kinds of units, "
        f"{len(registry.positions)} posts, {len(registry.holders)} holders, {len(registry.programmes)} programmes"
    )
