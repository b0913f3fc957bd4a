"""What is too long for an address of its own gets a short one: the whole errand, without cookie or script."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from planner.core.codes import codes_of
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.events.models import ShortAddress
from tests.browse.reading import PublicPage
from tests.browse.subscribing import HOST, address_on, pictures, show
from tests.browsing import Browser
from tests.factories import make_event, make_organisation

Counter = Callable[[], AbstractContextManager[Any]]
LONG = tuple(f"foreningen-med-det-langa-namnet-i-varmland-{number:02}" for number in range(50))


@pytest.fixture
def many(session: Session) -> CalendarQuery:
    """Fifty organisations, as much as one may ask for; the first three arrange something."""
    organisations = [make_organisation(session, slug.replace("-", " ")) for slug in LONG]
    for number, organiser in enumerate(organisations[:3]):
        make_event(session, f"Samtal {number}", organiser=organiser)
    return CalendarQuery(organisations=LONG)


@pytest.fixture
def stranger(app: Flask, session: Session) -> FlaskClient:
    """A client that sends neither token nor cookie."""
    session.commit()
    return FlaskClient(app, use_cookies=False)


def kept(session: Session) -> list[str]:
    """The codes that are kept."""
    session.expire_all()
    return list(session.scalars(sa.select(ShortAddress.code)))


def posting_form(page: PublicPage) -> Element:
    [form] = [form for form in page.main.iter("form") if form.get("method") == "post"]
    return form


def fields_of(form: Element) -> list[tuple[str, str]]:
    return [(each.get("name") or "", each.get("value") or "") for each in form.iter("input")]


def test_before_it_has_a_short_address_the_page_offers_to_make_one_and_no_other(
    session: Session, client: Browser, many: CalendarQuery
) -> None:
    page = show(client, many)

    form = posting_form(page)
    assert (form.get("action"), fields_of(form)) == ("/f", many.pairs())
    assert (pictures(page), page.feeds, "webcal" in page.html) == ({}, [], False)
    assert "3 tillfällen i Demokrativeckan 2027." in page.words
    assert client.get(f"/prenumerera/qr-kalender.svg?{many}").status_code == 404
    assert kept(session) == []


def test_making_it_twice_leads_to_the_same_page_without_a_cookie(
    session: Session, many: CalendarQuery, stranger: FlaskClient
) -> None:
    answers = [stranger.post("/f", data={"arrangor": list(reversed(LONG))}) for _ in range(2)]

    code = next(codes_of(str(many)))
    for answer in answers:
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/prenumerera/{code}#lagg-till")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert kept(session) == [code]


def test_in_english_it_leads_to_the_english_page(many: CalendarQuery, stranger: FlaskClient) -> None:
    answer = stranger.post("/en/f", data={"arrangor": list(LONG)})

    assert answer.headers["Location"] == f"/en/prenumerera/{next(codes_of(str(many)))}#lagg-till"


def test_the_page_of_a_short_address_has_every_way_in(session: Session, client: Browser, many: CalendarQuery) -> None:
    code = shorten_query(session, many).code

    page = PublicPage(client.get(f"/prenumerera/{code}"))

    feed = f"{HOST}/f/{code}.ics"
    assert (address_on(page), page.feeds) == (feed, [feed])
    assert page.links()["Öppna i Kalender"] == feed.replace("https:", "webcal:")
    assert list(pictures(page)) == [f"/prenumerera/{code}/qr-{goal}.svg" for goal in ("sida", "kalender")]
    assert page.links()["Visa i kalendern"] == f"/kalender?{many}"
    assert client.get(f"/f/{code}.ics").status_code == 200


def test_a_short_address_leads_to_its_calendar(session: Session, client: Browser, many: CalendarQuery) -> None:
    code = shorten_query(session, many).code

    swedish, english = client.get(f"/f/{code}"), client.get(f"/en/f/{code}")

    assert (swedish.status_code, swedish.headers["Location"]) == (302, f"/kalender?{many}")
    assert english.headers["Location"] == f"/en/kalender?{many}"
    assert sorted(PublicPage(client.get(f"/kalender?{many}")).titles) == ["Samtal 0", "Samtal 1", "Samtal 2"]


def test_capitals_in_a_code_are_no_other_code(session: Session, client: Browser, many: CalendarQuery) -> None:
    code = shorten_query(session, many).code

    assert address_on(PublicPage(client.get(f"/prenumerera/{code.upper()}"))) == f"{HOST}/f/{code}.ics"


@pytest.mark.parametrize("path", ["/f/222222", "/f/%00", "/prenumerera/222222", "/prenumerera/finns-inte"])
def test_an_unknown_code_is_not_found_in_words(client: Browser, path: str) -> None:
    assert PublicPage(client.get(path), status=404).heading == "Sidan finns inte"


def test_what_needs_no_short_address_gets_none(session: Session, stranger: FlaskClient) -> None:
    answer = stranger.post("/f", data={"kommun": ["1784", "1730"], "form": "digitalt"})

    assert answer.headers["Location"] == "/prenumerera?kommun=1730&kommun=1784&form=digitalt"
    assert kept(session) == []


def test_unknown_filters_get_none_and_are_explained(
    session: Session, many: CalendarQuery, stranger: FlaskClient
) -> None:
    answer = stranger.post("/f", data={"arrangor": [*LONG[:40], "finns-inte"], "form": "digitalt"})

    page = PublicPage(answer, status=400)
    assert "”finns-inte”" in page.words
    assert page.links()["Prenumerera utan det som inte finns"] == "/prenumerera?form=digitalt"
    assert kept(session) == []


def test_nobody_fills_the_table_alone(many: CalendarQuery, stranger: FlaskClient) -> None:
    statuses = [stranger.post("/f", data={"arrangor": list(LONG[:40])}).status_code for _ in range(11)]

    assert statuses == [303] * 10 + [429]


def test_reading_never_writes(client: Browser, many: CalendarQuery, count_queries: Counter) -> None:
    with count_queries() as counted:
        show(client, many)
        client.get(f"/kalender?{many}")

    assert {each.lstrip("( ").split()[0] for each in counted.statements} <= {"SELECT", "WITH"}


def published(page: PublicPage) -> list[str]:
    """Every address of a feed, or of a page to scan, that a page holds, also those inside other addresses.

    What the page itself is called, and what it is called in other languages, is for machines that take any length.
    """
    parts = [each for each in page.tree.iter() if each.get("rel") != "canonical" and not each.get("hreflang")]
    found = [each.get(name) or "" for each in parts for name in ("href", "value", "src", "alt")]
    inside = (unquote(part.partition("=")[2]) for each in found for part in each.replace("?", "&").split("&"))
    ends = (each.rpartition(" ")[2] for each in (*found, *inside))
    return [each for each in ends if each.startswith((HOST, HOST.replace("https:", "webcal:")))]


@pytest.mark.parametrize("path", ["/kalender", "/prenumerera", "/en/prenumerera"])
def test_63_no_page_publishes_an_address_of_more_than_256_characters(
    client: Browser, many: CalendarQuery, path: str
) -> None:
    for values in (0, 1, 2, 3, 4, 5, 50):
        query = CalendarQuery(organisations=many.organisations[:values])
        page = PublicPage(client.get(f"{path}{'?' if values else ''}{query}"))
        addresses = published(page)
        assert max(map(len, addresses), default=0) <= 256
        assert bool(addresses) is (values <= 3), values
        if path == "/kalender":
            assert page.links()["Prenumerera på det här"] == f"/prenumerera{'?' if values else ''}{query}"


def test_63_the_page_of_a_short_address_publishes_short_ones_only(
    session: Session, client: Browser, many: CalendarQuery
) -> None:
    code = shorten_query(session, many).code

    addresses = published(PublicPage(client.get(f"/prenumerera/{code}")))

    assert max(map(len, addresses)) <= 256
    assert {address.rpartition("/")[2].partition(".")[0] for address in addresses} == {code}
