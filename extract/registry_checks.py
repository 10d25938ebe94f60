"""What must hold of the registry as a whole; `rapor registry check` prints what does not.

A name may stand for two bodies only where a rule tells them apart: their levels (Kota Bogor, Kabupaten Bogor), their periods (the
Kementerian Pekerjaan Umum of 2012 and of 2025), or the region that follows (KPU, KPU Kota Bogor).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from extract.programme_lint import lint_programmes
from store.model.keys import fold
from store.model.registry import Agency, Holder, Position, Region, Registry, UnitKind

_HANDOVER = timedelta(days=183)  # a body may live on beside its successor while its people and papers move
_SHARED_POSTS = ("Wakil Menteri", "Wakil Ketua", "Anggota", "Komisioner")  # held by several at a time
_HEADS = {
    "provinsi": ("Gubernur", "Wakil Gubernur"),
    "kabupaten": ("Bupati", "Wakil Bupati"),
    "kota": ("Wali Kota", "Wakil Wali Kota"),
}


def check_registry(registry: Registry) -> list[str]:
    """One sentence for everything that is wrong; empty where all is well."""
    return [
        *_region_faults(registry),
        *_region_names(registry.regions.values()),
        *_agency_faults(registry),
        *_agency_names(registry.agencies.values()),
        *_unit_faults(registry),
        *_position_faults(registry),
        *_holder_faults(registry),
        *_terms(registry.holders),
        *lint_programmes(registry.programmes.values(), registry.agencies, registry.regions),
    ]


def _overlap(one: Agency | Holder, other: Agency | Holder) -> timedelta:
    """How long two periods run side by side; nothing where one ends on the day the other begins."""
    begin = max(one.since or date.min, other.since or date.min)
    return min(one.until or date.max, other.until or date.max) - begin


def _region_faults(registry: Registry) -> Iterator[str]:
    former = {code: region for region in registry.regions.values() for code, _ in region.former_codes}
    for region in registry.regions.values():
        where = f"region {region.code} ({region.full_name})"
        province = registry.regions.get(region.province_code)
        if province is None or province.level != "provinsi":
            yield f"{where}: its province {region.province_code} is not in regions.csv"
        if region.level == "provinsi" and region.province_code != region.code:
            yield f"{where}: a province is its own province"
        if region.code in former:
            yield f"{where}: its code was once that of {former[region.code].full_name}; codes are never given twice"
        if region.since and region.until and region.since > region.until:
            yield f"{where}: it ends before it begins"


def _region_names(regions: Iterable[Region]) -> Iterator[str]:
    by_level: dict[tuple[str, str], set[str]] = defaultdict(set)
    bynames: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for region in regions:
        for text in {region.name, *region.spellings, *(name for name, _ in region.former_names)}:
            by_level[region.level, fold(text)].add(region.code)
            names[fold(text)].add(region.code)
        for text in region.epithets:
            bynames[fold(text)].add(region.code)
    for (level, text), codes in by_level.items():
        if len(codes) > 1:
            yield f"regions {', '.join(sorted(codes))}: {text!r} means more than one {level}, and nothing tells them apart"
    for text, codes in bynames.items():
        if len(codes) > 1 or names.get(text, codes) != codes:
            yield f"regions {', '.join(sorted(codes | names.get(text, set())))}: the byname {text!r} means more than one of them"


def _agency_faults(registry: Registry) -> Iterator[str]:
    for agency in registry.agencies.values():
        where = f"agency {agency.key}"
        if agency.since and agency.until and agency.since > agency.until:
            yield f"{where}: it ends before it begins"
        if agency.parent and agency.parent not in registry.agencies:
            yield f"{where}: its parent {agency.parent!r} is not in agencies.csv"
        if agency.successors and agency.until is None:
            yield f"{where}: it has a successor and no last day"
        for key in agency.successors:
            successor = registry.agencies.get(key)
            if successor is None:
                yield f"{where}: its successor {key!r} is not in agencies.csv"
            elif successor.until and agency.until and successor.until < agency.until:
                yield f"{where}: its successor {key} ended before it"
            elif (agency.since or date.min) < (successor.since or date.min) and _overlap(agency, successor) > _HANDOVER:
                yield f"{where}: its period overlaps that of its successor {key}"


def _agency_names(agencies: Iterable[Agency]) -> Iterator[str]:
    sharing: dict[str, dict[str, Agency]] = defaultdict(dict)
    for agency in agencies:
        for text in (agency.name, *agency.abbreviations, *agency.aliases):
            sharing[fold(text)][agency.key] = agency
    for text, found in sharing.items():
        for one, other in combinations(found.values(), 2):
            if _overlap(one, other) > timedelta(0):
                yield f"agencies {one.key} and {other.key}: {text!r} means both at the same time"


def _unit_faults(registry: Registry) -> Iterator[str]:
    sharing: dict[str, dict[str, UnitKind]] = defaultdict(dict)
    national: dict[str, Agency] = {}
    for agency in registry.agencies.values():
        for text in (agency.name, *agency.abbreviations, *agency.aliases):
            national[fold(text)] = agency
    for unit in registry.units.values():
        if unit.parent and unit.parent not in registry.agencies:
            yield f"unit {unit.key}: its parent {unit.parent!r} is not in agencies.csv"
        for text in (unit.name, *unit.spellings):
            sharing[fold(text)][unit.key] = unit
    for text, found in sharing.items():
        if len(found) > 1:
            yield f"units {', '.join(sorted(found))}: {text!r} means more than one of them, and nothing tells them apart"
        body = national.get(text)
        for unit in found.values():
            if body and unit.takes not in ("region", "place") and unit.parent != body.key:
                yield f"unit {unit.key} and agency {body.key}: {text!r} means both, and no place follows the unit"


def _stem(text: str) -> str:
    return fold(text.split("{")[0])


def _position_faults(registry: Registry) -> Iterator[str]:
    sharing: dict[str, dict[str, Position]] = defaultdict(dict)
    for position in registry.positions.values():
        where = f"position {position.key}"
        if position.unit and position.unit not in registry.units:
            yield f"{where}: its unit {position.unit!r} is not in units.csv"
        if position.agency and position.agency not in registry.agencies:
            yield f"{where}: its agency {position.agency!r} is not in agencies.csv"
        if position.of == "nation" and not position.agency:
            yield f"{where}: a post of the nation needs its agency"
        if ("{x}" in position.name) == (position.of == "nation"):
            yield f"{where}: a post of the nation has no {{x}}, every other has one"
        for text in (position.name, *position.variants):
            sharing[_stem(text)][position.key] = position
    for text, found in sharing.items():
        alone = sum("{x}" not in position.name for position in found.values())
        if alone > 1 or len(found) - alone > 1:
            yield f"positions {', '.join(sorted(found))}: {text!r} means more than one of them, and nothing tells them apart"


def _holder_faults(registry: Registry) -> Iterator[str]:
    titles = {position.name for position in registry.positions.values()}
    for holder in registry.holders:
        where = f"holder {holder.name} ({holder.position})"
        if holder.since and holder.until and holder.since > holder.until:
            yield f"{where}: the term ends before it begins"
        region = registry.regions.get(holder.agency or "")
        if region:
            if holder.position not in {f"{title} {region.name}" for title in _HEADS[region.level]}:
                yield f"{where}: this is no post of {region.full_name} ({region.code})"
        elif holder.agency not in registry.agencies:
            yield f"{where}: {holder.agency!r} is neither a region nor an agency"
        elif holder.position not in titles:
            yield f"{where}: the post is not in positions.csv"


def _terms(holders: Iterable[Holder]) -> Iterator[str]:
    """Terms of one post that run side by side. Dates known to the year touch at its borders: a year of grace is given to them."""
    by_post: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders:
        if not holder.position.startswith(_SHARED_POSTS):
            by_post[holder.position].append(holder)
    for post, terms in by_post.items():
        terms.sort(key=lambda holder: holder.since or date.min)
        for one, other in pairwise(terms):
            rough = any(day and (day.month, day.day) in ((1, 1), (12, 31)) for day in (one.until, other.since))
            grace = timedelta(days=366 if rough else 31)
            if _overlap(one, other) > grace:
                yield f"holders {one.name} and {other.name}: their terms as {post} overlap"
