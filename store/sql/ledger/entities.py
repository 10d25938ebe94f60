"""Bodies and people that articles name: units met for the first time, unresolved names, persons and their tenures.

An unresolved name is an entity of its own (`~slug`), never a guess. It may carry `likely_key`: the only body of the
registry it could be a misspelling of. That settles nothing; merging lets such a claim join an evaluation only where
result and date say so too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, select

from store.model.errors import ReadError
from store.model.keys import digest, fold, slug
from store.model.records import OfficialMention, Reading
from store.sql import tables
from store.sql.ledger.marks import mark
from store.sql.ledger.statements import BODIES
from store.sql.rows import Row, chunks, put, upsert
from store.sql.tables import table

_TYPES = frozenset(["pemerintah", "provinsi", "kabupaten", "kota", "daerah", "kementerian", "badan", "lembaga", "dinas", "komisi"])
Province = tuple[str | None, str | None]
_REGISTRY_LEVELS = ("national", "provinsi", "kabupaten", "kota")


def entity_key(key: str | None, name: str) -> str:
    """The entity a name stands for: its registry key, or a key of its own where it is unresolved."""
    return key or f"~{slug(name) or digest('entity', name)}"


def record_bodies(connection: Connection, reading: Reading) -> dict[str, str | None]:
    """Make sure that every body of a reading is there.

    Returns:
        Province code by entity key, for every body of the reading.

    Raises:
        ReadError: A key is neither in the registry nor a unit (`parent/slug`) of a body in it.
    """
    named = dict(_bodies(reading))
    agency = table(tables.Agency)
    wanted = set(named) | {key.split("/", 1)[0] for key in named}
    if not wanted:
        return {}
    found = connection.execute(BODIES, {"keys": sorted(wanted)})
    provinces: dict[str, Province] = {key: (code, name) for key, code, name in found}
    missing = [key for key in named if key not in provinces]
    if missing:
        names = registry_names(connection) if any(key.startswith("~") for key in missing) else {}
        rows = [_body(key, named[key], provinces, names) for key in sorted(missing)]
        connection.execute(upsert(connection, agency).on_conflict_do_nothing(), rows)
        provinces.update({row["key"]: (row["province_code"], row["province_name"]) for row in rows})
    return {key: code for key, (code, _) in provinces.items()}


def registry_names(connection: Connection) -> dict[str, list[str]]:
    """Folded canonical name to keys, for every body of the registry."""
    agency = table(tables.Agency)
    names: dict[str, list[str]] = {}
    query = select(agency.c.folded_name, agency.c.key).where(agency.c.level.in_(_REGISTRY_LEVELS)).order_by(agency.c.key)
    for name, key in connection.execute(query):
        names.setdefault(name, []).append(key)
    return names


def likely_body(name: str, names: Mapping[str, list[str]]) -> str | None:
    """The only body whose canonical name is one or two letters away from `name`; None where the name is somebody's own.

    The words that say what kind of body it is must agree to the letter: a kota is no misspelt kabupaten.
    """
    kind, rest = _split(fold(name))
    if not kind or len(rest) < 5 or fold(name) in names:
        return None
    allowed = 1 if len(rest) < 8 else 2
    near: set[str] = set()
    for other, keys in names.items():
        other_kind, other_rest = _split(other)
        if other_kind == kind and OSA.distance(rest, other_rest, score_cutoff=allowed) <= allowed:
            near.update(keys)
    return near.pop() if len(near) == 1 else None


def relink_unresolved(connection: Connection) -> int:
    """Look again at the unresolved names after the registry changed, and mark what is touched for merging.

    Returns:
        How many names point to another body than before.
    """
    agency = table(tables.Agency)
    unresolved = connection.execute(select(agency.c.key, agency.c.name, agency.c.likely_key).where(agency.c.level == "unresolved")).all()
    if not unresolved:
        return 0
    names = registry_names(connection)
    changed = [(key, new) for key, name, old in unresolved if (new := likely_body(name, names)) != old]
    put(connection, agency, [{"key": key, "likely_key": likely} for key, likely in changed])
    mark_entities(connection, [key for key, _ in changed])
    return len(changed)


def mark_entities(connection: Connection, keys: Iterable[str]) -> None:
    """Mark every programme in which these entities hold a result for merging."""
    claim = table(tables.Claim)
    for part in chunks(sorted(set(keys))):
        pairs = connection.execute(
            select(claim.c.programme_id, claim.c.entity_key).where(claim.c.entity_key.in_(part), ~claim.c.superseded).distinct()
        )
        mark(connection, [(programme, entity) for programme, entity in pairs])


def record_people(connection: Connection, reading: Reading, bodies: Mapping[str, str], shown: date) -> list[str]:
    """Make sure that every person of a reading is there, with the post seen on `shown`.

    Returns:
        Key of the person for each of `reading.officials`, in their order.
    """
    if not reading.officials:
        return []
    known = _known_people(connection, [item.name for item in reading.officials])
    keys = [_person_key(item, known) for item in reading.officials]
    official = table(tables.Official)
    rows = [
        {"key": key, "name": item.name, "folded_name": fold(item.name), "spellings": [], "known": False}
        for key, item in zip(keys, reading.officials, strict=True)
    ]
    connection.execute(upsert(connection, official).on_conflict_do_nothing(), rows)
    paired = zip(keys, reading.officials, strict=True)
    seen = [(key, item, bodies.get(item.agency or "")) for key, item in paired if item.position and not item.former]
    _record_tenures(connection, seen, shown)
    return keys


def _bodies(reading: Reading) -> Iterable[tuple[str, str]]:
    for mention in reading.agencies:
        yield entity_key(mention.key, mention.name), mention.name
    for claim in reading.claims:
        yield entity_key(claim.recipient_key, claim.recipient_name), claim.recipient_name
        if claim.giver_key:
            yield claim.giver_key, claim.giver or claim.giver_key


def _body(key: str, name: str, provinces: Mapping[str, Province], names: Mapping[str, list[str]]) -> dict[str, Any]:
    parent = key.split("/", 1)[0] if "/" in key else None
    unresolved = key.startswith("~")
    if not unresolved and (parent is None or parent not in provinces):
        raise ReadError(f"the body {key} ({name}) is not in the registry: record the registry that the reader used first")
    return {
        "key": key,
        "name": name,
        "folded_name": fold(name),
        "level": "unresolved" if unresolved else "unit",
        "kind": None,
        "parent_key": parent,
        "successor_keys": [],
        "province_code": provinces[parent][0] if parent else None,
        "province_name": provinces[parent][1] if parent else None,
        "spellings": [],
        "likely_key": likely_body(name, names) if unresolved else None,
        "origin": "",
        "verified": False,
    }


def _split(folded: str) -> tuple[str, str]:
    words = folded.split()
    count = 0
    while count < len(words) and words[count] in _TYPES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _known_people(connection: Connection, names: list[str]) -> dict[str, list[Row]]:
    official, tenure = table(tables.Official), table(tables.Tenure)
    rows = connection.execute(
        select(official.c.folded_name, official.c.key, tenure.c.position)
        .join(tenure, tenure.c.official_key == official.c.key)
        .where(official.c.known, official.c.folded_name.in_(sorted({fold(name) for name in names})))
    ).mappings()
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["folded_name"], []).append(dict(row))
    return found


def _person_key(item: OfficialMention, known: Mapping[str, list[Row]]) -> str:
    held = known.get(fold(item.name), [])
    if held and (item.position is None or any(row["position"] == item.position for row in held)):
        return str(held[0]["key"])
    return f"{slug(item.name)}@{slug(item.agency or item.position or '')}"


def bodies_of_posts(connection: Connection, reading: Reading) -> dict[str, str]:
    """Key by name for the bodies that the officials of a reading belong to, where the name is one body's alone."""
    told = {mention.name: mention.key for mention in reading.agencies if mention.key}
    open_names = {item.agency for item in reading.officials if item.agency and item.agency not in told}
    agency = table(tables.Agency)
    candidates: dict[str, set[str]] = {}
    if open_names:
        folded = sorted({fold(name) for name in open_names})
        query = select(agency.c.folded_name, agency.c.key).where(agency.c.folded_name.in_(folded), agency.c.level != "unresolved")
        for name, key in connection.execute(query):
            candidates.setdefault(name, set()).add(key)
    found = {name: next(iter(candidates[fold(name)])) for name in open_names if len(candidates.get(fold(name), ())) == 1}
    return {**found, **told}


def _record_tenures(connection: Connection, seen: list[tuple[str, OfficialMention, str | None]], shown: date) -> None:
    tenure = table(tables.Tenure)
    wanted = {digest("seen", key, item.position or "", agency or "", item.acting or ""): (key, item, agency) for key, item, agency in seen}
    query = select(tenure.c.key, tenure.c.first_seen_date, tenure.c.last_seen_date).where(tenure.c.key.in_(sorted(wanted)))
    present = {key: (first, last) for key, first, last in connection.execute(query)}
    rows = []
    for tenure_key, (person, item, agency) in sorted(wanted.items()):
        first, last = present.get(tenure_key, (shown, shown))
        rows.append(
            {
                "key": tenure_key,
                "official_key": person,
                "position": item.position,
                "agency_key": agency,
                "acting": item.acting,
                "first_seen_date": min(first, shown),
                "last_seen_date": max(last, shown),
                "origin": "",
                "verified": False,
            }
        )
    put(connection, tenure, rows)
