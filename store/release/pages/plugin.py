"""Our pages as a plugin of Datasette: routes, what templates may call, protection of connections, errors in words."""

from __future__ import annotations

import json
import sqlite3
import sys
import traceback
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from typing import Any
from urllib.parse import quote, unquote

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql, sqlite_timelimit, validate_sql_select
from datasette.utils.asgi import Base400, NotFound
from datasette.views.base import DatasetteError
from jinja2 import Environment

from store.release.pages import agency, evaluation, export, language, official, overview, plots, programme, search, tiles, words
from store.release.pages.guard import guarded, protect
from store.release.pages.language import address, say
from store.release.pages.marks import LABELS
from store.release.pages.openrefine import reconciliation
from store.release.pages.questions import questions

PATIENCE = 5000
"""Milliseconds of SQL that one page of ours may cost."""

Data = dict[str, Any] | str | None
"""What a page shows; a text is an address to go on to, None is: there is no such thing."""
Loader = Callable[[sqlite3.Connection, Any, str], Data]
View = Callable[..., Awaitable[Any]]


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Leave connections to the release nothing but reading it."""
    if database == "rapor":
        protect(conn)


@hookimpl
def asgi_wrapper() -> Any:
    """Language, headers and spreadsheet-safe CSV for every answer."""
    return guarded


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    """Nothing can be changed here by anybody, so there is nothing to forge."""
    return True


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    """What every template may call."""
    env.filters["pairs"] = _pairs
    env.globals.update(
        say=say,
        url=address,
        root=language.prefix,
        lang=language.language,
        other_language=language.other,
        word=words.word,
        number=words.number,
        told=words.told,
        day=words.day,
        share=words.share,
        lit=search.lit,
        from_json=json.loads,
        words=words,
        labels=LABELS,
        grid=tiles.GRID,
        short=tiles.SHORT,
        plots=plots,
        questions=questions,
        release=datasette.about,
        report=lambda key, title: report(datasette.contact or datasette.about.get("contact", ""), key, title),
    )


def _pairs(values: list[str], name: str) -> list[tuple[str, str]]:
    """A list as the query of an address, each value under the same name."""
    return [(name, value) for value in values]


def report(contact: str, key: str, title: str) -> str:
    """Where an error is reported: the operator's contact with the key filled in; empty where there is no contact."""
    subject = f"rapor {key}"
    if contact.startswith(("http://", "https://")):
        return contact + ("&" if "?" in contact else "?") + f"evaluation={quote(key)}"
    body = say(f"Kunci: {key}\nHasil: {title}\nYang keliru: ", f"Key: {key}\nResult: {title}\nWhat is wrong: ")
    return f"mailto:{contact.removeprefix('mailto:')}?subject={quote(subject)}&body={quote(body)}" if "@" in contact else ""


def _view(template: str, load: Loader) -> View:
    """A page as HTML and, under `.json`, the same as data."""

    async def answer(request: Any, datasette: Any) -> Any:
        key = unquote(request.url_vars.get("key") or "")

        def work(connection: sqlite3.Connection) -> Any:
            with sqlite_timelimit(connection, PATIENCE):
                data = load(connection, request, key)
            if data is None:
                raise NotFound(say("Tidak ada yang bernama demikian di rilis ini.", "There is nothing of that name in this release."))
            if isinstance(data, str):
                return Response.redirect(data)
            if request.url_vars.get("format"):
                return Response.json(data, default=_listed)
            made = datasette.templates.get_template(template)
            return Response.html(made.render({**data, "request": request}), headers={"cache-control": "public, max-age=300"})

        asked = copy_context()  # the thread that works speaks the language of the request
        return await datasette.get_database("rapor").execute_fn(lambda release: asked.run(work, release))

    return answer


def _listed(value: Any) -> Any:
    return sorted(value) if isinstance(value, set) else str(value)


def _search(release: sqlite3.Connection, request: Any, _key: str) -> Data:
    asked = search.Asked.read(request.args)
    return {"asked": asked, **search.find(release, asked)}


def _evaluation(release: sqlite3.Connection, _request: Any, key: str) -> Data:
    found = evaluation.load(release, key)
    if found and "became" in found:
        return address(f"/evaluasi/{found['became']}") if found["became"] else None
    return found


def _agency(release: sqlite3.Connection, request: Any, key: str) -> Data:
    found = agency.card(release, key)
    if found is None:
        return None
    lines = [line for topic in found["topics"] for line in topic["programmes"] if line["key"]]
    lines.sort(key=lambda line: -len(line["cells"]))
    chosen = request.args.get("peers") or (lines[0]["key"] if lines else None)
    return {**found, "lines": lines, "chosen": chosen, **agency.surroundings(release, found["agency"], chosen)}


def _programme(release: sqlite3.Connection, request: Any, key: str) -> Data:
    year = request.args.get("year") or ""
    province = request.args.get("province_code") or None
    return programme.load(release, key, int(year) if year.isdecimal() else None, province, request.args.get("sort") or "result")


