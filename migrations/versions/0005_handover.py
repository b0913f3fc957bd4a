"""A partner can be asked to take over as main organiser"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('former_stays', sa.Boolean(), nullable=False),
    sa.Column('is_on_behalf', sa.Boolean(), nullable=False),
    sa.Column('message', sa.String(length=500), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('token_expires_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('(token_hash IS NULL) = (token_expires_at IS NULL)', name=op.f('ck_handover_link_expires')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_handover_asked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id', 'organisation_id'], ['hosting.event_id', 'hosting.organisation_id'], name=op.f('fk_handover_event_id_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_handover_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('event_id', name=op.f('uq_handover_event_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_handover_token_hash'))
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index('ix_handover_organisation_id', ['organisation_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.drop_index('ix_handover_organisation_id')

    op.drop_table('handover')
