"""What tells others how to read a release: data package, data dictionary, checksums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from store.release.facts import LICENCE, LICENCE_URL, TITLE, Facts
from store.release.schema import TABLES, Column, Table, table

_TYPES = {"text": "string"}
CHECKSUMS = "SHA256SUMS"


def write_package(folder: Path, facts: Facts) -> None:
    """`datapackage.json` over the CSV files, after the Data Package standard."""
    described = {
        "profile": "tabular-data-package",
        "name": "rapor",
        "title": TITLE,
        "version": facts.version,
        "created": f"{facts.day.isoformat()}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "rapor contributors", "role": "author"}],
        "resources": [_resource(folder, one) for one in TABLES],
    }
    _write(folder / "datapackage.json", json.dumps(described, ensure_ascii=False, indent=1) + "\n")


def _resource(folder: Path, one: Table) -> dict[str, Any]:
    path = folder / "csv" / f"{one.name}.csv"
    schema: dict[str, Any] = {"fields": [_field(column) for column in one.columns], "primaryKey": list(one.key)}
    keys = [_foreign(one, column) for column in one.columns if column.to and _strict(column)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "path": f"csv/{one.name}.csv",
        "description": one.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, column.type), "description": column.about}
    if column.type == "datetime":
        made["format"] = "any"
    if not column.null:
        made["constraints"] = {"required": True}
    return made


def _strict(column: Column) -> bool:
    """Withdrawn evaluations are named but not in the release."""
    return column.name != "became_key"


def _foreign(one: Table, column: Column) -> dict[str, Any]:
    name, _, field = str(column.to).partition(".")
    return {"fields": [column.name], "reference": {"resource": "" if name == one.name else table(name).name, "fields": [field]}}


def write_dictionary(folder: Path) -> None:
    """`DICTIONARY.md`: every table and column, for people."""
    lines = ["# Data dictionary", ""]
    for one in TABLES:
        lines += [f"## {one.name}", "", one.about, "", "| column | type | may be missing | points to | meaning |", "|---|---|---|---|---|"]
        lines += [
            f"| `{c.name}` | {c.type} | {'yes' if c.null else ''} | {f'`{c.to}`' if c.to else ''} | {c.about.replace('|', chr(92) + '|')} |"
            for c in one.columns
        ]
        lines.append("")
    _write(folder / "DICTIONARY.md", "\n".join(lines))


def write_checksums(folder: Path) -> None:
    """`SHA256SUMS` over every other file: `sha256sum -c SHA256SUMS` checks it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    _write(folder / CHECKSUMS, "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
