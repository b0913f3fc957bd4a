"""The organiser's side in a real browser: on a phone, without JavaScript, by keyboard, and looked over by axe."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from planner.accounts.models import User
from planner.editions.models import EditionState
from planner.events.models import EventStatus, HostingState, TimeKind
from planner.events.queries import event_for_editing
from tests.browser.conftest import Live
from tests.factories import (
    make_criterion,
    make_edition,
    make_event,
    make_hosting,
    make_organisation,
    make_theme,
    make_user,
    make_venue,
)

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]


@dataclass
class Scene:
    """An organiser with a draft, a published event and an asked partner."""

    anna: User
    petra: User
    draft: str
    published: str
    occurrence: int
    hosting: int


@pytest.fixture
def scene(live: Live) -> Scene:
    with live.session() as session:
        anna, petra = make_user(session, "Anna Andersson"), make_user(session, "Petra Persson")
        ours = make_organisation(session, members=[anna])
        edition = make_edition(session, state=EditionState.PUBLISHED)
        make_theme(session, edition=edition)
        make_criterion(session, edition)
        make_venue(session, "Arvika bibliotek", kommun_code="1784", street="Kyrkogatan 41", town="Arvika")
        draft = make_event(session, "Lunchsamtal", organiser=ours, edition=edition, status=EventStatus.DRAFT)
        published = make_event(session, "Öppet hus", organiser=ours, edition=edition)
        partner = make_organisation(session, "Region Värmland", members=[petra])
        hosting = make_hosting(session, draft, partner, state=HostingState.ASKED)
        make_hosting(session, published, partner)
        whole = event_for_editing(session, draft.id)
        assert whole is not None
        return Scene(anna, petra, _at(draft.number), _at(published.number), whole.occurrences[0].id, hosting.id)


def _at(number: str) -> str:
    return f"/arbetsyta/evenemang/{number.lower()}"


def test_event_is_registered_on_a_phone_without_javascript(live: Live, scene: Scene, visit: Visit) -> None:
    page = visit("/arbetsyta", width=360, javascript=False, as_user=scene.anna)
    page.get_by_role("link", name="Ny programpunkt").click()
    page.get_by_label("Rubrik").fill("Fråga politikerna")
    page.get_by_role("button", name="Spara utkast och fortsätt").click()
    page.get_by_label("Vad är det för slags aktivitet?").select_option(label="Frågestund")
    page.get_by_label("Kort sammanfattning").fill("Kom och fråga.")
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.get_by_role("link", name="Lägg till ett tillfälle").click()
    page.get_by_label("Jag vet bara starttiden").check()
    page.get_by_label("Dag", exact=True).fill("2027-09-22")
    page.get_by_label("Börjar klockan").fill("18")
    page.get_by_label("Sök en annan plats").fill("arvika")
    page.get_by_role("button", name="Sök plats").click()
    assert page.get_by_label("Börjar klockan").input_value() == "18.00"
    page.get_by_label("Arvika bibliotek").check()
    page.get_by_role("button", name="Spara tillfället").click()
    page.get_by_role("link", name="Fortsätt").click()
    page.get_by_label("Alla", exact=True).check()
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.get_by_label("E-post", exact=True).fill("hej@samtal.example")
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.get_by_role("link", name="Fortsätt").click()
    page.get_by_role("button", name="Spara och fortsätt").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Granska och skicka"
    page.get_by_role("button", name="Skicka in för granskning").click()
    assert "Programpunkten är inskickad." in page.inner_text("main")
    with live.session() as session:
        [number] = re.findall(r"dv27-\d+", page.url)
        event = event_for_editing(session, number)
        assert event is not None
        assert (event.status, event.occurrences[0].place and event.occurrences[0].place.name) == (
            EventStatus.SUBMITTED,
            "Arvika bibliotek",
        )


def test_event_is_begun_by_keyboard_alone(scene: Scene, visit: Visit) -> None:
    page = visit("/arbetsyta", as_user=scene.anna)
    _tab_to(page, "Ny programpunkt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ny")
    _tab_to(page, "Rubrik")
    page.keyboard.type("Tangenternas afton")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vad")
    _tab_to(page, "Kort sammanfattning")
    page.keyboard.type("Allt går utan mus.")
    _tab_to(page, "Spara och fortsätt")
    page.keyboard.press("Space")
    page.wait_for_url("**/tillfallen")
    _tab_to(page, "Lägg till ett tillfälle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tillfallen/ny")
    _tab_to(page, "Jag vet start- och sluttid")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Jag vet bara starttiden").is_checked()
    _tab_to(page, "Börjar klockan")
    page.keyboard.type("0930")
    _tab_to(page, "Spara tillfället")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tillfallen")
    assert "kl. 9.30" in page.inner_text("main")


def test_what_calendars_lack_is_mended_by_keyboard_alone(live: Live, scene: Scene, visit: Visit) -> None:
    with live.session() as session:
        event = event_for_editing(session, scene.draft.rpartition("/")[2])
        assert event is not None
        event.occurrences[0].time_kind, event.occurrences[0].ends_at = TimeKind.START_ONLY, None
    page = visit(scene.draft, width=360, as_user=scene.anna)
    _tab_to(page, "Så ser kalenderapparna ditt evenemang")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kalenderappar")
    assert "Sluttid saknas" in page.inner_text("main")
    _tab_to(page, "Ändra tillfället")
    page.keyboard.press("Enter")
    page.wait_for_url("**#time_kind")
    _tab_to(page, "Jag vet bara starttiden")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this name has the focus, and see that the focus can be seen."""
    focused = """() => {
        const here = document.activeElement;
        const label = here.labels?.[0]?.innerText ?? here.innerText ?? "";
        // A radio button shows its focus around the whole choice.
        const shown = [here, here.parentElement].map((part) => getComputedStyle(part).outlineStyle);
        return [label.split("\\n")[0].trim(), shown.some((style) => style !== "none")];
    }"""
    for _ in range(120):
        page.keyboard.press("Tab")
        label, is_visible = page.evaluate(focused)
        if label.startswith(name):
            assert is_visible, f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def test_fields_that_do_not_apply_are_hidden_and_what_is_in_them_is_not(scene: Scene, visit: Visit) -> None:
    page = visit(f"{scene.draft}/tillfallen/ny", as_user=scene.anna)
    start, end = page.get_by_label("Börjar klockan"), page.get_by_label("Slutar klockan")
    assert not start.is_visible()
    page.get_by_label("Jag vet start- och sluttid").check()
    assert start.is_visible()
    start.fill("18")
    page.get_by_label("Hela dagar eller öppettider").check()
    assert (start.is_visible(), end.is_visible()) == (True, False)
    start.fill("")
    page.get_by_label("Efter bokning").check()
    assert not start.is_visible()


