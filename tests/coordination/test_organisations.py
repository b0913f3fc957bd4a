"""Who is trusted: listed by standing, decided object by object."""

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.organisations.models import Organisation, Standing
from tests.coordination.conftest import SignIn
from tests.factories import make_member, make_organisation


@pytest.fixture
def waiting(session: Session, anna: User) -> Organisation:
    return make_organisation(
        session, "Nya föreningen", members=[anna], standing=Standing.PENDING, public_email="ny@forening.se"
    )


def standing(session: Session, organisation: Organisation) -> tuple[Standing, str]:
    session.refresh(organisation)
    return organisation.standing, organisation.standing_reason


def test_they_are_listed_by_standing_within_the_own_kommuner(
    session: Session, waiting: Organisation, in_karlstad: User, in_kil: User, sign_in: SignIn
) -> None:
    make_organisation(session, "Betrodda föreningen")
    client = sign_in(in_karlstad)

    page = client.get("/samordning/organisationer").get_data(as_text=True)
    assert "Nya föreningen" in page
    assert "Betrodda föreningen" not in page
    assert "Väntar på att verifieras (1)" in page
    assert "Betrodda föreningen" in client.get("/samordning/organisationer?lage=verified").get_data(as_text=True)
    assert "Nya föreningen" not in sign_in(in_kil).get("/samordning/organisationer").get_data(as_text=True)
    assert client.get("/samordning/organisationer?lage=strunt").status_code == 200


def test_it_is_verified(session: Session, waiting: Organisation, in_karlstad: User, sign_in: SignIn) -> None:
    client = sign_in(in_karlstad)
    assert "Verifiera organisationen" in client.get(f"/samordning/organisationer/{waiting.slug}").get_data(as_text=True)

    client.post(f"/samordning/organisationer/{waiting.slug}/verifiera")

    assert standing(session, waiting) == (Standing.VERIFIED, "")
    page = client.get(f"/samordning/organisationer/{waiting.slug}").get_data(as_text=True)
    assert "Stäng av organisationen" in page
    assert "Karin Karlstad" in page


def test_it_is_refused_with_a_reason(
    session: Session, waiting: Organisation, in_karlstad: User, sign_in: SignIn
) -> None:
    client = sign_in(in_karlstad)
    address = f"/samordning/organisationer/{waiting.slug}/neka"

    assert client.post(address, data={"reason": ""}).status_code == 422
    client.post(address, data={"reason": "Vi hittar er inte."})

    assert standing(session, waiting) == (Standing.REFUSED, "Vi hittar er inte.")


def test_it_is_suspended_and_reinstated(
    session: Session, organiser: Organisation, in_karlstad: User, sign_in: SignIn
) -> None:
    client = sign_in(in_karlstad)
    address = f"/samordning/organisationer/{organiser.slug}"

    refused = client.post(f"{address}/neka", data={"reason": "Nej"})
    assert refused.status_code == 422
    assert "Nej" in refused.get_data(as_text=True)
    client.post(f"{address}/stang", data={"reason": "Hotfulla texter."})
    assert standing(session, organiser) == (Standing.SUSPENDED, "Hotfulla texter.")
    assert "Häv avstängningen" in client.get(address).get_data(as_text=True)
    client.post(f"{address}/oppna")
    assert standing(session, organiser) == (Standing.VERIFIED, "")
    assert client.post(f"{address}/oppna").status_code == 302


def test_one_of_the_register_waits_for_nobody(session: Session, in_karlstad: User, sign_in: SignIn) -> None:
    unclaimed = make_organisation(session, "Ur registret", standing=Standing.UNCLAIMED)
    client = sign_in(in_karlstad)

    page = client.get(f"/samordning/organisationer/{unclaimed.slug}").get_data(as_text=True)

    assert "ingen har bett om att få använda den" in page
    assert client.post(f"/samordning/organisationer/{unclaimed.slug}/verifiera").status_code == 422


@pytest.mark.parametrize("action", ["verifiera", "neka", "stang", "oppna"])
def test_strangers_and_its_own_members_decide_nothing(
    session: Session,
    waiting: Organisation,
    anna: User,
    in_kil: User,
    in_karlstad: User,
    sign_in: SignIn,
    action: str,
) -> None:
    make_member(session, in_karlstad, waiting)

    for user in (anna, in_kil, in_karlstad):
        response = sign_in(user).post(f"/samordning/organisationer/{waiting.slug}/{action}", data={"reason": "x"})
        assert response.status_code == 403
    assert standing(session, waiting) == (Standing.PENDING, "")
    assert sign_in(in_kil).get(f"/samordning/organisationer/{waiting.slug}").status_code == 403
    own = sign_in(in_karlstad).get(f"/samordning/organisationer/{waiting.slug}").get_data(as_text=True)
    assert "En annan samordnare får besluta" in own
    assert sign_in(in_kil).get("/samordning/organisationer/finns-inte").status_code == 404
