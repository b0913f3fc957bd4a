"""What stands below the first screen is laid out when one comes near it, and nothing moves; paper has it all."""

from collections.abc import Callable
from datetime import time

from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.factories import make_event, make_occurrence

Visit = Callable[..., Page]
IS_LAID_OUT = "card => card.firstElementChild.checkVisibility({contentVisibilityAuto: true})"
SHIFT = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(entry => entry.value)))
    .observe({type: "layout-shift", buffered: true}) ?? setTimeout(done, 300, []))"""


def test_what_is_far_down_waits_and_nothing_moves(live: Live, visit: Visit) -> None:
    with live.session() as session:
        for hour in range(8, 22):
            event = make_event(session, f"Samtal {hour}", with_occurrence=False)
            make_occurrence(session, event, start=time(hour), end=None)
    page = visit("/kalender", width=360, height=780)
    first, last = page.locator(".card").first, page.locator(".card").last
    assert (first.evaluate(IS_LAID_OUT), last.evaluate(IS_LAID_OUT)) == (True, False)
    assert page.evaluate(SHIFT) == []
    page.emulate_media(media="print")
    assert last.evaluate(IS_LAID_OUT)
    page.emulate_media(media="screen")
    last.locator("a").first.focus()
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight")
