"""Each row of the mapping to schema.org (domain.md D-4), read from the page as a search engine reads it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.events.facts import occurrence_facts
from planner.events.models import (
    Audience,
    Event,
    EventStatus,
    EventText,
    HostingRole,
    HostingState,
    Occurrence,
    OccurrenceState,
    PreviousTime,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.organisations.models import Standing
from planner.venues.models import Answer, Feature, LinkAudience, VenueFact
from tests.browsing import Browser
from tests.factories import (
    LONG_AGO,
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

SITE = "https://demokrativeckan.example"
PAGE = f"{SITE}/evenemang/samtal-om-demokrati"
JOIN = "https://moten.example/demokrati"
THURSDAY = MONDAY + timedelta(days=3)

PROPERTIES = {
    "Event": "@id @type name description disambiguatingDescription url identifier image superEvent subEvent startDate"
    " endDate previousStartDate eventStatus eventAttendanceMode location organizer contributor sponsor audience"
    " typicalAgeRange inLanguage isAccessibleForFree offers maximumAttendeeCapacity maximumPhysicalAttendeeCapacity"
    " maximumVirtualAttendeeCapacity recordedIn",
    "Place": "@type name url address geo amenityFeature",
    "AdministrativeArea": "@type name",
    "VirtualLocation": "@type name url",
    "PostalAddress": "@type streetAddress postalCode addressLocality addressRegion addressCountry",
    "GeoCoordinates": "@type latitude longitude",
    "LocationFeatureSpecification": "@type name value",
    "Organization": "@type name url",
    "Audience": "@type audienceType",
    "Offer": "@type url price priceCurrency availabilityEnds",
    "VideoObject": "@type name url",
}
"""What the vocabulary lets each type have, as far as we say anything of it."""
PROPERTIES["EventSeries"] = PROPERTIES["Event"]

Node = dict[str, Any]
Stated = Callable[..., Node]


def graph_at(client: Browser, address: str) -> list[Node]:
    """What a page says in JSON-LD; every name in it is one of the vocabulary's."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).text, re.DOTALL)
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    check(document["@graph"])
    graph: list[Node] = document["@graph"]
    return graph


def check(value: Any) -> None:
    """Fail at what schema.org does not have, and at what is said without being known."""
    for each in value if isinstance(value, list) else [value]:
        assert each not in (None, "", [], {})
        if isinstance(each, dict) and set(each) != {"@id"}:
            assert set(each) <= set(PROPERTIES[each["@type"]].split())
            for part in each.values():
                check(part)


@pytest.fixture
def stated(session: Session, client: Browser) -> Stated:
    """``stated({"is_free": True}, room="Sal 2")`` is the node of one event with one occurrence like that."""

    def node_of(of_event: Node | None = None, **of_occurrence: Any) -> Node:
        event = make_event(session, with_occurrence=False, **(of_event or {}))
        make_occurrence(session, event, **of_occurrence)
        return graph_at(client, "/evenemang/samtal-om-demokrati")[0]

    return node_of


def test_the_words(stated: Stated) -> None:
    text = {"summary": "Kort.", "description_html": "<p>Långt &amp; <em>klart</em>.</p><p>Slut.</p>"}
    node = stated(text)
    assert (node["@type"], node["@id"], node["url"]) == ("Event", PAGE, PAGE)
    words = ("Samtal om demokrati", "Kort.", "Långt & klart. Slut.")
    assert (node["name"], node["disambiguatingDescription"], node["description"]) == words
    assert (node["identifier"], node["image"]) == ("DV27-0001", f"{PAGE}.png")


def test_the_words_of_an_english_page_are_english_as_far_as_there_are_any(session: Session, client: Browser) -> None:
    event = make_event(session, summary="Kort.")
    session.add(EventText(event_id=event.id, language="en", title="Talk", summary="", description_html=""))
    node = graph_at(client, "/en/evenemang/samtal-om-demokrati")[0]
    assert (node["name"], node["disambiguatingDescription"]) == ("Talk", "Kort.")


@pytest.mark.parametrize(
    ("columns", "start", "end"),
    [
        ({}, "2027-09-20T18:00:00+02:00", "2027-09-20T19:30:00+02:00"),
        ({"end": None}, "2027-09-20T18:00:00+02:00", None),
        ({"start": None}, "2027-09-20", "2027-09-20"),
        ({"start": None, "last_day": THURSDAY}, "2027-09-20", "2027-09-23"),
        ({"start": None, "last_day": THURSDAY, "is_open_ended": True}, "2027-09-20", None),
        ({"start": None, "time_kind": TimeKind.ON_BOOKING, "last_day": THURSDAY}, "2027-09-20", "2027-09-23"),
        ({"start": None, "time_kind": TimeKind.WITHIN_SPAN}, "2027-09-20", "2027-09-20"),
    ],
)
def test_a_time_is_what_somebody_stated(stated: Stated, columns: Node, start: str, end: str | None) -> None:
    node = stated(**columns)
    assert (node["startDate"], node.get("endDate")) == (start, end)


