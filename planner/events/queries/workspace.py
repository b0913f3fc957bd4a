"""What those who work with events ask for. Whoever calls has asked ``rules`` who may see the answer."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.strategy_options import _AbstractLoad

from planner.accounts.models import User
from planner.core.tokens import token_hash
from planner.editions.models import Edition
from planner.events.models import Event, EventStatus, Handover, Hosting, HostingState, Occurrence
from planner.organisations.models import Organisation
from planner.organisations.rules import Actor
from planner.venues.models import Venue


def _whole_event() -> tuple[_AbstractLoad, ...]:
    """Everything that belongs to an event, in a constant number of statements.

    What there is one of comes along in the statement that names it; what there are many of has one of its own.
    """
    places = (Occurrence.place, Occurrence.digital_place, Occurrence.reserve_place)
    return (
        joinedload(Event.edition, innerjoin=True).options(selectinload(Edition.themes), selectinload(Edition.criteria)),
        joinedload(Event.organiser, innerjoin=True),
        joinedload(Event.saved_by),
        joinedload(Event.decision_criterion),
        joinedload(Event.part_of),
        selectinload(Event.occurrences).options(
            *(joinedload(place).selectinload(Venue.facts) for place in places),
            selectinload(Occurrence.previous_times),
        ),
        selectinload(Event.hostings).options(joinedload(Hosting.organisation), joinedload(Hosting.answered_by)),
        joinedload(Event.handover),
        selectinload(Event.themes),
        selectinload(Event.audiences),
        selectinload(Event.languages),
        selectinload(Event.kommuner),
        selectinload(Event.features),
        selectinload(Event.texts),
    )


# Made once: SQLAlchemy recognises a statement that it has met sooner than one that it has to go through anew.
_EVENTS = sa.select(Event).options(*_whole_event()).execution_options(populate_existing=True)
_EVENT_BY_ID = _EVENTS.where(Event.id == sa.bindparam("key"))
_EVENT_BY_NUMBER = _EVENTS.where(Event.number == sa.bindparam("key"))
_LOCK = sa.select(Event.id).where(Event.id == sa.bindparam("key")).with_for_update()


def _listed_event() -> tuple[_AbstractLoad, ...]:
    """What a row of a list shows and what the rules need."""
    return (
        selectinload(Event.edition),
        selectinload(Event.organiser),
        selectinload(Event.saved_by),
        selectinload(Event.occurrences).options(selectinload(Occurrence.place), selectinload(Occurrence.digital_place)),
        selectinload(Event.hostings).selectinload(Hosting.organisation),
        selectinload(Event.audiences),
    )


def event_for_editing(session: Session, key: int | str) -> Event | None:
    """The whole event, by its id or its number ("DV27-0123", in any case)."""
    statement, key = (_EVENT_BY_ID, key) if isinstance(key, int) else (_EVENT_BY_NUMBER, key.upper())
    event = session.scalars(statement, {"key": key}).one_or_none()
    return _held_together(event) if event is not None else None


def lock_event(session: Session, event_id: int) -> Event:
    """The whole event as it is now, kept from others until the transaction ends; the same object if already loaded.

    Locked first and read afterwards: joined with rows that somebody else was just exchanging for others (its
    organiser, its editor), PostgreSQL would give the new event without the new ones.
    """
    session.execute(_LOCK, {"key": event_id}).one()
    return _held_together(session.scalars(_EVENT_BY_ID, {"key": event_id}).one())


def _held_together(event: Event) -> Event:
    """Let what belongs to the event hold on to it: whoever has a part has the event too."""
    for part in (*event.occurrences, *event.hostings, *([event.handover] if event.handover else [])):
        set_committed_value(part, "event", event)
    return event


def events_of(
    session: Session, organisation_ids: int | Collection[int], edition: Edition | None = None
) -> Sequence[Event]:
    """The events that the organisations organise or have accepted to host, the latest saved first."""
    ids = [organisation_ids] if isinstance(organisation_ids, int) else list(organisation_ids)
    hosted = sa.select(Hosting.event_id).where(Hosting.organisation_id.in_(ids), Hosting.state == HostingState.ACCEPTED)
    choice = sa.select(Event).where(sa.or_(Event.organiser_id.in_(ids), Event.id.in_(hosted)))
    if edition is not None:
        choice = choice.where(Event.edition_id == edition.id)
    return session.scalars(choice.options(*_listed_event()).order_by(Event.saved_at.desc(), Event.id.desc())).all()


def hostings_waiting_for(session: Session, actor: Actor) -> Sequence[Hosting]:
    """The questions to the person's organisations that wait for an answer: asked, or asked again; oldest first."""
    return session.scalars(
        sa.select(Hosting)
        .where(
            Hosting.organisation_id.in_(list(actor.roles)),
            sa.or_(
                Hosting.state == HostingState.ASKED,
                sa.and_(Hosting.state == HostingState.ACCEPTED, Hosting.needs_confirmation),
            ),
        )
        .options(selectinload(Hosting.organisation), selectinload(Hosting.event).options(*_listed_event()))
        .order_by(Hosting.asked_at, Hosting.id)
    ).all()


