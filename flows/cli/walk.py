"""One evaluation after the other in a terminal, each with its sentences, and one letter for an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.model.errors import UsageError

if TYPE_CHECKING:
    from store.sql.database import Database

STOP = {"s": "skip", "q": "quit"}


def in_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def walk(database: Database, keys: Sequence[str], answers: Mapping[str, str], heard: Callable[[int, str], None]) -> None:
    """Show evaluations and ask about each.

    Args:
        database: Where they are.
        keys: Their keys, in order.
        answers: Letter to answer; skip and quit are added.
        heard: Is told the place in `keys` and the answer, skip and quit aside.
    """
    from flows.cli.render import console
    from flows.cli.show import write_evaluation
    from store.sql import queries

    out = console()
    for place, key in enumerate(keys):
        out.rule(f"{place + 1} of {len(keys)} · {key}")
        try:
            write_evaluation(queries.evaluation(database, key), out)
        except UsageError as error:  # merged away or taken down meanwhile
            out.print(str(error), markup=False)
        said = answer({**answers, **STOP})
        if said == "quit":
            return
        if said != "skip":
            heard(place, said)


def answer(choices: Mapping[str, str]) -> str:
    """Ask until one of the letters comes; the end of the input is quit."""
    while True:
        said = line(", ".join(f"[{letter}] {name}" for letter, name in choices.items()))
        if said is None:
            return "quit"
        chosen = choices.get(said.lower()[:1])
        if chosen is not None:
            return chosen


def line(prompt: str) -> str | None:
    """One line from the person at the terminal; None at the end of the input."""
    sys.stderr.write(f"{prompt}: ")
    sys.stderr.flush()
    said = sys.stdin.readline()
    return said.strip() if said else None
