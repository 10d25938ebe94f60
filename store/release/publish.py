"""A release, made in a temporary folder beside its place and moved in whole: it is there with every file, or it is not there."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from store.model.errors import StoreError, UsageError
from store.release.build import build
from store.release.entities import write_entities
from store.release.facts import Facts
from store.release.formats import write_csv, write_parquet
from store.release.linked import write_linked
from store.release.package import write_checksums, write_dictionary, write_package
from store.release.papers import write_papers
from store.release.shelf import DATA, address, connected, find, open_release
from store.sql.database import Database

_SAID = (
    *("evaluations", "claims", "quotations", "conflicts", "decisions", "editions"),
    *("agencies", "officials", "posts", "programmes", "programme_steps", "programme_givers", "quality", "warnings", "dictionary"),
)
_SNIPPETS = Path(__file__).with_name("snippets")


def publish(database: Database, shelf: Path, facts: Facts, *, unless_same: bool = False) -> Path:
    """Make the release `facts.version` of everything that may be shown, and put it on the shelf.

    The same database, facts and release before give the same bytes.

    Args:
        database: What is known.
        shelf: The folder of releases.
        facts: Version, day, the version before, figures.
        unless_same: Make nothing where the release before says the same.

    Returns:
        The folder of the release, or of the one before where that says the same.

    Raises:
        UsageError: The version is there already, or the one before is not.
        StoreError: The database or the release before cannot be read, or the shelf cannot be written.
    """
    place = shelf / facts.version
    if place.exists():
        raise UsageError(f"the release {facts.version} is there already; releases are never changed")
    previous = find(shelf, facts.previous) / DATA if facts.previous else None
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=shelf))
        try:
            build(database, making / DATA, facts, previous)
            if unless_same and previous is not None and same_results(making / DATA, previous):
                return previous.parent
            _write_files(making, facts)
            making.chmod(0o755)
            making.rename(place)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"the release cannot be written to {shelf} ({error.strerror or error}): nothing was changed") from error
    return place


def same_results(one: Path, other: Path) -> bool:
    """Whether two release files say the same of results and of what is known; that sites were visited since makes no release."""
    with closing(connected(one)) as release:
        release.execute("ATTACH ? AS other", (address(other),))
        return not any(_differs(release, name) for name in _SAID)


def _differs(release: sqlite3.Connection, name: str) -> bool:
    ours, theirs = f"SELECT * FROM main.{name}", f"SELECT * FROM other.{name}"
    try:
        found = release.execute(f"SELECT EXISTS ({ours} EXCEPT {theirs}) OR EXISTS ({theirs} EXCEPT {ours})").fetchone()
    except sqlite3.OperationalError:  # the other one is of an older schema
        return True
    return bool(found[0])


def _write_files(folder: Path, facts: Facts) -> None:
    with closing(open_release(folder)) as release:
        write_parquet(release, folder / "parquet")
        write_csv(release, folder / "csv")
        write_entities(release, folder / "entities.ftm.json")
        write_linked(release, folder / "evaluations.jsonld", facts)
        write_papers(folder, release, facts)
    write_package(folder, facts)
    write_dictionary(folder)
    snippets = folder / "snippets"
    snippets.mkdir()
    for path in sorted(_SNIPPETS.iterdir()):
        if path.is_file():
            shutil.copyfile(path, snippets / path.name)
    write_checksums(folder)
