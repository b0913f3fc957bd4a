"""What has changed in the programme

What the public sees now is taken down, so that the next change of it is told with what was before. What changed until
now is not told: only the moves are known, and not when they were shown.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (
    "cancelled",
    "postponed",
    "reinstated",
    "moved_online",
    "moved",
    "new_place",
    "back",
    "new",
    "added",
    "preliminary",
    "settled",
    "retitled",
    "undone",
)
AT_A_TIME = 500
WHEN_PUBLISHED = """
UPDATE edition SET published_at = (
    SELECT MIN(at) FROM log_entry
    WHERE action = 'publish_edition' AND subject_type = 'edition' AND subject_id = edition.id
)
"""


def upgrade() -> None:
    op.create_table("news_item",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("edition_id", sa.Integer(), nullable=False),
    sa.Column("event_id", sa.Integer(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_news_item_edition_id")),
    sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_news_item_event_id"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item"))
    )
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_item_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_news_item_latest", ["edition_id", "at", "id"], unique=False)

    op.create_table("news_line",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("item_id", sa.Integer(), nullable=False),
    sa.Column("occurrence_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("after", sa.JSON(), nullable=False),
    sa.Column("first_day", sa.Date(), nullable=True),
    sa.Column("last_day", sa.Date(), nullable=True),
    sa.Column("place_id", sa.Integer(), nullable=True),
    sa.Column("digital_place_id", sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(["digital_place_id"], ["venue.id"], name=op.f("fk_news_line_digital_place_id")),
    sa.ForeignKeyConstraint(["item_id"], ["news_item.id"], name=op.f("fk_news_line_item_id"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_news_line_occurrence_id"), ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["place_id"], ["venue.id"], name=op.f("fk_news_line_place_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_news_line")),
    sa.UniqueConstraint("item_id", "occurrence_id", name=op.f("uq_news_line_item_id_occurrence_id"))
    )
    with op.batch_alter_table("news_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_line_occurrence_id"), ["occurrence_id"], unique=False)

    op.add_column("edition", sa.Column("published_at", sa.DateTime(), nullable=True))
    op.add_column("occurrence", sa.Column("seen_facts", sa.JSON(none_as_null=True), nullable=True))
    op.execute(WHEN_PUBLISHED)
    _take_down_what_is_seen()


def _take_down_what_is_seen() -> None:
    connection = op.get_bind()
    occurrence = sa.table("occurrence", sa.column("id"), sa.column("seen_facts", sa.JSON()))
    write = sa.update(occurrence).where(occurrence.c.id == sa.bindparam("its_id"))
    shown = connection.execute(_shown()).mappings().all()
    facts = [{"its_id": row["id"], "seen_facts": _facts(row)} for row in shown]
    for start in range(0, len(facts), AT_A_TIME):
        connection.execute(write, facts[start : start + AT_A_TIME])


def _shown() -> sa.Select[Any]:
    """Every occurrence that the public has seen, with its event and its places."""
    when = ("id", "time_kind", "first_day", "last_day", "starts_at", "ends_at", "is_open_ended", "is_preliminary")
    types = {"first_day": sa.Date(), "last_day": sa.Date(), "starts_at": sa.DateTime(), "ends_at": sa.DateTime()}
    types |= {"is_open_ended": sa.Boolean(), "is_preliminary": sa.Boolean()}
    others = ("state", "schedule_print", "event_id", "place_id", "digital_place_id")
    occurrence = sa.table("occurrence", *(sa.column(name, types.get(name)) for name in (*when, *others)))
    event = sa.table("event", *map(sa.column, ("id", "title", "status")))
    place, digital = (sa.table("venue", *map(sa.column, ("id", "slug", "name"))).alias(name) for name in "pd")
    return (
        sa.select(
            *occurrence.c,
            event.c.title,
            event.c.status,
            place.c.slug.label("place_slug"),
            place.c.name.label("place"),
            digital.c.slug.label("digital_place_slug"),
            digital.c.name.label("digital_place"),
        )
        .select_from(occurrence)
        .join(event, event.c.id == occurrence.c.event_id)
        .outerjoin(place, place.c.id == occurrence.c.place_id)
        .outerjoin(digital, digital.c.id == occurrence.c.digital_place_id)
        .where(occurrence.c.schedule_print != "")
    )


def _facts(row: sa.RowMapping) -> dict[str, Any]:
    forms = {(True, True): "hybrid", (True, False): "pa-plats", (False, True): "digitalt", (False, False): "okand"}
    as_they_are = ("time_kind", "title", "is_open_ended", "is_preliminary", "place_id", "digital_place_id")
    return {
        **{key: row[key] for key in (*as_they_are, "place_slug", "digital_place_slug")},
        **{key: row[key].isoformat() for key in ("first_day", "last_day")},
        **{key: _instant(row[key]) for key in ("starts_at", "ends_at")},
        **{key: row[key] or "" for key in ("place", "digital_place")},
        "form": forms[row["place_id"] is not None, row["digital_place_id"] is not None],
        "state": "cancelled" if row["status"] == "cancelled" else row["state"],
    }


def _instant(moment: datetime | None) -> str | None:
    return f"{moment.isoformat()}+00:00" if moment else None


def downgrade() -> None:
    op.drop_column("occurrence", "seen_facts")
    op.drop_column("edition", "published_at")
    with op.batch_alter_table("news_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_line_occurrence_id"))

    op.drop_table("news_line")
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.drop_index("ix_news_item_latest")
        batch_op.drop_index(batch_op.f("ix_news_item_event_id"))

    op.drop_table("news_item")
