"""The places' pages: the way there, what is known of how to get in, and who may read of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.venues.models import Answer, Feature, LinkAudience, VenueFact
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.factories import make_digital_venue, make_edition, make_event, make_occurrence, make_venue

Counter = Callable[[], AbstractContextManager[Any]]


def listed(client: Browser) -> PublicPage:
    return PublicPage(client.get("/platser"))


def show(client: Browser, slug: str = "stadsbiblioteket") -> PublicPage:
    return PublicPage(client.get(f"/platser/{slug}"))


def test_places_stand_by_kommun_digital_ones_and_those_elsewhere_after(session: Session, client: Browser) -> None:
    make_event(session)
    make_venue(session, "Årjängs bibliotek", kommun_code="1765", town="Årjäng")
    make_venue(session, "Arvika bibliotek", kommun_code="1784", town="Arvika")
    make_venue(session, "Falu stadsbibliotek", kommun_code="2080", town="Falun")
    make_venue(session, "Ingenstans", kommun_code=None, town="")
    make_digital_venue(session)
    page = listed(client)
    order = ["Arvika", "Karlstad", "Årjäng", "Digitala mötesplatser", "På andra orter"]
    headings = [text(each) for each in page.main.iter("h2")]
    assert headings == order
    assert text(page.section("Karlstad")) == "Karlstad Stadsbiblioteket 1 tillfälle"
    assert (
        text(page.section("På andra orter"))
        == ("På andra orter Visa 2 platser Falu stadsbibliotek Falun Ingenstans Karlstad"[: -len(" Karlstad")])
    )


def test_private_merged_and_placeholder_places_are_not_listed(session: Session, client: Browser) -> None:
    kept = make_venue(session)
    make_venue(session, "Egen lokal", is_private=True)
    make_venue(session, "Gammal dubblett", merged_into_id=kept.id)
    make_venue(session, "Flera orter", is_placeholder=True)
    page = listed(client)
    for hidden in ("Egen lokal", "Gammal dubblett", "Flera orter"):
        assert hidden not in page.html


def test_page_tells_the_way_and_what_is_known(session: Session, client: Browser) -> None:
    venue = make_venue(
        session,
        directions="Buss 1 till Residenstorget.",
        capacity=120,
        contact="biblioteket@kil.example",
        latitude=59.38,
        longitude=13.5,
    )
    checked = {"checked_on": date(2027, 5, 3), "checked_by": "Karlstads kommun"}
    session.add_all(
        [
            VenueFact(
                venue_id=venue.id,
                feature=Feature.STEP_FREE,
                answer=Answer.YES,
                note="Från Tage Aurells gata",
                **checked,
            ),
            VenueFact(venue_id=venue.id, feature=Feature.LIFT, answer=Answer.NO),
        ]
    )
    make_event(session)
    page = show(client)
    assert page.with_class("lead") == ["Västra Torggatan 26, 652 24 Karlstad"]
    assert text(page.section("Hitta hit")).startswith(
        "Hitta hit Adress Västra Torggatan 26, 652 24 Karlstad Kommun Karlstads kommun Vägbeskrivning Buss 1"
    )
    accessibility = text(page.section("Tillgänglighet"))
    assert accessibility.startswith(
        "Tillgänglighet Stegfri entré eller ramp: ja Från Tage Aurells gata Hiss: nej Vet inte: tillgänglig toalett"
    )
    assert accessibility.endswith("Kontrollerat måndag 3 maj 2027, Karlstads kommun")
    assert page.titles == ["Samtal om demokrati"]
    assert page.feeds == ["https://demokrativeckan.example/platser/stadsbiblioteket.ics"]


@pytest.mark.parametrize(
    ("known", "openstreetmap", "google", "apple"),
    [
        (
            {"latitude": 59.38, "longitude": 13.5},
            "?mlat=59.38&mlon=13.5#map=17/59.38/13.5",
            "59.38%2C13.5",
            "ll=59.38%2C13.5&q=B%C3%A5taffa+%26+caf%C3%A9",
        ),
        (
            {"street": "Ågatan 1", "town": "Årjäng", "postcode": ""},
            "search?query=%C3%85gatan+1%2C+%C3%85rj%C3%A4ng%2C+Sverige",
            "%C3%85gatan+1%2C+%C3%85rj%C3%A4ng%2C+Sverige",
            "q=%C3%85gatan+1%2C+%C3%85rj%C3%A4ng%2C+Sverige",
        ),
    ],
)
def test_place_is_shown_on_three_maps_by_its_point_or_its_address(
    session: Session, client: Browser, known: dict[str, object], openstreetmap: str, google: str, apple: str
) -> None:
    venue = make_venue(session, "Båtaffa & café", **known)
    page = show(client, venue.slug)
    maps = {
        words: url for words, url in page.links().items() if words in ("OpenStreetMap", "Google Maps", "Apple Kartor")
    }
    assert maps == {
        "OpenStreetMap": f"https://www.openstreetmap.org/{openstreetmap}",
        "Google Maps": f"https://www.google.com/maps/search/?api=1&query={google}",
        "Apple Kartor": f"https://maps.apple.com/?{apple}",
    }


@pytest.mark.parametrize("known", [{"street": ""}, {"town": ""}, {"is_placeholder": True}])
def test_place_that_nobody_can_point_at_is_on_no_map(
    session: Session, client: Browser, known: dict[str, object]
) -> None:
    assert "Visa på karta" not in show(client, make_venue(session, **known).slug).words


def test_place_of_which_nothing_is_known_says_so(session: Session, client: Browser) -> None:
    make_edition(session)
    make_venue(session, "Torget", street="", postcode="", town="", kommun_code=None)
    page = show(client, "torget")
    assert page.with_class("lead") == ["Adressen är inte angiven."]
    assert text(page.section("Tillgänglighet")).startswith("Tillgänglighet Vet inte: stegfri entré eller ramp, hiss,")
    assert page.with_class("empty__title") == ["Inget i programmet här just nu"]


def test_digital_place_never_shows_its_link_here(session: Session, client: Browser) -> None:
    """The link belongs to an occurrence, which may be cancelled."""
    room = make_digital_venue(session, dial_in="08-123 45")
    make_digital_venue(session, "Slutet rum", link_audience=LinkAudience.REGISTERED)
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, place=None, digital_place=room)
    page = show(client, "lanets-videorum")
    assert page.with_class("lead") == ["Digital mötesplats, Jitsi"]
    assert page.titles == ["Samtal om demokrati"]
    assert "moten.example" not in page.html + show(client, "slutet-rum").html + listed(client).html


def test_merged_place_leads_to_what_it_became(session: Session, client: Browser) -> None:
    kept = make_venue(session)
    once = make_venue(session, "Biblioteket", merged_into_id=kept.id)
    make_venue(session, "Bibblan", merged_into_id=once.id)
    response = client.get("/platser/bibblan")
    assert (response.status_code, response.location) == (301, "/platser/stadsbiblioteket")


def test_private_unknown_and_merged_into_private_are_not_found(session: Session, client: Browser) -> None:
    make_edition(session)
    private = make_venue(session, "Egen lokal", is_private=True)
    make_venue(session, "Dubblett", merged_into_id=private.id)
    statuses = [client.get(f"/platser/{slug}").status_code for slug in ("egen-lokal", "dubblett", "ingen")]
    assert statuses == [404, 404, 404]


def test_no_places_yet(session: Session, client: Browser) -> None:
    assert listed(client).with_class("empty__title") == ["Inga platser är registrerade än"]


def test_list_and_page_cost_the_same_number_of_questions_whatever_they_show(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    event = make_event(session, with_occurrence=False)
    made, counts = 0, []
    for rows in (1, 3, 40):
        while made < rows:
            make_occurrence(session, event)
            make_venue(session, f"Plats {made}")
            made += 1
        with count_queries() as in_list:
            listed(client)
        with count_queries() as on_page:
            assert len(show(client).titles) == rows
        counts.append((in_list.count, on_page.count))
    assert counts == [(4, 9)] * 3
