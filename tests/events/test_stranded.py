"""Drafts of somebody who turned out not to speak for the organisation: theirs alone, and for a while."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from planner.accounts.actions import close_account
from planner.accounts.exports import personal_data
from planner.audit.queries import history_of
from planner.core.errors import NotAllowed
from planner.events.actions import (
    accept_handover,
    ask_to_take_over,
    discard_stranded_draft,
    move_stranded_draft,
    submit_event,
)
from planner.events.facts import material_facts
from planner.events.jobs import forget_stranded_drafts
from planner.events.models import Audience, Event, EventStatus, HostingState
from planner.events.queries import event_for_editing, lock_event, review_queue, stranded_drafts_of
from planner.events.rules import kept_until, may_delete_draft, may_edit_event, may_see_event, may_submit_event, zone_of
from planner.exchange.exporting import export_lines
from planner.organisations.actions import (
    claim_organisation,
    refuse_organisation,
    suspend_organisation,
    verify_organisation,
    withdraw_claim,
)
from planner.organisations.models import Standing
from planner.organisations.rules import SYSTEM
from tests.factories import (
    actor_of,
    make_coordinator,
    make_edition,
    make_event,
    make_handover,
    make_hosting,
    make_member,
    make_organisation,
    make_user,
)
from tests.letterbox import letters_sent

S = EventStatus
REASON = "Ni är inte biblioteket."


@pytest.fixture
def library(session):
    return make_organisation(session, "Bibliotek Värmland", standing=Standing.UNCLAIMED, public_email="b@bib.example")


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def ingvar(session):
    return make_user(session, "Ingvar Impostor", email="ingvar@example.se")


@pytest.fixture
def karin(session):
    return actor_of(session, make_coordinator(session))


@pytest.fixture
def claimed(session, library, ingvar, edition, now):
    """The library, claimed by Ingvar."""
    return claim_organisation(
        session, library, {"responsible_name": "Ingvar"}, actor=actor_of(session, ingvar), now=now
    )


@pytest.fixture
def write(session, claimed, ingvar, edition):
    """Lets Ingvar have written something for the library."""

    def writing(title="Bokcirkel", status=S.DRAFT, **columns):
        wanted = {"audiences": [Audience.EVERYBODY], "created_by_id": ingvar.id, **columns}
        made = make_event(session, title, organiser=claimed, edition=edition, status=status, **wanted)
        return event_for_editing(session, made.id)

    return writing


@pytest.fixture
def refuse(session, claimed, karin, now):
    return lambda: refuse_organisation(session, claimed, REASON, actor=karin, now=now)


def stood(session, event):
    event = lock_event(session, event.id)
    return event.status, event.stranded_at


def logged(session, event):
    return [entry.action for entry in history_of(session, "event", event.id)]


def test_the_letter_tells_what_becomes_of_them(session, write, refuse, assert_letter):
    write("Bokcirkel"), write("Läsecirkel")
    refuse()
    assert_letter("organisation_claim_refused", to="ingvar@example.se", file="claim_refused_with_drafts")


def test_the_letter_tells_of_one_that_was_sent_in(session, write, refuse, assert_letter):
    write(status=S.SUBMITTED)
    refuse()
    assert_letter("organisation_claim_refused", to="ingvar@example.se", file="claim_refused_with_one_sent_in")


def test_the_letter_tells_of_several_of_which_one_was_sent_in(session, write, refuse, assert_letter):
    write("Bokcirkel"), write("Läsecirkel", S.SUBMITTED)
    refuse()
    assert_letter("organisation_claim_refused", to="ingvar@example.se", file="claim_refused_with_several")


def test_they_are_nobodys_but_their_writers(session, write, refuse, ingvar, karin, library, now):
    event = write()
    member = make_user(session, "Bibbi")
    make_member(session, member, library)
    refuse()

    assert stood(session, event) == (S.DRAFT, now)
    people = [actor_of(session, ingvar), actor_of(session, member), karin]
    for rule in (may_see_event, may_edit_event, may_submit_event, may_delete_draft):
        assert [rule(who, event) for who in people] == [False, False, False]
    assert stranded_drafts_of(session, ingvar.id) == [event]
    assert stranded_drafts_of(session, member.id) == []
    assert logged(session, event)[0] == "strand_draft"


def test_one_who_takes_the_claim_back_keeps_them_too(session, write, claimed, ingvar, now):
    event = write()
    left = withdraw_claim(session, claimed, actor=actor_of(session, ingvar), now=now)
    assert left.titles == ["Bokcirkel (DV27-0001)"]
    assert stood(session, event) == (S.DRAFT, now)


@pytest.mark.parametrize("status", [S.SUBMITTED, S.RETURNED])
def test_what_was_sent_in_leaves_the_reviewers_desk(session, write, refuse, karin, edition, now, status):
    event = write(status=status)
    refuse()
    assert stood(session, event) == (S.DRAFT, now)
    assert review_queue(session, karin, edition) == []


def test_what_was_decided_and_what_others_began_stays(session, write, refuse, library, edition):
    rejected = write(status=S.REJECTED)
    other = make_event(session, organiser=library, edition=edition, status=S.DRAFT)
    refuse()
    assert [stood(session, event) for event in (rejected, other)] == [(S.REJECTED, None), (S.DRAFT, None)]


def test_one_that_is_verified_after_all_works_on(session, write, claimed, ingvar, karin, now):
    event = write()
    verify_organisation(session, claimed, actor=karin, now=now)
    assert stood(session, event) == (S.DRAFT, None)
    assert may_edit_event(actor_of(session, ingvar), event)


def test_an_open_question_to_take_over_falls(session, write, refuse, assert_letter):
    event = write(status=S.SUBMITTED)
    partner = make_organisation(session, "Folkets hus", public_email="folkets@hus.example")
    make_handover(session, event, partner)
    refuse()
    assert lock_event(session, event.id).handover is None
    assert_letter("handover_lapsed", to="folkets@hus.example", file="handover_lapsed_stranded")


def test_the_writer_moves_it_to_an_organisation_of_theirs(session, write, refuse, ingvar, now):
    event = write()
    refuse()
    own = make_organisation(session, "Läsecirkeln", members=[ingvar], standing=Standing.PENDING)
    actor = actor_of(session, ingvar)
    for _ in range(2):
        event = move_stranded_draft(session, event, own, actor=actor, now=now)
    assert (event.organiser, event.stranded_at, event.number) == (own, None, "DV27-0001")
    assert (may_edit_event(actor, event), may_delete_draft(actor, event)) == (True, True)
    assert logged(session, event)[:2] == ["move_draft", "strand_draft"]


def test_what_was_sent_in_is_sent_in_again_from_there(session, write, refuse, ingvar, now):
    event = write(status=S.SUBMITTED, contact_email="ingvar@example.se")
    refuse()
    own = make_organisation(session, "Läsecirkeln", members=[ingvar])
    actor = actor_of(session, ingvar)
    event = move_stranded_draft(session, event, own, actor=actor, now=now)
    assert not may_delete_draft(actor, event)
    assert submit_event(session, event, actor=actor, now=now).status is S.SUBMITTED


def test_only_the_writer_moves_it_and_only_to_their_own(session, write, refuse, ingvar, karin, library, now):
    event = write()
    refuse()
    other = make_user(session, "Olle")
    theirs = make_organisation(session, "Grannföreningen", members=[other])
    suspended = make_organisation(session, "Avstängda", members=[ingvar])
    suspend_organisation(session, suspended, "Hot.", actor=SYSTEM, now=now)
    writer = actor_of(session, ingvar)
    for who, where in ((writer, theirs), (writer, suspended), (writer, library), (actor_of(session, other), theirs)):
        with pytest.raises(NotAllowed):
            move_stranded_draft(session, event, where, actor=who, now=now)
    with pytest.raises(NotAllowed):
        move_stranded_draft(session, event, theirs, actor=karin, now=now)
    assert event.organiser is library


def test_partners_of_one_that_moves_are_asked_again(session, write, refuse, ingvar, now):
    event = write()
    for name in ("Folkets hus", "Läsecirkeln"):
        partner = make_organisation(session, name, public_email="p@partner.example")
        make_hosting(session, event, partner, accepted_facts=material_facts(event))
    refuse()
    make_member(session, ingvar, partner)
    event = move_stranded_draft(session, event, partner, actor=actor_of(session, ingvar), now=now)
    assert [(one.name, one.needs_confirmation) for one in event.hostings] == [("Folkets hus", True)]


def test_the_writer_throws_it_away(session, write, refuse, ingvar, now):
    event = write()
    refuse()
    discard_stranded_draft(session, event, actor=actor_of(session, ingvar), now=now)
    assert session.scalars(sa.select(Event)).all() == []


def test_nobody_else_throws_it_away(session, write, refuse, karin, now):
    event = write()
    refuse()
    with pytest.raises(NotAllowed):
        discard_stranded_draft(session, event, actor=karin, now=now)


def test_what_was_sent_in_is_not_thrown_away_but_rejected(session, write, refuse, ingvar, karin, now):
    event = write(status=S.SUBMITTED)
    refuse()
    discard_stranded_draft(session, event, actor=actor_of(session, ingvar), now=now)
    event = lock_event(session, event.id)
    assert (event.status, event.stranded_at, event.decided_at) == (S.REJECTED, None, now)
    assert event.decision_reason == "Den som skickade in företräder inte organisationen."
    assert (may_see_event(karin, event), stranded_drafts_of(session, ingvar.id)) == (True, [])


def test_they_are_there_for_thirty_days(session, write, refuse, now):
    draft, sent_in = write("Utkast"), write("Insänt", S.SUBMITTED)
    refuse()
    assert forget_stranded_drafts(session, now + timedelta(days=30)) == 0
    assert forget_stranded_drafts(session, now + timedelta(days=30, seconds=1)) == 2
    assert session.scalars(sa.select(Event.title)).all() == ["Insänt"]
    assert stood(session, sent_in) == (S.REJECTED, None)
    assert history_of(session, "event", draft.id)[0].actor_name == "Systemet"
    assert forget_stranded_drafts(session, now + timedelta(days=90)) == 0


def test_one_that_closes_the_account_leaves_none(session, write, claimed, ingvar, now):
    write("Utkast")
    close_account(session, ingvar, now=now)
    assert forget_stranded_drafts(session, now) == 1
    assert session.scalars(sa.select(Event)).all() == []


def test_drafts_that_are_somebodys_stay(session, edition, now):
    old = make_event(session, edition=edition, status=S.DRAFT, created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert forget_stranded_drafts(session, now) == 0
    assert stood(session, old) == (S.DRAFT, None)


def test_a_partner_is_told_when_it_goes(session, write, refuse, now):
    event = write()
    make_hosting(session, event, make_organisation(session, "Folkets hus", public_email="f@hus.example"))
    refuse()
    forget_stranded_drafts(session, now + timedelta(days=31))
    assert letters_sent(session)[-1] == ("event_draft_deleted", "f@hus.example")


def test_the_last_day_is_a_whole_one(session, write):
    zone = zone_of(write())
    assert kept_until(datetime(2027, 8, 20, 8, 15, tzinfo=UTC), zone).isoformat() == "2027-09-18"
    assert kept_until(datetime(2027, 8, 20, 23, 15, tzinfo=UTC), zone).isoformat() == "2027-09-19"


def test_they_are_among_what_is_kept_of_the_person(session, write, refuse, ingvar):
    write()
    assert personal_data(session, ingvar)["drafts_without_organisation"] == []
    refuse()
    assert personal_data(session, ingvar)["drafts_without_organisation"] == [
        {"number": "DV27-0001", "title": "Bokcirkel", "created_at": "2027-01-10T12:00:00+00:00"}
    ]


def test_they_are_not_carried_to_another_database(session, write, refuse):
    write()
    assert len(list(export_lines(session))) == 1
    refuse()
    assert list(export_lines(session)) == []


def test_one_whose_partner_takes_over_is_not_stranded(session, write, claimed, ingvar, karin, now):
    rut = make_user(session, "Rut")
    region = make_organisation(session, "Region Värmland", members=[rut], public_email="r@region.example")
    event = write(status=S.SUBMITTED)
    hosting = make_hosting(session, event, region)
    event = lock_event(session, event.id)
    handover = ask_to_take_over(session, hosting, former_stays=True, actor=karin, now=now)
    accept_handover(session, handover, actor=actor_of(session, rut), now=now)
    withdraw_claim(session, claimed, actor=actor_of(session, ingvar), now=now)
    event = lock_event(session, event.id)
    assert (event.organiser, event.stranded_at) == (region, None)
    assert [one for one in event.hostings if one.state is HostingState.ACCEPTED] == []
