"""Two rows that are one place: suggested, compared, made one."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.coordination.queries import probable_duplicates
from planner.events.models import Occurrence
from planner.organisations.rules import SYSTEM
from planner.venues.models import Venue
from tests.coordination.conftest import SignIn
from tests.factories import actor_of, make_digital_venue, make_event, make_occurrence, make_organisation, make_venue


def pairs(session: Session, user: User | None = None) -> list[set[str]]:
    actor = SYSTEM if user is None else actor_of(session, user)
    return [{pair.one.name, pair.other.name} for pair in probable_duplicates(session, actor)]


def test_probable_duplicates_are_of_the_same_kommun_and_kind(session: Session, in_kil: User) -> None:
    make_venue(session, "Stadsbiblioteket")
    make_venue(session, "Stadsbibliotek")
    make_venue(session, "Stadsbiblioteken", kommun_code="1715")
    make_venue(session, "Torget")
    make_digital_venue(session, "Stadsbiblioteket", kommun_code="1780")
    owner = make_organisation(session)
    make_venue(session, "Stadsbiblioteket", is_private=True, owner_id=owner.id)
    kept = make_venue(session, "Kil torg", kommun_code="1715")
    make_venue(session, "Torg Kil", kommun_code="1715")
    make_venue(session, "Kil torget", kommun_code="1715", merged_into_id=kept.id)

    assert pairs(session) == [{"Kil torg", "Torg Kil"}, {"Stadsbiblioteket", "Stadsbibliotek"}]
    assert pairs(session, in_kil) == [{"Kil torg", "Torg Kil"}]


@pytest.fixture
def kept(session: Session) -> Venue:
    return make_venue(session)


@pytest.fixture
def merged(session: Session) -> Venue:
    return make_venue(session, "Stadsbiblioteket Karlstad")


def test_they_are_compared_and_made_one(
    session: Session, kept: Venue, merged: Venue, in_karlstad: User, sign_in: SignIn
) -> None:
    event = make_event(session, with_occurrence=False)
    occurrence = make_occurrence(session, event, place=merged)
    client = sign_in(in_karlstad)
    address = f"/samordning/platser/{kept.slug}/sammanslagning/{merged.slug}"

    assert f'href="{address}"' in client.get("/samordning/platser").get_data(as_text=True)
    assert "Ett tillfälle flyttas till Stadsbiblioteket." in client.get(address).get_data(as_text=True)
    response = client.post(address)

    assert response.location == f"/arbetsyta/platser/{kept.slug}"
    place_id = session.scalar(sa.select(Occurrence.place_id).where(Occurrence.id == occurrence.id))
    assert place_id == kept.id
    assert client.post(address).status_code == 404


def test_another_place_is_found_to_merge_with(
    session: Session, kept: Venue, merged: Venue, in_karlstad: User, sign_in: SignIn
) -> None:
    elsewhere = make_venue(session, "Rådhuset", kommun_code="1715")
    here = make_venue(session, "Rådhuset i centrum")
    client = sign_in(in_karlstad)
    address = f"/samordning/platser/{kept.slug}/sammanslagning"

    similar = client.get(address).get_data(as_text=True)
    found = client.get(f"{address}?q=radhuset").get_data(as_text=True)

    assert f"{address}/{merged.slug}" in similar
    assert f"{address}/{here.slug}" in found
    assert f'{address}/{elsewhere.slug}"' not in found
    assert "Ingen annan plats hittades" in client.get(f"{address}?q=slottet").get_data(as_text=True)


def test_what_cannot_be_one_place_is_told(session: Session, kept: Venue, in_karlstad: User, sign_in: SignIn) -> None:
    room = make_digital_venue(session, kommun_code="1780")

    response = sign_in(in_karlstad).post(f"/samordning/platser/{kept.slug}/sammanslagning/{room.slug}")

    assert response.status_code == 422
    assert "kan inte slås samman" in response.get_data(as_text=True)


def test_strangers_merge_nothing(
    session: Session, kept: Venue, merged: Venue, in_kil: User, anna: User, county: User, sign_in: SignIn
) -> None:
    address = f"/samordning/platser/{kept.slug}/sammanslagning"

    for user in (in_kil, anna):
        client = sign_in(user)
        assert client.get(address).status_code == 403
        assert client.get(f"{address}/{merged.slug}").status_code == 403
        assert client.post(f"{address}/{merged.slug}").status_code == 403
    assert sign_in(county).get(f"{address}/{kept.slug}").status_code == 404
    assert sign_in(county).get(f"{address}/finns-inte").status_code == 404
    session.refresh(merged)
    assert merged.merged_into_id is None
