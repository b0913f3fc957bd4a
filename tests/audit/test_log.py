"""The log can be written and read, and nothing else: not by our code, and not past it."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.audit.models import LogEntry
from planner.audit.queries import history_of
from planner.organisations.rules import SYSTEM
from tests.factories import actor_of, make_organisation, make_user


def test_an_entry_tells_who_did_what_to_which_thing_when_and_why(session: Session, now: datetime) -> None:
    anna = make_user(session, "Anna Andersson")
    organisation = make_organisation(session, "Föreningen Samtal")

    log(
        session,
        "refuse_organisation",
        organisation,
        name=organisation.name,
        actor=actor_of(session, anna),
        now=now,
        reason="Fel kommun",
        kommun="1780",
    )

    session.flush()
    entry = session.scalars(sa.select(LogEntry)).one()
    assert (entry.at, entry.actor_id, entry.actor_name) == (now, anna.id, "Anna Andersson")
    assert (entry.action, entry.reason, entry.details) == ("refuse_organisation", "Fel kommun", {"kommun": "1780"})
    assert (entry.subject_type, entry.subject_id) == ("organisation", organisation.id)
    assert entry.subject_name == "Föreningen Samtal"


def test_a_thing_that_is_not_written_yet_gets_its_id_first(session: Session, now: datetime) -> None:
    organisation = make_organisation(session)
    session.expunge(organisation)
    copy = type(organisation)(
        **{c.key: getattr(organisation, c.key) for c in sa.inspect(type(organisation)).columns if c.key != "id"}
    )
    copy.name, copy.slug = "Föreningen Annan", "annan"
    session.add(copy)
    entry = log(session, "register_organisation", copy, name=copy.name, actor=SYSTEM, now=now)
    assert entry.subject_id == copy.id != organisation.id


def test_the_history_of_a_thing_is_its_own_newest_first(session: Session, now: datetime) -> None:
    mine, other = make_organisation(session), make_organisation(session)
    for minutes, action in ((0, "register_organisation"), (2, "verify_organisation"), (2, "change_organisation")):
        log(session, action, mine, name=mine.name, actor=SYSTEM, now=now + timedelta(minutes=minutes))
    log(session, "register_organisation", other, name=other.name, actor=SYSTEM, now=now)
    session.flush()
    assert [entry.action for entry in history_of(session, "organisation", mine.id)] == [
        "change_organisation",
        "verify_organisation",
        "register_organisation",
    ]


@pytest.mark.parametrize("statement", ["UPDATE log_entry SET reason = 'ändrad'", "DELETE FROM log_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(session: Session, now: datetime, statement: str) -> None:
    organisation = make_organisation(session)
    log(session, "register_organisation", organisation, name=organisation.name, actor=SYSTEM, now=now)
    session.commit()
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(sa.text(statement))
    assert session.scalars(sa.select(LogEntry.reason)).all() == [""]
