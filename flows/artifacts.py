"""What a run shows in Prefect's page: tables of what came, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact

from store.model.keys import slug


def show_counts(key: str, figures: Mapping[str, Any], description: str) -> None:
    """A table of counts by name."""
    show_table(key, [{"what": name.replace("_", " "), "count": value} for name, value in figures.items()], description)


def show_table(key: str, rows: Sequence[Mapping[str, Any]], description: str) -> None:
    """A table; an empty one says so too. A server that does not answer must not undo the work it would have told of."""
    with suppress(Exception):
        create_table_artifact([dict(row) for row in rows], key=slug(key), description=description)


class Progress:
    """How far a run is, in per cent of the snapshots that wait; call it with how many are done."""

    def __init__(self, key: str) -> None:
        self.key, self.total = slug(key), 0
        self._artifact: UUID | None = None
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def of(self, total: int) -> None:
        """Say how many snapshots wait."""
        self.total += total
        if total and self._artifact is None:
            with suppress(Exception):
                made = create_progress_artifact(0.0, key=self.key, description="Snapshots looked at, in per cent.")
                self._artifact = made if isinstance(made, UUID) else None

    def __call__(self, done: int) -> None:
        """Say how many are done; told at each tenth."""
        share = int(10 * done / self.total) if self.total else 0
        if self._artifact is not None and share > self._shown:
            self._shown = share
            with suppress(Exception):
                update_progress_artifact(self._artifact, progress=float(min(100, 10 * share)))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self(self.total)
