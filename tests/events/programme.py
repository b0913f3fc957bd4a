"""A small county's programme in which every filter has something to find, and a slow way to find it."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from planner.editions.models import Edition, EditionState
from planner.events.actions.counting import count_anew
from planner.events.calendar_query import CalendarQuery
from planner.events.models import (
    Audience,
    Event,
    EventFeature,
    EventLanguage,
    EventStatus,
    Form,
    Hosting,
    HostingState,
    LanguageUse,
    Occurrence,
    Visibility,
)
from planner.events.queries.shelves import FEW
from planner.organisations.models import Organisation, OrganisationSlug, Standing
from planner.venues.models import Answer, Feature, Venue, VenueFact
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)

EACH_WAY = pytest.mark.parametrize(
    ("is_kept", "few"),
    [(False, FEW), (True, 0), (True, FEW)],
    indirect=["few"],
    ids=["looked-through", "kept", "kept-and-few"],
)
"""Of a test that uses the fixture ``few``: how an answer comes about that is to be the same."""
KOMMUNER = ("1780", "1784", "1730", None)
LANGUAGES = ("sv", "en", "ar")
AUDIENCES = (Audience.EVERYBODY, Audience.YOUTH, Audience.FOREIGN_BORN)
WEEK_BEGINS = datetime(2027, 9, 20, 10, 0, tzinfo=UTC)


def make_programme(session: Session, events: int = 24) -> Edition:
    """An edition with so many events of mixed kinds, hidden ones in between, and an archived edition beside it."""
    edition = make_edition(session)
    archived = make_edition(
        session, "Demokrativeckan 2021", slug="2021", number_prefix="DV21", state=EditionState.ARCHIVED, year=2021
    )
    organisations = [make_organisation(session, f"Arrangör {letter}") for letter in "ABCD"]
    organisations.append(make_organisation(session, "Ny förening", standing=Standing.PENDING))
    session.add(OrganisationSlug(slug="forr-a", organisation_id=organisations[0].id))
    themes = [make_theme(session, name, edition) for name in ("Kultur", "Miljö", "Val och rösträtt")]
    places, rooms = _make_venues(session)
    for number in range(events):
        _make_mixed_event(session, number, archived if number % 11 == 10 else edition, organisations, themes)
    for number, event in enumerate(session.scalars(sa.select(Event).order_by(Event.id)).all()):
        _make_mixed_occurrences(session, number, event, places, rooms)
    session.flush()
    session.expire_all()
    return edition


def _make_venues(session: Session) -> tuple[list[Venue], list[Venue]]:
    places = [make_venue(session, f"Biblioteket {n}", kommun_code=code) for n, code in enumerate(KOMMUNER)]
    merged = make_venue(session, "Gamla biblioteket", kommun_code="1784", merged_into_id=places[1].id)
    before = make_venue(session, "Ännu äldre biblioteket", kommun_code="1784", merged_into_id=merged.id)
    private = make_venue(session, "Egna lokalen", is_private=True)
    rooms = [make_digital_venue(session, "Rum ett"), make_digital_venue(session, "Rum två")]
    for number, (venue, answer) in enumerate(zip([*places, *rooms], itertools.cycle(Answer), strict=False)):
        session.add(VenueFact(venue_id=venue.id, feature=Feature.HEARING_LOOP, answer=Answer.YES))
        session.add(
            VenueFact(venue_id=venue.id, feature=Feature.SPEECH_TO_TEXT if number % 2 else Feature.LIFT, answer=answer)
        )
    return [*places, merged, before, private], rooms


def _make_mixed_event(
    session: Session, number: int, edition: Edition, organisations: Sequence[Organisation], themes: Sequence[object]
) -> None:
    statuses = [EventStatus.PUBLISHED] * 5 + [EventStatus.CANCELLED, EventStatus.ARCHIVED, EventStatus.DRAFT]
    statuses += [EventStatus.PUBLISHED] * 3 + [EventStatus.WITHDRAWN, EventStatus.SUBMITTED]
    event = make_event(
        session,
        f"Händelse {number}",
        edition=edition,
        organiser=organisations[number % 5],
        status=statuses[number % len(statuses)],
        visibility=Visibility.CLOSED if number % 9 == 8 else Visibility.PUBLIC,
        is_countywide=number % 6 == 0,
        with_occurrence=False,
        themes=[theme for n, theme in enumerate(themes) if (number >> n) & 1],  # type: ignore[misc]
        audiences=AUDIENCES[number % 4 :],
        languages=LANGUAGES[: number % 4],
        kommuner=[code for code in KOMMUNER[number % 3 : 3] if code and number % 2],
    )
    if number % 5 == 0:
        session.add(EventLanguage(event_id=event.id, code="en", use=LanguageUse.INTERPRETED))
    answer = list(Answer)[number % 3]
    session.add(EventFeature(event_id=event.id, feature=Feature.SPEECH_TO_TEXT, answer=answer))
    for n, state in enumerate(itertools.islice(itertools.cycle(HostingState), number % 4, number % 4 + number % 3)):
        make_hosting(session, event, organisations[(number + n + 1) % 5], state=state)


def _make_mixed_occurrences(
    session: Session, number: int, event: Event, places: Sequence[Venue], rooms: Sequence[Venue]
) -> None:
    for n in range(1 + number % 3):
        day = MONDAY + timedelta(days=(number * 5 + n) % 9 - 1)
        all_day = (number + n) % 4 == 0
        make_occurrence(
            session,
            event,
            day,
            last_day=day + timedelta(days=number % 4) if all_day else None,
            start=None if all_day else time(9 + number % 10, 0),
            end=time(20, 0) if number % 2 and not all_day else None,
            place=None if (number + n) % 5 in (0, 4) else places[(number + n) % len(places)],
            digital_place=rooms[number % 2] if (number + n) % 3 == 0 else None,
        )


def keep(session: Session) -> None:
    """Keep the programmes in order and counted, as the calendar's pages read them."""
    for edition in session.scalars(sa.select(Edition)):
        count_anew(session, edition)


