"""`rapor review`: what is worth a person's look, and samples that say how much is right."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.context import state
from flows.cli.decide import By, who
from flows.cli.output import Format, chosen, write_rows
from flows.cli.render import result_of

app = typer.Typer(no_args_is_help=True, help="Review: what waits for a look, and judged samples.")

Shape = Annotated[Format | None, typer.Option("--format")]
Limit = Annotated[int, typer.Option(min=1)]
Sample = Annotated[str, typer.Argument(metavar="SAMPLE", help="Key of a sample.")]


class Verdict(StrEnum):
    """What a look at one evaluation came to."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCLEAR = "unclear"


@app.command()
def queue(ctx: typer.Context, limit: Limit = 20, fmt: Shape = None) -> None:
    """List the evaluations that a look is worth most: changed under a decision first, then doubt times use."""
    from flows.database import connect
    from store.sql import queries

    rows = [{**row, "result": result_of(row)} for row in queries.review_queue(connect(state(ctx).settings), limit=limit)]
    columns = ("key", "recipient_name", "result", "programme", "edition_year", "confidence", "review", "queue_weight")
    write_rows(rows, columns, chosen(fmt))


@app.command()
def bodies(ctx: typer.Context, limit: Limit = 50, fmt: Shape = None) -> None:
    """List unresolved names beside the bodies they may be; `rapor decide same-as BODY NAME --what entity` ties them."""
    from flows.database import connect
    from store.sql import queries

    rows = queries.same_body_candidates(connect(state(ctx).settings), limit=limit)
    write_rows(rows, ("key", "name", "other_key", "other_name", "score", "features"), chosen(fmt))


@app.command()
def sample(
    ctx: typer.Context,
    size: Annotated[int, typer.Argument(min=1, help="How many evaluations to draw.")],
    seed: Annotated[int, typer.Option(help="The same seed on the same evaluations draws the same.")] = 1,
) -> None:
    """Draw a random sample to be judged; its key goes to stdout."""
    from flows.database import connect
    from store.sql import ledger

    sys.stdout.write(ledger.draw_sample(connect(state(ctx).settings), size, seed=seed) + "\n")


@app.command("sheet")
def sheet(ctx: typer.Context, key: Sample, fmt: Shape = None) -> None:
    """List a sample with its verdicts so far."""
    from flows.database import connect
    from store.sql import queries

    write_rows(queries.sample(connect(state(ctx).settings), key), ("place", "evaluation_key", "verdict", "judged_by"), chosen(fmt))


@app.command()
def judge(ctx: typer.Context, key: Sample, place: Annotated[int, typer.Argument(min=1)], verdict: Verdict, by: By = None) -> None:
    """Say of one evaluation of a sample whether it is right."""
    from flows.database import connect
    from store.sql import ledger

    here = state(ctx)
    ledger.judge_sample(connect(here.settings), key, place, verdict.value, by=who(here, by))


@app.command()
def accuracy(ctx: typer.Context, key: Sample, fmt: Shape = None) -> None:
    """Say how much of a judged sample is right, with its 95 % interval."""
    from flows.database import connect
    from store.sql import queries

    row = queries.judged_accuracy(connect(state(ctx).settings), key)
    write_rows([row], tuple(row), chosen(fmt))
