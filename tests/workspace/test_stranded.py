"""Utkast utan organisation: found, moved, taken away as a file, thrown away; and nobody else's."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition
from planner.events.models import Audience, Event, EventStatus
from planner.organisations.actions import claim_organisation
from planner.organisations.models import Organisation, Standing
from planner.venues.models import Venue
from tests.browsing import Browser
from tests.factories import (
    actor_of,
    make_coordinator,
    make_event,
    make_member,
    make_occurrence,
    make_organisation,
    make_user,
    make_venue,
)
from tests.reading import heading
from tests.workspace.conftest import SignIn, at, whole

LIST = "/arbetsyta/utkast-utan-organisation"


@pytest.fixture
def ingvar(session: Session) -> User:
    return make_user(session, "Ingvar")


@pytest.fixture
def ingvars(sign_in: SignIn, ingvar: User) -> Browser:
    return sign_in(ingvar)


@pytest.fixture
def library(session: Session) -> Organisation:
    return make_organisation(session, "Bibliotek Värmland", standing=Standing.UNCLAIMED)


@pytest.fixture
def adrift(session: Session, ingvar: User, library: Organisation, edition: Edition, now: datetime) -> Event:
    """A draft of Ingvar's that belongs to nobody else since now."""
    theirs = {"organiser": library, "created_by_id": ingvar.id, "stranded_at": now, "status": EventStatus.DRAFT}
    event = make_event(session, "Bokcirkel", edition=edition, audiences=[Audience.YOUTH], **theirs)
    return whole(session, event)


def path(event: Event, rest: str) -> str:
    return f"{LIST}/{event.number.lower()}{rest}"


def text(browser: Browser, address: str) -> str:
    return " ".join(browser.get(address).get_data(as_text=True).split())


def test_refused_claimant_is_led_from_the_first_page(
    session: Session,
    sign_in: SignIn,
    ingvars: Browser,
    ingvar: User,
    library: Organisation,
    edition: Edition,
    now: datetime,
) -> None:
    claim_organisation(session, library, {"responsible_name": "Ingvar"}, actor=actor_of(session, ingvar), now=now)
    new = "/arbetsyta/evenemang/ny"
    ingvars.post(new, data={"title": "Bokcirkel"})
    refusing = sign_in(make_coordinator(session))
    address = f"/samordning/organisationer/{library.slug}/neka"
    assert refusing.post(address, data={"reason": "Ni är inte biblioteket."}).status_code == 302
    assert "Du har ett utkast utan organisation" in text(ingvars, "/arbetsyta")
    page = text(ingvars, LIST)
    for words in ("Bokcirkel", "Finns här till och med lördag 18 september 2027. Sedan tas det bort."):
        assert words in page
    assert "Registrera din organisation först" in page
    assert "Flytta till" not in page


def test_draft_is_moved_and_worked_on(session: Session, ingvars: Browser, ingvar: User, adrift: Event) -> None:
    own = make_organisation(session, "Läsecirkeln", members=[ingvar])
    assert "Flytta till Läsecirkeln" in text(ingvars, LIST)
    chosen = {"organisation": own.slug}
    assert [ingvars.post(path(adrift, "/flytta"), data=chosen).location for _ in range(2)] == [at(adrift)] * 2
    assert whole(session, adrift).organiser.name == "Läsecirkeln"
    assert heading(ingvars.get(at(adrift, "/vad"))) == "Vad"
    assert "utan organisation" not in text(ingvars, "/arbetsyta")


def test_draft_is_not_moved_to_somebody_elses(session: Session, ingvars: Browser, adrift: Event) -> None:
    make_organisation(session, "Grannföreningen")
    for chosen in ("grannforeningen", ""):
        assert ingvars.post(path(adrift, "/flytta"), data={"organisation": chosen}).location == LIST
    assert "Välj organisation." in text(ingvars, LIST)
    assert whole(session, adrift).organiser.name == "Bibliotek Värmland"