def _compare(release: sqlite3.Connection, request: Any, _key: str) -> Data:
    keys = list(dict.fromkeys(request.args.getlist("i")))[: agency.COMPARED]
    asked = (request.args.get("q") or "").strip()[:100]
    found = search.entities(release, search.match(asked), 10)["agencies"] if search.match(asked) else []
    return {**agency.compare(release, keys), "keys": keys, "q": asked, "found": [one for one in found if one["key"] not in keys]}


_PAGES: dict[str, View] = {
    r"/(?:beranda)?(?P<format>\.json)?$": _view("home.html", lambda release, _request, _key: overview.home(release)),
    r"/cari$": _view("search.html", _search),
    r"/evaluasi/(?P<key>[^/]+?)(?P<format>\.json)?$": _view("evaluation.html", _evaluation),
    r"/instansi(?P<format>\.json)?$": _view(
        "agencies.html", lambda release, request, _key: overview.agencies(release, request.args.get("province_code") or None)
    ),
    r"/instansi/(?P<key>.+?)(?P<format>\.json)?$": _view("agency.html", _agency),
    r"/program(?P<format>\.json)?$": _view("programmes.html", lambda release, _request, _key: {"programmes": overview.programmes(release)}),
    r"/program/(?P<key>[^/]+?)(?P<format>\.json)?$": _view("programme.html", _programme),
    r"/pejabat/(?P<key>.+?)(?P<format>\.json)?$": _view("official.html", lambda release, _request, key: official.load(release, key)),
    r"/banding(?P<format>\.json)?$": _view("compare.html", _compare),
    r"/mutu(?P<format>\.json)?$": _view("quality.html", lambda release, _request, _key: overview.quality(release)),
    r"/tanya$": _view("questions.html", lambda _release, _request, _key: {}),
}


async def _all_found(request: Any, datasette: Any) -> Any:
    sql, values = search.everything(search.Asked.read(request.args))
    return await export.stream(datasette.get_database("rapor"), sql, values, request.url_vars["format"])


async def _all_asked(request: Any, datasette: Any) -> Any:
    """All rows of a question that stands ready, or of one the reader wrote, which may cost as much as on its page."""
    ready = {one.name: one for one in questions()}.get(request.url_vars.get("name", ""))
    sql = ready.sql if ready else request.args.get("sql") or ""
    validate_sql_select(sql)
    values = {**(ready.params if ready else {}), **{name: request.args[name] for name in request.args if name != "sql"}}
    return await export.stream(datasette.get_database("rapor"), sql, values, request.url_vars["format"], datasette.sql_time_limit_ms / 1000)


async def _all_of_official(request: Any, datasette: Any) -> Any:
    values = [unquote(request.url_vars["key"])]
    return await export.stream(datasette.get_database("rapor"), official.HANDED, values, request.url_vars["format"])


async def _entity(request: Any) -> Any:
    """Identifiers of the reconciliation service lead to their pages."""
    kinds = {"agencies": "instansi", "officials": "pejabat"}
    return Response.redirect(address(f"/{kinds[request.url_vars['kind']]}/{unquote(request.url_vars['key'])}"))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Our addresses; they come before Datasette's own."""
    ready = "|".join(one.name for one in questions())
    return [
        (r"/cari\.(?P<format>csv|json)$", _all_found),
        (r"/pejabat/(?P<key>.+)\.(?P<format>csv)$", _all_of_official),
        (rf"/rapor/(?P<name>{ready})\.(?P<format>csv|json)$", _all_asked),
        (r"/rapor\.(?P<format>csv)$", _all_asked),
        (r"/(?P<kind>agencies|officials)/(?P<key>.+)$", _entity),
        (r"/reconcile(?P<rest>/.*)?$", reconciliation),
        *_PAGES.items(),
    ]


@hookimpl(tryfirst=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """An error as a sentence and a status; only what nobody expected is written to the log."""

    async def answer() -> Any:
        status, message = _told(exception)
        if status == 500:
            traceback.print_exception(exception, file=sys.stderr)
        return await _tell(datasette, request, status, message)

    return answer


async def _tell(datasette: Any, request: Any, status: int, message: str) -> Any:
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    template = datasette.jinja_env.get_template("error.html")
    return Response.html(await template.render_async({"status": status, "error": message, "request": request}), status=status)


def _told(exception: Exception) -> tuple[int, str]:
    if isinstance(exception, QueryInterrupted) or str(exception) == "interrupted":
        return 400, say("Pertanyaan ini memakan waktu terlalu lama. Persempitlah.", "This question takes too long. Please narrow it.")
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0]) if exception.args else ""
    if isinstance(exception, DatasetteError):
        return exception.status, str(exception.message)
    if isinstance(exception, (sqlite3.Error, InvalidSql)):
        return 400, f"SQL: {exception}"
    return 500, say("Ada yang tidak beres di pihak kami.", "Something is wrong on our side.")


@hookimpl(tryfirst=True)
def forbidden(datasette: Any, request: Any, message: str) -> Any:
    """What is not allowed is told like any other error."""

    async def answer() -> Any:
        return await _tell(datasette, request, 403, message)

    return answer
