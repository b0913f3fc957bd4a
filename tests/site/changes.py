"""Things that people do to a programme, each through the action that does it, to a row that somebody else picks."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.editions.actions import archive_edition, change_edition, create_edition, open_edition, publish_edition
from planner.editions.models import Edition
from planner.editions.queries import edition_with_all
from planner.events.actions import drafts, handover, hosting, occurrences, workflow
from planner.events.models import Event, Hosting, Occurrence, TimeKind
from planner.events.queries import event_for_editing
from planner.organisations import actions as organisations
from planner.organisations.models import Organisation
from planner.organisations.rules import SYSTEM
from planner.venues import actions as venues
from planner.venues.models import Answer, Feature, Venue
from planner.venues.queries import venue_by_id
from tests.factories import MONDAY

T = TypeVar("T")
Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several."""

Change = Callable[[Session, Pick, datetime], object]
WORDS = ("Samtal", "Öppet hus", "Vem bestämmer?", "Film & fika", "Å, ä och ö")


def retitle(session: Session, pick: Pick, now: datetime) -> object:
    fields: Any = {pick(["title", "summary", "description"]): pick(WORDS)}
    return drafts.save_event(session, _event(session, pick), fields, expected_version=None, actor=SYSTEM, now=now)


def draft(session: Session, pick: Pick, now: datetime) -> object:
    edition, organisation = _row(session, pick, Edition), _row(session, pick, Organisation)
    event = drafts.create_draft(session, edition, organisation, pick(WORDS), actor=SYSTEM, now=now)
    fields: Any = {"summary": "Kort om det."}
    event = drafts.save_event(session, event, fields, expected_version=None, actor=SYSTEM, now=now)
    return occurrences.add_occurrence(session, event, _time_and_place(session, pick), actor=SYSTEM, now=now)


def go_on(session: Session, pick: Pick, now: datetime) -> object:
    step = pick([workflow.submit_event, workflow.publish_event, workflow.publish_event, workflow.reinstate_event])
    return step(session, _event(session, pick), actor=SYSTEM, now=now)


def call_off(session: Session, pick: Pick, now: datetime) -> object:
    step = pick([workflow.cancel_event, workflow.withdraw_event])
    return step(session, _event(session, pick), "Sjukdom.", actor=SYSTEM, now=now)


def add(session: Session, pick: Pick, now: datetime) -> object:
    fields = _time_and_place(session, pick)
    return occurrences.add_occurrence(session, _event(session, pick), fields, actor=SYSTEM, now=now)


def move(session: Session, pick: Pick, now: datetime) -> object:
    fields = _time_and_place(session, pick)
    return occurrences.change_occurrence(session, _occurrence(session, pick), fields, actor=SYSTEM, now=now)


def cancel_one(session: Session, pick: Pick, now: datetime) -> object:
    step = pick([occurrences.cancel_occurrence, occurrences.postpone_occurrence])
    return step(session, _occurrence(session, pick), "Storm.", actor=SYSTEM, now=now)


def reinstate_one(session: Session, pick: Pick, now: datetime) -> object:
    return occurrences.reinstate_occurrence(session, _occurrence(session, pick), actor=SYSTEM, now=now)


def answer(session: Session, pick: Pick, now: datetime) -> object:
    asked = _row(session, pick, Hosting)
    step = pick([hosting.accept_hosting, hosting.withdraw_hosting, hosting.decline_hosting])
    event = event_for_editing(session, asked.event_id)
    assert event is not None
    return step(session, next(one for one in event.hostings if one.id == asked.id), actor=SYSTEM, now=now)


def hand_over(session: Session, pick: Pick, now: datetime) -> object:
    asked = _row(session, pick, Hosting)
    event = event_for_editing(session, asked.event_id)
    assert event is not None
    partner = next(one for one in event.hostings if one.id == asked.id)
    stays = pick([True, False])
    question = handover.ask_to_take_over(session, partner, former_stays=stays, actor=SYSTEM, now=now)
    return handover.accept_handover(session, question, actor=SYSTEM, now=now)


