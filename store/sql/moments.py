"""How moments are printed and kept as text."""

from datetime import UTC, datetime


def moment_text(value: datetime) -> str:
    """A moment as rapor prints it: UTC, to the microsecond, of fixed width so that text order is time order."""
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(timespec="microseconds").replace("+00:00", "Z")
