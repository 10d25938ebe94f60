"""A government's own list of its awards: no column names the recipient, every row is a small article about one award."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from extract.claims import ClaimMaker
from extract.linking import Entity
from extract.people import People
from extract.prizes import Prize
from extract.scene import Mention, Scene, SceneBuilder
from extract.tables.cells import day_in, is_empty, rank_in, year_in
from extract.tables.grid import Table, cell_text
from extract.tables.outcome import Outcome
from store.model.records import Article, Claim, Evidence, Row
from store.model.registry import Registry

_PERSON = re.compile(
    r"(?i)\b(?:sisw[ai]|pelajar|murid|mahasiswa|santri|atlet|duta|puter[ai]|putr[ai]|mojang|jajaka|pasangan|suami istri|pns berprestasi"
    r"|asn berprestasi|tenaga kesehatan|nakes|guru|kader|lurah teladan|bunda (?:paud|literasi)|warga"
    r"|olimpiade|mendata asn|penyair|penulis|juru)\b"
)
_COMMUNITY = re.compile(
    r"(?i)\b(?:rw\b\.? ?\d*|rt\b|posyandu|kwt|kelompok wanita tani|kampung|forum|karang taruna|tp-?pkk|pokja|pokdarwis|sdit|smpit|paguyuban"
    r"|komunitas|koperasi|pramuka|sanggar|pos ukk|bank sampah|umkm|ketua)\b"
)
_RANK_WORDS = re.compile(
    r"(?i)^(?:(?:penghargaan|meraih|raih|sebagai|juara|terbaik|peringkat|harapan|umum|predikat|piagam|tropi|dan|ke-?\w+|kesatu|kedua|ketiga|pertama"
    r"|I{1,3}|IV|\d{1,2}|di(?: ajang)?|pada(?: ajang)?|dalam)\s+)*"
)
_HEADED_BODY = re.compile(r"(?i)^(?:wali ?kota|bupati|gubernur)\b")
_OPENING = 40
"""Characters in which a row says whom it is about."""
_CLEAR = 0.6
"""Confidence of a claim by the row's own words where the scorer kept none."""


def home_of(scene: Scene, table: Table) -> Entity | None:
    """The government whose awards a table lists: named in the title, above it, or by the address."""
    limit = table.start + scene.page.shift
    regional = [m.entity for m in scene.mentions if m.entity.kind in ("provinsi", "kabupaten", "kota") and m.body.start < limit]
    if regional:
        return regional[0]
    host = urlsplit(scene.page.article.url or "").hostname or ""
    if not host.endswith(".go.id"):
        return None
    label = host.removesuffix(".go.id").split(".")[-1].removesuffix("kota").removesuffix("kab")
    found = [r for r in scene.linker.registry.regions.values() if label and re.sub(r"\W", "", r.name.lower()) == label]
    return Entity(found[0].code, found[0].government, found[0].level, found[0].code) if len(found) == 1 else None


