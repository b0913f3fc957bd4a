"""What the page of an event leads on to: the place, a letter to a friend, the same hosts, the same day nearby."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time, timedelta
from typing import Any

import time_machine
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import Audience, EventStatus, HostingRole, SignUp
from planner.venues.models import Answer, Feature, VenueFact
from tests.browse.test_event import show
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

Counter = Callable[[], AbstractContextManager[Any]]
WEDNESDAY, THURSDAY = MONDAY + timedelta(2), MONDAY + timedelta(3)


def test_hybrid_says_what_the_place_and_the_room_online_offer(session: Session, client: Browser) -> None:
    library, room = make_venue(session), make_digital_venue(session)
    for venue, feature in ((library, Feature.HEARING_LOOP), (library, Feature.LIFT), (room, Feature.CAPTIONS)):
        answer = Answer.NO if feature is Feature.LIFT else Answer.YES
        session.add(VenueFact(venue_id=venue.id, feature=feature, answer=answer))
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=library, digital_place=room)
    assert show(client).with_class("occasion__offers") == [
        "Hörslinga Mer om tillgängligheten",
        "Textad sändning Mer om tillgängligheten",
    ]


def test_way_to_the_place_is_a_step_away_until_it_is_called_off(session: Session, client: Browser) -> None:
    event = make_event(session, "Öppet", with_occurrence=False)
    make_occurrence(session, event)
    make_occurrence(session, event, place=make_venue(session, "Egna lokalen", is_private=True))
    cancelled = make_event(session, "Inställt", status=EventStatus.CANCELLED)
    links = show(client, "oppet").links()
    assert links["Hitta hit: Stadsbiblioteket"] == "/platser/stadsbiblioteket#hitta-hit"
    assert links["Google Maps"].startswith("https://www.google.com/maps/search/?api=1&query=V")
    assert "Hitta hit: Stadsbiblioteket" not in show(client, cancelled.slug).links()


def test_who_signs_up_by_telephone_or_letter_sees_to_whom(session: Session, client: Browser) -> None:
    make_event(session, sign_up=SignUp.CONTACT, contact_phone="+4654123456", contact_email="vi@forening.example")
    assert "till arrangören. 054-12 34 56 eller vi@forening.example Kostnad" in show(client).words


def test_page_can_be_sent_on_without_telling_anybody_else(session: Session, client: Browser) -> None:
    make_event(session, "Frågor & svar", slug="fragor")
    page = show(client, "fragor")
    section = page.section("Tipsa någon")
    address = "https://demokrativeckan.example/evenemang/fragor"
    assert page.links(section) == {
        "Skicka i ett mejl": f"mailto:?subject=Fr%C3%A5gor%20%26%20svar&body={address.replace(':', '%3A')}"
    }
    assert [field.get("value") for field in section.iter("input")] == [address]


def test_picture_comes_after_when_where_and_how(session: Session, client: Browser) -> None:
    make_event(session, image_file="a.webp", image_alt="Folk på torget")
    page = show(client)
    html = page.html
    assert html.index("occasion__where") < html.index("Så deltar du") < html.index('alt="Folk på torget"')


def test_more_from_the_organisers_begins_with_what_comes(session: Session, client: Browser) -> None:
    ours, partner = make_organisation(session), make_organisation(session, "Biblioteket")
    event = make_event(session, "Huvudsak", organiser=ours, with_occurrence=False)
    make_occurrence(session, event, WEDNESDAY)
    make_hosting(session, event, partner, role=HostingRole.CO_ORGANISER)
    for title, organiser, day, last_day in (
        ("Tidigare", ours, MONDAY, None),
        ("Utställning", partner, WEDNESDAY, THURSDAY),
        ("Sedan", ours, THURSDAY, None),
        ("Någon annans", make_organisation(session, "Andra"), THURSDAY, None),
    ):
        other = make_event(session, title, organiser=organiser, with_occurrence=False)
        make_occurrence(session, other, day, last_day=last_day, start=None if last_day else time(18))
        make_occurrence(session, other, day, last_day=last_day, start=None if last_day else time(18))
    make_event(session, "Inställt", organiser=ours, status=EventStatus.CANCELLED)
    make_event(session, "Utkast", organiser=ours, status=EventStatus.DRAFT)
    make_event(session, "Del", organiser=ours, part_of_id=event.id)
    page = show(client, "huvudsak")
    assert list(page.links(page.section("Mer från samma arrangörer")).items()) == [
        ("Sedan", "/evenemang/sedan"),
        ("Utställning", "/evenemang/utstallning"),
        ("Tidigare", "/evenemang/tidigare"),
        ("Allt från arrangörerna", "/kalender?arrangor=biblioteket&arrangor=foreningen-samtal"),
    ]


def test_near_is_the_same_kommun_on_the_day_of_the_next_occurrence(session: Session, client: Browser) -> None:
    arvika = make_venue(session, "Aulan", kommun_code="1784")
    event = make_event(session, "Huvudsak", with_occurrence=False)
    make_occurrence(session, event, MONDAY, place=make_venue(session))
    make_occurrence(session, event, WEDNESDAY, place=arvika)
    for title, day, place in (("Där", WEDNESDAY, arvika), ("Då", MONDAY, arvika), ("Annanstans", WEDNESDAY, None)):
        other = make_event(session, title, organiser=make_organisation(session, title), with_occurrence=False)
        make_occurrence(session, other, day, place=place)
    with time_machine.travel("2027-09-21T12:00:00Z", tick=False):
        page = show(client, "huvudsak")
    assert page.links(page.section("I närheten samma dag")) == {
        "Där": "/evenemang/dar",
        "Allt i Arvika onsdag 22 september 2027": "/kalender?dag=2027-09-22&kommun=1784",
    }


def test_online_leads_to_what_else_is_online_that_day(session: Session, client: Browser) -> None:
    room = make_digital_venue(session)
    for title in ("Ett", "Två"):
        event = make_event(session, title, organiser=make_organisation(session, title), with_occurrence=False)
        make_occurrence(session, event, place=None, digital_place=room)
    page = show(client, "ett")
    assert page.links(page.section("Mer digitalt samma dag")) == {
        "Två": "/evenemang/tva",
        "Allt digitalt måndag 20 september 2027": "/kalender?dag=2027-09-20&form=digitalt",
    }


def test_archived_event_leads_on_within_its_own_edition(session: Session, client: Browser) -> None:
    old = make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="DV21", state=EditionState.ARCHIVED)
    ours = make_organisation(session)
    for title in ("Då", "Också då"):
        make_event(session, title, organiser=ours, edition=old, audiences=[Audience.YOUTH])
    links = show(client, "da").links()
    assert links["Allt från arrangören"] == "/kalender?upplaga=2021&arrangor=foreningen-samtal"
    assert links["Unga (13–25 år)"] == "/kalender?upplaga=2021&malgrupp=unga"


def test_page_costs_the_same_number_of_questions_whatever_it_shows(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    ours = make_organisation(session)
    event, counts = make_event(session, "Huvudsak", organiser=ours), []
    for number in (1, 2):
        for n in range(number):
            make_occurrence(session, event, place=make_venue(session), digital_place=make_digital_venue(session))
            make_hosting(session, event, make_organisation(session, "Partner"))
            make_event(session, f"Vår {number} {n}", organiser=ours)
            make_event(session, f"Nära {number} {n}", organiser=make_organisation(session, "Granne"))
        session.expire_all()
        with count_queries() as counted:
            show(client, "huvudsak")
        counts.append(counted.count)
    assert counts == [21, 21]