@pytest.mark.parametrize(
    ("status", "columns", "expected"),
    [
        (EventStatus.PUBLISHED, {}, "EventScheduled"),
        (EventStatus.PUBLISHED, {"is_preliminary": True}, "EventScheduled"),
        (EventStatus.PUBLISHED, {"state": OccurrenceState.CANCELLED}, "EventCancelled"),
        (EventStatus.CANCELLED, {}, "EventCancelled"),
        (EventStatus.PUBLISHED, {"state": OccurrenceState.POSTPONED}, "EventPostponed"),
        (EventStatus.PUBLISHED, {"state": OccurrenceState.MOVED_ONLINE}, "EventMovedOnline"),
    ],
)
def test_the_status(stated: Stated, status: EventStatus, columns: Node, expected: str) -> None:
    assert stated({"status": status}, **columns)["eventStatus"] == f"https://schema.org/{expected}"


def _was(session: Session, occurrence: Occurrence, **facts: str) -> None:
    session.refresh(occurrence, ["place", "digital_place"])
    before = {**occurrence_facts(occurrence), **facts}
    session.add(PreviousTime(occurrence_id=occurrence.id, replaced_at=LONG_AGO, facts=before))
    session.flush()


def test_one_that_has_moved_tells_of_every_time_it_has_had(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    moved = make_occurrence(session, event, state=OccurrenceState.MOVED_ONLINE)
    _was(session, moved, first_day="2027-09-19", starts_at="2027-09-19T16:00:00+00:00")
    _was(session, moved, first_day="2027-09-21", starts_at="2027-09-21T07:00:00+00:00")
    [node, _week] = graph_at(client, "/evenemang/samtal-om-demokrati")
    assert node["eventStatus"] == ["https://schema.org/EventRescheduled", "https://schema.org/EventMovedOnline"]
    assert node["previousStartDate"] == ["2027-09-21T09:00:00+02:00", "2027-09-19T18:00:00+02:00"]


def test_on_site(session: Session, stated: Stated) -> None:
    place = make_venue(session, "Folkets hus", latitude=59.4, longitude=13.5)
    session.add(VenueFact(venue_id=place.id, feature=Feature.LIFT, answer=Answer.NO))
    session.add(VenueFact(venue_id=place.id, feature=Feature.MICROPHONE, answer=Answer.UNKNOWN))
    node = stated(place=place, room="Sal 2")
    assert node["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert node["location"] == {
        "@type": "Place",
        "name": "Folkets hus, Sal 2",
        "url": f"{SITE}/platser/folkets-hus",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Västra Torggatan 26",
            "postalCode": "652 24",
            "addressLocality": "Karlstad",
            "addressRegion": "Värmlands län",
            "addressCountry": "SE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 59.4, "longitude": 13.5},
        "amenityFeature": {"@type": "LocationFeatureSpecification", "name": "Hiss", "value": False},
    }


def test_online_and_hybrid(session: Session, stated: Stated) -> None:
    node = stated(digital_place=make_digital_venue(session))
    assert node["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    room = {"@type": "VirtualLocation", "name": "Länets videorum", "url": JOIN}
    assert [each["@type"] for each in node["location"]] == ["Place", "VirtualLocation"]
    assert node["location"][1] == room


def test_a_hall_without_audience_is_nowhere_to_go_to(session: Session, stated: Stated) -> None:
    node = stated(digital_place=make_digital_venue(session), has_no_audience_on_site=True, capacity_online=9)
    assert node["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert node["location"]["@type"] == "VirtualLocation"
    assert node["maximumAttendeeCapacity"] == 9


def test_an_unknown_form_and_place_are_not_made_up(stated: Stated) -> None:
    assert not {"eventAttendanceMode", "location"} & set(stated(place=None))


@pytest.mark.parametrize("why", ["registered", "cancelled", "archived"])
def test_a_link_that_is_not_for_everybody_is_not_told(session: Session, client: Browser, why: str) -> None:
    audience = LinkAudience.REGISTERED if why == "registered" else LinkAudience.PUBLIC
    state = EditionState.ARCHIVED if why == "archived" else EditionState.PUBLISHED
    status = EventStatus.CANCELLED if why == "cancelled" else EventStatus.PUBLISHED
    event = make_event(
        session,
        edition=make_edition(session, state=state),
        status=status,
        with_occurrence=False,
        sign_up=SignUp.EXTERNAL if why != "registered" else SignUp.UNSTATED,
        sign_up_url="https://anmalan.example/",
    )
    make_occurrence(session, event, place=None, digital_place=make_digital_venue(session, link_audience=audience))
    node = graph_at(client, "/evenemang/samtal-om-demokrati")[0]
    assert node["location"]["url"] == PAGE
    assert "offers" not in node


def test_only_those_who_have_said_yes_are_named_under_what_they_are(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_hosting(session, event, make_organisation(session, "Region, Värmland & co"))
    for role in (HostingRole.PARTICIPANT, HostingRole.SUPPORTER, HostingRole.VENUE_HOST):
        make_hosting(session, event, make_organisation(session, f"En {role}"), role=role)
    make_hosting(session, event, make_organisation(session, "Tillfrågad"), state=HostingState.ASKED)
    make_hosting(session, event, make_organisation(session, "Avstängd", standing=Standing.SUSPENDED))
    node = graph_at(client, "/evenemang/samtal-om-demokrati")[0]
    assert [(each["@type"], each["name"]) for each in node["organizer"]] == [
        ("Organization", "Föreningen Samtal"),
        ("Organization", "Region, Värmland & co"),
    ]
    assert node["organizer"][0]["url"] == f"{SITE}/arrangorer/foreningen-samtal"
    assert (node["contributor"]["name"], node["sponsor"]["name"]) == ("En participant", "En supporter")
    assert not re.search("Tillfrågad|Avstängd|venue_host", json.dumps(node, ensure_ascii=False))


def test_it_is_part_of_the_week_and_of_another_event(session: Session, client: Browser) -> None:
    parent = make_event(session, "Temadag")
    make_event(session, part_of_id=parent.id)
    make_event(session, "Slutet", part_of_id=parent.id, visibility=Visibility.CLOSED)
    week = f"{SITE}/kalender?upplaga=2027"
    [part, whole_week] = graph_at(client, "/evenemang/samtal-om-demokrati")
    link = {"@type": "Event", "@id": f"{SITE}/evenemang/temadag", "name": "Temadag", "url": f"{SITE}/evenemang/temadag"}
    assert part["superEvent"] == [{"@id": week}, link]
    assert whole_week == {
        "@type": "EventSeries",
        "@id": week,
        "url": week,
        "name": "Demokrativeckan 2027",
        "startDate": "2027-09-20",
        "endDate": "2027-09-27",
        "location": {"@type": "AdministrativeArea", "name": "Värmlands län"},
    }
    assert graph_at(client, "/evenemang/temadag")[0]["subEvent"]["@id"] == PAGE


def test_several_occurrences_are_events_of_a_series(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_occurrence(session, event, THURSDAY, label="Repris")
    [first, second, series, _week] = graph_at(client, "/evenemang/samtal-om-demokrati")
    assert (series["@type"], series["@id"]) == ("EventSeries", PAGE)
    assert "startDate" not in series
    assert series["subEvent"] == [{"@id": first["@id"]}, {"@id": second["@id"]}]
    assert first["@id"] == f"{PAGE}#tillfalle-1@demokrativeckan.example"
    assert second["superEvent"][0] == {"@id": PAGE}
    assert (first["name"], second["name"]) == ("Samtal om demokrati", "Samtal om demokrati – Repris")
    assert second["startDate"] == "2027-09-23T18:00:00+02:00"


def test_for_whom_and_in_which_languages(stated: Stated) -> None:
    whom = {"audiences": [Audience.YOUTH], "age_from": 13, "age_to": 25, "languages": ["sv", "ar"]}
    node = stated(whom)
    assert node["audience"] == {"@type": "Audience", "audienceType": "Unga (13–25 år)"}
    assert (node["typicalAgeRange"], node["inLanguage"]) == ("13-25", ["ar", "sv"])


@pytest.mark.parametrize(("is_free", "price"), [(True, 0), (False, None), (None, None)])
def test_whether_it_is_free_and_where_to_sign_up(stated: Stated, is_free: bool | None, price: int | None) -> None:
    sign_up = {"sign_up": SignUp.EXTERNAL, "sign_up_url": "https://anmalan.example/", "sign_up_by": MONDAY}
    node = stated({"is_free": is_free, "price": "" if is_free else "50 kr i dörren", **sign_up})
    assert node.get("isAccessibleForFree") is is_free
    assert (node["offers"]["url"], node["offers"].get("price")) == ("https://anmalan.example/", price)
    assert node["offers"]["availabilityEnds"] == "2027-09-20"


def test_how_many_have_room(session: Session, stated: Stated) -> None:
    node = stated(digital_place=make_digital_venue(session), capacity_onsite=40)
    assert node["maximumPhysicalAttendeeCapacity"] == 40
    assert not {"maximumVirtualAttendeeCapacity", "maximumAttendeeCapacity"} & set(node)


@pytest.mark.parametrize(("until", "is_told"), [(None, True), (MONDAY, True), (LONG_AGO.date(), False)])
def test_a_recording_is_told_of_while_it_is_there(stated: Stated, until: Any, is_told: bool) -> None:
    node = stated(recording_url="https://film.example/1", recording_until=until)
    assert (node.get("recordedIn", {}).get("url") == "https://film.example/1") is is_told


def test_no_title_breaks_out_of_its_element(session: Session, client: Browser) -> None:
    title = "</script><script>alert('x')</script><!-- & \u2028"
    event: Event = make_event(session, title, slug="elak")
    assert graph_at(client, f"/evenemang/{event.slug}")[0]["name"] == "</script><script>alert('x')</script><!-- &"
    assert "alert('x')" not in client.get("/evenemang/elak").text
