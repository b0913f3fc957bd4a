"""Who may do what with places: truth tables."""

import pytest

from planner.organisations.models import MemberRole
from planner.organisations.rules import NOBODY, SYSTEM, Actor
from planner.venues import rules
from planner.venues.models import Venue, VenueKind

OWNER = 7
EDITOR = Actor(id=1, roles={OWNER: MemberRole.EDITOR})
STRANGER = Actor(id=2, roles={8: MemberRole.ADMINISTRATOR})
IN_KIL = Actor(id=3, coordinated_kommuner=frozenset({"1715"}))
IN_KARLSTAD = Actor(id=4, coordinated_kommuner=frozenset({"1780"}))
COUNTY = Actor(id=5, is_county_coordinator=True)
ACTORS = (NOBODY, STRANGER, EDITOR, IN_KIL, IN_KARLSTAD, COUNTY, SYSTEM)


def place(kommun_code: str | None = "1780", owner_id: int | None = OWNER, **columns: object) -> Venue:
    return Venue(
        **{"kind": VenueKind.PHYSICAL, "is_private": False, **columns}, kommun_code=kommun_code, owner_id=owner_id
    )


def table(rule: object, *things: object) -> list[bool]:
    return [rule(actor, *things) for actor in ACTORS]  # type: ignore[operator]


NO, YES = False, True


@pytest.mark.parametrize(
    ("owner_id", "expected"),
    [
        # nobody, stranger, editor, Kil, Karlstad, county, system
        (None, [NO, YES, YES, YES, YES, YES, YES]),
        (OWNER, [NO, NO, YES, YES, YES, YES, YES]),
    ],
)
def test_who_may_register_a_place(owner_id: int | None, expected: list[bool]) -> None:
    assert table(rules.may_register_venue, owner_id) == expected


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        (place(), [YES, YES, YES, YES, YES, YES, YES]),
        (place(is_private=True), [NO, NO, YES, NO, YES, YES, YES]),
        (place(None, is_private=True), [NO, NO, YES, NO, NO, YES, YES]),
    ],
)
def test_who_may_use_and_see_a_place(venue: Venue, expected: list[bool]) -> None:
    assert table(rules.may_use_venue, venue) == expected
    assert table(rules.may_see_venue, venue) == expected


@pytest.mark.parametrize(
    ("venue", "edit", "give_away"),
    [
        (place(), [NO, NO, YES, NO, YES, YES, YES], [NO, NO, NO, NO, YES, YES, YES]),
        (place(owner_id=None), [NO, NO, NO, NO, YES, YES, YES], [NO, NO, NO, NO, YES, YES, YES]),
        (place(None), [NO, NO, YES, NO, NO, YES, YES], [NO, NO, NO, NO, NO, YES, YES]),
    ],
)
def test_who_may_edit_a_place_and_who_may_give_it_away(venue: Venue, edit: list[bool], give_away: list[bool]) -> None:
    assert table(rules.may_edit_venue, venue) == edit
    assert table(rules.may_give_venue_away, venue) == give_away
    assert table(rules.may_move_venue_address, venue) == give_away


def test_every_coordinator_may_replace_a_link_and_nobody_else_but_the_owner() -> None:
    assert table(rules.may_replace_link, place(None, kind=VenueKind.DIGITAL)) == [NO, NO, YES, YES, YES, YES, YES]
    assert table(rules.may_replace_link, place()) == [NO, NO, NO, NO, NO, NO, NO]


def test_merging_needs_a_coordinator_of_both() -> None:
    assert table(rules.may_merge_venues, place(), place()) == [NO, NO, NO, NO, YES, YES, YES]
    assert table(rules.may_merge_venues, place(), place("1715")) == [NO, NO, NO, NO, NO, YES, YES]
