"""The only reader of the environment: every setting of rapor, its variable `RAPOR_…` and its default.

Everything below the roof takes arguments; nothing else looks at `os.environ`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from store.model.errors import UsageError

# What Prefect must be told before it is imported: it reports nothing to anybody, and its own little server gets
# the time it needs on a busy machine.
_PREFECT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",  # seconds; ten are too few for its SQLite file while everything starts
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # runs and events older than 90 days go
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


class Settings(BaseSettings):
    """Where things lie and how rapor behaves. Each field is read from `RAPOR_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="RAPOR_", extra="ignore", frozen=True)

    home: Path = Path("var")
    """Folder of everything rapor keeps, unless a setting below puts a part of it elsewhere."""
    database: str = ""
    """Address of the database (`sqlite:///…`, `postgresql+psycopg://…`); default `rapor.db` in `home`."""
    archive: str = ""
    """Folder or fsspec address of the WARC archive; default `archive` in `home`."""
    releases: Path | None = None
    """Folder of the releases; default `releases` in `home`."""
    sources: Path | None = None
    """A folder of source files beside those that come with rapor; a file of the same key takes precedence."""
    contact: str = ""
    """How a site's owner reaches whoever runs this crawl (a mail or web address); goes into the user agent."""
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Private `host:port` pairs that the crawl may fetch from, separated by commas."""
    crawls: Annotated[int, Field(ge=1)] = 2
    """How many sources are crawled at the same time."""
    busy_seconds: Annotated[float, Field(gt=0)] = 30.0
    """How long to wait for a database that another process is writing to."""
    retry_seconds: Annotated[float, Field(ge=0)] = 60.0
    """How long a scheduled crawl that failed as a whole waits before it is tried again, ten times as long before the last time."""
    keep_days: Annotated[int, Field(ge=1)] | None = None
    """Housekeeping lets go of the archived bytes of pages this old (days) from which no claim was ever read; of none where empty."""
    readers: Literal["threads", "processes", "dask"] = "processes"
    """What scheduled reading is spread over; `dask` needs the extra of that name and reads on the cluster of `dask`."""
    dask: str = ""
    """Address of a Dask scheduler (`tcp://host:8786`); a cluster of this machine's own where empty."""
    webhook: str = ""
    """An address that hears by POST when a source breaks its expectations and when it is well again."""
    mail_to: Annotated[tuple[str, ...], NoDecode] = ()
    """Mail addresses, separated by commas, that hear the same."""
    mail_server: str = "smtp://localhost"
    """Server that takes the mail: `smtp://host:25` or `smtps://host:465`, with `user:password@` before the host where it wants that."""
    mail_from: str = "rapor@localhost"
    """Address that the mail comes from."""
    reviewer: str = ""
    """Who decides, where `rapor decide` is not told by `--by`."""
    quiet: bool = False
    """Say only what went wrong."""

    @field_validator("allow_hosts", "mail_to", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def database_url(self) -> str:
        """The address of the database, default filled in."""
        return self.database or f"sqlite:///{self.home / 'rapor.db'}"

    @property
    def archive_path(self) -> str:
        """The place of the archive, default filled in."""
        return self.archive or str(self.home / "archive")

    @property
    def releases_path(self) -> Path:
        """The folder of the releases, default filled in."""
        return self.releases or self.home / "releases"


def load(**over: object) -> Settings:
    """Settings from the environment, with what the command line says over them (None says nothing).

    Raises:
        UsageError: a variable or option holds a value that cannot be meant.
    """
    said = {name: value for name, value in over.items() if value is not None}
    try:
        return Settings(**said)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"RAPOR_{name}: {first['msg'].lower()} (got {first['input']!r})") from None


def prefect_environment(folder: Path) -> dict[str, str]:
    """The environment of a Prefect server of ours: its own things in `folder`, unless the operator named another place."""
    return {"PREFECT_HOME": str(folder.absolute())} | os.environ


def prefect_home() -> str:
    """Folder where Prefect keeps its things, once `prepare_prefect` was called."""
    return os.environ["PREFECT_HOME"]


def prepare_prefect(home: Path, url: str | None = None) -> str | None:
    """Prepare the environment for Prefect; to be called before its first import. What the operator set is kept.

    Args:
        home: Folder of what rapor keeps; Prefect keeps its own things in `prefect` there.
        url: Address of the Prefect server to use from here on.

    Returns:
        The address of the server in use, None where none is set.
    """
    for name, value in _PREFECT.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str((home / "prefect").absolute()))
    if url is not None:
        os.environ["PREFECT_API_URL"] = url
    return os.environ.get("PREFECT_API_URL")
