"""Programmes as data: the only reader of `resources/programmes/*.yml`.

A file holds a list of programmes of one theme in the shape of `store.model.registry.Programme`, shorter in three places: cues are three
lists (`names`, `acronyms`, `topics`), an organiser of all years is its agency key alone, a step without bounds is its name alone.
What must hold among programmes is checked by `extract.programme_lint`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from extract.programme_lint import lint_programmes
from store.model.errors import SourceError
from store.model.registry import Programme

__all__ = ["FOLDER", "lint_programmes", "load_programmes", "read_programmes"]

FOLDER = Path(__file__).parent / "resources" / "programmes"

_CUES = {"names": "name", "acronyms": "acronym", "topics": "topic"}
_LISTS = ("organisers", "co_organisers", "eligible", "scales", "tiers", "classes", "categories", "rivals")
_REQUIRED = ("key", "name", "kind", "names", "eligible", "year_offset", "origin", "verified")
_FIELDS = frozenset(Programme.model_fields) - {"cues"} | _CUES.keys()


class _Loader(yaml.CSafeLoader):
    """The C loader, which else takes the second of two equal keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) < len(keys):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise yaml.constructor.ConstructorError(None, None, f"field {', '.join(twice)} stands twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def load_programmes() -> tuple[Programme, ...]:
    """Every programme rapor ships, in the order of the files' names and of their lines.

    Raises:
        SourceError: A file cannot be read as programmes; the message names the file, the programme and the field.
    """
    paths = sorted(FOLDER.glob("*.yml"))
    if not paths:
        raise SourceError(f"no programmes in {FOLDER.name}/; the package was installed without its data")
    return tuple(programme for path in paths for programme in read_programmes(path))


def read_programmes(path: Path) -> tuple[Programme, ...]:
    """The programmes of one file.

    Args:
        path: A YAML file with a list of programmes.

    Raises:
        SourceError: The file is no list of programmes, or a field is unknown, missing, doubled or of the wrong shape.
    """
    try:
        with path.open("rb") as stream:
            entries = yaml.load(stream, _Loader)  # noqa: S506, it is a safe loader
    except yaml.YAMLError as error:
        raise SourceError(f"programmes/{path.name} is no valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(f"programmes/{path.name} must hold a list of programmes, each with its fields")
    return tuple(
        _programme(entry, f"programmes/{path.name}, {entry.get('key', f'entry {number}')}") for number, entry in enumerate(entries, 1)
    )


def _programme(entry: Mapping[str, Any], where: str) -> Programme:
    """One programme from its entry; the short forms are spelt out, everything else is validated as it stands."""
    for field in entry:
        if field not in _FIELDS:
            raise SourceError(f"{where}: field {field!r} is unknown; expected one of {', '.join(sorted(_FIELDS))}")
    for field in _REQUIRED:
        if field not in entry:
            raise SourceError(f"{where}: field {field!r} is missing")
    for field in (*_CUES, *_LISTS):
        if not isinstance(entry.get(field, []), list):
            raise SourceError(f"{where}: field {field!r} must be a list, got {entry[field]!r}")
    values = {field: value for field, value in entry.items() if field not in _CUES}
    values["cues"] = [{"text": text, "strength": strength} for field, strength in _CUES.items() for text in entry.get(field, [])]
    values["organisers"] = _spelt_out(entry.get("organisers", []), "agency")
    values["scales"] = [
        {**scale, "steps": _spelt_out(scale.get("steps", []), "name")} if isinstance(scale, dict) else scale
        for scale in entry.get("scales", [])
    ]
    try:
        return Programme.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{where}: field {field}: {first['msg']}, got {first['input']!r}") from error


def _spelt_out(items: Iterable[Any], field: str) -> list[Any]:
    """A plain word stands for a mapping of its one field."""
    return [{field: item} if isinstance(item, str) else item for item in items]