def rename_organisation(session: Session, pick: Pick, now: datetime) -> object:
    fields: Any = {pick(["name", "about"]): f"Förening för {pick(WORDS)}"}
    one = _row(session, pick, Organisation)
    return organisations.change_organisation(session, one, fields, expected_version=None, actor=SYSTEM, now=now)


def decide_standing(session: Session, pick: Pick, now: datetime) -> object:
    one = _row(session, pick, Organisation)
    if pick([True, False]):
        return organisations.suspend_organisation(session, one, "Misstänkt.", actor=SYSTEM, now=now)
    step = pick([organisations.verify_organisation, organisations.reinstate_organisation])
    return step(session, one, actor=SYSTEM, now=now)


def register_place(session: Session, pick: Pick, now: datetime) -> object:
    fields: Any = {"name": f"Lokalen {pick(WORDS)}", "street": "Storgatan 1", "town": "Arvika", "kommun_code": "1784"}
    return venues.register_venue(session, fields, actor=SYSTEM, now=now)


def change_place(session: Session, pick: Pick, now: datetime) -> object:
    venue = _venue(session, pick)
    fields: Any = {pick(["name", "directions", "street"]): f"Vid {pick(WORDS)}"}
    return venues.change_venue(session, venue, fields, expected_version=None, actor=SYSTEM, now=now)


def learn_of_place(session: Session, pick: Pick, now: datetime) -> object:
    answers = {pick(list(Feature)): pick(list(Answer))}
    return venues.set_venue_facts(session, _venue(session, pick), answers, actor=SYSTEM, now=now)


def merge_places(session: Session, pick: Pick, now: datetime) -> object:
    return venues.merge_venues(session, _venue(session, pick), _venue(session, pick), actor=SYSTEM, now=now)


def state_edition(session: Session, pick: Pick, now: datetime) -> object:
    fields: Any = {pick(["name", "intro"]): f"Demokrativeckan om {pick(WORDS)}"}
    return change_edition(session, _edition(session, pick), fields, expected_version=None, actor=SYSTEM, now=now)


def begin_edition(session: Session, pick: Pick, now: datetime) -> object:
    day = MONDAY + timedelta(days=pick([364, 728, 1092]))
    fields: Any = {"name": f"Veckan {day:%Y}", "first_day": day, "last_day": day + timedelta(days=6)}
    return create_edition(session, fields, actor=SYSTEM, now=now)


def turn_edition(session: Session, pick: Pick, now: datetime) -> object:
    step = pick([open_edition, publish_edition, archive_edition])
    return step(session, _edition(session, pick), actor=SYSTEM, now=now)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        retitle,
        draft,
        go_on,
        call_off,
        add,
        move,
        cancel_one,
        reinstate_one,
        answer,
        hand_over,
        rename_organisation,
        decide_standing,
        register_place,
        change_place,
        learn_of_place,
        merge_places,
        state_edition,
        begin_edition,
        turn_edition,
    )
}


def _row(session: Session, pick: Pick, model: type[T]) -> T:
    key: Any = model.id  # type: ignore[attr-defined]
    found = session.get(model, pick(session.scalars(sa.select(key).order_by(key)).all()))
    assert found is not None
    return found


def _event(session: Session, pick: Pick) -> Event:
    event = event_for_editing(session, _row(session, pick, Event).id)
    assert event is not None
    return event


def _occurrence(session: Session, pick: Pick) -> Occurrence:
    event = _event(session, pick)
    return pick(event.occurrences) if event.occurrences else _occurrence(session, lambda rows: rows[0])


def _venue(session: Session, pick: Pick) -> Venue:
    venue = venue_by_id(session, _row(session, pick, Venue).id)
    assert venue is not None
    return venue


def _edition(session: Session, pick: Pick) -> Edition:
    edition = edition_with_all(session, _row(session, pick, Edition).slug)
    assert edition is not None
    return edition


def _time_and_place(session: Session, pick: Pick) -> Any:
    day = MONDAY + timedelta(days=pick(range(7)))
    times = {"time_kind": TimeKind.START_AND_END, "start": time(pick(range(8, 20))), "end": time(21)}
    return {"first_day": day, "last_day": day, **times, "place_id": _row(session, pick, Venue).id}
