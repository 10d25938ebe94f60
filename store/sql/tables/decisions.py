"""What people decided, what is drawn for them to judge, and what waits for the next merge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer

from store.sql.tables.base import Base, Json, closed, column, moment, said, whole

DECISION_KINDS = ("accept", "reject", "correct", "same_as", "not_same_as", "take_down")
TARGETS = ("evaluation", "claim", "article", "entity", "programme")


class Decision(Base, table=True):
    """One human decision. Never changed but for its undoing; applied at every merge."""

    __tablename__ = "decision"
    __table_args__ = (
        closed("kind", DECISION_KINDS),
        closed("target", TARGETS),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_signed"),
        CheckConstraint("(kind = 'correct') = (field IS NOT NULL)", name="correction_names_field"),
        said("made_by"),
        Index(None, "target", "target_key"),
        Index(None, "other_key"),
    )

    number: int = column("Order in which decisions were made", Integer, key=True)
    key: str = column("Key of the decision", unique=True)
    kind: str = column("accept, reject, correct, same_as, not_same_as or take_down")
    target: str = column("What it is about: evaluation, claim, article, entity or programme")
    target_key: str = column("Key of what it is about")
    other_key: str | None = column("The other side of same_as and not_same_as", null=True)
    field: str | None = column("Field that is corrected", null=True)
    value: Any = column("The corrected value", Json, null=True)
    reason: str = column("Why, in the words of who decided")
    made_by: str = column("Who decided")
    made_at: datetime = moment("When")
    basis: Any = column("What was seen: identity, shown values and articles at that time", Json)
    undone_by: str | None = column("Who undid it", null=True)
    undone_at: datetime | None = moment("When it was undone", null=True)


class AuditSample(Base, table=True):
    """One evaluation of a random sample that is drawn to be judged."""

    __tablename__ = "audit_sample"
    __table_args__ = (closed("verdict", ("right", "wrong", "unclear")),)

    sample_key: str = column("The sample", key=True)
    place: int = whole("Place in the sample, from 1", key=True)
    evaluation_key: str = column("The evaluation that was drawn")
    shown: Any = column("What was shown when it was drawn, an object", Json)
    drawn_at: datetime = moment("When it was drawn")
    verdict: str | None = column("right, wrong or unclear; NULL until judged", null=True)
    judged_by: str | None = column("Who judged", null=True)
    judged_at: datetime | None = moment("When", null=True)


class Unmerged(Base, table=True):
    """A programme and recipient whose claims changed since their evaluations were made."""

    __tablename__ = "unmerged"

    programme_id: str = column("Programme of the changed claims", key=True)
    entity_key: str = column("Recipient of the changed claims, as an entity", key=True)
    marked_at: datetime = moment("When they changed last")
