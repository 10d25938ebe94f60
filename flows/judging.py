"""Samples of evaluations as sheets: what to judge, with the sentence it was read from, and verdicts that come back in a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from store.model.errors import UsageError
from store.model.quoting import quote
from store.model.records import Evidence
from store.sql import queries
from store.sql.database import Database

_SHOWN = (
    *("recipient_name", "programme_name", "edition_year", "kind", "category", "innovation", "predicate", "tier"),
    *("rank", "rank_of", "rank_scope", "score", "score_unit", "giver", "event_date"),
)


def sheet(database: Database, sample: str) -> Iterator[dict[str, Any]]:
    """The evaluations of a sample as they were drawn, in their order: `sample`, `place`, what was shown, `sentence`, `url`, `verdict`.

    Raises:
        UsageError: There is no such sample.
    """
    for row in queries.sample(database, sample):
        shown = {name: row["shown"].get(name) for name in _SHOWN}
        sentence, url = _told(database, row["evaluation_key"])
        head = {"sample": sample, "place": row["place"], "evaluation_key": row["evaluation_key"]}
        yield {**head, **shown, "sentence": sentence, "url": url, "verdict": row["verdict"], "judged_by": row["judged_by"]}


def _told(database: Database, key: str) -> tuple[str | None, str | None]:
    """The sentences of the first claim that tells it, and their address; nothing where it is shown no more."""
    try:
        found = queries.evaluation(database, key)
    except UsageError:
        return None, None
    articles = {article["version_key"]: article for article in found["articles"]}
    for claim in found["claims"]:
        article = articles[claim["version_key"]]
        evidence = [Evidence.model_validate(item) for item in claim["evidence"]]
        return " … ".join(item.text for item in quote(article["title"], article["text"], evidence)), article["url"]
    return None, None


def verdicts(path: Path) -> dict[str, dict[int, str]]:
    """The verdicts of a filled-in sheet, CSV or one JSON object a line: `{sample: {place: verdict}}`; rows without one are left out.

    Raises:
        UsageError: The file is not there, is no sheet, or holds no verdict.
    """
    found: dict[str, dict[int, str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            lines = chain([first], file)
            rows = (json.loads(line) for line in lines if line.strip()) if first.lstrip().startswith("{") else csv.DictReader(lines)
            for number, row in enumerate(rows, start=1):
                _take(found, row, f"{path}, row {number}")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, csv.Error) as error:
        raise UsageError(f"{path} is no sheet of CSV or JSON lines: {error}") from error
    if not found:
        raise UsageError(f"{path} holds no verdict: write right, wrong or unclear into the column verdict")
    return found


def _take(found: dict[str, dict[int, str]], row: dict[str, Any], place: str) -> None:
    if not {"sample", "place", "verdict"} <= set(row):
        raise UsageError(f"{place}: the columns sample, place and verdict are needed; `rapor audit SAMPLE --format csv` gives a sheet")
    said = str(row["verdict"] or "").strip().lower()
    if said:
        if not str(row["place"]).isdecimal():
            raise UsageError(f"{place}: {row['place']!r} is no place in a sample")
        found.setdefault(str(row["sample"]), {})[int(row["place"])] = said
