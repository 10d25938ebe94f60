"""Claims say how far each of their values can be trusted; those recorded before say nothing of it.

The table is not made anew: on SQLite that would let go of the evidence that points to it. The default stays, for a column
that may not be NULL can only be added with one.
"""

import sqlalchemy as sa
from alembic import op

from store.sql.tables.base import Json

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_COMMENT = 'Calibrated confidence of each value, an object of field and 0 to 1; empty where not measured'


def upgrade() -> None:
    op.add_column('claim', sa.Column('field_confidence', Json, nullable=False, server_default='{}', comment=_COMMENT))


def downgrade() -> None:
    op.drop_column('claim', 'field_confidence')
