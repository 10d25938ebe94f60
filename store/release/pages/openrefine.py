"""The reconciliation service over HTTP: what `store.release.reconcile` finds, as OpenRefine asks for it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from datasette import Response
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import BadRequest

from store.model.errors import UsageError
from store.release.pages import search
from store.release.reconcile import Query, manifest, reconcile

MOST = 100
"""Names that one request may ask for; OpenRefine sends ten."""


async def reconciliation(request: Any, datasette: Any) -> Any:
    """The manifest; with `queries`, candidates for each; under `/suggest`, names that have the words of `prefix`."""
    args = dict((await request.post_vars()) if request.method == "POST" else {name: request.args[name] for name in request.args})
    database = datasette.get_database("rapor")
    if request.url_vars.get("rest") == "/suggest":
        words = search.match(str(args.get("prefix", "")))
        found = await database.execute_fn(lambda release: search.entities(release, words, 10)) if words else {"agencies": []}
        return Response.json({"result": [{"id": f"agencies/{row['key']}", "name": row["name"]} for row in found["agencies"]]})
    if "queries" not in args:
        base = datasette.absolute_url(request, "/").rstrip("/")
        return Response.json({**manifest(base), "suggest": {"entity": {"service_url": base, "service_path": "/reconcile/suggest"}}})
    asked = _read(args["queries"])

    def work(release: sqlite3.Connection) -> dict[str, Any]:
        with sqlite_timelimit(release, 5000):
            return {name: {"result": reconcile(release, query)} for name, query in asked.items()}

    return Response.json(await database.execute_fn(work))


def _read(text: str) -> dict[str, Query]:
    try:
        queries = json.loads(text)
        if not isinstance(queries, dict) or len(queries) > MOST:
            raise UsageError(f"queries is an object of at most {MOST} queries")
        return {name: Query.read(one) for name, one in queries.items()}
    except (ValueError, AttributeError, TypeError, UsageError) as error:
        raise BadRequest(f"queries: {error}") from None