def uids(occurrences: Iterable[Occurrence]) -> list[str]:
    return [occurrence.uid for occurrence in occurrences]


def everything(session: Session) -> Sequence[Occurrence]:
    """Every occurrence of every edition, public or not, with all that the slow filter looks at."""
    event = joinedload(Occurrence.event)
    return session.scalars(
        sa.select(Occurrence)
        .options(
            event.joinedload(Event.edition),
            event.joinedload(Event.organiser),
            event.selectinload(Event.hostings).joinedload(Hosting.organisation),
            event.selectinload(Event.themes),
            event.selectinload(Event.audiences),
            event.selectinload(Event.languages),
            event.selectinload(Event.kommuner),
            event.selectinload(Event.features),
            joinedload(Occurrence.place).selectinload(Venue.facts),
            joinedload(Occurrence.digital_place).selectinload(Venue.facts),
        )
        .execution_options(populate_existing=True)
    ).all()


def slow_filter(occurrences: Iterable[Occurrence], query: CalendarQuery) -> list[str]:
    """The UIDs that a query means, one plain sentence after the other, in the order of days and clock."""
    found = [each for each in occurrences if is_public(each.event) and matches(each, query)]
    found.sort(key=lambda each: (each.first_day, each.starts_at is not None, each.starts_at or 0, each.id))
    return [each.uid for each in found]


def is_public(event: Event) -> bool:
    """Restated from the issue, not from the code under test."""
    return (
        event.edition.state in (EditionState.PUBLISHED, EditionState.ARCHIVED)
        and event.status in (EventStatus.PUBLISHED, EventStatus.CANCELLED, EventStatus.ARCHIVED)
        and event.visibility is Visibility.PUBLIC
        and event.organiser.standing in (Standing.VERIFIED, Standing.UNCLAIMED)
    )


def matches(occurrence: Occurrence, query: CalendarQuery) -> bool:
    """Whether an occurrence is one that the query means; the edition that none names is 2027."""
    event = occurrence.event
    hosts = [event.organiser, *(h.organisation for h in event.hostings if h.state is HostingState.ACCEPTED)]
    forms = {Form.ONSITE: occurrence.place is not None, Form.ONLINE: occurrence.digital_place is not None}
    forms[Form.HYBRID] = all(forms.values())
    forms[Form.UNKNOWN] = not any(forms.values())
    wanted_and_had: list[tuple[Sequence[object], set[object]]] = [
        (query.days, {day for day in query.days if occurrence.first_day <= day <= occurrence.last_day}),
        (query.kommuner, kommuner_of(occurrence)),
        (query.organisations, {host.slug for host in hosts if host}),
        (query.themes, {theme.slug for theme in event.themes}),
        (query.audiences, {row.audience for row in event.audiences}),
        (query.languages, {row.code for row in event.languages}),
        (query.forms, {form for form, has in forms.items() if has}),
        (query.venues, {venue.slug for venue in (occurrence.place, occurrence.digital_place) if venue}),
    ]
    if query.near and not (occurrence.digital_place or {query.near, "17"} & kommuner_of(occurrence)):
        return False
    if {need.feature for need in query.needs} - features_of(occurrence):
        return False
    in_edition = event.edition.slug == (query.edition or "2027")
    return in_edition and all(not wanted or had & set(wanted) for wanted, had in wanted_and_had)


def features_of(occurrence: Occurrence) -> set[Feature]:
    """What is offered for sure, by the event or where it takes place."""
    facts = [fact for venue in (occurrence.place, occurrence.digital_place) if venue for fact in venue.facts]
    return {each.feature for each in (*occurrence.event.features, *facts) if each.answer is Answer.YES}


def kommuner_of(occurrence: Occurrence) -> set[object]:
    """Every code by which an occurrence is found."""
    codes: set[object] = {row.kommun_code for row in occurrence.event.kommuner}
    if occurrence.place is not None:
        codes.add(occurrence.place.kommun_code)
    if occurrence.event.is_countywide:
        codes.add("17")
    return codes - {None}
