"""One article being recorded in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select

from store.model.errors import ReadError, UsageError
from store.model.records import Reading
from store.sql import tables
from store.sql.ledger.claims import claim_rows, edition_rows, evidence_rows, mention_rows
from store.sql.ledger.copies import link_copies
from store.sql.ledger.entities import bodies_of_posts, record_bodies, record_people
from store.sql.ledger.marks import mark
from store.sql.ledger.statements import (
    ARTICLE,
    CLAIMED,
    CLAIMS,
    FORGET_EDITIONS,
    FORGET_MENTIONS,
    LOCK_ARTICLE,
    LOCK_STORIES,
    PROGRAMMES,
    PUBLISHER,
    PUBLISHER_BY_OUTLET,
    RANKED_VERSIONS,
    SNAPSHOT,
    VERSION,
)
from store.sql.rows import Row, add, change, chunks
from store.sql.tables import table

_LOOKED_AT = ("outlet", "official", "published_date", "shown_date", "version_key")
"""What merging looks at beside the claims themselves; the story has its own way."""


@dataclass(frozen=True)
class Recording:
    """What is recorded and under which keys: `version` of the article's content, `content` of all that was understood."""

    connection: Connection
    reading: Reading
    version: str
    content: str
    now: datetime
    run: str | None = None
    snapshot_key: str | None = None
    source: str | None = None
    signature: Sequence[int | str] = ()
    seen_at: datetime | None = None

    @property
    def key(self) -> str:
        """Key of the article."""
        return self.reading.article.key

    def write(self) -> bool:
        """Write what is not there yet; whether there was anything."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(LOCK_ARTICLE, {"key": self.key})
        snapshot = self._snapshot()
        before = self._row(ARTICLE, self.key)
        known = self._row(VERSION, self.version) if before else None
        seen = self.seen_at or (snapshot["fetched_at"] if snapshot else None)
        seen = seen.astimezone(UTC) if seen else None
        same = known is not None and known["reading_digest"] == self.content
        if same and before and before["version_key"] == self.version and (seen is None or known is None or seen <= known["seen_at"]):
            return self._link_snapshot(snapshot)
        if self.connection.dialect.name == "postgresql" and (self.reading.claims or (before and before["claim_count"])):
            self.connection.execute(LOCK_STORIES)
        source = self._publisher(snapshot, before)
        shown = self.reading.article.published_on or (before["shown_date"] if before else (seen or self.now).date())
        row = self._article_row(source, shown)
        self._require_programmes()
        if before is None:
            add(self.connection, table(tables.Article), [row | {"versions": 1, "story_key": self.key}])
            self._add_version(seen or self.now)
            touched = self._put_contents(row, same=False, holds=True, first=True)
        else:
            ranked = self._put_version(known, seen or self.now, same)
            holds = ranked[0] == self.version
            values = (row if holds else {"key": self.key}) | {"versions": len(ranked)}
            if any(before[name] != value for name, value in values.items()):
                change(self.connection, table(tables.Article), ["key"], [values])
            touched = self._put_contents(row, same=same, holds=holds, first=False)
            if holds and any(row[name] != before[name] for name in _LOOKED_AT):
                touched |= self._claimed([self.key])
        mark(self.connection, touched)
        self._link_snapshot(snapshot)
        return True

    def _row(self, statement: Select[Any], key: str) -> Row | None:
        found = self.connection.execute(statement, {"key": key}).mappings().one_or_none()
        return dict(found) if found else None

    def _snapshot(self) -> Row | None:
        if self.snapshot_key is None:
            return None
        found = self._row(SNAPSHOT, self.snapshot_key)
        if found is None:
            raise UsageError(f"the snapshot {self.snapshot_key} is not recorded: record it before its reading")
        return found

    def _publisher(self, snapshot: Row | None, before: Row | None) -> Row | None:
        key = snapshot["source_key"] if snapshot else self.source
        key = key or (before["source_key"] if before else None)
        outlet = (self.reading.article.outlet or "").lower()
        if key:
            found = self.connection.execute(PUBLISHER, {"key": key})
        elif outlet:
            found = self.connection.execute(PUBLISHER_BY_OUTLET, {"outlet": outlet})
        else:
            return None
        row = found.mappings().first()
        return dict(row) if row else None

    def _article_row(self, source: Row | None, shown: date) -> dict[str, Any]:
        """What the article says where this version holds."""
        article = self.reading.article
        return {
            "key": self.key,
            "url": article.url,
            "outlet": article.outlet or (source["name"] if source else None),
            "source_key": source["key"] if source else None,
            "official": bool(source and source["official"]),
            "title": article.title,
            "published": article.published,
            "published_date": article.published_on,
            "shown_date": shown,
            "language": article.language,
            "unread": self.reading.unread,
            "version_key": self.version,
            "claim_count": len(set(self.reading.claims)),
        }

    def _reading_row(self) -> dict[str, Any]:
        return {
            "reading_digest": self.content,
            "reader": self.reading.reader,
            "read_at": self.now,
            "run_key": self.run,
            "flags": sorted(self.reading.flags),
            "unread": self.reading.unread,
        }

    def _add_version(self, seen: datetime) -> None:
        article = self.reading.article
        row = {
            "key": self.version,
            "article_key": self.key,
            "title": article.title,
            "text": article.text,
            "published": article.published,
            "authors": list(article.authors),
            "editors": list(article.editors),
            "language": article.language,
            "tags": list(article.tags),
            "seen_at": seen,
            **self._reading_row(),
            "superseded": False,
        }
        add(self.connection, table(tables.ArticleVersion), [row])

    def _put_version(self, known: Row | None, seen: datetime, same: bool) -> list[str]:
        """Write the version; the keys of all versions, the one that holds first."""
        version = table(tables.ArticleVersion)
        if known is None:
            self._add_version(seen)
        else:
            values = {"key": self.version, "seen_at": max(seen, known["seen_at"])} | ({} if same else self._reading_row())
            change(self.connection, version, ["key"], [values])
        ranked = self.connection.execute(RANKED_VERSIONS, {"key": self.key}).all()
        change(self.connection, version, ["key"], _superseding(ranked))
        return [row.key for row in ranked]

    def _put_contents(self, article: Row, *, same: bool, holds: bool, first: bool) -> set[tuple[str, str]]:
        """Write mentions, claims and copies; the pairs to merge anew."""
        provinces = record_bodies(self.connection, self.reading)
        if not same:
            self._put_mentions(article["shown_date"], first)
        shared = {
            "article_key": self.key,
            "reader": self.reading.reader,
            "run_key": self.run,
            "recorded_at": self.now,
            "outlet": article["outlet"],
            "shown_date": article["shown_date"],
        }
        rows = claim_rows(self.reading, self.version, shared, provinces)
        touched = self._put_claims(rows, holds, first)
        if holds:
            # Only what tells a result is counted as a source: other news is compared with nothing.
            text = self.reading.article.text if self.reading.claims else ""
            signature = [str(band) for band in self.signature] if self.reading.claims else []
            touched |= self._claimed(link_copies(self.connection, self.key, text, signature, first=first))
        return touched

    def _require_programmes(self) -> None:
        told = [claim.programme for claim in self.reading.claims] + [edition.programme for edition in self.reading.editions]
        named = {key for key in told if key}
        missing = named - set(self.connection.scalars(PROGRAMMES, {"keys": sorted(named)})) if named else set()
        if missing:
            listed = ", ".join(sorted(missing))
            raise ReadError(f"the programme {listed} is not in the registry: record the registry that the reader used first")

    def _put_mentions(self, shown: date, first: bool) -> None:
        bodies = bodies_of_posts(self.connection, self.reading)
        people = record_people(self.connection, self.reading, bodies, shown)
        if not first:
            self.connection.execute(FORGET_MENTIONS, {"key": self.version})
            self.connection.execute(FORGET_EDITIONS, {"key": self.version})
        add(self.connection, table(tables.Mention), mention_rows(self.reading, self.version, people, bodies))
        add(self.connection, table(tables.Edition), edition_rows(self.reading, self.version))

    def _put_claims(self, rows: Mapping[str, Row], holds: bool, first: bool) -> set[tuple[str, str]]:
        """Insert new claims, supersede those that gave way, wake those that hold again; the pairs to merge anew."""
        claim = table(tables.Claim)
        present = {} if first else {row.key: row for row in self.connection.execute(CLAIMS, {"key": self.key})}
        new = [row for key, row in rows.items() if key not in present]
        state = {"superseded": not holds, "superseded_at": None if holds else self.now}
        add(self.connection, claim, [{name: value for name, value in row.items() if name != "evidence"} | state for row in new])
        add(self.connection, table(tables.Evidence), [span for row in new for span in evidence_rows(row["key"], row["evidence"])])
        woken = [key for key, row in present.items() if holds and key in rows and row.superseded]
        gone = [row for key, row in present.items() if not row.superseded and key not in rows]
        # An older version that was read again supersedes nothing of the version that holds.
        retired = [row.key for row in gone if holds or row.version_key == self.version]
        change(self.connection, claim, ["key"], [{"key": key, "superseded": False, "superseded_at": None} for key in woken])
        change(self.connection, claim, ["key"], [{"key": key, "superseded": True, "superseded_at": self.now} for key in retired])
        touched = {(present[key].programme_id, present[key].entity_key) for key in (*woken, *retired)}
        return touched | ({(row["programme_id"], row["entity_key"]) for row in new} if holds else set())

    def _claimed(self, articles: Iterable[str]) -> set[tuple[str, str]]:
        """Programme and entity of every claim of these articles that holds."""
        keys = sorted(articles)
        found: set[tuple[str, str]] = set()
        for part in chunks(keys):
            found.update((programme, entity) for programme, entity in self.connection.execute(CLAIMED, {"keys": list(part)}))
        return found

    def _link_snapshot(self, snapshot: Row | None) -> bool:
        if snapshot is None:
            return False
        state = {"version_key": self.version, "reader": self.reading.reader, "set_aside_reason": None}
        if all(snapshot[name] == value for name, value in state.items()):
            return False
        change(self.connection, table(tables.Snapshot), ["key"], [{"key": snapshot["key"], **state, "read_at": self.now}])
        return True


def _superseding(ranked: Sequence[Any]) -> list[Row]:
    return [{"key": row.key, "superseded": place > 0} for place, row in enumerate(ranked) if bool(row.superseded) != (place > 0)]
