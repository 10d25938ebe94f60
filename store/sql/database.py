"""The database: one address, SQLite or PostgreSQL, opened late and closed cleanly; its errors in plain sentences.

Nothing here knows a table. Alembic is imported only where a migration runs, so that questions start fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from store.model.errors import StoreError, UsageError

SCHEMA_VERSION = "0005"
"""The migration this version of rapor works with; a test holds it against the newest file in `migrations/versions`."""

_MIGRATIONS = Path(__file__).with_name("migrations")

# What the driver says (in part, lower case) and what it means for whoever runs rapor.
_MEANINGS = (
    (("database is locked", "database table is locked", "lock timeout", "lock_not_available"), "is locked by another process: try again"),
    (("disk is full", "no space left", "could not extend file"), "cannot grow, the disk is full: nothing of this step was written"),
    (("malformed", "not a database", "invalid page", "checksum"), "is damaged: restore it from a copy, or rebuild it from the archive"),
    (("readonly", "read-only", "permission denied"), "may not be written: check the owner of the file or the rights of the role"),
    (("unable to open",), "cannot be opened: check its folder and rights"),
    (("no such table", "no such column", "undefinedtable", "undefinedcolumn"), "has another version: run `rapor db upgrade`"),
    (("connection refused", "connection failed", "could not translate", "timeout expired", "server closed"), "does not answer: is it up?"),
    (("authentication failed", "does not exist"), "cannot be entered: check its name, role and password"),
)


class Database:
    """One database.

    Args:
        url: `sqlite:///path/to/file.db`, or `postgresql://user@host:port/name`.
        busy_seconds: How long a writer waits for another one before it gives up.
    """

    def __init__(self, url: str, *, busy_seconds: float = 30.0) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise UsageError(f"{url!r} is no address of a database: use sqlite:///PATH or postgresql://USER@HOST/NAME") from error
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise UsageError(f"{parsed.get_backend_name()} is not supported: use sqlite:///PATH or postgresql://USER@HOST/NAME")
        self.url: URL = parsed.set(drivername="postgresql+psycopg") if parsed.get_backend_name() == "postgresql" else parsed
        self.busy_seconds = busy_seconds
        self._checked = False

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def name(self) -> str:
        """How the database is called in messages: its file, or its address without the password."""
        if self.dialect == "sqlite":
            return self.url.database or ":memory:"
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; None for one in memory and for a server."""
        return Path(self.url.database) if self.dialect == "sqlite" and self.url.database not in (None, "", ":memory:") else None

    @cached_property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, made at first use."""
        if self.dialect == "sqlite":
            engine = create_engine(self.url, connect_args={"timeout": self.busy_seconds})
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        wait = int(self.busy_seconds * 1000)
        return create_engine(self.url, connect_args={"options": f"-c lock_timeout={wait} -c timezone=UTC", "connect_timeout": 10})

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(rapor_writes=True)

    @cached_property
    def _reader(self) -> Engine:
        return self.engine if self.dialect == "sqlite" else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @cached_property
    def _asker(self) -> Engine:
        return self.engine if self.dialect == "sqlite" else self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data, however many questions are put to it."""
        self.require_version()
        with self.plain_errors(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for one question: on a server it saves the trips that begin and end a transaction."""
        self.require_version()
        with self.plain_errors(), self._asker.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: everything in it is written, or nothing is."""
        self.require_version()
        with self.plain_errors(), self._writer.begin() as connection:
            yield connection

    def version(self) -> str | None:
        """The migration the database stands at; None where it is empty or not there.

        Raises:
            StoreError: It cannot be opened or is damaged.
        """
        if self.path is not None and not self.path.exists():
            return None
        with self.plain_errors(), self.engine.connect() as connection:
            if not self.engine.dialect.has_table(connection, "alembic_version"):
                return None
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return str(found) if found else None

    def require_version(self) -> None:
        """Refuse to work on a database of another version; looked at once.

        Raises:
            StoreError: It is empty, older or newer than this rapor.
        """
        if self._checked:
            return
        found = self.version()
        if found is None:
            raise StoreError(f"the database {self.name} is empty: run `rapor db upgrade`")
        if found != SCHEMA_VERSION:
            older = found < SCHEMA_VERSION
            advice = "run `rapor db upgrade`" if older else "update rapor, or use another database"
            raise StoreError(f"the database {self.name} has version {found}, this rapor needs {SCHEMA_VERSION}: {advice}")
        self._checked = True

    def upgrade(self, revision: str = "head") -> str | None:
        """Bring the tables to the newest version (or to `revision`), creating the database file where it is missing.

        Returns:
            The version it stands at afterwards.
        """
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._migrate("upgrade", revision)
        return self.version()

    def downgrade(self, revision: str) -> str | None:
        """Take the tables back to `revision` ("base": none at all)."""
        self._migrate("downgrade", revision)
        return self.version()

    def vacuum(self) -> tuple[int, int]:
        """Give the space of what was deleted back and count anew what questions are planned by, while others read.

        SQLite needs the size of the database free beside it, and lets nobody write meanwhile.

        Returns:
            Bytes before and after.

        Raises:
            StoreError: It is locked or damaged, or the disk is full; nothing changed.
        """
        self.require_version()
        before = self._size()
        with self.plain_errors():
            if self.dialect == "postgresql":
                with self._asker.connect() as connection:
                    connection.exec_driver_sql("VACUUM (ANALYZE)")
            else:
                raw = self.engine.raw_connection()  # no transaction may be open, and SQLAlchemy opens one
                try:
                    for statement in ("VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"):
                        raw.cursor().execute(statement).close()
                finally:
                    raw.close()
        return before, self._size()

    def _size(self) -> int:
        if self.path is not None:
            return sum(part.stat().st_size for part in (self.path, self.path.with_name(f"{self.path.name}-wal")) if part.exists())
        with self.asking() as connection:
            size = "SELECT pg_database_size(current_database())" if self.dialect == "postgresql" else "SELECT 0"
            return int(connection.exec_driver_sql(size).scalar() or 0)

    def close(self) -> None:
        """Give every connection back."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    def _migrate(self, direction: str, revision: str) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        self._checked = False
        with self.plain_errors(), self._writer.begin() as connection:
            config.attributes["connection"] = connection
            getattr(command, direction)(config, revision)

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Turn what a driver raises into one sentence that says what to do."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise StoreError(f"the database {self.name} {_meaning(error.orig or error)}") from error
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise StoreError(f"the database {self.name} {_meaning(error)}") from error


def _meaning(error: BaseException) -> str:
    said = f"{type(error).__name__} {error}".lower()
    for signs, meaning in _MEANINGS:
        if any(sign in said for sign in signs):
            return meaning
    return f"refused the work: {(str(error).strip() or type(error).__name__).splitlines()[0]}"


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # Transactions are ours to begin: the driver's own begin comes too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
        # NORMAL under WAL survives a killed process; a power cut may cost the last moments, never the file,
        # and what is lost is read again from the archive.
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: two transactions that read first and write later would refuse each other.
    writes = connection.get_execution_options().get("rapor_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
