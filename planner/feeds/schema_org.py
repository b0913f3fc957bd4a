"""What an event's page tells machines: its occurrences as schema.org has them (domain.md D-4, decision 0017).

One ``Event`` for each occurrence, because that is what is held at a time and a place; of several, the event as a whole
is the ``EventSeries`` above them. What is not known is left out: no time, end, price or place is made up. What may not
be shown is not in a ``Row`` at all.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.core.clock import STOCKHOLM
from planner.core.site import Site
from planner.data.kommuner import COUNTY_NAME, kommuner
from planner.editions.models import Edition, EditionState
from planner.events.changes import PastTime, changes_of
from planner.events.models import Event, EventStatus, Form, HostingRole, Occurrence, OccurrenceState
from planner.feeds import words
from planner.feeds.reading import row_of
from planner.feeds.rows import ForWhom, Host, Online, Place, Row, When
from planner.feeds.text import plain, shorten, single_line
from planner.venues.models import Answer

VOCABULARY = "https://schema.org"
LONGEST_TEXT = 1_000
"""Characters of the description, which stands once for each occurrence."""

ATTENDANCE = {Form.ONSITE: "Offline", Form.ONLINE: "Online", Form.HYBRID: "Mixed"}
STATUS = {
    OccurrenceState.SCHEDULED: "EventScheduled",
    OccurrenceState.CANCELLED: "EventCancelled",
    OccurrenceState.POSTPONED: "EventPostponed",
    OccurrenceState.MOVED_ONLINE: "EventMovedOnline",
}
OTHER_ROLES = {HostingRole.PARTICIPANT: "contributor", HostingRole.SUPPORTER: "sponsor"}
"""Those who stand behind an event without arranging it. Whoever lends the place is told of nowhere in schema.org."""

Node = dict[str, Any]


def graph_of(event: Event, *, related: Sequence[Event], site: Site, language: str, picture: str, today: date) -> Node:
    """The whole document for the page of an event that ``events.queries.public_event`` has loaded.

    ``related`` are the public events that it is part of and that are part of it; ``picture`` is the address of the
    picture that stands for it.
    """
    page = words.page_of(event, site)
    parts = [_link(each, site) for each in related if each.id != event.part_of_id]
    whole = {**_whole(event, related, site, language), "@id": page, "image": picture}
    rows = [(occurrence, row_of(occurrence, site)) for occurrence in event.occurrences]
    nodes = [{**whole, **_occurrence(occurrence, row, today)} for occurrence, row in rows]
    if len(nodes) == 1:
        nodes[0]["subEvent"] = parts
    else:
        for node, (occurrence, row) in zip(nodes, rows, strict=True):
            node["@id"] = f"{page}#{occurrence.uid}"
            node["name"] = f"{whole['name']} – {row.label}" if row.label else whole["name"]
            node["superEvent"] = [{"@id": page}, *whole["superEvent"]]
        nodes.append({"@type": "EventSeries", **whole, "subEvent": [*({"@id": node["@id"]} for node in nodes), *parts]})
    return {"@context": VOCABULARY, "@graph": [_said(node) for node in [*nodes, _week(event.edition, site)]]}


def _whole(event: Event, related: Sequence[Event], site: Site, language: str) -> Node:
    """What holds for all of the event, in the language of the page as far as it is written there, else in Swedish."""
    own = event.text_in(language)
    title, summary, html = (
        (own and getattr(own, name)) or getattr(event, name) for name in ("title", "summary", "description_html")
    )
    above = [_link(each, site) for each in related if each.id == event.part_of_id]
    return {
        "name": single_line(title),
        "disambiguatingDescription": single_line(summary),
        "description": shorten(single_line(plain(html)) or single_line(summary), LONGEST_TEXT),
        "url": words.page_of(event, site),
        "identifier": event.number,
        "superEvent": [{"@id": _address_of(event.edition, site)}, *above],
    }


def _occurrence(occurrence: Occurrence, row: Row, today: date) -> Node:
    """What holds for one time and place."""
    event = occurrence.event
    is_open = EventStatus.ARCHIVED is not event.status and EditionState.ARCHIVED is not event.edition.state
    return {
        "@type": "Event",
        **_time(row.when),
        **_status(occurrence, row),
        **_where(row, is_open=is_open),
        "organizer": [_organisation(host) for host in row.organisers],
        **{name: [_organisation(host) for host in row.hosts_as(role)] for role, name in OTHER_ROLES.items()},
        **_for_whom(row.for_whom),
        "offers": _offer(row.for_whom) if is_open else None,
        **_capacity(occurrence, row),
        "recordedIn": _recording(occurrence, row, today),
    }


def _time(when: When) -> Node:
    """Instants with their offset where they are stated, else days; no end that nobody stated."""
    if when.starts_at is None:
        return {"startDate": when.first_day.isoformat(), "endDate": when.last_day and when.last_day.isoformat()}
    later_day = when.last_day.isoformat() if when.last_day and when.last_day != when.first_day else None
    return {
        "startDate": when.starts_at.isoformat(),
        "endDate": when.ends_at.isoformat() if when.ends_at else later_day,
    }


def _status(occurrence: Occurrence, row: Row) -> Node:
    """The state; one that is held at another time than was once said is rescheduled, with every time it has had."""
    statuses = [STATUS[row.state]]
    before: list[str] = []
    if row.state.takes_place:
        before = [_start_of(past) for past in changes_of(occurrence).times]
        if before:
            statuses = ["EventRescheduled", *(each for each in statuses if each != "EventScheduled")]
    return {"eventStatus": [f"{VOCABULARY}/{status}" for status in statuses], "previousStartDate": before}


def _start_of(past: PastTime) -> str:
    return past.starts_at.astimezone(STOCKHOLM).isoformat() if past.starts_at else past.first_day.isoformat()


def _where(row: Row, *, is_open: bool) -> Node:
    """How one takes part: a hall without audience is nowhere to go to."""
    where = row.where
    locations: list[Node] = [_place(where.place)] if where.place else []
    if where.online:
        locations.append(_virtual(where.online, row, is_open=is_open))
    form = Form.ONLINE if where.sent_from and where.online else where.form
    mode = ATTENDANCE.get(form)
    return {
        "eventAttendanceMode": mode and f"{VOCABULARY}/{mode}EventAttendanceMode",
        "location": locations,
    }


def _place(place: Place) -> Node:
    latitude, longitude = place.point or (None, None)
    is_ours = place.kommun_code in kommuner()
    address = {
        "streetAddress": place.street,
        "postalCode": f"{place.postcode[:3]} {place.postcode[3:]}".strip(),
        "addressLocality": place.town,
        "addressRegion": COUNTY_NAME if is_ours else None,
        "addressCountry": "SE" if is_ours else None,
    }
    geo = None if latitude is None else {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    features = [
        {"@type": "LocationFeatureSpecification", "name": feature.label, "value": answer is Answer.YES}
        for feature, answer in place.features
    ]
    return {
        "@type": "Place",
        "name": ", ".join(part for part in (place.name, place.room) if part),
        "url": place.url,
        "address": {"@type": "PostalAddress", **address} if any(address.values()) else None,
        "geo": geo,
        "amenityFeature": features,
    }


def _virtual(online: Online, row: Row, *, is_open: bool) -> Node:
    """The link to join where anybody may see it; else the page, which says how one gets it or that it is gone."""
    return {"@type": "VirtualLocation", "name": online.name, "url": (online.link if is_open else "") or row.url}


def _organisation(host: Host) -> Node:
    return {"@type": "Organization", "name": host.name, "url": host.url}


def _for_whom(for_whom: ForWhom) -> Node:
    return {
        "audience": [{"@type": "Audience", "audienceType": each.label} for each in for_whom.audiences],
        "typicalAgeRange": _ages(for_whom.age_from, for_whom.age_to),
        "inLanguage": list(for_whom.spoken),
        "isAccessibleForFree": for_whom.is_free,
    }


def _ages(age_from: int | None, age_to: int | None) -> str:
    """``13-25``, ``13-``, ``-25``; nothing where no ages are given."""
    if age_from is None and age_to is None:
        return ""
    return f"{'' if age_from is None else age_from}-{'' if age_to is None else age_to}"


def _offer(for_whom: ForWhom) -> Node | None:
    """Where one signs up; a price only where it is nothing, since the others stand in words."""
    if not for_whom.sign_up_url:
        return None
    price = {"price": 0, "priceCurrency": "SEK"} if for_whom.is_free else {}
    last_day = for_whom.sign_up_by.isoformat() if for_whom.sign_up_by else None
    return {"@type": "Offer", "url": for_whom.sign_up_url, **price, "availabilityEnds": last_day}


def _capacity(occurrence: Occurrence, row: Row) -> Node:
    """How many have room; in all, only where every way to take part says how many."""
    counts = {
        "maximumPhysicalAttendeeCapacity": occurrence.capacity_onsite if row.where.place else None,
        "maximumVirtualAttendeeCapacity": occurrence.capacity_online if row.where.online else None,
    }
    ways = [way is not None for way in (row.where.place, row.where.online)]
    known = [count for count in counts.values() if count]
    return {**counts, "maximumAttendeeCapacity": sum(known) if known and len(known) == sum(ways) else None}


def _recording(occurrence: Occurrence, row: Row, today: date) -> Node | None:
    until = occurrence.recording_until
    if not row.recording or (until is not None and until < today):
        return None
    return {"@type": "VideoObject", "name": row.headline, "url": row.recording}


def _week(edition: Edition, site: Site) -> Node:
    """The week that all of it is part of."""
    address = _address_of(edition, site)
    return {
        "@type": "EventSeries",
        "@id": address,
        "name": single_line(edition.name),
        "url": address,
        "startDate": edition.first_day.isoformat(),
        "endDate": edition.last_day.isoformat(),
        "location": {"@type": "AdministrativeArea", "name": edition.county},
    }


def _address_of(edition: Edition, site: Site) -> str:
    return f"{site.public_url}/kalender?upplaga={edition.slug}"


def _link(event: Event, site: Site) -> Node:
    """Another event, by its own page."""
    page = words.page_of(event, site)
    return {"@type": "Event", "@id": page, "name": single_line(event.title), "url": page}


def _id(node: Node) -> Node:
    return {"@id": node["@id"]}


def _said(value: Any) -> Any:
    """The value without what is empty; a list of one is that one."""
    if isinstance(value, dict):
        said = ((key, _said(each)) for key, each in value.items())
        return {key: each for key, each in said if not _is_empty(each)}
    if isinstance(value, list):
        several = [each for each in map(_said, value) if not _is_empty(each)]
        return several[0] if len(several) == 1 else several
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
