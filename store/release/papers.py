"""The papers that lie beside the data: read-me, licence, citation, warnings, changes, figures."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from store.release.facts import LICENCE, LICENCE_URL, TITLE, Facts

_LICENCE_TEXT = f"""The data of this release: Creative Commons Attribution 4.0 International ({LICENCE}).
{LICENCE_URL}

You may share and adapt it, also commercially, if you name the source; the line to paste stands in README.md and CITATION.cff.

The sentences quoted as evidence (columns quotation, title, marks, evidence) belong to the publishers of the articles.
They are quoted with their address and are not covered by this licence.
"""


def write_papers(folder: Path, release: sqlite3.Connection, facts: Facts) -> None:
    """Write README.md, LICENSE.txt, CITATION.cff, WARNINGS.md, CHANGES.md and quality.json."""
    meta = {row["name"]: row["value"] for row in release.execute("SELECT name, value FROM meta")}
    papers = {
        "README.md": _readme(meta, facts),
        "LICENSE.txt": _LICENCE_TEXT,
        "CITATION.cff": _citation(facts),
        "WARNINGS.md": _warnings(release),
        "CHANGES.md": _changes(release, facts),
        "quality.json": _quality(release),
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _readme(meta: dict[str, str], facts: Facts) -> str:
    counts = ", ".join(f"{int(meta[name]):,} {name}" for name in ("evaluations", "claims", "articles", "agencies", "programmes"))
    years = f"{meta['first_year']} to {meta['last_year']}" if meta["first_year"] else "none yet"
    contact = f"\nErrors and questions: {facts.contact}\n" if facts.contact else ""
    return f"""# {TITLE}

Version {facts.version}, {facts.day.isoformat()}. {counts}; edition years {years}.

Read WARNINGS.md first. Every result carries a confidence and the sentence it was read from.

Cite as:

> {facts.citation}

| file | what it is |
|---|---|
| `rapor.sqlite` | everything in one file, with full-text indexes (`evaluations_fts` ...) |
| `parquet/`, `csv/` | the same tables, a file each |
| `datapackage.json` | names, types and keys of the CSV files for programs |
| `DICTIONARY.md` | every column, for people |
| `WARNINGS.md` | what may mislead |
| `quality.json` | how good the reader was when it was measured, and the last sample that people judged |
| `CHANGES.md`, table `changes` | what is different from the release before, and why |
| `entities.ftm.json` | bodies, people, posts and articles as FollowTheMoney entities, one a line |
| `evaluations.jsonld` | evaluations as schema.org, one JSON-LD object a line |
| `snippets/` | first questions in DuckDB, Polars, pandas and base R |
| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` |
{contact}"""


def _citation(facts: Facts) -> str:
    return f"""cff-version: 1.2.0
message: "If you use this data, please cite it as below."
type: dataset
title: {json.dumps(TITLE, ensure_ascii=False)}
authors:
  - name: "rapor contributors"
version: "{facts.version}"
date-released: "{facts.day.isoformat()}"
license: {LICENCE}
"""


def _warnings(release: sqlite3.Connection) -> str:
    rows = release.execute("SELECT text_id, text_en FROM warnings ORDER BY place").fetchall()
    first = "\n".join(f"- {row['text_id']}" for row in rows)
    second = "\n".join(f"- {row['text_en']}" for row in rows)
    return f"# Yang perlu diperhatikan\n\n{first}\n\n# What may mislead\n\n{second}\n"


def _changes(release: sqlite3.Connection, facts: Facts) -> str:
    if facts.previous is None:
        return "# Changes\n\nThis is the first release.\n"
    counted = "SELECT change, why, count(DISTINCT evaluation_key) AS n FROM changes GROUP BY 1, 2 ORDER BY 1, 2"
    rows = release.execute(counted).fetchall()
    lines = [f"# Changes since {facts.previous}", "", "Every difference, field by field, stands in the table `changes`.", ""]
    lines += ["| change | why | evaluations |", "|---|---|---|"] if rows else ["No evaluation is different."]
    lines += [f"| {row['change']} | {row['why'].replace('_', ' ')} | {row['n']} |" for row in rows]
    return "\n".join(lines) + "\n"


def _quality(release: sqlite3.Connection) -> str:
    rows = [dict(row) for row in release.execute("SELECT measured_on, measure, field, low, high, value, cases FROM quality ORDER BY place")]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
