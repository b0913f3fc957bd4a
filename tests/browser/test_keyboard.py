"""By keyboard alone: every stop on the way can be seen, and the way leads there."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from planner.events.queries import event_for_editing
from planner.mail.models import Letter
from tests.browser.conftest import Live
from tests.browser.week import Week

Visit = Callable[..., Page]
STOP = """() => {
    const here = document.activeElement;
    const ring = part => {
        const style = part && getComputedStyle(part);
        return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    // A card, a row of a list, or the whole of a choice wears the ring for what it holds.
    const around = [here, here.parentElement, here.closest(".card, .option, .lasting__row")];
    const box = here.getBoundingClientRect();
    const name = here.getAttribute("aria-label") ?? here.labels?.[0]?.innerText ?? here.innerText ?? "";
    return {
        name: name.trim().replace(/\\s+/g, " "),
        isSeen: here === document.body || (around.some(ring) && box.bottom > 0 && box.top < innerHeight),
        html: here.outerHTML.slice(0, 150),
    };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus; each stop on the way can be seen."""
    for _stop in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["isSeen"], f"on {page.url} the focus cannot be seen on {stop['html']}"
        if stop["name"].startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name!r} on {page.url}")


def press_on(page: Page, name: str, address: str) -> None:
    """Go to a link or button, press Enter, and arrive."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_from_the_start_page_to_the_link_of_a_digital_event(week: Week, visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["name"] == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    press_on(page, "Se programmet", "**/kalender")
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["name"] == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    press_on(page, "Hybrid", "**/evenemang/hybrid")
    tab_to(page, "Delta digitalt")
    assert page.evaluate("document.activeElement.href") == "https://moten.example/demokrati"


@pytest.mark.parametrize("width", [320, 1280])
def test_calendar_is_filtered(week: Week, visit: Visit, width: int) -> None:
    page = visit("/kalender", width=width)
    if width == 320:
        tab_to(page, "Filtrera")
        page.keyboard.press("Enter")
    tab_to(page, "Digitalt")
    page.keyboard.press("Space")
    press_on(page, "Visa", "**/kalender?form=digitalt")
    expect(page.locator("main:not([aria-busy])")).to_be_visible()
    press_on(page, "Ta bort filtret: Digitalt", "**/kalender")


def test_signing_in_and_saving_a_step(live: Live, week: Week, visit: Visit) -> None:
    step = f"/arbetsyta/evenemang/{week.draft['number']}/vad"
    page = visit(step)
    tab_to(page, "E-postadress")
    page.keyboard.type(week.world.member.email)
    press_on(page, "Skicka en länk", "**/skickat*")
    page.goto(_link_in_the_letter(live))
    press_on(page, "Logga in", f"**{step}")
    tab_to(page, "Kort sammanfattning")
    page.keyboard.press("Control+A")
    page.keyboard.type("Skrivet utan mus.")
    press_on(page, "Spara och fortsätt", "**/tillfallen")
    with live.session() as session:
        event = event_for_editing(session, week.draft["number"])
        assert event is not None
        assert event.summary == "Skrivet utan mus."


def _link_in_the_letter(live: Live) -> str:
    live.send_letters()
    with live.session() as session:
        body = session.scalars(sa.select(Letter.body).order_by(Letter.id.desc())).first()
    found = re.search(r"/konto/in/\S+", body or "")
    assert found, body
    return found.group()


def test_error_summary_is_reached_and_leads_to_the_field(week: Week, visit: Visit) -> None:
    page = visit(f"/arbetsyta/evenemang/{week.draft['number']}/tillfallen/ny", as_user=week.world.member)
    tab_to(page, "Spara tillfället")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["isSeen"]
    page.keyboard.press("Enter")
    expect(page.locator("[aria-invalid=true] :focus")).to_have_count(1)


def test_a_stop_without_a_ring_is_noticed(visit: Visit) -> None:
    page = visit("/om")
    page.evaluate("document.querySelectorAll('a').forEach(link => { link.style.outline = 'none'; })")
    with pytest.raises(AssertionError, match="the focus cannot be seen"):
        tab_to(page, "Kalender")