class OwnAwards:
    """Reads such tables row by row, each with the reader of whole articles."""

    def __init__(self, scenes: SceneBuilder, maker: ClaimMaker) -> None:
        """Read with these."""
        self.scenes, self.maker = scenes, maker
        self.registry: Registry = scenes.registry

    def outcomes(self, scene: Scene, table: Table, home: Entity | None) -> Iterator[Outcome]:
        """What becomes of every data row."""
        for row in table.rows:
            if len(row.cells) == 1 and len(table.roles) > 1:
                yield Outcome(row, reason="it heads a group of rows")
            elif home is None:
                yield Outcome(row, reason="neither the title nor the address says whose awards these are")
            else:
                yield self._outcome(scene, table, row, home).quoting_its_row()

    def _outcome(self, scene: Scene, table: Table, row: Row, home: Entity) -> Outcome:
        text = scene.page.article.text
        award = cell_text(text, row, table.column("award"))
        if is_empty(award):
            return Outcome(row, reason="it names no award")
        note = cell_text(text, row, table.column("note"))
        day = day_in(cell_text(text, row, table.column("date")))
        printed = year_in(cell_text(text, row, table.column("year")))
        published = day.isoformat() if day else f"{printed[0]}-07-01" if printed else None
        small = Article(key=scene.page.article.key, title=award, text=note or award, published=published, language="id")
        inner = self.scenes.build(small, home=home.region)
        claims = [claim for claim in self._read(inner) if _is_ours(claim, home)]
        opener = self._opener(inner, home)
        reason = "" if claims or opener else _not_a_bodys(award, note)
        if not claims and not reason:
            holders = [opener] if opener else self._given(inner, home)
            claims = [claim for holder in holders if (claim := self._plainly(inner, holder))]
            reason = "" if claims else f"it names no office of {home.name} that holds the award"
        places = (row.cells[table.column("award") or 0][0], row.cells[table.column("note" if note else "award") or 0][0])
        return Outcome(row, tuple(self._dated(scene, table, row, claim, places, day) for claim in claims), reason)

    def _read(self, inner: Scene) -> list[Claim]:
        """The surest claim of each recipient."""
        best: dict[str, Claim] = {}
        for claim in self.maker.claims(inner, People(inner, self.registry)):
            key = claim.recipient_key or claim.recipient_name
            if key not in best or _rank(claim) > _rank(best[key]):
                best[key] = claim
        return list(best.values())

    def _opener(self, inner: Scene, home: Entity) -> Mention | None:
        """The office of the home that the row is about: its text or its award opens with it."""
        shift = inner.page.shift
        near = [m for m in self._own(inner, home) if m.body.start - shift in range(_OPENING) and m.body.preposition is None]
        near += [m for m in self._own(inner, home) if m.body.end <= shift and _names_itself(m) and m.body.start < _OPENING]
        return next((m for m in near if m.body.start in (0, shift) or _names_itself(m)), None)

    def _given(self, inner: Scene, home: Entity) -> list[Mention]:
        """The offices of the home to whom the row says the award was given, or that it names first."""
        own = [m for m in self._own(inner, home) if _names_itself(m)]
        given = [m for m in own if m.body.preposition in ("kepada", "pada", "untuk")]
        return given[:1] or [m for m in own if m.body.preposition is None][:1]

    @staticmethod
    def _own(inner: Scene, home: Entity) -> list[Mention]:
        return [m for m in inner.mentions if m.entity.region == home.region]

    def _plainly(self, inner: Scene, mention: Mention) -> Claim | None:
        """The row as it says itself: this office holds the award, as the registry or the row calls it."""
        award = inner.page.article.title
        known = [p for p in inner.prizes if p.key and (p.strength != "topic" or p.end <= len(award))]
        prize = known[0] if known else _as_called(award)
        programme = self.registry.programmes.get(prize.key or "")
        if programme and programme.eligible and set(programme.eligible) <= {"person", "company"}:
            return None
        evidence = [
            _evidence(inner, "recipient", mention),
            inner.page.where(prize.start, prize.end, "programme" if programme else "programme_name"),
        ]
        rank = rank_in(award)
        if rank:
            evidence.append(Evidence(field="rank", where="title", start=0, end=len(award), text=award))
        day = inner.page.article.published_on
        return Claim(
            programme=prize.key,
            programme_name=programme.name if programme else prize.name,
            kind=programme.kind if programme else "award",
            edition_year=prize.year or (day and (programme.edition_year_on(day) if programme else day.year)),
            flags=() if prize.year or not day else ("year_inferred",),
            rank=rank,
            recipient=inner.page.full[mention.body.start : mention.body.end],
            recipient_name=mention.entity.name,
            recipient_key=mention.entity.key,
            evidence=tuple(evidence),
            confidence=_CLEAR,
        )

    def _dated(self, scene: Scene, table: Table, row: Row, claim: Claim, places: tuple[int, int], day: date | None) -> Claim:
        """A claim of the small article as one of the whole: its quotations moved, its day that of the row."""
        moved = []
        for item in claim.evidence:
            shift = places[0] if item.where == "title" else places[1]
            if item.field != "event_date" or not day:
                moved.append(item.model_copy(update={"where": "text", "start": item.start + shift, "end": item.end + shift}))
        updates: dict[str, object] = {"status": "conferred"}
        if day and (column := table.column("date")) is not None:
            start, end = row.cells[column]
            moved.append(Evidence(field="event_date", where="text", start=start, end=end, text=scene.page.article.text[start:end]))
            updates["event_date"] = day
            updates["flags"] = tuple(flag for flag in claim.flags if flag != "date_conflict")
        if claim.edition_year and not any(item.field == "edition_year" for item in moved):
            at = table.column("date") if day else table.column("year")
            if at is not None:
                start, end = row.cells[at]
                moved.append(Evidence(field="edition_year", where="text", start=start, end=end, text=scene.page.article.text[start:end]))
        return claim.model_copy(update={**updates, "evidence": tuple(moved)})


def _rank(claim: Claim) -> tuple[bool, float]:
    return claim.programme is not None, claim.confidence


def _is_ours(claim: Claim, home: Entity) -> bool:
    """Whether a recipient is the home's government, one of its offices, or a national body's office there."""
    key, place = claim.recipient_key or "", home.name.removeprefix("Pemerintah ").split(" ", 1)[-1]
    return key == home.key or key.startswith(f"{home.key}/") or ("/" in key and claim.recipient_name.endswith(place))


def _not_a_bodys(award: str, note: str) -> str:
    """Why nobody in the government holds an award: the words that open the row are of a person, of pupils, of residents."""
    opening = f"{award}. {note[:160]}"
    if _HEADED_BODY.match(note):
        return ""
    if _PERSON.search(opening):
        return "it is the prize of persons or pupils, not of a public body"
    if _COMMUNITY.search(opening):
        return "it is the prize of residents or their groups, not of a public body"
    return ""


def _as_called(award: str) -> Prize:
    """The award by the words of its cell, the place taken off in front."""
    begin = match.end() if (match := _RANK_WORDS.match(award)) and match.end() < len(award) - 5 else 0
    year = year_in(award)
    prize = Prize(begin, len(award), 0, 0, None, "unknown", award[begin:])
    return replace(prize, year=year[0], year_span=(year[1], year[2])) if year else prize


def _names_itself(mention: Mention) -> bool:
    """Whether a mention is of a body and not only of a place: its level, kind or head is printed."""
    return mention.body.form != "bare" or mention.post is not None


def _evidence(inner: Scene, name: str, mention: Mention) -> Evidence:
    return inner.page.where(mention.body.start, mention.body.end, name)
