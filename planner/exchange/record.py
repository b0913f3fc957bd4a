"""The interchange record: one event with everything that belongs to it, as one JSON object (docs/interchange.md).

The tables below are the format: which columns a record holds and how each is read. Writing needs no table of its own,
``plain`` turns every value back. Not carried: people, the log, letters and their secret links.
"""

from collections.abc import Mapping
from typing import Any

from planner.data.kommuner import kommuner
from planner.events.models import (
    ActivityKind,
    Audience,
    Captions,
    Event,
    EventStatus,
    Form,
    Hosting,
    HostingRole,
    HostingState,
    LanguageUse,
    Occurrence,
    OccurrenceState,
    Permit,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.events.models.event import DESCRIPTION_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from planner.events.models.vocabulary import LANGUAGES, TEXT_LANGUAGES
from planner.exchange import fields
from planner.exchange.fields import Reader, plain
from planner.organisations.models import Organisation, OrganisationKind, Standing
from planner.venues.models import Answer, Feature, LinkAudience, Venue, VenueKind

_kommun = fields.member_of(tuple(kommuner()))

ORGANISATION: Mapping[str, Reader] = {
    "slug": fields.slug,
    "name": fields.line(160, required=True),
    "kind": fields.one_of(OrganisationKind),
    "kommun_code": fields.optional(_kommun),
    "about": fields.text(),
    "website": fields.address,
    "public_email": fields.line(254),
    "public_phone": fields.line(30),
    "standing": fields.one_of(Standing),
}
VENUE_FACT: Mapping[str, Reader] = {
    "feature": fields.one_of(Feature),
    "answer": fields.one_of(Answer),
    "note": fields.line(200),
    "checked_on": fields.optional(fields.day),
    "checked_by": fields.line(160),
}
VENUE: Mapping[str, Reader] = {
    "slug": fields.slug,
    "name": fields.line(160, required=True),
    "kind": fields.one_of(VenueKind),
    "is_private": fields.boolean,
    "is_placeholder": fields.boolean,
    "kommun_code": fields.optional(_kommun),
    "street": fields.line(160),
    "postcode": fields.line(5),
    "town": fields.line(80),
    "latitude": fields.optional(fields.number(-90, 90, float)),
    "longitude": fields.optional(fields.number(-180, 180, float)),
    "capacity": fields.optional(fields.number(1, 1_000_000)),
    "rooms": fields.text(),
    "directions": fields.text(),
    "is_outdoors": fields.boolean,
    "contact": fields.line(200),
    "platform": fields.line(80),
    "join_url": fields.address,
    "dial_in": fields.line(120),
    "link_audience": fields.one_of(LinkAudience),
}
OCCURRENCE: Mapping[str, Reader] = {
    "uid": fields.line(200, required=True),
    "label": fields.line(120),
    "time_kind": fields.one_of(TimeKind),
    "first_day": fields.day,
    "last_day": fields.day,
    "starts_at": fields.optional(fields.instant),
    "ends_at": fields.optional(fields.instant),
    "time_note": fields.line(300),
    "is_open_ended": fields.boolean,
    "is_preliminary": fields.boolean,
    "reserve_note": fields.line(160),
    "room": fields.line(120),
    "has_no_audience_on_site": fields.boolean,
    "capacity_onsite": fields.optional(fields.number(1, 1_000_000)),
    "capacity_online": fields.optional(fields.number(1, 1_000_000)),
    "capacity_note": fields.line(160),
    "permit": fields.optional(fields.one_of(Permit)),
    "permit_number": fields.line(60),
    "state": fields.one_of(OccurrenceState),
    "state_note": fields.line(300),
    "recording_url": fields.address,
    "recording_until": fields.optional(fields.day),
    "captions": fields.optional(fields.one_of(Captions)),
    "sequence": fields.number(0, 2**31 - 1),
    "created_at": fields.instant,
}
HOSTING: Mapping[str, Reader] = {
    "invited_email": fields.line(254),
    "invited_name": fields.line(160),
    "role": fields.one_of(HostingRole),
    "state": fields.one_of(HostingState),
    "may_edit": fields.boolean,
    "message": fields.text(500),
    "asked_at": fields.instant,
    "answered_at": fields.optional(fields.instant),
    "answered_by_letter": fields.boolean,
    "needs_confirmation": fields.boolean,
}
HANDOVER: Mapping[str, Reader] = {
    "former_stays": fields.boolean,
    "is_on_behalf": fields.boolean,
    "message": fields.text(500),
    "asked_at": fields.instant,
}
EVENT: Mapping[str, Reader] = {
    "edition": fields.slug,
    "number": fields.line(24, required=True),
    "slug": fields.slug,
    "external_id": fields.optional(fields.line(200, required=True)),
    "title": fields.line(TITLE_LENGTH, required=True),
    "summary": fields.text(SUMMARY_LENGTH),
    "description": fields.text(DESCRIPTION_LENGTH),
    "activity": fields.one_of(ActivityKind),
    "age_from": fields.optional(fields.number(0, 120)),
    "age_to": fields.optional(fields.number(0, 120)),
    "is_free": fields.optional(fields.boolean),
    "price": fields.line(120),
    "accessibility_note": fields.text(),
    "contact_name": fields.line(120),
    "contact_email": fields.line(254),
    "contact_phone": fields.line(30),
    "sign_up": fields.one_of(SignUp),
    "sign_up_url": fields.address,
    "sign_up_note": fields.line(300),
    "sign_up_by": fields.optional(fields.day),
    "visibility": fields.one_of(Visibility),
    "is_countywide": fields.boolean,
    "series": fields.line(120),
    "image_file": fields.line(120),
    "image_alt": fields.line(250),
    "image_credit": fields.line(160),
    "source_note": fields.text(),
    "status": fields.one_of(EventStatus),
    "created_at": fields.instant,
    "saved_at": fields.instant,
    "submitted_at": fields.optional(fields.instant),
    "decided_at": fields.optional(fields.instant),
    "decision_reason": fields.text(),
    "published_at": fields.optional(fields.instant),
    "changed_after_review_at": fields.optional(fields.instant),
    "audiences": fields.each(fields.one_of(Audience)),
    "kommuner": fields.each(_kommun),
    "former_slugs": fields.each(fields.slug),
    "part_of": fields.optional(fields.line(24, required=True)),
    "decision_criterion": fields.optional(fields.line(40, required=True)),
}
EVENT_PARTS = ("organiser", "themes", "languages", "features", "texts", "occurrences", "hostings")
"""The keys of a record that hold objects; read one by one in ``exchange.importing``."""

THEME: Mapping[str, Reader] = {"slug": fields.slug, "name": fields.line(80, required=True)}
LANGUAGE: Mapping[str, Reader] = {"code": fields.member_of(LANGUAGES), "use": fields.one_of(LanguageUse)}
TEXT: Mapping[str, Reader] = {
    "title": fields.line(TITLE_LENGTH),
    "summary": fields.text(SUMMARY_LENGTH),
    "description": fields.text(DESCRIPTION_LENGTH),
}
OCCURRENCE_FACTS: Mapping[str, Reader] = {
    "time_kind": fields.one_of(TimeKind),
    "first_day": fields.day,
    "last_day": fields.day,
    "starts_at": fields.optional(fields.instant),
    "ends_at": fields.optional(fields.instant),
    "time_note": fields.line(300),
    "place_slug": fields.optional(fields.slug),
    "place": fields.line(160),
    "digital_place_slug": fields.optional(fields.slug),
    "digital_place": fields.line(160),
    "form": fields.one_of(Form),
    "state": fields.one_of(OccurrenceState),
}
"""What ``events.facts.occurrence_facts`` writes, kept as it stands in the record."""
EVENT_FACTS: Mapping[str, Reader] = {
    "title": fields.line(TITLE_LENGTH, required=True),
    "organiser_slug": fields.slug,
    "organiser": fields.line(160, required=True),
    "is_cancelled": fields.boolean,
}
"""What ``events.facts.material_facts`` writes, beside its ``occurrences``."""
text_language = fields.member_of(TEXT_LANGUAGES)
feature = fields.one_of(Feature)
answer = fields.one_of(Answer)

_ELSEWHERE = ("edition", "audiences", "kommuner", "former_slugs", "part_of", "decision_criterion")


def event_record(event: Event, former_slugs: list[str]) -> dict[str, Any]:
    """The whole event as a record. Needs everything of it loaded (``exchange.exporting.events_to_export``)."""
    return {
        "edition": event.edition.slug,
        **_columns(event, [key for key in EVENT if key not in _ELSEWHERE]),
        "part_of": event.part_of.number if event.part_of else None,
        "decision_criterion": event.decision_criterion.code if event.decision_criterion else None,
        "former_slugs": sorted(former_slugs),
        "organiser": _columns(event.organiser, ORGANISATION),
        "audiences": sorted(row.audience.value for row in event.audiences),
        "kommuner": sorted(row.kommun_code for row in event.kommuner),
        "themes": [_columns(theme, THEME) for theme in sorted(event.themes, key=lambda theme: theme.slug)],
        "languages": sorted((_columns(row, LANGUAGE) for row in event.languages), key=lambda row: tuple(row.values())),
        "features": {
            row.feature.value: row.answer.value for row in sorted(event.features, key=lambda row: row.feature)
        },
        "texts": {row.language: _columns(row, TEXT) for row in event.texts},
        "occurrences": [_occurrence(row) for row in sorted(event.occurrences, key=lambda row: row.uid)],
        "hostings": [_hosting(row, event) for row in event.hostings],
    }


def organisation_record(organisation: Organisation) -> dict[str, Any]:
    """An organisation as it stands inside a record."""
    return _columns(organisation, ORGANISATION)


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    return {
        **_columns(occurrence, OCCURRENCE),
        "place": _venue(occurrence.place),
        "digital_place": _venue(occurrence.digital_place),
        "reserve_place": _venue(occurrence.reserve_place),
        "previous_times": [
            {"replaced_at": plain(row.replaced_at), "facts": row.facts} for row in occurrence.previous_times
        ],
    }


def _venue(venue: Venue | None) -> dict[str, Any] | None:
    if venue is None:
        return None
    facts = sorted(venue.facts, key=lambda fact: fact.feature)
    return {
        **_columns(venue, VENUE),
        "owner": _columns(venue.owner, ORGANISATION) if venue.owner else None,
        "facts": [_columns(fact, VENUE_FACT) for fact in facts],
    }


def _hosting(hosting: Hosting, event: Event) -> dict[str, Any]:
    handover = event.handover if event.handover and event.handover.organisation_id == hosting.organisation_id else None
    return {
        **_columns(hosting, HOSTING),
        "handover": _columns(handover, HANDOVER) if handover else None,
        "organisation": _columns(hosting.organisation, ORGANISATION) if hosting.organisation else None,
        "accepted_facts": hosting.accepted_facts,
    }


def _columns(row: object, keys: Any) -> dict[str, Any]:
    return {key: plain(getattr(row, key)) for key in keys}
