"""What lasts is read by when it ends"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

LASTS = sa.text('last_day > first_day')


def upgrade() -> None:
    op.drop_index('ix_occurrence_lasting', table_name='occurrence')
    op.create_index('ix_occurrence_lasting', 'occurrence', ['edition_id', 'last_day', 'id', 'first_day'], sqlite_where=LASTS, postgresql_where=LASTS)


def downgrade() -> None:
    op.drop_index('ix_occurrence_lasting', table_name='occurrence')
    op.create_index('ix_occurrence_lasting', 'occurrence', ['edition_id', 'first_day', 'last_day'], sqlite_where=LASTS, postgresql_where=LASTS)
