"""Drafts, closed groups, the withdrawn, those who have not answered, links for a few: on no public page whatever."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.browse.reading import PublicPage
from tests.browsing import Browser
from tests.languages import without_language
from tests.secrets import SECRET, make_secrets


def crawl(client: Browser, start: str) -> Iterator[tuple[str, str]]:
    """Every page of ours that can be reached by links from one, with its HTML."""
    seen, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        page = PublicPage(client.get(address))
        yield address, page.html
        targets = {(link.get("href") or "").partition("#")[0] for link in page.tree.iter("a")}
        new = {target for target in targets - seen if leads_to_a_public_page(client, target)}
        seen |= new
        waiting += sorted(new)


def leads_to_a_public_page(client: Browser, target: str) -> bool:
    """One of ours, with at most one filter: their combinations are compared with a slow filter elsewhere."""
    if not target.startswith("/") or target.count("=") > 1 or ".svg" in target:
        return False
    path = without_language(target.partition("?")[0])
    endpoint, _ = client.application.url_map.bind("").match(path or "/")
    return str(endpoint).startswith("browse.")


def test_no_page_that_can_be_reached_tells_a_secret(session: Session, client: Browser) -> None:
    make_secrets(session)
    pages = dict(crawl(client, "/"))
    for address in ("/", "/kalender", "/evenemang/oppet-samtal", "/arrangorer", "/platser", "/kommuner/arvika"):
        assert {address, f"/en{address}", f"/latt{address}"} <= set(pages), address
    assert len(pages) > 40
    assert [address for address, html in pages.items() if SECRET in html.casefold()] == []


@pytest.mark.parametrize(
    "address",
    [
        "/evenemang/hemlig-draft",
        "/evenemang/hemlig-withdrawn",
        "/evenemang/hemlig-sluten",
        "/evenemang/hemlig-av-suspended",
        "/evenemang/hemlig-nasta-ar",
        "/arrangorer/hemlig-pending",
        "/arrangorer/hemlig-declined",
        "/platser/eget-hemlig",
    ],
)
def test_guessed_address_finds_nothing(session: Session, client: Browser, address: str) -> None:
    make_secrets(session)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["arrangor=hemlig-pending", "plats=eget-hemlig", "upplaga=2028"])
def test_guessed_filter_is_as_unknown_as_any(session: Session, client: Browser, query: str) -> None:
    make_secrets(session)
    assert client.get(f"/kalender?{query}").status_code == 400
