"""One rich week to look at in the browser: every page has an address, and every state that changes a page is there.

``make_week`` builds on the world in which every door is tried (tests/site/world.py), so that a page that is added later
is among the addresses by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from planner.accounts.models import EmailConfirmation, SignInLink, User
from planner.core.tokens import token_hash
from planner.editions.models import Edition, EditionState
from planner.events.actions.publication import show_all
from planner.events.facts import occurrence_facts
from planner.events.models import (
    Audience,
    Captions,
    Event,
    EventFeature,
    EventStatus,
    EventText,
    Hosting,
    HostingRole,
    HostingState,
    Occurrence,
    OccurrenceState,
    Permit,
    PreviousTime,
    SignUp,
    TimeKind,
    Visibility,
)
from planner.events.queries import event_for_editing, lock_event
from planner.organisations.models import Organisation, Standing
from planner.programmes.models import Programme, SavedOccurrence
from planner.venues.models import Answer, Feature, Venue, VenueFact
from planner.web.access import Level
from planner.web.models import KeptForm
from tests.factories import (
    LONG_AGO,
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_handover,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_programme,
    make_theme,
    make_user,
    make_venue,
)
from tests.site.world import TOKEN, World, make_world

NEW_ACCOUNT = "a-token-that-opens-an-account-00"
TAKE_OVER = "a-token-that-asks-to-take-over-0"
EMPTY = "a-programme-with-nothing-in-it-0"
LONG_WORD = "Demokratiutvecklingssamverkansarbetsgruppen"
SOON = LONG_AGO.replace(year=2028)
FOR_EVERYBODY = (Level.ANYONE, Level.VISITOR, Level.LETTER, Level.HOLDER)


@dataclass
class Week:
    """The world of the doors, who else looks, and the numbers of the events by what is special about them."""

    world: World
    beginner: User
    events: dict[str, str]
    draft: dict[str, Any]

    def of_the_draft(self) -> World:
        """The same world, where the event in the address is one that nobody has seen yet."""
        return replace(self.world, after={**self.world.after, **self.draft})


@dataclass(frozen=True)
class Stop:
    """One page to look at: its address, and who may look (``None`` is nobody in particular)."""

    path: str
    who: User | None


def stops_of(app: Flask, world: World) -> Iterator[tuple[str, Level]]:
    """Every address of the application that can be asked for, and who may enter."""
    for rule in app.url_map.iter_rules():
        level = getattr(app.view_functions[rule.endpoint], "access", None)
        if level is None or "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        with app.test_request_context():
            for arguments in world.arguments_of(rule):
                yield app.url_for(rule.endpoint, **arguments), level


def make_week(session: Session) -> Week:
    """Everything at once."""
    world = make_world(session)
    edition, organiser = _edition_and_organiser(session, world)
    organiser.public_email, organiser.responsible_name = "info@samtal.example", "Kim Ek"
    edition.intro, edition.contact_email = "Om veckan.\n\nMer om veckan.", "veckan@varmland.example"
    make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    later = {"first_day": MONDAY.replace(year=2028), "last_day": MONDAY.replace(year=2028, day=27), "year": 2028}
    make_edition(
        session, "Demokrativeckan 2028", slug="2028", number_prefix="DV28", state=EditionState.PLANNED, **later
    )
    events = _make_public_events(session, edition, organiser)
    events |= _make_events_in_work(session, edition, organiser)
    _make_news(session, edition, [events[name] for name in ("cancelled", "several")])
    _make_register(session)
    _make_letters(session, world)
    _make_programmes(session, edition, organiser)
    beginner = make_user(session, "Nybörjare Nordin")
    make_organisation(session, "Nystartade föreningen", members=[beginner], standing=Standing.PENDING)
    numbers = {name: event.number.lower() for name, event in events.items()}
    return Week(world, beginner, numbers, _addresses_of(session, events["draft"]))


def _edition_and_organiser(session: Session, world: World) -> tuple[Edition, Organisation]:
    event = event_for_editing(session, world.after["number"])
    assert event is not None
    event.description_html = "<h3>Så går det till</h3><p>Text med <a href='https://varmland.example'>länk</a>.</p>"
    return event.edition, event.organiser


def _addresses_of(session: Session, draft: Event) -> dict[str, Any]:
    """What stands in the addresses of a draft with one occurrence, one invited partner, and two that have accepted."""
    partner = make_organisation(session, "Bibliotek Värmland")
    hosting = make_hosting(session, draft, partner, state=HostingState.ASKED, message="Hoppas ni vill vara med!")
    make_hosting(session, draft, make_organisation(session, "Länsbildningsförbundet"))
    make_hosting(session, draft, make_organisation(session, "Väntande förening", standing=Standing.PENDING))
    whole = event_for_editing(session, draft.id)
    assert whole is not None
    return {"number": draft.number.lower(), "occurrence_id": whole.occurrences[0].id, "hosting_id": hosting.id}


def _make_public_events(session: Session, edition: Edition, organiser: Organisation) -> dict[str, Event]:
    """What visitors can meet: each form, each state of a time, and the one that is not for them."""
    library = make_venue(session, "Arvika bibliotek", kommun_code="1784", directions="Buss 1.", rooms="Stora salen")
    room, ours = (
        make_digital_venue(session),
        {"organiser": organiser, "edition": edition, "with_occurrence": False},
    )
    hybrid = make_event(session, "Hybrid", **_everything_stated(session, edition), **ours)
    evening = make_occurrence(session, hybrid, place=library, digital_place=room, is_preliminary=True)
    evening.capacity_onsite, evening.permit, evening.captions = 20, Permit.APPLIED, Captions.COMING
    digital = make_event(session, "Digitalt", kommuner=["1730"], is_countywide=True, **ours)
    make_occurrence(session, digital, place=None, digital_place=room, end=None)
    closed = make_event(session, "Slutet", visibility=Visibility.CLOSED, organiser=organiser, edition=edition)
    cancelled = make_event(session, "Inställt", status=EventStatus.CANCELLED, organiser=organiser, edition=edition)
    cancelled.decision_reason = "Sjukdom."
    several = make_event(session, "Flera", part_of_id=hybrid.id, **ours)
    _make_occurrences_of_every_kind(session, several, library)
    long_one = make_event(session, f"{LONG_WORD} {LONG_WORD}", slug="langt", summary="Ord " * 75, **ours)
    make_occurrence(session, long_one, last_day=MONDAY + timedelta(days=4), start=None, time_note="Hela dagen")
    for role in HostingRole:
        make_hosting(session, long_one, make_organisation(session, f"{LONG_WORD} {role}"), role=role)
    _add_texts(session, hybrid)
    return {"hybrid": hybrid, "digital": digital, "closed": closed, "cancelled": cancelled, "several": several}


def _everything_stated(session: Session, edition: Edition) -> dict[str, Any]:
    return {
        "themes": [make_theme(session, "Kultur", edition)],
        "audiences": list(Audience),
        "languages": ["sv", "ar", "fi"],
        "sign_up": SignUp.EXTERNAL,
        "sign_up_url": "https://anmalan.example/",
        "sign_up_by": MONDAY,
        "contact_name": "Kim Ek",
        "contact_email": "arrangoren@varmland.example",
        "contact_phone": "054123456",
        "is_free": True,
        "age_from": 13,
        "series": "Demokratifika",
        "accessibility_note": "Fråga oss om ledsagning.",
    }


def _add_texts(session: Session, event: Event) -> None:
    words = {"title": "Title", "summary": "Text", "description_html": "<p>Text</p>"}
    session.add_all(
        EventText(event_id=event.id, language=language, **words) for language in ("ar", "en", "sv-lattlast")
    )
    answers = zip((Feature.SIGN_LANGUAGE, Feature.CAPTIONS, Feature.EASY_READ), Answer, strict=True)
    session.add_all(EventFeature(event_id=event.id, feature=feature, answer=answer) for feature, answer in answers)
    session.flush()


def _make_occurrences_of_every_kind(session: Session, event: Event, library: Venue) -> None:
    """Each state and each kind of time knowledge; the first one has been moved."""
    for days, state in enumerate(OccurrenceState):
        make_occurrence(session, event, MONDAY + timedelta(days=days), state=state, state_note="Vi återkommer.")
    for kind in (TimeKind.OPENING_HOURS, TimeKind.WITHIN_SPAN, TimeKind.ON_BOOKING):
        row: dict[str, Any] = {"start": None, "time_kind": kind, "time_note": "Ring oss.", "is_open_ended": True}
        make_occurrence(session, event, place=library, room="Sal 2", label=f"Visning {kind}", **row)
    make_occurrence(session, event, place=None, reserve_place_id=library.id, reserve_note="Vid regn")
    whole = event_for_editing(session, event.id)
    assert whole is not None
    _move(session, whole.occurrences[0])


def _move(session: Session, occurrence: Occurrence) -> None:
    before = {**occurrence_facts(occurrence), "first_day": "2027-09-19"}
    session.add(PreviousTime(occurrence_id=occurrence.id, replaced_at=LONG_AGO, facts=before))
    session.flush()


def _make_events_in_work(session: Session, edition: Edition, organiser: Organisation) -> dict[str, Event]:
    """One event in each state that its hosts and coordinators see differently, and questions to answer."""
    ours: dict[str, Any] = {"organiser": organiser, "edition": edition}
    states = (EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.RETURNED, EventStatus.REJECTED)
    events = {
        str(status): make_event(session, f"I arbete {status}", status=status, **ours)
        for status in (*states, EventStatus.WITHDRAWN)
    }
    for status in ("returned", "rejected", "withdrawn"):
        events[status].decision_reason = "Skriv mer om hur man anmäler sig."
    others = make_organisation(session, "Karlstads fredsförening")
    review = make_event(session, "Att granska", organiser=others, edition=edition, status=EventStatus.SUBMITTED)
    for title, state, asks_again in (
        ("Ny fråga", HostingState.ASKED, False),
        ("Ändrad fråga", HostingState.ACCEPTED, True),
    ):
        theirs = make_event(session, title, organiser=others, edition=edition)
        make_hosting(session, theirs, organiser, state=state, needs_confirmation=asks_again, message="Kom!")
    make_occurrence(session, events["draft"], MONDAY + timedelta(days=1), start=time(9))
    taken_over = make_event(session, "Att ta över", organiser=others, edition=edition)
    link = {"token_hash": token_hash(TAKE_OVER), "token_expires_at": SOON}
    make_handover(session, taken_over, organiser, message="Ni har ju lokalen.", former_stays=False, **link)
    return {**events, "review": review, "taken_over": taken_over}


def _make_news(session: Session, edition: Edition, events: Sequence[Event]) -> None:
    """Events that came to the programme after it was published, and some of all that can become of one."""
    edition.published_at = LONG_AGO
    added = [
        make_event(session, f"{LONG_WORD} {number}", edition=edition, organiser=events[0].organiser)
        for number in range(10)
    ]
    everything = session.scalars(sa.select(Event.id)).all()
    show_all(session, everything, now=LONG_AGO + timedelta(days=1))
    cancelled, several = events
    added[0].title, cancelled.status = LONG_WORD * 2, EventStatus.PUBLISHED
    for occurrence in lock_event(session, several.id).occurrences:
        occurrence.first_day, occurrence.place = occurrence.first_day - timedelta(days=1), None
        occurrence.is_preliminary = True
    show_all(session, everything, now=LONG_AGO + timedelta(days=2))
    cancelled.status = EventStatus.CANCELLED
    lock_event(session, several.id).occurrences[0].state = OccurrenceState.POSTPONED
    show_all(session, everything, now=LONG_AGO + timedelta(days=3))


def _make_programmes(session: Session, edition: Edition, organiser: Organisation) -> None:
    """The world's own programme with everything in it, also what is over, what clashes and what nobody may see."""
    programme = session.scalars(sa.select(Programme).where(Programme.token_hash == token_hash(TOKEN))).one()
    over = make_event(session, "Redan varit", organiser=organiser, edition=edition, with_occurrence=False)
    make_occurrence(session, over, LONG_AGO.date())
    held = sa.select(SavedOccurrence.occurrence_id)
    for occurrence_id in session.scalars(sa.select(Occurrence.id).where(Occurrence.id.not_in(held))).all():
        session.add(SavedOccurrence(programme_id=programme.id, occurrence_id=occurrence_id, saved_at=LONG_AGO))
    make_programme(session, token=EMPTY)


