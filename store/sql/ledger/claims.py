"""Claims and mentions of a reading as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store.model.keys import claim_key, digest, fold
from store.model.records import Claim, Evidence, Person, Reading
from store.sql.ledger.entities import entity_key
from store.sql.rows import Row

_COPIED = (
    "programme",
    "programme_name",
    "edition_year",
    "kind",
    "category",
    "innovation",
    "predicate",
    "tier",
    "rank",
    "rank_of",
    "rank_scope",
    "score",
    "score_unit",
    "recipient",
    "recipient_name",
    "recipient_key",
    "giver",
    "giver_key",
    "event_date",
    "venue",
    "status",
    "count_total",
    "count_streak",
    "confidence",
    "field_confidence",
)


def programme_id(claim: Claim) -> str:
    """What stands for the programme in identities: its key, its folded name, or its giver where it has no name."""
    if claim.programme:
        return claim.programme
    if claim.programme_name and fold(claim.programme_name):
        return f"name:{fold(claim.programme_name)}"
    return f"giver:{claim.giver_key or fold(claim.giver or '')}"


def claim_rows(reading: Reading, version: str, shared: Mapping[str, Any], provinces: Mapping[str, str | None]) -> dict[str, Row]:
    """The claims of a reading as rows by key; the same claim told twice is one row.

    `shared` holds the columns that every claim of the article has alike.
    """
    rows: dict[str, Row] = {}
    for claim in reading.claims:
        programme, entity = programme_id(claim), entity_key(claim.recipient_key, claim.recipient_name)
        identity = claim_key(reading.article.key, programme, claim.edition_year, claim.category, claim.innovation, entity)
        key = digest("claim-row", version, identity, claim.model_dump_json())
        rows[key] = {
            "key": key,
            "identity_key": identity,
            "version_key": version,
            **shared,
            "programme_id": programme,
            "entity_key": entity,
            "province_code": provinces.get(entity),
            "background": "background" in claim.flags,
            **{name: getattr(claim, name) for name in _COPIED},
            **_person("presented_by", claim.presented_by),
            **_person("received_by", claim.received_by),
            **_person("addressed_to", claim.addressed_to),
            "also_received_by": [person.model_dump() for person in claim.also_received_by],
            "flags": sorted(claim.flags),
            "evidence": claim.evidence,
        }
    return rows


def evidence_rows(claim: str, evidence: Iterable[Evidence]) -> list[Row]:
    """The evidence of one claim as rows."""
    return [
        {
            "claim_key": claim,
            "number": number,
            "field": item.field,
            "place": item.where,
            "start_offset": item.start,
            "end_offset": item.end,
            "quotation": item.text,
            "page": item.page,
            "row": item.row,
        }
        for number, item in enumerate(evidence)
    ]


def mention_rows(reading: Reading, version: str, people: list[str], bodies: Mapping[str, str]) -> list[Row]:
    """Everybody the reading names, as rows."""
    blank = {"version_key": version, "agency_name": None, "official_key": None, "position": None, "acting": None, "former": False}
    rows: list[Row] = [
        {
            **blank,
            "number": number,
            "kind": "agency",
            "name": body.name,
            "agency_key": entity_key(body.key, body.name),
            "as_printed": list(body.as_printed),
        }
        for number, body in enumerate(reading.agencies)
    ]
    for number, (person, key) in enumerate(zip(reading.officials, people, strict=True), start=len(rows)):
        rows.append(
            {
                **blank,
                "number": number,
                "kind": "official",
                "name": person.name,
                "agency_key": bodies.get(person.agency or ""),
                "agency_name": person.agency,
                "official_key": key,
                "position": person.position,
                "acting": person.acting,
                "former": person.former,
                "as_printed": list(person.as_printed),
            }
        )
    return rows


def edition_rows(reading: Reading, version: str) -> list[Row]:
    """What the reading says of whole rounds, as rows."""
    return [
        {
            "version_key": version,
            "place": place,
            "programme": item.programme,
            "programme_name": item.programme_name,
            "year": item.year,
            "number": item.number,
            "categories": list(item.categories),
            "participants": item.participants,
            "participant_parts": [part.model_dump() for part in item.participant_parts],
            "steps": [part.model_dump() for part in item.steps],
            "flags": sorted(item.flags),
            "evidence": [span.model_dump(mode="json", by_alias=True, exclude_none=True) for span in item.evidence],
        }
        for place, item in enumerate(reading.editions)
    ]


def _person(field: str, person: Person | None) -> Row:
    return {f"{field}_name": person.name if person else None, f"{field}_position": person.position if person else None}
