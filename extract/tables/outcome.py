"""What became of one row: its claims, or why it gives none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.field_confidence import of_row
from store.model.records import Claim, Row


@dataclass(frozen=True)
class Outcome:
    """One data row of a table that is understood; `reason` says why there is no claim, and is empty where there is one."""

    row: Row
    claims: tuple[Claim, ...] = ()
    reason: str = ""

    def quoting_its_row(self) -> Outcome:
        """The same, its evidence inside the row carrying the row's page and number, every value a confidence."""
        return replace(self, claims=tuple(_placed(claim, self.row) for claim in self.claims))


def _placed(claim: Claim, row: Row) -> Claim:
    evidence = tuple(
        item.model_copy(update={"page": row.page, "row": row.row})
        if item.where == "text" and row.start <= item.start and item.end <= row.end
        else item
        for item in claim.evidence
    )
    return claim.model_copy(update={"evidence": evidence, "field_confidence": of_row(claim)})
