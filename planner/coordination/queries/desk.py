"""What waits for a coordinator in one edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.expression import ColumnElement

from planner.coordination.queries.narrowing import is_coordinated_by
from planner.core.text import N_
from planner.editions.models import Edition, EditionState
from planner.events.models import (
    Event,
    EventFeature,
    EventStatus,
    Hosting,
    HostingState,
    Occurrence,
    OccurrenceState,
    TimeKind,
)
from planner.events.queries import changed_after_review, review_queue
from planner.organisations.models import Organisation
from planner.organisations.queries import organisations_awaiting_verification
from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueFact

PATIENCE = timedelta(days=7)
"""How long a partner may think before the coordinator is shown that nobody answers."""

MOST_UNFINISHED = 30


@dataclass(frozen=True)
class Unfinished:
    """An event that residents would miss something in, and what."""

    event: Event
    lacks: Sequence[str]


@dataclass(frozen=True)
class Desk:
    """What waits, each list the longest waiting first. ``unfinished_count`` also counts those that are not listed."""

    to_review: Sequence[Event]
    changed: Sequence[Event]
    organisations: Sequence[Organisation]
    unanswered: Sequence[Event]
    unfinished: Sequence[Unfinished]
    unfinished_count: int

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits at all."""
        lists = (self.to_review, self.changed, self.organisations, self.unanswered, self.unfinished)
        return not any(lists)


def active_editions(session: Session) -> Sequence[Edition]:
    """The editions that are being worked on: open or published, newest first."""
    return session.scalars(
        sa.select(Edition)
        .where(Edition.state.in_((EditionState.OPEN, EditionState.PUBLISHED)))
        .order_by(Edition.first_day.desc(), Edition.id.desc())
    ).all()


def desk_of(session: Session, actor: Actor, edition: Edition, *, now: datetime) -> Desk:
    """Everything that waits for a coordinator: always the same number of questions."""
    unfinished, count = _unfinished_events(session, actor, edition)
    return Desk(
        to_review=review_queue(session, actor, edition),
        changed=changed_after_review(session, actor, edition),
        organisations=organisations_awaiting_verification(session, actor),
        unanswered=_events_with_open_consents(session, actor, edition, asked_before=now - PATIENCE),
        unfinished=unfinished,
        unfinished_count=count,
    )


def is_open_consent(asked_before: datetime) -> ColumnElement[bool]:
    """Whether a hosting has waited for its answer since before then; a draft's partners are nobody else's business."""
    waits = sa.or_(
        Hosting.state == HostingState.ASKED,
        sa.and_(Hosting.state == HostingState.ACCEPTED, Hosting.needs_confirmation),
    )
    return sa.and_(waits, Hosting.asked_at < asked_before)


def _events_with_open_consents(
    session: Session, actor: Actor, edition: Edition, *, asked_before: datetime
) -> Sequence[Event]:
    """Events with ``hostings`` cut down to those that nobody answers."""
    waiting = is_open_consent(asked_before)
    statuses = (EventStatus.SUBMITTED, EventStatus.RETURNED, EventStatus.PUBLISHED)
    return session.scalars(
        sa.select(Event)
        .join(Event.organiser)
        .where(Event.edition_id == edition.id, Event.status.in_(statuses), is_coordinated_by(actor))
        .where(Event.hostings.any(waiting))
        .options(
            joinedload(Event.organiser), selectinload(Event.hostings.and_(waiting)).joinedload(Hosting.organisation)
        )
        .order_by(Event.number)
        .execution_options(populate_existing=True)
    ).all()


def _unfinished_events(session: Session, actor: Actor, edition: Edition) -> tuple[Sequence[Unfinished], int]:
    lacks = _lacks()
    found = (
        sa.select(Event, *(condition.label(f"lack_{n}") for n, (_words, condition) in enumerate(lacks)))
        .join(Event.organiser)
        .where(Event.edition_id == edition.id, is_coordinated_by(actor))
        .where(Event.status.in_((EventStatus.SUBMITTED, EventStatus.PUBLISHED)))
        .where(sa.or_(*(condition for _words, condition in lacks)))
    )
    count = session.scalar(sa.select(sa.func.count()).select_from(found.with_only_columns(Event.id).subquery())) or 0
    rows = session.execute(
        found.options(joinedload(Event.organiser)).order_by(Event.number).limit(MOST_UNFINISHED)
    ).all()
    words = [each for each, _condition in lacks]
    return [
        Unfinished(row[0], [word for word, is_so in zip(words, row[1:], strict=True) if is_so]) for row in rows
    ], count


def _lacks() -> list[tuple[str, ColumnElement[bool]]]:
    """What may be lacking, in words and as a condition on the event."""
    takes_place = Occurrence.state.in_([state for state in OccurrenceState if state.takes_place])
    mine = sa.and_(Occurrence.event_id == Event.id, takes_place)
    says_nowhere = sa.and_(
        Occurrence.place_id.is_(None),
        Occurrence.digital_place_id.is_(None),
        Occurrence.room == "",
        ~Occurrence.is_preliminary,
        Occurrence.time_kind != TimeKind.ON_BOOKING,
    )
    has_no_link = sa.select(Venue.id).where(Venue.join_url == "")
    known_places = sa.select(VenueFact.venue_id)
    says_nothing = sa.and_(
        Event.accessibility_note == "",
        ~sa.exists().where(EventFeature.event_id == Event.id),
        ~sa.exists().where(mine, Occurrence.place_id.in_(known_places)),
    )
    return [
        (N_("kort beskrivning"), Event.summary == ""),
        (N_("tillfälle"), ~sa.exists().where(mine)),
        (N_("plats"), sa.exists().where(mine, says_nowhere)),
        (
            N_("länk till den digitala mötesplatsen"),
            sa.exists().where(mine, Occurrence.digital_place_id.in_(has_no_link)),
        ),
        (N_("uppgifter om tillgänglighet"), says_nothing),
    ]
