"""Tables that name a recipient in each row: a decree's annex, a list of results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.linking import Entity
from extract.scene import Scene, SceneBuilder
from extract.slots import Draft, group_name
from extract.tables.cells import Steps, day_in, is_empty, rank_in, score_in, tier_in, year_in
from extract.tables.columns import Role
from extract.tables.frame import Frame
from extract.tables.grid import Table, cell_text
from extract.tables.outcome import Outcome
from extract.tables.recipients import Recipients, level_in
from extract.tokens import Tokens
from store.model.records import Claim, Row
from store.model.registry import Programme

_SUM = re.compile(r"(?i)^(?:jumlah|total|rata-?\s?rata|rerata|grand total|sub ?total|keterangan)\b")
_NEEDS_RESULT = frozenset({"score", "predicate", "ranking", "opinion"})
_SURE, _KNOWN_ONE, _PRINTED = 0.95, 0.85, 0.7
"""Confidence where body and programme are known, where one is, where both stand as printed."""
_RESULTS = ("predicate", "tier", "rank", "score")


@dataclass
class _Group:
    """What the heading of a group says of the rows beneath it."""

    level: str | None = None
    heading: tuple[int, int] | None = None


@dataclass
class _Told:
    """A row in the making."""

    draft: Draft
    programme: Programme | None
    programme_name: str | None
    found: list[tuple[str, tuple[int, int]]] = field(default_factory=list)


class Register:
    """Reads such tables."""

    def __init__(self, scenes: SceneBuilder, recipients: Recipients, steps: Steps) -> None:
        """Read with these."""
        self.scenes, self.recipients, self.steps = scenes, recipients, steps

    def outcomes(self, scene: Scene, table: Table, frame: Frame) -> Iterator[Outcome]:
        """What becomes of every data row."""
        group = _Group(level_in(table.heads[table.column("recipient") or 0]))
        text = scene.page.article.text
        for row in table.rows:
            if len(row.cells) == 1 and len(table.roles) > 1:
                heading = text[slice(*row.cells[0])]
                group = _Group(level_in(heading) or (None if table.column("number") is None else group.level), row.cells[0])
                yield Outcome(row, reason="it heads a group of rows")
                continue
            yield self._outcome(scene, table, row, frame, group).quoting_its_row()

    def _outcome(self, scene: Scene, table: Table, row: Row, frame: Frame, group: _Group) -> Outcome:
        cells = {role: cell_text(scene.page.article.text, row, at) for at, role in enumerate(table.roles)}
        if any(_SUM.match(cell) for cell in cells.values()):
            return Outcome(row, reason="it sums up the rows above")
        printed = cells.get("recipient", "")
        if is_empty(printed):
            return Outcome(row, reason="no recipient is named in it")
        unit = cells.get("unit", "")
        bearer: Role = "unit" if unit and not is_empty(unit) else "recipient"
        entity = self.recipients.resolve(cells[bearer], printed if bearer == "unit" else "", cells.get("region", ""), group.level)
        if entity is None:
            return Outcome(row, reason=f"“{cells[bearer]}” is no public body that the registry or its name tells")
        if frame.refused:
            return Outcome(row, reason=frame.refused)
        told = self._told(scene, table, row, cells, frame)
        if told.programme is None and not told.programme_name:
            return Outcome(row, reason="it names no programme")
        claims = list(self._claims(scene, table, row, entity, bearer, told, frame, group))
        needs = told.programme is not None and told.programme.kind in _NEEDS_RESULT and not frame.awarded
        claims = [claim for claim in claims if not needs or any(getattr(claim, name) is not None for name in _RESULTS)]
        return Outcome(row, tuple(claims), "" if claims else f"it gives no result of {told.programme_name}")

    def _told(self, scene: Scene, table: Table, row: Row, cells: dict[Role, str], frame: Frame) -> _Told:
        """Programme, year and giver of a row: the table's, or its own where a column has them."""
        draft = Draft(dict(frame.draft.values), list(frame.draft.evidence), set(frame.draft.flags))
        programme = frame.programme
        told = _Told(draft, programme, frame.prize.called(programme) if frame.prize else programme.name if programme else None)
        award = cells.get("award", "")
        if award and not is_empty(award) and frame.prize is None:
            at = _span(table, row, "award")
            found, _ = self.scenes.prizes.find(Tokens(self.scenes.nlp(award)), award, [], len(award))
            key = next((prize.key for prize in found if prize.key), None)
            told.programme = self.scenes.registry.programmes.get(key or "")
            told.programme_name = told.programme.name if told.programme else award
            _quote(scene, draft, "programme" if key else "programme_name", at)
            if (year := year_in(award)) and "edition_year" not in draft.values:
                _put(scene, draft, "edition_year", year[0], (at[0] + year[1], at[0] + year[2]))
        if year := year_in(cells.get("year", "")):
            draft.flags.discard("year_inferred")
            draft.drop("edition_year")
            _put(scene, draft, "edition_year", year[0], _span(table, row, "year"))
        if day := day_in(cells.get("date", "")):
            draft.drop("event_date")
            _put(scene, draft, "event_date", day, _span(table, row, "date"))
        given = cells.get("giver", "")
        if given and not is_empty(given):
            entity = self.recipients.resolve(given)
            draft.drop("giver")
            _put(scene, draft, "giver", entity.name if entity else given, _span(table, row, "giver"))
            draft.values["giver_key"] = entity.key if entity else None
        return told

    def _claims(
        self, scene: Scene, table: Table, row: Row, entity: Entity, bearer: Role, told: _Told, frame: Frame, group: _Group
    ) -> Iterator[Claim]:
        """One claim, or one for each column that is headed by a year."""
        text = scene.page.article.text
        draft = told.draft
        start, end = _span(table, row, bearer)
        _put(scene, draft, "recipient", text[start:end], (start, end))
        self._results(scene, table, row, told, group)
        years = [at for at, role in enumerate(table.roles) if role == "of_year" and not is_empty(cell_text(text, row, at))]
        if "of_year" not in table.roles:
            yield _claim(entity, told, frame, draft)
            return
        for at in years:
            one = Draft(dict(draft.values), list(draft.evidence), set(draft.flags))
            one.drop("edition_year")
            year = re.search(r"(?:19|20)\d\d", table.heads[at])
            one.values["edition_year"] = int(year.group()) if year else None
            head = re.search(rf"\b{one.values['edition_year']}\b", text[table.start : row.start])
            if head:
                _quote(scene, one, "edition_year", (table.start + head.start(), table.start + head.end()))
            self._result(scene, "predicate", row.cells[at], told, one) or self._result(scene, "score", row.cells[at], told, one)
            yield _claim(entity, told, frame, one)

    def _results(self, scene: Scene, table: Table, row: Row, told: _Told, group: _Group) -> None:
        """Every result column of a row, then what the heading of its group says and no column does."""
        for at, role in enumerate(table.roles):
            if at >= len(row.cells) or is_empty(cell_text(scene.page.article.text, row, at)):
                continue
            if role in ("predicate", "score", "rank"):
                self._result(scene, role, row.cells[at], told, told.draft)
            elif role in ("category", "innovation"):
                _put(scene, told.draft, role, cell_text(scene.page.article.text, row, at), row.cells[at])
            elif role == "scope":
                _put(scene, told.draft, "rank_scope", cell_text(scene.page.article.text, row, at), row.cells[at])
            elif role in ("award", "note"):
                self._result(scene, "rank", row.cells[at], told, told.draft, headed=False)
                if "rank" not in told.draft.values:
                    self._result(scene, "tier", row.cells[at], told, told.draft)
        if "rank_scope" in told.draft.values and "rank" not in told.draft.values:
            told.draft.drop("rank_scope")
        if group.heading and not {"predicate", "category"} & set(told.draft.values):
            heading = scene.page.article.text[slice(*group.heading)]
            step = self.steps.on(told.programme, heading) if told.programme and told.programme.scales else None
            if step:
                _put(scene, told.draft, "predicate", step, group.heading)
            elif re.match(r"(?i)(?:kategori|kelompok|kl[au]ster)\b", heading):
                name = re.sub(r"(?i)^(?:kategori|kelompok|kl[au]ster)\s*:?\s*", "", heading)
                _put(scene, told.draft, "category", name, (group.heading[1] - len(name), group.heading[1]))

    def _result(self, scene: Scene, role: str, span: tuple[int, int], told: _Told, draft: Draft, *, headed: bool = True) -> bool:
        """Fill one result from one cell; False where the cell holds none of that kind."""
        cell = scene.page.article.text[slice(*span)].strip()
        if role == "score" and (score := score_in(cell)):
            programme = told.programme
            _put(scene, draft, "score", score[0], span)
            unit = programme.score_unit if programme and programme.score_unit else "percent" if score[1] else None
            if unit:
                _put(scene, draft, "score_unit", unit, span)
            if programme and not programme.can_score(score[0]):
                draft.flags.add("out_of_scale")
            return True
        if role == "predicate" and (step := self.steps.on(told.programme, cell)):
            _put(scene, draft, "predicate", step, span)
            return True
        rank = rank_in(cell, headed=headed) if role in ("rank", "predicate") else None
        if rank:
            _put(scene, draft, "rank", rank, span)
            return True
        tier = tier_in(cell) if role != "score" else None
        if tier or role == "predicate":
            from_tiers = group_name_of(tier, told.programme) if tier else cell
            _put(scene, draft, "tier", from_tiers, span)
        return bool(tier) or role == "predicate"


