"""Statements that recording runs for every article: built once, for building them costs as much as running them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, func, or_, select, text

from store.sql import tables
from store.sql.tables import table
from store.sql.tables.base import Moment

_article, _version, _snapshot = table(tables.Article), table(tables.ArticleVersion), table(tables.Snapshot)
_source, _programme, _claim, _agency = table(tables.Source), table(tables.Programme), table(tables.Claim), table(tables.Agency)
_publisher = select(_source.c.key, _source.c.name, _source.c.official).order_by(_source.c.key)
_keys: BindParameter[Any] = bindparam("keys", expanding=True)

LOCK_ARTICLE = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
"""PostgreSQL: two readers of one article come one after the other; on SQLite every writer does."""
LOCK_STORIES = text("SELECT pg_advisory_xact_lock(hashtextextended('stories', 1))")
"""PostgreSQL: articles that tell results come one after the other, for two copies that do not see each other would stay two stories."""
ARTICLE = select(_article).where(_article.c.key == bindparam("key"))
VERSION = select(_version).where(_version.c.key == bindparam("key"))
SNAPSHOT = select(_snapshot).where(_snapshot.c.key == bindparam("key"))
PUBLISHER = _publisher.where(_source.c.key == bindparam("key"))
PUBLISHER_BY_OUTLET = _publisher.where(or_(_source.c.key == bindparam("outlet"), func.lower(_source.c.name) == bindparam("outlet")))
RANKED_VERSIONS = (
    select(_version.c.key, _version.c.superseded)
    .where(_version.c.article_key == bindparam("key"))
    .order_by(_version.c.seen_at.desc(), _version.c.read_at.desc(), _version.c.key)
)
"""The versions of an article, the one that holds first: seen last at the address, the newest reading breaking ties."""
PROGRAMMES = select(_programme.c.key).where(_programme.c.key.in_(_keys))
BODIES = select(_agency.c.key, _agency.c.province_code, _agency.c.province_name).where(_agency.c.key.in_(_keys))
CLAIMS = select(_claim.c.key, _claim.c.superseded, _claim.c.programme_id, _claim.c.entity_key, _claim.c.version_key).where(
    _claim.c.article_key == bindparam("key")
)
CLAIMED = select(_claim.c.programme_id, _claim.c.entity_key).where(_claim.c.article_key.in_(_keys), ~_claim.c.superseded).distinct()
FORGET_MENTIONS = delete(table(tables.Mention)).where(table(tables.Mention).c.version_key == bindparam("key"))
FORGET_EDITIONS = delete(table(tables.Edition)).where(table(tables.Edition).c.version_key == bindparam("key"))
MARK = text(
    "INSERT INTO unmerged (programme_id, entity_key, marked_at) VALUES (:programme_id, :entity_key, :marked_at) "
    "ON CONFLICT (programme_id, entity_key) DO UPDATE SET marked_at = excluded.marked_at"
).bindparams(bindparam("marked_at", type_=Moment))
"""A mark that is there already is written again: its row lock makes a merge that is taking the mark wait for our claims."""
BANDS = select(table(tables.ArticleBand).c.value).where(table(tables.ArticleBand).c.article_key == bindparam("key"))
SHARING_STORIES = text(
    "WITH RECURSIVE step(value, story_key) AS ("
    "SELECT b.value, (SELECT min(o.story_key) FROM article_band o WHERE o.value = b.value) FROM article_band b WHERE b.article_key = :key "
    "UNION ALL SELECT s.value, (SELECT min(o.story_key) FROM article_band o WHERE o.value = s.value AND o.story_key > s.story_key) "
    "FROM step s WHERE s.story_key IS NOT NULL) "
    "SELECT s.story_key, (SELECT min(o.article_key) FROM article_band o WHERE o.value = s.value AND o.story_key = s.story_key), "
    "(SELECT max(o.article_key) FROM article_band o WHERE o.value = s.value AND o.story_key = s.story_key) "
    "FROM step s WHERE s.story_key <> (SELECT a.story_key FROM article a WHERE a.key = :key)"
)
"""For each band of an article the other stories that have it, with their smallest and largest article that does: leaps from one
story to the next in the index, however many copies a story has."""
SHARING_ARTICLES = text(
    "SELECT DISTINCT o.story_key, o.article_key FROM article_band b JOIN article_band o ON o.value = b.value "
    "WHERE b.article_key = :key AND o.story_key IN :stories"
).bindparams(bindparam("stories", expanding=True))
