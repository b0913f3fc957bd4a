"""The programme kept counted

The tables are filled by `flask count-programme`, which `prepare` runs, or by the first change of each edition; until
then an edition's pages are made without them.
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_count',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=12), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.Column('other', sa.String(length=12), nullable=False),
    sa.Column('other_value', sa.String(length=120), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_calendar_count_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'key', 'value', 'other', 'other_value', name=op.f('pk_calendar_count')),
    sqlite_with_rowid=False
    )
    op.create_table('calendar_value',
    sa.Column('occurrence_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=12), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_calendar_value_edition_id')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_calendar_value_occurrence_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('occurrence_id', 'key', 'value', name=op.f('pk_calendar_value')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('calendar_value', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_value_in_order', ['edition_id', 'key', 'value', 'first_day', 'starts_at', 'occurrence_id'], unique=False)

    op.add_column('edition', sa.Column('counting', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index('ix_occurrence_lasting', ['edition_id', 'first_day', 'last_day'], unique=False, sqlite_where=sa.text('last_day > first_day'), postgresql_where=sa.text('last_day > first_day'))



def downgrade() -> None:
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrence_lasting', sqlite_where=sa.text('last_day > first_day'), postgresql_where=sa.text('last_day > first_day'))

    op.drop_column('edition', 'counting')

    with op.batch_alter_table('calendar_value', schema=None) as batch_op:
        batch_op.drop_index('ix_calendar_value_in_order')

    op.drop_table('calendar_value')
    op.drop_table('calendar_count')
