"""Every table"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('county', sa.String(length=60), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('time_zone', sa.String(length=40), nullable=False),
    sa.Column('state', sa.Enum('planned', 'open', 'published', 'archived', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('intro', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('submit_by', sa.Date(), nullable=True),
    sa.Column('print_by', sa.Date(), nullable=True),
    sa.Column('verified_may_publish', sa.Boolean(), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('number_prefix', sa.String(length=12), nullable=False),
    sa.Column('next_number', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_edition_days_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('name', name=op.f('uq_edition_name')),
    sa.UniqueConstraint('number_prefix', name=op.f('uq_edition_number_prefix')),
    sa.UniqueConstraint('slug', name=op.f('uq_edition_slug'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_state'), ['state'], unique=False)

    op.create_table('form_receipt',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('location', sa.String(length=500), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_form_receipt'))
    )
    with op.batch_alter_table('form_receipt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_receipt_expires_at'), ['expires_at'], unique=False)

    op.create_table('kept_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('had_files', sa.Boolean(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_form')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_kept_form_token_hash'))
    )
    with op.batch_alter_table('kept_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_form_expires_at'), ['expires_at'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('to_address', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('given_up_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_due', ['sent_at', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_key'), ['key'], unique=False)

    op.create_table('log_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('subject_name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_entry'))
    )
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.create_index('ix_log_entry_subject', ['subject_type', 'subject_id', 'at'], unique=False)

    op.create_table('theme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('name', name=op.f('uq_theme_name')),
    sa.UniqueConstraint('slug', name=op.f('uq_theme_slug'))
    )
    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('session_key', sa.String(length=64), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('last_signed_in_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_user_account_email_lower')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email')),
    sa.UniqueConstraint('session_key', name=op.f('uq_user_account_session_key'))
    )
    op.create_table('coordinator_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kommun_code', sa.String(length=4), nullable=True),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_coordinator_role_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coordinator_role')),
    sa.UniqueConstraint('user_id', 'kommun_code', name=op.f('uq_coordinator_role_user_id_kommun_code'))
    )
    with op.batch_alter_table('coordinator_role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coordinator_role_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_coordinator_role_county', ['user_id'], unique=True, sqlite_where=sa.text('kommun_code IS NULL'), postgresql_where=sa.text('kommun_code IS NULL'))

    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_criterion_edition_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('edition_id', 'code', name=op.f('uq_criterion_edition_id_code'))
    )
    op.create_table('edition_theme',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_theme_edition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_edition_theme_theme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('edition_id', 'theme_id', name=op.f('pk_edition_theme'))
    )
    with op.batch_alter_table('edition_theme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_theme_theme_id'), ['theme_id'], unique=False)

    op.create_table('email_confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('next_path', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_email_confirmation_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_confirmation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_email_confirmation_token_hash'))
    )
    with op.batch_alter_table('email_confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_email_confirmation_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_email_confirmation_user_id'), ['user_id'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('name_key', sa.String(length=320), nullable=False),
    sa.Column('kind', sa.Enum('kommun', 'region', 'state_agency', 'association', 'study_association', 'library', 'school', 'university', 'faith_community', 'party', 'company', 'other', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('kommun_code', sa.String(length=4), nullable=True),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('public_email', sa.String(length=254), nullable=False),
    sa.Column('public_phone', sa.String(length=30), nullable=False),
    sa.Column('responsible_name', sa.String(length=120), nullable=False),
    sa.Column('terms_accepted_at', sa.DateTime(), nullable=True),
    sa.Column('standing', sa.Enum('unclaimed', 'pending', 'verified', 'refused', 'suspended', name='standing', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('standing_reason', sa.Text(), nullable=False),
    sa.Column('standing_set_by_id', sa.Integer(), nullable=True),
    sa.Column('standing_set_at', sa.DateTime(), nullable=True),
    sa.Column('claim', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('claimed_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(claim IS NULL) = (claimed_by_id IS NULL)', name=op.f('ck_organisation_claimed_by_somebody')),
    sa.CheckConstraint("claim IS NULL OR standing = 'unclaimed'", name=op.f('ck_organisation_claimed_once')),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['user_account.id'], name=op.f('fk_organisation_claimed_by_id')),
    sa.ForeignKeyConstraint(['standing_set_by_id'], ['user_account.id'], name=op.f('fk_organisation_standing_set_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('name', name=op.f('uq_organisation_name')),
    sa.UniqueConstraint('name_key', name=op.f('uq_organisation_name_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisation_slug'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_claimed_by_id'), ['claimed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_kommun_code'), ['kommun_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_standing'), ['standing'], unique=False)

    op.create_table('sign_in_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('next_path', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_link_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_link_user_id'), ['user_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('organiser_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('external_id', sa.String(length=200), nullable=True),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('activity', sa.Enum('samtal', 'lunchsamtal', 'forelasning', 'seminarium', 'panelsamtal', 'fragestund', 'workshop', 'utstallning', 'teater', 'film', 'studiebesok', 'tipspromenad', 'quiz', 'tavling', 'oppet-hus', 'mot-fortroendevalda', 'medborgardialog', 'skolaktivitet', 'bokcirkel', 'studiecirkel', 'invigning', 'natverkstraff', 'temadag', 'erbjudande', 'annat', name='activity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('age_from', sa.Integer(), nullable=True),
    sa.Column('age_to', sa.Integer(), nullable=True),
    sa.Column('is_free', sa.Boolean(), nullable=True),
    sa.Column('price', sa.String(length=120), nullable=False),
    sa.Column('accessibility_note', sa.Text(), nullable=False),
    sa.Column('contact_name', sa.String(length=120), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('contact_phone', sa.String(length=30), nullable=False),
    sa.Column('sign_up', sa.Enum('none', 'external', 'contact', 'unstated', name='sign_up', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('sign_up_url', sa.String(length=500), nullable=False),
    sa.Column('sign_up_note', sa.String(length=300), nullable=False),
    sa.Column('sign_up_by', sa.Date(), nullable=True),
    sa.Column('visibility', sa.Enum('public', 'closed', name='visibility', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_countywide', sa.Boolean(), nullable=False),
    sa.Column('part_of_id', sa.Integer(), nullable=True),
    sa.Column('series', sa.String(length=120), nullable=False),
    sa.Column('image_file', sa.String(length=120), nullable=False),
    sa.Column('image_alt', sa.String(length=250), nullable=False),
    sa.Column('image_credit', sa.String(length=160), nullable=False),
    sa.Column('source_note', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'rejected', 'published', 'cancelled', 'withdrawn', 'archived', name='status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decision_criterion_id', sa.Integer(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('changed_after_review_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('age_from IS NULL OR age_to IS NULL OR age_from <= age_to', name=op.f('ck_event_ages_in_order')),
    sa.CheckConstraint('length(description) <= 4000', name=op.f('ck_event_description_length')),
    sa.CheckConstraint('length(summary) <= 300', name=op.f('ck_event_summary_length')),
    sa.CheckConstraint('length(title) BETWEEN 1 AND 100', name=op.f('ck_event_title_length')),
    sa.CheckConstraint('part_of_id IS NULL OR part_of_id <> id', name=op.f('ck_event_not_part_of_itself')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_event_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decision_criterion_id'], ['criterion.id'], name=op.f('fk_event_decision_criterion_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_event_edition_id')),
    sa.ForeignKeyConstraint(['organiser_id'], ['organisation.id'], name=op.f('fk_event_organiser_id')),
    sa.ForeignKeyConstraint(['part_of_id'], ['event.id'], name=op.f('fk_event_part_of_id')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['user_account.id'], name=op.f('fk_event_saved_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('external_id', name=op.f('uq_event_external_id')),
    sa.UniqueConstraint('number', name=op.f('uq_event_number')),
    sa.UniqueConstraint('slug', name=op.f('uq_event_slug'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_edition_status', ['edition_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_organiser_id'), ['organiser_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_part_of_id'), ['part_of_id'], unique=False)

    op.create_table('member_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.Enum('editor', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user_account.id'], name=op.f('fk_member_invitation_invited_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_member_invitation_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_member_invitation_token_hash'))
    )
    with op.batch_alter_table('member_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_invitation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('editor', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_membership_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('user_id', 'organisation_id', name=op.f('uq_membership_user_id_organisation_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)

    op.create_table('organisation_slug',
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_slug_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_organisation_slug'))
    )
    with op.batch_alter_table('organisation_slug', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_slug_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('venue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('physical', 'digital', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('is_private', sa.Boolean(), nullable=False),
    sa.Column('is_placeholder', sa.Boolean(), nullable=False),
    sa.Column('kommun_code', sa.String(length=4), nullable=True),
    sa.Column('street', sa.String(length=160), nullable=False),
    sa.Column('postcode', sa.String(length=5), nullable=False),
    sa.Column('town', sa.String(length=80), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('rooms', sa.Text(), nullable=False),
    sa.Column('directions', sa.Text(), nullable=False),
    sa.Column('is_outdoors', sa.Boolean(), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('platform', sa.String(length=80), nullable=False),
    sa.Column('join_url', sa.String(length=500), nullable=False),
    sa.Column('dial_in', sa.String(length=120), nullable=False),
    sa.Column('link_audience', sa.Enum('public', 'registered', name='link_audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind <> 'digital' OR (latitude IS NULL AND street = '')", name=op.f('ck_venue_digital_has_no_address')),
    sa.CheckConstraint("kind <> 'physical' OR join_url = ''", name=op.f('ck_venue_physical_has_no_link')),
    sa.CheckConstraint('(latitude IS NULL) = (longitude IS NULL)', name=op.f('ck_venue_whole_point')),
    sa.CheckConstraint('capacity IS NULL OR capacity > 0', name=op.f('ck_venue_capacity_positive')),
    sa.CheckConstraint('latitude IS NULL OR (latitude BETWEEN -90 AND 90)', name=op.f('ck_venue_latitude')),
    sa.CheckConstraint('longitude IS NULL OR (longitude BETWEEN -180 AND 180)', name=op.f('ck_venue_longitude')),
    sa.CheckConstraint('merged_into_id IS NULL OR merged_into_id <> id', name=op.f('ck_venue_not_merged_into_itself')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['venue.id'], name=op.f('fk_venue_merged_into_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['organisation.id'], name=op.f('fk_venue_owner_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue')),
    sa.UniqueConstraint('slug', name=op.f('uq_venue_slug'))
    )
    with op.batch_alter_table('venue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venue_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_venue_kommun_code'), ['kommun_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_venue_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_venue_owner_id'), ['owner_id'], unique=False)

    op.create_table('event_audience',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('audience', sa.Enum('alla', 'barn', 'unga', 'gymnasieelever', 'forstagangsvaljare', 'utrikesfodda', 'nyanlanda', 'aldre', 'funktionsnedsattning', 'nationella-minoriteter', 'foreningar', 'fortroendevalda', 'tjanstepersoner', 'skolklasser', 'larare', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_audience_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'audience', name=op.f('pk_event_audience'))
    )
    with op.batch_alter_table('event_audience', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_audience_audience'), ['audience'], unique=False)

    op.create_table('event_feature',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('feature', sa.Enum('step_free', 'lift', 'accessible_wc', 'hearing_loop', 'microphone', 'accessible_parking', 'quiet_room', 'assistance_dog', 'sign_language', 'speech_to_text', 'audio_description', 'captions', 'easy_read', 'companion', name='feature', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answer', sa.Enum('yes', 'no', 'unknown', name='answer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_feature_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'feature', name=op.f('pk_event_feature'))
    )
    op.create_table('event_kommun',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kommun_code', sa.String(length=4), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_kommun_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'kommun_code', name=op.f('pk_event_kommun'))
    )
    with op.batch_alter_table('event_kommun', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_kommun_kommun_code'), ['kommun_code'], unique=False)

    op.create_table('event_language',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('use', sa.Enum('spoken', 'interpreted', name='use', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_language_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'code', 'use', name=op.f('pk_event_language'))
    )
    with op.batch_alter_table('event_language', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_language_code'), ['code'], unique=False)

    op.create_table('event_slug',
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_slug_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_event_slug'))
    )
    with op.batch_alter_table('event_slug', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_slug_event_id'), ['event_id'], unique=False)

    op.create_table('event_text',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_text_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'language', name=op.f('pk_event_text'))
    )
    op.create_table('event_theme',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_theme_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_event_theme_theme_id')),
    sa.PrimaryKeyConstraint('event_id', 'theme_id', name=op.f('pk_event_theme'))
    )
    with op.batch_alter_table('event_theme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_theme_theme_id'), ['theme_id'], unique=False)

    op.create_table('hosting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('invited_email', sa.String(length=254), nullable=False),
    sa.Column('invited_name', sa.String(length=160), nullable=False),
    sa.Column('role', sa.Enum('co_organiser', 'participant', 'venue_host', 'supporter', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('asked', 'accepted', 'declined', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('may_edit', sa.Boolean(), nullable=False),
    sa.Column('message', sa.String(length=500), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_letter', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('accepted_facts', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('told_facts', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('needs_confirmation', sa.Boolean(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('token_expires_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("organisation_id IS NOT NULL OR invited_email <> ''", name=op.f('ck_hosting_somebody_is_asked')),
    sa.CheckConstraint("state <> 'accepted' OR organisation_id IS NOT NULL", name=op.f('ck_hosting_accepted_by_somebody')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_hosting_answered_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_hosting_asked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_hosting_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_hosting_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hosting')),
    sa.UniqueConstraint('event_id', 'organisation_id', name=op.f('uq_hosting_event_id_organisation_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_hosting_token_hash'))
    )
    with op.batch_alter_table('hosting', schema=None) as batch_op:
        batch_op.create_index('ix_hosting_organisation_state', ['organisation_id', 'state'], unique=False)

    op.create_table('occurrence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=200), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('time_kind', sa.Enum('start_and_end', 'start_only', 'opening_hours', 'within_span', 'on_booking', name='time_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=True),
    sa.Column('ends_at', sa.DateTime(), nullable=True),
    sa.Column('time_note', sa.String(length=300), nullable=False),
    sa.Column('is_open_ended', sa.Boolean(), nullable=False),
    sa.Column('is_preliminary', sa.Boolean(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('digital_place_id', sa.Integer(), nullable=True),
    sa.Column('reserve_place_id', sa.Integer(), nullable=True),
    sa.Column('reserve_note', sa.String(length=160), nullable=False),
    sa.Column('room', sa.String(length=120), nullable=False),
    sa.Column('has_no_audience_on_site', sa.Boolean(), nullable=False),
    sa.Column('capacity_onsite', sa.Integer(), nullable=True),
    sa.Column('capacity_online', sa.Integer(), nullable=True),
    sa.Column('capacity_note', sa.String(length=160), nullable=False),
    sa.Column('permit', sa.Enum('not_needed', 'to_apply', 'applied', 'granted', name='permit', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('permit_number', sa.String(length=60), nullable=False),
    sa.Column('state', sa.Enum('scheduled', 'cancelled', 'postponed', 'moved_online', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_note', sa.String(length=300), nullable=False),
    sa.Column('recording_url', sa.String(length=500), nullable=False),
    sa.Column('recording_until', sa.Date(), nullable=True),
    sa.Column('captions', sa.Enum('yes', 'no', 'coming', name='captions', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('schedule_print', sa.String(length=64), nullable=False),
    sa.Column('component', sa.Text(), nullable=False),
    sa.Column('component_changed_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("(time_kind = 'start_and_end' AND starts_at IS NOT NULL AND ends_at IS NOT NULL) OR (time_kind = 'start_only' AND starts_at IS NOT NULL AND ends_at IS NULL) OR (time_kind NOT IN ('start_and_end', 'start_only') AND starts_at IS NULL AND ends_at IS NULL)", name=op.f('ck_occurrence_time_as_its_kind_says')),
    sa.CheckConstraint('capacity_online IS NULL OR capacity_online > 0', name=op.f('ck_occurrence_capacity_online_positive')),
    sa.CheckConstraint('capacity_onsite IS NULL OR capacity_onsite > 0', name=op.f('ck_occurrence_capacity_onsite_positive')),
    sa.CheckConstraint('ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_occurrence_ends_after_start')),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_occurrence_days_in_order')),
    sa.CheckConstraint('sequence >= 0', name=op.f('ck_occurrence_sequence_not_negative')),
    sa.ForeignKeyConstraint(['digital_place_id'], ['venue.id'], name=op.f('fk_occurrence_digital_place_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_occurrence_edition_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_occurrence_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['venue.id'], name=op.f('fk_occurrence_place_id')),
    sa.ForeignKeyConstraint(['reserve_place_id'], ['venue.id'], name=op.f('fk_occurrence_reserve_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occurrence')),
    sa.UniqueConstraint('uid', name=op.f('uq_occurrence_uid'))
    )
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occurrence_digital_place_id'), ['digital_place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_place_id'), ['place_id'], unique=False)
        batch_op.create_index('ix_occurrence_programme', ['edition_id', 'first_day', 'starts_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_reserve_place_id'), ['reserve_place_id'], unique=False)

    op.create_table('venue_fact',
    sa.Column('venue_id', sa.Integer(), nullable=False),
    sa.Column('feature', sa.Enum('step_free', 'lift', 'accessible_wc', 'hearing_loop', 'microphone', 'accessible_parking', 'quiet_room', 'assistance_dog', 'sign_language', 'speech_to_text', 'audio_description', 'captions', 'easy_read', 'companion', name='feature', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answer', sa.Enum('yes', 'no', 'unknown', name='answer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('checked_by', sa.String(length=160), nullable=False),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_venue_fact_venue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('venue_id', 'feature', name=op.f('pk_venue_fact'))
    )
    op.create_table('previous_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('occurrence_id', sa.Integer(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_previous_time_occurrence_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_previous_time'))
    )
    with op.batch_alter_table('previous_time', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_previous_time_occurrence_id'), ['occurrence_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('previous_time', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_previous_time_occurrence_id'))

    op.drop_table('previous_time')
    op.drop_table('venue_fact')
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occurrence_reserve_place_id'))
        batch_op.drop_index('ix_occurrence_programme')
        batch_op.drop_index(batch_op.f('ix_occurrence_place_id'))
        batch_op.drop_index(batch_op.f('ix_occurrence_event_id'))
        batch_op.drop_index(batch_op.f('ix_occurrence_digital_place_id'))

    op.drop_table('occurrence')
    with op.batch_alter_table('hosting', schema=None) as batch_op:
        batch_op.drop_index('ix_hosting_organisation_state')

    op.drop_table('hosting')
    with op.batch_alter_table('event_theme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_theme_theme_id'))

    op.drop_table('event_theme')
    op.drop_table('event_text')
    with op.batch_alter_table('event_slug', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_slug_event_id'))

    op.drop_table('event_slug')
    with op.batch_alter_table('event_language', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_language_code'))

    op.drop_table('event_language')
    with op.batch_alter_table('event_kommun', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_kommun_kommun_code'))

    op.drop_table('event_kommun')
    op.drop_table('event_feature')
    with op.batch_alter_table('event_audience', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_audience_audience'))

    op.drop_table('event_audience')
    with op.batch_alter_table('venue', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venue_owner_id'))
        batch_op.drop_index(batch_op.f('ix_venue_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_venue_kommun_code'))
        batch_op.drop_index(batch_op.f('ix_venue_kind'))

    op.drop_table('venue')
    with op.batch_alter_table('organisation_slug', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_slug_organisation_id'))

    op.drop_table('organisation_slug')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('member_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_invitation_organisation_id'))

    op.drop_table('member_invitation')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_part_of_id'))
        batch_op.drop_index(batch_op.f('ix_event_organiser_id'))
        batch_op.drop_index('ix_event_edition_status')

    op.drop_table('event')
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_link_user_id'))

    op.drop_table('sign_in_link')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_standing'))
        batch_op.drop_index(batch_op.f('ix_organisation_kommun_code'))

    op.drop_table('organisation')
    with op.batch_alter_table('email_confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_email_confirmation_user_id'))
        batch_op.drop_index(batch_op.f('ix_email_confirmation_email'))

    op.drop_table('email_confirmation')
    with op.batch_alter_table('edition_theme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_theme_theme_id'))

    op.drop_table('edition_theme')
    op.drop_table('criterion')
    with op.batch_alter_table('coordinator_role', schema=None) as batch_op:
        batch_op.drop_index('uq_coordinator_role_county', sqlite_where=sa.text('kommun_code IS NULL'), postgresql_where=sa.text('kommun_code IS NULL'))
        batch_op.drop_index(batch_op.f('ix_coordinator_role_user_id'))

    op.drop_table('coordinator_role')
    op.drop_table('user_account')
    op.drop_table('theme')
    with op.batch_alter_table('log_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_log_entry_subject')

    op.drop_table('log_entry')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_key'))
        batch_op.drop_index('ix_letter_due')

    op.drop_table('letter')
    with op.batch_alter_table('kept_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_form_expires_at'))

    op.drop_table('kept_form')
    with op.batch_alter_table('form_receipt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_receipt_expires_at'))

    op.drop_table('form_receipt')
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_state'))

    op.drop_table('edition')
