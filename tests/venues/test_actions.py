"""The shared registry: registering, changing, facts, links, merging."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.mail.models import Letter
from planner.organisations.models import Organisation
from planner.organisations.rules import NOBODY, SYSTEM, Actor
from planner.venues import actions, queries
from planner.venues.models import Answer, Feature, LinkAudience, Venue, VenueFact, VenueKind
from planner.venues.signals import venue_changed, venues_merged
from tests.factories import actor_of, make_coordinator, make_digital_venue, make_organisation, make_user, make_venue


@pytest.fixture
def owner(session: Session) -> Organisation:
    return make_organisation(session, members=[make_user(session, email="anna@samtal.se")])


@pytest.fixture
def member(session: Session, owner: Organisation) -> Actor:
    person = make_user(session, "Eva Editor")
    from_owner = make_organisation(session, "Syster", members=[person])
    assert from_owner.id != owner.id
    return actor_of(session, person)


@pytest.fixture
def administrator(session: Session, owner: Organisation) -> Actor:
    from planner.accounts.queries import user_by_email

    user = user_by_email(session, "anna@samtal.se")
    assert user is not None
    return actor_of(session, user)


@pytest.fixture
def in_karlstad(session: Session) -> Actor:
    return actor_of(session, make_coordinator(session, "1780"))


@pytest.fixture
def told() -> Any:
    """The places that the features above were told of."""
    heard: list[Venue] = []

    def listen(sender: Venue, **_rest: Any) -> None:
        heard.append(sender)

    with venue_changed.connected_to(listen):
        yield heard


def loaded(session: Session, venue: Venue) -> Venue:
    found = queries.venue_by_slug(session, venue.slug)
    assert found is not None
    return found


def test_a_member_registers_a_place_for_everybody(session: Session, member: Actor, now: datetime) -> None:
    venue = actions.register_venue(
        session,
        {
            "name": " Folkets  hus ",
            "kommun_code": "1715",
            "postcode": "665 30",
            "town": "Kil",
            "join_url": "https://x.se",
        },
        actor=member,
        now=now,
    )

    assert (venue.slug, venue.name, venue.postcode, venue.kind) == (
        "folkets-hus",
        "Folkets hus",
        "66530",
        VenueKind.PHYSICAL,
    )
    assert venue.join_url == ""
    assert venue.created_at == now
    assert [entry.action for entry in history_of(session, "venue", venue.id)] == ["register_venue"]


def test_places_of_the_same_name_get_addresses_of_their_own(session: Session, member: Actor, now: datetime) -> None:
    slugs = [
        actions.register_venue(session, {"name": "Torget", "town": town}, actor=member, now=now).slug
        for town in ("Kil", "Sunne", "Sunne", "Sunne")
    ]

    assert slugs == ["torget", "torget-sunne", "torget-sunne-2", "torget-sunne-3"]


def test_a_digital_place_has_a_link_and_no_street(session: Session, member: Actor, now: datetime) -> None:
    venue = actions.register_venue(
        session,
        {
            "kind": VenueKind.DIGITAL,
            "name": "Kommunens sändning",
            "platform": "YouTube",
            "join_url": "https://video.example/live",
            "street": "Storgatan 1",
            "latitude": 59.4,
            "longitude": 13.5,
            "link_audience": LinkAudience.REGISTERED,
        },
        actor=member,
        now=now,
    )

    assert (venue.street, venue.latitude, venue.join_url) == ("", None, "https://video.example/live")
    assert venue.public_join_url == ""


def test_nobody_registers_for_others(session: Session, owner: Organisation, member: Actor, now: datetime) -> None:
    for actor, fields in ((NOBODY, {"name": "Torget"}), (member, {"name": "Torget", "owner_id": owner.id})):
        with pytest.raises(NotAllowed):
            actions.register_venue(session, fields, actor=actor, now=now)  # type: ignore[arg-type]


def test_what_does_not_hold_together_is_refused(session: Session, member: Actor, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.register_venue(session, {"name": "", "postcode": "12"}, actor=member, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["name", "postcode"]


def test_a_new_name_keeps_the_address(
    session: Session, owner: Organisation, administrator: Actor, told: list[Venue], now: datetime
) -> None:
    venue = make_venue(session, owner_id=owner.id)

    actions.change_venue(
        session, venue, {"name": "Karlstads stadsbibliotek"}, expected_version=1, actor=administrator, now=now
    )

    assert (venue.name, venue.slug, venue.version) == ("Karlstads stadsbibliotek", "stadsbiblioteket", 2)
    assert told == [venue]
    entry = history_of(session, "venue", venue.id)[0]
    assert entry.details == {"changed": ["name"], "before": {"name": "Stadsbiblioteket"}}


def test_saving_what_already_stands_tells_nobody(
    session: Session, owner: Organisation, administrator: Actor, told: list[Venue], now: datetime
) -> None:
    venue = make_venue(session, owner_id=owner.id)

    actions.change_venue(session, venue, {"name": "Stadsbiblioteket"}, expected_version=1, actor=administrator, now=now)

    assert (venue.version, told) == (1, [])


def test_two_people_never_overwrite_each_other(
    session: Session, owner: Organisation, administrator: Actor, now: datetime
) -> None:
    venue = make_venue(session, owner_id=owner.id, version=3)

    with pytest.raises(StaleVersion) as refusal:
        actions.change_venue(session, venue, {"name": "Nytt"}, expected_version=2, actor=administrator, now=now)

    assert refusal.value.current_version == 3
    assert venue.name == "Stadsbiblioteket"


def test_strangers_change_nothing(session: Session, owner: Organisation, member: Actor, now: datetime) -> None:
    venue = make_venue(session, owner_id=owner.id)
    digital = loaded(session, make_digital_venue(session, owner_id=owner.id))
    other = make_venue(session, "Annan")
    tries: list[Callable[[], object]] = [
        lambda: actions.change_venue(session, venue, {"name": "x"}, expected_version=1, actor=member, now=now),
        lambda: actions.set_venue_facts(session, venue, {Feature.LIFT: Answer.YES}, actor=member, now=now),
        lambda: actions.replace_link(session, digital, "https://elak.example/", actor=member, now=now),
        lambda: actions.merge_venues(session, venue, other, actor=member, now=now),
    ]

    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()


def test_an_owner_cannot_give_the_place_away_nor_move_its_address(
    session: Session, owner: Organisation, administrator: Actor, in_karlstad: Actor, now: datetime
) -> None:
    venue = make_venue(session, owner_id=owner.id)

    for fields in ({"owner_id": None}, {"slug": "nytt"}):
        with pytest.raises(NotAllowed):
            actions.change_venue(session, venue, fields, expected_version=1, actor=administrator, now=now)  # type: ignore[arg-type]
    actions.change_venue(session, venue, {"owner_id": None}, expected_version=1, actor=in_karlstad, now=now)
    assert venue.owner_id is None


def test_a_moved_address_leads_on_and_stays_taken(session: Session, in_karlstad: Actor, now: datetime) -> None:
    venue = make_venue(session)

    actions.change_venue(
        session, venue, {"slug": "Karlstads bibliotek"}, expected_version=1, actor=in_karlstad, now=now
    )

    session.flush()
    assert venue.slug == "karlstads-bibliotek"
    assert queries.venue_by_slug(session, "stadsbiblioteket") is venue
    assert [v.name for v in queries.public_venues(session)] == ["Stadsbiblioteket"]
    again = actions.register_venue(session, {"name": "Stadsbiblioteket", "town": "Kil"}, actor=in_karlstad, now=now)
    assert again.slug == "stadsbiblioteket-kil"
    with pytest.raises(Invalid):
        actions.change_venue(session, again, {"slug": "stadsbiblioteket"}, expected_version=1, actor=SYSTEM, now=now)


def test_a_place_does_not_become_digital(session: Session, in_karlstad: Actor, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.change_venue(
            session, make_venue(session), {"kind": VenueKind.DIGITAL}, expected_version=1, actor=in_karlstad, now=now
        )

    assert [problem.field for problem in refusal.value.problems] == ["kind"]


def test_facts_say_when_they_were_checked_and_by_whom(
    session: Session, in_karlstad: Actor, told: list[Venue], now: datetime
) -> None:
    venue = loaded(session, make_venue(session))

    actions.set_venue_facts(
        session,
        venue,
        {Feature.STEP_FREE: Answer.YES, Feature.LIFT: Answer.UNKNOWN},
        notes={Feature.STEP_FREE: "Ramp  från gården"},
        checked_on=date(2027, 8, 1),
        checked_by="Karlstads kommun",
        expected_version=1,
        actor=in_karlstad,
        now=now,
    )

    facts = {fact.feature: (fact.answer, fact.note, fact.checked_on, fact.checked_by) for fact in venue.facts}
    assert facts == {
        Feature.STEP_FREE: (Answer.YES, "Ramp från gården", date(2027, 8, 1), "Karlstads kommun"),
        Feature.LIFT: (Answer.UNKNOWN, "", None, ""),
    }
    assert told == [venue]


def test_facts_cannot_be_checked_in_the_future(session: Session, in_karlstad: Actor, now: datetime) -> None:
    venue = loaded(session, make_venue(session))

    with pytest.raises(Invalid) as refusal:
        actions.set_venue_facts(
            session, venue, {Feature.LIFT: Answer.YES}, checked_on=date(2027, 8, 21), actor=in_karlstad, now=now
        )

    assert [problem.field for problem in refusal.value.problems] == ["checked_on"]


def test_any_coordinator_replaces_a_hijacked_link_in_one_step(
    session: Session, owner: Organisation, told: list[Venue], now: datetime, assert_letter: Callable[..., Letter]
) -> None:
    venue = loaded(session, make_digital_venue(session, owner_id=owner.id))
    in_kil = actor_of(session, make_coordinator(session, "1715"))

    actions.replace_link(session, venue, "https://moten.example/nytt-rum", actor=in_kil, now=now)

    assert venue.join_url == "https://moten.example/nytt-rum"
    assert told == [venue]
    assert_letter("venue_link_replaced", to="anna@samtal.se")
    entry = history_of(session, "venue", venue.id)[0]
    assert (entry.action, entry.details) == (
        "replace_link",
        {"before": {"join_url": "https://moten.example/demokrati"}},
    )


def test_a_link_can_be_taken_away_and_its_owner_gets_no_letter_from_itself(
    session: Session, owner: Organisation, administrator: Actor, now: datetime
) -> None:
    venue = loaded(session, make_digital_venue(session, owner_id=owner.id))

    actions.replace_link(session, venue, "", actor=administrator, now=now)

    assert venue.join_url == ""
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0


def test_a_link_that_is_not_https_is_refused(session: Session, now: datetime) -> None:
    venue = loaded(session, make_digital_venue(session))

    with pytest.raises(Invalid) as refusal:
        actions.replace_link(session, venue, "http://moten.example/", actor=SYSTEM, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["join_url"]
    assert venue.join_url == "https://moten.example/demokrati"


def test_merging_leads_on_takes_over_what_was_missing_and_tells(
    session: Session, in_karlstad: Actor, told: list[Venue], now: datetime
) -> None:
    kept = make_venue(session, street="", postcode="", town="", capacity=80)
    merged = make_venue(
        session, "Stadsbiblioteket Karlstad", capacity=100, directions="Buss 1", latitude=59.38, longitude=13.5
    )
    older = make_venue(session, "Biblioteket", merged_into_id=merged.id)
    session.add(VenueFact(venue_id=kept.id, feature=Feature.LIFT, answer=Answer.NO))
    for feature in (Feature.LIFT, Feature.STEP_FREE):
        session.add(VenueFact(venue_id=merged.id, feature=feature, answer=Answer.YES, checked_by="Kommunen"))
    session.flush()
    pairs: list[tuple[Venue, Venue]] = []

    def listen(sender: Venue, *, merged: Venue, **_rest: Any) -> None:
        pairs.append((sender, merged))

    kept, merged = loaded(session, kept), loaded(session, merged)
    with venues_merged.connected_to(listen):
        actions.merge_venues(session, kept, merged, actor=in_karlstad, now=now)

    assert pairs == [(kept, merged)]
    assert told == [kept]
    assert (kept.address, kept.capacity, kept.directions, kept.latitude) == (
        "Västra Torggatan 26, 652 24 Karlstad",
        80,
        "Buss 1",
        59.38,
    )
    assert {fact.feature: fact.answer for fact in kept.facts} == {
        Feature.LIFT: Answer.NO,
        Feature.STEP_FREE: Answer.YES,
    }
    session.flush()
    assert older.merged_into_id == kept.id
    assert queries.venue_by_slug(session, "stadsbiblioteket-karlstad") is kept


@pytest.mark.parametrize("case", ["itself", "merged before", "another kind", "private"])
def test_what_cannot_be_one_place_is_not_merged(session: Session, case: str, now: datetime) -> None:
    kept = loaded(session, make_venue(session))
    owner = make_organisation(session)
    merged = {
        "itself": lambda: kept,
        "merged before": lambda: make_venue(session, "B", merged_into_id=kept.id, facts=[]),
        "another kind": lambda: make_digital_venue(session, facts=[]),
        "private": lambda: make_venue(session, "C", is_private=True, owner_id=owner.id, facts=[]),
    }[case]()

    with pytest.raises(Invalid):
        actions.merge_venues(session, kept, merged, actor=SYSTEM, now=now)
