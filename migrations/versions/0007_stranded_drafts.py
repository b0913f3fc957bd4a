"""Drafts that were begun under a claim that has ended"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Inside the column, so that SQLite adds and drops it in place: rebuilding the table would lose its other checks.
    only_drafts = sa.CheckConstraint(
        "stranded_at IS NULL OR status = 'draft'", name=op.f("ck_event_stranded_as_draft")
    )
    op.add_column("event", sa.Column("stranded_at", sa.DateTime(), only_drafts, nullable=True))
    op.create_index(op.f("ix_event_stranded_at"), "event", ["stranded_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_event_stranded_at"), "event")
    op.drop_column("event", "stranded_at")
