"""Who may do what: every kind of person against every status, as truth tables."""

from collections.abc import Callable, Set
from datetime import UTC, datetime

import pytest

from planner.editions.models import Edition, EditionState
from planner.events import rules
from planner.events.models import Event, EventStatus, Handover, Hosting, HostingState, Visibility
from planner.organisations.models import MemberRole, Organisation, OrganisationKind, Standing
from planner.organisations.rules import NOBODY, SYSTEM, Actor

EDITOR, ADMINISTRATOR = MemberRole.EDITOR, MemberRole.ADMINISTRATOR
OWN, EDITING, READING, ASKED, DECLINED, LEFT, STRANGE = range(1, 8)
EARLIER = datetime(2027, 5, 1, tzinfo=UTC)

PEOPLE = {
    "nobody": NOBODY,
    "stranger": Actor(id=1, roles={STRANGE: ADMINISTRATOR}),
    "editor": Actor(id=2, roles={OWN: EDITOR}),
    "administrator": Actor(id=3, roles={OWN: ADMINISTRATOR}),
    "editing partner": Actor(id=4, roles={EDITING: EDITOR}),
    "reading partner": Actor(id=5, roles={READING: ADMINISTRATOR}),
    "asked": Actor(id=6, roles={ASKED: ADMINISTRATOR}),
    "declined": Actor(id=7, roles={DECLINED: ADMINISTRATOR}),
    "left": Actor(id=8, roles={LEFT: ADMINISTRATOR}),
    "right kommun": Actor(id=9, coordinated_kommuner=frozenset({"1780"})),
    "wrong kommun": Actor(id=10, coordinated_kommuner=frozenset({"1715"})),
    "county": Actor(id=11, is_county_coordinator=True),
    "own county": Actor(id=12, is_county_coordinator=True, roles={OWN: EDITOR}),
    "partner county": Actor(id=13, is_county_coordinator=True, roles={READING: EDITOR}),
    "system": SYSTEM,
}
ORGANISER = {"editor", "administrator", "own county", "system"}
COORDINATORS = {"right kommun", "county", "own county", "partner county", "system"}
REVIEWERS = {"right kommun", "county", "system"}
HOSTS = {"editor", "administrator", "editing partner", "reading partner", "own county", "partner county"}
EVERYBODY = set(PEOPLE)

Row = tuple[Callable[[Actor, Event], bool], dict[EventStatus, Set[str]]]
S = EventStatus
OPEN = ORGANISER | COORDINATORS
EDITORS = ORGANISER | {"editing partner"}
HANDING_OVER = {"administrator", "right kommun", "county", "own county", "system"}

TABLES: list[Row] = [
    (
        rules.is_host,
        dict.fromkeys(S, HOSTS),
    ),
    (
        rules.may_see_event,
        {
            **dict.fromkeys(S, HOSTS | {"asked"} | COORDINATORS),
            S.DRAFT: HOSTS | {"asked", "system"},
            **dict.fromkeys((S.PUBLISHED, S.CANCELLED, S.ARCHIVED), EVERYBODY),
        },
    ),
    (
        rules.may_edit_event,
        {
            S.DRAFT: EDITORS,
            **dict.fromkeys((S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.CANCELLED), EDITORS | COORDINATORS),
        },
    ),
    (
        rules.may_manage_hosting,
        {
            S.DRAFT: ORGANISER,
            **dict.fromkeys((S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.CANCELLED), OPEN),
        },
    ),
    (
        rules.may_hand_over,
        {
            S.DRAFT: {"administrator", "system"},
            **dict.fromkeys((S.SUBMITTED, S.RETURNED, S.PUBLISHED), HANDING_OVER),
        },
    ),
    (rules.may_submit_event, {S.DRAFT: ORGANISER, S.RETURNED: OPEN}),
    (rules.may_take_back_event, {S.SUBMITTED: OPEN, S.WITHDRAWN: OPEN}),
    (rules.may_review_event, {S.SUBMITTED: REVIEWERS}),
    (rules.may_publish_event, {S.DRAFT: {"system"}, S.SUBMITTED: REVIEWERS, S.RETURNED: {"system"}}),
    (rules.may_cancel_event, {S.PUBLISHED: OPEN}),
    (rules.may_reinstate_event, {S.CANCELLED: OPEN}),
    (rules.may_withdraw_event, {S.PUBLISHED: OPEN, S.CANCELLED: OPEN}),
    (rules.may_delete_draft, {S.DRAFT: ORGANISER}),
]


