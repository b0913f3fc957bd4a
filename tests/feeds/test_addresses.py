"""Requirements 63 and 68–71: which addresses there are, and what they answer to anything else."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from planner.core.errors import NotFound
from planner.editions.models import EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import EventSlug
from planner.events.queries import edition_of
from planner.feeds.queries import programme_of
from planner.organisations.models import OrganisationSlug
from tests.browsing import Browser
from tests.factories import make_digital_venue, make_edition, make_event, make_occurrence, make_organisation, make_venue
from tests.feeds.conftest import Fetch, Show
from tests.feeds.strict import read


def test_68_a_former_address_of_an_organisation_gives_the_same_bytes(
    session: Session, client: Browser, show: Show
) -> None:
    organisation = make_organisation(session, "Region Värmland")
    session.add(OrganisationSlug(slug="landstinget", organisation_id=organisation.id))
    make_event(session, organiser=organisation)
    show()

    for now, former in (
        ("/arrangorer/region-varmland.ics", "/arrangorer/landstinget.ics"),
        ("/kalender.ics?arrangor=region-varmland", "/kalender.ics?arrangor=landstinget"),
    ):
        new, old = client.get(now), client.get(former)
        assert (old.status_code, old.data) == (200, new.data)
        assert (old.headers["ETag"], old.headers["Content-Disposition"]) == (
            new.headers["ETag"],
            new.headers["Content-Disposition"],
        )


def test_68_a_merged_place_and_a_former_event_address_give_the_same_bytes(
    session: Session, client: Browser, show: Show
) -> None:
    event = make_event(session)
    session.add(EventSlug(slug="forr", event_id=event.id))
    kept = make_venue(session, "Ritz")
    make_venue(session, "Gamla Ritz", merged_into_id=kept.id)
    make_occurrence(session, event, place=kept)
    show()

    for now, former in (
        ("/platser/ritz.ics", "/platser/gamla-ritz.ics"),
        ("/evenemang/samtal-om-demokrati.ics", "/evenemang/forr.ics"),
    ):
        new, old = client.get(now), client.get(former)
        assert len(read(new.data).events) > 0
        assert (old.status_code, old.data, old.headers["ETag"]) == (200, new.data, new.headers["ETag"])


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/kalender.ics?utm_source=x", "Kalendern har inget filter som heter ”utm_source”."),
        ("/kalender.ics?kommun=0180", "Det finns ingen kommun i länet med koden ”0180”."),
        ("/kalender.ics?dag=i-dag", "”i-dag” är inget datum. Skriv till exempel 2027-09-20."),
        ("/kalender.ics?form=fysiskt", "Det finns ingen form som heter ”fysiskt”."),
        ("/kalender.ics?malgrupp=alla&malgrupp=ingen", "Det finns ingen målgrupp som heter ”ingen”."),
        ("/kalender.ics?arrangor=ingen", "Det finns ingen arrangör som heter ”ingen”."),
        ("/kalender.ics?tema=inget", "Det finns inget tema som heter ”inget”."),
        ("/kalender.ics?plats=ingenstans", "Det finns ingen plats som heter ”ingenstans”."),
        ("/kalender.ics?upplaga=1999", "Det finns ingen upplaga som heter ”1999”."),
        ("/kalender.ics?upplaga=2028", "Det finns ingen upplaga som heter ”2028”."),
        ("/kommuner/arvika.ics?form=x", "Det finns ingen form som heter ”x”."),
        (
            "/kommuner/arvika.ics?kommun=1780",
            "Adressen gäller redan en kommun. Utgå från /kalender för att välja fritt.",
        ),
        ("/evenemang/samtal-om-demokrati.ics?form=hybrid", "Adressen till en enda programpunkt tar inga filter."),
    ],
)
@pytest.mark.parametrize(
    "headers", [{}, {"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"}]
)
def test_68_an_unknown_parameter_or_value_is_400_in_plain_words(
    session: Session, client: Browser, address: str, text: str, headers: dict[str, str]
) -> None:
    make_event(session)
    make_edition(session, "Demokrativeckan 2028", slug="2028", number_prefix="DV28", state=EditionState.OPEN)

    response = client.get(address, headers=headers)

    assert (response.status_code, response.text) == (400, f"{text}\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


def test_68_parameters_narrow_the_feeds_of_pages(session: Session, show: Show, fetch: Fetch) -> None:
    event = make_event(session, with_occurrence=False)
    on_site = make_occurrence(session, event)
    hybrid = make_occurrence(session, event, digital_place=make_digital_venue(session))
    other_day = make_occurrence(session, event, date(2027, 9, 22))
    show()

    assert set(fetch("/kommuner/karlstad.ics").uids) == {on_site.uid, hybrid.uid, other_day.uid}
    assert fetch("/kommuner/karlstad.ics?form=digitalt").uids == [hybrid.uid]
    assert fetch("/arrangorer/foreningen-samtal.ics?dag=2027-09-22").uids == [other_day.uid]
    assert fetch("/platser/lanets-videorum.ics?kommun=1780").uids == [hybrid.uid]
    assert fetch("/platser/lanets-videorum.ics?kommun=1784").uids == []


def test_68_naming_again_what_the_path_names_changes_nothing(session: Session, client: Browser) -> None:
    make_edition(session)

    assert client.get("/kommuner/arvika.ics?kommun=1784").data == client.get("/kommuner/arvika.ics").data


def test_feed_order_is_by_day_then_clock_then_as_registered(session: Session, show: Show, fetch: Fetch) -> None:
    event = make_event(session, with_occurrence=False)
    later = make_occurrence(session, event, date(2027, 9, 22))
    early = make_occurrence(session, event)
    again = make_occurrence(session, event, uid="a@demokrativeckan.example")
    all_day = make_occurrence(session, event, start=None)
    show()

    assert fetch("/kalender.ics").uids == [all_day.uid, early.uid, again.uid, later.uid]


def test_70_the_current_edition_and_archived_ones_by_name(session: Session, show: Show, fetch: Fetch) -> None:
    old = make_edition(
        session,
        "Demokrativeckan 2021",
        slug="2021",
        number_prefix="DV21",
        state=EditionState.ARCHIVED,
        first_day=date(2021, 9, 20),
        last_day=date(2021, 9, 27),
    )
    new = make_edition(session)
    make_event(session, "Då", edition=old)
    make_event(session, "Nu", edition=new)
    show()

    assert [event.text("SUMMARY") for event in fetch("/kalender.ics").events] == ["Nu"]
    archived = fetch("/kalender.ics?upplaga=2021")
    assert [event.text("SUMMARY") for event in archived.events] == ["Då"]
    assert archived.text("X-WR-CALNAME") == "Demokrativeckan 2021"
    assert archived["SOURCE"].value == "https://demokrativeckan.example/kalender.ics?upplaga=2021"


@pytest.mark.parametrize(
    "states",
    [
        (),
        (EditionState.OPEN,),
        (EditionState.ARCHIVED,),
        (EditionState.PUBLISHED,),
        (EditionState.ARCHIVED, EditionState.PUBLISHED),
        (EditionState.PUBLISHED, EditionState.ARCHIVED),
        (EditionState.PUBLISHED, EditionState.PUBLISHED),
        (EditionState.ARCHIVED, EditionState.ARCHIVED, EditionState.OPEN),
    ],
)
def test_70_a_feed_shows_the_same_edition_as_its_page(session: Session, states: tuple[EditionState, ...]) -> None:
    for number, state in enumerate(states):
        make_edition(
            session,
            f"Upplaga {number}",
            slug=f"u{number}",
            number_prefix=f"U{number}",
            state=state,
            first_day=date(2027 + number, 9, 20),
            last_day=date(2027 + number, 9, 27),
        )

    for slug in ("", *(f"u{number}" for number in range(len(states)))):
        found = programme_of(session, slug)
        if found is None:
            with pytest.raises(NotFound):
                edition_of(session, CalendarQuery(edition=slug))
        else:
            assert found.edition is edition_of(session, CalendarQuery(edition=slug))


def test_71_one_event_is_a_file_to_add_with_all_its_occurrences(session: Session, show: Show, client: Browser) -> None:
    event = make_event(session)
    make_occurrence(session, event, date(2027, 9, 22))
    make_event(session, "Ett annat")
    show()

    calendar = read(client.get("/evenemang/samtal-om-demokrati.ics").data)

    assert [each["DTSTART"].value[:8] for each in calendar.events] == ["20270920", "20270922"]
    assert {each.name for each in calendar.properties} == {"VERSION", "PRODID", "CALSCALE"}
    assert [child.name for child in calendar.children] == ["VTIMEZONE", "VEVENT", "VEVENT"]
