"""What becomes of the events of the demonstration: most are published, some wait, are moved or cancelled later on."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from planner.core.clock import STOCKHOLM, to_utc
from planner.editions.models import Edition
from planner.events.actions.drafts import save_event
from planner.events.actions.event_fields import EventFields
from planner.events.actions.handover import ask_to_take_over
from planner.events.actions.occurrence_fields import OccurrenceFields
from planner.events.actions.occurrences import (
    cancel_occurrence,
    change_occurrence,
    copy_occurrence,
    move_occurrence_online,
    postpone_occurrence,
    use_reserve_place,
)
from planner.events.actions.workflow import (
    cancel_event,
    publish_event,
    reinstate_event,
    reject_event,
    return_event,
    submit_event,
    withdraw_event,
)
from planner.events.models import Event, TimeKind
from planner.events.queries import lock_event
from planner.exchange.demonstration.people import People
from planner.exchange.demonstration.places import Places

Fate = Callable[[Event], object]


def give_fates(session: Session, edition: Edition, events: Sequence[Event], people: People, *, now: datetime) -> None:
    """Bring each event to where it stands when the programme is published, by its number in the row.

    So every run makes the same week.
    """
    fates = Fates(session, edition, people, now=now)
    for at, event in enumerate(events):
        fates.by_number(at)(event)


def live_on(session: Session, edition: Edition, events: Sequence[Event], people: People, *, now: datetime) -> None:
    """What happens in the days after, up to now: events come to the programme, are moved, called off, on again."""
    today = now.astimezone(STOCKHOLM).date()
    for days_ago, clock, at, fate in AFTERWARDS:
        then = min(now, to_utc(today - timedelta(days=days_ago), clock, STOCKHOLM))
        fates = Fates(session, edition, people, now=then)
        getattr(fates, fate)(lock_event(session, events[at].id))


PUBLISHED_AGO = timedelta(days=9)
"""How long before now the programme was published, and ``AFTERWARDS`` what has happened since: when, to which, what."""
AFTERWARDS = (
    (8, time(14, 20), 33, "approve"),
    (8, time(14, 25), 61, "approve"),
    (7, time(10, 30), 72, "doubt"),
    (6, time(10, 5), 44, "move"),
    (6, time(10, 40), 37, "cancel"),
    (5, time(16, 40), 83, "move_online"),
    (4, time(9, 15), 58, "postpone"),
    (4, time(13, 0), 72, "settle"),
    (3, time(11, 30), 46, "cancel"),
    (3, time(15, 5), 116, "withdraw"),
    (2, time(8, 30), 12, "approve"),
    (2, time(8, 35), 88, "approve"),
    (2, time(8, 40), 99, "approve"),
    (2, time(10, 15), 28, "retitle"),
    (2, time(15, 50), 26, "add_a_day"),
    (1, time(9, 30), 86, "ask_to_take_over"),
    (1, time(11, 10), 104, "cancel_one"),
    (1, time(13, 20), 8, "go_inside"),
    (1, time(15, 45), 37, "reinstate"),
    (0, time(7, 30), 55, "move"),
    (0, time(7, 50), 94, "cancel"),
)


class Fates:
    """The ways that an event can go."""

    def __init__(self, session: Session, edition: Edition, people: People, *, now: datetime) -> None:
        self.session, self.edition, self.people, self.now = session, edition, people, now
        self.coordinator = people.acts_for("samordnare")

    def by_number(self, at: int) -> Fate:
        """The fate of the event with this number in the row."""
        special: dict[int, Fate] = {
            5: self.leave_as_draft,
            9: self.submit,
            21: self.send_back,
            34: self.reject,
            68: self.leave_as_draft,
            70: self.submit,
            76: self.submit,
            90: self.submit,
            **{at: self.submit for _days, _clock, at, fate in AFTERWARDS if fate == "approve"},
        }
        return special.get(at, self.publish)

    def leave_as_draft(self, event: Event) -> None:
        """Nothing: a draft stays a draft."""

    def submit(self, event: Event) -> Event:
        return submit_event(self.session, event, actor=self.people.acts_for(event.organiser.slug), now=self.now)

    def publish(self, event: Event) -> Event:
        return self.approve(self.submit(event))

    def approve(self, event: Event) -> Event:
        return publish_event(self.session, event, actor=self.coordinator, now=self.now)

    def send_back(self, event: Event) -> None:
        self.submit(event)
        reason = "Skriv gärna om tolkning finns och hur man anmäler sig."
        return_event(self.session, event, reason, actor=self.coordinator, now=self.now)

    def reject(self, event: Event) -> None:
        self.submit(event)
        criterion = next(row for row in self.edition.criteria if row.code == "saklighet")
        reason = "Bara ett av partierna i fullmäktige är inbjudet. Bjud in alla på lika villkor och skicka in igen."
        reject_event(self.session, event, criterion, reason, actor=self.coordinator, now=self.now)

    def cancel(self, event: Event) -> None:
        reason = "Talaren har fått förhinder."
        cancel_event(self.session, event, reason, actor=self.coordinator, now=self.now)

    def reinstate(self, event: Event) -> None:
        reinstate_event(self.session, event, actor=self.coordinator, now=self.now)

    def withdraw(self, event: Event) -> None:
        withdraw_event(self.session, event, "Registrerad två gånger.", actor=self.coordinator, now=self.now)

    def ask_to_take_over(self, event: Event) -> None:
        partner = next(one for one in event.hostings if one.name == "Arvika kommun")
        actor = self.people.acts_for(event.organiser.slug)
        message = "Ni har kommit längst med ungdomarna. Vill ni hålla i det i år?"
        ask_to_take_over(self.session, partner, former_stays=True, message=message, actor=actor, now=self.now)

    def cancel_one(self, event: Event) -> None:
        cancel_occurrence(
            self.session, event.occurrences[-1], "Lokalen är stängd den dagen.", actor=self.coordinator, now=self.now
        )

    def postpone(self, event: Event) -> None:
        postpone_occurrence(
            self.session, event.occurrences[0], "Nytt datum kommer.", actor=self.coordinator, now=self.now
        )

    def move(self, event: Event) -> None:
        self._change(event, {"time_kind": TimeKind.START_AND_END, "start": time(15), "end": time(16, 30)})

    def go_inside(self, event: Event) -> None:
        occurrence, reason = event.occurrences[0], "Torget byggs om den veckan."
        use_reserve_place(self.session, occurrence, reason=reason, actor=self.coordinator, now=self.now)

    def doubt(self, event: Event) -> None:
        self._change(event, {"is_preliminary": True})

    def settle(self, event: Event) -> None:
        self._change(event, {"is_preliminary": False})

    def _change(self, event: Event, fields: OccurrenceFields) -> None:
        change_occurrence(self.session, event.occurrences[0], fields, actor=self.coordinator, now=self.now)

    def retitle(self, event: Event) -> None:
        title: EventFields = {"title": "Lunchsamtal: Så röstade Värmland"}
        save_event(self.session, event, title, expected_version=None, actor=self.coordinator, now=self.now)

    def add_a_day(self, event: Event) -> None:
        first = event.occurrences[0]
        days = [first.first_day + timedelta(days=1)]
        copy_occurrence(self.session, first, days=days, actor=self.coordinator, now=self.now)

    def move_online(self, event: Event) -> None:
        room = Places(self.session, now=self.now).room(event.organiser.name)
        move_occurrence_online(self.session, event.occurrences[0], room, actor=self.coordinator, now=self.now)