def test_enter_in_the_search_field_searches(scene: Scene, visit: Visit) -> None:
    page = visit(f"{scene.draft}/tillfallen/ny", as_user=scene.anna)
    page.get_by_label("Sök en annan plats").fill("arvika")
    page.keyboard.press("Enter")
    page.wait_for_url("**#var")
    assert "En plats hittades." in page.inner_text("main")


def test_error_summary_takes_the_focus_and_leads_to_the_field(scene: Scene, visit: Visit, axe: Axe) -> None:
    page = visit(f"{scene.draft}/vad", as_user=scene.anna)
    page.get_by_label("Rubrik").fill("")
    page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert axe(page) == []
    page.get_by_role("link", name="Skriv en rubrik.").click()
    expect(page.locator("#title")).to_be_focused()


def test_conflict_page_is_accessible_and_chooses(live: Live, scene: Scene, visit: Visit, axe: Axe) -> None:
    first = visit(f"{scene.draft}/vad", width=360, as_user=scene.anna)
    second = visit(f"{scene.draft}/vad", as_user=scene.anna)
    second.get_by_label("Rubrik").fill("Den andra fliken")
    second.get_by_role("button", name="Spara", exact=True).click()
    first.get_by_label("Rubrik").fill("Den första fliken")
    first.get_by_role("button", name="Spara", exact=True).click()
    assert first.get_by_role("heading", level=1).inner_text() == "Det finns en nyare version"
    assert axe(first) == []
    first.get_by_label("Det du skrev").check()
    first.get_by_role("button", name="Spara mina val").click()
    assert first.get_by_label("Rubrik").input_value() == "Den första fliken"


def test_back_button_after_saving_does_not_lose_anything(scene: Scene, visit: Visit) -> None:
    page = visit(f"{scene.draft}/vad", as_user=scene.anna)
    page.get_by_label("Kort sammanfattning").fill("Första versionen")
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.wait_for_url("**/tillfallen")
    page.go_back()
    page.get_by_label("Kort sammanfattning").fill("Andra versionen")
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.wait_for_load_state()
    told = page.inner_text("main")
    # Either the browser fetched the page anew, or it showed its old one and both versions are offered.
    assert page.url.endswith("/tillfallen") or ("Första versionen" in told and "Andra versionen" in told)
