"""No index of what lasts: what goes on is read off the kept programme"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

LASTS = sa.text('last_day > first_day')


def upgrade() -> None:
    op.drop_index('ix_occurrence_lasting', table_name='occurrence')


def downgrade() -> None:
    op.create_index('ix_occurrence_lasting', 'occurrence', ['edition_id', 'last_day', 'id', 'first_day'], sqlite_where=LASTS, postgresql_where=LASTS)
