"""The log is append-only: the database itself refuses to change or delete what is written in it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

POSTGRESQL_UP = """
CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'log_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER log_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
"""
POSTGRESQL_DOWN = """
DROP TRIGGER log_entry_append_only ON log_entry;
DROP FUNCTION refuse_log_change();
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_UP)
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_entry_no_{verb.lower()} BEFORE {verb} ON log_entry "
            "BEGIN SELECT RAISE(ABORT, 'log_entry is append-only'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_DOWN)
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER log_entry_no_{verb}")
