"""A body's own list of its awards: no column names the recipient, every row is a small article about one award."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from extract.claims import ClaimMaker
from extract.field_confidence import without
from extract.linking import Entity
from extract.people import People
from extract.prizes import Prize
from extract.scene import Mention, Scene, SceneBuilder
from extract.tables.cells import Steps, day_in, is_empty, rank_in, year_in
from extract.tables.columns import Role
from extract.tables.grid import Table, cell_text
from extract.tables.holders import Holder, holder_of
from extract.tables.home import Home
from extract.tables.outcome import Outcome
from extract.tables.recipients import Recipients
from extract.tables.told import tell_columns
from store.model.records import Article, Claim, Evidence, Row
from store.model.registry import Programme, Registry

_RANK_WORDS = re.compile(
    r"(?i)^(?:(?:penghargaan|meraih|raih|sebagai|juara|terbaik|peringkat|harapan|umum|predikat|piagam|tropi|dan|ke-?\d+|kesatu|kedua|ketiga|pertama"
    r"|I{1,3}|IV|\d{1,2}|di(?: ajang)?|pada(?: ajang)?|dalam)\s+)*"
)
_OTHERS = frozenset(("person", "company", "desa"))
"""Whom a programme judges beside bodies of the state."""
_LONGEST_NAME = 120
NAMED, BY_DEFAULT = 0.78, 0.7
"""Confidence where a row names who holds the award and the scorer kept no claim, and where it names nobody: Wilson's lower
bounds of the shares that `python -m tests.quality.tables` counts."""


@dataclass(frozen=True)
class _Named:
    """A body that holds a row's award, and where the row names it (offsets of its page; None where it names nobody)."""

    entity: Entity
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class _Told:
    """A row as a small article, and where its parts stand in the whole."""

    inner: Scene
    row: Row
    day: date | None
    award: int
    note: int
    """Where the cells of the award and of what is told of it begin in the text of the whole."""


