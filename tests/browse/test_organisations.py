"""The organisers' pages: who is named, and what they stand behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import EventStatus, HostingState
from planner.organisations.models import OrganisationKind, OrganisationSlug, Standing
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import make_edition, make_event, make_hosting, make_organisation

Counter = Callable[[], AbstractContextManager[Any]]


def listed(client: Browser) -> PublicPage:
    return PublicPage(client.get("/arrangorer"))


def show(client: Browser, slug: str) -> PublicPage:
    return PublicPage(client.get(f"/arrangorer/{slug}"))


def test_organisations_stand_by_kind_in_swedish_order(session: Session, client: Browser) -> None:
    for name in ("Årjängs kommun", "Arvika kommun", "Säffle kommun", "Storfors kommun"):
        make_organisation(session, name, kind=OrganisationKind.KOMMUN)
    make_organisation(session, "Region Värmland", kind=OrganisationKind.REGION)
    make_event(session, organiser=make_organisation(session, "ABF"))
    page = listed(client)
    names = [words for words, url in page.links().items() if url.startswith("/arrangorer/")]
    assert names == [
        "Arvika kommun",
        "Storfors kommun",
        "Säffle kommun",
        "Årjängs kommun",
        "Region Värmland",
        "ABF",
    ]
    assert text(page.section("Förening")) == "Förening ABF 1 tillfälle"


@pytest.mark.parametrize(
    ("standing", "alone", "with_an_event"),
    [
        (Standing.VERIFIED, True, True),
        (Standing.UNCLAIMED, False, True),
        (Standing.PENDING, False, False),
        (Standing.REFUSED, False, False),
        (Standing.SUSPENDED, False, False),
    ],
)
def test_standing_decides_who_has_a_page(
    session: Session, client: Browser, standing: Standing, alone: bool, with_an_event: bool
) -> None:
    make_edition(session)
    organisation = make_organisation(session, "Kulturföreningen", standing=standing)

    def is_there() -> bool:
        found = client.get("/arrangorer/kulturforeningen").status_code == 200
        assert ("Kulturföreningen" in listed(client).html) is found
        return found

    assert is_there() is alone
    make_event(session, organiser=organisation)
    assert is_there() is with_an_event


@pytest.mark.parametrize("state", HostingState)
def test_partner_is_named_only_while_it_has_said_yes(session: Session, client: Browser, state: HostingState) -> None:
    partner = make_organisation(session, "Partnern", standing=Standing.UNCLAIMED)
    make_hosting(session, make_event(session), partner, state=state)
    accepted = state is HostingState.ACCEPTED
    assert ("Partnern" in listed(client).html) is accepted
    assert client.get("/arrangorer/partnern").status_code == (200 if accepted else 404)


def test_joint_event_is_on_every_hosts_page_and_leaves_in_the_same_moment(session: Session, client: Browser) -> None:
    hosting = make_hosting(session, make_event(session), make_organisation(session, "Region Värmland"))
    pages = ("/", "/kalender", "/evenemang/samtal-om-demokrati", "/kommuner/karlstad", "/platser/stadsbiblioteket")
    assert show(client, "region-varmland").titles == ["Samtal om demokrati"]
    assert all("Region Värmland" in client.get(page).get_data(as_text=True) for page in pages)
    hosting.state = HostingState.WITHDRAWN
    session.flush()
    assert show(client, "region-varmland").titles == []
    for page in pages:
        assert "Region Värmland" not in client.get(page).get_data(as_text=True), page


def test_page_tells_of_the_organisation_and_names_its_feed(session: Session, client: Browser) -> None:
    make_edition(session)
    make_organisation(
        session,
        "ABF",
        kind=OrganisationKind.STUDY_ASSOCIATION,
        about="Vi ordnar cirklar.",
        website="https://www.abf.example/varmland",
        public_email="abf@abf.example",
        public_phone="+46545400000",
        responsible_name="Hemlig Person",
    )
    page = show(client, "abf")
    assert page.with_class("lead") == ["Studieförbund, Karlstad"]
    assert page.links(page.section("Kontakt")) == {
        "abf.example": "https://www.abf.example/varmland",
        "054-540 00 00": "tel:+46545400000",
        "abf@abf.example": "mailto:abf@abf.example",
    }
    assert page.with_class("empty__title") == ["Inget i programmet just nu"]
    assert page.feeds == ["https://demokrativeckan.example/arrangorer/abf.ics"]
    assert "Hemlig Person" not in page.html


def test_former_address_leads_to_the_present(session: Session, client: Browser) -> None:
    organisation = make_organisation(session, "Nya namnet")
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=organisation.id))
    response = client.get("/arrangorer/gamla-namnet")
    assert (response.status_code, response.location) == (301, "/arrangorer/nya-namnet")


def test_other_editions_of_an_organisation_are_a_step_away(session: Session, client: Browser) -> None:
    organisation = make_organisation(session, "ABF")
    make_edition(session)
    old = make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    make_event(session, edition=old, organiser=organisation)
    make_event(session, "Utkast", edition=old, organiser=organisation, status=EventStatus.DRAFT)
    page = show(client, "abf")
    assert text(page.section("Andra upplagor")) == "Andra upplagor Demokrativeckan 2021 1 tillfälle"
    assert page.links()["Demokrativeckan 2021"] == "/kalender?upplaga=2021&arrangor=abf"


def test_unclaimed_of_other_editions_stand_apart(session: Session, client: Browser) -> None:
    make_edition(session)
    old = make_edition(session, "2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    organisation = make_organisation(session, "Borlänge kommun", standing=Standing.UNCLAIMED)
    make_event(session, edition=old, organiser=organisation)
    page = listed(client)
    assert "Borlänge kommun" in text(page.section("Från andra upplagor"))


def test_nobody_yet(session: Session, client: Browser) -> None:
    assert listed(client).with_class("empty__title") == ["Inga arrangörer visas än"]
    assert client.get("/arrangorer/ingen").status_code == 404


def test_list_and_page_cost_the_same_number_of_questions_whatever_they_show(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    organiser = make_organisation(session, "ABF")
    made, counts = 0, []
    for rows in (1, 3, 40):
        while made < rows:
            event = make_event(session, f"Samtal {made}", organiser=organiser)
            make_hosting(session, event, make_organisation(session, f"Partner {made}"))
            made += 1
        with count_queries() as in_list:
            listed(client)
        with count_queries() as on_page:
            assert len(show(client, "abf").titles) == rows
        counts.append((in_list.count, on_page.count))
    assert counts == [(3, 7)] * 3
