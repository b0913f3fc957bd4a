"""A small world with one thing of each kind, so that every address of the site can be tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, Rule

from planner.accounts.models import CoordinatorRole, User
from planner.core.tokens import token_hash
from planner.editions.models import Edition
from planner.events.actions import shorten_query
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventStatus, HostingState
from planner.organisations.models import MemberInvitation, MemberRole, Standing
from planner.venues.models import Venue
from tests.factories import (
    LONG_AGO,
    make_coordinator,
    make_criterion,
    make_edition,
    make_event,
    make_handover,
    make_hosting,
    make_organisation,
    make_programme,
    make_theme,
    make_user,
    make_venue,
)

TOKEN = "a-token-that-leads-somewhere-000"


@dataclass
class World:
    """The people who try, and what stands in an address after a given word."""

    member: User
    stranger: User
    outsider: User
    kommun_coordinator: User
    county_coordinator: User
    after: dict[str, Any]

    def arguments_of(self, rule: Rule) -> Iterator[dict[str, Any]]:
        """Every set of arguments that is worth trying at an address.

        Raises:
            KeyError: nobody has said what stands there; add it to ``make_world``.
        """
        names = sorted(rule.arguments)
        for values in product(*(self._values(rule, name) for name in names)):
            yield dict(zip(names, values, strict=True))

    def _values(self, rule: Rule, name: str) -> list[Any]:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            return sorted(converter.items)
        if name in self.after:
            return [self.after[name]]
        before = rule.rule.split(f":{name}>")[0].split(f"<{name}>")[0]
        words = [word for word in before.split("/") if word and "<" not in word]
        place = "/".join(words[-2:])
        return [self.after[place if place in self.after else words[-1]]]


def make_world(session: Session) -> World:
    """One edition, event, partner, place and letter; a member, a stranger and two coordinators."""
    edition = make_edition(session)
    theme, criterion = make_theme(session, edition=edition), make_criterion(session, edition)
    member, stranger = make_user(session, "Medlem Ek"), make_user(session, "Främling Ask")
    organisation = make_organisation(session, members=[member])
    other = make_organisation(session, "Annan förening", members=[stranger])
    venue = make_venue(session, owner_id=organisation.id)
    other_venue: Venue = make_venue(session, "Medborgarhuset")
    event = make_event(session, organiser=organisation, edition=edition, themes=[theme])
    partner = make_organisation(session, "Region Värmland")
    hosting = make_hosting(session, event, partner, state=HostingState.ASKED, token_hash=token_hash(TOKEN))
    make_handover(session, event, make_organisation(session, "Folkets hus"))
    stranded = _make_stranded_draft(session, member, edition)
    session.refresh(event, ["occurrences"])
    session.refresh(organisation, ["memberships"])
    invitation = MemberInvitation(
        organisation_id=organisation.id,
        email="ny@example.se",
        role=MemberRole.EDITOR,
        token_hash=token_hash(TOKEN),
        created_at=LONG_AGO,
        expires_at=LONG_AGO.replace(year=2028),
    )
    session.add(invitation)
    make_programme(session, event.occurrences[0], token=TOKEN, share_token=TOKEN)
    county = make_coordinator(session, name="Länssamordnare Lind")
    kommun = make_coordinator(session, "1780", name="Kommunsamordnare Alm")
    session.flush()
    role_id = session.query(CoordinatorRole.id).filter_by(user_id=kommun.id).scalar()
    return World(
        member=member,
        stranger=stranger,
        outsider=make_user(session, "Utan organisation"),
        kommun_coordinator=kommun,
        county_coordinator=county,
        after={
            "token": TOKEN,
            "code": shorten_query(session, CalendarQuery(kommuner=("1780",))).code,
            "number": event.number.lower(),
            "draft": stranded.number.lower(),
            "filename": "css/main.css",
            "file": "finns-inte.webp",
            "language": "en",
            "part": 1,
            "evenemang": event.slug,
            "arrangorer": organisation.slug,
            "organisationer": organisation.slug,
            "teman": theme.slug,
            "kommuner": "karlstad",
            "platser": venue.slug,
            "upplagor": edition.slug,
            "arrangorer/bjud-in": other.slug,
            "other": other_venue.slug,
            "role_id": role_id,
            "invitation_id": invitation.id,
            "membership_id": organisation.memberships[0].id,
            "occurrence_id": event.occurrences[0].id,
            "hosting_id": hosting.id,
            "criterion_id": criterion.id,
            "organisation_id": other.id,
        },
    )


def _make_stranded_draft(session: Session, writer: User, edition: Edition) -> Event:
    """What the member began for an organisation that they turned out not to speak for."""
    library = make_organisation(session, "Bibliotek Karlstad", standing=Standing.UNCLAIMED)
    theirs = {"created_by_id": writer.id, "stranded_at": LONG_AGO}
    return make_event(session, "Utan hem", organiser=library, edition=edition, status=EventStatus.DRAFT, **theirs)