class OwnAwards:
    """Reads such tables row by row, each with the reader of whole articles."""

    def __init__(self, scenes: SceneBuilder, maker: ClaimMaker, recipients: Recipients, steps: Steps) -> None:
        """Read with these."""
        self.scenes, self.maker, self.recipients, self.steps = scenes, maker, recipients, steps
        self.registry: Registry = scenes.registry

    def outcomes(self, scene: Scene, table: Table, home: Home | None) -> Iterator[Outcome]:
        """What becomes of every data row."""
        for row in table.rows:
            if len(row.cells) == 1 and len(table.roles) > 1:
                yield Outcome(row, reason="it heads a group of rows")
            elif home is None:
                yield Outcome(row, reason="neither the title nor the address says whose awards these are")
            else:
                yield self._outcome(scene, table, row, home).quoting_its_row()

    def _outcome(self, scene: Scene, table: Table, row: Row, home: Home) -> Outcome:
        text = scene.page.article.text
        award = cell_text(text, row, table.column("award"))
        if is_empty(award):
            return Outcome(row, reason="it names no award")
        told = self._told(scene, table, row, home)
        own = [m for m in told.inner.mentions if home.owns(m.entity)]
        claims, reason = self._held(told.inner, own, home, award)
        finished = (self._placed(scene, table, told, claim, home) for claim in claims)
        return Outcome(row, tuple(tell_columns(scene, table, row, claim, self.registry, self.steps) for claim in finished), reason)

    def _told(self, scene: Scene, table: Table, row: Row, home: Home) -> _Told:
        text = scene.page.article.text
        award, note = (cell_text(text, row, table.column(role)) for role in ("award", "note"))
        note = "" if is_empty(note) else note
        day = day_in(cell_text(text, row, table.column("date")))
        printed = year_in(cell_text(text, row, table.column("year"))) or year_in(cell_text(text, row, table.column("date")))
        published = day.isoformat() if day else f"{printed[0]}-07-01" if printed else None
        small = Article(key=scene.page.article.key, title=award, text=note or award, published=published, language="id")
        places = (row.cells[table.column(role) or 0][0] for role in ("award", "note" if note else "award"))
        return _Told(self.scenes.build(small, home=home.entity.region), row, day, *places)

    def _held(self, inner: Scene, own: list[Mention], home: Home, award: str) -> tuple[list[Claim], str]:
        """The claims of a row, or why there are none."""
        holder = holder_of(inner, own, award)
        prize = self._prize(inner)
        programme = self.registry.programmes.get(prize.key or "")
        judged = set(programme.eligible) if programme else set()
        if judged and judged <= {"person", "company"}:
            return [], holder.refusal() or "its programme honours persons or companies"
        if holder.kind in ("person", "group") and home.entity.kind in judged and not judged & _OTHERS:
            holder = Holder("unsaid")  # whoever went to fetch it: bodies are judged
        unlisted = self._unlisted(holder, home) if holder.kind == "other" else None
        if holder.refusal() and not unlisted:
            return [], holder.refusal()
        read = {claim.recipient_key or claim.recipient_name: claim for claim in self._read(inner) if home.holds(claim)}
        named = {m.entity.identity: _Named(m.entity, (m.body.start, m.body.end)) for m in holder.mentions}
        if unlisted:
            named = {unlisted.identity: _Named(unlisted, holder.span)}
        elif not named and not read:
            named = {m.entity.identity: _Named(m.entity, (m.body.start, m.body.end)) for m in self._given(own)}
        if not named and read:
            return list(read.values()), ""
        found = [read.get(key) or read.get(one.entity.name) or self._plainly(inner, one, prize, programme) for key, one in named.items()]
        return found or [self._plainly(inner, _Named(home.entity), prize, programme)], ""

    def _unlisted(self, holder: Holder, home: Home) -> Entity | None:
        """An office of the home that the words name by its kind alone: "Disdukcapil", "Kelurahan Tanah Baru"."""
        words = re.sub(r"\s*\([^)]*\)", "", holder.words)
        found = self.recipients.resolve(words, home.entity.name) if len(words) <= _LONGEST_NAME else None
        if found and words[1:].islower() and (found.key is None or found.unit == home.entity.unit is not None):
            return home.entity  # "Rumah sakit dinyatakan lulus", in a hospital's own list
        return found

    def _read(self, inner: Scene) -> list[Claim]:
        """The surest claim of each recipient."""
        best: dict[str, Claim] = {}
        for claim in self.maker.claims(inner, People(inner, self.registry)):
            key = claim.recipient_key or claim.recipient_name
            if key not in best or _rank(claim) > _rank(best[key]):
                best[key] = claim
        return list(best.values())

    @staticmethod
    def _given(own: list[Mention]) -> list[Mention]:
        """The office of the home to whom the row says the award was given, or that it names first."""
        itself = [m for m in own if _names_itself(m)]
        given = [m for m in itself if m.body.preposition in ("kepada", "pada", "untuk")]
        return given[:1] or [m for m in itself if m.body.preposition is None][:1]

    @staticmethod
    def _prize(inner: Scene) -> Prize:
        """The programme of a row: one its award names, else one its first sentence names, else the award as it is called."""
        title, first = len(inner.page.article.title), next((s for s in inner.page.sentences if s.start >= inner.page.shift), None)
        known = [p for p in inner.prizes if p.key]
        awarded = [p for p in known if p.end <= title]
        told = [p for p in known if first and p.strength == "name" and first.start <= p.start < first.end]
        return (awarded + told + [_as_called(inner.page.article.title)])[0]

    def _plainly(self, inner: Scene, holder: _Named, prize: Prize, programme: Programme | None) -> Claim:
        """The row as it says itself: this body holds the award, as the registry or the row calls it."""
        award = inner.page.article.title
        evidence = [inner.page.where(prize.start, prize.end, "programme" if programme else "programme_name")]
        if holder.span:
            evidence.append(inner.page.where(*holder.span, "recipient"))
        rank = rank_in(award)
        if rank:
            evidence.append(Evidence(field="rank", where="title", start=0, end=len(award), text=award))
        step = next((r for r in inner.results if r.programme and r.programme == prize.key and r.slot == "predicate" and r.anchored), None)
        if step:
            evidence.append(inner.page.where(step.start, step.end, "predicate"))
        day = inner.page.article.published_on
        return Claim(
            programme=prize.key,
            programme_name=prize.called(programme),
            kind=programme.kind if programme else "award",
            edition_year=prize.year or (day and (programme.edition_year_on(day) if programme else day.year)),
            flags=() if prize.year or not day else ("year_inferred",),
            rank=rank,
            predicate=str(step.value) if step else None,
            recipient=inner.page.full[slice(*holder.span)] if holder.span else holder.entity.name,
            recipient_name=holder.entity.name,
            recipient_key=holder.entity.key,
            evidence=tuple(evidence),
            confidence=NAMED if holder.span else BY_DEFAULT,
        )

    def _placed(self, scene: Scene, table: Table, told: _Told, claim: Claim, home: Home) -> Claim:
        """A claim of the small article as one of the whole: its quotations moved, its day that of the row."""
        moved = []
        for item in claim.evidence:
            shift = told.award if item.where == "title" else told.note
            if item.field != "event_date" or not told.day:
                moved.append(item.model_copy(update={"where": "text", "start": item.start + shift, "end": item.end + shift}))
        updates: dict[str, object] = {"status": "conferred"}
        if not any(item.field == "recipient" for item in moved):
            printed = self._home_as_printed(scene, told, home)
            moved.append(printed)
            updates["recipient"] = printed.text if home.span else home.entity.name
        if told.day:
            moved.append(_cell(scene, table, told.row, "date", "event_date"))
            updates["event_date"] = told.day
            updates["field_confidence"] = without(claim, ["event_date"])
            updates["flags"] = tuple(flag for flag in claim.flags if flag != "date_conflict")
        if claim.edition_year and not any(item.field == "edition_year" for item in moved):
            column: Role = "date" if told.day or table.column("year") is None else "year"
            if table.column(column) is not None:
                moved.append(_cell(scene, table, told.row, column, "edition_year"))
        return claim.model_copy(update={**updates, "evidence": tuple(moved)})

    @staticmethod
    def _home_as_printed(scene: Scene, told: _Told, home: Home) -> Evidence:
        """The words that say whose list it is; where only the address does, the award it stands for."""
        if home.span:
            return scene.page.where(*home.span, "recipient")
        text = told.inner.page.article.title
        return Evidence(field="recipient", where="text", start=told.award, end=told.award + len(text), text=text)


def _cell(scene: Scene, table: Table, row: Row, role: Role, field: str) -> Evidence:
    """A whole cell as the quotation for a field."""
    start, end = row.cells[table.roles.index(role)]
    return Evidence(field=field, where="text", start=start, end=end, text=scene.page.article.text[start:end])


def _rank(claim: Claim) -> tuple[bool, float]:
    return claim.programme is not None, claim.confidence


def _as_called(award: str) -> Prize:
    """The award by the words of its cell, the place taken off in front."""
    begin = match.end() if (match := _RANK_WORDS.match(award)) and match.end() < len(award) - 5 else 0
    begin = begin if award[begin : begin + 1].isupper() else 0
    year = year_in(award)
    prize = Prize(begin, len(award), 0, 0, None, "unknown", award[begin:])
    return replace(prize, year=year[0], year_span=(year[1], year[2])) if year else prize


def _names_itself(mention: Mention) -> bool:
    """Whether a mention is of a body and not only of a place: its level, kind or head is printed."""
    return mention.body.form != "bare" or mention.post is not None
