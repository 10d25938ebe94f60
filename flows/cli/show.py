"""`rapor show`: one evaluation with the sentences it rests on."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.context import state
from flows.cli.output import Format, piped, plain
from store.model.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console


def show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID", help="Key of an evaluation, as `rapor ask evaluations` lists it.")],
    fmt: Annotated[Format, typer.Option("--format", help="table: readable; json, jsonl: everything that is known of it.")] = Format.TABLE,
) -> None:
    """Show one evaluation: the result, the sentences it was read from with the read words marked, and where sources differ."""
    from flows.cli.render import console
    from flows.database import connect
    from store.sql import queries

    if fmt is Format.CSV:
        raise UsageError("one evaluation with its sentences is no table: use --format json, or `rapor ask claims --format csv`")
    found = queries.evaluation(connect(state(ctx).settings), key)
    with piped():
        if fmt is Format.TABLE:
            write_evaluation(found, console())
        else:
            sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1 if fmt is Format.JSON else None, default=str) + "\n")


def write_evaluation(found: Mapping[str, Any], out: Console) -> None:
    """One evaluation for eyes: the result, where sources differ, and every claim with its sentences."""
    from flows.cli.render import headline_of, write_details

    evaluation = found["evaluation"]
    out.print(headline_of(evaluation), style="bold", markup=False)
    write_details({name: value for name, value in evaluation.items() if name not in _BEHIND}, out)
    sources = f"{_counted(evaluation['source_count'], 'independent source')}, {_counted(evaluation['article_count'], 'article')}"
    out.print(f"    {'supported by':<22} {sources}", markup=False)
    for conflict in found["conflicts"]:
        values = ", ".join(_supported(one) for one in conflict["values"])
        out.print(f"    sources differ on {conflict['field']}: {values}", markup=False)
    articles = {article["version_key"]: article for article in found["articles"]}
    for claim in found["claims"]:
        _write_claim(claim, articles[claim["version_key"]], out)
    for decision in found["decisions"]:
        out.print(f"  {_decided(decision)}", markup=False)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _decided(decision: Mapping[str, Any]) -> str:
    """A decision in one line, with the key that undoes it."""
    what = decision["kind"].replace("_", " ")
    if decision["field"]:
        what += f" {decision['field']} to {plain(decision['value']) or 'nothing'}"
    why = f": {decision['reason']}" if decision["reason"] else ""
    state = f"undone by {decision['undone_by']}" if decision["undone_by"] else f"decision {decision['key']}"
    return f"{what} by {decision['made_by']}{why} ({state})"


def _supported(value: Mapping[str, Any]) -> str:
    return f"{plain(value['value'])} ({value['source_count']}{', shown' if value['shown'] else ''})"


# What stands behind a result rather than in it.
_BEHIND = {
    *("key", "rules", "source_count", "article_count", "claim_count", "official_count", "conflict_count"),
    *("first_published_date", "last_published_date", "shown_date", "reader", "province_code"),
}


def _write_claim(claim: Mapping[str, Any], article: Mapping[str, Any], out: Console) -> None:
    from flows.cli.render import write_doubts, write_quotations
    from store.model.quoting import quote
    from store.model.records import Evidence

    out.print()
    about = " · ".join(plain(article[name]) for name in ("outlet", "published", "title") if article[name])
    out.print(f"  {about}", style="bold", markup=False)
    if article["url"]:
        out.print(f"  {article['url']}", style="dim", markup=False, soft_wrap=True)
    write_doubts(claim, out)
    evidence = [Evidence.model_validate(item) for item in claim["evidence"]]
    write_quotations(quote(article["title"], article["text"], evidence), out)
