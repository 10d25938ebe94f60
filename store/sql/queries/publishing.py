"""What a release is made from: every evaluation that may be shown, and everything that stands behind a batch of them.

All questions of one release are put to one connection, so that they see one state of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from store.sql.queries.details import EVIDENCE
from store.sql.queries.lists import CLAIMS, EVALUATIONS
from store.sql.queries.registers import EDITIONS
from store.sql.queries.rows import Columns, Dict, ask, columns, listed, stream

_VISIBLE = "NOT e.taken_down AND e.review <> 'rejected'"
_EVALUATION = Columns(
    (*EVALUATIONS.selected.expressions, ("agency_key", "e.entity_key"), ("level", "a.level"), ("agency_kind", "a.kind")),
    EVALUATIONS.selected.json,
)
_CLAIM = Columns(
    (
        *CLAIMS.selected.expressions,
        ("version_key", "c.version_key"),
        ("agency_key", "c.entity_key"),
        ("story_key", "a.story_key"),
        ("text", "v.text"),
    ),
    CLAIMS.selected.json,
    CLAIMS.selected.yes_no,
)
_OUTLET = columns("o", "evaluation_key outlet")
_CONFLICT = columns(
    "f", "evaluation_key field place value shown source_count official claim_keys", json="value claim_keys", yes_no="shown official"
)
_HISTORY = columns("h", "evaluation_key number changed_at shown reader", json="shown")
_DECISION = columns("d", "key kind field value reason made_at target_key other_key", json="value")
_MENTION = columns("m", "version_key name official_key")
_ARTICLE = columns(
    "a",
    "key url outlet source_key official title published published_date shown_date language unread story_key versions",
    yes_no="official",
    reader="v.reader",
    fetched_at="s.fetched_at",
    digest="s.digest",
)
_AGENCY = columns(
    "a",
    "key name level kind parent_key province_code province_name since_date until_date spellings successor_keys likely_key verified",
    json="spellings successor_keys",
    yes_no="verified",
    parent_name="p.name",
)
_POST = columns(
    "t",
    "key official_key position agency_key acting since_date until_date first_seen_date last_seen_date",
    official_name="o.name",
    agency_name="a.name",
    known="o.known",
    spellings="o.spellings",
    yes_no="known",
    json="spellings",
)
_PROGRAMME = columns(
    "p",
    "key name kind giver_key eligible tiers categories spellings score_unit score_low score_high first_year last_year verified",
    json="eligible tiers categories spellings",
    yes_no="verified",
    giver="a.name",
)
_STEP = columns("s", "programme scale place name low high since_year until_year")
_GIVER = columns("g", "programme place agency_key since_year until_year", agency_name="a.name")
_SOURCE = columns(
    "s",
    "key name acronym agency_key official language frequency state verified hosts",
    json="hosts",
    yes_no="official verified",
    last_fetched_at="(SELECT max(n.fetched_at) FROM snapshot n WHERE n.source_key = s.key)",
    set_aside_count="(SELECT count(*) FROM snapshot n WHERE n.source_key = s.key AND n.set_aside_reason IS NOT NULL)",
)
_DRIFT = columns("d", "source_key seen_at expectation message")
_AUDIT = columns("a", "key", right="a.right_count", wrong="a.wrong_count", unclear="a.unclear_count")
_GONE = columns(
    "h",
    "evaluation_key became_key",
    taken_down="coalesce(e.taken_down, :no)",
    review="e.review",
    yes_no="taken_down",
)


def visible_evaluations(connection: Connection) -> Iterator[Dict]:
    """Every evaluation that is neither taken down nor rejected, newest first."""
    sql = (
        f"SELECT {_EVALUATION.sql} FROM evaluation e JOIN agency a ON a.key = e.entity_key "
        f"WHERE {_VISIBLE} ORDER BY e.shown_date DESC, e.key DESC"
    )
    return stream(connection, sql, {}, _EVALUATION)


def claims_of(connection: Connection, evaluations: Sequence[str]) -> list[Dict]:
    """The claims of these evaluations with `evidence`, `title` and `text` of their article, `version_key` and `story_key`."""
    values: dict[str, Any] = {}
    among = listed("key", evaluations, values)
    sql = (
        f"SELECT {_CLAIM.sql} FROM {CLAIMS.origin} WHERE c.evaluation_key IN {among} AND NOT c.superseded "
        "ORDER BY c.evaluation_key, c.background, c.shown_date, c.key"
    )
    claims = ask(connection, sql, values, _CLAIM)
    by_key = {claim["key"]: claim for claim in claims}
    for claim in claims:
        claim["evidence"] = []
    for part in _parts(sorted(by_key)):
        values = {}
        sql = f"SELECT {EVIDENCE.sql} FROM evidence s WHERE s.claim_key IN {listed('claim', part, values)} ORDER BY s.claim_key, s.number"
        for row in ask(connection, sql, values, EVIDENCE):
            by_key[row.pop("claim_key")]["evidence"].append(row)
    return claims


def sides_of(connection: Connection, evaluations: Sequence[str]) -> dict[str, list[Dict]]:
    """What hangs on these evaluations: `outlets`, `conflicts`, `history` and `decisions` that stand."""
    values: dict[str, Any] = {}
    among = listed("key", evaluations, values)
    about = f"d.target = 'evaluation' AND d.undone_at IS NULL AND (d.target_key IN {among} OR d.other_key IN {among})"
    asked = {
        "outlets": (_OUTLET, f"evaluation_outlet o WHERE o.evaluation_key IN {among} ORDER BY o.evaluation_key, o.outlet"),
        "conflicts": (_CONFLICT, f"conflict f WHERE f.evaluation_key IN {among} ORDER BY f.evaluation_key, f.field, f.place"),
        "history": (_HISTORY, f"evaluation_history h WHERE h.evaluation_key IN {among} ORDER BY h.evaluation_key, h.number"),
        "decisions": (_DECISION, f"decision d WHERE {about} ORDER BY d.number"),
    }
    return {name: ask(connection, f"SELECT {chosen.sql} FROM {rest}", values, chosen) for name, (chosen, rest) in asked.items()}


def officials_in(connection: Connection, versions: Iterable[str]) -> dict[str, dict[str, str]]:
    """Article version to the names of people in it and their keys."""
    found: dict[str, dict[str, str]] = {}
    for part in _parts(sorted(set(versions))):
        values: dict[str, Any] = {}
        sql = (
            f"SELECT {_MENTION.sql} FROM mention m WHERE m.official_key IS NOT NULL AND m.version_key IN {listed('version', part, values)} "
            "ORDER BY m.version_key, m.number"
        )
        for row in ask(connection, sql, values, _MENTION):
            found.setdefault(row["version_key"], {}).setdefault(row["name"], row["official_key"])
    return found


def visible_articles(connection: Connection) -> Iterator[Dict]:
    """Articles as they stand, newest first: none that was taken down or rejected, none that tells hidden evaluations only."""
    hidden = (
        "SELECT 1 FROM decision d WHERE d.target = 'article' AND d.target_key = a.key AND d.undone_at IS NULL "
        "AND d.kind IN ('take_down', 'reject')"
    )
    told = "SELECT 1 FROM claim c JOIN evaluation e ON e.key = c.evaluation_key WHERE c.article_key = a.key AND NOT c.superseded"
    fetched = "SELECT n.key FROM snapshot n WHERE n.version_key = v.key ORDER BY n.fetched_at DESC, n.key LIMIT 1"
    sql = (
        f"SELECT {_ARTICLE.sql} FROM article a JOIN article_version v ON v.key = a.version_key LEFT JOIN snapshot s ON s.key = ({fetched}) "
        f"WHERE NOT EXISTS ({hidden}) AND (NOT EXISTS ({told} AND e.taken_down) OR EXISTS ({told} AND {_VISIBLE})) "
        "ORDER BY a.shown_date DESC, a.key DESC"
    )
    return stream(connection, sql, {}, _ARTICLE)


def every_edition(connection: Connection) -> Iterator[Dict]:
    """What articles say of whole editions, as `editions` lists it."""
    selected = Columns((*EDITIONS.selected.expressions, ("url", "a.url")), EDITIONS.selected.json)
    return stream(connection, f"SELECT {selected.sql} FROM {EDITIONS.origin} ORDER BY v.article_key, d.place", {}, selected)


def every_agency(connection: Connection) -> Iterator[Dict]:
    """Every body by key."""
    return stream(connection, f"SELECT {_AGENCY.sql} FROM agency a LEFT JOIN agency p ON p.key = a.parent_key ORDER BY a.key", {}, _AGENCY)


def every_post(connection: Connection) -> Iterator[Dict]:
    """Everybody in a post, a row for each post of a person, newest post first."""
    sql = (
        f"SELECT {_POST.sql} FROM tenure t JOIN official o ON o.key = t.official_key LEFT JOIN agency a ON a.key = t.agency_key "
        "ORDER BY t.official_key, coalesce(t.last_seen_date, t.until_date, t.since_date) DESC, t.key"
    )
    return stream(connection, sql, {}, _POST)


def registry(connection: Connection) -> dict[str, list[Dict]]:
    """What is small: `programmes`, `steps`, `givers`, `sources` and the last ten `drifts` of each."""
    asked = {
        "programmes": (_PROGRAMME, "programme p LEFT JOIN agency a ON a.key = p.giver_key ORDER BY p.key"),
        "steps": (_STEP, "programme_step s ORDER BY s.programme, s.scale, s.place"),
        "givers": (_GIVER, "programme_giver g JOIN agency a ON a.key = g.agency_key ORDER BY g.programme, g.place"),
        "sources": (_SOURCE, "source s ORDER BY s.key"),
        "drifts": (_DRIFT, "drift d ORDER BY d.source_key, d.seen_at DESC, d.key"),
    }
    return {name: ask(connection, f"SELECT {chosen.sql} FROM {rest}", {}, chosen) for name, (chosen, rest) in asked.items()}


def what_became(connection: Connection, keys: Sequence[str]) -> dict[str, Dict]:
    """For evaluations that are shown no more: `taken_down`, `review` where they still are, `became_key` where they went."""
    found: dict[str, Dict] = {}
    for part in _parts(keys):
        values: dict[str, Any] = {"no": False}
        sql = (
            f"SELECT {_GONE.sql} FROM evaluation_history h LEFT JOIN evaluation e ON e.key = h.evaluation_key "
            f"WHERE h.evaluation_key IN {listed('key', part, values)} ORDER BY h.evaluation_key, h.number"
        )
        found.update({row["evaluation_key"]: row for row in ask(connection, sql, values, _GONE)})
    return found


def last_judged_sample(connection: Connection) -> tuple[str, dict[str, int]] | None:
    """The newest sample with a verdict, and how many of it are right, wrong and unclear; None where nobody judged."""
    sql = f"SELECT {_AUDIT.sql} FROM audit a WHERE a.judged_at IS NOT NULL ORDER BY a.drawn_at DESC, a.key LIMIT 1"
    for row in ask(connection, sql, {}, _AUDIT):
        return row.pop("key"), row
    return None


def _parts(keys: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
