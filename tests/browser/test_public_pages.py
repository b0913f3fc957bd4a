"""The public pages in a real browser: filters work without JavaScript, beside the list and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.models import Audience, EventStatus, EventText, HostingRole, OccurrenceState, SignUp
from planner.venues.models import Answer, Feature, VenueFact
from tests.browser.conftest import Live
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

LONG_TITLE = "Demokratiutvecklingssamverkan och medborgarinflytande i Värmlands sexton kommuner – hur går det till?"[
    :100
]
LONG_NAME = "Samverkansnätverket för demokrati, delaktighet & mänskliga rättigheter i Värmland"


@pytest.fixture
def programme(live: Live) -> None:
    """Something of every kind, with the longest names."""
    with live.session() as session:
        _make_programme(session)


def _make_programme(session: Session) -> None:
    edition = make_edition(session, intro="Om veckan.\n\nMer om veckan.", contact_email="veckan@varmland.example")
    make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    theme = make_theme(session, "Kultur", edition)
    library, room = (
        make_venue(session, directions="Buss 1.", latitude=59.4, longitude=13.5),
        make_digital_venue(session),
    )
    session.add(VenueFact(venue_id=library.id, feature=Feature.LIFT, answer=Answer.YES, checked_on=MONDAY))
    hybrid = make_event(
        session,
        "Hybrid",
        themes=[theme],
        audiences=list(Audience),
        languages=["sv", "ar"],
        sign_up=SignUp.EXTERNAL,
        sign_up_url="https://anmalan.example/",
        contact_email="arrangoren@varmland.example",
        description_html="<p>Text med <a href='https://varmland.example'>länk</a>.</p>",
        with_occurrence=False,
    )
    make_occurrence(session, hybrid, place=library, digital_place=room, is_preliminary=True, capacity_onsite=20)
    make_occurrence(session, hybrid, MONDAY, state=OccurrenceState.POSTPONED, state_note="Vi återkommer.")
    session.add_all(
        EventText(event_id=hybrid.id, language=language, title="Title", summary="Text") for language in ("ar", "en")
    )
    make_event(session, "Inställt", status=EventStatus.CANCELLED, decision_reason="Sjukdom.")
    long_one = make_event(session, LONG_TITLE, slug="langt", summary="Ord " * 75, with_occurrence=False)
    make_occurrence(session, long_one, last_day=MONDAY.replace(day=24), start=None, time_note="Under öppettiderna")
    for number, role in enumerate((*HostingRole, HostingRole.CO_ORGANISER)):
        partner = make_organisation(session, f"{LONG_NAME} {number}", slug=f"arrangor-{number}", about="Vi är med.")
        make_hosting(session, long_one, partner, role=role)


def test_filters_work_on_a_phone_without_javascript(live: Live, programme: None, visit: Callable[..., Page]) -> None:
    page = visit("/kalender", width=360, javascript=False)
    digital = page.get_by_label("Digitalt", exact=False).first
    expect(digital).not_to_be_visible()
    page.get_by_text("Filtrera", exact=True).click()
    digital.check()
    page.get_by_role("button", name="Visa").click()
    expect(page).to_have_url(f"{live.url}/kalender?form=digitalt")
    expect(page.locator(".card__title")).to_have_text(["Hybrid"])
    page.get_by_role("link", name="Ta bort filtret: Digitalt").click()
    expect(page).to_have_url(f"{live.url}/kalender")


def test_filters_stand_open_beside_the_list_on_a_wide_screen(
    live: Live, programme: None, visit: Callable[..., Page]
) -> None:
    page = visit("/kalender", javascript=False)
    page.get_by_label("Karlstad", exact=False).first.check()
    page.get_by_role("button", name="Visa").click()
    expect(page).to_have_url(f"{live.url}/kalender?kommun=1780")


def test_day_filter_and_event_are_reached_by_keyboard(live: Live, programme: None, visit: Callable[..., Page]) -> None:
    page = visit("/kalender?dag=2027-09-20", width=360)
    page.get_by_role("link", name="Hybrid").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hybrid")
    expect(page.get_by_role("link", name="Delta digitalt")).to_have_attribute("href", "https://moten.example/demokrati")
