"""From the tables of an article to claims: which of them are understood, and what becomes of each of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.claims import ClaimMaker
from extract.scene import Scene, SceneBuilder
from extract.tables.cells import Steps
from extract.tables.columns import names_receivers
from extract.tables.frame import Framer
from extract.tables.grid import Table, cell_text, tables_of
from extract.tables.home import Home, home_of
from extract.tables.outcome import Outcome
from extract.tables.own_awards import OwnAwards
from extract.tables.recipients import Recipients
from extract.tables.register import Register
from store.model.records import Article


class TableReader:
    """Reads tables by the registry of a scene builder and the weights of a claim maker."""

    def __init__(self, scenes: SceneBuilder, maker: ClaimMaker) -> None:
        """Read with these."""
        self.steps = Steps(scenes.registry)
        self.framer = Framer(scenes)
        self.recipients = Recipients(scenes)
        self.register = Register(scenes, self.recipients, self.steps)
        self.awards = OwnAwards(scenes, maker, self.recipients, self.steps)

    def tables(self, article: Article) -> list[Table]:
        """Every table; those with a reason in `refused` are left to be read as lines of text."""
        return tables_of(article, self.steps.any)

    def outcomes(self, scene: Scene, tables: Sequence[Table]) -> Iterator[Outcome]:
        """What becomes of every data row of the tables that are understood.

        `scene` is that of their article, with the rows of these tables left out of what is read as text.
        """
        for table in tables:
            if table.refused:
                continue
            home = home_of(scene, table) if "award" in table.roles else None
            table = self._with_givers(scene, table, home)
            if "recipient" in table.roles:
                frame = self.framer.frame(scene, table, own_programme="award" in table.roles)
                yield from self.register.outcomes(scene, table, frame)
            else:
                yield from self.awards.outcomes(scene, table, home)

    def _with_givers(self, scene: Scene, table: Table, home: Home | None) -> Table:
        """In a body's list of its awards, a column of bodies that are not its own, under a head as plain as "Instansi", names who gave."""
        at = table.column("recipient")
        if at is None or home is None or "giver" in table.roles or names_receivers(table.heads[at]):
            return table
        cells = [cell_text(scene.page.article.text, row, at) for row in table.rows if len(row.cells) == len(table.roles)]
        found = [entity for cell in cells if (entity := self.recipients.resolve(cell))]
        if not found or any(home.owns(entity) for entity in found):
            return table
        return replace(table, roles=tuple("giver" if role == "recipient" else role for role in table.roles))
