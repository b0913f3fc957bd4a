"""Whole files as they are sent, to be read by people. ``pytest --write-letters`` writes ``expected`` anew."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.events import actions
from planner.events.models import Audience, HostingRole, HostingState, SignUp, TimeKind
from planner.organisations.models import OrganisationKind
from planner.organisations.rules import SYSTEM
from planner.venues.models import LinkAudience
from tests.browsing import Browser
from tests.factories import (
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)
from tests.feeds.conftest import Show

AssertFeed = Callable[[TestResponse, str], None]
TUESDAY, WEDNESDAY, FRIDAY = date(2027, 9, 21), date(2027, 9, 22), date(2027, 9, 24)


@pytest.fixture
def programme(session: Session, show: Show, now: object) -> None:
    """A little of everything: joint and hybrid, without an end, whole days, on booking, moved, cancelled, postponed."""
    edition = make_edition(session)
    theme = make_theme(session, "Demokrati, makt och inflytande", edition)
    arvika = make_organisation(session, "Arvika kommun", kind=OrganisationKind.KOMMUN, kommun_code="1784")
    library = make_venue(
        session,
        "Arvika bibliotek",
        kommun_code="1784",
        street="Kyrkogatan 41",
        postcode="67131",
        town="Arvika",
        latitude=59.6543,
        longitude=12.5876,
    )
    joint = make_event(
        session,
        "Vem får höras, och hur?",
        organiser=arvika,
        themes=[theme],
        audiences=[Audience.YOUTH, Audience.FIRST_TIME_VOTERS],
        with_occurrence=False,
        age_from=13,
        sign_up=SignUp.EXTERNAL,
        sign_up_url="https://anmalan.example/vem-far-horas",
        sign_up_by=date(2027, 9, 15),
    )
    make_hosting(session, joint)
    make_hosting(session, joint, make_organisation(session, "ABF, Värmland & vänner"), role=HostingRole.SUPPORTER)
    make_hosting(session, joint, make_organisation(session, "Tyst förening"), state=HostingState.ASKED)
    room = make_digital_venue(session, dial_in="08-123 45 67")
    make_occurrence(session, joint, TUESDAY, place=library, room="Hörsalen", digital_place=room)
    moved = make_occurrence(session, joint, WEDNESDAY, place=library, end=None)

    for title, kind, note, last in (
        ("Ja, må den leva!", TimeKind.OPENING_HOURS, "Måndag–torsdag 10–19, fredag 10–17", FRIDAY),
        ("Tipspromenad", TimeKind.WITHIN_SPAN, "", TUESDAY),
        ("Låna en politiker", TimeKind.ON_BOOKING, "Ring biblioteket.", FRIDAY),
    ):
        event = make_event(session, title, organiser=arvika, with_occurrence=False)
        make_occurrence(
            session, event, TUESDAY, start=None, last_day=last, place=library, time_kind=kind, time_note=note
        )
    closed = make_digital_venue(
        session, "Rummet", link_audience=LinkAudience.REGISTERED, join_url="https://hemlig.example"
    )
    late = make_event(session, "Filmnatt", organiser=arvika, with_occurrence=False)
    night = make_occurrence(
        session, late, TUESDAY, start=time(22), end=time(1, 30), last_day=WEDNESDAY, place=None, digital_place=closed
    )
    off = make_event(session, "Torgmöte", organiser=arvika, with_occurrence=False)
    postponed = make_occurrence(session, off, FRIDAY, place=library)
    show()
    options = {"actor": SYSTEM, "now": now}
    fields = {"first_day": FRIDAY, "last_day": FRIDAY, "start": time(17)}
    actions.change_occurrence(session, moved, fields, **options)  # type: ignore[arg-type]
    actions.cancel_occurrence(session, night, "Projektorn är trasig.", **options)  # type: ignore[arg-type]
    actions.postpone_occurrence(session, postponed, "Storm.", **options)  # type: ignore[arg-type]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/kalender.ics", "kalender.ics"),
        ("/kommuner/arvika.ics?form=digitalt", "arvika-digitalt.ics"),
        ("/arrangorer/region-varmland.ics", "region-varmland.ics"),
        ("/evenemang/vem-far-horas-och-hur.ics", "vem-far-horas.ics"),
        ("/kommuner/torsby.ics", "torsby-utan-programpunkter.ics"),
        ("/kalender.rss", "kalender.rss"),
        ("/kommuner/arvika.atom?form=digitalt", "arvika-digitalt.atom"),
        ("/evenemang/vem-far-horas-och-hur.json", "vem-far-horas.json"),
        ("/kalender.csv", "kalender.csv"),
    ],
)
def test_the_file_is_as_expected(client: Browser, assert_feed: AssertFeed, address: str, name: str) -> None:
    assert_feed(client.get(address), name)


def test_before_anything_is_published_the_file_is_as_expected(client: Browser, assert_feed: AssertFeed) -> None:
    assert_feed(client.get("/kalender.ics"), "inget-publicerat.ics")
