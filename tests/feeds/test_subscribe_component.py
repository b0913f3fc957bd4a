"""Requirement 69: the ways in, on every page that has a feed."""

from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, get_template_attribute
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.factories import make_event, make_theme
from tests.feeds.conftest import Show
from tests.feeds.strict import read

FEED = "https://demokrativeckan.example/kalender.ics?dag=2027-09-20&kommun=1784"
PAGES = [
    "/kalender?kommun=1780&form=pa-plats",
    "/kommuner/karlstad",
    "/arrangorer/foreningen-samtal",
    "/platser/stadsbiblioteket",
    "/teman/manskliga-rattigheter",
    "/evenemang/samtal-om-demokrati",
]


def rendered(app: Flask, feed: str, name: str, *, single: bool = False) -> Element:
    with app.test_request_context("/"):
        markup = str(get_template_attribute("components/subscribe.html", "subscribe")(feed, name, single=single))
    return html5lib.parse(markup, namespaceHTMLElements=False)


def links(page: Element) -> list[str]:
    return [anchor.get("href") for anchor in page.iter("a")]


def test_69_webcal_https_google_and_outlook(app: Flask) -> None:
    page = rendered(app, FEED, "Arvika & Eda")

    webcal, google, outlook, office = links(page)
    assert webcal == "webcal://demokrativeckan.example/kalender.ics?dag=2027-09-20&kommun=1784"
    assert google.startswith("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F")
    assert parse_qs(urlsplit(google).query) == {"cid": [webcal]}
    for address, host in ((outlook, "outlook.live.com"), (office, "outlook.office.com")):
        assert urlsplit(address).hostname == host
        assert urlsplit(address).path == "/calendar/0/addfromweb"
        asked = parse_qs(urlsplit(address).query)
        assert asked == {"url": [FEED], "name": ["Demokrativeckan – Arvika & Eda"]}
    [field] = page.iter("input")
    assert (field.get("value"), "readonly" in field.attrib) == (FEED, True)
    assert "8–24 timmar" in "".join(page.itertext())


def test_69_one_event_is_first_of_all_a_file_to_add(app: Flask) -> None:
    feed = "https://demokrativeckan.example/evenemang/quiz.ics"

    assert links(rendered(app, feed, "Quiz", single=True))[:2] == [feed, feed.replace("https:", "webcal:")]


def test_63_an_address_that_google_fails_on_is_not_offered_to_it(app: Flask) -> None:
    feed = FEED + "&tema=" + "x" * 256

    page = rendered(app, feed, "Arvika")

    assert not any("google" in link for link in links(page))
    assert "för lång för Google" in "".join(page.itertext())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_69_each_page_offers_its_own_feed(
    session: Session, client: Browser, show: Show, address: str, language: str
) -> None:
    make_event(session, themes=[make_theme(session)])
    show()

    page = html5lib.parse(client.get(f"{language}{address}").data, namespaceHTMLElements=False)

    [link] = [each for each in page.iter("link") if each.get("type") == "text/calendar"]
    [field] = [each for each in page.iter("input") if each.get("id") == "kalenderadress"]
    feed = unescape(field.get("value"))
    assert link.get("href") == feed
    path, _mark, query = address.partition("?")
    parts = urlsplit(feed)
    assert (f"{parts.scheme}://{parts.netloc}", parts.path) == ("https://demokrativeckan.example", f"{path}.ics")
    assert sorted(unquote(parts.query).split("&")) == sorted(query.split("&"))
    assert len(read(client.get(f"{parts.path}?{parts.query}").data).events) == 1
