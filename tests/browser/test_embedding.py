"""A kommun pastes what /visa-pa-er-webbplats gives into a page at another address, and the programme is there."""

from collections.abc import Callable, Iterator
from html import escape
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect
from werkzeug import Request, Response
from werkzeug.serving import make_server

from tests.browser.conftest import Live, is_fault
from tests.browser.looking import AXE, RULES, RUN_AXE
from tests.browser.week import Week

CODE = "document.getElementById('{}').value"
LEFT_BEHIND = "[document.cookie, localStorage.length, sessionStorage.length]"
LEFT_OVER = "Math.abs(innerHeight - document.querySelector('main').getBoundingClientRect().height)"
BORDERS = 4
"""What a frame has of its own until it is sized."""
IN_SHADOW = "document.querySelector('demokrativeckan-program').shadowRoot"


class Kommun:
    """Somebody else's site: it has one page, with what somebody has pasted, and takes notes of who asks for it."""

    def __init__(self) -> None:
        self.pasted = ""
        self.server = make_server("127.0.0.1", 0, self, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever)
        self.thread.start()

    @Request.application
    def __call__(self, _request: Request) -> Response:
        page = (
            "<!doctype html><html lang=sv><head><meta charset=utf-8><title>Arvika kommun</title>"
            "<meta name=viewport content='width=device-width'><link rel=icon href=data:,></head>"
            f"<body><main><h1>Arvika kommun</h1>{self.pasted}</main></body></html>"
        )
        return Response(page, mimetype="text/html")

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def kommun(week: Week) -> Iterator[Kommun]:
    site = Kommun()
    yield site
    site.close()


@pytest.fixture
def guest(browser: Browser, kommun: Kommun, live: Live) -> Iterator[Callable[..., Page]]:
    """Opens the kommun's page in a browser of its own. Nothing may fail on it, and nobody else may be asked."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def visit(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: faults.append(line.text) if is_fault(line) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        ours = (kommun.url, live.url, "data:")
        page.on("request", lambda request: None if request.url.startswith(ours) else faults.append(request.url))
        page.goto(kommun.url)
        return page

    yield visit
    assert [cookie for context in contexts for cookie in context.cookies()] == []
    for context in contexts:
        context.close()
    assert faults == []


def code(visit: Callable[..., Page], name: str, choices: str = "") -> str:
    """What one copies from our page."""
    return str(visit(f"/visa-pa-er-webbplats{choices}").evaluate(CODE.format(name)))


def until_it_fits(frame: Frame) -> None:
    """Wait until a frame is as high as what is in it."""
    for _time in range(100):
        if frame.evaluate(LEFT_OVER) < 2:
            return
        frame.page.wait_for_timeout(50)
    raise AssertionError(f"{frame.evaluate(LEFT_OVER)} px too much or too little")


def test_a_frame_is_as_high_as_the_programme(
    visit: Callable[..., Page], kommun: Kommun, guest: Callable[..., Page], live: Live
) -> None:
    kommun.pasted = code(visit, "ram", "?visa=dagar&antal=100")
    page = guest()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Demokrativeckan 2027")
    expect(frame.get_by_role("link", name="Hybrid")).to_have_attribute("href", f"{live.url}/evenemang/hybrid")
    inside = page.frames[1]
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        until_it_fits(inside)
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('iframe').offsetHeight") > 1_000
    assert inside.evaluate(LEFT_BEHIND) == page.evaluate(LEFT_BEHIND) == ["", 0, 0]
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES) == []
    frame.get_by_role("link", name="Hybrid").click()
    page.wait_for_url(f"{live.url}/evenemang/hybrid")


def test_without_a_frame_it_is_part_of_the_page(
    visit: Callable[..., Page], kommun: Kommun, guest: Callable[..., Page], live: Live
) -> None:
    kommun.pasted = code(visit, "element", "?visa=dagar&kommun=1784")
    page = guest()
    expect(page.get_by_role("heading", level=2)).to_have_text("Demokrativeckan 2027: Arvika")
    expect(page.get_by_role("heading", level=3)).to_have_text("Måndag 20 september 2027")
    expect(page.get_by_role("heading", level=4)).to_have_text("Hybrid")
    assert page.get_by_role("main").count() == 1
    assert page.evaluate(f"{IN_SHADOW}.querySelector('.embed').lang") == "sv"
    assert page.evaluate(f"getComputedStyle({IN_SHADOW}.querySelector('a')).color") == "rgb(12, 59, 48)"
    assert page.evaluate(LEFT_BEHIND) == ["", 0, 0]
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES) == []
    page.keyboard.press("Tab")
    assert page.evaluate(f"{IN_SHADOW}.activeElement.textContent") == "Hybrid"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.url}/evenemang/hybrid")


def test_without_scripts_there_is_a_frame_to_scroll_and_a_link(
    visit: Callable[..., Page], kommun: Kommun, guest: Callable[..., Page]
) -> None:
    choices = "?kommun=1784"
    kommun.pasted = code(visit, "ram", choices) + code(visit, "element", choices)
    page = guest(java_script_enabled=False)
    assert page.locator("iframe").bounding_box()["height"] == 600 + BORDERS  # type: ignore[index]
    expect(page.frame_locator("iframe").get_by_role("link", name="Hybrid")).to_be_visible()
    expect(page.get_by_role("link", name="Demokrativeckan: Arvika")).to_be_visible()


def test_an_address_that_cannot_be_understood_says_so_where_the_programme_would_be(
    kommun: Kommun, guest: Callable[..., Page], live: Live
) -> None:
    address = escape(f"{live.url}/inbaddat?form=flygande")
    script = f"<script src='{live.url}/inbaddat.js'></script>"
    kommun.pasted = f"<demokrativeckan-program src='{address}' niva='3'>Programmet</demokrativeckan-program>{script}"
    page = guest()
    expect(page.get_by_role("heading", level=3)).to_have_text("Programmet kan inte visas")
    expect(page.get_by_text("Det finns ingen form som heter ”flygande”.")).to_be_visible()


def test_no_other_site_is_shown_and_nobody_else_sizes_a_frame(
    kommun: Kommun, guest: Callable[..., Page], live: Live
) -> None:
    kommun.pasted = (
        f"<iframe src='{live.url}/inbaddat' title='Programmet' height='300'></iframe>"
        "<demokrativeckan-program src='/elak'>Länken</demokrativeckan-program>"
        f"<script src='{live.url}/inbaddat.js'></script>"
    )
    page = guest()
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 1000")
    height = page.evaluate("document.querySelector('iframe').offsetHeight")
    page.evaluate("postMessage({type: 'demokrativeckan:hojd', height: 7}, '*')")
    page.evaluate("new Promise(done => setTimeout(done))")
    assert page.evaluate("document.querySelector('iframe').offsetHeight") == height
    expect(page.get_by_text("Länken")).to_be_visible()
