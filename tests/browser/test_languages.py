"""Swedish and English: each page says its language, offers itself in the other, and keeps to the one chosen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.looking import open_page
from tests.browser.test_every_page import PUBLIC
from tests.browser.week import FOR_EVERYBODY, Week, make_week, stops_of

Visit = Callable[..., Page]
OFFERS = """() => ({
    lang: document.documentElement.lang,
    embedded: Boolean(document.querySelector("main.embed")),
    canonical: document.querySelector("link[rel=canonical]")?.href,
    head: [...document.querySelectorAll("link[rel=alternate][hreflang]")].map(link => [link.hreflang, link.href]),
    shown: [...document.querySelectorAll(".site-header a[hreflang]")].map(link => [link.hreflang, link.lang, link.href])
})"""
SWEDISH_LINKS = """() => [...document.querySelectorAll("a[href], form[action]")]
    .filter(part => !part.hreflang)
    .map(part => new URL(part.getAttribute("href") ?? part.getAttribute("action"), location))
    .filter(url => url.origin === location.origin && !/[.](ics|xlsx|csv|json|rss|atom|xml)$/.test(url.pathname))
    .map(url => url.pathname).filter(path => path !== "/en" && !path.startsWith("/en/"))"""


@pytest.fixture
def week(live: Live) -> Week:
    with live.session() as session:
        return make_week(session)


def public_pages(live: Live, week: Week) -> list[str]:
    own = [path for path, level in stops_of(live.app, week.world) if level in FOR_EVERYBODY]
    return list(dict.fromkeys([*own, *PUBLIC]))


def other(language: str, path: str) -> tuple[str, str]:
    """The other language, and the address of the same page in it."""
    return ("en", f"/en{path}") if language == "sv" else ("sv", path.removeprefix("/en"))


def versions(live: Live, canonical: str | None) -> list[list[str]]:
    """What a page with an address for search engines tells them of its languages; others have none and tell nothing."""
    if not canonical:
        return []
    path = canonical.removeprefix(live.url).removeprefix("/en")
    return [["sv", f"{live.url}{path}"], ["en", f"{live.url}/en{path}"], ["x-default", f"{live.url}{path}"]]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_page_keeps_its_language_and_offers_the_other(live: Live, week: Week, visit: Visit, language: str) -> None:
    page, faults, seen = visit("/"), [], 0
    for path in public_pages(live, week):
        if open_page(page, f"/en{path}" if language == "en" else path) is None:
            continue
        seen += 1
        code, address = other(language, page.url.removeprefix(live.url))
        offers = page.evaluate(OFFERS)
        if offers["lang"] != language:
            faults.append(f"{path} says that it is in {offers['lang']}")
        # What stands in somebody else's page is in the language that they chose.
        if offers["shown"] != [[code, code, f"{live.url}{address}"]] and not offers["embedded"]:
            faults.append(f"{path} leads to {offers['shown']}")
        if offers["head"] != versions(live, offers.get("canonical")):
            faults.append(f"{path} tells search engines {offers['head']}")
        faults += [f"/en{path} leads to {link}" for link in page.evaluate(SWEDISH_LINKS) if language == "en"]
    assert faults == []
    assert seen > len(PUBLIC)


def test_english_is_kept_through_the_workspace(live: Live, week: Week, visit: Visit) -> None:
    page, faults = visit("/en/arbetsyta", as_user=week.world.county_coordinator), []
    paths = [path for path, level in stops_of(live.app, week.world) if level not in FOR_EVERYBODY]
    for path in paths:
        if open_page(page, f"/en{path}"):
            faults += [f"/en{path} leads to {link}" for link in page.evaluate(SWEDISH_LINKS)]
    assert faults == []


def test_chosen_language_is_kept_while_filtering(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/kalender?form=digitalt&kommun=1780")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{live.url}/en/kalender?form=digitalt&kommun=1780"
    page.get_by_role("button", name="Show").click()
    assert page.url.startswith(f"{live.url}/en/kalender?")
    page.get_by_role("link", name="Svenska").click()
    assert page.url.startswith(f"{live.url}/kalender?")
