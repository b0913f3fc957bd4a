"""What is searched: a table of words, and an index of their trigrams"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

COLUMNS = ("wording", "folded", "names")


def upgrade() -> None:
    op.create_table('search_text',
    sa.Column('occurrence_id', sa.Integer(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('names', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_search_text_occurrence_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('occurrence_id', name=op.f('pk_search_text'))
    )
    # The rows are written by `flask --app wsgi index-search`, which `prepare` runs: only the product knows the words.
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for column in COLUMNS:
            op.create_index(f'ix_search_text_{column}', 'search_text', [column], postgresql_using='gin', postgresql_ops={column: 'gin_trgm_ops'})
    else:
        index_on_sqlite()


def index_on_sqlite() -> None:
    """FTS5 keeps the trigrams alone and reads the texts from the table; triggers tell it of every change."""
    names, new, old = (', '.join(f'{of}{column}' for column in COLUMNS) for of in ('', 'new.', 'old.'))
    add = f"INSERT INTO search_index(rowid, {names}) VALUES (new.occurrence_id, {new});"
    take = f"INSERT INTO search_index(search_index, rowid, {names}) VALUES ('delete', old.occurrence_id, {old});"
    op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5({names}, content='search_text', content_rowid='occurrence_id', tokenize='trigram')")
    op.execute(f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_text BEGIN {add} END")
    op.execute(f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_text BEGIN {take} END")
    op.execute(f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_text BEGIN {take} {add} END")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("DROP TABLE search_index")
    # Its triggers and indexes go with it; other things in the database may use the extension.
    op.drop_table('search_text')
