"""Rows in memory only, for the pure part: as ``occurrences_for_rendering`` would have loaded them."""

from datetime import UTC, date, datetime
from typing import Any

from planner.core.site import Site
from planner.editions.models import Theme
from planner.events.models import (
    ActivityKind,
    Audience,
    Event,
    EventAudience,
    EventStatus,
    Hosting,
    HostingRole,
    HostingState,
    Occurrence,
    OccurrenceState,
    PreviousTime,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.feeds.ical import calendar_of, component_for
from planner.feeds.reading import row_of
from planner.feeds.rows import Row
from planner.organisations.models import Organisation, OrganisationKind, Standing
from planner.venues.models import LinkAudience, Venue, VenueKind
from tests.feeds.strict import Component, read

SITE = Site(public_url="https://demokrativeckan.example", uid_domain="demokrativeckan.example")
STAMP = datetime(2027, 8, 20, 8, 15, tzinfo=UTC)
PUBLISHED = datetime(2027, 6, 1, 7, 0, tzinfo=UTC)
CREATED = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


def organisation(name: str = "Arvika kommun", **columns: Any) -> Organisation:
    """A verified kommun."""
    return Organisation(
        **{"name": name, "slug": "arvika", "kind": OrganisationKind.KOMMUN, "standing": Standing.VERIFIED, **columns}
    )


def place(name: str = "Arvika bibliotek", **columns: Any) -> Venue:
    """A library with a point."""
    defaults = {
        "id": 1,
        "slug": "arvika-bibliotek",
        "kind": VenueKind.PHYSICAL,
        "name": name,
        "kommun_code": "1784",
        "street": "Kyrkogatan 41",
        "postcode": "67131",
        "town": "Arvika",
        "latitude": 59.6543,
        "longitude": 12.5876,
        "is_placeholder": False,
        "join_url": "",
        "dial_in": "",
        "platform": "",
        "is_private": False,
    }
    return Venue(**{**defaults, **columns})


def digital_place(name: str = "Länets videorum", **columns: Any) -> Venue:
    """A digital room with a link for all."""
    defaults = {
        "id": 2,
        "slug": "lanets-videorum",
        "kind": VenueKind.DIGITAL,
        "name": name,
        "platform": "Jitsi",
        "join_url": "https://moten.example/demokrati",
        "dial_in": "",
        "link_audience": LinkAudience.PUBLIC,
    }
    return Venue(**{**defaults, **columns})


def hosting(
    name: str, role: HostingRole = HostingRole.CO_ORGANISER, state: HostingState = HostingState.ACCEPTED
) -> Hosting:
    """A partner that has accepted."""
    return Hosting(role=role, state=state, organisation=organisation(name))


def event(title: str = "Vem får höras, och hur?", **columns: Any) -> Event:
    """A published event of Arvika kommun, on a theme, for the young."""
    defaults = {
        "slug": "vem-far-horas",
        "title": title,
        "summary": "Ett samtal om vem som får göra sin röst hörd.",
        "description": "",
        "description_html": "",
        "status": EventStatus.PUBLISHED,
        "visibility": Visibility.PUBLIC,
        "organiser": organisation(),
        "hostings": [],
        "themes": [Theme(slug="makt", name="Demokrati, makt och inflytande")],
        "audiences": [EventAudience(audience=Audience.YOUTH)],
        "sign_up": SignUp.UNSTATED,
        "sign_up_url": "",
        "published_at": PUBLISHED,
        "number": "DV27-0001",
        "activity": ActivityKind.TALK,
        "price": "",
        "image_file": "",
        "is_countywide": False,
    }
    return Event(**{**defaults, **columns})


def occurrence(**columns: Any) -> Occurrence:
    """Tuesday 21 September 2027, 18.00–19.30, at the library in Arvika. Columns of the event: ``event=event(…)``."""
    defaults = {
        "uid": "4f0c1c52-2f6e-4a53-9b51-2c7f0f2f9d10@demokrativeckan.example",
        "event": event(),
        "label": "",
        "time_kind": TimeKind.START_AND_END,
        "first_day": date(2027, 9, 21),
        "last_day": date(2027, 9, 21),
        "starts_at": datetime(2027, 9, 21, 16, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 9, 21, 17, 30, tzinfo=UTC),
        "time_note": "",
        "is_open_ended": False,
        "is_preliminary": False,
        "place": place(),
        "digital_place": None,
        "reserve_place": None,
        "reserve_note": "",
        "room": "",
        "has_no_audience_on_site": False,
        "state": OccurrenceState.SCHEDULED,
        "state_note": "",
        "recording_url": "",
        "previous_times": [],
        "sequence": 0,
        "created_at": CREATED,
        "component_changed_at": STAMP,
    }
    made = Occurrence(**{**defaults, **columns})
    made.place_id = made.place.id if made.place else None
    made.digital_place_id = made.digital_place.id if made.digital_place else None
    return made


def whole_days(kind: TimeKind, first: date, last: date, **columns: Any) -> Occurrence:
    """An occurrence without clock time."""
    return occurrence(time_kind=kind, first_day=first, last_day=last, starts_at=None, ends_at=None, **columns)


def moved_from(facts: dict[str, Any]) -> PreviousTime:
    """The memory of where and when it was."""
    return PreviousTime(facts=facts)


def row(made: Occurrence) -> Row:
    """What every other shape says of it."""
    return row_of(made, SITE)


def entry(made: Occurrence, *, changed_at: datetime = STAMP) -> Component:
    """Its VEVENT as a strict reader finds it in a file."""
    [found] = read(calendar_of([component_for(made, site=SITE, changed_at=changed_at)])).events
    return found
