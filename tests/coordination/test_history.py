"""The log in plain Swedish."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.audit.queries import history_of
from planner.coordination.history import OF_EDITIONS, OF_ORGANISATIONS, told_of_edition, told_of_organisation
from planner.events.history import told
from planner.organisations.rules import SYSTEM
from tests.factories import make_event


def plainly(message: str, **values: str) -> str:
    return message % values if values else message


@pytest.mark.parametrize(
    ("action", "details", "what", "why"),
    [
        ("publish_event", {}, "Publicerade", ""),
        (
            "invite_organisation",
            {"partner": "Region Värmland", "role": "co_organiser"},
            "Bjöd in Region Värmland som medarrangör",
            "",
        ),
        ("accept_hosting", {"partner": "Region Värmland"}, "Region Värmland tackade ja", ""),
        ("save_event", {"changed": {"title": ["a", "b"], "unknown": []}}, "Sparade ändringar", "Rubrik"),
        ("something_new", {}, "Gjorde en ändring", ""),
    ],
)
def test_each_line_says_who_did_what(
    session: Session, now: datetime, action: str, details: dict[str, Any], what: str, why: str
) -> None:
    event = make_event(session)
    log(session, action, event, name=event.title, actor=SYSTEM, now=now, **details)

    (entry,) = history_of(session, "event", event.id)

    assert told(entry, plainly) == (now, "Systemet", what, why)


def test_an_answer_by_letter_names_the_letter_and_a_reason_is_told(session: Session, now: datetime) -> None:
    event = make_event(session)
    nobody = type("Nobody", (), {"id": None, "name": ""})()
    log(session, "withdraw_event", event, name="x", actor=nobody, now=now, reason="Fel dag", by_letter=True)

    (entry,) = history_of(session, "event", event.id)

    assert told(entry, plainly) == (now, "Genom brevet", "Avpublicerade", "Fel dag")


def test_editions_and_organisations_have_words_of_their_own(session: Session, now: datetime) -> None:
    event = make_event(session)
    for action in (*OF_EDITIONS, *OF_ORGANISATIONS, "something_new"):
        log(session, action, event, name="x", actor=SYSTEM, now=now)

    entries = list(reversed(history_of(session, "event", event.id)))

    of_editions = [told_of_edition(entry, plainly)[2] for entry in entries]
    of_organisations = [told_of_organisation(entry, plainly)[2] for entry in entries]
    assert of_editions[: len(OF_EDITIONS)] == list(OF_EDITIONS.values())
    assert of_organisations[len(OF_EDITIONS) : -1] == list(OF_ORGANISATIONS.values())
    assert (of_editions[-1], of_organisations[-1]) == ("Gjorde en ändring", "Gjorde en ändring")
