"""Samples get a row of their own: from how many they were drawn, how many were judged right, and how sure that share is."""

import sqlalchemy as sa
from alembic import op

from store.sql.tables.base import Moment
from store.sql.wilson import wilson

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    audit = op.create_table('audit',
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the sample'),
    sa.Column('drawn_at', Moment(), nullable=False, comment='When it was drawn'),
    sa.Column('seed', sa.BigInteger(), nullable=True, comment='Seed it was drawn with; NULL where it is older than this column'),
    sa.Column('population', sa.Integer(), nullable=True, comment='Evaluations it was drawn from; NULL where it is older than this column'),
    sa.Column('size', sa.Integer(), nullable=False, comment='Evaluations in it'),
    sa.Column('right_count', sa.Integer(), nullable=False, comment='Judged right'),
    sa.Column('wrong_count', sa.Integer(), nullable=False, comment='Judged wrong'),
    sa.Column('unclear_count', sa.Integer(), nullable=False, comment='Looked at and left open; not counted in the accuracy'),
    sa.Column('accuracy_pct', sa.Float(), nullable=True, comment='Right ones among those judged right or wrong; NULL until one is'),
    sa.Column('low_pct', sa.Float(), nullable=True, comment="Lower bound of Wilson's 95 % interval"),
    sa.Column('high_pct', sa.Float(), nullable=True, comment="Upper bound of Wilson's 95 % interval"),
    sa.Column('judged_at', Moment(), nullable=True, comment='When somebody judged last'),
    sa.CheckConstraint('right_count >= 0 AND wrong_count >= 0 AND unclear_count >= 0 AND right_count + wrong_count + unclear_count <= size', name=op.f('ck_audit_verdicts_within_size')),
    sa.CheckConstraint('(accuracy_pct IS NULL) = (right_count + wrong_count = 0)', name=op.f('ck_audit_accuracy_where_judged')),
    sa.CheckConstraint('low_pct >= 0 AND low_pct <= accuracy_pct AND accuracy_pct <= high_pct AND high_pct <= 100', name=op.f('ck_audit_interval_ordered')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_audit'))
    )
    sample = sa.table('audit_sample', sa.column('sample_key', sa.Text), sa.column('drawn_at', Moment()), sa.column('verdict', sa.Text), sa.column('judged_at', Moment()))
    said = {name: sa.func.count().filter(sample.c.verdict == name) for name in ('right', 'wrong', 'unclear')}
    found = op.get_bind().execute(sa.select(
        sample.c.sample_key, sa.func.min(sample.c.drawn_at, type_=Moment()), sa.func.count(), *said.values(), sa.func.max(sample.c.judged_at, type_=Moment()),
    ).group_by(sample.c.sample_key)).all()
    rows = []
    for key, drawn_at, size, right, wrong, unclear, judged_at in found:
        low, share, high = wilson(right, right + wrong)
        rows.append({
            'key': key, 'drawn_at': drawn_at, 'seed': None, 'population': None, 'size': size, 'right_count': right, 'wrong_count': wrong,
            'unclear_count': unclear, 'accuracy_pct': share, 'low_pct': low, 'high_pct': high, 'judged_at': judged_at,
        })
    op.bulk_insert(audit, rows)
    with op.batch_alter_table('audit_sample', schema=None) as batch_op:
        batch_op.drop_column('drawn_at')
        batch_op.create_foreign_key(batch_op.f('fk_audit_sample_sample_key_audit'), 'audit', ['sample_key'], ['key'])


def downgrade() -> None:
    with op.batch_alter_table('audit_sample', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drawn_at', Moment(), nullable=True, comment='When it was drawn'))
        batch_op.drop_constraint(batch_op.f('fk_audit_sample_sample_key_audit'), type_='foreignkey')
    op.execute('UPDATE audit_sample SET drawn_at = (SELECT a.drawn_at FROM audit a WHERE a.key = audit_sample.sample_key)')
    with op.batch_alter_table('audit_sample', schema=None) as batch_op:
        batch_op.alter_column('drawn_at', existing_type=Moment(), nullable=False, existing_comment='When it was drawn')
    op.drop_table('audit')