def an_event(status: EventStatus = S.DRAFT, **columns: object) -> Event:
    """An event of a verified organisation in Karlstad with a partner in every state."""
    organiser = Organisation(
        id=OWN, name="Egen", kind=OrganisationKind.ASSOCIATION, kommun_code="1780", standing=Standing.VERIFIED
    )
    hostings = [
        Hosting(organisation_id=EDITING, state=HostingState.ACCEPTED, may_edit=True),
        Hosting(organisation_id=READING, state=HostingState.ACCEPTED, may_edit=False),
        Hosting(organisation_id=ASKED, state=HostingState.ASKED, may_edit=True),
        Hosting(organisation_id=DECLINED, state=HostingState.DECLINED, may_edit=True),
        Hosting(organisation_id=LEFT, state=HostingState.WITHDRAWN, may_edit=True),
        Hosting(organisation_id=None, invited_email="ny@example.se", state=HostingState.ASKED, may_edit=True),
    ]
    defaults = {
        "organiser": organiser,
        "organiser_id": OWN,
        "edition": Edition(state=EditionState.PUBLISHED, verified_may_publish=False),
        "visibility": Visibility.PUBLIC,
        "submitted_at": None,
        "hostings": hostings,
    }
    return Event(status=status, **{**defaults, **columns})


def allowed(rule: Callable[[Actor, Event], bool], event: Event) -> set[str]:
    return {name for name, person in PEOPLE.items() if rule(person, event)}


@pytest.mark.parametrize("status", EventStatus)
@pytest.mark.parametrize(("rule", "table"), TABLES, ids=[rule.__name__ for rule, _ in TABLES])
def test_who_may(rule: Callable[[Actor, Event], bool], table: dict[EventStatus, Set[str]], status: EventStatus) -> None:
    assert allowed(rule, an_event(status)) == table.get(status, set())


def test_a_closed_event_is_seen_by_those_that_work_with_it_alone() -> None:
    event = an_event(S.PUBLISHED, visibility=Visibility.CLOSED)

    assert allowed(rules.may_see_event, event) == HOSTS | {"asked"} | COORDINATORS


@pytest.mark.parametrize(
    ("standing", "is_shown"),
    [
        (Standing.UNCLAIMED, True),
        (Standing.PENDING, False),
        (Standing.VERIFIED, True),
        (Standing.REFUSED, False),
        (Standing.SUSPENDED, False),
    ],
)
def test_an_event_is_shown_while_its_organiser_may_be_named(standing: Standing, is_shown: bool) -> None:
    event = an_event(S.PUBLISHED)
    event.organiser.standing = standing

    assert rules.is_shown(event) is is_shown


def test_a_suspended_organisation_may_change_nothing_and_send_in_nothing() -> None:
    event = an_event(S.RETURNED)
    event.organiser.standing = Standing.SUSPENDED

    assert allowed(rules.may_edit_event, event) == {"editing partner"} | COORDINATORS
    assert allowed(rules.may_submit_event, event) == COORDINATORS


def test_a_refused_organisation_may_work_with_drafts_but_not_send_them_in() -> None:
    event = an_event(S.DRAFT)
    event.organiser.standing = Standing.REFUSED

    assert allowed(rules.may_edit_event, event) == EDITORS
    assert allowed(rules.may_submit_event, event) == set()


def test_a_coordinator_sees_and_edits_the_draft_that_they_began_for_somebody() -> None:
    began = an_event(S.DRAFT, created_by_id=PEOPLE["right kommun"].id)

    assert "right kommun" in allowed(rules.may_see_event, began)
    assert "right kommun" in allowed(rules.may_edit_event, began)
    assert "county" not in allowed(rules.may_see_event, began)


