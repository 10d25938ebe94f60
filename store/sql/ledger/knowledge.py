"""What is known beside the articles, written to tables: the registry and the files of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlmodel import SQLModel

from store.model.keys import digest, fold, slug
from store.model.registry import Agency, Holder, Programme, Region, Registry
from store.model.source import Source
from store.sql import tables
from store.sql.database import Database
from store.sql.ledger.entities import relink_unresolved
from store.sql.rows import Row, add, change, put
from store.sql.tables import table


def record_registry(database: Database, registry: Registry) -> int:
    """Write regions, agencies, programmes with their scales and givers, and holders of posts.

    Returns:
        How many rows were inserted or changed; 0 where the registry is already there.
    """
    with database.writing() as connection:
        changed = _put_agencies(connection, registry)
        changed += put(connection, table(tables.Programme), [_programme(item) for item in registry.programmes.values()])
        for model, rows in ((tables.ProgrammeStep, list(_steps(registry))), (tables.ProgrammeGiver, list(_givers(registry)))):
            changed += _replace(connection, model, rows, tuple(registry.programmes))
        changed += put(connection, table(tables.Official), _officials(registry.holders))
        changed += put(connection, table(tables.Tenure), [_tenure(holder, registry) for holder in registry.holders])
        changed += relink_unresolved(connection)
    return changed


def record_sources(database: Database, sources: Iterable[Source]) -> int:
    """Write the facts of the sources.

    Returns:
        How many rows were inserted or changed.
    """
    with database.writing() as connection:
        return put(connection, table(tables.Source), [_source(item) for item in sources])


def _put_agencies(connection: Connection, registry: Registry) -> int:
    rows = [_region(item, registry) for item in registry.regions.values()]
    rows += [_agency(item) for item in registry.agencies.values()]
    known = {row["key"] for row in rows}
    for row in rows:
        if row["parent_key"] not in known:
            row["parent_key"] = None
    # A parent may come after its child: rows first, then the links between them.
    agency = table(tables.Agency)
    present = set(connection.scalars(select(agency.c.key)))
    fresh = [row for row in rows if row["key"] not in present]
    add(connection, agency, [{**row, "parent_key": None} for row in fresh])
    change(connection, agency, ["key"], [{"key": row["key"], "parent_key": row["parent_key"]} for row in fresh if row["parent_key"]])
    return len(fresh) + put(connection, agency, [row for row in rows if row["key"] in present])


def _region(item: Region, registry: Registry) -> dict[str, Any]:
    province = registry.regions.get(item.province_code)
    names = [item.full_name, item.name, *item.spellings, *item.epithets, *(name for name, _ in item.former_names)]
    return {
        "key": item.code,
        "name": item.government,
        "folded_name": fold(item.government),
        "level": item.level,
        "kind": item.level,
        "parent_key": item.province_code if item.level != "provinsi" else None,
        "successor_keys": [],
        "province_code": item.province_code,
        "province_name": province.name if province else None,
        "since_date": item.since,
        "until_date": item.until,
        "spellings": list(dict.fromkeys(names)),
        "origin": item.origin or "registry",
        "verified": item.verified,
    }


def _agency(item: Agency) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "folded_name": fold(item.name),
        "level": "national",
        "kind": item.kind,
        "parent_key": item.parent,
        "successor_keys": list(item.successors),
        "province_code": None,
        "province_name": None,
        "since_date": item.since,
        "until_date": item.until,
        "spellings": list(dict.fromkeys((*item.abbreviations, *item.aliases))),
        "origin": item.origin or "registry",
        "verified": item.verified,
    }


def _programme(item: Programme) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "kind": item.kind,
        "giver_key": item.organiser_in(None),
        "eligible": list(item.eligible),
        "tiers": list(item.tiers),
        "categories": list(item.categories),
        "spellings": [cue.text for cue in item.cues],
        "score_unit": item.score_unit,
        "score_low": item.score_low,
        "score_high": item.score_high,
        "year_offset": item.year_offset,
        "year_turns": item.year_turns,
        "first_year": item.first_year,
        "last_year": item.last_year,
        "notes": item.notes,
        "origin": item.origin,
        "verified": item.verified,
    }


def _steps(registry: Registry) -> Iterator[Row]:
    for programme in registry.programmes.values():
        for number, scale in enumerate(programme.scales):
            for place, step in enumerate(scale.steps, start=1):
                yield {
                    "programme": programme.key,
                    "scale": number,
                    "place": place,
                    "name": step.name,
                    "spellings": list(step.spellings),
                    "low": step.low,
                    "high": step.high,
                    "since_year": scale.since,
                    "until_year": scale.until,
                }


def _givers(registry: Registry) -> Iterator[Row]:
    for programme in registry.programmes.values():
        for place, giver in enumerate(programme.organisers):
            yield {
                "programme": programme.key,
                "place": place,
                "agency_key": giver.agency,
                "since_year": giver.since,
                "until_year": giver.until,
            }


def _replace(connection: Connection, model: type[SQLModel], rows: list[Row], programmes: tuple[str, ...]) -> int:
    """Put the rows and drop those of the same programmes that the registry no longer has."""
    target = table(model)
    keys = [column.name for column in target.primary_key.columns]
    wanted = {tuple(row[name] for name in keys) for row in rows}
    listed = connection.execute(select(*(target.c[name] for name in keys)).where(target.c.programme.in_(programmes)))
    stale = [tuple(row) for row in listed if tuple(row) not in wanted]
    for key in stale:
        connection.execute(delete(target).where(*(target.c[name] == value for name, value in zip(keys, key, strict=True))))
    return len(stale) + put(connection, target, rows)


def _officials(holders: Iterable[Holder]) -> list[Row]:
    spellings: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for holder in holders:
        key = slug(holder.name)
        names.setdefault(key, holder.name)
        spellings.setdefault(key, []).extend(holder.spellings)
    return [
        {"key": key, "name": name, "folded_name": fold(name), "spellings": list(dict.fromkeys(spellings[key])), "known": True}
        for key, name in names.items()
    ]


def _tenure(holder: Holder, registry: Registry) -> Row:
    agency = holder.agency if holder.agency in registry.agencies or holder.agency in registry.regions else None
    return {
        "key": digest("tenure", slug(holder.name), holder.position, agency or "", holder.acting or "", str(holder.since or "")),
        "official_key": slug(holder.name),
        "position": holder.position,
        "agency_key": agency,
        "acting": holder.acting,
        "since_date": holder.since,
        "until_date": holder.until,
        "origin": holder.origin or "registry",
        "verified": holder.verified,
    }


def _source(item: Source) -> Row:
    return {
        "key": item.key,
        "name": item.publisher.name,
        "acronym": item.publisher.acronym,
        "agency_key": item.publisher.agency,
        "official": item.publisher.official,
        "language": item.language,
        "timezone": item.timezone,
        "frequency": item.frequency,
        "state": item.state,
        "hosts": list(item.scope.hosts),
        "verified": item.verified,
        "origin": item.origin,
        "facts": item.model_dump(mode="json"),
    }
