"""The merge itself: take what is marked, make it anew, write what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, tuple_

from store.sql import tables
from store.sql.database import Database
from store.sql.merging.decided import Decided, Neighbourhoods, Pair, load_decided, load_neighbourhoods
from store.sql.merging.grouping import group
from store.sql.merging.loading import load_bodies, load_programmes, load_tellings
from store.sql.merging.making import Made, apply_ties, find, key_of, make
from store.sql.merging.telling import ProgrammeFacts, Telling
from store.sql.merging.writing import Written, write
from store.sql.rows import Row, chunks
from store.sql.tables import table

PAIRS_PER_TRANSACTION = 200


@dataclass(frozen=True)
class MergeReport:
    """What a merge came to: evaluations new, changed and gone, and how many pairs of programme and recipient were looked at."""

    made: int = 0
    changed: int = 0
    gone: int = 0
    pairs: int = 0


def merge(
    database: Database, keys: Iterable[str] | None = None, *, everything: bool = False, run: str | None = None, now: datetime | None = None
) -> MergeReport:
    """Bring the evaluations up to date with the claims and the decisions.

    Args:
        database: The database.
        keys: Articles whose claims are merged; None: whatever changed since the last merge.
        everything: Make every evaluation anew, changed or not.
        run: The run that merges, for the history.
        now: The moment noted in the history.

    Raises:
        StoreError: The database is locked, full or damaged; every transaction before is written, the rest stays marked.
    """
    moment = now or datetime.now(UTC)
    with database.reading() as connection:
        waiting = _waiting(connection, None if keys is None else sorted(set(keys)), everything)
    total = Written()
    for part in chunks(waiting, PAIRS_PER_TRANSACTION):
        with database.writing() as connection:
            total += _merge_pairs(connection, part, run, moment)
    return MergeReport(total.made, total.changed, total.gone, len(waiting))


def _waiting(connection: Connection, articles: Sequence[str] | None, everything: bool) -> list[Pair]:
    claim, unmerged, evaluation = table(tables.Claim), table(tables.Unmerged), table(tables.Evaluation)
    if articles is not None:
        found: set[Pair] = set()
        for part in chunks(articles):
            query = select(claim.c.programme_id, claim.c.entity_key).where(claim.c.article_key.in_(part)).distinct()
            found.update((one, other) for one, other in connection.execute(query))
        return sorted(found)
    pairs = {(one, other) for one, other in connection.execute(select(unmerged.c.programme_id, unmerged.c.entity_key))}
    if everything:
        for origin in (claim, evaluation):
            pairs |= {(one, other) for one, other in connection.execute(select(origin.c.programme_id, origin.c.entity_key).distinct())}
    return sorted(pairs)


def _merge_pairs(connection: Connection, dirty: Sequence[Pair], run: str | None, now: datetime) -> Written:
    decided = load_decided(connection)
    around = load_neighbourhoods(connection, decided)
    units = around.of(dirty)
    pairs = [pair for unit in units for pair in unit]
    unmerged = table(tables.Unmerged)
    # The marks go first: whoever adds claims meanwhile waits for this row or writes a new mark. Read before, claims could be lost.
    for part in chunks(pairs):
        connection.execute(delete(unmerged).where(tuple_(unmerged.c.programme_id, unmerged.c.entity_key).in_(part)))
    tellings = load_tellings(connection, pairs, around, decided)
    facts = load_programmes(connection, {programme for programme, _ in pairs} | {around.programmes.root(one) for one, _ in pairs})
    bodies = load_bodies(connection, {key for _, entity in pairs for key in (entity, around.entities.root(entity))})
    made: list[Made] = []
    for unit in units:
        made.extend(_make_unit(unit, tellings, facts, bodies, decided, around))
    return write(connection, pairs, made, run, now)


def _make_unit(
    unit: Sequence[Pair],
    tellings: dict[Pair, list[Telling]],
    facts: dict[str, ProgrammeFacts],
    bodies: Mapping[str, Row],
    decided: Decided,
    around: Neighbourhoods,
) -> list[Made]:
    """Make the evaluations of pairs that belong together: group by programme and body, then tie and split as decided."""
    blocks: dict[Pair, list[Telling]] = {}
    for pair in unit:
        for item in tellings[pair]:
            blocks.setdefault((item.programme, item.entity), []).append(item)
    groups = {}
    for (programme, _), items in sorted(blocks.items()):
        for one in group(items, facts.get(programme, ProgrammeFacts())):
            groups[key_of(one)] = one
    groups = apply_ties(groups, _touching(decided, set(unit)))
    judged: dict[str, list[Row]] = {}
    for rows in decided.judged.values():
        for row in rows:
            basis = row["basis"]
            if (basis["programme_id"], basis["entity_key"]) in unit:
                key = find(row["target_key"], basis, groups)
                if key:
                    judged.setdefault(key, []).append(row)
    result = []
    for key, one in sorted(groups.items()):
        found = make(key, one, facts.get(one.members[0].programme, ProgrammeFacts()), bodies, judged.get(key, ()))
        if found:
            result.append(found)
    return result


def _touching(decided: Decided, unit: set[Pair]) -> Decided:
    """The decisions on evaluations that concern these pairs."""
    splits = [row for row in decided.splits if (row["basis"]["programme_id"], row["basis"]["entity_key"]) in unit]
    merges = [
        row
        for row in decided.evaluation_merges
        if any((side["programme_id"], side["entity_key"]) in unit for side in row["basis"]["sides"])
    ]
    return Decided(splits=splits, evaluation_merges=merges)
