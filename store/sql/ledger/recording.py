"""One article being recorded in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, text, update
from sqlmodel import SQLModel

from store.model.errors import ReadError, UsageError
from store.model.records import Reading
from store.sql import tables
from store.sql.copies import link_copies
from store.sql.ledger.claims import claim_rows, edition_rows, evidence_rows, mention_rows
from store.sql.ledger.entities import bodies_of_posts, record_bodies, record_people
from store.sql.ledger.marks import mark
from store.sql.rows import Row, add, change, put, upsert
from store.sql.tables import table


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
            # Two readers of one article come one after the other; on SQLite every writer does.
            self.connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": self.key})
        snapshot = self._snapshot()
        before = self._row(tables.Article, self.key)
        known = self._row(tables.ArticleVersion, self.version)
        seen = self.seen_at or (snapshot["fetched_at"] if snapshot else None)
        seen = seen.astimezone(UTC) if seen else None
        same = known is not None and known["reading_digest"] == self.content
        if same and before and before["version_key"] == self.version and (seen is None or known is None or seen <= known["seen_at"]):
            return self._link_snapshot(snapshot)
        self._article_stub(before)
        holds = self._put_version(known, seen or self.now, same)
        source = self._publisher(snapshot, before)
        shown = self.reading.article.published_on or (before["shown_date"] if before else (seen or self.now).date())
        self._put_contents(same, holds, shown, source, before)
        self._link_snapshot(snapshot)
        return True

    def _row(self, model: type[SQLModel], key: str) -> Row | None:
        target = table(model)
        found = self.connection.execute(select(target).where(target.c.key == key)).mappings().one_or_none()
        return dict(found) if found else None

    def _snapshot(self) -> Row | None:
        if self.snapshot_key is None:
            return None
        found = self._row(tables.Snapshot, self.snapshot_key)
        if found is None:
            raise UsageError(f"the snapshot {self.snapshot_key} is not recorded: record it before its reading")
        return found

    def _publisher(self, snapshot: Row | None, before: Row | None) -> Row | None:
        source = table(tables.Source)
        key = snapshot["source_key"] if snapshot else self.source
        outlet = (self.reading.article.outlet or "").lower()
        if key:
            condition = source.c.key == key
        elif before and before["source_key"]:
            condition = source.c.key == before["source_key"]
        elif outlet:
            condition = or_(source.c.key == outlet, func.lower(source.c.name) == outlet)
        else:
            return None
        found = self.connection.execute(select(source.c.key, source.c.name, source.c.official).where(condition).order_by(source.c.key))
        row = found.mappings().first()
        return dict(row) if row else None

    def _article_stub(self, before: Row | None) -> None:
        """A row for the versions to hang on; what it says is filled in when the version that holds is known."""
        if before is None:
            row = {"key": self.key, "official": False, "title": "", "shown_date": self.now.date(), "versions": 0, "story_key": self.key}
            statement = upsert(self.connection, table(tables.Article)).on_conflict_do_nothing()
            self.connection.execute(statement, [{**row, "claim_count": 0}])

    def _put_version(self, known: Row | None, seen: datetime, same: bool) -> bool:
        """Write the version and find out whether it holds: the one that stood at the address last, the newest reading breaking ties."""
        version, article = table(tables.ArticleVersion), self.reading.article
        seen = max(seen, known["seen_at"]) if known else seen
        reading = {
            "reading_digest": self.content,
            "reader": self.reading.reader,
            "read_at": self.now,
            "run_key": self.run,
            "flags": sorted(self.reading.flags),
            "unread": self.reading.unread,
        }
        if known is None:
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
                **reading,
                "superseded": False,
            }
            self.connection.execute(insert(version), [row])
        else:
            values = {"seen_at": seen} if same else {"seen_at": seen, **reading}
            self.connection.execute(update(version).where(version.c.key == self.version).values(**values))
        order = version.c.seen_at.desc(), version.c.read_at.desc(), version.c.key
        ranked = self.connection.execute(
            select(version.c.key, version.c.superseded).where(version.c.article_key == self.key).order_by(*order)
        ).all()
        change(self.connection, version, ["key"], _superseding(ranked))
        return bool(ranked[0].key == self.version)

    def _put_contents(self, same: bool, holds: bool, shown: date, source: Row | None, before: Row | None) -> None:
        provinces = record_bodies(self.connection, self.reading)
        self._require_programmes()
        if not same:
            self._put_mentions(shown)
        outlet = self.reading.article.outlet or (source["name"] if source else None)
        shared = {
            "article_key": self.key,
            "reader": self.reading.reader,
            "run_key": self.run,
            "recorded_at": self.now,
            "outlet": outlet,
            "shown_date": shown,
        }
        rows = claim_rows(self.reading, self.version, shared, provinces)
        touched = self._put_claims(rows, holds)
        if holds:
            moved = link_copies(self.connection, self.key, self.reading.article.text, [str(band) for band in self.signature])
            touched |= self._put_article(len(rows), outlet, shown, source, before, moved.pop(self.key, None))
            touched |= self._claims_of(moved)
        mark(self.connection, touched)

    def _require_programmes(self) -> None:
        programme = table(tables.Programme)
        told = [claim.programme for claim in self.reading.claims] + [edition.programme for edition in self.reading.editions]
        named = {key for key in told if key}
        missing = named - set(self.connection.scalars(select(programme.c.key).where(programme.c.key.in_(named)))) if named else set()
        if missing:
            listed = ", ".join(sorted(missing))
            raise ReadError(f"the programme {listed} is not in the registry: record the registry that the reader used first")

    def _put_mentions(self, shown: date) -> None:
        bodies = bodies_of_posts(self.connection, self.reading)
        people = record_people(self.connection, self.reading, bodies, shown)
        for model, rows in (
            (tables.Mention, mention_rows(self.reading, self.version, people, bodies)),
            (tables.Edition, edition_rows(self.reading, self.version)),
        ):
            self.connection.execute(delete(table(model)).where(table(model).c.version_key == self.version))
            add(self.connection, table(model), rows)

    def _put_claims(self, rows: Mapping[str, Row], holds: bool) -> set[tuple[str, str]]:
        """Insert new claims, supersede those that gave way, wake those that hold again; the pairs to merge anew."""
        claim = table(tables.Claim)
        columns = claim.c.key, claim.c.superseded, claim.c.programme_id, claim.c.entity_key, claim.c.version_key
        present = {row.key: row for row in self.connection.execute(select(*columns).where(claim.c.article_key == self.key))}
        new = [row for key, row in rows.items() if key not in present]
        state = {"superseded": not holds, "superseded_at": None if holds else self.now}
        add(self.connection, claim, [{name: value for name, value in row.items() if name != "evidence"} | state for row in new])
        add(self.connection, table(tables.Evidence), [span for row in new for span in evidence_rows(row["key"], row["evidence"])])
        woken = [key for key, row in present.items() if holds and key in rows and row.superseded]
        # An older version that was read again supersedes nothing of the version that holds.
        retired = [
            key for key, row in present.items() if not row.superseded and key not in rows and (holds or row.version_key == self.version)
        ]
        change(self.connection, claim, ["key"], [{"key": key, "superseded": False, "superseded_at": None} for key in woken])
        change(self.connection, claim, ["key"], [{"key": key, "superseded": True, "superseded_at": self.now} for key in retired])
        touched = {(present[key].programme_id, present[key].entity_key) for key in (*woken, *retired)}
        return touched | ({(row["programme_id"], row["entity_key"]) for row in new} if holds else set())

    def _put_article(
        self, claims: int, outlet: str | None, shown: date, source: Row | None, before: Row | None, story: str | None
    ) -> set[tuple[str, str]]:
        """Fill in what the version that holds says; the pairs to merge anew where something changed that merging looks at."""
        article, version = self.reading.article, table(tables.ArticleVersion)
        count = select(func.count()).select_from(version).where(version.c.article_key == self.key)
        row: dict[str, Any] = {
            "key": self.key,
            "url": article.url,
            "outlet": outlet,
            "source_key": source["key"] if source else None,
            "official": bool(source and source["official"]),
            "title": article.title,
            "published": article.published,
            "published_date": article.published_on,
            "shown_date": shown,
            "language": article.language,
            "unread": self.reading.unread,
            "version_key": self.version,
            "versions": self.connection.scalar(count),
            "story_key": story or (before["story_key"] if before else self.key),
            "claim_count": claims,
        }
        put(self.connection, table(tables.Article), [row])
        looked_at = ("outlet", "official", "published_date", "shown_date", "story_key", "version_key")
        if before and all(row[name] == before[name] for name in looked_at):
            return set()
        return self._claims_of([self.key]) if before else set()

    def _claims_of(self, articles: Iterable[str]) -> set[tuple[str, str]]:
        claim, keys = table(tables.Claim), sorted(articles)
        if not keys:
            return set()
        query = select(claim.c.programme_id, claim.c.entity_key).where(claim.c.article_key.in_(keys), ~claim.c.superseded).distinct()
        return {(programme, entity) for programme, entity in self.connection.execute(query)}

    def _link_snapshot(self, snapshot: Row | None) -> bool:
        if snapshot is None:
            return False
        state = {"version_key": self.version, "reader": self.reading.reader, "set_aside_reason": None}
        if all(snapshot[name] == value for name, value in state.items()):
            return False
        return put(self.connection, table(tables.Snapshot), [{"key": snapshot["key"], **state, "read_at": self.now}]) > 0


def _superseding(ranked: Sequence[Any]) -> list[Row]:
    return [{"key": row.key, "superseded": place > 0} for place, row in enumerate(ranked) if bool(row.superseded) != (place > 0)]
