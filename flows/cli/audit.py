"""`rapor audit`: random samples of evaluations, judged by people: how much of what is shown is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import State, state
from flows.cli.decide import By, who
from flows.cli.output import Format, chosen, write_rows
from flows.cli.render import result_of

if TYPE_CHECKING:
    from store.sql.database import Database

_SAMPLES = ("key", "drawn_at", "population", "size", "right_count", "wrong_count", "unclear_count", "accuracy_pct", "low_pct", "high_pct")
_SHEET = ("sample", "place", "recipient_name", "result", "programme_name", "edition_year", "sentence", "verdict")
_LABELS = {
    "right_count": "right",
    "wrong_count": "wrong",
    "unclear_count": "unclear",
    "recipient_name": "recipient",
    "edition_year": "year",
}


def audit(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="[SAMPLE]", help="A sample drawn before, to go on with.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Draw so many evaluations at random.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed on the same evaluations draws the same.")] = 1,
    judge: Annotated[Path | None, typer.Option(help="A filled-in sheet (CSV or JSON lines): sample, place, verdict.")] = None,
    by: By = None,
    fmt: Annotated[Format | None, typer.Option("--format", help="Print the sheet instead of asking in the terminal.")] = None,
) -> None:
    """Draw evaluations at random, judge them, and know how much is right; without arguments list the samples.

    In a terminal each is shown with its sentences and asked about. Elsewhere, or with --format, the sample is printed as a sheet:
    write right, wrong or unclear into its column verdict and hand it back with --judge.
    """
    from flows.cli.walk import in_terminal
    from flows.database import connect
    from flows.judging import sheet, verdicts
    from store.sql import ledger, queries

    here = state(ctx)
    database = connect(here.settings)
    if judge is not None:
        signed = who(here, by)
        for name, said in verdicts(judge).items():
            ledger.judge_sample(database, name, said, by=signed)
            here.say(accuracy_of(database, name))
        return
    if sample is not None:
        key = ledger.draw_sample(database, sample, seed=seed)
        here.say(f"sample {key}")
    if key is None:
        write_rows(queries.audits(database), _SAMPLES, chosen(fmt), _LABELS)
    elif fmt is None and in_terminal():
        _ask(here, database, key, who(here, by))
    else:
        rows = ({**row, "result": result_of(row)} for row in sheet(database, key))
        write_rows(rows, _SHEET, chosen(fmt), _LABELS)


def _ask(here: State, database: Database, key: str, by: str) -> None:
    """Ask about every evaluation of the sample that has no verdict yet; each answer is kept at once."""
    from flows.cli.walk import walk
    from store.sql import ledger, queries

    waiting = [row for row in queries.sample(database, key) if row["verdict"] is None]

    def heard(place: int, verdict: str) -> None:
        ledger.judge_sample(database, key, {waiting[place]["place"]: verdict}, by=by)

    walk(database, [row["evaluation_key"] for row in waiting], {"r": "right", "w": "wrong", "u": "unclear"}, heard)
    here.say(accuracy_of(database, key))


def accuracy_of(database: Database, key: str | None = None) -> str:
    """How much of a sample, or of the newest judged one, is right, in one sentence; empty where nothing was judged."""
    from store.sql import queries

    wanted = [row for row in queries.audits(database) if (row["key"] == key if key else row["accuracy_pct"] is not None)]
    return _sentence(wanted[0]) if wanted else ""


def _sentence(row: dict[str, Any]) -> str:
    judged = row["right_count"] + row["wrong_count"]
    open_ones = row["size"] - judged - row["unclear_count"]
    if row["accuracy_pct"] is None:
        return f"sample {row['key']}: nothing judged yet of {row['size']}"
    return (
        f"sample {row['key']}: {row['accuracy_pct']:.1f} % right (95 % interval {row['low_pct']:.1f} to {row['high_pct']:.1f} %); "
        f"{row['right_count']} of {judged} judged, {row['unclear_count']} unclear, {open_ones} to judge"
    )
