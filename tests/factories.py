"""Things to test with: plain functions with quiet defaults. A test states what matters to it and nothing else.

Each takes the session first, writes the thing and returns it. Names and addresses are the same in every run.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import CoordinatorRole, User
from planner.core.clock import STOCKHOLM, to_utc
from planner.core.text import slugify
from planner.core.tokens import sealed, token_hash
from planner.editions.models import Criterion, Edition, EditionState, EditionTheme, Theme
from planner.events.models import (
    Audience,
    Event,
    EventAudience,
    EventKommun,
    EventLanguage,
    EventStatus,
    Handover,
    Hosting,
    HostingRole,
    HostingState,
    LanguageUse,
    Occurrence,
    TimeKind,
)
from planner.organisations.models import MemberRole, Membership, Organisation, OrganisationKind, Standing
from planner.organisations.queries import actor_for
from planner.organisations.rules import Actor
from planner.programmes.models import Programme, SavedOccurrence
from planner.venues.models import Venue, VenueKind

LONG_AGO = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
MONDAY = date(2027, 9, 20)
KEEN = "the-programme-of-somebody-keen-0"
"""The token of a programme unless a test states another."""


def _next(session: Session, model: type[Any]) -> int:
    return 1 + (session.scalar(sa.select(sa.func.count()).select_from(model)) or 0)


def _unused(session: Session, column: Any, wanted: str, joint: str) -> str:
    """The wanted text, or with the first free number after it."""
    text, number = wanted, 1
    while session.scalar(sa.select(sa.func.count()).where(column == text)):
        number += 1
        text = f"{wanted}{joint}{number}"
    return text


def make_user(session: Session, name: str = "Anna Andersson", *, email: str = "", **columns: Any) -> User:
    """A person who can sign in; without an address given, person1@example.se and so on."""
    email = email or f"person{_next(session, User)}@example.se"
    user = User(**{"email": email, "name": name, "session_key": token_hash(email), "created_at": LONG_AGO, **columns})
    session.add(user)
    session.flush()
    return user


def make_coordinator(session: Session, kommun_code: str | None = None, name: str = "Karin Karlsson") -> User:
    """A person who coordinates the county, or one kommun."""
    user = make_user(session, name)
    session.add(CoordinatorRole(user_id=user.id, kommun_code=kommun_code, since=LONG_AGO))
    session.flush()
    return user


def make_organisation(
    session: Session,
    name: str = "Föreningen Samtal",
    *,
    members: Sequence[User] = (),
    editors: Sequence[User] = (),
    **columns: Any,
) -> Organisation:
    """A verified association in Karlstad; ``members`` are its administrators."""
    name = _unused(session, Organisation.name, name, " ")
    defaults = {
        "name": name,
        "slug": slugify(name),
        "kind": OrganisationKind.ASSOCIATION,
        "kommun_code": "1780",
        "standing": Standing.VERIFIED,
        "created_at": LONG_AGO,
    }
    organisation = Organisation(**{**defaults, **columns})
    session.add(organisation)
    session.flush()
    for user in members:
        make_member(session, user, organisation)
    for user in editors:
        make_member(session, user, organisation, MemberRole.EDITOR)
    return organisation


def make_member(
    session: Session, user: User, organisation: Organisation, role: MemberRole = MemberRole.ADMINISTRATOR
) -> Membership:
    """That a person works for an organisation."""
    membership = Membership(user_id=user.id, organisation_id=organisation.id, role=role, since=LONG_AGO)
    session.add(membership)
    session.flush()
    return membership


def actor_of(session: Session, user: User) -> Actor:
    """The acting person, as rules and actions take it."""
    session.flush()
    return actor_for(session, user.id)


def make_theme(session: Session, name: str = "Mänskliga rättigheter", edition: Edition | None = None) -> Theme:
    """A theme, offered by the edition if one is given."""
    name = _unused(session, Theme.name, name, " ")
    theme = Theme(slug=slugify(name), name=name)
    session.add(theme)
    session.flush()
    if edition is not None:
        session.add(EditionTheme(edition_id=edition.id, theme_id=theme.id, position=theme.id))
        session.flush()
    return theme


def make_edition(session: Session, name: str = "Demokrativeckan 2027", **columns: Any) -> Edition:
    """A published week of 20–27 September 2027 with the address 2027 and numbers that begin with DV27."""
    defaults = {
        "name": name,
        "slug": "2027",
        "year": 2027,
        "first_day": MONDAY,
        "last_day": date(2027, 9, 27),
        "state": EditionState.PUBLISHED,
        "number_prefix": "DV27",
        "changed_at": LONG_AGO,
        "created_at": LONG_AGO,
    }
    edition = Edition(**{**defaults, **columns})
    session.add(edition)
    session.flush()
    return edition


def make_criterion(session: Session, edition: Edition, title: str = "Öppen för alla", code: str = "oppen") -> Criterion:
    """A published rule of an edition."""
    criterion = Criterion(edition_id=edition.id, code=code, title=title, text="Programpunkten är öppen för alla.")
    session.add(criterion)
    session.flush()
    return criterion


def make_venue(session: Session, name: str = "Stadsbiblioteket", **columns: Any) -> Venue:
    """A library in Karlstad."""
    defaults = {
        "name": name,
        "slug": _unused(session, Venue.slug, slugify(name), "-"),
        "kind": VenueKind.PHYSICAL,
        "kommun_code": "1780",
        "street": "Västra Torggatan 26",
        "postcode": "65224",
        "town": "Karlstad",
        "created_at": LONG_AGO,
    }
    venue = Venue(**{**defaults, **columns})
    session.add(venue)
    session.flush()
    return venue


def make_digital_venue(session: Session, name: str = "Länets videorum", **columns: Any) -> Venue:
    """A digital room with an address that anybody may see."""
    defaults = {
        "name": name,
        "slug": _unused(session, Venue.slug, slugify(name), "-"),
        "kind": VenueKind.DIGITAL,
        "platform": "Jitsi",
        "join_url": "https://moten.example/demokrati",
        "created_at": LONG_AGO,
    }
    venue = Venue(**{**defaults, **columns})
    session.add(venue)
    session.flush()
    return venue


def _the_edition(session: Session) -> Edition:
    return session.scalars(sa.select(Edition).order_by(Edition.id)).first() or make_edition(session)


def _the_library(session: Session) -> Venue:
    named = sa.select(Venue).where(Venue.name == "Stadsbiblioteket").order_by(Venue.id)
    return session.scalars(named).first() or make_venue(session)


def make_event(
    session: Session,
    title: str = "Samtal om demokrati",
    *,
    organiser: Organisation | None = None,
    edition: Edition | None = None,
    status: EventStatus = EventStatus.PUBLISHED,
    with_occurrence: bool = True,
    themes: Sequence[Theme] = (),
    audiences: Sequence[Audience] = (),
    languages: Sequence[str] = (),
    kommuner: Sequence[str] = (),
    **columns: Any,
) -> Event:
    """A published event with one occurrence: Monday 18.00–19.30 at the library in Karlstad."""
    organiser = organiser or make_organisation(session)
    edition = edition or _the_edition(session)
    number = f"{edition.number_prefix}-{edition.next_number:04}"
    edition.next_number += 1
    defaults = {
        "edition_id": edition.id,
        "organiser_id": organiser.id,
        "number": number,
        "slug": _unused(session, Event.slug, slugify(title), "-"),
        "title": title,
        "summary": "Vi talar om vad demokrati betyder i vardagen.",
        "status": status,
        "created_at": LONG_AGO,
        "saved_at": LONG_AGO,
        "published_at": LONG_AGO if status.is_public else None,
        "submitted_at": None if status is EventStatus.DRAFT else LONG_AGO,
    }
    event = Event(**{**defaults, **columns})
    event.themes = list(themes)
    event.audiences = [EventAudience(audience=audience) for audience in audiences]
    event.languages = [EventLanguage(code=code, use=LanguageUse.SPOKEN) for code in languages]
    event.kommuner = [EventKommun(kommun_code=code) for code in kommuner]
    session.add(event)
    session.flush()
    if with_occurrence:
        make_occurrence(session, event)
    session.expire(event)
    return event


def make_occurrence(
    session: Session,
    event: Event,
    day: date = MONDAY,
    *,
    start: time | None = time(18, 0),
    end: time | None = time(19, 30),
    last_day: date | None = None,
    place: Venue | str | None = "the library",
    digital_place: Venue | None = None,
    **columns: Any,
) -> Occurrence:
    """One time and place: by default 18.00–19.30 at the library. Without ``start`` it is whole days.

    ``place=None`` leaves the physical place out: digital if ``digital_place`` is given, otherwise of unknown form.
    """
    if isinstance(place, str):
        place = _the_library(session)
    last_day = last_day or day
    kind = TimeKind.OPENING_HOURS
    if start is not None:
        kind = TimeKind.START_ONLY if end is None else TimeKind.START_AND_END
    defaults = {
        "event_id": event.id,
        "edition_id": event.edition_id,
        "uid": f"tillfalle-{_next(session, Occurrence)}@demokrativeckan.example",
        "time_kind": kind,
        "first_day": day,
        "last_day": last_day,
        "starts_at": to_utc(day, start, STOCKHOLM) if start else None,
        "ends_at": to_utc(last_day, end, STOCKHOLM) if start and end else None,
        "place_id": place.id if place else None,
        "digital_place_id": digital_place.id if digital_place else None,
        "created_at": LONG_AGO,
    }
    occurrence = Occurrence(**{**defaults, **columns})
    session.add(occurrence)
    session.flush()
    return occurrence


def make_hosting(
    session: Session,
    event: Event,
    organisation: Organisation | None = None,
    *,
    state: HostingState = HostingState.ACCEPTED,
    role: HostingRole = HostingRole.CO_ORGANISER,
    **columns: Any,
) -> Hosting:
    """An organisation that has said yes to co-organise an event."""
    organisation = organisation or make_organisation(session, "Region Värmland", kind=OrganisationKind.REGION)
    defaults = {
        "event_id": event.id,
        "organisation_id": organisation.id,
        "role": role,
        "state": state,
        "asked_at": LONG_AGO,
        "answered_at": None if state is HostingState.ASKED else LONG_AGO,
    }
    hosting = Hosting(**{**defaults, **columns})
    session.add(hosting)
    session.flush()
    return hosting


def make_handover(session: Session, event: Event, organisation: Organisation, **columns: Any) -> Handover:
    """The open question whether an organisation takes over as main organiser; its accepted hosting with it."""
    key = (Hosting.event_id == event.id, Hosting.organisation_id == organisation.id)
    if session.scalars(sa.select(Hosting).where(*key)).one_or_none() is None:
        make_hosting(session, event, organisation)
    defaults = {
        "event_id": event.id,
        "organisation_id": organisation.id,
        "former_stays": True,
        "asked_at": LONG_AGO,
    }
    handover = Handover(**{**defaults, **columns})
    session.add(handover)
    session.flush()
    return handover


def make_programme(
    session: Session,
    *occurrences: Occurrence,
    token: str = KEEN,
    share_token: str = "",
    **columns: Any,
) -> Programme:
    """A programme that somebody saved long ago with these occurrences, and shares if there is a token for that."""
    defaults = {
        "token_hash": token_hash(token),
        "share_hash": token_hash(share_token) if share_token else None,
        "share_sealed": sealed(share_token, token) if share_token else "",
        "changed_at": LONG_AGO,
        "created_at": LONG_AGO,
    }
    programme = Programme(**{**defaults, **columns})
    session.add(programme)
    session.flush()
    for occurrence in occurrences:
        session.add(SavedOccurrence(programme_id=programme.id, occurrence_id=occurrence.id, saved_at=LONG_AGO))
    session.flush()
    return programme
