"""What the public may see. Decided here and nowhere else: every public question starts from these conditions."""

import sqlalchemy as sa

from planner.editions.models import Edition
from planner.editions.queries import PUBLIC_STATES
from planner.events.models import Event, EventStatus, Hosting, HostingRole, HostingState, Visibility
from planner.events.rules import UNNAMED_STANDINGS
from planner.organisations.models import Organisation

PUBLIC_STATUSES = tuple(status for status in EventStatus if status.is_public)


def may_be_seen() -> sa.ColumnElement[bool]:
    """Whether an event is public: its edition is, and it itself."""
    return sa.and_(
        Event.edition_id.in_(sa.select(Edition.id).where(Edition.state.in_(PUBLIC_STATES))),
        is_published(),
    )


def is_published() -> sa.ColumnElement[bool]:
    """Whether an event is public once its edition is: its status is, it is no closed group's, its organiser is named.

    ``rules.is_shown`` says the same of one that is loaded.
    """
    return sa.and_(
        Event.status.in_(PUBLIC_STATUSES),
        Event.visibility == Visibility.PUBLIC,
        Event.organiser_id.not_in(sa.select(Organisation.id).where(Organisation.standing.in_(UNNAMED_STANDINGS))),
    )


def may_be_named() -> sa.ColumnElement[bool]:
    """Whether the public may read an organisation's name."""
    return Organisation.standing.not_in(UNNAMED_STANDINGS)


def hosts_in_public() -> sa.ColumnElement[bool]:
    """Whether an organisation (of the surrounding question) stands behind a public event: its own, or one accepted."""
    own = sa.select(Event.id).where(Event.organiser_id == Organisation.id, may_be_seen())
    joint = (
        sa.select(Hosting.id)
        .join(Hosting.event)
        .where(Hosting.organisation_id == Organisation.id, Hosting.state == HostingState.ACCEPTED, may_be_seen())
    )
    return sa.and_(may_be_named(), sa.or_(own.exists(), joint.exists()))


def accepted_hostings(event: Event) -> list[Hosting]:
    """The organisations that stand behind an event beside its organiser and may be named, in the order asked."""
    return [
        hosting
        for hosting in event.hostings
        if hosting.state is HostingState.ACCEPTED
        and hosting.organisation is not None
        and hosting.organisation.standing not in UNNAMED_STANDINGS
    ]


def organisers_of(event: Event) -> list[Organisation]:
    """The main organiser and the accepted co-organisers: the names that a card has room for."""
    joint = [hosting for hosting in accepted_hostings(event) if hosting.role is HostingRole.CO_ORGANISER]
    return [event.organiser, *(hosting.organisation for hosting in joint if hosting.organisation)]
