"""Changing the main organiser: asked, answered, taken back, lapsed; and what stays the same throughout."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from planner.audit.models import LogEntry
from planner.coordination.actions import decide
from planner.coordination.decisions import Decision
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.editions.actions import archive_edition
from planner.editions.models import EditionState
from planner.events.actions import (
    accept_handover,
    ask_to_take_over,
    cancel_event,
    decline_handover,
    delete_draft,
    invite_organisation,
    publish_event,
    reject_event,
    remind_handover,
    save_event,
    submit_event,
    take_back_handover,
    withdraw_event,
    withdraw_hosting,
)
from planner.events.facts import facts_print, material_facts
from planner.events.history import told
from planner.events.models import EventStatus, Handover, HostingRole, HostingState
from planner.events.queries import (
    accepted_hostings,
    handover_by_token,
    handovers_waiting_for,
    hosting_by_token,
    lock_event,
)
from planner.events.rules import may_edit_event, may_manage_hosting, publishes_own
from planner.mail.models import Letter
from planner.organisations.actions import suspend_organisation
from planner.organisations.models import MemberRole, Standing
from planner.organisations.rules import NOBODY, SYSTEM
from tests.events.cast import messages
from tests.factories import actor_of, make_coordinator, make_hosting, make_member, make_organisation, make_user
from tests.letterbox import letters_sent, token_from

CO = HostingRole.CO_ORGANISER


@pytest.fixture
def event(cast):
    """Published, with the region as its supporter."""
    event = cast.event(contact_email="samtal@example.se")
    make_hosting(cast.session, event, cast.region, role=HostingRole.SUPPORTER)
    event = lock_event(cast.session, event.id)
    partner(event).accepted_facts = material_facts(event)
    cast.session.flush()
    return event


def partner(event, name="Region Värmland"):
    return next(hosting for hosting in event.hostings if hosting.name == name)


@pytest.fixture
def ask(cast, now):
    """Asks the region to take over, as Anna unless somebody else is given."""

    def asking(event, *, stays=True, actor=None, message=""):
        who = actor or cast.anna
        return ask_to_take_over(cast.session, partner(event), former_stays=stays, message=message, actor=who, now=now)

    return asking


def names_of(event):
    return [event.organiser.name, *(hosting.name for hosting in accepted_hostings(event))]


def actions_of(session, event):
    choice = sa.select(LogEntry).where(LogEntry.subject_type == "event", LogEntry.subject_id == event.id)
    return session.scalars(choice.order_by(LogEntry.id)).all()


def unfolded(occurrence):
    """The stored calendar component with its folded lines joined."""
    return occurrence.component.replace("\r\n ", "")


def letters(session, name):
    return session.scalars(sa.select(Letter).where(Letter.name == name).order_by(Letter.id)).all()


# Asking


def test_the_partner_is_asked_and_nothing_changes(cast, event, ask, assert_letter):
    revision = cast.edition.revision
    handover = ask(event, message="Ni har ju lokalen.")

    assert (handover.hosting.name, handover.former_stays, handover.is_on_behalf) == ("Region Värmland", True, False)
    assert names_of(event) == ["Föreningen Samtal", "Region Värmland"]
    assert cast.edition.revision == revision
    assert_letter("handover_question", to=cast.rut.email)
    assert [entry.action for entry in actions_of(cast.session, event)] == ["ask_to_take_over"]


def test_one_that_would_step_off_says_so_in_the_letter(cast, event, ask, assert_letter):
    ask(event, stays=False)
    assert_letter("handover_question", to=cast.rut.email, file="handover_question_leaving")


def test_asked_twice_it_is_asked_once(cast, event, ask):
    first, second = ask(event), ask(event)
    assert first is second
    assert len(letters(cast.session, "handover_question")) == 1


def test_only_one_is_asked_at_a_time(cast, event, ask, now):
    other = make_hosting(cast.session, event, make_organisation(cast.session, "Folkets hus"))
    ask(event)
    with pytest.raises(Invalid) as refused:
        ask_to_take_over(cast.session, other, former_stays=True, actor=cast.anna, now=now)
    assert messages(refused.value) == {"partner": "Ni har redan frågat Region Värmland. Ta tillbaka den frågan först."}


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        *((state, Standing.VERIFIED) for state in HostingState if state is not HostingState.ACCEPTED),
        *((HostingState.ACCEPTED, standing) for standing in Standing if standing is not Standing.VERIFIED),
    ],
)
def test_only_a_verified_partner_that_has_said_yes_is_asked(cast, event, ask, state, standing):
    partner(event).state, cast.region.standing = state, standing
    cast.session.flush()
    with pytest.raises(Invalid) as refused:
        ask(event)
    assert list(messages(refused.value)) == ["partner"]
    assert lock_event(cast.session, event.id).handover is None


@pytest.mark.parametrize(
    "status", [EventStatus.CANCELLED, EventStatus.WITHDRAWN, EventStatus.REJECTED, EventStatus.ARCHIVED]
)
def test_what_is_over_is_not_handed_over(cast, event, ask, status):
    event.status = status
    cast.session.flush()
    with pytest.raises(Invalid, match="Huvudarrangören kan inte bytas"):
        ask(event)


def test_editors_partners_and_strangers_do_not_ask(cast, event, ask):
    stranger = make_user(cast.session, "Sven Sund")
    make_organisation(cast.session, "Grannföreningen", members=[stranger])
    for who in (cast.elis, cast.rut, actor_of(cast.session, stranger), NOBODY):
        with pytest.raises(NotAllowed):
            ask(event, actor=who)


def test_a_coordinator_asks_in_the_organisers_place_and_it_is_told(cast, event, ask, assert_letter):
    handover = ask(event, actor=cast.karin, message="Föreningen läggs ned.")
    assert handover.is_on_behalf
    assert_letter("handover_asked", to=cast.anna.email)
    assert_letter("handover_question", to=cast.rut.email, file="handover_question_on_behalf")


def test_a_coordinator_who_works_for_the_partner_does_not_ask(cast, event, ask):
    user = make_coordinator(cast.session, name="Klara Kvist")
    make_member(cast.session, user, cast.region, MemberRole.EDITOR)
    with pytest.raises(NotAllowed):
        ask(event, actor=actor_of(cast.session, user))


def test_an_organisation_without_accounts_cannot_have_agreed_to_stay(cast, event, ask):
    cast.organiser.standing = Standing.UNCLAIMED
    cast.session.flush()
    assert ask(event, actor=cast.karin, stays=True).former_stays is False


# Accepting


def test_the_partner_becomes_the_main_organiser(cast, event, ask, now):
    number, slug, uid = event.number, event.slug, event.occurrences[0].uid
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)

    event = lock_event(cast.session, event.id)
    assert names_of(event) == ["Region Värmland", "Föreningen Samtal"]
    assert (event.number, event.slug, event.occurrences[0].uid) == (number, slug, uid)
    assert event.handover is None
    (kept,) = event.hostings
    assert (kept.role, kept.state, kept.may_edit, kept.needs_confirmation) == (
        CO,
        HostingState.ACCEPTED,
        True,
        False,
    )
    assert kept.answered_by_id == cast.anna.id


def test_the_former_one_may_have_chosen_to_leave(cast, event, ask, now, assert_letter):
    accept_handover(cast.session, ask(event, stays=False), actor=cast.rut, now=now)

    event = lock_event(cast.session, event.id)
    assert (names_of(event), event.hostings) == (["Region Värmland"], [])
    assert [may_edit_event(who, event) for who in (cast.anna, cast.elis, cast.rut)] == [False, False, True]
    assert_letter("handover_accepted", to=cast.anna.email, file="handover_accepted_leaving")
    assert_letter("handover_receipt", to=cast.rut.email, file="handover_receipt_alone")


def test_rights_follow_the_place(cast, event, ask, now):
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    event = lock_event(cast.session, event.id)
    assert [may_manage_hosting(who, event) for who in (cast.anna, cast.rut, cast.karin)] == [False, True, True]
    assert [may_edit_event(who, event) for who in (cast.anna, cast.rut)] == [True, True]


def test_the_kommun_of_the_new_one_coordinates(cast, event, ask, now):
    karlstad = actor_of(cast.session, make_coordinator(cast.session, "1780", "Kim Karlstad"))
    assert may_manage_hosting(karlstad, event)
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert not may_manage_hosting(karlstad, lock_event(cast.session, event.id))


def test_both_sides_have_it_in_writing(cast, event, ask, now, assert_letter):
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert_letter("handover_accepted", to=cast.anna.email)
    assert_letter("handover_receipt", to=cast.rut.email)
    assert letters(cast.session, "hosting_changed") == []


def test_the_letter_lets_the_former_one_step_off_later(cast, event, ask, now):
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    hosting = hosting_by_token(cast.session, token_from(cast.session, "handover_accepted"), now=now)
    withdraw_hosting(cast.session, hosting, actor=NOBODY, now=now, by_letter=True)
    assert names_of(lock_event(cast.session, event.id)) == ["Region Värmland"]


def test_the_other_partners_are_asked_again(cast, event, ask, now, assert_letter):
    folkets = make_organisation(cast.session, "Folkets hus", public_email="folkets@hus.example")
    make_hosting(cast.session, event, folkets, accepted_facts=material_facts(event))
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)

    event = lock_event(cast.session, event.id)
    assert {hosting.name: hosting.needs_confirmation for hosting in event.hostings} == {
        "Folkets hus": True,
        "Föreningen Samtal": False,
    }
    assert_letter("hosting_changed", to="folkets@hus.example", file="hosting_changed_organiser")


def test_who_had_a_coordinator_ask_for_it_is_asked_whether_it_stays(cast, event, ask, now, assert_letter):
    accept_handover(cast.session, ask(event, actor=cast.karin), actor=cast.rut, now=now)

    (kept,) = lock_event(cast.session, event.id).hostings
    assert (kept.name, kept.needs_confirmation, kept.answered_by_id) == ("Föreningen Samtal", True, None)
    assert hosting_by_token(cast.session, token_from(cast.session, "hosting_changed"), now=now) is kept
    told_letters = letters(cast.session, "handover_accepted")
    assert [letter.to_address for letter in told_letters] == [cast.anna.email, cast.karin.email]
    assert not any("/svar/" in letter.body for letter in told_letters)


def test_calendars_show_the_new_name_without_a_new_sequence(cast, event, ask, now):
    submitted = cast.event(EventStatus.SUBMITTED, title="Visad")
    make_hosting(cast.session, submitted, cast.region)
    publish_event(cast.session, submitted, actor=cast.karin, now=now)
    shown = lock_event(cast.session, submitted.id)
    (occurrence,) = shown.occurrences
    before, sequence, revision = unfolded(occurrence), occurrence.sequence, cast.edition.revision

    accept_handover(cast.session, ask(shown, stays=False), actor=cast.rut, now=now)

    (occurrence,) = lock_event(cast.session, shown.id).occurrences
    after = unfolded(occurrence)
    assert [name in before for name in ("Föreningen Samtal", "Region Värmland")] == [True, True]
    assert [name in after for name in ("Föreningen Samtal", "Region Värmland")] == [False, True]
    assert (occurrence.sequence, cast.edition.revision) == (sequence, revision + 1)


def test_a_published_event_is_looked_at_by_a_coordinator_afterwards(cast, event, ask, now):
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert event.changed_after_review_at == now


def test_nobody_takes_over_what_they_never_saw(cast, event, ask, now):
    seen, handover = facts_print(material_facts(event)), ask(event)
    save_event(cast.session, event, {"title": "Något annat"}, expected_version=None, actor=cast.anna, now=now)
    with pytest.raises(StaleVersion):
        accept_handover(cast.session, handover, seen=seen, actor=cast.rut, now=now)
    assert event.organiser is cast.organiser
    accept_handover(cast.session, handover, seen=facts_print(material_facts(event)), actor=cast.rut, now=now)
    assert event.organiser is cast.region


def test_only_administrators_of_the_asked_answer(cast, event, ask, now):
    handover = ask(event)
    editor = make_user(cast.session, "Rolf Redaktör")
    make_member(cast.session, editor, cast.region, MemberRole.EDITOR)
    for who in (cast.anna, cast.karin, actor_of(cast.session, editor), NOBODY):
        for answer in (accept_handover, decline_handover):
            with pytest.raises(NotAllowed):
                answer(cast.session, handover, actor=who, now=now)
    assert event.handover is handover


@pytest.mark.parametrize("second", [accept_handover, decline_handover])
@pytest.mark.parametrize("first", [accept_handover, decline_handover])
def test_the_second_of_two_answers_finds_the_question_gone(cast, event, ask, now, first, second):
    handover = ask(event)
    first(cast.session, handover, actor=cast.rut, now=now)
    sent = letters_sent(cast.session)
    with pytest.raises(Invalid, match="Frågan gäller inte längre"):
        second(cast.session, handover, actor=cast.rut, now=now)
    assert letters_sent(cast.session) == sent


def test_an_answer_to_an_earlier_question_does_not_answer_a_later_one(cast, event, ask, now):
    earlier = ask(event)
    take_back_handover(cast.session, event, actor=cast.anna, now=now)
    later = ask(event)
    with pytest.raises(Invalid, match="Frågan gäller inte längre"):
        accept_handover(cast.session, earlier, actor=cast.rut, now=now)
    assert lock_event(cast.session, event.id).handover is later


def test_the_letters_link_answers_once_and_expires(cast, event, ask, now):
    ask(event)
    token = token_from(cast.session, "handover_question")
    assert handover_by_token(cast.session, token, now=now + timedelta(days=31)) is None
    accept_handover(
        cast.session, handover_by_token(cast.session, token, now=now), actor=NOBODY, now=now, by_letter=True
    )
    assert lock_event(cast.session, event.id).organiser is cast.region
    assert handover_by_token(cast.session, token, now=now) is None


def test_what_would_lose_its_contact_is_not_taken_over(cast, ask, now):
    cast.organiser.public_email = "info@samtal.example"
    event = cast.event(contact_email="")
    make_hosting(cast.session, event, cast.region)
    event = lock_event(cast.session, event.id)
    handover = ask(event)
    with pytest.raises(Invalid, match="skulle sakna kontakt"):
        accept_handover(cast.session, handover, actor=cast.rut, now=now)
    assert event.organiser is cast.organiser
    cast.region.public_phone = "+46545400000"
    accept_handover(cast.session, handover, actor=cast.rut, now=now)
    assert event.organiser is cast.region


def test_a_draft_may_lack_its_contact(cast, ask, now):
    cast.organiser.public_email = "info@samtal.example"
    event = cast.event(EventStatus.DRAFT, contact_email="")
    make_hosting(cast.session, event, cast.region)
    event = lock_event(cast.session, event.id)
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert event.organiser is cast.region


@pytest.mark.parametrize(
    ("status", "expected"), [(EventStatus.DRAFT, True), (EventStatus.RETURNED, False), (EventStatus.PUBLISHED, False)]
)
def test_the_new_one_publishes_its_own_only_where_the_former_could_have(cast, ask, now, status, expected):
    cast.edition.verified_may_publish = True
    event = cast.event(status)
    make_hosting(cast.session, event, cast.region)
    event = lock_event(cast.session, event.id)
    assert publishes_own(cast.anna, event) is expected
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert [publishes_own(who, event) for who in (cast.rut, cast.anna)] == [expected, False]


def test_a_coordinator_does_not_decide_on_an_event_whose_organiser_has_changed_meanwhile(cast, ask, now):
    event = cast.event(EventStatus.SUBMITTED)
    make_hosting(cast.session, event, cast.region)
    event = lock_event(cast.session, event.id)
    read = event.version
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    with pytest.raises(StaleVersion):
        decide(
            cast.session,
            event,
            Decision.PUBLISH,
            reason="",
            criterion_id=None,
            expected_version=read,
            actor=cast.karin,
            now=now,
        )


def test_what_is_sent_in_stays_sent_in(cast, ask, now):
    event = cast.event(EventStatus.DRAFT)
    make_hosting(cast.session, event, cast.region)
    submit_event(cast.session, event, actor=cast.anna, now=now)
    event = accept_handover(cast.session, ask(lock_event(cast.session, event.id)), actor=cast.rut, now=now)
    assert (event.status, event.changed_after_review_at) == (EventStatus.SUBMITTED, None)


def test_it_goes_back_the_same_way(cast, event, ask, now):
    accept_handover(cast.session, ask(event), actor=cast.rut, now=now)
    back = partner(lock_event(cast.session, event.id), "Föreningen Samtal")
    handover = ask_to_take_over(cast.session, back, former_stays=True, actor=cast.rut, now=now)
    accept_handover(cast.session, handover, actor=cast.anna, now=now)
    assert names_of(lock_event(cast.session, event.id)) == ["Föreningen Samtal", "Region Värmland"]


def test_one_that_left_may_be_asked_to_host_again(cast, event, ask, now):
    accept_handover(cast.session, ask(event, stays=False), actor=cast.rut, now=now)
    hosting = invite_organisation(cast.session, event, cast.organiser, CO, actor=cast.rut, now=now)
    assert hosting.state is HostingState.ASKED


def test_a_letter_about_a_change_that_has_not_left_is_recalled(cast, ask, now):
    event = cast.event(EventStatus.DRAFT)
    make_hosting(cast.session, event, cast.region, accepted_facts=material_facts(event))
    save_event(cast.session, event, {"title": "Något annat"}, expected_version=None, actor=cast.anna, now=now)
    assert len(letters(cast.session, "hosting_changed")) == 1
    accept_handover(cast.session, ask(lock_event(cast.session, event.id)), actor=cast.rut, now=now)
    assert letters(cast.session, "hosting_changed") == []


# Declining, taking back, reminding


def test_a_no_changes_nothing_and_is_told(cast, event, ask, now, assert_letter):
    decline_handover(cast.session, ask(event), actor=cast.rut, now=now)
    assert names_of(lock_event(cast.session, event.id)) == ["Föreningen Samtal", "Region Värmland"]
    assert_letter("handover_declined", to=cast.anna.email)


def test_a_no_is_told_to_the_coordinator_who_asked(cast, event, ask, now):
    decline_handover(cast.session, ask(event, actor=cast.karin), actor=cast.rut, now=now)
    told_to = [letter.to_address for letter in letters(cast.session, "handover_declined")]
    assert told_to == [cast.anna.email, cast.karin.email]


def test_the_question_is_taken_back_once(cast, event, ask, now, assert_letter):
    ask(event)
    token = token_from(cast.session, "handover_question")
    for _ in range(2):
        take_back_handover(cast.session, event, actor=cast.anna, now=now)
    assert handover_by_token(cast.session, token, now=now) is None
    assert_letter("handover_taken_back", to=cast.rut.email)
    assert len(letters(cast.session, "handover_taken_back")) == 1


def test_who_takes_another_ones_question_back_tells_them(cast, event, ask, now, assert_letter):
    ask(event, actor=cast.karin)
    take_back_handover(cast.session, event, actor=cast.anna, now=now)
    assert_letter("handover_taken_back", to=cast.karin.email, file="handover_taken_back_told")
    ask(event)
    take_back_handover(cast.session, event, actor=cast.karin, now=now)
    assert letters(cast.session, "handover_taken_back")[-1].to_address == cast.anna.email


@pytest.mark.parametrize("who", ["elis", "rut"])
def test_others_neither_take_back_nor_remind(cast, event, ask, now, who):
    ask(event)
    for act in (take_back_handover, remind_handover):
        with pytest.raises(NotAllowed):
            act(cast.session, event, actor=getattr(cast, who), now=now + timedelta(days=8))


def test_a_reminder_goes_out_once_a_week_and_kills_the_older_link(cast, event, ask, now):
    ask(event)
    first = token_from(cast.session, "handover_question")
    with pytest.raises(Invalid, match="mindre än en vecka"):
        remind_handover(cast.session, event, actor=cast.anna, now=now + timedelta(days=6))
    later = now + timedelta(days=7)
    handover = remind_handover(cast.session, event, actor=cast.anna, now=later)
    assert handover_by_token(cast.session, first, now=later) is None
    assert handover_by_token(cast.session, token_from(cast.session, "handover_question"), now=later) is handover


def test_nobody_is_reminded_of_what_is_over(cast, event, now):
    with pytest.raises(Invalid, match="Frågan gäller inte längre"):
        remind_handover(cast.session, event, actor=cast.anna, now=now)


# Lapsing

CLOSINGS = {
    "cancelled": lambda cast, event, now: cancel_event(cast.session, event, "Sjuk.", actor=cast.anna, now=now),
    "withdrawn": lambda cast, event, now: withdraw_event(cast.session, event, "Fel.", actor=cast.anna, now=now),
    "archived": lambda cast, event, now: archive_edition(cast.session, cast.edition, actor=cast.karin, now=now),
}


@pytest.mark.parametrize("how", CLOSINGS)
def test_it_lapses_when_the_event_is_over(cast, event, ask, now, how, assert_letter):
    ask(event)
    CLOSINGS[how](cast, event, now)
    assert lock_event(cast.session, event.id).handover is None
    assert_letter("handover_lapsed", to=cast.rut.email, file=f"handover_lapsed_{how}")
    assert actions_of(cast.session, event)[-1].action == "lapse_handover"


def test_it_lapses_when_the_event_is_rejected(cast, ask, now):
    event = cast.event(EventStatus.SUBMITTED)
    make_hosting(cast.session, event, cast.region)
    ask(lock_event(cast.session, event.id))
    reject_event(cast.session, event, cast.criterion, "Nej.", actor=cast.karin, now=now)
    assert event.handover is None


def test_it_lapses_when_the_asked_one_steps_off(cast, event, ask, now, assert_letter):
    ask(event)
    withdraw_hosting(cast.session, partner(event), actor=cast.rut, now=now)
    assert lock_event(cast.session, event.id).handover is None
    assert_letter("hosting_answered", to=cast.anna.email, file="hosting_answered_withdraw_leading")
    assert letters(cast.session, "handover_lapsed") == []


def test_the_coordinator_who_asked_hears_that_the_asked_one_stepped_off(cast, event, ask, now, assert_letter):
    ask(event, actor=cast.karin)
    withdraw_hosting(cast.session, partner(event), actor=cast.rut, now=now)
    assert_letter("handover_lapsed", to=cast.karin.email, file="handover_lapsed_stepped_off")


def test_it_stands_when_somebody_else_steps_off(cast, event, ask, now):
    user = make_user(cast.session, "Folke")
    other = make_hosting(cast.session, event, make_organisation(cast.session, "Folkets hus", members=[user]))
    handover = ask(event)
    withdraw_hosting(cast.session, other, actor=actor_of(cast.session, user), now=now)
    assert lock_event(cast.session, event.id).handover is handover


def test_it_lapses_when_the_asked_one_is_suspended(cast, event, ask, now, assert_letter):
    ask(event)
    suspend_organisation(cast.session, cast.region, "Hot.", actor=cast.karin, now=now)
    assert lock_event(cast.session, event.id).handover is None
    assert_letter("handover_lapsed", to=cast.anna.email, file="handover_lapsed_suspended")


def test_a_partner_may_save_the_event_of_one_that_was_suspended(cast, event, ask, now):
    handover = ask(event)
    suspend_organisation(cast.session, cast.organiser, "Hot.", actor=cast.karin, now=now)
    accept_handover(cast.session, handover, actor=cast.rut, now=now)
    assert names_of(lock_event(cast.session, event.id)) == ["Region Värmland"]


def test_one_that_lost_its_verification_some_other_way_cannot_accept(cast, event, ask, now):
    handover = ask(event)
    cast.region.standing = Standing.PENDING
    cast.session.flush()
    with pytest.raises(Invalid, match="kan inte ta över just nu"):
        accept_handover(cast.session, handover, actor=SYSTEM, now=now)


def test_a_draft_is_thrown_away_with_its_question(cast, ask, now):
    event = cast.event(EventStatus.DRAFT)
    make_hosting(cast.session, event, cast.region)
    ask(lock_event(cast.session, event.id))
    delete_draft(cast.session, event, actor=cast.anna, now=now)
    assert cast.session.scalars(sa.select(Handover)).all() == []


# Finding and telling


def test_it_waits_for_the_administrators_of_the_asked(cast, event, ask):
    handover = ask(event)
    waiting = {name: handovers_waiting_for(cast.session, getattr(cast, name)) for name in ("anna", "karin", "rut")}
    assert waiting == {"anna": [], "karin": [], "rut": [handover]}


def test_the_history_tells_it_in_words(cast, event, ask, now):
    take_back = ask(event)
    take_back_handover(cast.session, event, actor=cast.anna, now=now)
    decline_handover(cast.session, ask(event), actor=cast.rut, now=now)
    accept_handover(cast.session, ask(event), actor=NOBODY, now=now, by_letter=True)
    assert take_back is not None

    def translate(message, **values):
        return message % values if values else message

    assert [told(entry, translate)[1:3] for entry in actions_of(cast.session, event)] == [
        ("Anna Andersson", "Frågade Region Värmland om att ta över som huvudarrangör"),
        ("Anna Andersson", "Tog tillbaka frågan till Region Värmland om att ta över"),
        ("Anna Andersson", "Frågade Region Värmland om att ta över som huvudarrangör"),
        ("Rut Rask", "Region Värmland tackade nej till att ta över"),
        ("Anna Andersson", "Frågade Region Värmland om att ta över som huvudarrangör"),
        ("Genom brevet", "Region Värmland tog över som huvudarrangör efter Föreningen Samtal"),
    ]


def test_an_edition_that_is_open_takes_it_too(cast, ask, now):
    cast.edition.state = EditionState.OPEN
    event = cast.event(EventStatus.SUBMITTED)
    make_hosting(cast.session, event, cast.region)
    accept_handover(cast.session, ask(lock_event(cast.session, event.id)), actor=cast.rut, now=now)
    assert event.organiser is cast.region
