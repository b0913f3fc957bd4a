"""programmes that residents save"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('share_hash', sa.String(length=64), nullable=True),
    sa.Column('share_sealed', sa.String(length=96), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("(share_hash IS NULL) = (share_sealed = '')", name=op.f('ck_programme_shared_or_not')),
    sa.CheckConstraint('length(name) <= 60', name=op.f('ck_programme_name_length')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('share_hash', name=op.f('uq_programme_share_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_programme_token_hash'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_changed_at'), ['changed_at'], unique=False)

    op.create_table('saved_occurrence',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('occurrence_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_saved_occurrence_occurrence_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_saved_occurrence_programme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'occurrence_id', name=op.f('pk_saved_occurrence'))
    )
    with op.batch_alter_table('saved_occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_occurrence_occurrence_id'), ['occurrence_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('saved_occurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_occurrence_occurrence_id'))

    op.drop_table('saved_occurrence')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_changed_at'))

    op.drop_table('programme')
