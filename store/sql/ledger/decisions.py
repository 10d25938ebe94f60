"""Human decisions: written once, applied at every merge, undone by a note, never erased.

A decision keeps what was seen when it was made (`basis`): the programme and body, the articles, and a digest of the result. So it
finds its evaluation again when a re-reading gave that another key, and comes back for another look when the result changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, func, or_, select, text, update

from store.model.errors import UsageError
from store.model.keys import digest
from store.model.records import Claim, Person
from store.sql import tables
from store.sql.database import Database
from store.sql.ledger.marks import mark
from store.sql.merging.making import shown
from store.sql.merging.telling import word
from store.sql.rows import Row, add
from store.sql.tables import table

ALLOWED = {
    "accept": ("evaluation",),
    "reject": ("evaluation", "claim", "article"),
    "correct": ("evaluation",),
    "take_down": ("evaluation", "claim", "article"),
    "same_as": ("evaluation", "entity", "programme"),
    "not_same_as": ("evaluation", "entity"),
}
"""What can be decided about what. `not_same_as` of an evaluation splits the claims of some of its articles off."""
_PEOPLE = ("presented_by", "received_by", "addressed_to")
_CORRECTABLE_RESULTS = (
    "edition_year kind category innovation predicate tier rank rank_of rank_scope score score_unit giver event_date venue status "
    "count_total count_streak"
)
CORRECTABLE = frozenset((*_CORRECTABLE_RESULTS.split(), *(f"{person}_{part}" for person in _PEOPLE for part in ("name", "position"))))


def record_decision(
    database: Database,
    kind: str,
    target: str,
    key: str,
    *,
    by: str,
    reason: str = "",
    other: str | None = None,
    field: str | None = None,
    value: Any = None,
    articles: Sequence[str] = (),
    now: datetime | None = None,
) -> str:
    """Record a decision; the next merge applies it.

    Args:
        database: The database.
        kind: accept, reject, correct, take_down, same_as or not_same_as.
        target: evaluation, claim, article, entity or programme.
        key: Key of what is decided about; the one that is kept, for same_as.
        by: Who decides.
        reason: Why; required to take something down.
        other: The other side of same_as, and of not_same_as between entities.
        field: Field to correct; its new `value` is JSON-ready (a day as ISO text), None to empty it.
        value: See `field`.
        articles: Articles whose claims are split off, for not_same_as of an evaluation.
        now: When.

    Returns:
        Key of the decision; that of the standing one where the same was decided already.

    Raises:
        UsageError: It cannot be decided so, or what it is about does not exist.
    """
    _require(kind, target, by, reason, other, field, articles)
    if kind == "correct":
        _require_valid(str(field), value)
    with database.writing() as connection:
        _lock(connection)
        key, basis, touched = _seen(connection, kind, target, key, other)
        if field == "predicate" and value is not None:
            _require_step(connection, basis["programme_id"], value)
        if articles:
            value = _split_off(key, basis, articles)
        row = {"kind": kind, "target": target, "target_key": key, "other_key": other, "field": field, "value": value, "made_by": by}
        if standing := _standing(connection, row, basis):
            return standing
        made = _add(connection, {**row, "reason": reason, "made_at": now or datetime.now(UTC), "basis": basis})
        mark(connection, touched)
        return made


def _lock(connection: Connection) -> None:
    """One decision at a time, for they are numbered; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE decision IN EXCLUSIVE MODE"))


def _split_off(key: str, basis: Row, articles: Sequence[str]) -> Row:
    """The articles whose claims leave an evaluation, every one of them told in it."""
    missing = sorted(set(articles) - set(basis["articles"]))
    if missing:
        raise UsageError(f"the evaluation {key} has no claim of article {', '.join(missing)}")
    return {"articles": sorted(articles)}


def _add(connection: Connection, row: Row) -> str:
    """Write a decision under the next number; its key."""
    decision = table(tables.Decision)
    number = (connection.scalar(select(func.max(decision.c.number))) or 0) + 1
    told = (row[name] or "" for name in ("kind", "target", "target_key", "other_key", "field"))
    key = digest("decision", str(number), *told, json.dumps(row["value"]), row["made_by"])
    add(connection, decision, [{**row, "number": number, "key": key}])
    return key


def undo_decision(database: Database, key: str, *, by: str, now: datetime | None = None) -> bool:
    """Undo a decision; the next merge goes without it.

    Returns:
        Whether it stood until now.

    Raises:
        UsageError: There is no such decision.
    """
    decision = table(tables.Decision)
    with database.writing() as connection:
        found = connection.execute(select(decision).where(decision.c.key == key)).mappings().one_or_none()
        if found is None:
            raise UsageError(f"there is no decision {key}")
        if found["undone_at"] is not None:
            return False
        connection.execute(update(decision).where(decision.c.key == key).values(undone_by=by, undone_at=now or datetime.now(UTC)))
        mark(connection, _touched_by(connection, dict(found)))
        return True


def _require(kind: str, target: str, by: str, reason: str, other: str | None, field: str | None, articles: Sequence[str]) -> None:
    if kind not in ALLOWED:
        raise UsageError(f"{kind!r} is no decision: {', '.join(ALLOWED)}")
    if target not in ALLOWED[kind]:
        raise UsageError(f"{kind} is decided about {' or '.join(ALLOWED[kind])}, not about {target}")
    takes_other = kind == "same_as" or (kind == "not_same_as" and target != "evaluation")
    splits = kind == "not_same_as" and target == "evaluation"
    conditions = (
        (bool(by), "say who decides"),
        (kind != "take_down" or bool(reason), "say why it is taken down"),
        (splits == bool(articles), "a split names the articles whose claims do not belong, nothing else does"),
        ((other is not None) == takes_other, f"{kind} of {target} takes {'no' if other else 'an'} other key"),
        ((field is not None) == (kind == "correct"), "a correction names its field, nothing else does"),
        (field is None or field in CORRECTABLE, f"{field} cannot be corrected; {', '.join(sorted(CORRECTABLE))} can"),
    )
    for holds, sentence in conditions:
        if not holds:
            raise UsageError(sentence)


