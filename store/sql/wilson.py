"""How sure a share is that was counted on a sample."""

from __future__ import annotations

from math import sqrt

_Z95 = 1.959964


def wilson(hits: int, total: int) -> tuple[float | None, float | None, float | None]:
    """Lower bound, share and upper bound of Wilson's 95 % interval, in percent; None three times where nothing was counted."""
    if not total:
        return None, None, None
    share, spread = hits / total, _Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return round(100 * (middle - half), 2), round(100 * share, 2), round(100 * (middle + half), 2)
