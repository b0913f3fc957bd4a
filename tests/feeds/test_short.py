"""Requirement 63: a query that is too long for an address is a feed all the same, under a short one, for ever."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.feeds.shapes import SHAPES
from planner.organisations.models import Organisation, OrganisationSlug, Standing
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import make_edition, make_event, make_occurrence, make_organisation, make_venue
from tests.feeds.conftest import Fetch, Show
from tests.feeds.strict import read

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
HOST = "https://demokrativeckan.example"


@pytest.fixture
def organisations(session: Session) -> list[Organisation]:
    """Three that each have one event, and a fourth that nobody asks for."""
    found = [make_organisation(session, name) for name in ("Agera", "Berget", "Cirkeln", "Dalen")]
    for organisation in found:
        make_event(session, f"Samtal med {organisation.name}", organiser=organisation)
    return found[:3]


@pytest.fixture
def code(session: Session, organisations: list[Organisation], show: Show) -> str:
    """Of what those three arrange."""
    show()
    return shorten_query(session, of(organisations)).code


def of(organisations: list[Organisation]) -> CalendarQuery:
    return CalendarQuery(organisations=tuple(each.slug for each in organisations))


def titles(fetch: Fetch, address: str) -> list[str]:
    return sorted(event.text("SUMMARY") for event in fetch(address).events)


@pytest.mark.parametrize("ending", SHAPES)
def test_it_is_there_in_every_shape_without_a_redirect(client: Browser, code: str, ending: str) -> None:
    response = client.get(f"/f/{code}.{ending}")

    assert (response.status_code, response.headers["Content-Type"]) == (200, SHAPES[ending].CONTENT_TYPE)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=900"
    again = client.get(f"/f/{code}.{ending}", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_has_the_same_entries_as_the_long_address(
    fetch: Fetch, code: str, organisations: list[Organisation]
) -> None:
    long = fetch(f"/kalender.ics?{of(organisations)}")
    short = fetch(f"/f/{code}.ics")

    assert short.uids == long.uids
    assert len(short.events) == 3
    assert short.text("X-WR-CALNAME") == long.text("X-WR-CALNAME")


def test_it_names_itself_and_no_address_that_is_too_long(fetch: Fetch, code: str) -> None:
    calendar = fetch(f"/f/{code}.ics")

    assert calendar["SOURCE"].value == f"{HOST}/f/{code}.ics"
    assert calendar["URL"].value == f"{HOST}/f/{code}"


def test_capitals_are_the_same_address(client: Browser, code: str) -> None:
    small, capital = client.get(f"/f/{code}.ics"), client.get(f"/f/{code.upper()}.ics")

    assert (capital.status_code, capital.data) == (200, small.data)
    assert capital.headers["ETag"] == small.headers["ETag"]


def test_a_renamed_organisation_and_a_merged_place_are_still_followed(
    session: Session, fetch: Fetch, show: Show
) -> None:
    organisation = make_organisation(session, "Landstinget")
    make_event(session, organiser=organisation)
    old = make_venue(session, "Gamla Ritz")
    query = CalendarQuery(organisations=("landstinget",), venues=("gamla-ritz",))
    code = shorten_query(session, query).code
    new = make_venue(session, "Ritz")
    make_occurrence(session, make_event(session, "Hos Ritz", organiser=organisation, with_occurrence=False), place=new)
    session.add(OrganisationSlug(slug="landstinget", organisation_id=organisation.id))
    organisation.name, organisation.slug, old.merged_into_id = "Region Värmland", "region-varmland", new.id
    show()

    calendar = fetch(f"/f/{code}.ics")

    assert [event.text("SUMMARY") for event in calendar.events] == ["Hos Ritz"]
    assert calendar.text("X-WR-CALNAME") == "Demokrativeckan 2027 – Region Värmland, Ritz"


def test_an_organisation_that_may_no_longer_be_named_leaves_the_rest(
    session: Session, fetch: Fetch, code: str, organisations: list[Organisation]
) -> None:
    organisations[0].standing = Standing.SUSPENDED

    assert titles(fetch, f"/f/{code}.ics") == ["Samtal med Berget", "Samtal med Cirkeln"]
    assert fetch(f"/f/{code}.ics").text("X-WR-CALNAME") == "Demokrativeckan 2027 – Berget, Cirkeln"


def test_when_nobody_of_them_may_be_named_it_is_empty_and_not_everything(
    fetch: Fetch, code: str, organisations: list[Organisation]
) -> None:
    for organisation in organisations:
        organisation.standing = Standing.SUSPENDED

    assert titles(fetch, f"/f/{code}.ics") == []


def test_an_edition_that_is_not_public_gives_an_empty_calendar(session: Session, fetch: Fetch) -> None:
    make_edition(session, slug="2028", number_prefix="DV28", state=EditionState.OPEN)
    code = shorten_query(session, CalendarQuery(edition="2028", kommuner=("1784",))).code

    assert titles(fetch, f"/f/{code}.ics") == []


def test_fifty_names_do_not_make_the_calendars_name_endless(session: Session, fetch: Fetch, show: Show) -> None:
    organisations = [make_organisation(session, f"Föreningen nummer {number:02}") for number in range(50)]
    make_event(session, organiser=organisations[0])
    show()

    name = fetch(f"/f/{shorten_query(session, of(organisations)).code}.ics").text("X-WR-CALNAME")

    assert name == (
        "Demokrativeckan 2027 – Föreningen nummer 00, Föreningen nummer 01, Föreningen nummer 02,"
        " Föreningen nummer 03 och 46 till"
    )


@pytest.mark.parametrize("address", ["/f/222222.ics", "/f/finns-inte.ics", "/f/%00.ics", f"/f/{'2' * 300}.ics"])
def test_an_unknown_code_is_404_in_plain_words(client: Browser, address: str) -> None:
    response = client.get(address)

    assert (response.status_code, response.text) == (404, "Den här kalendern finns inte.\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_it_takes_no_more_filters(client: Browser, code: str) -> None:
    response = client.get(f"/f/{code}.ics?form=digitalt")

    assert (response.status_code, response.text) == (
        400,
        "En kort adress har sina filter redan. Utgå från /kalender för att välja fritt.\n",
    )


def test_it_costs_one_question_more_than_the_long_address(
    client: Browser, count_queries: CountQueries, code: str, organisations: list[Organisation]
) -> None:
    counts = []
    for address in (f"/kalender.ics?{of(organisations)}", f"/f/{code}.ics"):
        with count_queries() as counted:
            read(client.get(address).data)
        counts.append(counted.count)

    assert counts == [4, 5]
