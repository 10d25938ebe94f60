"""Reading: files, pages of the archive, one article or many, through the one door `extract.reader.Reader`."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.model.errors import RaporError, ReadError, UsageError
from store.model.keys import body_digest, digest
from store.model.records import Article, Reading, Snapshot
from store.model.source import PageRules

if TYPE_CHECKING:
    from extract.reader import Reader

ARTICLES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".xhtml": "html"}
DOCUMENTS = {".pdf", ".docx", ".xlsx", ".xls", ".ods"}
_MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class SetAside:
    """Something that could not be read, and why, in one sentence that names it. `exit_code` is that of the error's family."""

    what: str
    reason: str
    exit_code: int = ReadError.exit_code


@cache
def reader() -> Reader:
    """The reader over the registry that comes with rapor; made once in a process, it takes seconds."""
    from extract.lexicon import load_registry
    from extract.reader import Reader

    return Reader(load_registry())


@contextmanager
def reader_faults(name: str) -> Iterator[None]:
    """Turn a fault of the reader itself into a reason to set one article aside: a bug met in one must not stop the others.

    Raises:
        ReadError: the reader failed in a way it does not foresee; the sentence asks to report it.
    """
    try:
        yield
    except RaporError:
        raise
    except Exception as error:
        raise ReadError(f"{name}: the reader failed on it ({type(error).__name__}: {error}); please report this") from error


def files_of(paths: Iterable[str]) -> Iterator[Path]:
    """The files behind paths: a file as it is, a folder's readable files in order of name, folders within included.

    A path that is not there is given back too: whoever opens it says so, and the others are read all the same.
    """
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(item for item in path.rglob("*") if item.is_file() and item.suffix.lower() in ARTICLES.keys() | DOCUMENTS)
        else:
            yield path


def read_files(paths: Iterable[str], rules: PageRules | None = None) -> Iterator[Reading | SetAside]:
    """Read every file once, in order; a bad one gives its reason and the others are read all the same."""
    for path in files_of(paths):
        try:
            yield read_file(path, rules)
        except ReadError as error:
            said = str(error)  # whoever reads bytes cannot know the file: its name is put before the reason
            yield SetAside(str(path), said if str(path) in said else f"{path}: {said.removeprefix('document: ')}")


def read_file(path: Path, rules: PageRules | None = None) -> Reading:
    """Read one file.

    Raises:
        ReadError: it is not there, cannot be opened, is of a kind rapor does not read, or holds no article.
    """
    body = _bytes(path)
    with reader_faults(str(path)):
        if path.suffix.lower() in DOCUMENTS:
            return reader().read_document(_file_snapshot(path, body), body)
        return reader().read_article(article_in(path, body, rules))


def article_of(path: Path, rules: PageRules | None = None) -> Article:
    """The article a file holds, not yet read.

    Raises:
        ReadError: it is not there, cannot be opened, is of another kind, or holds no article.
    """
    body = _bytes(path)
    if path.suffix.lower() in DOCUMENTS:
        from extract.document import read_document

        return read_document(body, _file_snapshot(path, body).mime, str(path))
    return article_in(path, body, rules)


def _bytes(path: Path) -> bytes:
    kinds = ARTICLES.keys() | DOCUMENTS
    if path.suffix.lower() not in kinds and path.exists():
        raise ReadError(f"{path}: rapor does not read this kind of file; it reads {' '.join(sorted(kinds))}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({(error.strerror or str(error)).lower()})") from error


def article_in(path: Path, body: bytes, rules: PageRules | None = None) -> Article:
    """The article a text, JSON or HTML file holds.

    Raises:
        ReadError: it holds none; the sentence begins with the file's name.
    """
    from extract.article import read_html, read_json, read_text

    try:
        match ARTICLES[path.suffix.lower()]:
            case "text":
                return read_text(_decoded(body))
            case "json":
                return read_json(_object(body))
            case _:
                return read_html(body, None, rules or PageRules())
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error


def _decoded(body: bytes) -> str:
    """Text as UTF-8 or, where it is not that, as windows-1252: the two that Indonesian files come in."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(_decoded(body))
    except ValueError as error:
        raise ReadError(f"it is no valid JSON ({error})") from error
    if not isinstance(data, dict):
        raise ReadError(f"an article is a JSON object, this is a {type(data).__name__}")
    return data


def _file_snapshot(path: Path, body: bytes) -> Snapshot:
    """A document on disk, described like one that was fetched: the reader knows only snapshots."""
    suffix = path.suffix.lower()
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return Snapshot(
        key=digest("file", body_digest(body)),
        url="",
        fetched_url=path.absolute().as_uri(),
        source="",
        fetched_at=changed,
        status=200,
        mime=_MIME.get(suffix) or mimetypes.guess_type(path.name)[0] or "",
        digest=body_digest(body),
        length=len(body),
        file=str(path),
    )


def page_rules(key: str, sources: Path | None, day: datetime | None = None) -> PageRules:
    """The page rules of a source in force on a day (today where none is given).

    Raises:
        UsageError: there is no source of that key.
    """
    from flows.crawl import catalogue

    found = catalogue(sources).get(key)
    if found is None:
        raise UsageError(f"there is no source {key!r}; `rapor sources list` names them all")
    return found.rules_on((day or datetime.now(UTC)).date())
