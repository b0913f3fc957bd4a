"""The views in a real browser: a bar lies over its days, a month folds to numbers, and the map goes by keyboard."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Live
from tests.factories import MONDAY, make_event, make_occurrence, make_venue

Visit = Callable[..., Page]
DESK, PHONE = 1280, 360


def make_exhibition(live: Live) -> None:
    """A talk in Arvika on Monday, and an exhibition there from Tuesday to Thursday."""
    with live.session() as session:
        event = make_event(session, "Utställning", with_occurrence=False)
        library = make_venue(session, "Arvika bibliotek", kommun_code="1784")
        make_occurrence(session, event, place=library)
        make_occurrence(
            session, event, MONDAY + timedelta(1), last_day=MONDAY + timedelta(3), start=None, place=library
        )


def sides(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def test_bar_lies_over_its_days_where_they_stand_side_by_side(live: Live, visit: Visit) -> None:
    make_exhibition(live)
    page = visit("/kalender?vy=vecka", width=DESK)
    first, last = sides(page, "[aria-labelledby='dag-2027-09-21']"), sides(page, "[aria-labelledby='dag-2027-09-23']")
    begins, ends = sides(page, ".bar")
    assert abs(begins - first[0]) < 2
    assert abs(ends - last[1]) < 2
    page.set_viewport_size({"width": PHONE, "height": 800})
    expect(page.locator(".bar__days")).to_have_text("21–23 sep. · Arvika")
    assert sides(page, ".bar") == sides(page, "[aria-labelledby='dag-2027-09-21']")


def test_month_is_numbers_that_lead_to_their_days_on_a_phone(live: Live, visit: Visit) -> None:
    make_exhibition(live)
    page = visit("/kalender?vy=manad", width=DESK)
    expect(page.locator(".month__day .entry")).to_be_visible()
    page.set_viewport_size({"width": PHONE, "height": 800})
    expect(page.locator(".month__day .entry")).to_be_hidden()
    page.get_by_role("link", name="måndag 20 september 2027, 1 tillfälle").click()
    expect(page.get_by_role("heading", name="Måndag 20 september 2027")).to_be_visible()
    expect(page.locator(".hour__title")).to_have_text("Utställning, måndag 20 september 2027 kl. 18–19.30")


def test_map_goes_by_keyboard_and_shows_where_one_is_in_any_colours(live: Live, visit: Visit) -> None:
    make_exhibition(live)
    page = visit("/kalender?vy=karta", width=DESK)
    arvika = page.get_by_role("link", name="Arvika: 2 tillfällen")
    outline = arvika.locator("path")
    for colours in ("none", "active"):
        page.emulate_media(forced_colors=colours)  # type: ignore[arg-type]
        page.locator("h1").click()
        before = outline.evaluate("path => [getComputedStyle(path).stroke, getComputedStyle(path).strokeWidth].join()")
        arvika.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        after = outline.evaluate("path => [getComputedStyle(path).stroke, getComputedStyle(path).strokeWidth].join()")
        assert before != after, colours
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 tillfällen")).to_be_visible()
    expect(page).to_have_url(f"{live.url}/kalender?kommun=1784")


def test_click_on_the_map_fetches_the_part_that_changes(live: Live, visit: Visit) -> None:
    make_exhibition(live)
    page = visit("/kalender?vy=karta", width=DESK)
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("link", name="Arvika: 2 tillfällen").click()
    expect(page.locator(".calendar__count")).to_have_text("2 tillfällen")
    expect(page).to_have_url(f"{live.url}/kalender?kommun=1784")
    assert page.evaluate("window.isTheSamePage")
