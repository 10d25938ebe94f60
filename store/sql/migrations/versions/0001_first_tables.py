"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from store.sql.tables.base import Moment

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


# What is indexed of an evaluation: everything a person may type to find it.
_WORDS = (
    "recipient_name", "programme_name", "giver", "category", "innovation", "predicate", "tier", "venue", "received_by_name", "presented_by_name",
)
_INDEXED = (("article_version", "article_search", ("title", "text")), ("evaluation", "evaluation_search", _WORDS))


def _index_texts() -> None:
    """Full text: FTS5 fed by triggers on SQLite, a generated tsvector with a GIN index on PostgreSQL; both split words alike."""
    run = op.get_bind().exec_driver_sql  # past SQLAlchemy, which would take [:alnum:] for a parameter
    for table, index, columns in _INDEXED:
        if op.get_bind().dialect.name == "postgresql":
            words = " || ' ' || ".join(f"coalesce({name}, '')" for name in columns)
            # The server's own parser keeps hosts and hyphenated words whole; letters and digits only makes it agree with FTS5.
            plain = f"regexp_replace(left(lower({words}), 400000), '[^[:alnum:]]+', ' ', 'g')"
            run(f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', {plain})) STORED")
            run(f"CREATE INDEX {index} ON {table} USING gin (search)")
            continue
        listed = ", ".join(columns)
        new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
        add = f"INSERT INTO {index}(rowid, {listed}) VALUES (new.id, {new});"
        drop = f"INSERT INTO {index}({index}, rowid, {listed}) VALUES ('delete', old.id, {old});"
        options = f"content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 0'"
        run(f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, {options})")
        run(f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {add} END")
        run(f"CREATE TRIGGER {index}_dropped AFTER DELETE ON {table} BEGIN {drop} END")
        run(f"CREATE TRIGGER {index}_changed AFTER UPDATE OF {listed} ON {table} BEGIN {drop} {add} END")


def _drop_text_indexes() -> None:
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        for _table, index, _columns in _INDEXED:
            for event in ("added", "dropped", "changed"):
                run(f"DROP TRIGGER {index}_{event}")
            run(f"DROP TABLE {index}")


def upgrade() -> None:
    op.create_table('agency',
    sa.Column('key', sa.Text(), nullable=False, comment='Kemendagri code, agencies.csv key, parent key/slug of a unit, or ~slug of an unresolved name'),
    sa.Column('name', sa.Text(), nullable=False, comment='Canonical name'),
    sa.Column('folded_name', sa.Text(), nullable=False, comment='Name in lower case without accents and punctuation'),
    sa.Column('level', sa.Text(), nullable=False, comment='national, provinsi, kabupaten, kota, unit or unresolved'),
    sa.Column('kind', sa.Text(), nullable=True, comment='Kind of body: kementerian, lembaga, opd, hospital, police ...'),
    sa.Column('parent_key', sa.Text(), nullable=True, comment='The body it belongs to'),
    sa.Column('successor_keys', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Bodies that took over, a list of keys'),
    sa.Column('province_code', sa.Text(), nullable=True, comment='Kemendagri code of the province it lies in'),
    sa.Column('province_name', sa.Text(), nullable=True, comment='Name of that province'),
    sa.Column('since_date', sa.Date(), nullable=True, comment='First day it existed, where known'),
    sa.Column('until_date', sa.Date(), nullable=True, comment='Last day it existed, where known'),
    sa.Column('spellings', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Other names, abbreviations, former names, a list'),
    sa.Column('likely_key', sa.Text(), nullable=True, comment='For an unresolved name: the only known body it could be a misspelling of'),
    sa.Column('origin', sa.Text(), nullable=False, comment='Where this was read; empty for bodies met in articles only'),
    sa.Column('verified', sa.Boolean(), nullable=False, comment='Whether a second source confirmed it'),
    sa.CheckConstraint("(level = 'unresolved') = (key LIKE '~%')", name=op.f('ck_agency_unresolved_marked')),
    sa.CheckConstraint("level IN ('kabupaten', 'kota', 'national', 'provinsi', 'unit', 'unresolved')", name=op.f('ck_agency_level_closed')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_agency_name_said')),
    sa.CheckConstraint('until_date IS NULL OR since_date IS NULL OR since_date <= until_date', name=op.f('ck_agency_period_ordered')),
    sa.ForeignKeyConstraint(['parent_key'], ['agency.key'], name=op.f('fk_agency_parent_key_agency')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_agency'))
    )
    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agency_folded_name'), ['folded_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_agency_level_key'), ['level', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_agency_likely_key'), ['likely_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_agency_province_code_level_key'), ['province_code', 'level', 'key'], unique=False)

    op.create_table('audit_sample',
    sa.Column('sample_key', sa.Text(), nullable=False, comment='The sample'),
    sa.Column('place', sa.Integer(), nullable=False, comment='Place in the sample, from 1'),
    sa.Column('evaluation_key', sa.Text(), nullable=False, comment='The evaluation that was drawn'),
    sa.Column('shown', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='What was shown when it was drawn, an object'),
    sa.Column('drawn_at', Moment(), nullable=False, comment='When it was drawn'),
    sa.Column('verdict', sa.Text(), nullable=True, comment='right, wrong or unclear; NULL until judged'),
    sa.Column('judged_by', sa.Text(), nullable=True, comment='Who judged'),
    sa.Column('judged_at', Moment(), nullable=True, comment='When'),
    sa.CheckConstraint("verdict IN ('right', 'unclear', 'wrong')", name=op.f('ck_audit_sample_verdict_closed')),
    sa.PrimaryKeyConstraint('sample_key', 'place', name=op.f('pk_audit_sample'))
    )
    op.create_table('decision',
    sa.Column('number', sa.Integer(), nullable=False, comment='Order in which decisions were made'),
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the decision'),
    sa.Column('kind', sa.Text(), nullable=False, comment='accept, reject, correct, same_as, not_same_as or take_down'),
    sa.Column('target', sa.Text(), nullable=False, comment='What it is about: evaluation, claim, article, entity or programme'),
    sa.Column('target_key', sa.Text(), nullable=False, comment='Key of what it is about'),
    sa.Column('other_key', sa.Text(), nullable=True, comment='The other side of same_as and not_same_as'),
    sa.Column('field', sa.Text(), nullable=True, comment='Field that is corrected'),
    sa.Column('value', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=True, comment='The corrected value'),
    sa.Column('reason', sa.Text(), nullable=False, comment='Why, in the words of who decided'),
    sa.Column('made_by', sa.Text(), nullable=False, comment='Who decided'),
    sa.Column('made_at', Moment(), nullable=False, comment='When'),
    sa.Column('basis', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='What was seen: identity, shown values and articles at that time'),
    sa.Column('undone_by', sa.Text(), nullable=True, comment='Who undid it'),
    sa.Column('undone_at', Moment(), nullable=True, comment='When it was undone'),
    sa.CheckConstraint("(kind = 'correct') = (field IS NOT NULL)", name=op.f('ck_decision_correction_names_field')),
    sa.CheckConstraint("kind IN ('accept', 'correct', 'not_same_as', 'reject', 'same_as', 'take_down')", name=op.f('ck_decision_kind_closed')),
    sa.CheckConstraint("target IN ('article', 'claim', 'entity', 'evaluation', 'programme')", name=op.f('ck_decision_target_closed')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL)', name=op.f('ck_decision_undone_signed')),
    sa.CheckConstraint('length(made_by) > 0', name=op.f('ck_decision_made_by_said')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_decision')),
    sa.UniqueConstraint('key', name=op.f('uq_decision_key'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_other_key'), ['other_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_target_target_key'), ['target', 'target_key'], unique=False)

    op.create_table('evaluation_history',
    sa.Column('evaluation_key', sa.Text(), nullable=False, comment='Key of the evaluation'),
    sa.Column('number', sa.Integer(), nullable=False, comment='Number of the state, from 1'),
    sa.Column('changed_at', Moment(), nullable=False, comment='When this state began'),
    sa.Column('programme_id', sa.Text(), nullable=False, comment='Programme of the evaluation'),
    sa.Column('entity_key', sa.Text(), nullable=False, comment='Recipient of the evaluation, as an entity'),
    sa.Column('became_key', sa.Text(), nullable=True, comment='Where it is gone: the evaluation that most of its claims went to'),
    sa.Column('shown', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=True, comment='Every shown value and its rule, an object'),
    sa.Column('reader', sa.Text(), nullable=True, comment='Version of the reader behind it'),
    sa.Column('run_key', sa.Text(), nullable=True, comment='Run that changed it'),
    sa.PrimaryKeyConstraint('evaluation_key', 'number', name=op.f('pk_evaluation_history'))
    )
    with op.batch_alter_table('evaluation_history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_history_programme_id_entity_key_changed_at'), ['programme_id', 'entity_key', 'changed_at'], unique=False)

    op.create_table('official',
    sa.Column('key', sa.Text(), nullable=False, comment='Slug of the name; with the body or post where the registry does not know the person'),
    sa.Column('name', sa.Text(), nullable=False, comment='Name without titles and degrees'),
    sa.Column('folded_name', sa.Text(), nullable=False, comment='Name in lower case without accents and punctuation'),
    sa.Column('spellings', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Other spellings, a list'),
    sa.Column('known', sa.Boolean(), nullable=False, comment='Whether the registry knows the person'),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_official_name_said')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_official'))
    )
    with op.batch_alter_table('official', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_official_folded_name'), ['folded_name'], unique=False)

    op.create_table('run',
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the run, given by whoever started it'),
    sa.Column('kind', sa.Text(), nullable=False, comment='What ran: crawl, read, merge, audit, publish, daily, backfill'),
    sa.Column('started_at', Moment(), nullable=False, comment='When it started'),
    sa.Column('finished_at', Moment(), nullable=True, comment='When it ended'),
    sa.Column('state', sa.Text(), nullable=False, comment='running, done or failed'),
    sa.Column('figures', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=True, comment='Counts and other figures of the run, an object'),
    sa.Column('message', sa.Text(), nullable=True, comment='Why it failed, in a sentence'),
    sa.CheckConstraint("state IN ('done', 'failed', 'running')", name=op.f('ck_run_state_closed')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_run'))
    )
    op.create_table('source',
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the source: the name of its file'),
    sa.Column('name', sa.Text(), nullable=False, comment='Name of the publisher'),
    sa.Column('acronym', sa.Text(), nullable=True, comment='Acronym of the publisher'),
    sa.Column('agency_key', sa.Text(), nullable=True, comment='Registry key of the publisher where it is a government body'),
    sa.Column('official', sa.Boolean(), nullable=False, comment='Whether the publisher is a government body speaking for itself'),
    sa.Column('language', sa.Text(), nullable=False, comment='Language of the site, ISO 639-1'),
    sa.Column('timezone', sa.Text(), nullable=False, comment='IANA time zone of its dates'),
    sa.Column('frequency', sa.Text(), nullable=False, comment='How often it is visited'),
    sa.Column('state', sa.Text(), nullable=False, comment='Whether it is crawled: active, quarantined or blocked'),
    sa.Column('hosts', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Hosts that belong to it, a list'),
    sa.Column('verified', sa.Boolean(), nullable=False, comment='Whether a live check has passed'),
    sa.Column('origin', sa.Text(), nullable=False, comment='Where these facts come from'),
    sa.Column('facts', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='The whole source file as data'),
    sa.CheckConstraint("frequency IN ('daily', 'hourly', 'monthly', 'never', 'weekly')", name=op.f('ck_source_frequency_closed')),
    sa.CheckConstraint("state IN ('active', 'blocked', 'quarantined')", name=op.f('ck_source_state_closed')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_source_name_said')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_source'))
    )
    op.create_table('unmerged',
    sa.Column('programme_id', sa.Text(), nullable=False, comment='Programme of the changed claims'),
    sa.Column('entity_key', sa.Text(), nullable=False, comment='Recipient of the changed claims, as an entity'),
    sa.Column('marked_at', Moment(), nullable=False, comment='When they changed last'),
    sa.PrimaryKeyConstraint('programme_id', 'entity_key', name=op.f('pk_unmerged'))
    )
    op.create_table('address',
    sa.Column('url', sa.Text(), nullable=False, comment='Canonical address'),
    sa.Column('source_key', sa.Text(), nullable=False, comment='The source it belongs to'),
    sa.Column('etag', sa.Text(), nullable=True, comment='Validator of the last answer'),
    sa.Column('last_modified', sa.Text(), nullable=True, comment='Last-Modified of the last answer, as sent'),
    sa.Column('digest', sa.Text(), nullable=True, comment='SHA-256 of the last body'),
    sa.Column('text_digest', sa.Text(), nullable=True, comment='Digest of the text read from the last body'),
    sa.Column('first_seen', Moment(), nullable=False, comment='First visit'),
    sa.Column('last_seen', Moment(), nullable=False, comment='Last visit'),
    sa.Column('next_due', Moment(), nullable=True, comment='When it should be visited again; NULL: never'),
    sa.Column('failures', sa.Integer(), nullable=False, comment='Failures in a row'),
    sa.Column('state', sa.Text(), nullable=False, comment='live, failing, refused or gone'),
    sa.Column('status', sa.Integer(), nullable=True, comment='Last HTTP status'),
    sa.Column('reason', sa.Text(), nullable=True, comment='Why the last visit failed or was refused'),
    sa.Column('kind', sa.Text(), nullable=False, comment='page, attachment, part (a later page of an article) or index (feed, sitemap, list)'),
    sa.Column('fetched_url', sa.Text(), nullable=True, comment='Address that answered last'),
    sa.Column('file', sa.Text(), nullable=True, comment='Archive file that holds the last body'),
    sa.Column('position', sa.BigInteger(), nullable=True, comment='Offset of its record in the archive file, in bytes'),
    sa.Column('parent_url', sa.Text(), nullable=True, comment='Page that an attachment or part hangs on'),
    sa.CheckConstraint("kind IN ('attachment', 'index', 'page', 'part')", name=op.f('ck_address_kind_closed')),
    sa.CheckConstraint("state IN ('failing', 'gone', 'live', 'refused')", name=op.f('ck_address_state_closed')),
    sa.CheckConstraint('failures >= 0', name=op.f('ck_address_failures_counted')),
    sa.ForeignKeyConstraint(['source_key'], ['source.key'], name=op.f('fk_address_source_key_source')),
    sa.PrimaryKeyConstraint('url', name=op.f('pk_address'))
    )
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_source_key_next_due'), ['source_key', 'next_due'], unique=False)

    op.create_table('article',
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of the canonical address, or of the text where there is none'),
    sa.Column('url', sa.Text(), nullable=True, comment='Canonical address'),
    sa.Column('outlet', sa.Text(), nullable=True, comment='Outlet as the article or its source names it'),
    sa.Column('source_key', sa.Text(), nullable=True, comment='Source that brought it, or whose outlet it is'),
    sa.Column('official', sa.Boolean(), nullable=False, comment='Whether its publisher is a government body speaking for itself'),
    sa.Column('title', sa.Text(), nullable=False, comment='Title of the version that holds'),
    sa.Column('published', sa.Text(), nullable=True, comment='ISO date, or date-time with zone where known, of the version that holds'),
    sa.Column('published_date', sa.Date(), nullable=True, comment='Day of publication'),
    sa.Column('shown_date', sa.Date(), nullable=False, comment='Day it is listed under: its publication, else the day it was first seen'),
    sa.Column('language', sa.Text(), nullable=True, comment='Language of the text, ISO 639-1'),
    sa.Column('unread', sa.Text(), nullable=True, comment='Why it was looked at and yields no claims'),
    sa.Column('version_key', sa.Text(), nullable=True, comment='The version that holds'),
    sa.Column('versions', sa.Integer(), nullable=False, comment='How many versions are known'),
    sa.Column('story_key', sa.Text(), nullable=False, comment='The story it tells: the smallest key among near-duplicate copies, its own where there are none'),
    sa.Column('claim_count', sa.Integer(), nullable=False, comment='Claims of the version that holds'),
    sa.CheckConstraint("published_date >= '1945-08-17' AND published_date <= '2100-12-31'", name=op.f('ck_article_published_date_reasonable')),
    sa.CheckConstraint("unread IN ('language', 'no_text', 'not_relevant')", name=op.f('ck_article_unread_closed')),
    sa.ForeignKeyConstraint(['source_key'], ['source.key'], name=op.f('fk_article_source_key_source')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_article'))
    )
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_outlet_shown_date_key'), ['outlet', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_article_shown_date_key'), ['shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_article_source_key_shown_date_key'), ['source_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_article_story_key'), ['story_key'], unique=False)

    op.create_table('drift',
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of source, run and expectation'),
    sa.Column('source_key', sa.Text(), nullable=False, comment='The source'),
    sa.Column('run_key', sa.Text(), nullable=True, comment='The run that noticed'),
    sa.Column('seen_at', Moment(), nullable=False, comment='When it was noticed'),
    sa.Column('expectation', sa.Text(), nullable=False, comment='What was expected, by its name in the source file'),
    sa.Column('expected', sa.Float(), nullable=True, comment='The bound that was set'),
    sa.Column('found', sa.Float(), nullable=True, comment='What was found'),
    sa.Column('message', sa.Text(), nullable=False, comment='The finding in a sentence'),
    sa.ForeignKeyConstraint(['run_key'], ['run.key'], name=op.f('fk_drift_run_key_run')),
    sa.ForeignKeyConstraint(['source_key'], ['source.key'], name=op.f('fk_drift_source_key_source')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_drift'))
    )
    with op.batch_alter_table('drift', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_drift_source_key_seen_at'), ['source_key', 'seen_at'], unique=False)

    op.create_table('programme',
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the programme; never renamed'),
    sa.Column('name', sa.Text(), nullable=False, comment='Official name'),
    sa.Column('kind', sa.Text(), nullable=False, comment='Kind of its results'),
    sa.Column('giver_key', sa.Text(), nullable=True, comment='Body that gives or judges today'),
    sa.Column('eligible', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Kinds of bodies it judges, a list'),
    sa.Column('tiers', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Groups without order inside, a list'),
    sa.Column('categories', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Categories, a list'),
    sa.Column('spellings', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Words that point to it, a list'),
    sa.Column('score_unit', sa.Text(), nullable=True, comment='Unit of its scores'),
    sa.Column('score_low', sa.Float(), nullable=True, comment='Lowest possible score, in score_unit'),
    sa.Column('score_high', sa.Float(), nullable=True, comment='Highest possible score, in score_unit'),
    sa.Column('year_offset', sa.Integer(), nullable=False, comment='Ceremony year minus edition year in the usual case'),
    sa.Column('year_turns', sa.Integer(), nullable=False, comment='Last month whose ceremonies still close the edition before; 0: none'),
    sa.Column('first_year', sa.Integer(), nullable=True, comment='First edition'),
    sa.Column('last_year', sa.Integer(), nullable=True, comment='Last edition'),
    sa.Column('notes', sa.Text(), nullable=False, comment='Remarks'),
    sa.Column('origin', sa.Text(), nullable=False, comment='Where this was read'),
    sa.Column('verified', sa.Boolean(), nullable=False, comment='Whether a second source confirmed it'),
    sa.CheckConstraint("kind IN ('award', 'certification', 'honour', 'incentive', 'opinion', 'predicate', 'ranking', 'score')", name=op.f('ck_programme_kind_closed')),
    sa.CheckConstraint("score_unit IN ('index100', 'index4', 'index5', 'percent', 'points', 'rupiah')", name=op.f('ck_programme_score_unit_closed')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_programme_name_said')),
    sa.ForeignKeyConstraint(['giver_key'], ['agency.key'], name=op.f('fk_programme_giver_key_agency')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_programme'))
    )
    op.create_table('tenure',
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of person, post, body and acting form'),
    sa.Column('official_key', sa.Text(), nullable=False, comment='The person'),
    sa.Column('position', sa.Text(), nullable=False, comment='Canonical post: Wali Kota Bandung'),
    sa.Column('agency_key', sa.Text(), nullable=True, comment='The body'),
    sa.Column('acting', sa.Text(), nullable=True, comment='Pj, Plt, Plh or Pjs'),
    sa.Column('since_date', sa.Date(), nullable=True, comment='First day in the post, from the registry'),
    sa.Column('until_date', sa.Date(), nullable=True, comment='Last day in the post, from the registry'),
    sa.Column('first_seen_date', sa.Date(), nullable=True, comment='First publication that names the person in the post'),
    sa.Column('last_seen_date', sa.Date(), nullable=True, comment='Last publication that names the person in the post'),
    sa.Column('origin', sa.Text(), nullable=False, comment='Where the registry read it; empty for tenures seen in articles only'),
    sa.CheckConstraint("acting IN ('Pj', 'Pjs', 'Plh', 'Plt')", name=op.f('ck_tenure_acting_closed')),
    sa.CheckConstraint('last_seen_date IS NULL OR first_seen_date <= last_seen_date', name=op.f('ck_tenure_seen_ordered')),
    sa.CheckConstraint('until_date IS NULL OR since_date IS NULL OR since_date <= until_date', name=op.f('ck_tenure_period_ordered')),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_tenure_agency_key_agency')),
    sa.ForeignKeyConstraint(['official_key'], ['official.key'], name=op.f('fk_tenure_official_key_official')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_tenure'))
    )
    with op.batch_alter_table('tenure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tenure_agency_key'), ['agency_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_tenure_official_key'), ['official_key'], unique=False)

    op.create_table('article_band',
    sa.Column('article_key', sa.Text(), nullable=False, comment='The article'),
    sa.Column('value', sa.Text(), nullable=False, comment='The band with its place in the signature; one is the digest of the whole folded text'),
    sa.ForeignKeyConstraint(['article_key'], ['article.key'], name=op.f('fk_article_band_article_key_article')),
    sa.PrimaryKeyConstraint('article_key', 'value', name=op.f('pk_article_band'))
    )
    with op.batch_alter_table('article_band', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_band_value'), ['value'], unique=False)

    op.create_table('article_copy',
    sa.Column('article_key', sa.Text(), nullable=False, comment='The article with the smaller key'),
    sa.Column('other_key', sa.Text(), nullable=False, comment='The other article'),
    sa.Column('containment_pct', sa.Float(), nullable=False, comment="Share of the shorter text's word runs that stand in the longer one, in percent"),
    sa.CheckConstraint('article_key < other_key', name=op.f('ck_article_copy_pair_ordered')),
    sa.CheckConstraint('containment_pct >= 0 AND containment_pct <= 100', name=op.f('ck_article_copy_containment_pct_within')),
    sa.ForeignKeyConstraint(['article_key'], ['article.key'], name=op.f('fk_article_copy_article_key_article')),
    sa.ForeignKeyConstraint(['other_key'], ['article.key'], name=op.f('fk_article_copy_other_key_article')),
    sa.PrimaryKeyConstraint('article_key', 'other_key', name=op.f('pk_article_copy'))
    )
    with op.batch_alter_table('article_copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_copy_other_key'), ['other_key'], unique=False)

    op.create_table('article_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Row number, for the full-text index'),
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of the article and the content of this version'),
    sa.Column('article_key', sa.Text(), nullable=False, comment='The article'),
    sa.Column('title', sa.Text(), nullable=False, comment='Title as read'),
    sa.Column('text', sa.Text(), nullable=False, comment='Text as read, one paragraph a line; offsets of evidence count its code points'),
    sa.Column('published', sa.Text(), nullable=True, comment='ISO date or date-time as read'),
    sa.Column('authors', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Authors, a list'),
    sa.Column('editors', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Editors, a list'),
    sa.Column('language', sa.Text(), nullable=True, comment='Language of the text, ISO 639-1'),
    sa.Column('tags', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Tags the outlet gave it, a list'),
    sa.Column('seen_at', Moment(), nullable=False, comment='When this version was last seen at its address, or recorded where it has none'),
    sa.Column('reading_digest', sa.Text(), nullable=False, comment='Digest of everything that was understood from it'),
    sa.Column('reader', sa.Text(), nullable=False, comment='Version of the reader whose reading is stored'),
    sa.Column('read_at', Moment(), nullable=False, comment='When that reading was recorded'),
    sa.Column('run_key', sa.Text(), nullable=True, comment='Run that recorded it'),
    sa.Column('flags', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Flags of the reading, a list'),
    sa.Column('unread', sa.Text(), nullable=True, comment='Why this version yields no claims'),
    sa.Column('superseded', sa.Boolean(), nullable=False, comment='Whether a later version holds'),
    sa.CheckConstraint("unread IN ('language', 'no_text', 'not_relevant')", name=op.f('ck_article_version_unread_closed')),
    sa.ForeignKeyConstraint(['article_key'], ['article.key'], name=op.f('fk_article_version_article_key_article')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_version')),
    sa.UniqueConstraint('key', name=op.f('uq_article_version_key'))
    )
    with op.batch_alter_table('article_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_version_article_key_seen_at'), ['article_key', 'seen_at'], unique=False)

    op.create_table('evaluation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='Row number, for the full-text index'),
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of programme, edition year, category, innovation and recipient'),
    sa.Column('programme_id', sa.Text(), nullable=False, comment='Programme key, or name:folded name, or giver:giver where the programme has no name'),
    sa.Column('entity_key', sa.Text(), nullable=False, comment='The recipient as an entity: its key, or ~slug of the unresolved name'),
    sa.Column('programme', sa.Text(), nullable=True, comment='Key of the programme'),
    sa.Column('programme_name', sa.Text(), nullable=True, comment='Name of the programme'),
    sa.Column('edition_year', sa.Integer(), nullable=True, comment='The year being judged'),
    sa.Column('kind', sa.Text(), nullable=False, comment='Kind of the result'),
    sa.Column('category', sa.Text(), nullable=True, comment='Category of the competition'),
    sa.Column('innovation', sa.Text(), nullable=True, comment='Product or innovation that was judged'),
    sa.Column('predicate', sa.Text(), nullable=True, comment="Word or letter on the programme's own scale"),
    sa.Column('tier', sa.Text(), nullable=True, comment='Group without order inside it'),
    sa.Column('rank', sa.Integer(), nullable=True, comment='Ordered place, 1 is best'),
    sa.Column('rank_of', sa.Integer(), nullable=True, comment='Out of how many'),
    sa.Column('rank_scope', sa.Text(), nullable=True, comment='Among whom'),
    sa.Column('score', sa.Float(), nullable=True, comment='Score in score_unit'),
    sa.Column('score_unit', sa.Text(), nullable=True, comment='Unit of the score'),
    sa.Column('recipient_name', sa.Text(), nullable=False, comment='Canonical name of the recipient'),
    sa.Column('recipient_key', sa.Text(), nullable=True, comment='Registry key of the recipient; NULL where unresolved'),
    sa.Column('province_code', sa.Text(), nullable=True, comment='Province of the recipient'),
    sa.Column('province_name', sa.Text(), nullable=True, comment='Name of that province'),
    sa.Column('giver', sa.Text(), nullable=True, comment='Canonical name of the body that gives or judges'),
    sa.Column('giver_key', sa.Text(), nullable=True, comment='Registry key of the giver'),
    sa.Column('presented_by_name', sa.Text(), nullable=True, comment='Who handed it over'),
    sa.Column('presented_by_position', sa.Text(), nullable=True, comment='Post of who handed it over'),
    sa.Column('received_by_name', sa.Text(), nullable=True, comment='Who took it'),
    sa.Column('received_by_position', sa.Text(), nullable=True, comment='Post of who took it'),
    sa.Column('also_received_by', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Others who took it, a list of {name, position}'),
    sa.Column('addressed_to_name', sa.Text(), nullable=True, comment='Whom the receiver stood in for'),
    sa.Column('addressed_to_position', sa.Text(), nullable=True, comment='Post of whom the receiver stood in for'),
    sa.Column('event_date', sa.Date(), nullable=True, comment='Day of the award or announcement'),
    sa.Column('venue', sa.Text(), nullable=True, comment='Venue as printed'),
    sa.Column('status', sa.Text(), nullable=False, comment='conferred or announced'),
    sa.Column('count_total', sa.Integer(), nullable=True, comment='How many times in all'),
    sa.Column('count_streak', sa.Integer(), nullable=True, comment='How many times in a row'),
    sa.Column('flags', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Flags of the claims that are shown, a list'),
    sa.Column('confidence', sa.Float(), nullable=False, comment='Confidence that the result is as shown, 0 to 1'),
    sa.Column('rules', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Which rule chose the shown value of each field, an object'),
    sa.Column('claim_count', sa.Integer(), nullable=False, comment='Claims under it'),
    sa.Column('article_count', sa.Integer(), nullable=False, comment='Articles under it'),
    sa.Column('source_count', sa.Integer(), nullable=False, comment='Independent sources: copies of one story and one outlet count once'),
    sa.Column('official_count', sa.Integer(), nullable=False, comment='Articles of government bodies among them'),
    sa.Column('conflict_count', sa.Integer(), nullable=False, comment='Fields on which sources differ'),
    sa.Column('first_published_date', sa.Date(), nullable=True, comment='First publication that tells it'),
    sa.Column('last_published_date', sa.Date(), nullable=True, comment='Last publication that tells it'),
    sa.Column('shown_date', sa.Date(), nullable=False, comment="Day it is listed under: the event, else the first publication, else the edition year's end"),
    sa.Column('reader', sa.Text(), nullable=False, comment='Version of the reader behind its newest claim'),
    sa.Column('review', sa.Text(), nullable=False, comment='open, accepted, rejected, or changed since somebody decided'),
    sa.Column('taken_down', sa.Boolean(), nullable=False, comment='Whether it was taken down and is shown to nobody'),
    sa.Column('queue_weight', sa.Float(), nullable=False, comment='How much a look at it is worth: doubt times use; 0 where decided'),
    sa.Column('result_digest', sa.Text(), nullable=False, comment='Digest of the result before corrections: what a decision is about'),
    sa.Column('digest', sa.Text(), nullable=False, comment='Digest of everything shown'),
    sa.CheckConstraint("event_date >= '1945-08-17' AND event_date <= '2100-12-31'", name=op.f('ck_evaluation_event_date_reasonable')),
    sa.CheckConstraint("kind IN ('award', 'certification', 'honour', 'incentive', 'opinion', 'predicate', 'ranking', 'score')", name=op.f('ck_evaluation_kind_closed')),
    sa.CheckConstraint("review IN ('accepted', 'changed', 'open', 'rejected')", name=op.f('ck_evaluation_review_closed')),
    sa.CheckConstraint("score_unit IN ('index100', 'index4', 'index5', 'percent', 'points', 'rupiah')", name=op.f('ck_evaluation_score_unit_closed')),
    sa.CheckConstraint("shown_date >= '1945-08-17' AND shown_date <= '2100-12-31'", name=op.f('ck_evaluation_shown_date_reasonable')),
    sa.CheckConstraint("status IN ('announced', 'conferred')", name=op.f('ck_evaluation_status_closed')),
    sa.CheckConstraint('claim_count >= 1 AND source_count >= 1 AND source_count <= article_count', name=op.f('ck_evaluation_supported')),
    sa.CheckConstraint('confidence >= 0 AND confidence <= 1', name=op.f('ck_evaluation_confidence_within')),
    sa.CheckConstraint('count_streak >= 1 AND count_total >= 1 AND count_streak <= count_total', name=op.f('ck_evaluation_counts_within')),
    sa.CheckConstraint('edition_year >= 1945 AND edition_year <= 2100', name=op.f('ck_evaluation_edition_year_within')),
    sa.CheckConstraint('length(recipient_name) > 0', name=op.f('ck_evaluation_recipient_name_said')),
    sa.CheckConstraint('rank >= 1 AND rank_of >= 1 AND rank <= rank_of', name=op.f('ck_evaluation_rank_within_field')),
    sa.CheckConstraint('score >= 0', name=op.f('ck_evaluation_score_counted')),
    sa.ForeignKeyConstraint(['entity_key'], ['agency.key'], name=op.f('fk_evaluation_entity_key_agency')),
    sa.ForeignKeyConstraint(['giver_key'], ['agency.key'], name=op.f('fk_evaluation_giver_key_agency')),
    sa.ForeignKeyConstraint(['programme'], ['programme.key'], name=op.f('fk_evaluation_programme_programme')),
    sa.ForeignKeyConstraint(['recipient_key'], ['agency.key'], name=op.f('fk_evaluation_recipient_key_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('key', name=op.f('uq_evaluation_key'))
    )
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.create_index('ix_evaluation_contested', ['shown_date', 'key'], unique=False, sqlite_where=sa.text('conflict_count > 0'), postgresql_where=sa.text('conflict_count > 0'))
        batch_op.create_index(batch_op.f('ix_evaluation_edition_year_shown_date_key'), ['edition_year', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_entity_key_shown_date_key'), ['entity_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_giver_key_shown_date_key'), ['giver_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_kind_shown_date_key'), ['kind', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_programme_edition_year_shown_date_key'), ['programme', 'edition_year', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_programme_shown_date_key'), ['programme', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_province_code_shown_date_key'), ['province_code', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_queue_weight_key'), ['queue_weight', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_recipient_key_shown_date_key'), ['recipient_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_evaluation_shown_date_key'), ['shown_date', 'key'], unique=False)

    op.create_table('programme_giver',
    sa.Column('programme', sa.Text(), nullable=False, comment='The programme'),
    sa.Column('place', sa.Integer(), nullable=False, comment='Place in the registry, from 0, oldest first'),
    sa.Column('agency_key', sa.Text(), nullable=False, comment='The body'),
    sa.Column('since_year', sa.Integer(), nullable=True, comment='First edition'),
    sa.Column('until_year', sa.Integer(), nullable=True, comment='Last edition'),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_programme_giver_agency_key_agency')),
    sa.ForeignKeyConstraint(['programme'], ['programme.key'], name=op.f('fk_programme_giver_programme_programme')),
    sa.PrimaryKeyConstraint('programme', 'place', name=op.f('pk_programme_giver'))
    )
    op.create_table('programme_step',
    sa.Column('programme', sa.Text(), nullable=False, comment='The programme'),
    sa.Column('scale', sa.Integer(), nullable=False, comment='Number of the scale, from 0, oldest first'),
    sa.Column('place', sa.Integer(), nullable=False, comment='Place on the scale, 1 is best'),
    sa.Column('name', sa.Text(), nullable=False, comment='Name of the step as it is stored in `predicate`'),
    sa.Column('spellings', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Other ways it is printed, a list'),
    sa.Column('low', sa.Float(), nullable=True, comment="Lowest score of the step, included, in the programme's unit"),
    sa.Column('high', sa.Float(), nullable=True, comment="Highest score of the step, included, in the programme's unit"),
    sa.Column('since_year', sa.Integer(), nullable=True, comment='First edition on this scale'),
    sa.Column('until_year', sa.Integer(), nullable=True, comment='Last edition on this scale'),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_programme_step_name_said')),
    sa.CheckConstraint('low IS NULL OR high IS NULL OR low <= high', name=op.f('ck_programme_step_bounds_ordered')),
    sa.ForeignKeyConstraint(['programme'], ['programme.key'], name=op.f('fk_programme_step_programme_programme')),
    sa.PrimaryKeyConstraint('programme', 'scale', 'place', name=op.f('pk_programme_step'))
    )
    op.create_table('claim',
    sa.Column('key', sa.Text(), nullable=False, comment='Key made of the article version and the content of the claim'),
    sa.Column('identity_key', sa.Text(), nullable=False, comment='Key made of article, programme, edition year, category, innovation and recipient'),
    sa.Column('article_key', sa.Text(), nullable=False, comment='The article'),
    sa.Column('version_key', sa.Text(), nullable=False, comment='The version of the article'),
    sa.Column('evaluation_key', sa.Text(), nullable=True, comment='The evaluation it supports; NULL where it supports none'),
    sa.Column('superseded', sa.Boolean(), nullable=False, comment='Whether a later version or reading of the article took its place'),
    sa.Column('superseded_at', Moment(), nullable=True, comment='When its place was taken'),
    sa.Column('reader', sa.Text(), nullable=False, comment='Version of the reader that made it'),
    sa.Column('run_key', sa.Text(), nullable=True, comment='Run that recorded it'),
    sa.Column('recorded_at', Moment(), nullable=False, comment='When it was recorded'),
    sa.Column('programme_id', sa.Text(), nullable=False, comment='Programme key, or name:folded name, or giver:giver where the programme has no name'),
    sa.Column('entity_key', sa.Text(), nullable=False, comment='The recipient as an entity: its key, or ~slug of the unresolved name'),
    sa.Column('outlet', sa.Text(), nullable=True, comment='Outlet of the article'),
    sa.Column('province_code', sa.Text(), nullable=True, comment='Province of the recipient'),
    sa.Column('shown_date', sa.Date(), nullable=False, comment='Day it is listed under: that of its article'),
    sa.Column('background', sa.Boolean(), nullable=False, comment='Whether it is told as background to another result'),
    sa.Column('programme', sa.Text(), nullable=True, comment='Key of the programme'),
    sa.Column('programme_name', sa.Text(), nullable=True, comment='Name of the programme, as printed where it has no key'),
    sa.Column('edition_year', sa.Integer(), nullable=True, comment='The year being judged'),
    sa.Column('kind', sa.Text(), nullable=False, comment='Kind of the result'),
    sa.Column('category', sa.Text(), nullable=True, comment='Category of the competition'),
    sa.Column('innovation', sa.Text(), nullable=True, comment='Product or innovation that was judged'),
    sa.Column('predicate', sa.Text(), nullable=True, comment="Word or letter on the programme's own scale"),
    sa.Column('tier', sa.Text(), nullable=True, comment='Group without order inside it'),
    sa.Column('rank', sa.Integer(), nullable=True, comment='Ordered place, 1 is best'),
    sa.Column('rank_of', sa.Integer(), nullable=True, comment='Out of how many'),
    sa.Column('rank_scope', sa.Text(), nullable=True, comment='Among whom'),
    sa.Column('score', sa.Float(), nullable=True, comment='Score in score_unit'),
    sa.Column('score_unit', sa.Text(), nullable=True, comment='Unit of the score'),
    sa.Column('recipient', sa.Text(), nullable=False, comment='Recipient as printed'),
    sa.Column('recipient_name', sa.Text(), nullable=False, comment='Canonical name of the recipient'),
    sa.Column('recipient_key', sa.Text(), nullable=True, comment='Registry key of the recipient; NULL where unresolved'),
    sa.Column('giver', sa.Text(), nullable=True, comment='Canonical name of the body that gives or judges'),
    sa.Column('giver_key', sa.Text(), nullable=True, comment='Registry key of the giver'),
    sa.Column('presented_by_name', sa.Text(), nullable=True, comment='Who handed it over'),
    sa.Column('presented_by_position', sa.Text(), nullable=True, comment='Post of who handed it over'),
    sa.Column('received_by_name', sa.Text(), nullable=True, comment='Who took it'),
    sa.Column('received_by_position', sa.Text(), nullable=True, comment='Post of who took it'),
    sa.Column('also_received_by', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Others who took it, a list of {name, position}'),
    sa.Column('addressed_to_name', sa.Text(), nullable=True, comment='Whom the receiver stood in for'),
    sa.Column('addressed_to_position', sa.Text(), nullable=True, comment='Post of whom the receiver stood in for'),
    sa.Column('event_date', sa.Date(), nullable=True, comment='Day of the award or announcement'),
    sa.Column('venue', sa.Text(), nullable=True, comment='Venue as printed'),
    sa.Column('status', sa.Text(), nullable=False, comment='conferred or announced'),
    sa.Column('count_total', sa.Integer(), nullable=True, comment='How many times in all'),
    sa.Column('count_streak', sa.Integer(), nullable=True, comment='How many times in a row'),
    sa.Column('flags', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Flags from the closed list, a list'),
    sa.Column('confidence', sa.Float(), nullable=False, comment='Calibrated confidence, 0 to 1'),
    sa.CheckConstraint("event_date >= '1945-08-17' AND event_date <= '2100-12-31'", name=op.f('ck_claim_event_date_reasonable')),
    sa.CheckConstraint("kind IN ('award', 'certification', 'honour', 'incentive', 'opinion', 'predicate', 'ranking', 'score')", name=op.f('ck_claim_kind_closed')),
    sa.CheckConstraint("score_unit IN ('index100', 'index4', 'index5', 'percent', 'points', 'rupiah')", name=op.f('ck_claim_score_unit_closed')),
    sa.CheckConstraint("status IN ('announced', 'conferred')", name=op.f('ck_claim_status_closed')),
    sa.CheckConstraint('confidence >= 0 AND confidence <= 1', name=op.f('ck_claim_confidence_within')),
    sa.CheckConstraint('count_streak >= 1 AND count_total >= 1 AND count_streak <= count_total', name=op.f('ck_claim_counts_within')),
    sa.CheckConstraint('edition_year >= 1945 AND edition_year <= 2100', name=op.f('ck_claim_edition_year_within')),
    sa.CheckConstraint('length(recipient) > 0', name=op.f('ck_claim_recipient_said')),
    sa.CheckConstraint('length(recipient_name) > 0', name=op.f('ck_claim_recipient_name_said')),
    sa.CheckConstraint('rank >= 1 AND rank_of >= 1 AND rank <= rank_of', name=op.f('ck_claim_rank_within_field')),
    sa.CheckConstraint('score >= 0', name=op.f('ck_claim_score_counted')),
    sa.CheckConstraint('superseded OR superseded_at IS NULL', name=op.f('ck_claim_superseded_dated')),
    sa.ForeignKeyConstraint(['article_key'], ['article.key'], name=op.f('fk_claim_article_key_article')),
    sa.ForeignKeyConstraint(['entity_key'], ['agency.key'], name=op.f('fk_claim_entity_key_agency')),
    sa.ForeignKeyConstraint(['evaluation_key'], ['evaluation.key'], name=op.f('fk_claim_evaluation_key_evaluation')),
    sa.ForeignKeyConstraint(['giver_key'], ['agency.key'], name=op.f('fk_claim_giver_key_agency')),
    sa.ForeignKeyConstraint(['programme'], ['programme.key'], name=op.f('fk_claim_programme_programme')),
    sa.ForeignKeyConstraint(['recipient_key'], ['agency.key'], name=op.f('fk_claim_recipient_key_agency')),
    sa.ForeignKeyConstraint(['version_key'], ['article_version.key'], name=op.f('fk_claim_version_key_article_version')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_claim'))
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_article_key'), ['article_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_edition_year_shown_date_key'), ['edition_year', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_entity_key'), ['entity_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_evaluation_key'), ['evaluation_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_giver_key_shown_date_key'), ['giver_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_identity_key'), ['identity_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_kind_shown_date_key'), ['kind', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_outlet_shown_date_key'), ['outlet', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_programme_id_entity_key'), ['programme_id', 'entity_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_programme_shown_date_key'), ['programme', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_province_code_shown_date_key'), ['province_code', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_recipient_key_shown_date_key'), ['recipient_key', 'shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_shown_date_key'), ['shown_date', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_version_key'), ['version_key'], unique=False)

    op.create_table('conflict',
    sa.Column('evaluation_key', sa.Text(), nullable=False, comment='The evaluation'),
    sa.Column('field', sa.Text(), nullable=False, comment='The field they differ on'),
    sa.Column('place', sa.Integer(), nullable=False, comment='The shown value first, then by support, from 0'),
    sa.Column('value', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='The value'),
    sa.Column('shown', sa.Boolean(), nullable=False, comment='Whether this value is shown'),
    sa.Column('source_count', sa.Integer(), nullable=False, comment='Independent sources that say so'),
    sa.Column('official', sa.Boolean(), nullable=False, comment='Whether a government body says so'),
    sa.Column('claim_keys', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='The claims that say so, a list'),
    sa.CheckConstraint('source_count >= 1', name=op.f('ck_conflict_source_counted')),
    sa.ForeignKeyConstraint(['evaluation_key'], ['evaluation.key'], name=op.f('fk_conflict_evaluation_key_evaluation')),
    sa.PrimaryKeyConstraint('evaluation_key', 'field', 'place', name=op.f('pk_conflict'))
    )
    op.create_table('edition',
    sa.Column('version_key', sa.Text(), nullable=False, comment='The article version'),
    sa.Column('place', sa.Integer(), nullable=False, comment='Place in the reading, from 0'),
    sa.Column('programme', sa.Text(), nullable=True, comment='Key of the programme'),
    sa.Column('programme_name', sa.Text(), nullable=True, comment='Name of the programme'),
    sa.Column('year', sa.Integer(), nullable=True, comment='The year being judged'),
    sa.Column('number', sa.Integer(), nullable=True, comment='Ordinal number of the round'),
    sa.Column('categories', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Categories of the competition, a list'),
    sa.Column('participants', sa.Integer(), nullable=True, comment='How many took part'),
    sa.Column('participant_parts', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Parts of the participants, a list of {count, who}'),
    sa.Column('steps', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Counts per step, a list of {count, who}'),
    sa.Column('flags', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Flags, a list'),
    sa.Column('evidence', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Evidence, a list of {field, in, start, end, text}'),
    sa.CheckConstraint('year >= 1945 AND year <= 2100', name=op.f('ck_edition_year_within')),
    sa.ForeignKeyConstraint(['programme'], ['programme.key'], name=op.f('fk_edition_programme_programme')),
    sa.ForeignKeyConstraint(['version_key'], ['article_version.key'], name=op.f('fk_edition_version_key_article_version')),
    sa.PrimaryKeyConstraint('version_key', 'place', name=op.f('pk_edition'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_programme_year'), ['programme', 'year'], unique=False)

    op.create_table('evaluation_outlet',
    sa.Column('evaluation_key', sa.Text(), nullable=False, comment='The evaluation'),
    sa.Column('outlet', sa.Text(), nullable=False, comment='The outlet'),
    sa.Column('shown_date', sa.Date(), nullable=False, comment='Day the evaluation is listed under'),
    sa.ForeignKeyConstraint(['evaluation_key'], ['evaluation.key'], name=op.f('fk_evaluation_outlet_evaluation_key_evaluation')),
    sa.PrimaryKeyConstraint('evaluation_key', 'outlet', name=op.f('pk_evaluation_outlet'))
    )
    with op.batch_alter_table('evaluation_outlet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_outlet_outlet_shown_date_evaluation_key'), ['outlet', 'shown_date', 'evaluation_key'], unique=False)

    op.create_table('mention',
    sa.Column('version_key', sa.Text(), nullable=False, comment='The article version'),
    sa.Column('number', sa.Integer(), nullable=False, comment='Place in the reading, from 0'),
    sa.Column('kind', sa.Text(), nullable=False, comment='agency or official'),
    sa.Column('name', sa.Text(), nullable=False, comment='Canonical name'),
    sa.Column('agency_key', sa.Text(), nullable=True, comment='The body, or the body the post belongs to'),
    sa.Column('agency_name', sa.Text(), nullable=True, comment='Name of the body the post belongs to, as read'),
    sa.Column('official_key', sa.Text(), nullable=True, comment='The person'),
    sa.Column('position', sa.Text(), nullable=True, comment='Canonical post'),
    sa.Column('acting', sa.Text(), nullable=True, comment='Pj, Plt, Plh or Pjs'),
    sa.Column('former', sa.Boolean(), nullable=False, comment='Whether the post was held before'),
    sa.Column('as_printed', sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=Text()), 'postgresql'), nullable=False, comment='Every way the article prints it, a list'),
    sa.CheckConstraint("acting IN ('Pj', 'Pjs', 'Plh', 'Plt')", name=op.f('ck_mention_acting_closed')),
    sa.CheckConstraint("kind IN ('agency', 'official')", name=op.f('ck_mention_kind_closed')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_mention_name_said')),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_mention_agency_key_agency')),
    sa.ForeignKeyConstraint(['official_key'], ['official.key'], name=op.f('fk_mention_official_key_official')),
    sa.ForeignKeyConstraint(['version_key'], ['article_version.key'], name=op.f('fk_mention_version_key_article_version')),
    sa.PrimaryKeyConstraint('version_key', 'number', name=op.f('pk_mention'))
    )
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mention_agency_key'), ['agency_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_mention_official_key'), ['official_key'], unique=False)

    op.create_table('snapshot',
    sa.Column('key', sa.Text(), nullable=False, comment='Key of the snapshot'),
    sa.Column('url', sa.Text(), nullable=False, comment='Canonical address'),
    sa.Column('fetched_url', sa.Text(), nullable=False, comment='Address that answered'),
    sa.Column('source_key', sa.Text(), nullable=False, comment='Source that fetched it'),
    sa.Column('fetched_at', Moment(), nullable=False, comment='When it was fetched'),
    sa.Column('status', sa.Integer(), nullable=False, comment='HTTP status'),
    sa.Column('mime', sa.Text(), nullable=False, comment='Media type'),
    sa.Column('digest', sa.Text(), nullable=False, comment='SHA-256 of the body'),
    sa.Column('length', sa.BigInteger(), nullable=False, comment='Length of the body in bytes'),
    sa.Column('file', sa.Text(), nullable=False, comment='Archive file that holds it'),
    sa.Column('position', sa.BigInteger(), nullable=False, comment='Offset of its record in the archive file, in bytes'),
    sa.Column('parent_url', sa.Text(), nullable=True, comment='Page that an attachment hangs on'),
    sa.Column('run_key', sa.Text(), nullable=True, comment='Run that fetched it'),
    sa.Column('version_key', sa.Text(), nullable=True, comment='Article version read from it'),
    sa.Column('reader', sa.Text(), nullable=True, comment='Version of the reader that looked at it last'),
    sa.Column('read_at', Moment(), nullable=True, comment='When it was looked at last'),
    sa.Column('set_aside_reason', sa.Text(), nullable=True, comment='Why no article could be made of it'),
    sa.CheckConstraint('length >= 0 AND position >= 0', name=op.f('ck_snapshot_position_counted')),
    sa.ForeignKeyConstraint(['source_key'], ['source.key'], name=op.f('fk_snapshot_source_key_source')),
    sa.ForeignKeyConstraint(['version_key'], ['article_version.key'], name=op.f('fk_snapshot_version_key_article_version')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_snapshot'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_source_key_fetched_at'), ['source_key', 'fetched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_snapshot_url_fetched_at'), ['url', 'fetched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_snapshot_version_key'), ['version_key'], unique=False)

    op.create_table('evidence',
    sa.Column('claim_key', sa.Text(), nullable=False, comment='The claim'),
    sa.Column('number', sa.Integer(), nullable=False, comment="Place in the claim's list, from 0"),
    sa.Column('field', sa.Text(), nullable=False, comment='Field that was read here'),
    sa.Column('place', sa.Text(), nullable=False, comment='Where it stands: title or text (JSON name: in)'),
    sa.Column('start_offset', sa.Integer(), nullable=False, comment='First code point (JSON name: start)'),
    sa.Column('end_offset', sa.Integer(), nullable=False, comment='Code point after the last (JSON name: end)'),
    sa.Column('quotation', sa.Text(), nullable=False, comment='The characters themselves (JSON name: text)'),
    sa.Column('page', sa.Integer(), nullable=True, comment='Page of the document'),
    sa.Column('row', sa.Integer(), nullable=True, comment='Row of the table'),
    sa.CheckConstraint("place IN ('text', 'title')", name=op.f('ck_evidence_place_closed')),
    sa.CheckConstraint('length(quotation) = end_offset - start_offset', name=op.f('ck_evidence_quotation_spans')),
    sa.CheckConstraint('start_offset >= 0 AND end_offset > start_offset', name=op.f('ck_evidence_span_ordered')),
    sa.ForeignKeyConstraint(['claim_key'], ['claim.key'], name=op.f('fk_evidence_claim_key_claim')),
    sa.PrimaryKeyConstraint('claim_key', 'number', name=op.f('pk_evidence'))
    )
    _index_texts()


def downgrade() -> None:
    _drop_text_indexes()
    op.drop_table('evidence')
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_snapshot_version_key'))
        batch_op.drop_index(batch_op.f('ix_snapshot_url_fetched_at'))
        batch_op.drop_index(batch_op.f('ix_snapshot_source_key_fetched_at'))

    op.drop_table('snapshot')
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mention_official_key'))
        batch_op.drop_index(batch_op.f('ix_mention_agency_key'))

    op.drop_table('mention')
    with op.batch_alter_table('evaluation_outlet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_outlet_outlet_shown_date_evaluation_key'))

    op.drop_table('evaluation_outlet')
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_programme_year'))

    op.drop_table('edition')
    op.drop_table('conflict')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_claim_version_key'))
        batch_op.drop_index(batch_op.f('ix_claim_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_recipient_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_province_code_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_programme_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_programme_id_entity_key'))
        batch_op.drop_index(batch_op.f('ix_claim_outlet_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_kind_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_identity_key'))
        batch_op.drop_index(batch_op.f('ix_claim_giver_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_evaluation_key'))
        batch_op.drop_index(batch_op.f('ix_claim_entity_key'))
        batch_op.drop_index(batch_op.f('ix_claim_edition_year_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_claim_article_key'))

    op.drop_table('claim')
    op.drop_table('programme_step')
    op.drop_table('programme_giver')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_recipient_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_queue_weight_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_province_code_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_programme_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_programme_edition_year_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_kind_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_giver_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_entity_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_evaluation_edition_year_shown_date_key'))
        batch_op.drop_index('ix_evaluation_contested', sqlite_where=sa.text('conflict_count > 0'), postgresql_where=sa.text('conflict_count > 0'))

    op.drop_table('evaluation')
    with op.batch_alter_table('article_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_version_article_key_seen_at'))

    op.drop_table('article_version')
    with op.batch_alter_table('article_copy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_copy_other_key'))

    op.drop_table('article_copy')
    with op.batch_alter_table('article_band', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_band_value'))

    op.drop_table('article_band')
    with op.batch_alter_table('tenure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tenure_official_key'))
        batch_op.drop_index(batch_op.f('ix_tenure_agency_key'))

    op.drop_table('tenure')
    op.drop_table('programme')
    with op.batch_alter_table('drift', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_drift_source_key_seen_at'))

    op.drop_table('drift')
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_story_key'))
        batch_op.drop_index(batch_op.f('ix_article_source_key_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_article_shown_date_key'))
        batch_op.drop_index(batch_op.f('ix_article_outlet_shown_date_key'))

    op.drop_table('article')
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_source_key_next_due'))

    op.drop_table('address')
    op.drop_table('unmerged')
    op.drop_table('source')
    op.drop_table('run')
    with op.batch_alter_table('official', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_official_folded_name'))

    op.drop_table('official')
    with op.batch_alter_table('evaluation_history', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_history_programme_id_entity_key_changed_at'))

    op.drop_table('evaluation_history')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_target_target_key'))
        batch_op.drop_index(batch_op.f('ix_decision_other_key'))

    op.drop_table('decision')
    op.drop_table('audit_sample')
    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agency_province_code_level_key'))
        batch_op.drop_index(batch_op.f('ix_agency_likely_key'))
        batch_op.drop_index(batch_op.f('ix_agency_level_key'))
        batch_op.drop_index(batch_op.f('ix_agency_folded_name'))

    op.drop_table('agency')
