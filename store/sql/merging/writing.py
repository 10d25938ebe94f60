"""Evaluations to rows: what is new is inserted, what differs is updated, what is gone leaves its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, tuple_, update

from store.sql import tables
from store.sql.merging.decided import Pair
from store.sql.merging.making import Made, shown
from store.sql.rows import Row, add, change, chunks
from store.sql.tables import table


@dataclass(frozen=True)
class Written:
    """How many evaluations were new, changed and gone."""

    made: int = 0
    changed: int = 0
    gone: int = 0

    def __add__(self, other: Written) -> Written:
        """Both together."""
        return Written(self.made + other.made, self.changed + other.changed, self.gone + other.gone)


def write(connection: Connection, pairs: Sequence[Pair], made: Sequence[Made], run: str | None, now: datetime) -> Written:
    """Make the evaluations of these pairs be exactly `made`."""
    before = _before(connection, pairs)
    claims = _claims_before(connection, pairs)
    new = [item for item in made if item.row["key"] not in before]
    differing = [item for item in made if item.row["key"] in before and before[item.row["key"]]["digest"] != item.row["digest"]]
    gone = sorted(set(before) - {item.row["key"] for item in made})
    evaluation = table(tables.Evaluation)
    add(connection, evaluation, [item.row for item in new])
    change(connection, evaluation, ["key"], [item.row for item in differing])
    home = {claim: item.row["key"] for item in made for claim in item.claims}
    moved = [{"key": claim, "evaluation_key": home.get(claim)} for claim, old in claims.items() if home.get(claim) != old]
    change(connection, table(tables.Claim), ["key"], moved)
    _write_sides(connection, [*new, *differing], gone, before)
    _write_history(connection, [*new, *differing], gone, before, _became(claims, home), run, now)
    for part in chunks(gone):
        # Superseded claims of older versions may still point there.
        claim = table(tables.Claim)
        connection.execute(update(claim).where(claim.c.evaluation_key.in_(part)).values(evaluation_key=None))
        connection.execute(delete(evaluation).where(evaluation.c.key.in_(part)))
    return Written(len(new), len(differing), len(gone))


def _before(connection: Connection, pairs: Sequence[Pair]) -> dict[str, Row]:
    evaluation = table(tables.Evaluation)
    found: dict[str, Row] = {}
    for part in chunks(pairs):
        query = select(evaluation).where(tuple_(evaluation.c.programme_id, evaluation.c.entity_key).in_(part))
        found.update({row["key"]: dict(row) for row in connection.execute(query).mappings()})
    return found


def _claims_before(connection: Connection, pairs: Sequence[Pair]) -> dict[str, str | None]:
    claim = table(tables.Claim)
    found: dict[str, str | None] = {}
    for part in chunks(pairs):
        query = select(claim.c.key, claim.c.evaluation_key).where(tuple_(claim.c.programme_id, claim.c.entity_key).in_(part))
        for key, evaluation in connection.execute(query.where(or_(~claim.c.superseded, claim.c.evaluation_key.is_not(None)))):
            found[key] = evaluation
    return found


def _became(claims: Mapping[str, str | None], home: Mapping[str, str]) -> dict[str, str]:
    """For each evaluation before: the one that most of its claims are under now."""
    went: dict[str, Counter[str]] = {}
    for claim, old in claims.items():
        if old and claim in home:
            went.setdefault(old, Counter())[home[claim]] += 1
    return {old: min(counts, key=lambda key: (-counts[key], key)) for old, counts in went.items()}


def _write_sides(connection: Connection, items: Sequence[Made], gone: Sequence[str], before: Mapping[str, Row]) -> None:
    """Conflicts and outlets hang on their evaluation and are written anew with it."""
    stale = [*gone, *(item.row["key"] for item in items if item.row["key"] in before)]
    conflict, outlet = table(tables.Conflict), table(tables.EvaluationOutlet)
    for part in chunks(stale):
        connection.execute(delete(conflict).where(conflict.c.evaluation_key.in_(part)))
        connection.execute(delete(outlet).where(outlet.c.evaluation_key.in_(part)))
    add(connection, conflict, [row for item in items for row in item.conflicts])
    add(
        connection,
        outlet,
        [
            {"evaluation_key": item.row["key"], "outlet": name, "shown_date": item.row["shown_date"]}
            for item in items
            for name in item.outlets
        ],
    )


def _write_history(
    connection: Connection,
    items: Sequence[Made],
    gone: Sequence[str],
    before: Mapping[str, Row],
    became: Mapping[str, str],
    run: str | None,
    now: datetime,
) -> None:
    changed = [item.row for item in items if item.row["key"] not in before or shown(before[item.row["key"]]) != shown(item.row)]
    numbers = _last_numbers(connection, [row["key"] for row in changed] + list(gone))
    common: dict[str, Any] = {"changed_at": now, "run_key": run}
    rows = [_state(row, numbers, common) | {"became_key": None, "shown": shown(row)} for row in changed]
    rows += [_state(before[key], numbers, common) | {"became_key": became.get(key), "shown": None} for key in gone]
    add(connection, table(tables.EvaluationHistory), rows)


def _state(row: Row, numbers: Mapping[str, int], common: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "evaluation_key": row["key"],
        "number": numbers.get(row["key"], 0) + 1,
        "programme_id": row["programme_id"],
        "entity_key": row["entity_key"],
        "reader": row["reader"],
        **common,
    }


def _last_numbers(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    history = table(tables.EvaluationHistory)
    found: dict[str, int] = {}
    for part in chunks(keys):
        query = select(history.c.evaluation_key, func.max(history.c.number)).where(history.c.evaluation_key.in_(part))
        for key, number in connection.execute(query.group_by(history.c.evaluation_key)):
            found[key] = number
    return found
