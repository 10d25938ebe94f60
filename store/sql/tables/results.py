"""What was judged: claims with their evidence, evaluations made of them, their contradictions and their history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import Boolean, CheckConstraint, Float, Index, UniqueConstraint, text

from store.model.records import ClaimKind, ScoreUnit, Status, Where
from store.sql.tables.base import Base, Id, Json, closed, column, day, moment, reasonable, said, whole, within

_CONTESTED = text("conflict_count > 0")


def _result_checks() -> tuple[CheckConstraint, ...]:
    return (
        closed("kind", get_args(ClaimKind)),
        closed("score_unit", get_args(ScoreUnit)),
        closed("status", get_args(Status)),
        within("edition_year", 1945, 2100),
        within("confidence", 0, 1),
        reasonable("event_date"),
        CheckConstraint("rank >= 1 AND rank_of >= 1 AND rank <= rank_of", name="rank_within_field"),
        CheckConstraint("count_streak >= 1 AND count_total >= 1 AND count_streak <= count_total", name="counts_within"),
        CheckConstraint("score >= 0", name="score_counted"),
        said("recipient_name"),
    )


class Claim(Base, table=True):
    """One result that one government body holds, as one article tells it."""

    __tablename__ = "claim"
    __table_args__ = (
        *_result_checks(),
        said("recipient"),
        CheckConstraint("superseded OR superseded_at IS NULL", name="superseded_dated"),
        Index(None, "programme_id", "entity_key"),
        Index(None, "identity_key"),
        Index(None, "article_key"),
        Index(None, "evaluation_key"),
        Index(None, "entity_key"),
        Index(None, "version_key"),
        Index(None, "shown_date", "key"),
        Index(None, "programme", "shown_date", "key"),
        Index(None, "recipient_key", "shown_date", "key"),
        Index(None, "edition_year", "shown_date", "key"),
        Index(None, "kind", "shown_date", "key"),
        Index(None, "giver_key", "shown_date", "key"),
        Index(None, "outlet", "shown_date", "key"),
        Index(None, "province_code", "shown_date", "key"),
    )

    key: str = column("Key made of the article version and the content of the claim", key=True)
    identity_key: str = column("Key made of article, programme, edition year, category, innovation and recipient")
    article_key: str = column("The article", to="article.key")
    version_key: str = column("The version of the article", to="article_version.key")
    evaluation_key: str | None = column("The evaluation it supports; NULL where it supports none", null=True, to="evaluation.key")
    superseded: bool = column("Whether a later version or reading of the article took its place", Boolean)
    superseded_at: datetime | None = moment("When its place was taken", null=True)
    reader: str = column("Version of the reader that made it")
    run_key: str | None = column("Run that recorded it", null=True)
    recorded_at: datetime = moment("When it was recorded")
    programme_id: str = column("Programme key, or name:folded name, or giver:giver where the programme has no name")
    entity_key: str = column("The recipient as an entity: its key, or ~slug of the unresolved name", to="agency.key")
    outlet: str | None = column("Outlet of the article", null=True)
    province_code: str | None = column("Province of the recipient", null=True)
    shown_date: date = day("Day it is listed under: that of its article", null=False)
    background: bool = column("Whether it is told as background to another result", Boolean)
    programme: str | None = column("Key of the programme", null=True, to="programme.key")
    programme_name: str | None = column("Name of the programme, as printed where it has no key", null=True)
    edition_year: int | None = whole("The year being judged", null=True)
    kind: str = column("Kind of the result")
    category: str | None = column("Category of the competition", null=True)
    innovation: str | None = column("Product or innovation that was judged", null=True)
    predicate: str | None = column("Word or letter on the programme's own scale", null=True)
    tier: str | None = column("Group without order inside it", null=True)
    rank: int | None = whole("Ordered place, 1 is best", null=True)
    rank_of: int | None = whole("Out of how many", null=True)
    rank_scope: str | None = column("Among whom", null=True)
    score: float | None = column("Score in score_unit", Float, null=True)
    score_unit: str | None = column("Unit of the score", null=True)
    recipient: str = column("Recipient as printed")
    recipient_name: str = column("Canonical name of the recipient")
    recipient_key: str | None = column("Registry key of the recipient; NULL where unresolved", null=True, to="agency.key")
    giver: str | None = column("Canonical name of the body that gives or judges", null=True)
    giver_key: str | None = column("Registry key of the giver", null=True, to="agency.key")
    presented_by_name: str | None = column("Who handed it over", null=True)
    presented_by_position: str | None = column("Post of who handed it over", null=True)
    received_by_name: str | None = column("Who took it", null=True)
    received_by_position: str | None = column("Post of who took it", null=True)
    also_received_by: Any = column("Others who took it, a list of {name, position}", Json)
    addressed_to_name: str | None = column("Whom the receiver stood in for", null=True)
    addressed_to_position: str | None = column("Post of whom the receiver stood in for", null=True)
    event_date: date | None = day("Day of the award or announcement")
    venue: str | None = column("Venue as printed", null=True)
    status: str = column("conferred or announced")
    count_total: int | None = whole("How many times in all", null=True)
    count_streak: int | None = whole("How many times in a row", null=True)
    flags: Any = column("Flags from the closed list, a list", Json)
    confidence: float = column("Calibrated confidence, 0 to 1", Float)
    field_confidence: Any = column(
        "Calibrated confidence of each value, an object of field and 0 to 1; empty where not measured", Json, server_default="{}"
    )


class Evidence(Base, table=True):
    """The characters a value of a claim was read from."""

    __tablename__ = "evidence"
    __table_args__ = (
        closed("place", get_args(Where)),
        CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="span_ordered"),
        CheckConstraint("length(quotation) = end_offset - start_offset", name="quotation_spans"),
    )

    claim_key: str = column("The claim", key=True, to="claim.key")
    number: int = whole("Place in the claim's list, from 0", key=True)
    field: str = column("Field that was read here")
    place: str = column("Where it stands: title or text (JSON name: in)")
    start_offset: int = whole("First code point (JSON name: start)")
    end_offset: int = whole("Code point after the last (JSON name: end)")
    quotation: str = column("The characters themselves (JSON name: text)")
    page: int | None = whole("Page of the document", null=True)
    row: int | None = whole("Row of the table", null=True)


class Evaluation(Base, table=True):
    """One result itself: one programme, edition, category, innovation and recipient, with every claim that tells it."""

    __tablename__ = "evaluation"
    __table_args__ = (
        *_result_checks(),
        UniqueConstraint("key"),
        closed("review", ("open", "accepted", "rejected", "changed")),
        CheckConstraint("claim_count >= 1 AND source_count >= 1 AND source_count <= article_count", name="supported"),
        reasonable("shown_date"),
        Index(None, "shown_date", "key"),
        Index(None, "programme", "shown_date", "key"),
        Index(None, "programme", "edition_year", "shown_date", "key"),
        Index(None, "entity_key", "shown_date", "key"),
        Index(None, "recipient_key", "shown_date", "key"),
        Index(None, "edition_year", "shown_date", "key"),
        Index(None, "kind", "shown_date", "key"),
        Index(None, "giver_key", "shown_date", "key"),
        Index(None, "province_code", "shown_date", "key"),
        Index("ix_evaluation_contested", "shown_date", "key", sqlite_where=_CONTESTED, postgresql_where=_CONTESTED),
        Index(None, "queue_weight", "key"),
    )

    id: int | None = column("Row number, for the full-text index", Id, key=True)
    key: str = column("Key made of programme, edition year, category, innovation and recipient")
    programme_id: str = column("Programme key, or name:folded name, or giver:giver where the programme has no name")
    entity_key: str = column("The recipient as an entity: its key, or ~slug of the unresolved name", to="agency.key")
    programme: str | None = column("Key of the programme", null=True, to="programme.key")
    programme_name: str | None = column("Name of the programme", null=True)
    edition_year: int | None = whole("The year being judged", null=True)
    kind: str = column("Kind of the result")
    category: str | None = column("Category of the competition", null=True)
    innovation: str | None = column("Product or innovation that was judged", null=True)
    predicate: str | None = column("Word or letter on the programme's own scale", null=True)
    tier: str | None = column("Group without order inside it", null=True)
    rank: int | None = whole("Ordered place, 1 is best", null=True)
    rank_of: int | None = whole("Out of how many", null=True)
    rank_scope: str | None = column("Among whom", null=True)
    score: float | None = column("Score in score_unit", Float, null=True)
    score_unit: str | None = column("Unit of the score", null=True)
    recipient_name: str = column("Canonical name of the recipient")
    recipient_key: str | None = column("Registry key of the recipient; NULL where unresolved", null=True, to="agency.key")
    province_code: str | None = column("Province of the recipient", null=True)
    province_name: str | None = column("Name of that province", null=True)
    giver: str | None = column("Canonical name of the body that gives or judges", null=True)
    giver_key: str | None = column("Registry key of the giver", null=True, to="agency.key")
    presented_by_name: str | None = column("Who handed it over", null=True)
    presented_by_position: str | None = column("Post of who handed it over", null=True)
    received_by_name: str | None = column("Who took it", null=True)
    received_by_position: str | None = column("Post of who took it", null=True)
    also_received_by: Any = column("Others who took it, a list of {name, position}", Json)
    addressed_to_name: str | None = column("Whom the receiver stood in for", null=True)
    addressed_to_position: str | None = column("Post of whom the receiver stood in for", null=True)
    event_date: date | None = day("Day of the award or announcement")
    venue: str | None = column("Venue as printed", null=True)
    status: str = column("conferred or announced")
    count_total: int | None = whole("How many times in all", null=True)
    count_streak: int | None = whole("How many times in a row", null=True)
    flags: Any = column("Flags of the claims that are shown, a list", Json)
    confidence: float = column("Confidence that the result is as shown, 0 to 1", Float)
    rules: Any = column("Which rule chose the shown value of each field, an object", Json)
    claim_count: int = whole("Claims under it")
    article_count: int = whole("Articles under it")
    source_count: int = whole("Independent sources: copies of one story and one outlet count once")
    official_count: int = whole("Articles of government bodies among them")
    conflict_count: int = whole("Fields on which sources differ")
    first_published_date: date | None = day("First publication that tells it")
    last_published_date: date | None = day("Last publication that tells it")
    shown_date: date = day("Day it is listed under: the event, else the first publication, else the edition year's end", null=False)
    reader: str = column("Version of the reader behind its newest claim")
    review: str = column("open, accepted, rejected, or changed since somebody decided")
    taken_down: bool = column("Whether it was taken down and is shown to nobody", Boolean)
    queue_weight: float = column("How much a look at it is worth: doubt times use; 0 where decided", Float)
    result_digest: str = column("Digest of the result before corrections: what a decision is about")
    digest: str = column("Digest of everything shown")


class EvaluationOutlet(Base, table=True):
    """Which outlets tell an evaluation; for listing by outlet."""

    __tablename__ = "evaluation_outlet"
    __table_args__ = (Index(None, "outlet", "shown_date", "evaluation_key"),)

    evaluation_key: str = column("The evaluation", key=True, to="evaluation.key")
    outlet: str = column("The outlet", key=True)
    shown_date: date = day("Day the evaluation is listed under", null=False)


class Conflict(Base, table=True):
    """One of several values that sources give for one field of an evaluation."""

    __tablename__ = "conflict"
    __table_args__ = (CheckConstraint("source_count >= 1", name="source_counted"),)

    evaluation_key: str = column("The evaluation", key=True, to="evaluation.key")
    field: str = column("The field they differ on", key=True)
    place: int = whole("The shown value first, then by support, from 0", key=True)
    value: Any = column("The value", Json)
    shown: bool = column("Whether this value is shown", Boolean)
    source_count: int = whole("Independent sources that say so")
    official: bool = column("Whether a government body says so", Boolean)
    claim_keys: Any = column("The claims that say so, a list", Json)


class EvaluationHistory(Base, table=True):
    """What was shown of an evaluation from one moment on; `shown` is NULL from the moment it was gone."""

    __tablename__ = "evaluation_history"
    __table_args__ = (Index(None, "programme_id", "entity_key", "changed_at"),)

    evaluation_key: str = column("Key of the evaluation", key=True)
    number: int = whole("Number of the state, from 1", key=True)
    changed_at: datetime = moment("When this state began")
    programme_id: str = column("Programme of the evaluation")
    entity_key: str = column("Recipient of the evaluation, as an entity")
    became_key: str | None = column("Where it is gone: the evaluation that most of its claims went to", null=True)
    shown: Any = column("Every shown value and its rule, an object", Json, null=True)
    reader: str | None = column("Version of the reader behind it", null=True)
    run_key: str | None = column("Run that changed it", null=True)
