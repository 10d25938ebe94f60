"""The database of the settings: reached, or made and told what is known."""

from __future__ import annotations

from collections.abc import Iterable

from flows.alive import alone
from flows.settings import Settings
from store.model.source import Source
from store.sql.database import Database


def connect(settings: Settings) -> Database:
    """The database as it is; whether it can be used shows at the first question."""
    return Database(settings.database_url, busy_seconds=settings.busy_seconds)


def open_database(settings: Settings, sources: Iterable[Source] = ()) -> Database:
    """The database, made where it is missing, with the registry and the sources of today in it. Changes nothing where they are.

    Raises:
        StoreError: it cannot be used, or is of another version.
    """
    from extract.lexicon import load_registry
    from store.sql import ledger

    database = connect(settings)
    with alone(settings.home / "work" / "database"):  # two crawls of a new machine begin at the same time
        if database.version() is None:
            database.upgrade()
        ledger.record_registry(database, load_registry())
        ledger.record_sources(database, sources)
    return database