def group_name_of(tier: str, programme: Programme | None) -> str:
    """A counted group by the programme's own name."""
    from extract.results import Result

    return group_name(Result("tier", tier, 0, 0), programme)


def _claim(entity: Entity, told: _Told, frame: Frame, draft: Draft) -> Claim:
    known = (told.programme is not None) + (entity.key is not None)
    return Claim(
        programme=told.programme.key if told.programme else None,
        programme_name=told.programme_name,
        kind=told.programme.kind if told.programme else "award",
        recipient_name=entity.name,
        recipient_key=entity.key,
        status=frame.status,
        flags=tuple(sorted(draft.flags)),
        evidence=tuple(draft.evidence),
        confidence=(_PRINTED, _KNOWN_ONE, _SURE)[known],
        **draft.values,
    )


def _span(table: Table, row: Row, role: Role) -> tuple[int, int]:
    return row.cells[table.roles.index(role)]


def _put(scene: Scene, draft: Draft, name: str, value: object, span: tuple[int, int]) -> None:
    """Fill a slot from a cell, the offsets being the text's."""
    draft.put(scene, name, value, span[0] + scene.page.shift, span[1] + scene.page.shift)


def _quote(scene: Scene, draft: Draft, name: str, span: tuple[int, int]) -> None:
    draft.quote(scene, name, span[0] + scene.page.shift, span[1] + scene.page.shift)
