"""What becomes of the events of the demonstration: most are published, some wait, were moved or cancelled."""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from sqlalchemy.orm import Session

from planner.editions.models import Edition
from planner.events.actions.handover import ask_to_take_over
from planner.events.actions.occurrences import (
    cancel_occurrence,
    change_occurrence,
    move_occurrence_online,
    postpone_occurrence,
)
from planner.events.actions.workflow import (
    cancel_event,
    publish_event,
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
    """Bring each event to where it stands: by its number in the row, so that every run makes the same week."""
    fates = Fates(session, edition, people, now=now)
    for at, made in enumerate(events):
        event = lock_event(session, made.id)
        fates.by_number(at)(event)


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
            44: self.move,
            46: self.cancel,
            55: self.move,
            58: self.postpone,
            68: self.leave_as_draft,
            70: self.submit,
            76: self.submit,
            83: self.move_online,
            86: self.ask_to_take_over,
            90: self.submit,
            94: self.cancel,
            104: self.cancel_one,
            116: self.withdraw,
        }
        return special.get(at, self.publish)

    def leave_as_draft(self, event: Event) -> None:
        """Nothing: a draft stays a draft."""

    def submit(self, event: Event) -> None:
        submit_event(self.session, event, actor=self.people.acts_for(event.organiser.slug), now=self.now)

    def publish(self, event: Event) -> Event:
        self.submit(event)
        publish_event(self.session, lock_event(self.session, event.id), actor=self.coordinator, now=self.now)
        return lock_event(self.session, event.id)

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
        event = self.publish(event)
        reason = "Talaren har fått förhinder."
        cancel_event(self.session, event, reason, actor=self.coordinator, now=self.now)

    def withdraw(self, event: Event) -> None:
        event = self.publish(event)
        withdraw_event(self.session, event, "Registrerad två gånger.", actor=self.coordinator, now=self.now)

    def ask_to_take_over(self, event: Event) -> None:
        event = self.publish(event)
        partner = next(one for one in event.hostings if one.name == "Arvika kommun")
        actor = self.people.acts_for(event.organiser.slug)
        message = "Ni har kommit längst med ungdomarna. Vill ni hålla i det i år?"
        ask_to_take_over(self.session, partner, former_stays=True, message=message, actor=actor, now=self.now)

    def cancel_one(self, event: Event) -> None:
        event = self.publish(event)
        cancel_occurrence(
            self.session, event.occurrences[-1], "Lokalen är stängd den dagen.", actor=self.coordinator, now=self.now
        )

    def postpone(self, event: Event) -> None:
        event = self.publish(event)
        postpone_occurrence(
            self.session, event.occurrences[0], "Nytt datum kommer.", actor=self.coordinator, now=self.now
        )

    def move(self, event: Event) -> None:
        event = self.publish(event)
        occurrence = event.occurrences[0]
        change_occurrence(
            self.session,
            occurrence,
            {"time_kind": TimeKind.START_AND_END, "start": time(15), "end": time(16, 30)},
            actor=self.coordinator,
            now=self.now,
        )

    def move_online(self, event: Event) -> None:
        event = self.publish(event)
        room = Places(self.session, now=self.now).room(event.organiser.name)
        move_occurrence_online(self.session, event.occurrences[0], room, actor=self.coordinator, now=self.now)
