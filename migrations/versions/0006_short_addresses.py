"""Short addresses"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('short_address',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('query_string', sa.Text(), nullable=False),
    sa.Column('query_hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_short_address')),
    sa.UniqueConstraint('query_hash', name=op.f('uq_short_address_query_hash'))
    )


def downgrade() -> None:
    op.drop_table('short_address')
