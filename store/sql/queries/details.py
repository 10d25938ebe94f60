"""One evaluation with everything that stands behind it, and what was shown of it at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.moments import moment_text
from store.sql.queries.filters import Filters, one_of, resolve
from store.sql.queries.lists import CLAIMS, EVALUATIONS, NO_FILTERS
from store.sql.queries.rows import Columns, Dict, ask, columns, listed, scalars, stream

_WHOLE = Columns((*EVALUATIONS.selected.expressions, ("taken_down", "e.taken_down")), EVALUATIONS.selected.json, frozenset({"taken_down"}))
EVIDENCE = columns("s", "claim_key field page row", where="s.place", start="s.start_offset", stop="s.end_offset", text="s.quotation")
_VERSION = columns(
    "v",
    "article_key title text published authors editors reader",
    json="authors editors",
    yes_no="official",
    version_key="v.key",
    url="a.url",
    outlet="a.outlet",
    official="a.official",
    story_key="a.story_key",
    versions="a.versions",
)
_CONFLICT = columns("f", "field place value shown source_count official claim_keys", json="value claim_keys", yes_no="shown official")
_HISTORY = columns("h", "number changed_at became_key shown reader run_key", json="shown")
_DECISION = columns(
    "d",
    "key kind target target_key other_key field value reason made_by made_at undone_by undone_at",
    json="value",
)


def evaluation(database: Database, key: str) -> Dict:
    """One evaluation: `evaluation`, `claims` with their `evidence`, `articles` with their text, `conflicts`, `history`, `decisions`.

    Evidence is `{field, in, start, end, text}` into the title or text of the claim's article. A key that an evaluation had
    before finds it as long as most of its claims are together.

    Raises:
        UsageError: There is no such evaluation, or it was taken down.
    """
    with database.reading() as connection:
        found = _present(connection, key)
        key = found["key"]
        claims = _claims(connection, key)
        return {
            "evaluation": found,
            "claims": claims,
            "articles": _articles(connection, claims),
            "conflicts": _conflicts(connection, key),
            "history": history_of(connection, key),
            "decisions": _decisions(connection, key),
        }


def evaluations_as_of(
    database: Database, moment: datetime, filters: Filters = NO_FILTERS, *, limit: int | None = 50, after: str = ""
) -> list[Dict]:
    """What was shown of evaluations at a moment, by key; `after` is the last key of the page before.

    What was taken down since is not shown of any time.

    Raises:
        UsageError: A filter that history does not know, or that names what does not exist.
    """
    filters.require_only("evaluations of an earlier time", ("programme", "recipient", "year", "kind", "giver"))
    selected = replace(_HISTORY, expressions=(("key", "h.evaluation_key"), *_HISTORY.expressions))
    later = (
        "SELECT 1 FROM evaluation_history n WHERE n.evaluation_key = h.evaluation_key AND n.number > h.number AND n.changed_at <= :moment"
    )
    hidden = "SELECT 1 FROM evaluation e WHERE e.key = h.evaluation_key AND e.taken_down"
    rows: list[Dict] = []
    with database.reading() as connection:
        filters, bodies = resolve(connection, filters)
        values: dict[str, Any] = {"moment": moment_text(moment), "after": after}
        narrow = [one_of("h.entity_key", "recipient", bodies["recipient"], values)] if "recipient" in bodies else []
        if filters.programme is not None:
            values["programme"] = filters.programme
            narrow.append("h.programme_id = :programme")
        sql = (
            f"SELECT {selected.sql} FROM evaluation_history h WHERE h.evaluation_key > :after AND h.changed_at <= :moment"
            f"{''.join(f' AND {one}' for one in narrow)} AND h.shown IS NOT NULL AND NOT EXISTS ({later}) AND NOT EXISTS ({hidden}) "
            "ORDER BY h.evaluation_key"
        )
        wanted = {"edition_year": (filters.year,), "kind": (filters.kind,), "giver_key": bodies.get("giver", (None,))}
        for row in stream(connection, sql, values, selected):
            shown = row["shown"]
            if shown["review"] != "rejected" and all(told == (None,) or shown.get(name) in told for name, told in wanted.items()):
                rows.append({"key": row["key"], "changed_at": row["changed_at"], "reader": row["reader"], **shown})
                if len(rows) == limit:
                    break
    return rows


def history_of(connection: Connection, key: str) -> list[Dict]:
    """Every state of an evaluation, oldest first."""
    sql = f"SELECT {_HISTORY.sql} FROM evaluation_history h WHERE h.evaluation_key = :key ORDER BY h.number"
    return ask(connection, sql, {"key": key}, _HISTORY)


def _present(connection: Connection, key: str) -> Dict:
    seen: set[str] = set()
    while key not in seen:
        seen.add(key)
        rows = ask(connection, f"SELECT {_WHOLE.sql} FROM evaluation e WHERE e.key = :key", {"key": key}, _WHOLE)
        if rows and rows[0].pop("taken_down"):
            raise UsageError(f"the evaluation {key} was taken down")
        if rows:
            return rows[0]
        became = scalars(
            connection,
            "SELECT became_key FROM evaluation_history WHERE evaluation_key = :key AND became_key IS NOT NULL ORDER BY number DESC LIMIT 1",
            {"key": key},
        )
        key = became[0] if became else key
    raise UsageError(f"there is no evaluation {key}: `rapor ask evaluations` lists keys")


def _claims(connection: Connection, key: str) -> list[Dict]:
    selected = Columns((*CLAIMS.selected.expressions, ("version_key", "c.version_key")), CLAIMS.selected.json, CLAIMS.selected.yes_no)
    sql = f"SELECT {selected.sql} FROM {CLAIMS.origin} WHERE c.evaluation_key = :key AND NOT c.superseded ORDER BY c.shown_date, c.key"
    claims = ask(connection, sql, {"key": key}, selected)
    by_key = {claim["key"]: claim for claim in claims}
    for claim in claims:
        claim["evidence"] = []
    if by_key:
        values: dict[str, Any] = {}
        among = listed("claim", list(by_key), values)
        sql = f"SELECT {EVIDENCE.sql} FROM evidence s WHERE s.claim_key IN {among} ORDER BY s.claim_key, s.number"
        for row in ask(connection, sql, values, EVIDENCE):
            span = {"field": row["field"], "in": row["where"], "start": row["start"], "end": row["stop"], "text": row["text"]}
            span |= {name: row[name] for name in ("page", "row") if row[name] is not None}
            by_key[row["claim_key"]]["evidence"].append(span)
    return claims


def _articles(connection: Connection, claims: list[Dict]) -> list[Dict]:
    """The article versions behind the claims, first published first; copies of one story share `story_key`."""
    versions = sorted({claim["version_key"] for claim in claims})
    if not versions:
        return []
    values: dict[str, Any] = {}
    sql = (
        f"SELECT {_VERSION.sql} FROM article_version v JOIN article a ON a.key = v.article_key "
        f"WHERE v.key IN {listed('version', versions, values)} ORDER BY a.shown_date, a.key"
    )
    return ask(connection, sql, values, _VERSION)


def _conflicts(connection: Connection, key: str) -> list[Dict]:
    """Fields on which sources differ: `{field, values: [{value, shown, source_count, official, claim_keys}]}`."""
    sql = f"SELECT {_CONFLICT.sql} FROM conflict f WHERE f.evaluation_key = :key ORDER BY f.field, f.place"
    fields: dict[str, list[Dict]] = {}
    for row in ask(connection, sql, {"key": key}, _CONFLICT):
        fields.setdefault(row.pop("field"), []).append({name: value for name, value in row.items() if name != "place"})
    return [{"field": name, "values": values} for name, values in fields.items()]


def _decisions(connection: Connection, key: str) -> list[Dict]:
    about = "d.target = 'evaluation' AND (d.target_key = :key OR d.other_key = :key)"
    sql = f"SELECT {_DECISION.sql} FROM decision d WHERE {about} ORDER BY d.number"
    return ask(connection, sql, {"key": key}, _DECISION)