def test_a_stranded_draft_is_nobodys_to_work_with_but_its_writers_to_take_along() -> None:
    stranded = an_event(S.DRAFT, stranded_at=EARLIER, created_by_id=PEOPLE["administrator"].id)
    working = (rules.may_submit_event, rules.may_hand_over, rules.may_manage_hosting, rules.may_delete_draft)

    assert allowed(rules.may_take_along, stranded) == {"administrator"}
    assert allowed(rules.is_host, stranded) == {"editing partner", "reading partner", "partner county"}
    assert allowed(rules.may_edit_event, stranded) == {"editing partner", "system"}
    assert [allowed(rule, stranded) for rule in working] == [{"system"}] * 4
    assert allowed(rules.may_take_along, an_event(S.DRAFT, created_by_id=PEOPLE["administrator"].id)) == set()


def test_a_stranded_draft_is_not_published_by_those_whose_name_it_has() -> None:
    open_edition = Edition(state=EditionState.OPEN, verified_may_publish=True)
    stranded = an_event(S.DRAFT, stranded_at=EARLIER, edition=open_edition)

    assert allowed(rules.may_publish_event, stranded) == {"system"}


@pytest.mark.parametrize("began", ["right kommun", "county"])
def test_a_coordinator_who_began_it_under_a_claim_does_not_work_with_it_either(began: str) -> None:
    stranded = an_event(S.DRAFT, stranded_at=EARLIER, created_by_id=PEOPLE[began].id)

    assert began not in allowed(rules.may_edit_event, stranded) | allowed(rules.may_submit_event, stranded)


def test_nobody_began_a_draft_whose_beginner_is_gone() -> None:
    assert "nobody" not in allowed(rules.may_see_event, an_event(S.DRAFT, created_by_id=None))


def test_a_region_without_kommun_is_coordinated_by_the_county() -> None:
    event = an_event(S.SUBMITTED)
    event.organiser.kommun_code = None

    assert allowed(rules.may_review_event, event) == {"county", "system"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (EditionState.PLANNED, set()),
        (EditionState.OPEN, {"administrator"}),
        (EditionState.PUBLISHED, {"administrator"}),
        (EditionState.ARCHIVED, set()),
    ],
)
def test_where_the_edition_lets_them_verified_organisers_publish_their_own(
    state: EditionState, expected: set[str]
) -> None:
    event = an_event(S.DRAFT, edition=Edition(state=state, verified_may_publish=True))

    assert allowed(rules.may_publish_event, event) == expected | {"system"}


def test_what_a_coordinator_sent_back_comes_back_by_a_review() -> None:
    event = an_event(S.RETURNED, edition=Edition(state=EditionState.OPEN, verified_may_publish=True))

    assert allowed(rules.may_publish_event, event) == {"system"}


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.VERIFIED])
def test_an_organiser_that_is_not_verified_does_not_publish_its_own(standing: Standing) -> None:
    event = an_event(S.DRAFT, edition=Edition(state=EditionState.OPEN, verified_may_publish=True))
    event.organiser.standing = standing

    assert allowed(rules.may_publish_event, event) == {"system"}


def test_what_was_unpublished_comes_back_by_a_review_only() -> None:
    event = an_event(S.DRAFT, published_at=EARLIER, edition=Edition(state=EditionState.OPEN, verified_may_publish=True))

    assert allowed(rules.may_publish_event, event) == {"system"}


def test_a_draft_that_was_once_sent_in_is_never_thrown_away() -> None:
    assert allowed(rules.may_delete_draft, an_event(S.DRAFT, submitted_at=EARLIER)) == set()


def test_a_change_is_acknowledged_by_those_who_could_have_reviewed_it() -> None:
    changed = an_event(S.PUBLISHED, changed_after_review_at=EARLIER)

    assert allowed(rules.may_acknowledge_change, changed) == REVIEWERS
    assert allowed(rules.may_acknowledge_change, an_event(S.PUBLISHED)) == set()


