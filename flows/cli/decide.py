"""`rapor decide`: human decisions. They are data: kept with who and why, applied at every merge, undoable."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.output import Format, chosen, write_rows
from store.model.errors import UsageError

if TYPE_CHECKING:
    from store.sql.database import Database

app = typer.Typer(no_args_is_help=True, help="Decide: accept, reject, correct, tie, split, take down, undo.")


class What(StrEnum):
    """What a decision is about."""

    EVALUATION = "evaluation"
    CLAIM = "claim"
    ARTICLE = "article"
    ENTITY = "entity"
    PROGRAMME = "programme"


Key = Annotated[str, typer.Argument(metavar="ID", help="Key of what is decided about.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Key of the other side.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides; default RAPOR_REVIEWER.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
About = Annotated[What, typer.Option("--what", help="What the key is a key of.")]


@app.command()
def accept(ctx: typer.Context, key: Key, by: By = None, reason: Reason = "") -> None:
    """Accept an evaluation as it is shown."""
    decide(state(ctx), "accept", What.EVALUATION, key, by, reason)


@app.command()
def reject(ctx: typer.Context, key: Key, what: About = What.EVALUATION, by: By = None, reason: Reason = "") -> None:
    """Reject an evaluation, one claim, or everything an article says."""
    decide(state(ctx), "reject", what, key, by, reason)


@app.command()
def correct(
    ctx: typer.Context,
    key: Key,
    field: Annotated[str, typer.Argument(help="Field of the evaluation: rank, predicate, event_date, …")],
    value: Annotated[str | None, typer.Argument(help="The right value; leave it out to empty the field.")] = None,
    by: By = None,
    reason: Reason = "",
) -> None:
    """Correct one value of an evaluation. Numbers are written with a point: 74.54."""
    decide(state(ctx), "correct", What.EVALUATION, key, by, reason, field=field, value=value_of(value))


@app.command("take-down")
def take_down(ctx: typer.Context, key: Key, reason: Reason = "", what: About = What.EVALUATION, by: By = None) -> None:
    """Take something down: it is kept, and shown to nobody. The reason is required."""
    decide(state(ctx), "take_down", what, key, by, reason)


@app.command("same-as")
def same_as(ctx: typer.Context, key: Key, other: Other, what: About = What.EVALUATION, by: By = None, reason: Reason = "") -> None:
    """Tie two evaluations, bodies or programmes that are one; the first is kept."""
    decide(state(ctx), "same_as", what, key, by, reason, other=other)


@app.command("not-same-as")
def not_same_as(
    ctx: typer.Context,
    key: Key,
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="The other body; or the articles to split off an evaluation.")],
    what: About = What.EVALUATION,
    by: By = None,
    reason: Reason = "",
) -> None:
    """Split: two bodies are not one, or the claims of some articles belong to another result."""
    if what is What.EVALUATION:
        decide(state(ctx), "not_same_as", what, key, by, reason, articles=others)
    elif len(others) == 1:
        decide(state(ctx), "not_same_as", what, key, by, reason, other=others[0])
    else:
        raise UsageError("name one other body")


@app.command()
def undo(ctx: typer.Context, key: Annotated[str, typer.Argument(metavar="DECISION", help="Key of the decision.")], by: By = None) -> None:
    """Undo a decision; the results are what they would be without it."""
    from flows.database import connect
    from store.sql import ledger

    here = state(ctx)
    database = connect(here.settings)
    stood = ledger.undo_decision(database, key, by=who(here, by))
    here.say(f"undone; {_merged(database)}" if stood else "it was undone before")


@app.command("list")
def list_decisions(
    ctx: typer.Context,
    standing: Annotated[bool, typer.Option("--standing", help="Only those not undone.")] = False,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    fmt: Annotated[Format | None, typer.Option("--format")] = None,
) -> None:
    """List decisions, newest first."""
    from flows.database import connect
    from store.sql import queries

    rows = queries.decisions(connect(state(ctx).settings), limit=limit, standing=standing)
    write_rows(rows, ("key", "made_at", "kind", "target", "target_key", "field", "value", "made_by", "reason", "undone_by"), chosen(fmt))


def decide(here: State, kind: str, what: What, key: str, by: str | None, reason: str, **more: Any) -> None:
    """Record a decision, merge what it touches, and say so. Raises UsageError where it cannot be decided so."""
    from flows.database import connect
    from store.sql import ledger

    database = connect(here.settings)
    made = ledger.record_decision(database, kind, what.value, key, by=who(here, by), reason=reason, **more)
    here.say(f"decision {made} stands; {_merged(database)}")


def _merged(database: Database) -> str:
    from store.sql.merging import merge

    report = merge(database)
    return f"{report.made} evaluations made, {report.changed} changed, {report.gone} gone"


def who(here: State, by: str | None) -> str:
    """Who decides: by option, else by setting. Raises UsageError where neither says."""
    name = by or here.settings.reviewer
    if not name:
        raise UsageError("say who decides: --by NAME, or set RAPOR_REVIEWER")
    return name


def value_of(text: str | None) -> Any:
    """A number where the text is one, else the text; a year or rank is a number, a date or predicate is not."""
    if text is None:
        return None
    try:
        number = json.loads(text)
    except ValueError:
        return text
    return number if isinstance(number, (int, float)) and not isinstance(number, bool) else text
