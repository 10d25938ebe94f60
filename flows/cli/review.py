"""`rapor review`: what is worth a person's look, one after the other in the terminal, or as lists."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.context import State, state
from flows.cli.decide import By, What, decide, value_of, who
from flows.cli.output import Format, chosen, write_rows
from flows.cli.render import result_of
from store.model.errors import UsageError

app = typer.Typer(help="Review: what waits for a look.")

Shape = Annotated[Format | None, typer.Option("--format")]
Limit = Annotated[int, typer.Option(min=1)]


_LABELS = {
    "recipient_name": "recipient",
    "edition_year": "year",
    "article_count": "articles",
    "other_key": "body",
    "other_name": "body name",
}
_ANSWERS = {"a": "accept", "r": "reject", "c": "correct"}


@app.callback(invoke_without_command=True)
def walk_queue(ctx: typer.Context, limit: Limit = 20, by: By = None) -> None:
    """Walk the queue in a terminal: each evaluation with its sentences, and what to decide about it."""
    if ctx.invoked_subcommand is not None:
        return
    from flows.cli.walk import in_terminal, walk
    from flows.database import connect
    from store.sql import queries

    if not in_terminal():
        raise UsageError("the queue is walked in a terminal; `rapor review queue` lists it, `rapor decide` decides from scripts")
    here = state(ctx)
    signed = who(here, by)
    database = connect(here.settings)
    keys = [row["key"] for row in queries.review_queue(database, limit=limit)]
    if not keys:
        here.say("nothing waits for a look")
        return
    decided = [0]

    def heard(place: int, answer: str) -> None:
        decided[0] += _decide(here, keys[place], answer, signed)

    walk(database, keys, _ANSWERS, heard)
    here.say(f"{decided[0]} of {len(keys)} decided")


def _decide(here: State, key: str, answer: str, by: str) -> bool:
    """Record what was answered; what cannot be decided so is said, and the walk goes on. Whether a decision was made."""
    from flows.cli.walk import line

    asked = {"correct": ("field", "value, empty for none", "why"), "reject": ("why",), "accept": ()}[answer]
    said = [line(f"  {prompt}") or "" for prompt in asked]
    more = {"field": said[0], "value": value_of(said[1] or None)} if answer == "correct" else {}
    try:
        decide(here, answer, What.EVALUATION, key, by, said[-1] if said else "", **more)
    except UsageError as error:
        here.say(str(error))
        return False
    return True


@app.command()
def queue(ctx: typer.Context, limit: Limit = 20, fmt: Shape = None) -> None:
    """List the evaluations that a look is worth most: changed under a decision first, then doubt of result and values times use."""
    from flows.database import connect
    from store.sql import queries

    here, shape = state(ctx), chosen(fmt)
    rows = [{**row, "result": result_of(row)} for row in queries.review_queue(connect(here.settings), limit=limit)]
    if shape is Format.TABLE and not rows:
        here.say("nothing waits for a look")
        return
    columns = ("key", "recipient_name", "result", "programme", "edition_year", "confidence", "article_count", "review")
    write_rows(rows, columns, shape, _LABELS)


@app.command()
def bodies(ctx: typer.Context, limit: Limit = 50, fmt: Shape = None) -> None:
    """List unresolved names beside the bodies they may be; `rapor decide same-as BODY NAME --what entity` ties them."""
    from flows.database import connect
    from store.sql import queries

    here, shape = state(ctx), chosen(fmt)
    rows = queries.same_body_candidates(connect(here.settings), limit=limit)
    if shape is Format.TABLE and not rows:
        here.say("no unresolved name is near a known body")
        return
    write_rows(rows, ("key", "name", "other_key", "other_name", "score", "features"), shape, _LABELS)