def hosting_by_token(session: Session, token: str, *, now: datetime) -> Hosting | None:
    """The hosting that a letter's link answers, with its whole event; nothing when it is used, replaced or too old."""
    event_id = session.scalar(
        sa.select(Hosting.event_id).where(Hosting.token_hash == token_hash(token), Hosting.token_expires_at > now)
    )
    event = event_for_editing(session, event_id) if event_id is not None else None
    if event is None:
        return None
    return next(hosting for hosting in event.hostings if hosting.token_hash == token_hash(token))


def handovers_waiting_for(session: Session, actor: Actor) -> Sequence[Handover]:
    """The questions to take over as main organiser that the person may answer, oldest first."""
    administered = [organisation_id for organisation_id in actor.roles if actor.administers(organisation_id)]
    return session.scalars(
        sa.select(Handover)
        .where(Handover.organisation_id.in_(administered))
        .options(selectinload(Handover.event).options(*_listed_event()))
        .order_by(Handover.asked_at, Handover.id)
    ).all()


def handover_by_token(session: Session, token: str, *, now: datetime) -> Handover | None:
    """The question that a letter's link answers, with its whole event; nothing when it is over, replaced or too old."""
    event_id = session.scalar(
        sa.select(Handover.event_id).where(Handover.token_hash == token_hash(token), Handover.token_expires_at > now)
    )
    event = event_for_editing(session, event_id) if event_id is not None else None
    handover = event.handover if event is not None else None
    return handover if handover is not None and handover.token_hash == token_hash(token) else None


def event_ids_in_handover(
    session: Session, *, edition_id: int | None = None, organisation_id: int | None = None
) -> Sequence[int]:
    """The events with an open question to take over: those of an edition, or those that an organisation was asked."""
    choice = sa.select(Handover.event_id).order_by(Handover.event_id)
    if edition_id is not None:
        choice = choice.join(Handover.event).where(Event.edition_id == edition_id)
    if organisation_id is not None:
        choice = choice.where(Handover.organisation_id == organisation_id)
    return session.scalars(choice).all()


def begun_event_ids(session: Session, organisation_id: int, writer_id: int) -> Sequence[int]:
    """What somebody has begun for an organisation and nobody has decided on."""
    return session.scalars(
        sa.select(Event.id)
        .where(
            Event.organiser_id == organisation_id,
            Event.created_by_id == writer_id,
            Event.stranded_at.is_(None),
            Event.status.in_((EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.RETURNED)),
        )
        .order_by(Event.id)
    ).all()


def stranded_drafts_of(session: Session, writer_id: int) -> Sequence[Event]:
    """The drafts that are somebody's alone, since they do not speak for the organisation; the first to go first."""
    return session.scalars(
        sa.select(Event)
        .where(Event.stranded_at.is_not(None), Event.created_by_id == writer_id)
        .options(*_listed_event())
        .order_by(Event.stranded_at, Event.id)
    ).all()


def forgotten_event_ids(session: Session, *, stranded_before: datetime) -> Sequence[int]:
    """The stranded drafts whose time is out, and those whose writers have closed their accounts."""
    closed = sa.select(User.id).where(User.is_active.is_(False))
    is_left = sa.or_(
        Event.stranded_at < stranded_before, Event.created_by_id.is_(None), Event.created_by_id.in_(closed)
    )
    return session.scalars(sa.select(Event.id).where(Event.stranded_at.is_not(None), is_left).order_by(Event.id)).all()


def review_queue(session: Session, actor: Actor, edition: Edition) -> Sequence[Event]:
    """What waits for a decision in the person's kommuner, the longest waiting first."""
    choice = (
        _coordinated(actor)
        .where(Event.edition_id == edition.id, Event.status == EventStatus.SUBMITTED)
        .order_by(Event.submitted_at, Event.id)
    )
    return session.scalars(choice.options(*_listed_event())).all()


def changed_after_review(session: Session, actor: Actor, edition: Edition) -> Sequence[Event]:
    """Published events of the person's kommuner that changed since a coordinator saw them, oldest change first."""
    choice = (
        _coordinated(actor)
        .where(
            Event.edition_id == edition.id,
            Event.changed_after_review_at.is_not(None),
            Event.status.in_([status for status in EventStatus if status.is_public]),
        )
        .order_by(Event.changed_after_review_at, Event.id)
    )
    return session.scalars(choice.options(*_listed_event())).all()


def _coordinated(actor: Actor) -> sa.Select[Event]:
    """The events whose main organiser lies where the person coordinates."""
    choice = sa.select(Event)
    if actor.is_system or actor.is_county_coordinator:
        return choice
    organisers = sa.select(Organisation.id).where(Organisation.kommun_code.in_(sorted(actor.coordinated_kommuner)))
    return choice.where(Event.organiser_id.in_(organisers))
