"""From draft to archive: each step, who is told, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.editions.models import Criterion
from planner.events.actions import (
    acknowledge_change,
    archive_events,
    cancel_event,
    publish_event,
    reinstate_event,
    reject_event,
    return_event,
    submit_event,
    take_back_event,
    withdraw_event,
)
from planner.events.models import Event, EventStatus, HostingState, OccurrenceState
from planner.events.rules import LEADS_TO, Step, is_step_open
from planner.mail.models import Letter
from planner.organisations.models import Standing
from planner.organisations.rules import SYSTEM, Actor
from tests.events.cast import Cast, messages
from tests.factories import (
    actor_of,
    make_criterion,
    make_edition,
    make_hosting,
    make_member,
    make_organisation,
    make_user,
)

S = EventStatus
AFTER_THE_WEEK = datetime(2027, 9, 28, 8, 0, tzinfo=UTC)

Do = Callable[[Cast, Event, Actor, datetime], Event]
STEPS: dict[Step, Do] = {
    Step.SUBMIT: lambda cast, event, actor, now: submit_event(cast.session, event, actor=actor, now=now),
    Step.TAKE_BACK: lambda cast, event, actor, now: take_back_event(cast.session, event, actor=actor, now=now),
    Step.RETURN: lambda cast, event, actor, now: return_event(cast.session, event, "Mer.", actor=actor, now=now),
    Step.REJECT: lambda cast, event, actor, now: reject_event(
        cast.session, event, cast.criterion, "Nej.", actor=actor, now=now
    ),
    Step.PUBLISH: lambda cast, event, actor, now: publish_event(cast.session, event, actor=actor, now=now),
    Step.CANCEL: lambda cast, event, actor, now: cancel_event(cast.session, event, "Sjuk.", actor=actor, now=now),
    Step.REINSTATE: lambda cast, event, actor, now: reinstate_event(cast.session, event, actor=actor, now=now),
    Step.WITHDRAW: lambda cast, event, actor, now: withdraw_event(cast.session, event, "Fel.", actor=actor, now=now),
}

WITHOUT_REASON = (Step.SUBMIT, Step.TAKE_BACK, Step.PUBLISH, Step.REINSTATE)
"""Taking these twice is no mistake; the others could carry a second reason."""


def letters(session: Session) -> list[tuple[str, str]]:
    return [(one.name, one.to_address) for one in session.scalars(sa.select(Letter).order_by(Letter.id))]


@pytest.mark.parametrize("status", EventStatus)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_leads_where_it_should_or_is_refused_in_words(
    cast: Cast, now: datetime, step: Step, status: EventStatus
) -> None:
    event = cast.event(status)

    if is_step_open(status, step) or (status is LEADS_TO[step] and step in WITHOUT_REASON):
        assert STEPS[step](cast, event, SYSTEM, now).status is LEADS_TO[step]
        return
    with pytest.raises(Invalid) as refused:
        STEPS[step](cast, event, SYSTEM, now)
    assert messages(refused.value) == {"": step.refusal % {"status": status.label.lower()}}
    assert event.status is status


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Step.SUBMIT, S.DRAFT),
        (Step.TAKE_BACK, S.SUBMITTED),
        (Step.RETURN, S.SUBMITTED),
        (Step.REJECT, S.SUBMITTED),
        (Step.PUBLISH, S.SUBMITTED),
        (Step.CANCEL, S.PUBLISHED),
        (Step.REINSTATE, S.CANCELLED),
        (Step.WITHDRAW, S.PUBLISHED),
    ],
)
def test_a_double_click_acts_and_writes_once(cast: Cast, now: datetime, step: Step, status: EventStatus) -> None:
    event = cast.event(status)
    actor = cast.karin if step in (Step.RETURN, Step.REJECT, Step.PUBLISH) else cast.anna
    STEPS[step](cast, event, actor, now)
    after_one = letters(cast.session)
    STEPS[step](cast, event, actor, now)

    (entry,) = history_of(cast.session, "event", event.id)
    assert (entry.action, entry.details["before"], entry.details["after"]) == (
        f"{step.value}_event",
        status.value,
        LEADS_TO[step].value,
    )
    assert letters(cast.session) == after_one


@pytest.mark.parametrize("step", STEPS)
def test_strangers_take_no_step(cast: Cast, now: datetime, step: Step) -> None:
    status = next(status for status in EventStatus if is_step_open(status, step))

    with pytest.raises(NotAllowed):
        STEPS[step](cast, cast.event(status), cast.rut, now)


@pytest.mark.parametrize("step", [Step.RETURN, Step.REJECT, Step.PUBLISH])
@pytest.mark.parametrize("is_partner", [False, True])
def test_nobody_reviews_an_event_that_they_host(
    cast: Cast, session: Session, now: datetime, step: Step, is_partner: bool
) -> None:
    event = cast.event(S.SUBMITTED)
    user = make_user(session)
    make_member(session, user, cast.region if is_partner else cast.organiser)
    if is_partner:
        make_hosting(session, event, cast.region)
    host = Actor(id=user.id, roles=actor_of(session, user).roles, is_county_coordinator=True)

    with pytest.raises(NotAllowed):
        STEPS[step](cast, event, host, now)


def test_sending_in_gives_a_receipt_and_nobody_else_a_letter(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    event = cast.event(S.DRAFT)
    make_hosting(session, event, cast.region)

    submit_event(session, event, actor=cast.elis, now=now)

    assert (event.status, event.submitted_at) == (S.SUBMITTED, now)
    assert_letter("event_submitted")
    assert letters(session) == [("event_submitted", cast.anna.email)]


def test_what_is_missing_is_named_field_by_field(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(S.DRAFT, summary="", audiences=[], with_occurrence=False)

    with pytest.raises(Invalid) as refused:
        submit_event(session, event, actor=cast.anna, now=now)

    assert list(messages(refused.value)) == ["summary", "audiences", "occurrences"]
    assert event.status is S.DRAFT


def test_an_organisation_that_waits_to_be_verified_may_send_in(cast: Cast, session: Session, now: datetime) -> None:
    cast.organiser.standing = Standing.PENDING

    assert submit_event(session, cast.event(S.DRAFT), actor=cast.anna, now=now).status is S.SUBMITTED


def test_an_organisation_that_was_refused_may_not(cast: Cast, session: Session, now: datetime) -> None:
    cast.organiser.standing = Standing.REFUSED

    with pytest.raises(Invalid):
        submit_event(session, cast.event(S.DRAFT), actor=cast.anna, now=now)


def test_after_the_last_day_only_what_was_returned_comes_in(cast: Cast, session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        submit_event(session, cast.event(S.DRAFT), actor=cast.anna, now=AFTER_THE_WEEK)
    assert messages(refused.value) == {"": "Sista dagen att skicka in har passerat. Kontakta samordnaren."}

    returned = cast.event(S.RETURNED)
    assert submit_event(session, returned, actor=cast.anna, now=AFTER_THE_WEEK).status is S.SUBMITTED


def test_a_coordinator_returns_it_with_what_is_missing(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    event = cast.event(S.SUBMITTED)

    return_event(session, event, "Skriv gärna vem som talar.\n\nOch var dörren är.", actor=cast.karin, now=now)

    assert (event.status, event.decided_at) == (S.RETURNED, now)
    assert_letter("event_returned", to=cast.anna.email)


def test_a_coordinator_rejects_it_by_a_criterion(
    cast: Cast, session: Session, now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    event = cast.event(S.SUBMITTED)

    reject_event(session, event, cast.criterion, "Den kostar 900 kr.", actor=cast.karin, now=now)

    assert (event.status, event.decision_criterion, event.decision_reason) == (
        S.REJECTED,
        cast.criterion,
        "Den kostar 900 kr.",
    )
    (entry,) = history_of(session, "event", event.id)
    assert (entry.actor_name, entry.reason, entry.details["criterion"]) == (
        "Karin Karlsson",
        "Den kostar 900 kr.",
        "Öppen för alla",
    )
    assert_letter("event_rejected", to=cast.anna.email)


def test_a_rejection_needs_one_of_the_editions_criteria(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(S.SUBMITTED)
    other = make_criterion(session, make_edition(session, "En annan", slug="annan", number_prefix="AN"), code="annan")

    for criterion in (None, other):
        with pytest.raises(Invalid) as refused:
            reject_event(session, event, criterion, "Nej.", actor=cast.karin, now=now)
        assert messages(refused.value) == {"criterion": "Välj vilket av upplagans kriterier som inte är uppfyllt."}


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (return_event, S.SUBMITTED),
        (cancel_event, S.PUBLISHED),
        (withdraw_event, S.PUBLISHED),
    ],
)
@pytest.mark.parametrize("reason", ["", " \n ", "x" * 2001])
def test_a_reason_is_needed_and_fits(
    cast: Cast, session: Session, now: datetime, step: Callable[..., Event], status: EventStatus, reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        step(session, cast.event(status), reason, actor=cast.karin, now=now)

    assert list(messages(refused.value)) == ["reason"]


def test_a_rejection_needs_a_reason_too(cast: Cast, session: Session, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        reject_event(session, cast.event(S.SUBMITTED), cast.criterion, "", actor=cast.karin, now=now)

    assert list(messages(refused.value)) == ["reason"]


@pytest.mark.parametrize(
    ("step", "status", "name"),
    [
        (Step.CANCEL, S.PUBLISHED, "event_cancelled"),
        (Step.REINSTATE, S.CANCELLED, "event_reinstated"),
        (Step.WITHDRAW, S.PUBLISHED, "event_withdrawn"),
    ],
)
def test_what_concerns_the_partners_names_is_told_to_them_too(
    cast: Cast,
    session: Session,
    now: datetime,
    assert_letter: Callable[..., Letter],
    step: Step,
    status: EventStatus,
    name: str,
) -> None:
    event = cast.event(status)
    make_hosting(session, event, cast.region)
    make_hosting(session, event, make_organisation(session, "Eda kommun"), state=HostingState.ASKED)

    STEPS[step](cast, event, cast.anna, now)

    assert letters(session) == [(name, cast.anna.email), (name, cast.rut.email)]
    assert_letter(name, to=cast.anna.email)
    assert_letter(name, to=cast.rut.email, file=f"{name}_partner")


def test_calling_off_the_event_leaves_each_occurrence_as_it_was(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    event.occurrences[0].state = OccurrenceState.POSTPONED

    cancel_event(session, event, "Sjukdom", actor=cast.anna, now=now)
    reinstate_event(session, event, actor=cast.anna, now=now)

    assert (event.status, event.decision_reason) == (S.PUBLISHED, "")
    assert event.occurrences[0].state is OccurrenceState.POSTPONED


def test_what_was_unpublished_is_reviewed_before_it_is_seen_again(cast: Cast, session: Session, now: datetime) -> None:
    cast.edition.verified_may_publish = True
    event = cast.event()

    withdraw_event(session, event, "Fel talare", actor=cast.anna, now=now)
    take_back_event(session, event, actor=cast.anna, now=now)
    with pytest.raises(NotAllowed):
        publish_event(session, event, actor=cast.anna, now=now)
    submit_event(session, event, actor=cast.anna, now=now)
    publish_event(session, event, actor=cast.karin, now=now)

    assert event.status is S.PUBLISHED


def test_letters_go_to_administrators_and_whoever_began_it(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(S.SUBMITTED, created_by_id=cast.elis.id)

    return_event(session, event, "Mer.", actor=cast.karin, now=now)

    assert {to for _name, to in letters(session)} == {cast.anna.email, cast.elis.email}


@pytest.mark.parametrize(
    ("public_email", "expected"), [("info@samtal.example", "info@samtal.example"), ("", "samtal@example.se")]
)
def test_an_organiser_without_members_is_written_to_at_its_address(
    cast: Cast, session: Session, now: datetime, public_email: str, expected: str
) -> None:
    event = cast.event(S.SUBMITTED)
    event.organiser_id = make_organisation(session, "Utan medlemmar", public_email=public_email).id
    session.flush()

    return_event(session, event, "Mer.", actor=cast.karin, now=now)

    assert letters(session) == [("event_returned", expected)]


def test_the_archive_keeps_what_was_called_off_as_called_off(cast: Cast, session: Session, now: datetime) -> None:
    statuses = {status: cast.event(status, title=status.value) for status in EventStatus}

    count = archive_events(session, cast.edition, actor=cast.karin, now=now)

    assert count == 1
    assert {status: event.status for status, event in statuses.items()} == {
        **{status: status for status in EventStatus},
        S.PUBLISHED: S.ARCHIVED,
    }


def test_a_coordinator_acknowledges_a_change(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(changed_after_review_at=now)
    with pytest.raises(NotAllowed):
        acknowledge_change(session, event, actor=cast.anna, now=now)

    acknowledge_change(session, event, actor=cast.karin, now=now)

    assert event.changed_after_review_at is None
    assert [entry.action for entry in history_of(session, "event", event.id)] == ["acknowledge_change"]


def test_a_criterion_without_a_text_makes_a_shorter_letter(cast: Cast, session: Session, now: datetime) -> None:
    criterion = Criterion(edition_id=cast.edition.id, code="kort", title="Gratis", text="")
    session.add(criterion)
    session.flush()

    reject_event(session, cast.event(S.SUBMITTED), criterion, "Nej.", actor=cast.karin, now=now)

    body = session.scalars(sa.select(Letter.body)).one()
    assert "Gratis\n\nVarför:\nNej.\n" in body
