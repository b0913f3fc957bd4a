"""Mitt program in a real browser: without script, by keyboard, and without a trace where nobody asked for one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from planner.web.access import Level
from tests.browser.conftest import Live
from tests.browser.looking import PHONE, faults_on, open_page
from tests.browser.test_keyboard import press_on, tab_to
from tests.browser.test_visitors_leave_nothing import LEFT_BEHIND
from tests.browser.week import Week, stops_of
from tests.languages import PREFIXES, without_language
from tests.site.world import TOKEN

Visit = Callable[..., Page]


def cookies(page: Page) -> list[tuple[str, str]]:
    """The cookies of the browser: name and path."""
    kept: list[Any] = page.context.cookies()
    return sorted((cookie["name"], cookie["path"]) for cookie in kept)


def save(page: Page, title: str) -> str:
    """From the calendar to a new programme; its address."""
    page.goto("/kalender")
    page.get_by_role("link", name=re.compile(f"Lägg i mitt program *: {title}")).first.click()
    page.get_by_role("button", name="Spara i ett nytt program").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt program")
    return page.url.partition("?")[0]


@pytest.mark.parametrize("width", [320, 1280])
def test_saving_moving_and_sharing_without_script(live: Live, week: Week, visit: Visit, width: int) -> None:
    page = visit("/kalender", width=width, javascript=False)
    own = save(page, "Hybrid")
    assert cookies(page) == []
    page.get_by_role("link", name="Lägg till fler").click()
    page.get_by_label("Digitalt").check()
    page.get_by_role("button", name="Spara i ”Mitt program”").click()
    expect(page.locator(".card__title")).to_have_text(["Hybrid", "Digitalt"])
    page.get_by_role("button", name=re.compile("Ta bort *: Digitalt")).click()
    expect(page.locator(".card__title")).to_have_text(["Hybrid"])
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator(".card__title")).to_have_count(2)
    page.get_by_role("link", name="Dela programmet").click()
    page.get_by_role("button", name="Skapa en adress att dela").click()
    shared = page.get_by_label("Adress att dela").input_value()
    friend = visit(shared, width=width, javascript=False)
    expect(friend.locator(".card__title")).to_have_count(2)
    assert own.rpartition("/")[2] not in friend.content()
    page.goto(f"{own}/radera")
    page.get_by_role("button", name="Ta bort programmet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programmet är borttaget")
    assert [page.request.get(address).status for address in (own, f"{own}.ics", shared)] == [404] * 3


def test_remembered_programme_is_one_press_away_and_public_pages_never_hear_of_it(
    live: Live, week: Week, visit: Visit
) -> None:
    page = visit("/")
    save(page, "Hybrid")
    page.get_by_role("button", name="Kom ihåg mitt program i den här webbläsaren").click()
    expect(page.get_by_text("Den här webbläsaren kommer ihåg programmet.")).to_be_visible()
    assert cookies(page) == sorted(("mitt-program", f"{prefix}/mitt-program") for prefix in PREFIXES)

    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    for path in (
        "/",
        "/kalender",
        "/en/kalender",
        "/evenemang/hybrid",
        "/integritet",
        "/kalender.ics",
        "/mitt-program",
    ):
        page.request.get(path)
        page.goto(path) if not path.endswith(".ics") else None
    told = [without_language(each.url.removeprefix(live.url)) for each in asked if "cookie" in each.all_headers()]
    assert [path for path in told if not path.startswith("/mitt-program")] == []
    assert "/mitt-program" in told
    page.goto("/evenemang/digitalt")
    page.get_by_role("link", name="Lägg i mitt program").click()
    page.get_by_role("button", name="Spara i ”Mitt program”").click()
    expect(page.locator(".card__title")).to_have_text(["Hybrid", "Digitalt"])
    page.get_by_role("button", name="Glöm i den här webbläsaren").click()
    assert cookies(page) == []


def test_the_secret_address_is_in_no_request_to_anything_else(live: Live, week: Week, visit: Visit) -> None:
    page, asked = visit("/"), list[Request]()
    page.on("request", lambda request: asked.append(request))
    for path in ("", "/fler", "/dela", "/hantera"):
        page.goto(f"/mitt-program/{TOKEN}{path}")
        page.get_by_role("contentinfo").get_by_role("link", name="Om Demokrativeckan").click()
        page.wait_for_url("**/om")
    told = [(each.url, each.all_headers()) for each in asked]
    assert len([url for url, _ in told if url.endswith("/om")]) == 4
    assert [url for url, sent in told if TOKEN in sent.get("referer", "") + sent.get("origin", "")] == []


def test_pages_of_a_programme_leave_nothing_behind(live: Live, week: Week, visit: Visit) -> None:
    page, seen = visit("/"), 0
    for path, level in stops_of(live.app, week.world):
        if level is Level.HOLDER and open_page(page, path) is not None:
            seen += 1
            assert page.evaluate(LEFT_BEHIND) == [], path
    assert cookies(page) == []
    assert seen >= 8


def test_another_site_cannot_make_the_browser_remember(live: Live, week: Week, visit: Visit) -> None:
    """The form of a page elsewhere (its origin is null), sent by the browser itself."""
    page = visit("/om")
    action = f"{live.url}/mitt-program/{TOKEN}/kom-ihag"
    page.goto("about:blank")
    page.set_content(f"<form method=post action='{action}'><button>Vinn en resa</button></form>")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi förstod inte adressen eller formuläret")
    assert cookies(page) == []


def test_saving_by_keyboard(week: Week, visit: Visit) -> None:
    page = visit("/kalender")
    press_on(page, "Lägg i mitt program : Hybrid", "**/mitt-program/ny?*")
    press_on(page, "Spara i ett nytt program", "**/mitt-program/*?sparade=1")
    tab_to(page, "Ta bort : Hybrid")
    page.keyboard.press("Enter")
    page.wait_for_url("**borttaget=*")
    press_on(page, "Ångra", "**?sparade=1")
    expect(page.locator(".card__title")).to_have_text(["Hybrid"])


def test_going_back_and_pressing_again_leads_to_the_same_programme(week: Week, visit: Visit) -> None:
    page = visit("/kalender")
    page.get_by_role("link", name=re.compile("Lägg i mitt program *: Hybrid")).first.click()
    form = page.locator("form").evaluate("form => [...new FormData(form)].map(pair => pair.join('=')).join('&')")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    first, second = (
        page.request.post("/mitt-program/ny", data=form, headers=headers, max_redirects=0).headers["location"]
        for _press in range(2)
    )
    assert first == second


def test_page_with_errors_and_the_printed_page_are_faultless(week: Week, visit: Visit) -> None:
    page = visit("/mitt-program/ny?tillfalle=tillfalle-1%40demokrativeckan.example", width=PHONE)
    page.get_by_label("Adressen till ditt program").fill("fel")
    page.get_by_role("button", name="Spara i det programmet").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert list(faults_on(page)) == []
    page.goto(f"/mitt-program/{TOKEN}")
    page.emulate_media(media="print")
    assert page.locator(".card").first.is_visible()
    for hidden in (".subscribe", ".qr-code", "form", ".site-header"):
        assert not page.locator(hidden).first.is_visible(), hidden
