"""The tables: shape only. Records are validated at the door by `store.model.records`, invariants live in CHECK constraints here.

Column names are the public names of the record. `_key` points to a row, `_name` is spelt out for people, `_date` is a day,
`_at` a moment in UTC, `_pct` a percentage; other units stand in the name. Every column has a comment: the data dictionary is made of them.
"""

from sqlalchemy import Table
from sqlmodel import SQLModel

from store.sql.tables.base import Base
from store.sql.tables.decisions import Audit, AuditSample, Decision, Unmerged
from store.sql.tables.known import Agency, Official, Programme, ProgrammeGiver, ProgrammeStep, Tenure
from store.sql.tables.press import (
    Address,
    Article,
    ArticleBand,
    ArticleCopy,
    ArticleVersion,
    Drift,
    Edition,
    Mention,
    Run,
    Snapshot,
    Source,
)
from store.sql.tables.results import Claim, Conflict, Evaluation, EvaluationHistory, EvaluationOutlet, Evidence

__all__ = [
    "Address",
    "Agency",
    "Article",
    "ArticleBand",
    "ArticleCopy",
    "ArticleVersion",
    "Audit",
    "AuditSample",
    "Claim",
    "Conflict",
    "Decision",
    "Drift",
    "Edition",
    "Evaluation",
    "EvaluationHistory",
    "EvaluationOutlet",
    "Evidence",
    "Mention",
    "Official",
    "Programme",
    "ProgrammeGiver",
    "ProgrammeStep",
    "Run",
    "Snapshot",
    "Source",
    "Tenure",
    "Unmerged",
    "metadata",
    "table",
]

metadata = Base.metadata


def table(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a model, for statements."""
    return metadata.tables[str(model.__tablename__)]
