"""Random samples of evaluations, drawn to be judged: how often what is shown is right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

from sqlalchemy import Connection, func, select, update

from store.model.errors import UsageError
from store.model.keys import digest
from store.sql import tables
from store.sql.database import Database
from store.sql.merging.making import shown
from store.sql.rows import Row, add, change, chunks
from store.sql.tables import table
from store.sql.tables.decisions import VERDICTS
from store.sql.wilson import wilson


def draw_sample(database: Database, size: int, *, seed: int, now: datetime | None = None) -> str:
    """Draw a random sample of the evaluations that are shown; the same seed on the same evaluations draws the same.

    Returns:
        Key of the sample.

    Raises:
        UsageError: There is no evaluation to draw.
    """
    evaluation, audit = table(tables.Evaluation), table(tables.Audit)
    with database.writing() as connection:
        visible = select(evaluation.c.key).where(~evaluation.c.taken_down, evaluation.c.review != "rejected")
        keys = list(connection.scalars(visible.order_by(evaluation.c.key)))
        if not keys:
            raise UsageError("there is no evaluation to draw: read and merge some first")
        drawn = Random(seed).sample(keys, min(size, len(keys)))  # noqa: S311  a sample, no secret
        name = digest("sample", str(seed), str(size), *drawn)
        if connection.scalar(select(func.count()).select_from(audit).where(audit.c.key == name)):
            return name
        rows: dict[str, Row] = {}
        for part in chunks(drawn):
            found = connection.execute(select(evaluation).where(evaluation.c.key.in_(part))).mappings()
            rows.update({row["key"]: dict(row) for row in found})
        head = {"key": name, "drawn_at": now or datetime.now(UTC), "seed": seed, "population": len(keys), "size": len(drawn)}
        add(connection, audit, [{**head, "right_count": 0, "wrong_count": 0, "unclear_count": 0}])
        places = enumerate(drawn, start=1)
        drawn_rows = [{"sample_key": name, "place": place, "evaluation_key": key, "shown": shown(rows[key])} for place, key in places]
        add(connection, table(tables.AuditSample), drawn_rows)
        return name


def judge_sample(database: Database, sample_key: str, verdicts: Mapping[int, str], *, by: str, now: datetime | None = None) -> None:
    """Note of evaluations of a sample whether they are right, wrong or unclear, and keep the accuracy that follows; all or none.

    Args:
        database: The database.
        sample_key: The sample.
        verdicts: `right`, `wrong` or `unclear` by place in the sample.
        by: Who judged.
        now: When.

    Raises:
        UsageError: There is no such place in the sample, or no such verdict.
    """
    for verdict in verdicts.values():
        if verdict not in VERDICTS:
            raise UsageError(f"{verdict!r} is no verdict: {', '.join(VERDICTS)}")
    moment = now or datetime.now(UTC)
    sample = table(tables.AuditSample)
    with database.writing() as connection:
        known = set(connection.scalars(select(sample.c.place).where(sample.c.sample_key == sample_key)))
        missing = sorted(set(verdicts) - known)
        if missing:
            raise UsageError(f"the sample {sample_key} has no place {missing[0]}")
        rows = [
            {"sample_key": sample_key, "place": place, "verdict": verdict, "judged_by": by, "judged_at": moment}
            for place, verdict in verdicts.items()
        ]
        change(connection, sample, ["sample_key", "place"], rows)
        _count(connection, sample_key, moment)


def _count(connection: Connection, sample_key: str, moment: datetime) -> None:
    """Keep how many of a sample are right, and the interval of that share."""
    sample, audit = table(tables.AuditSample), table(tables.Audit)
    judged = select(sample.c.verdict, func.count()).where(sample.c.sample_key == sample_key).group_by(sample.c.verdict)
    counted = dict(connection.execute(judged).tuples().all())
    right, wrong, unclear = (counted.get(verdict, 0) for verdict in VERDICTS)
    low, share, high = wilson(right, right + wrong)
    values = {"right_count": right, "wrong_count": wrong, "unclear_count": unclear, "accuracy_pct": share, "low_pct": low, "high_pct": high}
    connection.execute(update(audit).where(audit.c.key == sample_key).values(**values, judged_at=moment))