def _make_register(session: Session) -> None:
    """Organisations of every standing, and places with facts."""
    for standing in Standing:
        make_organisation(session, f"Registrets {standing}", standing=standing, standing_reason="Uppgifter saknas.")
    lit = make_venue(session, "Folkets hus", capacity=120, is_outdoors=True, latitude=59.4, longitude=13.5)
    for feature, answer in zip((Feature.LIFT, Feature.ACCESSIBLE_WC, Feature.HEARING_LOOP), Answer, strict=True):
        session.add(VenueFact(venue_id=lit.id, feature=feature, answer=answer, checked_on=MONDAY))
    session.flush()


def _make_letters(session: Session, world: World) -> None:
    """What the secret addresses of the world lead to: signing in, another e-mail address, a form kept for a day."""
    times = {"created_at": LONG_AGO, "expires_at": SOON}
    session.add(SignInLink(user_id=world.member.id, token_hash=token_hash(TOKEN), **times))
    email = "ny@example.se"
    session.add(EmailConfirmation(email=email, user_id=world.member.id, token_hash=token_hash(TOKEN), **times))
    session.add(EmailConfirmation(email=email, token_hash=token_hash(NEW_ACCOUNT), **times))
    fields = [["title", "Det jag skrev"], ["summary", "Rad ett.\nRad två."]]
    path = f"/arbetsyta/evenemang/{world.after['number']}/vad"
    question = session.scalars(sa.select(Hosting).where(Hosting.token_hash == token_hash(TOKEN))).one()
    question.token_expires_at, question.message = SOON, "Hoppas ni vill vara med!"
    session.add(KeptForm(token_hash=token_hash(TOKEN), path=path, fields=fields, expires_at=SOON))
    session.flush()
