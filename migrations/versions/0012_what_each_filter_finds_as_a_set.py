"""What each filter finds as a set

`flask count-programme`, which `prepare` runs, or the first change of each edition fills it; until then an edition's
pages are made without.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table('calendar_count')
    op.create_table('calendar_shelf',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=12), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('members', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_calendar_shelf_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'key', 'value', name=op.f('pk_calendar_shelf'))
    )


def downgrade() -> None:
    op.execute("UPDATE edition SET counting = 0")
    op.drop_table('calendar_shelf')
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