def _require_valid(field: str, value: Any) -> None:
    if value is None:
        return
    try:
        if field.endswith(("_name", "_position")):
            Person(name=value)
        else:
            Claim.model_validate({"recipient": "x", "recipient_name": "x", field: value})
    except ValidationError as error:
        raise UsageError(f"{value!r} is no value for {field}: {error.errors()[0]['msg'].lower()}") from error


def _require_step(connection: Connection, programme: str, value: str) -> None:
    """A predicate is a step of its programme's scales, where that has any; as printed, under any of its spellings."""
    steps = table(tables.ProgrammeStep)
    rows = connection.execute(
        select(steps.c.name, steps.c.spellings).where(steps.c.programme == programme).order_by(steps.c.scale, steps.c.place)
    )
    known = {word(spelling): row.name for row in rows for spelling in (row.name, *row.spellings)}
    if known and word(value) not in known:
        raise UsageError(f"{value!r} is no step of {programme}; its steps are {', '.join(dict.fromkeys(known.values()))}")


def _standing(connection: Connection, row: Row, basis: Row) -> str | None:
    decision = table(tables.Decision)
    same = [decision.c[name] == row[name] for name in ("kind", "target", "target_key", "made_by")]
    query = select(decision.c.key, decision.c.other_key, decision.c.field, decision.c.value, decision.c.basis)
    later = select(func.max(decision.c.number)).where(decision.c.target_key == row["target_key"], decision.c.undone_at.is_(None))
    for found in connection.execute(query.where(*same, decision.c.undone_at.is_(None), decision.c.number == later.scalar_subquery())):
        alike = all(getattr(found, name) == row[name] for name in ("other_key", "field", "value"))
        if alike and found.basis.get("result_digest") == basis.get("result_digest"):
            return str(found.key)
    return None


def _seen(connection: Connection, kind: str, target: str, key: str, other: str | None) -> tuple[str, dict[str, Any], set[tuple[str, str]]]:
    """The key as decisions keep it, what is seen of it now, and what has to be merged anew."""
    if target == "evaluation":
        side, touched = _evaluation(connection, key)
        if kind != "same_as" or other is None:
            return key, side, touched
        if other == key:
            raise UsageError(f"the evaluation {key} is itself: name another one")
        second, more = _evaluation(connection, other)
        if side["programme_id"] != second["programme_id"]:
            programmes = f"{side['programme_id']} and {second['programme_id']}"
            raise UsageError(f"{key} and {other} are results of two programmes ({programmes}): tie the programmes first, if they are one")
        return key, {"sides": [side, second]}, touched | more
    claim = table(tables.Claim)
    if target == "claim":
        identity = connection.scalar(select(claim.c.identity_key).where(or_(claim.c.key == key, claim.c.identity_key == key)).limit(1))
        if identity is None:
            raise UsageError(f"there is no claim {key}")
        return identity, {}, _pairs(connection, claim.c.identity_key == identity)
    known_as = {"article": table(tables.Article), "entity": table(tables.Agency), "programme": table(tables.Programme)}[target]
    noun = "body" if target == "entity" else target
    for one in filter(None, (key, other)):
        known = connection.scalar(select(func.count()).select_from(known_as).where(known_as.c.key == one))
        if not known and not (target == "programme" and _pairs(connection, claim.c.programme_id == one)):
            raise UsageError(f"there is no {noun} {one}")
    return key, {}, _touched_by(connection, {"target": target, "target_key": key, "other_key": other, "basis": {}})


def _evaluation(connection: Connection, key: str) -> tuple[dict[str, Any], set[tuple[str, str]]]:
    evaluation, claim = table(tables.Evaluation), table(tables.Claim)
    row = connection.execute(select(evaluation).where(evaluation.c.key == key)).mappings().one_or_none()
    if row is None:
        raise UsageError(f"there is no evaluation {key}")
    told = connection.scalars(select(claim.c.article_key).where(claim.c.evaluation_key == key, ~claim.c.superseded).distinct())
    basis = {
        "programme_id": row["programme_id"],
        "entity_key": row["entity_key"],
        "articles": sorted(told),
        "shown": shown(dict(row)),
        "result_digest": row["result_digest"],
    }
    return basis, {(row["programme_id"], row["entity_key"])}


def _touched_by(connection: Connection, row: Row) -> set[tuple[str, str]]:
    claim, target = table(tables.Claim), row["target"]
    if target == "evaluation":
        sides = row["basis"].get("sides") or [row["basis"]]
        return {(side["programme_id"], side["entity_key"]) for side in sides}
    keys = [key for key in (row["target_key"], row["other_key"]) if key]
    column = {
        "claim": claim.c.identity_key,
        "article": claim.c.article_key,
        "entity": claim.c.entity_key,
        "programme": claim.c.programme_id,
    }[target]
    return _pairs(connection, column.in_(keys))


def _pairs(connection: Connection, condition: ColumnElement[bool]) -> set[tuple[str, str]]:
    claim = table(tables.Claim)
    found: Iterable[Any] = connection.execute(select(claim.c.programme_id, claim.c.entity_key).where(condition).distinct())
    return {(programme, entity) for programme, entity in found}
