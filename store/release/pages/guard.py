"""What keeps readers from harm: nobody writes, reads another file, runs scripts, or carries a formula into a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from store.release.pages.language import enter

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_VALUE = 5_000_000
"""Bytes of the longest value SQL may make; keeps one query from filling the memory."""
LONGEST_SQL = 20_000
"""Bytes of the longest statement, far above what any of ours needs."""

_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_READING_PRAGMAS = {
    *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
    *("data_version", "schema_version", "page_count", "page_size", "database_list", "function_list", "max_page_count"),
}
_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
_HIDDEN = re.compile(r"/-/(databases|threads|plugins|settings|config|metadata|actor|permissions|allow-debug|messages|patterns)")
_TABLE_CSV = re.compile(r"/rapor/[^/]+\.csv")


def protect(connection: sqlite3.Connection) -> None:
    """Leave a connection nothing but reading its own file, with bounded values. The file itself is opened as immutable."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action in _READS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK  # how a full-text table makes itself known; SQLite itself refuses the statement of that name
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _FORBIDDEN_FUNCTIONS else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _READING_PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def plain_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a quotation mark goes before what would start one; numbers stay."""
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def plain_rows(text: str) -> str:
    """Whole lines of CSV with every cell made safe for spreadsheets."""
    out = io.StringIO()
    csv.writer(out).writerows([plain_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


def guarded(app: App) -> App:
    """The app with its language taken from the path, safe headers on every answer, and CSV that holds all rows and no formula."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        inner = enter(scope)
        if _HIDDEN.match(inner["path"]):
            inner = {**inner, "path": "/tidak-ada", "raw_path": b"/tidak-ada"}
        if inner["method"] not in ("GET", "HEAD") and inner["path"] != "/reconcile":
            await send({"type": "http.response.start", "status": 405, "headers": [(b"allow", b"GET, HEAD"), *_HEADERS]})
            await send({"type": "http.response.body", "body": b""})
            return
        as_csv = inner["path"].endswith(".csv")
        if as_csv:
            inner = _whole(inner)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message, as_csv, inner["path"])}
            elif as_csv and message.get("body"):
                message = {**message, "body": plain_rows(message["body"].decode()).encode()}
            await send(message)

        await app(inner, receive, answer)

    return serve


def _whole(scope: Scope) -> Scope:
    """A table asked for as CSV gives all its rows, unless a page of it is asked for."""
    query: bytes = scope["query_string"]
    if not _TABLE_CSV.fullmatch(scope["path"]) or any(word in query for word in (b"_stream=", b"_next=", b"_size=")):
        return scope
    return {**scope, "query_string": query + (b"&" if query else b"") + b"_stream=on"}


def _headers(message: Message, as_csv: bool, path: str) -> list[tuple[bytes, bytes]]:
    headers = [(name, value) for name, value in message["headers"] if name.lower() not in {b"link"}]
    if as_csv and message["status"] == 200:
        name = re.sub(r"[^\w.~-]", "-", path.rpartition("/")[2]).encode()
        headers = [(key, value) for key, value in headers if key.lower() not in {b"content-type", b"content-disposition"}]
        headers += [(b"content-type", b"text/csv; charset=utf-8"), (b"content-disposition", b'attachment; filename="' + name + b'"')]
    return [*headers, *_HEADERS]