def test_draft_is_taken_away_whole_as_a_text_file(
    session: Session, ingvars: Browser, adrift: Event, edition: Edition
) -> None:
    hall: Venue = make_venue(session, "Lilla salen")
    make_occurrence(session, adrift, room="Rummet till höger", reserve_place=hall, reserve_note="Vid regn")
    adrift.description, adrift.contact_name = "Första stycket.\n\nAndra stycket.", "Ingvar"
    adrift.themes = [row.theme for row in edition.themes]
    session.flush()
    answer = ingvars.get(path(adrift, ".txt"))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dv27-0001.txt"'
    assert answer.get_data(as_text=True) == EXPECTED


EXPECTED = """\
Bokcirkel
DV27-0001, Demokrativeckan 2027
Sparat söndag 10 januari 2027

Tillfälle
måndag 20 september 2027 kl. 18–19.30, Stadsbiblioteket

Tillfälle
måndag 20 september 2027 kl. 18–19.30, Stadsbiblioteket
När reservplatsen gäller: Vid regn
Lokal: Rummet till höger
Reservplats: Lilla salen

Kort beskrivning
Vi talar om vad demokrati betyder i vardagen.

Beskrivning
Första stycket.

Andra stycket.

Typ av programpunkt
Annat

Kontaktperson
Ingvar

Anmälan
Inte angivet

Vem som får se programpunkten
Öppen för alla

Rör hela länet
Nej

Teman
Mänskliga rättigheter

Målgrupper
Unga (13–25 år)
"""


def test_draft_is_thrown_away_once(session: Session, ingvars: Browser, adrift: Event) -> None:
    assert heading(ingvars.get(path(adrift, "/ta-bort"))) == "Ta bort utkastet"
    address = path(adrift, "/ta-bort")
    assert [ingvars.post(address).location for _ in range(2)] == ["/arbetsyta"] * 2
    assert session.query(Event).all() == []


def test_what_was_sent_in_says_that_it_is_rejected(session: Session, ingvars: Browser, adrift: Event) -> None:
    adrift.submitted_at = adrift.stranded_at
    session.flush()
    assert "Därför tas det sedan inte bort utan avslås." in text(ingvars, LIST)
    assert "Därför avslås det, och samordnaren kan läsa det." in text(ingvars, path(adrift, "/ta-bort"))
    assert [ingvars.post(path(adrift, "/ta-bort")).location for _ in range(2)] == ["/arbetsyta"] * 2
    assert whole(session, adrift).status is EventStatus.REJECTED


def test_nobody_else_knows_that_it_exists(
    session: Session, sign_in: SignIn, stranger: Browser, library: Organisation, adrift: Event
) -> None:
    member = make_user(session, "Bibbi")
    make_member(session, member, library)
    for browser in (stranger, sign_in(member), sign_in(make_coordinator(session))):
        assert "Bokcirkel" not in text(browser, LIST)
        assert "Bokcirkel" not in text(browser, "/arbetsyta")
        for rest in (".txt", "/ta-bort"):
            assert browser.get(path(adrift, rest)).status_code == 404
        for rest in ("/flytta", "/ta-bort"):
            assert browser.post(path(adrift, rest), data={"organisation": library.slug}).status_code == 404
        assert browser.get(at(adrift)).status_code == 404


def test_titles_of_drafts_that_one_may_not_see_are_not_offered(
    session: Session, hers: Browser, draft: Event, ours: Organisation, edition: Edition, now: datetime
) -> None:
    make_event(session, "Vårt andra", organiser=ours, edition=edition, status=EventStatus.DRAFT)
    make_event(session, "Utan hem", organiser=ours, edition=edition, status=EventStatus.DRAFT, stranded_at=now)
    page = text(hers, at(draft, "/vad"))
    assert ["Vårt andra" in page, "Utan hem" in page] == [True, False]
