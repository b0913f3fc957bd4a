"""Every list offers itself in the other shapes: to programs in its head, to people folded away below."""

from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from planner.feeds.shapes import SHAPES, SPOKEN
from tests.browse.reading import PublicPage, has_class, text
from tests.browsing import Browser
from tests.factories import make_edition, make_event, make_theme
from tests.feeds.conftest import Show

BASE = "https://demokrativeckan.example"
LISTS = [
    "/kalender",
    "/kommuner/karlstad",
    "/arrangorer/foreningen-samtal",
    "/platser/stadsbiblioteket",
    "/teman/manskliga-rattigheter",
]


@pytest.fixture
def programme(session: Session, show: Show) -> None:
    make_event(session, themes=[make_theme(session, edition=make_edition(session))])
    show()


def alternates(page: PublicPage) -> dict[str, tuple[str, str]]:
    """Type to address and title of each other shape that the head names."""
    links = [link for link in page.tree.iter("link") if link.get("rel") == "alternate" and not link.get("hreflang")]
    return {link.get("type") or "": (link.get("href") or "", link.get("title") or "") for link in links}


def fetch_part(page: PublicPage) -> Element:
    [part] = [each for each in page.tree.iter("details") if has_class(each, "fetch")]
    return part


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", [*LISTS, "/evenemang/samtal-om-demokrati"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_names_each_shape_of_itself_in_its_head(client: Browser, address: str, prefix: str) -> None:
    found = alternates(PublicPage(client.get(prefix + address)))

    assert {kind: href for kind, (href, _title) in found.items()} == {
        shape.CONTENT_TYPE.partition(";")[0]: f"{BASE}{prefix if ending in SPOKEN else ''}{address}.{ending}"
        for ending, shape in SHAPES.items()
    }
    assert [title.rpartition(" (")[2] for _href, title in found.values()] == [
        f"{shape.LABEL})" for shape in SHAPES.values()
    ]
    for href, _title in found.values():
        assert client.get(href.removeprefix(BASE)).status_code == 200


@pytest.mark.usefixtures("programme")
def test_the_start_page_names_those_of_the_whole_programme(client: Browser) -> None:
    found = alternates(PublicPage(client.get("/")))

    assert {href for href, _title in found.values()} == {f"{BASE}/kalender.{ending}" for ending in SHAPES}


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", LISTS)
def test_a_list_offers_people_what_they_can_use(client: Browser, address: str) -> None:
    page = PublicPage(client.get(address))
    part = fetch_part(page)

    assert text(next(part.iter("summary"))) == "Hämta som Excel, CSV, JSON eller RSS"
    assert page.links(part) == {
        "Excel": f"{BASE}{address}.xlsx",
        "Excel med ett blad för varje dag": f"{BASE}{address}.xlsx?blad=dag",
        "CSV": f"{BASE}{address}.csv",
        "JSON": f"{BASE}{address}.json",
        "RSS": f"{BASE}{address}.rss",
        **({"Visa det här på er egen webbplats": "/visa-pa-er-webbplats"} if address == "/kalender" else {}),
        "Läs mer om öppna data": "/oppna-data",
    }


@pytest.mark.usefixtures("programme")
def test_what_you_see_is_what_you_fetch(client: Browser) -> None:
    page = PublicPage(client.get("/en/kalender?form=pa-plats&kommun=1780&sida=1"))

    links = page.links(fetch_part(page))

    assert links["RSS"] == f"{BASE}/kalender.rss?kommun=1780&form=pa-plats"
    assert links["Excel with one sheet for each day"] == f"{BASE}/kalender.xlsx?kommun=1780&form=pa-plats&blad=dag"
    assert links["Read more about open data"] == "/en/oppna-data"
    assert client.get(links["Excel with one sheet for each day"].removeprefix(BASE)).status_code == 200


@pytest.mark.usefixtures("programme")
def test_one_event_is_offered_as_a_calendar_entry_alone(client: Browser) -> None:
    page = PublicPage(client.get("/evenemang/samtal-om-demokrati"))

    assert [each for each in page.tree.iter("details") if has_class(each, "fetch")] == []
