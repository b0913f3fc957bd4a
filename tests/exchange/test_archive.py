"""Reading the file of 118 real rows into archived editions."""

import json
from collections import Counter
from importlib.resources import files

import pytest
import sqlalchemy as sa

from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus, Hosting, HostingState, Occurrence
from planner.exchange.archive import import_programme, rows_of
from planner.organisations.models import Organisation, Standing

ROWS = json.loads((files("planner.data") / "demokrativeckan-2021.json").read_text(encoding="utf-8"))


def number_of(session, table):
    return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_all_118_rows_arrive_and_a_second_run_changes_nothing(session, now):
    """One test for the whole file, because reading it takes seconds."""
    lines = list(import_programme(session, ROWS, now=now))
    assert Counter(line.outcome for line in lines) == {"in": 118}
    assert number_of(session, Event) == 118
    assert set(session.scalars(sa.select(Event.status))) == {EventStatus.ARCHIVED}
    assert set(session.scalars(sa.select(Organisation.standing))) == {Standing.UNCLAIMED}

    edition = session.scalars(sa.select(Edition).where(Edition.slug == "2021")).one()
    assert (edition.name, edition.state, edition.first_day.isoformat(), edition.last_day.isoformat()) == (
        "Demokrativeckan 2021",
        EditionState.ARCHIVED,
        "2021-09-20",
        "2021-09-27",
    )
    assert number_of(session, sa.select(Event).where(Event.edition_id == edition.id).subquery()) == 40
    assert number_of(session, Edition) == len({row["programme"] for row in ROWS})

    hosted = set(session.scalars(sa.select(Hosting.event_id).where(Hosting.state == HostingState.ACCEPTED)))
    external = dict(session.execute(sa.select(Event.external_id, Event.id)).all())
    assert [row["id"] for row in ROWS if row["joint"] and external[row["id"]] not in hosted] == []

    incomplete = {line.id: line.open_questions for line in lines if line.open_questions}
    arvika = incomplete["vl21-x-arvika-forelasning-om-demokrati-och-folkbildning"]
    assert arvika == ["datum saknas", "formen är antagen"]
    assert "vl21-210925-kristinehamn-mot-politiker-i-kristinehamns-kommu" not in incomplete

    tables = (Edition, Event, Occurrence, Organisation, Hosting)
    before = [number_of(session, table) for table in tables]
    revisions = session.scalars(sa.select(Edition.revision).order_by(Edition.id)).all()
    again = list(import_programme(session, ROWS, now=now))
    assert {line.outcome for line in again} == {"already"}
    assert [number_of(session, table) for table in tables] == before
    assert session.scalars(sa.select(Edition.revision).order_by(Edition.id)).all() == revisions


@pytest.mark.parametrize("junk", [{}, [1], "text", [{"id": "x"}]])
def test_a_file_of_another_kind_is_refused(junk):
    with pytest.raises(ValueError, match="inte en lista"):
        rows_of(junk)
