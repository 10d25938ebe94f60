"""What the other columns of an own list say of a row's claim: giver, place, step, group, score, category."""

from __future__ import annotations

from extract.field_confidence import without
from extract.scene import Scene
from extract.tables.cells import Steps, is_empty, rank_in, score_in, tier_in
from extract.tables.columns import Role
from extract.tables.grid import Table, cell_text
from store.model.records import Claim, Evidence, Row
from store.model.registry import Programme, Registry

ROLES: tuple[Role, ...] = ("rank", "predicate")
"""Columns whose cells say how a recipient came out, in words or as a place."""


def tell_columns(scene: Scene, table: Table, row: Row, claim: Claim, registry: Registry, steps: Steps) -> Claim:
    """A claim with what its row's other columns say; a column is surer than a sentence and replaces what was read from one."""
    programme = registry.programmes.get(claim.programme or "")
    cells = {role: cell_text(scene.page.article.text, row, at) for at, role in enumerate(table.roles)}
    cells = {role: cell for role, cell in cells.items() if not is_empty(cell)}
    told = _results(cells, programme, steps)
    if given := cells.get("giver"):
        told["giver"] = (given, "giver")
    if cell := cells.get("category"):
        told["category"] = (cell, "category")
    if (cell := cells.get("scope")) and (claim.rank or "rank" in told):
        told["rank_scope"] = (cell, "scope")
    evidence = [item for item in claim.evidence if item.field not in told]
    for name, (_, role) in told.items():
        start, end = row.cells[table.roles.index(role)]
        evidence.append(Evidence(field=name, where="text", start=start, end=end, text=scene.page.article.text[start:end]))
    updates = {name: value for name, (value, _) in told.items()} | ({"giver_key": None} if given else {})
    return claim.model_copy(update={**updates, "evidence": tuple(evidence), "field_confidence": without(claim, told)})


def _results(cells: dict[Role, str], programme: Programme | None, steps: Steps) -> dict[str, tuple[object, Role]]:
    """Rank, group, step and score by the columns for them, each with the role of its column."""
    told: dict[str, tuple[object, Role]] = {}
    for role in ROLES:
        if not (cell := cells.get(role)):
            continue
        rank, tier = rank_in(cell, headed=role == "rank"), None if programme and programme.scales else tier_in(cell)
        told |= {name: (value, role) for name, value in (("rank", rank), ("tier", tier)) if value}
        if not rank and not tier and (step := steps.on(programme, cell)):
            told["predicate"] = (step, role)
    if (cell := cells.get("score")) and (score := score_in(cell)):
        told["score"] = (score[0], "score")
        if unit := programme.score_unit if programme else "percent" if score[1] else None:
            told["score_unit"] = (unit, "score")
    return told
