"""The status for those who do not type: a page for eyes, and metrics as Prometheus reads them from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from flows import status
from flows.alerts import Alert, open_alerts
from flows.crawl import catalogue
from flows.database import connect
from flows.settings import Settings

PAGE, METRICS = "status.html", "metrics.prom"
_COLUMNS = ("source", "state", "frequency", "last_crawled", "pages_per_day", "expected", "unread", "unresolved", "drift")
_GAUGES = {
    "pages_per_day": "Pages a day of a source, over the last 31 days.",
    "unread": "Snapshots of a source that wait to be read.",
    "unresolved": "Claims of a source whose recipient is not in the registry.",
    "alerts": "Broken expectations of a source that stand open.",
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}"
    ".scroll{overflow-x:auto}"
)


def write_status(settings: Settings, folder: Path | None = None, now: datetime | None = None) -> tuple[Path, Path]:
    """Write `status.html` and `metrics.prom` into a folder (the home folder when None); where they lie.

    Each is written beside its place and moved there, so that a web server or node_exporter's textfile collector reads it whole.

    Raises:
        StoreError: The database or the archive cannot be read.
    """
    moment, place = now or datetime.now(UTC), folder or settings.home
    database = connect(settings)
    rows = status.source_rows(settings, database, catalogue(settings.sources), moment)
    totals, alerts = status.totals(database), list(open_alerts(settings.home).values())
    place.mkdir(parents=True, exist_ok=True)
    draft = place / f"{PAGE}.new"
    draft.write_text(page(rows, totals, alerts, moment), "utf-8")
    draft.replace(place / PAGE)
    write_to_textfile(str(place / METRICS), metrics(rows, totals))
    return place / PAGE, place / METRICS


def page(rows: Sequence[Mapping[str, Any]], totals: Mapping[str, int], alerts: Sequence[Alert], moment: datetime) -> str:
    """A page that needs nothing but itself."""
    heads = "".join(f'<th scope="col">{name.replace("_", " ")}</th>' for name in _COLUMNS)
    lines = "".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in _COLUMNS)}</tr>" for row in rows)
    open_ones = "".join(
        f"<li>{escape(alert.message)} (since {escape(alert.since)}{', looked after by ' + escape(alert.by) if alert.by else ''})</li>"
        for alert in alerts
    )
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in totals.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>rapor: status</title><style>{_STYLE}</style></head><body><main><h1>rapor: status</h1>"
        f"<p>{moment:%Y-%m-%d %H:%M} UTC. {counts}.</p>"
        f"<h2>What is broken</h2>{f'<ul>{open_ones}</ul>' if open_ones else '<p>Nothing that rapor knows of.</p>'}"
        f'<h2>Sources</h2><div class="scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'
        "</main></body></html>\n"
    )


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))


def metrics(rows: Sequence[Mapping[str, Any]], totals: Mapping[str, int]) -> CollectorRegistry:
    """Every figure of the status as a gauge."""
    registry = CollectorRegistry()
    for name, says in _GAUGES.items():
        gauge = Gauge(f"rapor_source_{name}", says, ["source"], registry=registry)
        for row in rows:
            gauge.labels(row["source"]).set(row[name])
    crawled = Gauge("rapor_source_last_crawl_seconds", "When a source was last crawled to its end.", ["source"], registry=registry)
    for row in rows:
        if row["last_crawled"]:
            crawled.labels(row["source"]).set(datetime.fromisoformat(row["last_crawled"]).timestamp())
    held = Gauge("rapor_rows", "Rows of the tables that grow; `review`: evaluations worth a look.", ["table"], registry=registry)
    for name, count in totals.items():
        held.labels(name).set(count)
    return registry
