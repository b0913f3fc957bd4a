"""What waits for whom."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.coordination.queries import Desk, active_editions, desk_of
from planner.editions.models import Edition, EditionState
from planner.events.models import (
    Audience,
    Event,
    EventFeature,
    EventStatus,
    HostingState,
    Occurrence,
    OccurrenceState,
    TimeKind,
)
from planner.organisations.models import Organisation, Standing
from planner.venues.models import Answer, Feature, VenueFact
from tests.coordination.conftest import SignIn
from tests.factories import (
    MONDAY,
    actor_of,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)


def titles(events: Sequence[Event]) -> list[str]:
    return [event.title for event in events]


@pytest.fixture
def desk(session: Session, edition: Edition, now: datetime) -> Any:
    def of(user: User) -> Desk:
        return desk_of(session, actor_of(session, user), edition, now=now)

    return of


def finished(session: Session, event: Event) -> Event:
    """The event with everything that residents want to know."""
    session.add(EventFeature(event_id=event.id, feature=Feature.SIGN_LANGUAGE, answer=Answer.UNKNOWN))
    session.flush()
    return event


def test_each_coordinator_sees_what_waits_in_their_kommuner(
    session: Session, edition: Edition, desk: Any, county: User, in_karlstad: User, in_kil: User
) -> None:
    here = make_organisation(session, "Här")
    there = make_organisation(session, "Där", kommun_code="1715")
    nowhere = make_organisation(session, "Riks", kommun_code=None)
    for number, organiser in enumerate((here, there, nowhere)):
        for status in (EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.PUBLISHED):
            make_event(
                session,
                f"{organiser.name} {status}",
                organiser=organiser,
                edition=edition,
                status=status,
                submitted_at=datetime(2027, 8, 1 + number, tzinfo=edition.created_at.tzinfo),
                changed_after_review_at=edition.created_at if status is EventStatus.PUBLISHED else None,
            )
        make_organisation(session, f"Ny {number}", kommun_code=organiser.kommun_code, standing=Standing.PENDING)

    assert titles(desk(county).to_review) == ["Här submitted", "Där submitted", "Riks submitted"]
    assert titles(desk(county).changed) == ["Här published", "Där published", "Riks published"]
    assert [each.name for each in desk(county).organisations] == ["Ny 0", "Ny 1", "Ny 2"]
    assert titles(desk(in_karlstad).to_review) == ["Här submitted"]
    assert titles(desk(in_kil).changed) == ["Där published"]
    assert [each.name for each in desk(in_kil).organisations] == ["Ny 1"]


def test_only_what_waits_in_this_edition_counts(session: Session, edition: Edition, desk: Any, county: User) -> None:
    other = make_edition(session, "Demokrativeckan 2028", slug="2028", number_prefix="DV28")
    finished(session, make_event(session, edition=other, status=EventStatus.SUBMITTED))

    assert desk(county).is_clear


def test_a_partner_that_has_not_answered_for_a_week_is_shown(
    session: Session, edition: Edition, desk: Any, in_karlstad: User, in_kil: User, now: datetime
) -> None:
    def event_with(title: str, asked_at: datetime, state: HostingState, status: EventStatus, **columns: Any) -> None:
        event = finished(session, make_event(session, title, edition=edition, status=status))
        make_hosting(session, event, make_organisation(session), state=state, asked_at=asked_at, **columns)

    old, new = now - timedelta(days=7, seconds=1), now - timedelta(days=7)
    event_with("Länge", old, HostingState.ASKED, EventStatus.PUBLISHED)
    event_with("Nyss", new, HostingState.ASKED, EventStatus.PUBLISHED)
    event_with("Igen", old, HostingState.ACCEPTED, EventStatus.SUBMITTED, needs_confirmation=True)
    event_with("Ja", old, HostingState.ACCEPTED, EventStatus.PUBLISHED)
    event_with("Nej", old, HostingState.DECLINED, EventStatus.PUBLISHED)
    event_with("Utkast", old, HostingState.ASKED, EventStatus.DRAFT)

    waiting = desk(in_karlstad).unanswered
    assert titles(waiting) == ["Länge", "Igen"]
    assert [len(event.hostings) for event in waiting] == [1, 1]
    assert desk(in_kil).unanswered == []


def test_what_residents_would_miss_is_named(session: Session, edition: Edition, desk: Any, county: User) -> None:
    def event(title: str, **columns: Any) -> Event:
        return make_event(session, title, edition=edition, with_occurrence=False, **columns)

    whole = finished(session, event("Hel"))
    make_occurrence(session, whole)
    make_occurrence(session, finished(session, event("Utan text", summary="")))
    finished(session, event("Utan tillfälle"))
    off = finished(session, event("Inställt tillfälle"))
    make_occurrence(session, off, state=OccurrenceState.CANCELLED)
    make_occurrence(session, finished(session, event("Utan plats")), place=None)
    make_occurrence(session, finished(session, event("Preliminär")), place=None, is_preliminary=True)
    booked = finished(session, event("På bokning"))
    make_occurrence(session, booked, start=None, place=None, time_kind=TimeKind.ON_BOOKING)
    room = make_digital_venue(session, join_url="")
    make_occurrence(session, finished(session, event("Utan länk")), place=None, digital_place=room)
    make_occurrence(session, event("Utan tillgänglighet"))
    make_occurrence(session, event("Med ord om tillgänglighet", accessibility_note="Ring oss."))
    make_occurrence(session, event("Avslagen", status=EventStatus.REJECTED, summary=""))

    found = desk(county)

    assert [(row.event.title, list(row.lacks)) for row in found.unfinished] == [
        ("Utan text", ["kort beskrivning"]),
        ("Utan tillfälle", ["tillfälle"]),
        ("Inställt tillfälle", ["tillfälle"]),
        ("Utan plats", ["plats"]),
        ("Utan länk", ["länk till den digitala mötesplatsen"]),
        ("Utan tillgänglighet", ["uppgifter om tillgänglighet"]),
    ]
    assert found.unfinished_count == 6


def test_what_is_known_of_the_place_counts_as_accessibility(
    session: Session, edition: Edition, desk: Any, county: User
) -> None:
    event = make_event(session, edition=edition)
    place_id = session.scalar(sa.select(Occurrence.place_id).where(Occurrence.event_id == event.id))
    session.add(VenueFact(venue_id=place_id, feature=Feature.LIFT, answer=Answer.NO))
    session.flush()

    assert desk(county).is_clear


def test_active_editions_are_the_open_and_published_ones(session: Session, edition: Edition) -> None:
    def other(year: int, state: EditionState) -> Edition:
        return make_edition(
            session,
            str(year),
            slug=str(year),
            number_prefix=f"DV{year}",
            state=state,
            first_day=date(year, 9, 20),
            last_day=date(year, 9, 27),
        )

    coming = other(2028, EditionState.OPEN)
    other(2029, EditionState.PLANNED)
    other(2021, EditionState.ARCHIVED)

    assert list(active_editions(session)) == [coming, edition]


def test_the_desk_leads_to_what_waits(
    session: Session, edition: Edition, organiser: Organisation, in_karlstad: User, sign_in: SignIn, now: datetime
) -> None:
    event = make_event(session, "Demokratikväll", organiser=organiser, edition=edition, status=EventStatus.SUBMITTED)
    make_event(session, "Ändrad", organiser=organiser, edition=edition, changed_after_review_at=now)
    asked = make_event(session, "Obesvarad", organiser=organiser, edition=edition)
    make_hosting(session, asked, state=HostingState.ASKED)
    waiting = make_organisation(session, "Nya föreningen", standing=Standing.PENDING)

    page = sign_in(in_karlstad).get("/samordning").get_data(as_text=True)

    for address in (f"granskning/{event.number.lower()}", f"organisationer/{waiting.slug}"):
        assert f'href="/samordning/{address}"' in page
    for heading in ("Att granska", "Ändrade efter granskning", "Väntar på svar", "Här saknas något"):
        assert heading in page


def test_a_clear_desk_is_calm(session: Session, edition: Edition, in_kil: User, sign_in: SignIn) -> None:
    page = sign_in(in_kil).get("/samordning").get_data(as_text=True)

    assert "Allt är klart" in page


def test_before_there_is_an_edition_the_county_is_asked_to_make_one(
    session: Session, county: User, in_kil: User, sign_in: SignIn
) -> None:
    address = 'href="/samordning/upplagor/ny"'

    assert address in sign_in(county).get("/samordning").get_data(as_text=True)
    assert address not in sign_in(in_kil).get("/samordning").get_data(as_text=True)
    for path in ("programpunkter", "oversikt"):
        assert sign_in(in_kil).get(f"/samordning/{path}").status_code == 200


def test_the_desk_costs_the_same_with_one_event_as_with_three(
    session: Session, edition: Edition, organiser: Organisation, county: User, sign_in: SignIn, count_queries: Any
) -> None:
    client = sign_in(county)

    def add(number: int) -> None:
        event = make_event(
            session,
            f"Insänd {number}",
            organiser=organiser,
            edition=edition,
            status=EventStatus.SUBMITTED,
            audiences=[Audience.EVERYBODY],
        )
        make_hosting(session, event, make_organisation(session), state=HostingState.ASKED)
        make_event(session, f"Ändrad {number}", edition=edition, changed_after_review_at=edition.created_at)
        make_organisation(session, f"Ny {number}", standing=Standing.PENDING)
        make_occurrence(session, event, MONDAY + timedelta(days=number), place=None, digital_place=None)
        make_edition(
            session, f"Vecka {number}", slug=f"vecka-{number}", number_prefix=f"V{number}", state=EditionState.ARCHIVED
        )
        make_venue(session, f"Folkets hus {number}")

    def cost(path: str) -> int:
        with count_queries() as queries:
            assert client.get(f"/samordning{path}").status_code == 200
        return int(queries.count)

    paths = ("", "/programpunkter", "/oversikt", "/organisationer", "/platser", "/upplagor", "/samordnare")
    make_venue(session, "Folkets hus")
    add(1)
    with_one = [cost(path) for path in paths]
    add(2)
    add(3)
    assert [cost(path) for path in paths] == with_one == [28, 11, 10, 7, 8, 6, 6]


def test_the_programme_is_searched_and_narrowed(
    session: Session, edition: Edition, organiser: Organisation, in_karlstad: User, sign_in: SignIn
) -> None:
    make_event(session, "Öppet hus", organiser=organiser, edition=edition)
    make_event(session, "Debatt", organiser=organiser, edition=edition, status=EventStatus.SUBMITTED)
    make_event(session, "Hemligt utkast", organiser=organiser, edition=edition, status=EventStatus.DRAFT)
    make_event(session, "I Kil", organiser=make_organisation(session, kommun_code="1715"), edition=edition)
    client = sign_in(in_karlstad)

    def found(query: str) -> list[str]:
        page = client.get(f"/samordning/programpunkter{query}").get_data(as_text=True)
        return [title for title in ("Öppet hus", "Debatt", "Hemligt utkast", "I Kil") if f">{title}<" in page]

    assert found("") == ["Öppet hus", "Debatt"]
    assert found("?q=OPPET+samtal") == ["Öppet hus"]
    assert found("?q=dv27-0002") == ["Debatt"]
    assert found("?status=submitted") == ["Debatt"]
    assert found("?status=draft") == ["Öppet hus", "Debatt"]
    assert found("?q=ingenting") == []
    assert client.get("/samordning/programpunkter?upplaga=1999").status_code == 404
