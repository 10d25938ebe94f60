"""Tenures say whether a second source confirmed them, as bodies and programmes do."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('tenure', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('verified', sa.Boolean(), nullable=False, server_default=sa.false(), comment='Whether a second source confirmed it')
        )
    with op.batch_alter_table('tenure', schema=None) as batch_op:
        batch_op.alter_column('verified', existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('tenure', schema=None) as batch_op:
        batch_op.drop_column('verified')
