"""Evaluations for machines that speak schema.org: one JSON-LD object a line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.release.facts import LICENCE_URL, Facts


def write_linked(release: sqlite3.Connection, path: Path, facts: Facts) -> None:
    """Write every evaluation as a schema.org `Review` of a `GovernmentOrganization`, newest first."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in release.execute("SELECT * FROM evaluations ORDER BY rowid"):
            file.write(json.dumps(linked(row, facts), ensure_ascii=False) + "\n")


def linked(row: sqlite3.Row | dict[str, Any], facts: Facts) -> dict[str, Any]:
    """One evaluation as JSON-LD; what is missing is left out."""
    made = {
        "@context": "https://schema.org",
        "@type": "Review",
        "@id": f"urn:rapor:evaluation:{row['key']}",
        "name": " · ".join(_given(row["programme_name"], row["edition_year"], row["result"])),
        "itemReviewed": {"@type": "GovernmentOrganization", "@id": f"urn:rapor:agency:{row['agency_key']}", "name": row["recipient_name"]},
        "author": {"@type": "Organization", "name": row["giver"]} if row["giver"] else None,
        "datePublished": row["event_date"],
        "reviewAspect": row["category"] or row["innovation"],
        "reviewBody": row["quotation"] or None,
        "reviewRating": _rating(row),
        "citation": row["quotation_url"],
        "isPartOf": {"@type": "Dataset", "name": "rapor", "version": facts.version, "license": LICENCE_URL},
    }
    return {name: value for name, value in made.items() if value is not None}


def _rating(row: sqlite3.Row | dict[str, Any]) -> dict[str, Any] | None:
    if row["result"] is None:
        return None
    value = row["score"] if row["score"] is not None else row["result"]
    return {"@type": "Rating", "ratingValue": value, "ratingExplanation": row["result"]}


def _given(*parts: Any) -> Iterator[str]:
    return (str(part) for part in parts if part is not None)
