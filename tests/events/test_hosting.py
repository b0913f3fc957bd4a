"""Joint means consented: asked, answered, stepped off, and asked again when what was agreed has changed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from planner.audit.models import LogEntry
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.events.actions.drafts import save_event
from planner.events.actions.hosting import (
    accept_hosting,
    change_hosting,
    confirm_hosting,
    decline_hosting,
    invite_by_email,
    invite_organisation,
    remind_hosting,
    take_back_invitation,
    tie_invitation,
    withdraw_hosting,
)
from planner.events.actions.workflow import cancel_event
from planner.events.facts import facts_print, material_facts
from planner.events.models import EventStatus, Hosting, HostingRole, HostingState
from planner.events.queries import accepted_hostings, hosting_by_token, lock_event
from planner.mail.models import Letter
from planner.organisations.models import Standing
from planner.organisations.queries import actor_for
from planner.organisations.rules import NOBODY
from tests.factories import make_event, make_organisation, make_user

CO = HostingRole.CO_ORGANISER


@pytest.fixture
def anna(session):
    return make_user(session, "Anna Ahl", email="anna@arvika.example")


@pytest.fixture
def rut(session):
    return make_user(session, "Rut Rönn", email="rut@region.example")


@pytest.fixture
def event(session, anna):
    organiser = make_organisation(session, "Arvika kommun", members=[anna])
    return lock_event(session, make_event(session, "Samtal om demokrati", organiser=organiser).id)


@pytest.fixture
def region(session, rut):
    return make_organisation(session, "Region Värmland", members=[rut])


@pytest.fixture
def owner(session, event, anna):
    return actor_for(session, anna.id)


@pytest.fixture
def partner(session, region, rut):
    return actor_for(session, rut.id)


@pytest.fixture
def asked(session, event, region, owner, now):
    hosting = invite_organisation(session, event, region, CO, message="Vill ni?", actor=owner, now=now)
    lock_event(session, event.id)
    return hosting


@pytest.fixture
def accepted(session, asked, partner, now):
    return accept_hosting(session, asked, actor=partner, now=now)


def names_shown(session, event):
    return [hosting.name for hosting in accepted_hostings(lock_event(session, event.id))]


def token_in(letter):
    return letter.body.split("/svar/")[1].split()[0]


def retitle(session, event, title, owner, now):
    event = lock_event(session, event.id)
    return save_event(session, event, {"title": title}, expected_version=event.version, actor=owner, now=now)


def letters(session, name):
    return session.scalars(sa.select(Letter).where(Letter.name == name).order_by(Letter.id)).all()


def test_an_invitation_reaches_the_administrators(session, asked, assert_letter):
    assert (asked.state, asked.role) == (HostingState.ASKED, CO)
    assert_letter("hosting_invitation", to="rut@region.example")


def test_a_name_is_shown_only_while_it_is_accepted(session, event, asked, partner, now):
    assert names_shown(session, event) == []
    accept_hosting(session, asked, actor=partner, now=now)
    assert names_shown(session, event) == ["Region Värmland"]
    withdraw_hosting(session, asked, actor=partner, now=now)
    assert names_shown(session, event) == []


def test_the_name_of_one_that_is_not_verified_waits(session, event, region, accepted):
    region.standing = Standing.PENDING
    assert names_shown(session, event) == []


def test_asking_twice_asks_once(session, event, region, asked, owner, now):
    again = invite_organisation(session, event, region, CO, actor=owner, now=now)
    assert again.id == asked.id
    assert len(letters(session, "hosting_invitation")) == 1


def test_the_main_organiser_cannot_be_asked(session, event, owner, now):
    with pytest.raises(Invalid, match="redan huvudarrangör"):
        invite_organisation(session, event, event.organiser, CO, actor=owner, now=now)


def test_one_that_has_no_address_cannot_be_asked_by_name(session, event, owner, now):
    silent = make_organisation(session, "Tysta föreningen", public_email="")
    with pytest.raises(Invalid, match="Bjud in den med e-post"):
        invite_organisation(session, event, silent, CO, actor=owner, now=now)


@pytest.mark.parametrize("status", [EventStatus.REJECTED, EventStatus.WITHDRAWN, EventStatus.CANCELLED])
def test_nobody_is_asked_to_what_is_over(session, event, region, owner, now, status):
    event.status = status
    with pytest.raises((Invalid, NotAllowed)):
        invite_organisation(session, event, region, CO, actor=owner, now=now)


def test_a_stranger_neither_asks_nor_answers(session, event, region, asked, now):
    stranger_user = make_user(session, "Sven Sund")
    make_organisation(session, "Grannföreningen", members=[stranger_user])
    stranger = actor_for(session, stranger_user.id)
    for act in (
        lambda who: invite_organisation(session, event, region, CO, actor=who, now=now),
        lambda who: accept_hosting(session, asked, actor=who, now=now),
        lambda who: decline_hosting(session, asked, actor=who, now=now),
        lambda who: withdraw_hosting(session, asked, actor=who, now=now),
        lambda who: take_back_invitation(session, asked, actor=who, now=now),
        lambda who: change_hosting(session, asked, role=CO, may_edit=False, actor=who, now=now),
    ):
        for who in (stranger, NOBODY):
            with pytest.raises(NotAllowed):
                act(who)
    assert asked.state is HostingState.ASKED


def test_the_main_organiser_cannot_answer_for_a_partner(session, asked, owner, now):
    with pytest.raises(NotAllowed):
        accept_hosting(session, asked, actor=owner, now=now)


@pytest.mark.parametrize("answer", ["accept", "decline", "withdraw"])
def test_each_answer_reaches_the_main_organiser(session, asked, partner, now, answer, assert_letter):
    if answer == "withdraw":
        accept_hosting(session, asked, actor=partner, now=now)
    act = {"accept": accept_hosting, "decline": decline_hosting, "withdraw": withdraw_hosting}[answer]
    act(session, asked, actor=partner, now=now)
    assert_letter("hosting_answered", to="anna@arvika.example", file=f"hosting_answered_{answer}")


def test_answers_land_in_the_log(session, event, accepted, now):
    entries = session.scalars(sa.select(LogEntry).where(LogEntry.subject_id == event.id).order_by(LogEntry.id)).all()
    assert [(entry.action, entry.actor_name) for entry in entries[-2:]] == [
        ("invite_organisation", "Anna Ahl"),
        ("accept_hosting", "Rut Rönn"),
    ]


def test_a_double_click_answers_once(session, accepted, partner, now):
    accept_hosting(session, accepted, actor=partner, now=now)
    assert len(letters(session, "hosting_answered")) == 1


def test_one_that_declined_waits_to_be_asked_again(session, event, region, asked, owner, partner, now):
    decline_hosting(session, asked, actor=partner, now=now)
    with pytest.raises(Invalid, match="gäller inte längre"):
        accept_hosting(session, asked, actor=partner, now=now)
    again = invite_organisation(session, event, region, CO, actor=owner, now=now)
    assert (again.id, again.state) == (asked.id, HostingState.ASKED)


def test_the_letters_link_answers_once(session, event, asked, now):
    token = token_in(letters(session, "hosting_invitation")[0])
    hosting = hosting_by_token(session, token, now=now)
    accept_hosting(session, hosting, actor=NOBODY, now=now, by_letter=True)
    assert (hosting.state, hosting.answered_by_letter) == (HostingState.ACCEPTED, True)
    assert hosting_by_token(session, token, now=now) is None


def test_the_receipt_lets_the_partner_step_off_later_without_an_account(session, event, asked, now, assert_letter):
    token = token_in(letters(session, "hosting_invitation")[0])
    accept_hosting(session, hosting_by_token(session, token, now=now), actor=NOBODY, now=now, by_letter=True)
    receipt = assert_letter("hosting_receipt", to="rut@region.example")
    later = now + timedelta(days=120)
    hosting = hosting_by_token(session, token_in(receipt), now=later)
    withdraw_hosting(session, hosting, actor=NOBODY, now=later, by_letter=True)
    assert names_shown(session, event) == []
    assert hosting_by_token(session, token_in(receipt), now=later) is None


def test_nobody_says_yes_to_what_they_never_saw(session, event, asked, owner, partner, now):
    seen = facts_print(material_facts(event))
    retitle(session, event, "Samtal om något annat", owner, now)
    with pytest.raises(StaleVersion):
        accept_hosting(session, asked, seen=seen, actor=partner, now=now)
    assert asked.state is HostingState.ASKED
    accept_hosting(session, asked, seen=facts_print(material_facts(event)), actor=partner, now=now)
    assert asked.state is HostingState.ACCEPTED


def test_the_letters_link_expires(session, asked, now):
    token = token_in(letters(session, "hosting_invitation")[0])
    assert hosting_by_token(session, token, now=now + timedelta(days=31)) is None


def test_an_organisation_that_is_not_there_is_asked_by_email(session, event, owner, now, assert_letter):
    hosting = invite_by_email(session, event, " Info@Ny.Example ", "Nya föreningen", CO, actor=owner, now=now)
    assert (hosting.invited_email, hosting.name, hosting.organisation_id) == ("info@ny.example", "Nya föreningen", None)
    assert_letter("hosting_invitation", to="info@ny.example", file="hosting_invitation_new")
    with pytest.raises(Invalid, match="Registrera organisationen först"):
        accept_hosting(session, hosting, actor=NOBODY, now=now, by_letter=True)


def test_an_invitation_by_email_is_tied_to_the_organisation_registered_from_it(session, event, owner, now):
    hosting = invite_by_email(session, event, "info@ny.example", "Nya föreningen", CO, actor=owner, now=now)
    new = make_organisation(session, "Nya föreningen", standing=Standing.PENDING)
    assert tie_invitation(session, hosting, new).organisation_id == new.id
    accept_hosting(session, hosting, actor=NOBODY, now=now, by_letter=True)
    assert names_shown(session, event) == []
    new.standing = Standing.VERIFIED
    assert names_shown(session, event) == ["Nya föreningen"]


def test_an_invitation_to_one_that_hosts_already_is_not_doubled(session, event, region, accepted, owner, now):
    extra = invite_by_email(session, event, "annan@region.example", "Regionen", CO, actor=owner, now=now)
    lock_event(session, event.id)
    assert tie_invitation(session, extra, region).id == accepted.id
    session.flush()
    assert session.scalars(sa.select(Hosting.id).where(Hosting.event_id == event.id)).all() == [accepted.id]


def test_a_material_change_asks_the_accepted_again(session, event, accepted, owner, now, assert_letter):
    retitle(session, event, "Samtal om något annat", owner, now)
    assert accepted.needs_confirmation
    assert names_shown(session, event) == ["Region Värmland"]
    assert_letter("hosting_changed", to="rut@region.example")


def test_a_small_edit_stays_quiet(session, event, accepted, owner, now):
    event = lock_event(session, event.id)
    save_event(session, event, {"summary": "Nya ord."}, expected_version=event.version, actor=owner, now=now)
    assert not accepted.needs_confirmation
    assert letters(session, "hosting_changed") == []


def test_the_partner_confirms_what_it_has_become(session, event, accepted, owner, partner, now, assert_letter):
    retitle(session, event, "Samtal om något annat", owner, now)
    confirm_hosting(session, accepted, actor=partner, now=now)
    assert not accepted.needs_confirmation
    assert accepted.accepted_facts["title"] == "Samtal om något annat"
    assert_letter("hosting_answered", to="anna@arvika.example", file="hosting_answered_confirm")


def test_what_is_called_off_is_confirmed_by_whom_it_was_told_to(session, event, accepted, owner, partner, now):
    cancel_event(session, event, "Sjukdom", actor=owner, now=now)
    retitle(session, event, "Inställt: samtal om demokrati", owner, now)
    confirm_hosting(session, accepted, actor=partner, now=now)
    assert not accepted.needs_confirmation


def test_the_changed_letters_link_confirms(session, event, accepted, owner, now):
    retitle(session, event, "Samtal om något annat", owner, now)
    hosting = hosting_by_token(session, token_in(letters(session, "hosting_changed")[0]), now=now)
    accept_hosting(session, hosting, actor=NOBODY, now=now, by_letter=True)
    assert not hosting.needs_confirmation


def test_a_change_that_is_taken_back_needs_no_answer(session, event, accepted, owner, now):
    title = event.title
    retitle(session, event, "Något annat", owner, now)
    retitle(session, event, title, owner, now)
    assert not accepted.needs_confirmation


def test_changes_to_a_draft_are_gathered_in_one_letter(session, event, accepted, owner, now):
    event.status, event.published_at = EventStatus.DRAFT, None
    for title in ("Första", "Andra", "Tredje"):
        retitle(session, event, title, owner, now)
    (letter,) = letters(session, "hosting_changed")
    assert letter.due_at == now + timedelta(minutes=10)
    assert "Tredje" in letter.body


def test_taking_back_an_open_question(session, event, asked, owner, now, assert_letter):
    take_back_invitation(session, asked, actor=owner, now=now)
    session.flush()
    assert session.scalars(sa.select(Hosting.id)).all() == []
    assert_letter("hosting_taken_back", to="rut@region.example")


def test_what_is_answered_cannot_be_taken_back(session, accepted, owner, now):
    with pytest.raises(Invalid, match="redan svarat"):
        take_back_invitation(session, accepted, actor=owner, now=now)


def test_a_reminder_goes_out_once_a_week_and_kills_the_older_link(session, asked, owner, now):
    first = token_in(letters(session, "hosting_invitation")[0])
    with pytest.raises(Invalid, match="mindre än en vecka"):
        remind_hosting(session, asked, actor=owner, now=now + timedelta(days=6))
    later = now + timedelta(days=7)
    remind_hosting(session, asked, actor=owner, now=later)
    assert hosting_by_token(session, first, now=later) is None
    assert hosting_by_token(session, token_in(letters(session, "hosting_invitation")[1]), now=later).id == asked.id


def test_the_role_is_what_was_said_yes_to(session, accepted, owner, now):
    with pytest.raises(Invalid, match="sa ja till just den"):
        change_hosting(session, accepted, role=HostingRole.SUPPORTER, may_edit=True, actor=owner, now=now)
    change_hosting(session, accepted, role=CO, may_edit=False, actor=owner, now=now)
    assert not accepted.may_edit
