"""From a shape of planner/data/demonstration.json to an event with its occurrences and partners."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from planner.core.text import slugify
from planner.data.kommuner import kommuner
from planner.editions.models import Edition
from planner.events.actions.drafts import create_draft, save_event
from planner.events.actions.event_fields import EventFields
from planner.events.actions.hosting import accept_hosting, invite_organisation
from planner.events.actions.occurrence_fields import OccurrenceFields
from planner.events.actions.occurrences import add_occurrence
from planner.events.models import (
    ActivityKind,
    Audience,
    Event,
    HostingRole,
    LanguageUse,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.exchange.demonstration.people import People
from planner.exchange.demonstration.places import Places
from planner.organisations.rules import Actor
from planner.venues.models import Answer, Feature, Venue

Shape = dict[str, Any]


class EventMaker:
    """Makes the events of a week, each by the person who acts for its main organiser."""

    def __init__(self, session: Session, edition: Edition, people: People, places: Places, *, now: datetime) -> None:
        self.session, self.edition, self.people, self.places, self.now = session, edition, people, places, now
        self._themes = {row.theme.slug: row.theme_id for row in edition.themes}
        self._made = 0

    def make(self, shape: Shape, kommun_code: str) -> Event:
        """A draft with everything filled in, its partners asked, and all but every seventh of them accepted."""
        host = self._host(shape["host"], kommun_code)
        organiser, actor = self.people.organisation(host), self.people.acts_for(host)
        name = kommuner()[kommun_code].name if kommun_code else ""
        title = shape["title"].format(kommun=name)
        event = create_draft(self.session, self.edition, organiser, title, actor=actor, now=self.now)
        fields = self._fields(shape, kommun_code, organiser.public_email)
        event = save_event(self.session, event, fields, expected_version=event.version, actor=actor, now=self.now)
        for occurrence in self._occurrences(shape, kommun_code, organiser.name):
            add_occurrence(self.session, event, occurrence, actor=actor, now=self.now)
        for at, partner in enumerate(shape.get("partners", [])):
            self._invite(event, self._host(partner, kommun_code), at, actor)
        self._made += 1
        return event

    def _fields(self, shape: Shape, kommun_code: str, email: str) -> EventFields:
        low, high = shape.get("age", (None, None))
        easy = {"sv-lattlast": {"title": "", "summary": shape["easy"], "description": ""}} if "easy" in shape else {}
        return {
            "summary": shape["summary"],
            "description": shape.get("description", ""),
            "activity": ActivityKind(shape["activity"]),
            "themes": [self._themes[slug] for slug in shape["themes"]],
            "audiences": [Audience(value) for value in shape["audiences"]],
            "languages": [
                (code, LanguageUse.INTERPRETED if at else LanguageUse.SPOKEN)
                for at, code in enumerate(shape.get("languages", ["sv"]))
            ],
            "kommuner": [kommun_code] if kommun_code else [],
            "is_countywide": shape.get("countywide", not kommun_code),
            "age_from": low,
            "age_to": high,
            "is_free": True,
            "sign_up": SignUp(shape.get("sign_up", "none")),
            "sign_up_note": "Hör av dig till arrangören." if shape.get("sign_up") else "",
            "contact_email": email,
            "visibility": Visibility.CLOSED if shape.get("closed") else Visibility.PUBLIC,
            "features": {Feature(key): Answer(value) for key, value in shape.get("features", {}).items()},
            "texts": easy,
        }

    def _occurrences(self, shape: Shape, kommun_code: str, host: str) -> list[OccurrenceFields]:
        place = self.places.place(kommun_code, shape["place"]) if "place" in shape else None
        offsets = [shape["day"] + self._shift(shape), *(shape["day"] + later for later in shape.get("repeat", []))]
        found = [self._occurrence(shape, offset, place, kommun_code, host) for offset in offsets]
        if "second_place" in shape:
            other = self.places.place(kommun_code, shape["second_place"])
            found.append(self._occurrence(shape, offsets[0], other, kommun_code, host))
        return found

    def _shift(self, shape: Shape) -> int:
        """Spread what many kommuner hold over the days, as it was in 2021."""
        spread = "days" not in shape and "repeat" not in shape and len(shape.get("kommuner", [])) > 2
        return self._made % 3 - 1 if spread and 0 < shape["day"] < 6 else 0

    def _occurrence(
        self, shape: Shape, offset: int, place: Venue | None, kommun_code: str, host: str
    ) -> OccurrenceFields:
        kind, *words = shape["time"]
        first = self.edition.first_day + timedelta(days=offset)
        capacity = shape.get("capacity", (None, None))
        fields: OccurrenceFields = {
            **_time(TimeKind(kind), words, first, shape.get("days", 0)),
            "is_preliminary": shape.get("preliminary", False),
            "place_id": place.id if place else None,
            "has_no_audience_on_site": shape.get("broadcast", False),
            "capacity_onsite": capacity[0],
            "capacity_online": capacity[1],
            "capacity_note": shape.get("capacity_note", ""),
        }
        if shape.get("online"):
            fields["digital_place_id"] = self.places.room(host, link=shape.get("link", "public")).id
        if "reserve" in shape:
            fields["reserve_place_id"] = self.places.place(kommun_code, shape["reserve"]).id
            fields["reserve_note"] = "Vid regn"
        return fields

    def _invite(self, event: Event, partner: str, at: int, actor: Actor) -> None:
        organisation = self.people.organisation(partner)
        role = HostingRole.VENUE_HOST if "bygdegard" in partner else HostingRole.CO_ORGANISER
        hosting = invite_organisation(self.session, event, organisation, role, actor=actor, now=self.now)
        if (self._made + at) % 7 != 3:
            accept_hosting(self.session, hosting, actor=self.people.acts_for(partner), now=self.now)

    def _host(self, name: str, kommun_code: str) -> str:
        """The slug of an organisation that a shape names outright, or by what it is in the kommun."""
        kommun = kommuner().get(kommun_code)
        if kommun is None or name not in ("kommun", "forening", "bygd"):
            return name
        return slugify(kommun.official_name if name == "kommun" else f"Bygdegårdsföreningen i {kommun.name}")


def _time(kind: TimeKind, words: list[str], first: date, days: int) -> OccurrenceFields:
    fields: OccurrenceFields = {
        "time_kind": kind,
        "first_day": first,
        "last_day": first + timedelta(days=days),
        "start": None,
        "end": None,
        "time_note": "",
    }
    if not kind.has_clock_time:
        fields["time_note"] = words[0]
        return fields
    start = time.fromisoformat(words[0])
    end = time.fromisoformat(words[1]) if len(words) > 1 else None
    fields["start"], fields["end"] = start, end
    if end is not None and end < start:
        fields["last_day"] = first + timedelta(days=1)
    return fields
