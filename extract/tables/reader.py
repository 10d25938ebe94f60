"""From the tables of an article to claims: which of them are understood, and what becomes of each of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.claims import ClaimMaker
from extract.scene import Scene, SceneBuilder
from extract.tables.cells import Steps
from extract.tables.frame import Framer
from extract.tables.grid import Table, tables_of
from extract.tables.outcome import Outcome
from extract.tables.own_awards import OwnAwards, home_of
from extract.tables.recipients import Recipients
from extract.tables.register import Register
from store.model.records import Article


class TableReader:
    """Reads tables by the registry of a scene builder and the weights of a claim maker."""

    def __init__(self, scenes: SceneBuilder, maker: ClaimMaker) -> None:
        """Read with these."""
        self.steps = Steps(scenes.registry)
        self.framer = Framer(scenes)
        self.register = Register(scenes, Recipients(scenes), self.steps)
        self.awards = OwnAwards(scenes, maker)

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
            if "recipient" in table.roles:
                frame = self.framer.frame(scene, table, own_programme="award" in table.roles)
                yield from self.register.outcomes(scene, table, frame)
            else:
                yield from self.awards.outcomes(scene, table, home_of(scene, table))
