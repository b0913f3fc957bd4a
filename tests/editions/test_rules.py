"""Who may manage editions, what they take in, what they lack: truth tables."""

from datetime import date

import pytest

from planner.editions import rules
from planner.editions.models import Criterion, Edition, EditionState, EditionTheme
from planner.organisations.models import MemberRole
from planner.organisations.rules import NOBODY, SYSTEM, Actor

MEMBER = Actor(id=1, roles={7: MemberRole.ADMINISTRATOR})
IN_KIL = Actor(id=2, coordinated_kommuner=frozenset({"1715"}))
COUNTY = Actor(id=3, is_county_coordinator=True)


@pytest.mark.parametrize(
    ("actor", "expected"), [(NOBODY, False), (MEMBER, False), (IN_KIL, False), (COUNTY, True), (SYSTEM, True)]
)
def test_who_may_manage_editions(actor: Actor, expected: bool) -> None:
    assert rules.may_manage_editions(actor) is expected


@pytest.mark.parametrize(
    ("state", "submit_by", "today", "expected"),
    [
        (EditionState.PLANNED, None, date(2027, 6, 1), False),
        (EditionState.OPEN, None, date(2027, 6, 1), True),
        (EditionState.OPEN, None, date(2027, 9, 27), True),
        (EditionState.OPEN, None, date(2027, 9, 28), False),
        (EditionState.OPEN, date(2027, 8, 1), date(2027, 8, 1), True),
        (EditionState.OPEN, date(2027, 8, 1), date(2027, 8, 2), False),
        (EditionState.PUBLISHED, date(2027, 8, 1), date(2027, 8, 1), True),
        (EditionState.PUBLISHED, date(2027, 8, 1), date(2027, 8, 2), False),
        (EditionState.ARCHIVED, None, date(2027, 6, 1), False),
    ],
)
def test_when_an_edition_takes_in_events(
    state: EditionState, submit_by: date | None, today: date, expected: bool
) -> None:
    edition = Edition(state=state, submit_by=submit_by, last_day=date(2027, 9, 27))

    assert rules.accepts_submissions(edition, today) is expected


@pytest.mark.parametrize(
    ("state", "opened", "published", "archived"),
    [
        (EditionState.PLANNED, True, False, False),
        (EditionState.OPEN, False, True, False),
        (EditionState.PUBLISHED, False, False, True),
        (EditionState.ARCHIVED, False, False, False),
    ],
)
def test_which_step_comes_next(state: EditionState, opened: bool, published: bool, archived: bool) -> None:
    edition = Edition(state=state)

    assert rules.may_be_opened(edition) is opened
    assert rules.may_be_published(edition) is published
    assert rules.may_be_archived(edition) is archived


def test_an_empty_edition_lacks_what_organisers_and_residents_must_read() -> None:
    edition = Edition(themes=[], criteria=[], terms="", contact_email="", intro=" ")

    assert [p.field for p in rules.missing_for_opening_edition(edition)] == [
        "criteria",
        "themes",
        "terms",
        "contact_email",
    ]
    assert [p.field for p in rules.missing_for_publishing_edition(edition)] == [
        "criteria",
        "themes",
        "terms",
        "contact_email",
        "intro",
    ]


def test_a_whole_edition_lacks_nothing() -> None:
    edition = Edition(
        themes=[EditionTheme()], criteria=[Criterion()], terms="Vi står bakom.", contact_email="a@b.se", intro="Veckan."
    )

    assert rules.missing_for_publishing_edition(edition) == []
