"""What stands below the first screen of a phone is drawn after it, or when one comes near, and nothing moves."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from planner.web.access import Level
from tests.browser.conftest import Live
from tests.browser.looking import open_page
from tests.browser.test_every_page import PUBLIC
from tests.browser.test_public_pages import programme
from tests.browser.week import Week, stops_of
from tests.factories import make_event, make_occurrence

__all__ = ["programme"]

Visit = Callable[..., Page]
IS_LAID_OUT = "card => card.firstElementChild.checkVisibility({contentVisibilityAuto: true})"
WATCH = """
    window.drawnLater = 0;
    document.addEventListener("animationend", event => {
        drawnLater += event.animationName === "later" && event.elapsedTime > 0;
    });
    window.shifts = [];
    new PerformanceObserver(list => { shifts.push(...list.getEntries()); }).observe({ type: "layout-shift" });
"""
MOVED = """new Promise(done => setTimeout(() => done(shifts.map(({ value, sources }) =>
    [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)])), 100))"""
ALL_IS_DRAWN = """() => document.readyState === "complete"
    && document.getAnimations().every(each => each.animationName !== "later")"""


@pytest.fixture
def full(live: Live) -> None:
    """A day with some screens of events."""
    with live.session() as session:
        for hour in range(8, 22):
            event = make_event(session, f"Samtal {hour}", with_occurrence=False)
            make_occurrence(session, event, start=time(hour), end=None)


def watched(page: Page) -> Page:
    """A page that keeps count of what is drawn later and of what moves."""
    page.add_init_script(WATCH)
    return page


def counted(page: Page, address: str) -> int:
    """How many boxes of a page were drawn later, when all are."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function(ALL_IS_DRAWN)
    return int(page.evaluate("drawnLater"))


def test_what_is_far_down_waits_and_nothing_moves(full: None, visit: Visit) -> None:
    page = watched(visit("/om", width=360, height=780))
    counted(page, "/kalender")
    first, last = page.locator(".card").first, page.locator(".card").last
    assert (first.evaluate(IS_LAID_OUT), last.evaluate(IS_LAID_OUT)) == (True, False)
    assert page.evaluate(MOVED) == []
    page.emulate_media(media="print")
    assert last.evaluate(IS_LAID_OUT)
    page.emulate_media(media="screen")
    page.wait_for_function(ALL_IS_DRAWN)
    last.locator("a").first.focus()
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight")


@pytest.mark.parametrize(("width", "height"), [(360, 780), (412, 915)])
def test_nothing_moves_on_any_page_when_the_rest_is_drawn(
    live: Live, week: Week, visit: Visit, width: int, height: int
) -> None:
    page, moved = watched(visit("/om", width=width, height=height)), {}
    own = [path for path, level in stops_of(live.app, week.world) if level in (Level.ANYONE, Level.VISITOR)]
    for address in [*own, *PUBLIC]:
        if open_page(page, address) is None:
            continue
        page.wait_for_function(ALL_IS_DRAWN)
        if shifts := page.evaluate(MOVED):
            moved[address] = shifts
    assert moved == {}


def test_all_is_drawn_at_once_for_a_desk_and_for_who_is_sent_further_down(programme: None, visit: Visit) -> None:
    desk, phone = watched(visit("/om")), watched(visit("/om", width=360))
    assert counted(desk, "/") == 0
    assert counted(phone, "/") > 0
    assert counted(phone, "/#for-arrangorer") == 0
    heading = phone.locator("#for-arrangorer")
    assert 0 <= heading.evaluate("heading => heading.getBoundingClientRect().top") < 100


def test_a_page_that_is_drawn_is_not_drawn_in_steps_again(programme: None, visit: Visit) -> None:
    page = watched(visit("/om", width=360))
    drawn = counted(page, "/")
    page.set_viewport_size({"width": 900, "height": 400})
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/#for-arrangorer")
    page.go_back()
    page.wait_for_function(ALL_IS_DRAWN)
    assert page.evaluate("drawnLater") == drawn > 0


def test_who_loads_a_page_again_stays_where_they_were(full: None, visit: Visit) -> None:
    page = visit("/kalender", width=360, height=780)
    page.wait_for_function(ALL_IS_DRAWN)
    card = page.locator("article", has_text="kl. 14 Samtal 14")
    card.scroll_into_view_if_needed()
    expect(card).to_be_in_viewport()
    page.reload()
    page.wait_for_function(ALL_IS_DRAWN)
    expect(card).to_be_in_viewport()


def test_what_filters_put_in_place_is_drawn_at_once(programme: None, visit: Visit) -> None:
    page = watched(visit("/om", width=360))
    assert counted(page, "/kalender") > 0
    page.evaluate("drawnLater = 0")
    page.locator(".filters > summary").click()
    page.get_by_label("Digitalt", exact=False).first.check()
    page.wait_for_url("**/kalender?form=digitalt")
    page.locator(".calendar__count", has_text="1 tillfälle").wait_for()
    page.wait_for_function(ALL_IS_DRAWN)
    assert page.evaluate("drawnLater") == 0
