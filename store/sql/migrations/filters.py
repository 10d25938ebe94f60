"""What Alembic leaves alone when it compares tables."""

from typing import Any

_SEARCH = ("article_search", "evaluation_search")


def include_object(_thing: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave the full-text indexes alone: they are made by hand, each in its dialect."""
    if kind in ("table", "index") and name is not None and name.startswith(_SEARCH):
        return False
    return not (kind == "column" and name == "search")
