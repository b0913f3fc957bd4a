"""Who may enter which of the coordinators' pages."""

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition
from planner.organisations.models import Organisation
from tests.browsing import Browser
from tests.coordination.conftest import SignIn

OF_COORDINATORS = ("", "/programpunkter", "/oversikt", "/organisationer", "/platser")
OF_THE_COUNTY = (
    "/upplagor",
    "/upplagor/ny",
    "/upplagor/2027",
    "/upplagor/2027/redigera",
    "/upplagor/2027/arkivera",
    "/samordnare",
)


@pytest.mark.parametrize("path", [*OF_COORDINATORS, *OF_THE_COUNTY])
def test_each_page_lets_in_those_it_is_for(
    session: Session,
    client: Browser,
    edition: Edition,
    organiser: Organisation,
    anna: User,
    in_kil: User,
    county: User,
    sign_in: SignIn,
    path: str,
) -> None:
    address = f"/samordning{path}"

    assert client.get(address).status_code == 303
    assert sign_in(anna).get(address).status_code == 403
    assert sign_in(in_kil).get(address).status_code == (403 if path in OF_THE_COUNTY else 200)
    assert sign_in(county).get(address).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/upplagor/ny",
        "/upplagor/2027/redigera",
        "/upplagor/2027/oppna",
        "/upplagor/2027/publicera",
        "/upplagor/2027/arkivera",
        "/samordnare",
        "/samordnare/1/avsluta",
    ],
)
def test_only_the_county_posts_what_is_the_countys(
    session: Session, edition: Edition, organiser: Organisation, anna: User, in_kil: User, sign_in: SignIn, path: str
) -> None:
    for user in (anna, in_kil):
        assert sign_in(user).post(f"/samordning{path}", data={}).status_code == 403
