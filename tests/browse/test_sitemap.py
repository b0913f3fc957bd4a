"""sitemap.xml leads to every public page, and robots.txt to it; neither tells of anything else."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from planner.browse.views import sitemap
from planner.editions.models import EditionState
from planner.events.models import EventStatus, Visibility
from planner.organisations.models import Standing
from tests.browsing import Browser
from tests.factories import (
    LONG_AGO,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

SITE = "https://demokrativeckan.example"
Counter = Callable[[], AbstractContextManager[Any]]


def entries(client: Browser, address: str = "/sitemap.xml") -> dict[str, str]:
    """Each address without its host, and when it was last changed."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    found = re.findall(r"<loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", answer.text)
    assert all(loc.startswith(SITE) for loc, _changed in found)
    return {loc.removeprefix(SITE): changed for loc, changed in found}


def test_every_public_page_is_in_it_once_and_nothing_else(session: Session, client: Browser) -> None:
    edition = make_edition(session)
    make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    make_edition(session, "Demokrativeckan 2028", slug="2028", number_prefix="B", state=EditionState.OPEN)
    event = make_event(session, themes=[make_theme(session, edition=edition)], with_occurrence=False)
    make_occurrence(session, event, component_changed_at=LONG_AGO.replace(month=2))
    make_event(session, "Utkast", status=EventStatus.DRAFT)
    make_event(session, "Slutet", visibility=Visibility.CLOSED)
    make_organisation(session, "Väntande", standing=Standing.PENDING)
    make_venue(session, "Någons egen", is_private=True)
    found = entries(client)
    assert found["/evenemang/samtal-om-demokrati"] == "2027-02-10T12:00:00Z"
    assert found["/kalender"] == "2027-01-10T12:00:00Z"
    assert found["/kommuner/arjang"] == ""
    own = {"/teman/manskliga-rattigheter", "/platser/stadsbiblioteket", "/arrangorer/foreningen-samtal"}
    assert own | {"/kalender?upplaga=2021", "/om", "/"} <= set(found)
    assert not re.search("utkast|slutet|vantande|egen|2028|mitt-program|konto", " ".join(found))
    assert {client.get(address).status_code for address in found} == {200}
    assert entries(client, "/en/sitemap.xml") == found


def test_too_many_pages_for_one_file_are_in_several(
    session: Session, client: Browser, monkeypatch: pytest.MonkeyPatch, count_queries: Counter
) -> None:
    for number in range(5):
        make_event(session, f"Punkt {number}")
    with count_queries() as counted:
        whole = entries(client)
    assert counted.count == 9
    monkeypatch.setattr(sitemap, "MOST", 3)
    files = entries(client)
    assert list(files) == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    parts = [entries(client, urlsplit(file).path) for file in files]
    assert {address: changed for part in parts for address, changed in part.items()} == whole
    assert [len(part) for part in parts[1:]] == [3, 2]
    assert [client.get(f"/sitemap-{number}.xml").status_code for number in (0, 4)] == [404, 404]


def test_a_site_without_a_programme_has_a_map_too(client: Browser) -> None:
    assert entries(client)["/om"] == ""


def test_the_map_is_asked_about_again(session: Session, client: Browser) -> None:
    make_event(session)
    etag = client.get("/sitemap.xml").headers["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 304
