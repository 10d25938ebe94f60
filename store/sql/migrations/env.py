"""How Alembic runs: always on a connection that `Database` hands in."""

from alembic import context

from store.sql.migrations.filters import include_object
from store.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=include_object,
)
with context.begin_transaction():
    context.run_migrations()