@pytest.mark.parametrize(("organisation_id", "person"), [(ASKED, "asked"), (READING, "reading partner")])
def test_only_the_asked_organisation_answers(organisation_id: int, person: str) -> None:
    hosting = Hosting(organisation_id=organisation_id)

    answering = {name for name, actor in PEOPLE.items() if rules.may_answer_hosting(actor, hosting)}

    also = {"partner county"} if organisation_id == READING else set()
    assert answering == {person, "system"} | also


@pytest.mark.parametrize(
    ("organisation_id", "answering"),
    [(ASKED, {"asked"}), (READING, {"reading partner"}), (EDITING, set()), (OWN, {"administrator"})],
)
def test_administrators_of_the_asked_organisation_take_over(organisation_id: int, answering: set[str]) -> None:
    handover = Handover(organisation_id=organisation_id)

    able = {name for name, actor in PEOPLE.items() if rules.may_answer_handover(actor, handover)}
    assert able == answering | {"system"}


@pytest.mark.parametrize("state", HostingState)
@pytest.mark.parametrize("standing", Standing)
def test_a_verified_partner_that_has_said_yes_is_able_to_lead(state: HostingState, standing: Standing) -> None:
    hosting = Hosting(state=state, organisation=Organisation(name="Partner", standing=standing))

    expected = state is HostingState.ACCEPTED and standing is Standing.VERIFIED
    assert rules.is_able_to_lead(hosting) is expected


def test_nobody_leads_who_is_not_registered() -> None:
    assert rules.is_able_to_lead(Hosting(state=HostingState.ASKED, organisation=None)) is False


def test_a_draft_that_a_coordinator_began_is_theirs_to_hand_over() -> None:
    began = an_event(S.DRAFT, created_by_id=PEOPLE["right kommun"].id)

    assert "right kommun" in allowed(rules.may_hand_over, began)


def test_nobody_answers_for_an_organisation_that_is_not_registered() -> None:
    hosting = Hosting(organisation_id=None)

    assert {name for name, actor in PEOPLE.items() if rules.may_answer_hosting(actor, hosting)} == {"system"}


def test_members_and_coordinators_begin_events_for_an_organisation() -> None:
    organiser = an_event().organiser

    assert {name for name, actor in PEOPLE.items() if rules.may_begin_event(actor, organiser)} == OPEN


def test_members_of_a_suspended_organisation_begin_nothing() -> None:
    organiser = an_event().organiser
    organiser.standing = Standing.SUSPENDED

    assert {name for name, actor in PEOPLE.items() if rules.may_begin_event(actor, organiser)} == COORDINATORS


def test_a_change_is_help_when_a_coordinator_makes_it_in_somebody_elses_event() -> None:
    assert allowed(rules.is_help, an_event(S.SUBMITTED)) == {"right kommun", "county", "partner county"}
    assert allowed(rules.is_help, an_event(S.DRAFT)) == set()


LEADS_FROM = {
    rules.Step.SUBMIT: {S.DRAFT, S.RETURNED},
    rules.Step.TAKE_BACK: {S.SUBMITTED, S.WITHDRAWN},
    rules.Step.RETURN: {S.SUBMITTED},
    rules.Step.REJECT: {S.SUBMITTED},
    rules.Step.PUBLISH: {S.DRAFT, S.SUBMITTED, S.RETURNED},
    rules.Step.CANCEL: {S.PUBLISHED},
    rules.Step.REINSTATE: {S.CANCELLED},
    rules.Step.WITHDRAW: {S.PUBLISHED, S.CANCELLED},
    rules.Step.ARCHIVE: {S.PUBLISHED},
}


@pytest.mark.parametrize("step", rules.Step)
def test_a_step_leads_on_from_these_statuses_alone(step: rules.Step) -> None:
    assert {status for status in S if rules.is_step_open(status, step)} == LEADS_FROM[step]
    assert "%(status)s" in step.refusal
