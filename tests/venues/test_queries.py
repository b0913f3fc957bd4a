"""Finding places: search, choices, likeness, and where merged ones lead."""

import pytest
from sqlalchemy.orm import Session

from planner.organisations.rules import NOBODY, SYSTEM, Actor
from planner.venues import queries
from planner.venues.models import Venue, VenueKind
from tests.factories import actor_of, make_coordinator, make_digital_venue, make_organisation, make_user, make_venue


def names(venues: object) -> list[str]:
    return [venue.name for venue in venues]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("arjang", ["Årjängs bibliotek"]),
        ("BIBLIOTEK", ["Bibliotekshuset", "Arvika bibliotek", "Årjängs bibliotek"]),
        ("bibliotek årjäng", ["Årjängs bibliotek"]),
        ("storgatan", ["Årjängs bibliotek"]),
        ("ingenstans", []),
        ("", ["Arvika bibliotek", "Bibliotekshuset", "Torget", "Årjängs bibliotek"]),
    ],
)
def test_search_finds_every_word_without_accents_best_first(session: Session, words: str, expected: list[str]) -> None:
    make_venue(session, "Torget", town="Kil", street="")
    make_venue(session, "Årjängs bibliotek", street="Storgatan 1", town="Årjäng", kommun_code="1765")
    make_venue(session, "Arvika bibliotek", town="Arvika", street="Kyrkogatan 41", kommun_code="1784")
    make_venue(session, "Bibliotekshuset", town="Sunne", street="", kommun_code="1766")

    assert names(queries.search_venues(session, words, kind=VenueKind.PHYSICAL, actor=NOBODY)) == expected


def test_search_can_be_narrowed_and_cut(session: Session) -> None:
    make_venue(session, "Sal A", kommun_code="1715")
    make_venue(session, "Sal B")
    make_digital_venue(session, "Sal C")

    assert names(queries.search_venues(session, "sal", kind=None, actor=NOBODY, kommun_code="1715")) == ["Sal A"]
    assert names(queries.search_venues(session, "sal", kind=VenueKind.DIGITAL, actor=NOBODY)) == ["Sal C"]
    assert names(queries.search_venues(session, "sal", kind=None, actor=NOBODY, limit=2)) == ["Sal A", "Sal B"]


def test_a_private_place_is_a_choice_for_its_owner_and_coordinators_alone(session: Session) -> None:
    person = make_user(session)
    owner = make_organisation(session, members=[person])
    make_venue(session, "Föreningens lokal", owner_id=owner.id, is_private=True)
    stranger = make_user(session, "Bo")
    make_organisation(session, "Annan förening", members=[stranger])

    def seen_by(actor: Actor) -> list[str]:
        chosen = names(queries.venues_for(session, actor, VenueKind.PHYSICAL))
        assert names(queries.search_venues(session, "", kind=VenueKind.PHYSICAL, actor=actor)) == chosen
        return chosen

    assert seen_by(NOBODY) == []
    assert seen_by(actor_of(session, stranger)) == []
    assert seen_by(actor_of(session, make_coordinator(session, "1715"))) == []
    for actor in (actor_of(session, person), actor_of(session, make_coordinator(session, "1780", "Kim")), SYSTEM):
        assert seen_by(actor) == ["Föreningens lokal"]
    assert names(queries.public_venues(session)) == []


def test_the_public_sees_shared_places_whose_whereabouts_are_known(session: Session) -> None:
    make_venue(session, "Öppna scenen")
    make_venue(session, "Flera orter", is_placeholder=True)
    make_venue(session, "Aulan", kommun_code="1715")
    kept = make_venue(session, "Kvar", kommun_code="1715")
    make_venue(session, "Borta", merged_into_id=kept.id)

    assert names(queries.public_venues(session)) == ["Aulan", "Kvar", "Öppna scenen"]
    assert names(queries.public_venues(session, "1715")) == ["Aulan", "Kvar"]


def test_a_merged_address_leads_on_through_every_step(session: Session) -> None:
    last = make_venue(session, "Sista")
    middle = make_venue(session, "Mitten", merged_into_id=last.id)
    first = make_venue(session, "Första", merged_into_id=middle.id)

    assert queries.venue_by_slug(session, first.slug) is last
    assert queries.venue_by_slug(session, "finns-inte") is None


def test_a_circle_of_merged_rows_leads_nowhere_and_ends(session: Session) -> None:
    one = make_venue(session, "Ett")
    two = make_venue(session, "Två", merged_into_id=one.id)
    one.merged_into_id = two.id
    session.flush()

    assert queries.venue_by_slug(session, one.slug) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stadsbiblioteket", ["Stadsbiblioteket"]),
        ("stadsbibliotek", ["Stadsbiblioteket"]),
        ("Stadsbiblioteket i Karlstad", ["Stadsbiblioteket"]),
        ("Tingvallagymnasiets aula", ["Tingvallagymnasiet"]),
        ("Värmlands museum", []),
    ],
)
def test_places_of_nearly_the_same_name_in_the_kommun_are_suggested(
    session: Session, name: str, expected: list[str]
) -> None:
    make_venue(session, "Stadsbiblioteket")
    make_venue(session, "Tingvallagymnasiet")
    make_venue(session, "Stadsbiblioteket", kommun_code="1784")

    assert names(queries.similar_venues(session, name, "1780")) == expected


def test_lists_cost_the_same_whatever_they_hold(session: Session, count_queries: object) -> None:
    def cost() -> int:
        session.expunge_all()
        with count_queries() as queries_sent:  # type: ignore[operator]
            queries.search_venues(session, "sal", kind=None, actor=SYSTEM)
            queries.public_venues(session)
        return int(queries_sent.count)

    owner = make_organisation(session)
    make_venue(session, "Sal 1", owner_id=owner.id)
    with_one = cost()
    for number in (2, 3):
        make_venue(session, f"Sal {number}", owner_id=owner.id)

    assert (with_one, cost()) == (5, 5)


def test_venues_are_loaded_with_owner_and_facts(session: Session) -> None:
    owner = make_organisation(session)
    slug = make_venue(session, owner_id=owner.id).slug
    session.expunge_all()

    venue = queries.venue_by_slug(session, slug)

    assert isinstance(venue, Venue)
    assert venue.owner is not None
    assert (venue.owner.name, venue.facts) == ("Föreningen Samtal", [])
