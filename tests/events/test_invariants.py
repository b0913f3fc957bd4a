"""Whatever anybody does in whatever order, what calendars and caches rely on holds."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from planner.core.errors import Refused
from planner.events import actions
from planner.events.models import Audience, Event, EventStatus, HostingRole, Occurrence, TimeKind, Visibility
from planner.events.queries import event_for_editing
from planner.events.rules import is_shown
from planner.organisations.models import Organisation, Standing
from planner.organisations.rules import SYSTEM
from planner.organisations.signals import organisation_changed
from planner.venues.actions import change_venue
from planner.venues.queries import venue_by_id
from tests.conftest import NOW
from tests.events.cast import Cast, make_cast
from tests.factories import make_venue

EVENTS = st.integers(0, 1)
CHOICE = st.integers(0, 5)
MONDAY = date(2027, 9, 20)
DAYS = st.dates(date(2027, 9, 18), date(2027, 9, 30))
HOURS = st.sampled_from([time(9), time(12, 30), time(18)])
ANSWERS = st.sampled_from([actions.accept_hosting, actions.decline_hosting, actions.withdraw_hosting])
WHO = st.sampled_from(["anna", "anna", "karin", "rut"])


def scheduled(component: str) -> list[str]:
    """What a calendar draws an entry by: its start, end and status."""
    lines = component.replace("\r\n ", "").split("\r\n")
    return [line for line in lines if line.startswith(("DTSTART", "DTEND", "STATUS"))]


class Row(NamedTuple):
    """An occurrence as it is stored."""

    uid: str
    component: str
    sequence: int
    is_shown: bool


class Week(RuleBasedStateMachine):
    """Two events of one organiser, a partner, a coordinator; every refusal changes nothing."""

    session: Session

    @initialize()
    def begin(self) -> None:
        self.savepoint = self.session.begin_nested()
        self.cast: Cast = make_cast(self.session)
        self.places = [self.cast.library, make_venue(self.session, "Aulan"), None]
        self.now: datetime = NOW
        self.numbers: list[str] = []
        self.sequences: dict[str, int] = {}
        self.seen: dict[str, tuple[str, int]] = {}
        self.hidden: set[str] = set()
        for title in ("Första", "Andra"):
            self.begin_event(title)
        self.publish_straight_away(0)
        self.invite_the_region(0)
        self.answer(0, actions.accept_hosting)

    def teardown(self) -> None:
        self.session.expunge_all()
        self.savepoint.rollback()

    def begin_event(self, title: str) -> None:
        event = actions.create_draft(
            self.session, self.cast.edition, self.cast.organiser, title, actor=self.cast.anna, now=self.now
        )
        fields: Any = {
            "summary": "Text.",
            "audiences": [Audience.EVERYBODY],
            "contact_email": "samtal@example.se",
        }
        actions.save_event(self.session, event, fields, expected_version=None, actor=self.cast.anna, now=self.now)
        monday: Any = {"time_kind": TimeKind.START_ONLY, "first_day": MONDAY, "start": time(18)}
        monday["place_id"] = self.cast.library.id
        actions.add_occurrence(self.session, event, monday, actor=self.cast.anna, now=self.now)
        self.numbers.append(event.number)

    def event(self, which: int) -> Event:
        event = event_for_editing(self.session, self.numbers[which])
        assert event is not None
        return event

    def rows(self) -> list[Row]:
        """Every occurrence as it is stored, and whether the public may see it."""
        self.session.flush()
        choice = (
            sa.select(
                Occurrence.uid,
                Occurrence.component,
                Occurrence.sequence,
                Event.status,
                Event.visibility,
                Organisation.standing,
            )
            .join(Occurrence.event)
            .join(Event.organiser)
        )
        return [
            Row(uid, component, sequence, self.is_shown(status, visibility, standing))
            for uid, component, sequence, status, visibility, standing in self.session.execute(choice)
        ]

    def is_shown(self, status: EventStatus, visibility: Visibility, standing: Standing) -> bool:
        is_out = status in (EventStatus.PUBLISHED, EventStatus.CANCELLED, EventStatus.ARCHIVED)
        return is_out and visibility is Visibility.PUBLIC and standing is Standing.VERIFIED

    def picture(self) -> dict[str, tuple[str, int]]:
        """What the public sees: every shown occurrence's component and sequence."""
        return {row.uid: (row.component, row.sequence) for row in self.rows() if row.is_shown}

    def attempt(self, act: Callable[[], object], *, on: Event | None = None, may_hide: bool = False) -> None:
        """Do something that may be refused, and look at the world before and after."""
        self.now += timedelta(seconds=1)
        was_hidden = on is not None and not is_shown(on)
        before, edition = self.picture(), self.cast.edition
        revision, changed_at = edition.revision, edition.changed_at
        try:
            act()
        except Refused:
            assert not self.session.dirty
            assert not self.session.new
            assert (self.picture(), edition.revision) == (before, revision)
            return
        self.session.flush()
        after = self.picture()
        if after != before:
            assert edition.revision > revision
        if edition.revision > revision:
            assert edition.changed_at > changed_at
        if was_hidden and on is not None and not is_shown(on):
            assert edition.revision == revision
        if not may_hide:
            assert before.keys() <= after.keys()
        self.check(after)

    def check(self, picture: dict[str, tuple[str, int]]) -> None:
        """No sequence falls, no row that was shown is gone, what moved or came back has a higher sequence."""
        rows = {row.uid: row for row in self.rows()}
        for uid, sequence in self.sequences.items():
            assert uid not in self.seen or uid in rows
            assert uid not in rows or rows[uid].sequence >= sequence
        for uid, (component, sequence) in picture.items():
            assert component.startswith("BEGIN:VEVENT\r\n")
            if uid in self.seen:
                last_component, last_sequence = self.seen[uid]
                if scheduled(component) != scheduled(last_component) or uid in self.hidden:
                    assert sequence > last_sequence
        for uid in rows.keys() - picture.keys():
            assert rows[uid].component == ""
        self.hidden = self.seen.keys() - picture.keys()
        self.seen |= picture
        self.sequences = {uid: row.sequence for uid, row in rows.items()}

    def occurrence(self, event: Event, choice: int) -> Occurrence | None:
        return event.occurrences[choice % len(event.occurrences)] if event.occurrences else None

    @rule(which=EVENTS, who=WHO, day=DAYS, start=HOURS, place=st.integers(0, 2), clock=st.booleans())
    def add(self, which: int, who: str, day: date, start: time, place: int, clock: bool) -> None:
        venue = self.places[place]
        kind = TimeKind.START_ONLY if clock else TimeKind.OPENING_HOURS
        fields: Any = {"time_kind": kind, "first_day": day, "place_id": venue and venue.id}
        if clock:
            fields["start"] = start
        event = self.event(which)
        self.attempt(
            lambda: actions.add_occurrence(self.session, event, fields, actor=self.person(who), now=self.now), on=event
        )

    def person(self, who: str) -> Any:
        return getattr(self.cast, who)

    @rule(
        which=EVENTS,
        choice=CHOICE,
        who=WHO,
        fields=st.fixed_dictionaries(
            {}, optional={"first_day": DAYS, "is_preliminary": st.booleans(), "room": st.sampled_from(["", "A", "B"])}
        ),
    )
    def change(self, which: int, choice: int, who: str, fields: Any) -> None:
        event = self.event(which)
        if occurrence := self.occurrence(event, choice):
            self.attempt(
                lambda: actions.change_occurrence(
                    self.session, occurrence, fields, actor=self.person(who), now=self.now
                ),
                on=event,
            )

    @rule(which=EVENTS, choice=CHOICE, days=st.lists(DAYS, max_size=2), place=st.integers(0, 1))
    def copy(self, which: int, choice: int, days: list[date], place: int) -> None:
        event = self.event(which)
        if (occurrence := self.occurrence(event, choice)) and len(event.occurrences) < 6:
            venue = self.places[place]
            self.attempt(
                lambda: actions.copy_occurrence(
                    self.session,
                    occurrence,
                    days=days,
                    places=[venue] if venue else [],
                    actor=self.cast.anna,
                    now=self.now,
                ),
                on=event,
            )

    @rule(
        which=EVENTS,
        choice=CHOICE,
        who=WHO,
        what=st.sampled_from(["cancel", "postpone", "reinstate", "move", "reserve", "remove"]),
    )
    def decide_occurrence(self, which: int, choice: int, who: str, what: str) -> None:
        event = self.event(which)
        occurrence = self.occurrence(event, choice)
        if occurrence is None:
            return
        person, session, now = self.person(who), self.session, self.now
        acts: dict[str, Callable[[], object]] = {
            "cancel": lambda: actions.cancel_occurrence(session, occurrence, "Sjuk", actor=person, now=now),
            "postpone": lambda: actions.postpone_occurrence(session, occurrence, "Sjuk", actor=person, now=now),
            "reinstate": lambda: actions.reinstate_occurrence(session, occurrence, actor=person, now=now),
            "move": lambda: actions.move_occurrence_online(session, occurrence, self.cast.room, actor=person, now=now),
            "reserve": lambda: actions.use_reserve_place(session, occurrence, actor=person, now=now),
            "remove": lambda: actions.remove_occurrence(session, occurrence, actor=person, now=now),
        }
        self.attempt(acts[what], on=event)

    @rule(
        which=EVENTS,
        who=WHO,
        fields=st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(["Första", "Andra", "Tredje", ""]),
                "summary": st.sampled_from(["Text.", "Ny text."]),
                "visibility": st.sampled_from(Visibility),
            },
        ),
    )
    def save(self, which: int, who: str, fields: Any) -> None:
        event = self.event(which)
        self.attempt(
            lambda: actions.save_event(
                self.session, event, fields, expected_version=None, actor=self.person(who), now=self.now
            ),
            on=event,
            may_hide=fields.get("visibility") is Visibility.CLOSED,
        )

    @rule(
        which=EVENTS,
        who=WHO,
        what=st.sampled_from(["submit", "publish", "return", "reject", "take_back", "cancel", "reinstate", "withdraw"]),
    )
    def decide(self, which: int, who: str, what: str) -> None:
        event = self.event(which)
        person, session, now = self.person(who), self.session, self.now
        acts: dict[str, Callable[[], object]] = {
            "submit": lambda: actions.submit_event(session, event, actor=person, now=now),
            "publish": lambda: actions.publish_event(session, event, actor=person, now=now),
            "return": lambda: actions.return_event(session, event, "Mer.", actor=person, now=now),
            "reject": lambda: actions.reject_event(session, event, self.cast.criterion, "Nej.", actor=person, now=now),
            "take_back": lambda: actions.take_back_event(session, event, actor=person, now=now),
            "cancel": lambda: actions.cancel_event(session, event, "Sjuk.", actor=person, now=now),
            "reinstate": lambda: actions.reinstate_event(session, event, actor=person, now=now),
            "withdraw": lambda: actions.withdraw_event(session, event, "Fel.", actor=person, now=now),
        }
        self.attempt(acts[what], on=event, may_hide=what == "withdraw")

    @rule(which=EVENTS)
    def publish_straight_away(self, which: int) -> None:
        event = self.event(which)
        self.attempt(lambda: actions.publish_event(self.session, event, actor=SYSTEM, now=self.now), on=event)

    @rule(which=EVENTS)
    def invite_the_region(self, which: int) -> None:
        event = self.event(which)
        self.cast.region.public_email = "info@region.example"
        self.session.flush()
        self.attempt(
            lambda: actions.invite_organisation(
                self.session, event, self.cast.region, HostingRole.CO_ORGANISER, actor=self.cast.anna, now=self.now
            )
        )

    @rule(which=EVENTS, answer=ANSWERS)
    def answer(self, which: int, answer: Callable[..., object]) -> None:
        event = self.event(which)
        if event.hostings:
            hosting = event.hostings[0]
            self.attempt(lambda: answer(self.session, hosting, actor=self.cast.rut, now=self.now), on=event)

    @rule(
        which=EVENTS, stays=st.booleans(), answer=st.sampled_from([actions.accept_handover, actions.decline_handover])
    )
    def ask_a_partner_to_take_over(self, which: int, stays: bool, answer: Callable[..., object]) -> None:
        event, session = self.event(which), self.session
        here, there = self.cast.anna, self.cast.rut
        if event.organiser is self.cast.region:
            here, there = there, here
        for hosting in event.hostings:
            self.attempt(
                lambda hosting=hosting: actions.ask_to_take_over(
                    session, hosting, former_stays=stays, actor=here, now=self.now
                ),
                on=event,
            )
        if handover := event.handover:
            self.attempt(lambda: answer(session, handover, actor=there, now=self.now), on=event)

    @rule(name=st.sampled_from(["Region Värmland", "Regionen"]))
    def rename_the_partner(self, name: str) -> None:
        self.cast.region.name = name
        self.session.flush()
        self.attempt(lambda: organisation_changed.send(self.cast.region, session=self.session, now=self.now))

    @rule(standing=st.sampled_from([Standing.VERIFIED, Standing.SUSPENDED]))
    def judge_the_organiser(self, standing: Standing) -> None:
        def judge() -> None:
            self.cast.organiser.standing = standing
            organisation_changed.send(self.cast.organiser, session=self.session, now=self.now)

        self.attempt(judge, may_hide=True)

    @rule(street=st.sampled_from(["Nygatan 1", "Nygatan 2"]))
    def move_the_library(self, street: str) -> None:
        library = venue_by_id(self.session, self.cast.library.id)
        assert library is not None
        self.attempt(
            lambda: change_venue(
                self.session, library, {"street": street}, expected_version=None, actor=SYSTEM, now=self.now
            )
        )


def test_any_sequence_of_actions_keeps_what_calendars_and_caches_rely_on(session: Session) -> None:
    class WeekOfThisTest(Week):
        pass

    WeekOfThisTest.session = session
    run_state_machine_as_test(
        WeekOfThisTest,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
