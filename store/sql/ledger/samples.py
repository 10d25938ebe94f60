"""Random samples of evaluations, drawn to be judged: how often what is shown is right."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from sqlalchemy import func, select, update

from store.model.errors import UsageError
from store.model.keys import digest
from store.sql import tables
from store.sql.database import Database
from store.sql.merging.making import shown
from store.sql.rows import Row, add, chunks
from store.sql.tables import table


def draw_sample(database: Database, size: int, *, seed: int, now: datetime | None = None) -> str:
    """Draw a random sample of evaluations to be judged; the same seed on the same evaluations draws the same.

    Returns:
        Key of the sample.
    """
    evaluation, sample = table(tables.Evaluation), table(tables.AuditSample)
    with database.writing() as connection:
        visible = select(evaluation.c.key).where(~evaluation.c.taken_down).order_by(evaluation.c.key)
        keys = list(connection.scalars(visible))
        drawn = Random(seed).sample(keys, min(size, len(keys)))  # noqa: S311  a sample, no secret
        name = digest("sample", str(seed), str(size), *drawn)
        if connection.scalar(select(func.count()).select_from(sample).where(sample.c.sample_key == name)):
            return name
        rows: dict[str, Row] = {}
        for part in chunks(drawn):
            found = connection.execute(select(evaluation).where(evaluation.c.key.in_(part))).mappings()
            rows.update({row["key"]: dict(row) for row in found})
        common = {"sample_key": name, "drawn_at": now or datetime.now(UTC)}
        places = enumerate(drawn, start=1)
        add(connection, sample, [{**common, "place": place, "evaluation_key": key, "shown": shown(rows[key])} for place, key in places])
        return name


def judge_sample(database: Database, sample_key: str, place: int, verdict: str, *, by: str, now: datetime | None = None) -> None:
    """Note whether one evaluation of a sample is right, wrong or unclear.

    Raises:
        UsageError: There is no such place in the sample, or no such verdict.
    """
    if verdict not in ("right", "wrong", "unclear"):
        raise UsageError(f"{verdict!r} is no verdict: right, wrong or unclear")
    sample = table(tables.AuditSample)
    with database.writing() as connection:
        here = (sample.c.sample_key == sample_key) & (sample.c.place == place)
        values = {"verdict": verdict, "judged_by": by, "judged_at": now or datetime.now(UTC)}
        if not connection.execute(update(sample).where(here).values(**values)).rowcount:
            raise UsageError(f"the sample {sample_key} has no place {place}")
