"""Getting the programme into one's own calendar: without JavaScript, by keyboard, and with the button that copies."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from planner.data.kommuner import kommuner
from tests.browser.conftest import Live
from tests.browser.test_keyboard import press_on, tab_to
from tests.browser.week import Week

Visit = Callable[..., Page]


def test_a_choice_that_is_too_long_gets_its_calendar_without_javascript(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/kommuner/karlstad", width=360, javascript=False)
    page.get_by_role("link", name="Prenumerera på det här").click()
    page.get_by_text("Gör ett urval").click()
    expect(page.locator("#kommun-1780")).to_be_checked()
    for code in kommuner():
        page.locator(f"#kommun-{code}").check()
    page.locator("summary").filter(has_text="Dag").click()
    for day in range(20, 28):
        page.locator(f"#dag-2027-09-{day}").check()
    page.get_by_role("button", name="Visa vad det ger").click()
    expect(page.locator(".gives__count")).to_contain_text("i Demokrativeckan 2027.")
    expect(page.locator("#kalenderadress")).to_have_count(0)
    page.get_by_role("button", name="Gör en kort adress").click()
    code = page.url.rpartition("/")[2].partition("#")[0]
    expect(page).to_have_url(f"{live.url}/prenumerera/{code}#lagg-till")
    expect(page.get_by_label("Kalenderns adress")).to_have_value(f"{live.url}/f/{code}.ics")
    expect(page.get_by_role("button", name="Kopiera")).to_have_count(0)
    assert page.context.cookies() == []
    assert page.request.get(f"/f/{code}.ics").status == 200


def test_by_keyboard_from_the_calendar_to_the_calendar_app(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/kalender?form=digitalt")
    press_on(page, "Prenumerera på det här", "**/prenumerera?form=digitalt")
    tab_to(page, "Arvika")
    page.keyboard.press("Space")
    press_on(page, "Visa vad det ger", "**/prenumerera?form=digitalt&kommun=1784#det-har-far-du")
    tab_to(page, "Öppna i Kalender")
    expect(page.locator(":focus")).to_have_attribute(
        "href", f"{live.url.replace('http:', 'webcal:')}/kalender.ics?kommun=1784&form=digitalt"
    )
    tab_to(page, "Kopiera")


def test_the_button_copies_the_address_and_says_so(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/prenumerera?kommun=1784")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Kopiera").click()

    expect(page.get_by_role("status").filter(has_text="Adressen är kopierad.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live.url}/kalender.ics?kommun=1784"


def test_where_the_browser_forbids_it_the_address_is_selected(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/prenumerera?kommun=1784")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")

    page.get_by_role("button", name="Kopiera").click()

    expect(page.get_by_role("status").filter(has_text="Adressen är markerad.")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == f"{live.url}/kalender.ics?kommun=1784"


def test_pictures_to_scan_are_seen_in_both_colour_schemes(week: Week, visit: Visit) -> None:
    page = visit("/prenumerera?kommun=1784", width=360)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for picture in page.locator(".scan__picture").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_be_visible()
            assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
            assert picture.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"
