"""Whoever only reads leaves with nothing: no cookie, no storage, no worker, and nobody else was asked for anything.

All links are followed from the start page, so that new pages are walked by themselves. ``visit`` notes each request
to anybody else, and fails the test for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, Response

from planner.web.access import Level
from tests.browser.conftest import Live
from tests.browser.looking import open_page
from tests.browser.week import Week
from tests.languages import without_language

Visit = Callable[..., Page]
MOST_OF_A_KIND = 6
KINDS = {
    "kalender",
    "kalender?",
    "evenemang",
    "arrangorer",
    "kommuner",
    "teman",
    "platser",
    "prenumerera",
    "prenumerera?",
    "om",
    "tillganglighet",
    "integritet",
}
"""What the walk must come by, or it is no walk."""
LEFT_BEHIND = """async () => {
    const found = {
        cookie: document.cookie,
        localStorage: localStorage.length,
        sessionStorage: sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
    return Object.entries(found).filter(([_name, amount]) => amount).map(([name, amount]) => `${name}: ${amount}`);
}"""
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"


def level_of(app: Flask, path: str) -> Level | None:
    """Who may enter a path, without its language."""
    adapter = app.url_map.bind("")
    endpoint, _arguments = adapter.match(without_language(path) or "/")
    level: Level | None = getattr(app.view_functions[endpoint], "access", None)
    return level


def walk(live: Live, page: Page, level: Level) -> Iterator[tuple[str, Response]]:
    """Follow every link from the page that is open, to the pages of one level: each kind of page up to a bound."""
    waiting, met, of_kind = [page.url], {page.url}, Counter[str]()
    while waiting:
        url = waiting.pop(0)
        of_kind[kind_of(url)] += 1
        if of_kind[kind_of(url)] > MOST_OF_A_KIND:
            continue
        answer = open_page(page, url)
        if answer is None:
            continue
        yield url.removeprefix(live.url), answer
        for link in page.evaluate(LINKS):
            address = link.partition("#")[0]
            is_file = "." in urlsplit(address).path
            if address in met or not address.startswith(f"{live.url}/") or is_file:
                continue
            met.add(address)
            if level_of(live.app, urlsplit(address).path) is level:
                waiting.append(address)


def kind_of(url: str) -> str:
    """The first part of the path, and whether something is asked for there."""
    parts = urlsplit(url)
    words = without_language(parts.path).split("/")
    return f"{words[1] if len(words) > 1 else ''}{'?' if parts.query else ''}"


def test_readers_leave_with_nothing_wherever_they_go(live: Live, week: Week, visit: Visit) -> None:
    page, seen, faults = visit("/"), [], []
    for path, answer in walk(live, page, Level.ANYONE):
        seen.append(path)
        left = page.evaluate(LEFT_BEHIND) + [f"cookie {cookie['name']}" for cookie in page.context.cookies()]
        faults += [f"{path}: {thing}" for thing in left]
        faults += [f"{path} sets a cookie"] if "set-cookie" in answer.all_headers() else []
    assert faults == []
    assert {kind_of(path) for path in seen} >= KINDS


def test_form_for_visitors_has_one_cookie_that_ends_with_the_visit(live: Live, week: Week, visit: Visit) -> None:
    page = visit("/konto/logga-in")
    assert page.evaluate(LEFT_BEHIND) == []
    kept: list[Any] = page.context.cookies()
    assert [(cookie["expires"], cookie["httpOnly"], cookie["sameSite"]) for cookie in kept] == [(-1, True, "Lax")]


def test_the_walk_sees_what_is_left_behind(week: Week, visit: Visit) -> None:
    page = visit("/om")
    page.evaluate("localStorage.setItem('a', 'b'); document.cookie = 'c=d'; caches.open('e')")
    assert page.evaluate(LEFT_BEHIND) == ["cookie: c=d", "localStorage: 1", "caches: 1"]
