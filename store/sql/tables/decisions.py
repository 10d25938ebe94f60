"""What people decided, what is drawn for them to judge, and what waits for the next merge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Float, Index, Integer

from store.sql.tables.base import Base, Json, closed, column, moment, said, whole

DECISION_KINDS = ("accept", "reject", "correct", "same_as", "not_same_as", "take_down")
VERDICTS = ("right", "wrong", "unclear")
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


class Audit(Base, table=True):
    """A random sample of evaluations drawn to be judged, and how much of it was found right."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint(
            "right_count >= 0 AND wrong_count >= 0 AND unclear_count >= 0 AND right_count + wrong_count + unclear_count <= size",
            name="verdicts_within_size",
        ),
        CheckConstraint("(accuracy_pct IS NULL) = (right_count + wrong_count = 0)", name="accuracy_where_judged"),
        CheckConstraint(
            "low_pct >= 0 AND low_pct <= accuracy_pct AND accuracy_pct <= high_pct AND high_pct <= 100", name="interval_ordered"
        ),
    )

    key: str = column("Key of the sample", key=True)
    drawn_at: datetime = moment("When it was drawn")
    seed: int | None = column("Seed it was drawn with; NULL where it is older than this column", BigInteger, null=True)
    population: int | None = whole("Evaluations it was drawn from; NULL where it is older than this column", null=True)
    size: int = whole("Evaluations in it")
    right_count: int = whole("Judged right")
    wrong_count: int = whole("Judged wrong")
    unclear_count: int = whole("Looked at and left open; not counted in the accuracy")
    accuracy_pct: float | None = column("Right ones among those judged right or wrong; NULL until one is", Float, null=True)
    low_pct: float | None = column("Lower bound of Wilson's 95 % interval", Float, null=True)
    high_pct: float | None = column("Upper bound of Wilson's 95 % interval", Float, null=True)
    judged_at: datetime | None = moment("When somebody judged last", null=True)


class AuditSample(Base, table=True):
    """One evaluation of a random sample that is drawn to be judged."""

    __tablename__ = "audit_sample"
    __table_args__ = (closed("verdict", VERDICTS),)

    sample_key: str = column("The sample", key=True, to="audit.key")
    place: int = whole("Place in the sample, from 1", key=True)
    evaluation_key: str = column("The evaluation that was drawn")
    shown: Any = column("What was shown when it was drawn, an object", Json)
    verdict: str | None = column("right, wrong or unclear; NULL until judged", null=True)
    judged_by: str | None = column("Who judged", null=True)
    judged_at: datetime | None = moment("When", null=True)


class Unmerged(Base, table=True):
    """A programme and recipient whose claims changed since their evaluations were made."""

    __tablename__ = "unmerged"

    programme_id: str = column("Programme of the changed claims", key=True)
    entity_key: str = column("Recipient of the changed claims, as an entity", key=True)
    marked_at: datetime = moment("When they changed last")
