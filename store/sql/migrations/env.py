"""How Alembic runs: always on a connection that `Database` hands in."""

from typing import Any

from alembic import context

from store.sql.tables import metadata

SEARCH = ("article_search", "evaluation_search")


def include_object(_thing: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave the full-text indexes alone: they are made by hand, each in its dialect."""
    if kind in ("table", "index") and name is not None and name.startswith(SEARCH):
        return False
    return not (kind == "column" and name == "search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=include_object,
)
with context.begin_transaction():
    context.run_migrations()
