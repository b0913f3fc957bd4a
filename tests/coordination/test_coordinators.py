"""Who coordinates: granted, ended, never without anybody for the county."""

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.accounts.queries import coordinator_roles
from tests.coordination.conftest import SignIn


def roles(session: Session) -> list[tuple[str, str | None]]:
    return [(role.user.name, role.kommun_code) for role in coordinator_roles(session)]


def test_the_page_lists_them_and_the_kommuner_without(
    session: Session, county: User, in_kil: User, sign_in: SignIn
) -> None:
    page = sign_in(county).get("/samordning/samordnare").get_data(as_text=True)

    assert "Kjell Kil" in page
    assert "Utan egen samordnare: Arvika, Eda" in page


@pytest.mark.parametrize(("choice", "code"), [("1730", "1730"), ("17", None)])
def test_somebody_with_an_account_is_made_coordinator(
    session: Session, county: User, anna: User, sign_in: SignIn, choice: str, code: str | None
) -> None:
    response = sign_in(county).post("/samordning/samordnare", data={"email": "ANNA@samtal.se", "kommun": choice})

    assert response.status_code == 302
    assert ("Anna Andersson", code) in roles(session)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "okand@samtal.se", "kommun": "1730"}, "Ingen har ett konto med den adressen"),
        ({"email": "anna", "kommun": "1730"}, "Skriv en hel e-postadress"),
        ({"email": "anna@samtal.se", "kommun": ""}, "Välj kommun eller hela länet"),
        ({"email": "anna@samtal.se", "kommun": "0180"}, "Välj ett av alternativen"),
    ],
)
def test_what_cannot_be_is_told(
    session: Session, county: User, anna: User, sign_in: SignIn, data: dict[str, str], message: str
) -> None:
    response = sign_in(county).post("/samordning/samordnare", data=data)

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    assert roles(session) == [("Lena Län", None)]


def test_a_role_is_ended_after_a_question(session: Session, county: User, in_kil: User, sign_in: SignIn) -> None:
    client = sign_in(county)
    role = coordinator_roles(session)[1]
    address = f"/samordning/samordnare/{role.id}/avsluta"

    assert "Avsluta uppdraget för Kjell Kil?" in client.get(address).get_data(as_text=True)
    client.post(address)

    assert roles(session) == [("Lena Län", None)]
    assert client.get(address).status_code == 404


def test_the_county_keeps_its_last_coordinator(session: Session, county: User, sign_in: SignIn) -> None:
    response = sign_in(county).post(f"/samordning/samordnare/{coordinator_roles(session)[0].id}/avsluta")

    assert response.status_code == 422
    assert "minst en samordnare" in response.get_data(as_text=True)
    assert roles(session) == [("Lena Län", None)]
