"""Så ser kalenderapparna ditt evenemang: drawn from the very component that the feeds serve."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urldefrag

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.models import User
from planner.core.clock import STOCKHOLM
from planner.editions.models import EditionState
from planner.events import actions
from planner.events.models import Event, EventStatus, HostingState, OccurrenceState, SignUp, TimeKind, Visibility
from planner.events.queries import event_for_editing
from planner.feeds.apps import APPS
from planner.feeds.ical import component_for, read_component
from planner.feeds.previews import parts_of, previews_of
from planner.organisations.models import Organisation
from planner.organisations.rules import SYSTEM
from planner.venues.models import LinkAudience
from tests import markup
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_coordinator,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_user,
    make_venue,
)
from tests.feeds.conftest import Fetch, Show
from tests.feeds.unsaved import SITE, STAMP, digital_place, entry, event, occurrence, place, whole_days
from tests.reading import heading

SignIn = Callable[[User], Browser]
TITLE = "Så ser kalenderapparna ditt evenemang"
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@given(title=TEXTS, summary=TEXTS, name=TEXTS, room=TEXTS, label=TEXTS)
def test_what_is_read_back_is_what_a_strict_reader_finds(
    title: str, summary: str, name: str, room: str, label: str
) -> None:
    made = occurrence(
        event=event(title, summary=summary), place=place(name), room=room, label=label, digital_place=digital_place()
    )

    found = read_component(component_for(made, site=SITE, changed_at=STAMP))

    strict = entry(made)
    assert (found.title, found.text, found.location) == tuple(map(strict.text, ("SUMMARY", "DESCRIPTION", "LOCATION")))
    assert (found.page, found.join_link) == (strict["URL"].value, strict["CONFERENCE"].value)
    assert (found.status, list(found.categories)) == (strict.text("STATUS"), strict["CATEGORIES"].texts)


def test_times_are_local_and_both_days_count() -> None:
    evening = read_component(component_for(occurrence(), site=SITE, changed_at=STAMP))
    days = whole_days(TimeKind.OPENING_HOURS, date(2027, 9, 21), date(2027, 9, 23))
    lasting = read_component(component_for(days, site=SITE, changed_at=STAMP))

    assert (evening.starts_at, evening.ends_at) == (
        datetime(2027, 9, 21, 18, 0, tzinfo=STOCKHOLM),
        datetime(2027, 9, 21, 19, 30, tzinfo=STOCKHOLM),
    )
    assert (evening.first_day, evening.last_day, evening.is_whole_days) == (date(2027, 9, 21), date(2027, 9, 21), False)
    assert (lasting.first_day, lasting.last_day, lasting.is_whole_days) == (date(2027, 9, 21), date(2027, 9, 23), True)
    assert (lasting.starts_at, lasting.ends_at, lasting.number_of_days) == (None, None, 3)


def test_octobers_double_hour_is_shown_as_local_time() -> None:
    day, twice = date(2027, 10, 31), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    made = occurrence(first_day=day, last_day=day, starts_at=twice, ends_at=twice + timedelta(minutes=15))

    found = read_component(component_for(made, site=SITE, changed_at=STAMP))

    assert found.starts_at is not None
    assert (f"{found.starts_at:%H.%M}", found.starts_at.utcoffset()) == ("02.30", timedelta(hours=1))


def test_links_in_a_text_are_told_from_the_words() -> None:
    assert parts_of("Läs mer: https://a.example/b\nSlut") == [
        ("Läs mer: ", False),
        ("https://a.example/b", True),
        ("\nSlut", False),
    ]
    assert parts_of("Inga länkar") == [("Inga länkar", False)]
    assert parts_of("") == []


@pytest.fixture
def anna(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def ours(session: Session, anna: User) -> Organisation:
    return make_organisation(session, members=[anna])


@pytest.fixture
def hers(sign_in: SignIn, anna: User) -> Browser:
    return sign_in(anna)


def address_of(event: Event, rest: str = "") -> str:
    return f"/arbetsyta/evenemang/{event.number.lower()}/kalenderappar{rest}"


def drawn(response: TestResponse, name: str) -> list[str]:
    """What stands in every drawing under a class, app by app."""
    page = markup.parse(response.get_data(as_text=True))
    return ["".join(part.itertext()) for part in page.iter() if name in (part.get("class") or "").split()]


def test_every_app_shows_what_the_feed_serves(
    session: Session, hers: Browser, ours: Organisation, show: Show, fetch: Fetch
) -> None:
    made = make_event(session, "Öppet hus; för alla, på riktigt", organiser=ours)
    show()
    [served] = fetch("/kalender.ics").events

    response = hers.get(address_of(made))

    assert heading(response) == TITLE
    assert drawn(response, "opened__title") == [served.text("SUMMARY")] * len(APPS)
    assert drawn(response, "opened__text") == [served.text("DESCRIPTION")] * len(APPS)
    assert [row.count(served.text("LOCATION")) for row in drawn(response, "opened")] == [1] * len(APPS)
    source = drawn(response, "calendar-source")[0].splitlines()
    assert source == served.source.replace(b"\r\n ", b"").decode().splitlines()


def test_a_draft_is_shown_as_it_will_be_served(
    session: Session, ours: Organisation, show: Show, fetch: Fetch, now: datetime
) -> None:
    made = make_event(session, organiser=ours, status=EventStatus.SUBMITTED)
    whole = event_for_editing(session, made.id)
    assert whole is not None
    [before] = previews_of(whole, site=SITE, now=now)

    actions.publish_event(session, whole, actor=SYSTEM, now=now)

    [served] = fetch("/kalender.ics").events
    stamps = re.compile(r"^(DTSTAMP|LAST-MODIFIED|CREATED):.*$", re.MULTILINE)
    assert stamps.sub(r"\1", before.component) == stamps.sub(r"\1", served.source.decode())


def test_each_app_shows_its_own_part(session: Session, hers: Browser, ours: Organisation) -> None:
    library = make_venue(session, "Arvika bibliotek", latitude=59.6, longitude=12.5)
    made = make_event(session, organiser=ours, with_occurrence=False)
    make_occurrence(session, made, place=library, is_preliminary=True)

    opened = dict(zip([app.key for app in APPS], drawn(hers.get(address_of(made)), "opened"), strict=True))

    page = f"https://demokrativeckan.example/evenemang/{made.slug}"
    assert {key: text.count(page) for key, text in opened.items()} == {
        "google": 1,
        "apple": 2,
        "outlook": 1,
        "thunderbird": 2,
    }
    assert [key for key, text in opened.items() if "Karta" in text] == ["apple"]
    assert [key for key, text in opened.items() if "På plats" in text] == ["outlook", "thunderbird"]
    assert [key for key, text in opened.items() if "Status: preliminärt" in text] == ["thunderbird"]


def test_a_cancelled_one_is_gone_struck_through_or_as_any_other(
    session: Session, hers: Browser, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, with_occurrence=False)
    make_occurrence(session, made, state=OccurrenceState.CANCELLED)

    response = hers.get(address_of(made))

    cells = dict(zip([app.key for app in APPS], drawn(response, "month-cell"), strict=True))
    assert [key for key, text in cells.items() if "Borta på webben" in text] == ["google"]
    assert [key for key, text in cells.items() if "INSTÄLLT: Samtal" in text] == ["apple", "outlook", "thunderbird"]
    assert response.text.count("data-struck") == 2 * 2


def test_a_link_for_registered_people_is_not_in_the_drawings_either(
    session: Session, hers: Browser, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, sign_up=SignUp.CONTACT, with_occurrence=False)
    room = make_digital_venue(session, join_url="https://hemligt.example/1", link_audience=LinkAudience.REGISTERED)
    make_occurrence(session, made, place=None, digital_place=room)

    response = hers.get(address_of(made))

    assert "hemligt.example" not in response.text
    assert "Länken visas inte i kalendern, för den är bara för anmälda." in response.text


def test_one_occurrence_is_shown_at_a_time_and_the_others_say_what_is_to_be_mended(
    session: Session, hers: Browser, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, with_occurrence=False)
    library = make_venue(session, latitude=59.4, longitude=13.5)
    make_occurrence(session, made, place=library)
    second = make_occurrence(session, made, MONDAY + timedelta(days=1), place=None, end=None)

    first_page = hers.get(address_of(made))
    second_page = hers.get(address_of(made, f"/{second.id}"))

    assert "Inget att ändra" in first_page.text
    assert " ".join(drawn(first_page, "occasion-choice")[0].split()) == (
        "måndag 20 september 2027 kl. 18–19.30 tisdag 21 september 2027 kl. 18–19 2 saker att ändra"
    )
    assert "Sluttid saknas" not in first_page.text
    assert "Sluttid saknas: det blir en timme i kalendern." in second_page.text
    assert "Plats saknas: raden för plats är tom." in second_page.text


def test_an_event_without_occurrences_has_nothing_in_the_calendar(
    session: Session, hers: Browser, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, status=EventStatus.DRAFT, with_occurrence=False)

    response = hers.get(address_of(made))

    assert "Inget tillfälle ännu" in response.text
    assert f'href="/arbetsyta/evenemang/{made.number.lower()}/tillfallen/ny"' in response.text
    assert drawn(response, "opened") == []


@pytest.mark.parametrize(
    ("columns", "edition_state", "words"),
    [
        ({}, EditionState.PUBLISHED, None),
        ({}, EditionState.OPEN, "Så här ser den ut när Demokrativeckan 2027 publiceras."),
        ({"status": EventStatus.DRAFT}, EditionState.OPEN, "Så här ser den ut om den publiceras som den är nu."),
        ({"status": EventStatus.WITHDRAWN}, EditionState.OPEN, "Så här ser den ut om den publiceras som den är nu."),
        (
            {"visibility": Visibility.CLOSED},
            EditionState.PUBLISHED,
            "Programpunkten är för en sluten grupp. Så här skulle den se ut om den var öppen för alla.",
        ),
    ],
)
def test_it_says_whether_it_is_in_the_calendars_now(
    session: Session,
    hers: Browser,
    ours: Organisation,
    columns: dict[str, object],
    edition_state: EditionState,
    words: str | None,
) -> None:
    made = make_event(session, organiser=ours, edition=make_edition(session, state=edition_state), **columns)

    text = hers.get(address_of(made)).text

    assert (words in text) if words else ("Syns inte i några kalendrar" not in text)


def test_everything_that_can_be_mended_leads_to_the_field(session: Session, hers: Browser, ours: Organisation) -> None:
    made = make_event(session, "Ord " * 15, organiser=ours, summary="", sign_up=SignUp.UNSTATED, with_occurrence=False)
    room = make_digital_venue(session, link_audience=LinkAudience.REGISTERED)
    columns = {"place": None, "digital_place": room, "is_preliminary": True, "end": None}
    first = make_occurrence(session, made, **columns)
    others = [
        make_occurrence(session, made, start=None, is_open_ended=True, room="Sal " * 25),
        make_occurrence(session, made, place=None, state=OccurrenceState.POSTPONED),
        make_occurrence(session, made, place=None, digital_place=make_digital_venue(session, "Tomt", join_url="")),
        make_occurrence(session, made, time_kind=TimeKind.WITHIN_SPAN, start=None, place=None),
    ]

    links = {link for each in (first, *others) for link in mending_links(hers.get(address_of(made, f"/{each.id}")))}

    assert {urldefrag(link).fragment for link in links} == {
        *("", "title", "summary", "sign_up", "is_preliminary", "time_kind", "time_note", "is_open_ended", "room"),
        *("first_day", "place_id"),
    }
    for link in sorted(links):
        address, field = urldefrag(link)
        page = hers.get(address)
        assert page.status_code == 200, link
        assert not field or f'id="{field}"' in page.text, link


def mending_links(response: TestResponse) -> list[str]:
    page = markup.parse(response.get_data(as_text=True))
    notices = [part for part in page.iter("div") if part.get("class") == "notice"]
    return [link.get("href", "") for part in notices for link in part.iter("a")]


def test_who_looks_inside_the_event_sees_it_and_nobody_else(
    session: Session, sign_in: SignIn, client: Browser, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, status=EventStatus.SUBMITTED)
    draft = make_event(session, "Utkast", organiser=ours, status=EventStatus.DRAFT)
    partner, asked, stranger = (make_user(session, name) for name in ("Petra", "Farid", "Olle"))
    for each in (made, draft):
        for person, state in ((partner, HostingState.ACCEPTED), (asked, HostingState.ASKED)):
            make_hosting(session, each, make_organisation(session, person.name, members=[person]), state=state)
    make_organisation(session, "Grannföreningen", members=[stranger])
    near, far = make_coordinator(session, "1780", "Nära"), make_coordinator(session, "1784", "Långt bort")

    people = {"partner": partner, "asked": asked, "stranger": stranger, "near": near, "far": far}
    entered = {
        name: [sign_in(person).get(address_of(each)).status_code for each in (made, draft)]
        for name, person in people.items()
    }

    assert entered == {
        "partner": [200, 200],
        "asked": [404, 404],
        "stranger": [404, 404],
        "near": [200, 404],
        "far": [404, 404],
    }
    assert client.get(address_of(made)).location == f"/konto/logga-in?nasta={address_of(made)}"


def test_a_published_event_is_no_more_open_to_strangers(session: Session, sign_in: SignIn, ours: Organisation) -> None:
    made = make_event(session, organiser=ours)
    stranger = make_user(session, "Olle")
    make_organisation(session, "Grannföreningen", members=[stranger])

    assert sign_in(stranger).get(address_of(made)).status_code == 404


def test_a_partner_who_may_not_edit_is_told_but_not_led_to_a_form(
    session: Session, sign_in: SignIn, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, with_occurrence=False)
    make_occurrence(session, made, end=None)
    partner = make_user(session, "Petra")
    make_hosting(session, made, make_organisation(session, "Partnern", members=[partner]), may_edit=False)

    response = sign_in(partner).get(address_of(made))

    assert "Sluttid saknas" in response.text
    assert mending_links(response) == ["/arbetsyta/platser/stadsbiblioteket"]


def test_the_occurrence_of_another_event_is_not_found(session: Session, hers: Browser, ours: Organisation) -> None:
    made = make_event(session, organiser=ours)
    other = make_occurrence(session, make_event(session, "Något annat", with_occurrence=False))

    assert hers.get(address_of(made, f"/{other.id}")).status_code == 404
    assert hers.get("/arbetsyta/evenemang/dv99-0001/kalenderappar").status_code == 404


def test_the_events_page_and_the_last_step_lead_there(
    session: Session, hers: Browser, sign_in: SignIn, ours: Organisation
) -> None:
    made = make_event(session, organiser=ours, status=EventStatus.DRAFT)
    asked = make_user(session, "Farid")
    make_hosting(session, made, make_organisation(session, "Tillfrågad", members=[asked]), state=HostingState.ASKED)
    at = f"/arbetsyta/evenemang/{made.number.lower()}"

    for path in (at, f"{at}/skicka"):
        assert f'href="{address_of(made)}"' in hers.get(path).text
        assert "kalenderappar" not in sign_in(asked).get(path).text
