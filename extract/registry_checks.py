"""What must hold of the registry as a whole; `rapor registry check` prints what does not."""

from __future__ import annotations

from store.model.registry import Registry


def check_registry(registry: Registry) -> list[str]:
    """One sentence for everything that is wrong; empty where all is well."""
    found = []
    for region in registry.regions.values():
        if region.province_code not in registry.regions:
            found.append(f"region {region.code} ({region.name}): its province {region.province_code} is unknown")
    return found
