"""Datasette on the data of one release, read-only, with our plugin, templates and limits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.url_builder import Urls
from jinja2 import Environment

from store.model.errors import StoreError
from store.release.pages import plugin
from store.release.pages.language import prefix
from store.release.pages.questions import as_metadata

HERE = Path(__file__).resolve().parent
NAME = "rapor"
"""The release in addresses, whatever its file is called: `/rapor/evaluations`."""
LIMITS = {
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "facet_time_limit_ms": 300,
    "suggest_facets": False,
    "num_sql_threads": 4,
    "max_csv_mb": 0,  # all rows means all rows; they are streamed
    "default_cache_ttl": 300,
}


class _Addresses(Urls):  # type: ignore[misc]  # Datasette ships no types
    """Datasette's own links stay in the language of the page."""

    def path(self, path: Any, format: str | None = None) -> Any:  # noqa: A002 - Datasette's own name
        made = super().path(path, format=format)
        return type(made)(prefix() + str(made)) if not str(path).startswith(("/en/", "http")) else made


class Pages(Datasette):  # type: ignore[misc]
    """The pages of one release. `contact` is where errors are reported: a mail or web address, or nothing."""

    def __init__(self, data: Path, contact: str = "") -> None:
        pm.unregister(plugin) if pm.is_registered(plugin) else None
        pm.register(plugin, name="rapor")
        # our own handler tells errors in a sentence; Datasette's, run beside it, spends seconds drawing every trace
        pm.unregister(name="datasette.handle_exception") if pm.has_plugin("datasette.handle_exception") else None
        super().__init__(
            template_dir=str(HERE / "templates"),
            static_mounts=[("-/rapor", str(HERE / "static"))],
            settings=LIMITS,
            metadata={"databases": {NAME: {"queries": as_metadata()}}},
        )
        self.remove_database("_memory")
        self.add_database(Database(self, str(data), is_mutable=False), name=NAME)
        self.contact = contact
        self.about = _about(data)

    @cached_property
    def templates(self) -> Environment:
        """The same templates for threads that work: rendered without a loop, which costs a third."""
        return self.jinja_env.overlay(enable_async=False)  # type: ignore[no-any-return]

    @property
    def urls(self) -> _Addresses:
        """Builder of addresses."""
        return _Addresses(self)


def pages(data: Path, contact: str = "") -> Any:
    """The ASGI app of the pages on a release file.

    Args:
        data: `rapor.sqlite` of a release.
        contact: How errors reach the operator; where empty, what the release itself says.

    Raises:
        StoreError: The file is no release.
    """
    return Pages(data, contact).app()


def serve(data: Path, *, host: str, port: int, contact: str = "") -> None:
    """Serve the pages until stopped.

    Raises:
        StoreError: The file is no release.
    """
    import uvicorn

    uvicorn.run(pages(data, contact), host=host, port=port, log_level="warning", server_header=False)


def _about(data: Path) -> dict[str, str]:
    try:
        with closing(sqlite3.connect(f"{data.absolute().as_uri()}?immutable=1", uri=True)) as release:
            found = {name: value or "" for name, value in release.execute("SELECT name, value FROM meta")}
            release.execute("SELECT key, quotation FROM evaluations LIMIT 1")
    except sqlite3.Error as error:
        raise StoreError(f"{data} is no release that can be browsed ({error}); `rapor publish` makes one") from None
    return found
