"""An edition from planned to archived, copied, and refused."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.editions import actions, defaults, queries
from planner.editions.defaults import CriterionFields
from planner.editions.fields import EditionFields
from planner.editions.models import Edition, EditionState
from planner.editions.signals import edition_archived, edition_days_changed
from planner.events.models import EventStatus
from planner.organisations.rules import SYSTEM, Actor
from tests.factories import (
    actor_of,
    make_coordinator,
    make_criterion,
    make_edition,
    make_event,
    make_organisation,
    make_theme,
)
from tests.factories import make_user as make_person

WEEK: EditionFields = {
    "name": "Demokrativeckan 2027",
    "first_day": date(2027, 9, 20),
    "last_day": date(2027, 9, 27),
    "contact_email": "Demokrati@Lansstyrelsen.se",
}


@pytest.fixture
def county(session: Session) -> Actor:
    return actor_of(session, make_coordinator(session))


@pytest.fixture
def edition(session: Session, county: Actor, now: datetime) -> Edition:
    return actions.create_edition(session, WEEK, actor=county, now=now)


def whole(session: Session, edition: Edition) -> Edition:
    session.flush()
    loaded = queries.edition_with_all(session, edition.slug)
    assert loaded is not None
    return loaded


def test_a_new_edition_is_planned_with_the_default_themes_criteria_and_terms(
    session: Session, edition: Edition
) -> None:
    loaded = whole(session, edition)

    assert (loaded.slug, loaded.year, loaded.number_prefix) == ("demokrativeckan-2027", 2027, "DV27")
    assert loaded.state is EditionState.PLANNED
    assert loaded.contact_email == "demokrati@lansstyrelsen.se"
    assert loaded.terms == defaults.TERMS
    assert [row.theme.name for row in loaded.themes] == list(defaults.THEMES)
    assert [row.code for row in loaded.criteria] == [criterion["code"] for criterion in defaults.CRITERIA]


def test_themes_are_shared_between_editions(session: Session, edition: Edition, county: Actor, now: datetime) -> None:
    other = actions.create_edition(
        session,
        {**WEEK, "name": "Demokrativeckan 2028", "first_day": date(2028, 9, 18), "last_day": date(2028, 9, 25)},
        actor=county,
        now=now,
    )

    assert [row.theme_id for row in whole(session, other).themes] == [row.theme_id for row in edition.themes]


@pytest.mark.parametrize("kommun_code", ["1780", "nobody"])
def test_only_the_county_may_change_editions(
    session: Session, edition: Edition, kommun_code: str, now: datetime
) -> None:
    person = make_person(session) if kommun_code == "nobody" else make_coordinator(session, kommun_code)
    stranger = actor_of(session, person)

    with pytest.raises(NotAllowed):
        actions.create_edition(session, WEEK, actor=stranger, now=now)
    with pytest.raises(NotAllowed):
        actions.change_edition(session, edition, {"intro": "Hej"}, expected_version=None, actor=stranger, now=now)
    for step in (actions.open_edition, actions.publish_edition, actions.archive_edition):
        with pytest.raises(NotAllowed):
            step(session, edition, actor=stranger, now=now)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"last_day": date(2027, 9, 19)}, "last_day"),
        ({"last_day": date(2028, 9, 27)}, "last_day"),
        ({"submit_by": date(2027, 9, 28)}, "submit_by"),
        ({"print_by": date(2027, 9, 28)}, "print_by"),
        ({"number_prefix": "D V"}, "number_prefix"),
        ({"contact_email": "demokrati"}, "contact_email"),
        ({"time_zone": "Värmland"}, "time_zone"),
    ],
)
def test_what_does_not_hold_together_is_refused_at_its_field(
    session: Session, county: Actor, change: dict[str, Any], field: str, now: datetime
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_edition(session, {**WEEK, **change}, actor=county, now=now)  # type: ignore[typeddict-item]

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_two_editions_never_share_name_address_or_number(
    session: Session, edition: Edition, county: Actor, now: datetime
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_edition(session, WEEK, actor=county, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["name", "slug", "number_prefix"]


def test_opening_and_publishing_raise_the_revision_and_are_logged(
    session: Session, edition: Edition, county: Actor, now: datetime
) -> None:
    before = edition.revision
    loaded = whole(session, edition)

    actions.open_edition(session, loaded, actor=county, now=now)
    actions.publish_edition(session, loaded, actor=county, now=now)

    assert loaded.state is EditionState.PUBLISHED
    assert loaded.revision == before + 2
    assert queries.current_edition(session) is loaded
    assert [entry.action for entry in history_of(session, "edition", edition.id)] == [
        "publish_edition",
        "open_edition",
        "create_edition",
    ]


def test_an_edition_without_contact_does_not_open(session: Session, county: Actor, now: datetime) -> None:
    edition = actions.create_edition(session, {**WEEK, "contact_email": ""}, actor=county, now=now)

    with pytest.raises(Invalid) as refusal:
        actions.open_edition(session, whole(session, edition), actor=county, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["contact_email"]
    assert edition.state is EditionState.PLANNED


def test_steps_cannot_be_taken_out_of_order(session: Session, edition: Edition, county: Actor, now: datetime) -> None:
    loaded = whole(session, edition)

    for step in (actions.publish_edition, actions.archive_edition):
        with pytest.raises(Invalid):
            step(session, loaded, actor=county, now=now)
    actions.open_edition(session, loaded, actor=county, now=now)
    with pytest.raises(Invalid):
        actions.open_edition(session, loaded, actor=county, now=now)


def test_archiving_tells_the_features_above_and_keeps_the_edition_public(
    session: Session, county: Actor, now: datetime
) -> None:
    edition = make_edition(session)
    told: list[Edition] = []

    def listen(sender: Edition, **_rest: Any) -> None:
        told.append(sender)

    with edition_archived.connected_to(listen):
        actions.archive_edition(session, edition, actor=county, now=now)

    assert told == [edition]
    assert edition.is_public
    assert queries.current_edition(session) is None
    assert list(queries.public_editions(session)) == [edition]


def test_a_change_of_a_public_edition_raises_the_revision(session: Session, county: Actor, now: datetime) -> None:
    edition = make_edition(session)
    before = edition.revision

    actions.change_edition(session, edition, {"intro": "Välkommen!"}, expected_version=None, actor=county, now=now)

    assert edition.revision == before + 1
    assert history_of(session, "edition", edition.id)[0].details == {"changed": ["intro"]}


def test_the_second_of_two_is_told_and_nothing_is_overwritten(session: Session, county: Actor, now: datetime) -> None:
    edition = make_edition(session)
    actions.change_edition(session, edition, {"intro": "Först"}, expected_version=1, actor=county, now=now)

    with pytest.raises(StaleVersion) as refusal:
        actions.change_edition(session, edition, {"intro": "Sedan"}, expected_version=1, actor=county, now=now)

    assert (refusal.value.current_version, edition.intro) == (2, "Först")


def test_nothing_changed_is_no_change_even_sent_twice(session: Session, county: Actor, now: datetime) -> None:
    edition, theme = make_edition(session), make_theme(session)
    criteria: list[CriterionFields] = [{"code": "oppen", "title": "Öppen för alla", "text": ""}]
    stated: EditionFields = {"intro": " Hej ", "themes": [theme], "criteria": criteria}
    for _twice in range(2):
        actions.change_edition(session, edition, stated, expected_version=1, actor=county, now=now)

    assert (edition.version, len(history_of(session, "edition", edition.id))) == (2, 1)
    assert history_of(session, "edition", edition.id)[0].details == {"changed": ["criteria", "intro", "themes"]}


def test_a_change_of_days_is_told_on(session: Session, edition: Edition, county: Actor, now: datetime) -> None:
    told: list[date] = []

    def listen(sender: Edition, **_rest: Any) -> None:
        told.append(sender.last_day)

    with edition_days_changed.connected_to(listen):
        actions.change_edition(session, edition, {"intro": "Hej"}, expected_version=None, actor=county, now=now)
        actions.change_edition(
            session, edition, {"last_day": date(2027, 9, 26)}, expected_version=None, actor=county, now=now
        )

    assert told == [date(2027, 9, 26)]


def test_criteria_can_be_added_reworded_and_removed(
    session: Session, edition: Edition, county: Actor, now: datetime
) -> None:
    loaded = whole(session, edition)
    kept = loaded.criteria[1].id

    actions.change_edition(
        session,
        loaded,
        {
            "criteria": [
                {"code": "oppet", "title": "Öppet för alla", "text": "Nytt."},
                {"code": "", "title": "Bra ljud", "text": ""},
                {"code": "", "title": "Bra ljud", "text": "Två gånger"},
                {"code": "", "title": " ", "text": "utan rubrik"},
            ]
        },
        expected_version=None,
        actor=county,
        now=now,
    )

    again = whole(session, edition)
    assert [(c.code, c.title, c.text) for c in again.criteria] == [
        ("oppet", "Öppet för alla", "Nytt."),
        ("bra-ljud", "Bra ljud", ""),
        ("bra-ljud-2", "Bra ljud", "Två gånger"),
    ]
    assert again.criteria[0].id == kept


def test_a_criterion_that_a_decision_names_has_to_stay(session: Session, county: Actor, now: datetime) -> None:
    edition = make_edition(session)
    criterion = make_criterion(session, edition)
    make_event(
        session,
        edition=edition,
        organiser=make_organisation(session),
        status=EventStatus.REJECTED,
        decision_criterion_id=criterion.id,
    )

    with pytest.raises(Invalid) as refusal:
        actions.change_edition(
            session, whole(session, edition), {"criteria": []}, expected_version=None, actor=county, now=now
        )

    assert [problem.field for problem in refusal.value.problems] == ["criteria"]
    assert [row.code for row in whole(session, edition).criteria] == ["oppen"]


def test_a_copy_has_the_themes_and_criteria_and_its_own_days(
    session: Session, edition: Edition, county: Actor, now: datetime
) -> None:
    actions.change_edition(
        session,
        whole(session, edition),
        {"themes": [], "criteria": [{"code": "eget", "title": "Eget kriterium", "text": "Så här."}]},
        expected_version=None,
        actor=county,
        now=now,
    )

    copy = actions.copy_edition(
        session,
        whole(session, edition),
        {"name": "Demokrativeckan 2029", "first_day": date(2029, 9, 17), "last_day": date(2029, 9, 24)},
        actor=county,
        now=now,
    )

    loaded = whole(session, copy)
    assert (loaded.year, loaded.number_prefix, loaded.next_number) == (2029, "DV29", 1)
    assert loaded.contact_email == "demokrati@lansstyrelsen.se"
    assert [c.title for c in loaded.criteria] == ["Eget kriterium"]
    assert loaded.themes == []
    assert loaded.state is EditionState.PLANNED


def test_a_theme_is_made_once(session: Session) -> None:
    first = actions.ensure_theme(session, "val", "Val")

    assert actions.ensure_theme(session, "val", "Något annat") is first
    assert first.name == "Val"


def test_the_system_may_do_it_all(session: Session, now: datetime) -> None:
    edition = actions.create_edition(session, WEEK, actor=SYSTEM, now=now)
    for step in (actions.open_edition, actions.publish_edition, actions.archive_edition):
        step(session, whole(session, edition), actor=SYSTEM, now=now)

    assert edition.state is EditionState.ARCHIVED
