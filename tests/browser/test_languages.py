"""Every page for everybody, in each language: it keeps to its own, offers the others, and axe finds nothing.

A page is opened once for all of this. The other pages are looked at in test_every_page.py.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from planner.web.language import DEFAULT, LANGUAGES, prefix_of
from tests.browser.conftest import Live
from tests.browser.looking import DESK, PHONE, bring_axe, faults_on, open_page
from tests.browser.test_every_page import PUBLIC, astray, tell
from tests.browser.week import FOR_EVERYBODY, Week, stops_of
from tests.languages import without_language

Visit = Callable[..., Page]
PARTS = 4
"""In how many tests the pages are looked at, so that no worker is left alone with them in the end."""
OFFERS = """() => ({
    lang: document.documentElement.lang,
    bare: !document.querySelector(".site-header"),
    canonical: document.querySelector("link[rel=canonical]")?.href,
    head: [...document.querySelectorAll("link[rel=alternate][hreflang]")].map(link => [link.hreflang, link.href]),
    shown: [...document.querySelectorAll(".site-header a[hreflang]")].map(link => [link.hreflang, link.href])
})"""
LINKS = """() => [...document.querySelectorAll("a[href], form[action]")]
    .filter(part => !part.hreflang)
    .map(part => new URL(part.getAttribute("href") ?? part.getAttribute("action"), location))
    .filter(url => url.origin === location.origin && !/[.](ics|xlsx|csv|json|rss|atom|xml)$/.test(url.pathname))
    .map(url => url.pathname)"""


def public_pages(live: Live, week: Week) -> list[str]:
    own = [path for path, level in stops_of(live.app, week.world) if level in FOR_EVERYBODY]
    return list(dict.fromkeys([*own, *PUBLIC]))


def strays(page: Page, prefix: str) -> list[str]:
    """Links of the page that lead to our pages in another language than its own."""
    return [link for link in page.evaluate(LINKS) if prefix and link != prefix and not link.startswith(f"{prefix}/")]


def versions(live: Live, canonical: str | None) -> list[list[str]]:
    """What a page with an address for search engines tells them of its languages; others have none and tell nothing."""
    if not canonical:
        return []
    path = without_language(canonical.removeprefix(live.url))
    own = [[language.hreflang, f"{live.url}{prefix_of(code)}{path}"] for code, language in LANGUAGES.items()]
    return [*own, ["x-default", f"{live.url}{path}"]]


def widths_for(code: str) -> list[int]:
    """Where a page is looked at: in the first language twice, in another where its words matter most."""
    if code == DEFAULT:
        return [PHONE, DESK]
    return [PHONE] if LANGUAGES[code].easy else [DESK]


def test_every_page_answers_as_it_should(live: Live, week: Week, visit: Visit) -> None:
    tell(astray(visit("/"), PUBLIC))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_keeps_its_language_and_has_no_fault(
    live: Live, week: Week, visit: Visit, code: str, part: int
) -> None:
    page, faults, seen = visit("/"), [], 0
    bring_axe(page)
    own, others = LANGUAGES[code], {each: language for each, language in LANGUAGES.items() if each != code}
    for path in public_pages(live, week)[part::PARTS]:
        if open_page(page, f"{prefix_of(code)}{path}") is None:
            continue
        seen += 1
        here = without_language(page.url.removeprefix(live.url))
        switch = [[language.hreflang, f"{live.url}{prefix_of(each)}{here}"] for each, language in others.items()]
        offers = page.evaluate(OFFERS)
        if offers["lang"] != own.tag:
            faults.append(f"{path} says that it is in {offers['lang']}")
        # What stands in somebody else's page, or goes to paper, is in the language that they chose.
        if offers["shown"] != switch and not offers["bare"]:
            faults.append(f"{path} leads to {offers['shown']}")
        if offers["head"] != versions(live, offers.get("canonical")):
            faults.append(f"{path} tells search engines {offers['head']}")
        faults += [f"{path} leads to {link}" for link in strays(page, prefix_of(code))]
        faults += [f"{path}: {fault}" for fault in faults_on(page, widths_for(code))]
    tell(faults)
    assert seen > len(PUBLIC) / PARTS


def test_english_is_kept_through_the_workspace(live: Live, week: Week, visit: Visit) -> None:
    page, faults = visit("/en/arbetsyta", as_user=week.world.county_coordinator), []
    paths = [path for path, level in stops_of(live.app, week.world) if level not in FOR_EVERYBODY]
    for path in paths:
        if open_page(page, f"/en{path}"):
            faults += [f"/en{path} leads to {link}" for link in strays(page, "/en")]
    assert faults == []


def test_chosen_language_is_kept_while_filtering(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/kalender?form=digitalt&kommun=1780")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{live.url}/en/kalender?form=digitalt&kommun=1780"
    page.get_by_role("button", name="Show").click()
    assert page.url.startswith(f"{live.url}/en/kalender?")
    page.get_by_role("link", name="Lätt svenska").click()
    assert page.url.startswith(f"{live.url}/latt/kalender?")
    page.get_by_role("link", name="Svenska", exact=True).click()
    assert page.url.startswith(f"{live.url}/kalender?")
