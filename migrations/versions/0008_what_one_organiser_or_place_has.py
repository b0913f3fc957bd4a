"""What one organiser or place has in one edition"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_organiser_id'))
        batch_op.create_index('ix_event_organiser_edition', ['organiser_id', 'edition_id'], unique=False)

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occurrence_digital_place_id'))
        batch_op.drop_index(batch_op.f('ix_occurrence_place_id'))
        batch_op.create_index('ix_occurrence_digital_place_edition', ['digital_place_id', 'edition_id'], unique=False)
        batch_op.create_index('ix_occurrence_place_edition', ['place_id', 'edition_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrence_place_edition')
        batch_op.drop_index('ix_occurrence_digital_place_edition')
        batch_op.create_index(batch_op.f('ix_occurrence_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_digital_place_id'), ['digital_place_id'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_organiser_edition')
        batch_op.create_index(batch_op.f('ix_event_organiser_id'), ['organiser_id'], unique=False)

