"""Bands say the story of their article, so that a story with thousands of copies is found as fast as one with two."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('article_band', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_band_value'))
        batch_op.add_column(sa.Column(
            'story_key', sa.Text(), nullable=True, comment='The story of the article, kept here so that a story is found by its bands at once',
        ))
    op.execute('UPDATE article_band SET story_key = (SELECT a.story_key FROM article a WHERE a.key = article_band.article_key)')
    with op.batch_alter_table('article_band', schema=None) as batch_op:
        batch_op.alter_column('story_key', existing_type=sa.Text(), nullable=False, existing_comment='The story of the article, kept here so that a story is found by its bands at once')
        batch_op.create_index(batch_op.f('ix_article_band_value_story_key_article_key'), ['value', 'story_key', 'article_key'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('article_band', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_band_value_story_key_article_key'))
        batch_op.drop_column('story_key')
        batch_op.create_index(batch_op.f('ix_article_band_value'), ['value'], unique=False)
