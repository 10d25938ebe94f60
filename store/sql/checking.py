"""`rapor db check`: proof that what is stored holds together. Reads only; every finding is a sentence with its key."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from store.model.keys import claim_key
from store.sql.database import Database


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: which rule, how often, and the first few keys."""

    rule: str
    count: int
    examples: tuple[str, ...]


# Rule to the query for the keys that break it. CHECK constraints and foreign keys hold by themselves; these reach across tables.
_RULES = {
    "a quotation equals the text at its offsets": """
        SELECT s.claim_key FROM evidence s JOIN claim c ON c.key = s.claim_key JOIN article_version v ON v.key = c.version_key
        WHERE s.quotation <>
        substr(CASE s.place WHEN 'title' THEN v.title ELSE v.text END, s.start_offset + 1, s.end_offset - s.start_offset)
    """,
    "an article has exactly one version that holds, and names it": """
        SELECT a.key FROM article a WHERE (SELECT count(*) FROM article_version v WHERE v.article_key = a.key AND NOT v.superseded) <> 1
        OR NOT EXISTS (SELECT 1 FROM article_version v WHERE v.key = a.version_key AND v.article_key = a.key AND NOT v.superseded)
    """,
    "an article counts its versions": """
        SELECT a.key FROM article a WHERE a.versions <> (SELECT count(*) FROM article_version v WHERE v.article_key = a.key)
    """,
    "an article counts its claims": """
        SELECT a.key FROM article a
        WHERE a.claim_count <> (SELECT count(*) FROM claim c WHERE c.article_key = a.key AND NOT c.superseded)
    """,
    "a claim that holds is of the version that holds": """
        SELECT c.key FROM claim c JOIN article_version v ON v.key = c.version_key
        WHERE v.article_key <> c.article_key OR (NOT c.superseded AND v.superseded)
    """,
    "a superseded claim supports no evaluation that was merged since": """
        SELECT c.key FROM claim c WHERE c.superseded AND c.evaluation_key IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM unmerged u WHERE u.programme_id = c.programme_id AND u.entity_key = c.entity_key)
    """,
    "an evaluation counts its claims and articles": """
        SELECT e.key FROM evaluation e WHERE NOT EXISTS (SELECT 1 FROM unmerged) AND (e.claim_count, e.article_count) <>
        (SELECT count(*), count(DISTINCT c.article_key) FROM claim c WHERE c.evaluation_key = e.key AND NOT c.superseded)
    """,
    "an evaluation counts its contested fields": """
        SELECT e.key FROM evaluation e
        WHERE e.conflict_count <> (SELECT count(DISTINCT f.field) FROM conflict f WHERE f.evaluation_key = e.key)
    """,
    "an evaluation is the last state of its history": """
        SELECT e.key FROM evaluation e WHERE NOT EXISTS (SELECT 1 FROM evaluation_history h WHERE h.evaluation_key = e.key
        AND h.shown IS NOT NULL AND h.number = (SELECT max(n.number) FROM evaluation_history n WHERE n.evaluation_key = e.key))
    """,
    "what is gone is gone": """
        SELECT h.evaluation_key FROM evaluation_history h WHERE h.shown IS NULL
        AND h.number = (SELECT max(n.number) FROM evaluation_history n WHERE n.evaluation_key = h.evaluation_key)
        AND EXISTS (SELECT 1 FROM evaluation e WHERE e.key = h.evaluation_key)
    """,
    "a story is named after its smallest article": """
        SELECT a.key FROM article a WHERE a.story_key > a.key OR NOT EXISTS (SELECT 1 FROM article s WHERE s.key = a.story_key)
    """,
    "a band names the story of its article": """
        SELECT b.article_key FROM article_band b JOIN article a ON a.key = b.article_key WHERE b.story_key <> a.story_key
    """,
    "a recipient that is resolved is its own entity": """
        SELECT c.key FROM claim c WHERE (c.recipient_key IS NOT NULL AND c.recipient_key <> c.entity_key)
        OR (c.recipient_key IS NULL AND c.entity_key NOT LIKE '~%')
    """,
    "a claim that holds has been merged or waits for it": """
        SELECT c.key FROM claim c WHERE NOT c.superseded AND NOT c.background AND c.evaluation_key IS NULL AND NOT EXISTS
        (SELECT 1 FROM unmerged u WHERE u.programme_id = c.programme_id AND u.entity_key = c.entity_key) AND NOT EXISTS
        (SELECT 1 FROM evaluation e WHERE e.entity_key = c.entity_key) AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.undone_at IS NULL)
    """,
}


def check(database: Database) -> list[Finding]:
    """Look at every rule that reaches across tables.

    Returns:
        What does not hold; nothing where all is well.

    Raises:
        StoreError: The database is damaged or of another version.
    """
    findings: list[Finding] = []
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            findings += _sqlite(connection)
        for rule, query in _RULES.items():
            findings += _found(rule, [str(key) for key in connection.scalars(text(query))])
        findings += _found("a claim's key is made of what it says", _wrong_identities(connection))
        connection.rollback()
    return findings


def _found(rule: str, keys: list[str]) -> list[Finding]:
    return [Finding(rule, len(keys), tuple(sorted(keys)[:5]))] if keys else []


def _sqlite(connection: Connection) -> list[Finding]:
    damage = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = [f"{row[0]} {row[1]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    for index in ("article_search", "evaluation_search"):
        # Raises "malformed" where the index and the table it stands for differ.
        connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    return _found("the file is whole", damage) + _found("every reference leads somewhere", orphans)


def _wrong_identities(connection: Connection) -> list[str]:
    query = text("SELECT key, identity_key, article_key, programme_id, edition_year, category, innovation, entity_key FROM claim")
    return [
        row.key
        for row in connection.execution_options(yield_per=5000).execute(query)
        if claim_key(row.article_key, row.programme_id, row.edition_year, row.category, row.innovation, row.entity_key) != row.identity_key
    ]
