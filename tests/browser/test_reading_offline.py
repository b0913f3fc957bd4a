"""Who asks for it can read a saved programme and a day without a network; who does not ask keeps nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_visitors_leave_nothing import LEFT_BEHIND
from tests.browser.week import Week
from tests.site.world import TOKEN

Visit = Callable[..., Page]
ASK = "Gör så att programmet går att läsa utan nät"
FORGET = "Ta bort allt som är sparat för läsning utan nät"


@pytest.mark.parametrize("path", [f"/mitt-program/{TOKEN}", "/kalender?vy=dag"])
def test_a_page_that_was_asked_for_opens_without_a_network(week: Week, visit: Visit, path: str) -> None:
    page = visit(path)
    expect(page.get_by_role("button", name=ASK)).to_be_visible()
    assert page.evaluate(LEFT_BEHIND) == []
    heading = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name=ASK).click()
    expect(page.get_by_text("Sidan är sparad i den här webbläsaren.")).to_be_visible()
    expect(page.get_by_role("button", name=FORGET)).to_be_focused()

    page.context.set_offline(True)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_text("Det här är en sparad kopia.")).to_be_visible()
    expect(page.locator("[data-offline-banner] time")).to_have_text(re.compile(r"\d{4} kl. \d\d[.:]\d\d"))
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Familjen Grotesk"')

    page.context.set_offline(False)
    page.goto(path)
    expect(page.get_by_text("Det här är en sparad kopia.")).to_be_hidden()
    page.get_by_role("button", name=FORGET).click()
    expect(page.get_by_text("Allt som var sparat för läsning utan nät är borta.")).to_be_visible()
    page.goto("/om")
    assert page.evaluate(LEFT_BEHIND) == []


def test_without_script_nothing_is_promised(week: Week, visit: Visit) -> None:
    page = visit("/kalender?vy=dag", javascript=False)
    expect(page.get_by_text("Läs utan nät")).to_be_hidden()


def test_the_panel_waits_for_no_answer_of_the_browser(week: Week, visit: Visit) -> None:
    page = visit("/")
    page.add_init_script("caches.has = () => new Promise(() => {})")
    page.goto(f"/mitt-program/{TOKEN}")
    # At once, not in the end: whatever comes late moves what somebody is about to press.
    assert page.get_by_role("button", name=ASK).is_visible()
