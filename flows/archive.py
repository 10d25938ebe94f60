"""The archive of the settings, and what people bring to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings

if TYPE_CHECKING:
    from store.archive import Archive, Intake

ADDED = "added"
"""The source of pages that belong to none."""


def open_archive(settings: Settings) -> Archive:
    """The archive, ready to be written: with a spool in the home folder where it lies in an object store."""
    from store.archive import Archive

    remote = "://" in settings.archive_path
    return Archive(settings.archive_path, settings.home / "spool" if remote else None)


def take_in(settings: Settings, paths: Iterable[Path]) -> Intake:
    """Archive files that people already have, each under the source that its address belongs to, and tell the database.

    Raises:
        UsageError: a path is not there, or of a kind that cannot be taken in.
        StoreError: the archive or the database cannot be written.
    """
    from flows.crawl import catalogue, run_key
    from flows.database import open_database
    from spiders.catalogue import belonging
    from store.archive import add
    from store.model.source import Publisher, Scope, Source

    sources = catalogue(settings.sources)
    name = Publisher(name="files taken in")
    others = Source(key=ADDED, publisher=name, discovery=(), scope=Scope(hosts=()), frequency="never", origin=name.name)
    open_database(settings, [*sources.values(), others])

    def source_of(url: str) -> str:
        found = belonging(url, sources.values())
        return found.key if found else ADDED

    return add(open_archive(settings), paths, run_key(ADDED), source_of)
