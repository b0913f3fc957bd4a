"""An edition set up, copied, changed and taken through its steps, without a developer."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions import defaults
from planner.editions.models import Edition, EditionState
from planner.editions.queries import edition_with_all
from planner.events.models import EventStatus
from planner.organisations.models import Organisation
from tests.browsing import Browser
from tests.coordination.conftest import SignIn
from tests.factories import make_coordinator, make_event, make_theme
from tests.reading import fields_of, versions_on

STATED = {
    "name": "Demokrativeckan 2028",
    "first_day": "2028-09-18",
    "last_day": "25 september 2028",
    "submit_by": "",
    "print_by": "2028-08-15",
    "contact_email": "demokrati@lansstyrelsen.se",
    "number_prefix": "",
    "verified_may_publish": "1",
    "intro": "Välkommen.",
    "terms": "Lika värde.",
    "new_themes": "Unga\r\n\r\n Demokrati \r\n",
    "criteria-0-code": "oppet",
    "criteria-0-title": "Öppet för alla",
    "criteria-0-text": "Alla är välkomna.",
    "criteria-1-code": "",
    "criteria-1-title": "",
    "criteria-1-text": "",
}


def whole(session: Session, slug: str) -> Edition:
    edition = edition_with_all(session, slug)
    assert edition is not None
    return edition


def test_the_first_edition_begins_with_the_defaults(session: Session, county: User, sign_in: SignIn) -> None:
    client = sign_in(county)
    assert "Det finns ingen upplaga ännu" in client.get("/samordning/upplagor").get_data(as_text=True)

    page = client.get("/samordning/upplagor/ny").get_data(as_text=True)

    for criterion in defaults.CRITERIA:
        assert criterion["title"] in page
    assert "\n".join(defaults.THEMES) in page


def test_an_edition_is_set_up(session: Session, county: User, sign_in: SignIn) -> None:
    theme = make_theme(session, "Barnrätt")
    client = sign_in(county)

    response = client.post("/samordning/upplagor/ny", data={**STATED, "themes": str(theme.id)})

    assert response.location == "/samordning/upplagor/demokrativeckan-2028"
    edition = whole(session, "demokrativeckan-2028")
    assert (str(edition.first_day), str(edition.last_day), edition.submit_by, str(edition.print_by)) == (
        "2028-09-18",
        "2028-09-25",
        None,
        "2028-08-15",
    )
    assert (edition.year, edition.number_prefix, edition.verified_may_publish) == (2028, "DV28", True)
    assert sorted(row.theme.name for row in edition.themes) == ["Barnrätt", "Demokrati", "Unga"]
    assert [(row.code, row.title, row.text) for row in edition.criteria] == [
        ("oppet", "Öppet för alla", "Alla är välkomna.")
    ]
    assert edition.state is EditionState.PLANNED
    assert client.get(response.location).status_code == 200


def test_what_is_wrong_is_told_and_nothing_is_made(
    session: Session, edition: Edition, county: User, sign_in: SignIn
) -> None:
    client = sign_in(county)

    def refused(**change: str) -> str:
        response = client.post("/samordning/upplagor/ny", data={**STATED, **change})
        assert response.status_code == 422
        return str(response.get_data(as_text=True))

    assert "Skriv ett datum" in refused(first_day="snart")
    assert "Den sista dagen kan inte vara före den första" in refused(last_day="2028-09-17")
    page = refused(name="Demokrativeckan 2027")
    assert "Det finns redan en upplaga med det namnet" in page
    assert "Alla är välkomna." in page
    assert session.scalars(sa.select(Edition.name)).all() == ["Demokrativeckan 2027"]


def test_a_copy_begins_with_the_last_ones_texts_and_not_its_days(
    session: Session, edition: Edition, county: User, sign_in: SignIn
) -> None:
    make_theme(session, "Tema", edition)
    client = sign_in(county)

    for address in ("/samordning/upplagor/ny", "/samordning/upplagor/ny?fran=2027"):
        page = client.get(address).get_data(as_text=True)
        assert "kopierade från Demokrativeckan 2027" in page
        assert 'value="Öppen för alla"' in page
        assert "2027-09-20" not in page
        assert 'value="DV27"' not in page
        assert " checked" in page
    assert client.get("/samordning/upplagor/ny?fran=1999").status_code == 404


def test_an_edition_is_changed(session: Session, edition: Edition, county: User, sign_in: SignIn) -> None:
    client = sign_in(county)
    assert "syns direkt för alla" in client.get("/samordning/upplagor/2027/redigera").get_data(as_text=True)
    before = edition.revision

    stated = {**STATED, "name": "Demokrativeckan 2027", "number_prefix": "DV27", "new_themes": "", "version": "1"}
    response = client.post("/samordning/upplagor/2027/redigera", data=stated)
    refused = client.post("/samordning/upplagor/2027/redigera", data={**stated, "name": ""})

    assert (response.status_code, refused.status_code) == (302, 422)
    changed = whole(session, "2027")
    assert (str(changed.last_day), changed.revision) == ("2028-09-25", before + 1)
    assert [row.title for row in changed.criteria] == ["Öppet för alla"]


def test_two_coordinators_saving_see_both_versions_and_lose_neither(
    session: Session, edition: Edition, county: User, sign_in: SignIn
) -> None:
    make_theme(session, "Unga", edition)
    make_theme(session, "Äldre")
    path = "/samordning/upplagor/2027/redigera"
    mine, theirs = sign_in(county), sign_in(make_coordinator(session))
    opened = fields_of(mine.get(path))
    both = {**opened, "intro": "Deras inledning", "criteria-0-text": "Deras text.", "print_by": "2027-08-15"}
    assert theirs.post(path, data=both).status_code == 302
    revision = whole(session, "2027").revision

    answer = mine.post(path, data={**opened, "intro": "Min inledning", "new_themes": "Barn"})

    assert answer.status_code == 409
    assert versions_on(answer.get_data(as_text=True)) == {
        "Tryckdag": ("(tomt)", "2027-08-15", "theirs"),
        "Inledning på startsidan": ("Min inledning", "Deras inledning", "mine"),
        "Nya teman": ("Barn", "(tomt)", "mine"),
        "Kriterier": ("Öppen för alla: Programpunkten är öppen för alla.", "Öppen för alla: Deras text.", "theirs"),
    }
    kept = whole(session, "2027")
    assert (kept.intro, kept.version, kept.revision) == ("Deras inledning", 2, revision)
    again = fields_of(answer)
    assert mine.post(path, data=again).status_code == 302
    saved = whole(session, "2027")
    assert (saved.intro, str(saved.print_by), saved.criteria[0].text, saved.version) == (
        "Min inledning",
        "2027-08-15",
        "Deras text.",
        3,
    )
    assert [row.theme.name for row in saved.themes] == ["Unga", "Barn"]
    assert mine.post(path, data=again).status_code == 302
    assert whole(session, "2027").version == 3


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999999999999999"])
def test_a_strange_version_overwrites_nothing(
    session: Session, edition: Edition, county: User, sign_in: SignIn, version: str
) -> None:
    stated = {**STATED, "name": "Demokrativeckan 2027", "number_prefix": "DV27", "version": version}

    answer = sign_in(county).post("/samordning/upplagor/2027/redigera", data=stated)

    assert (answer.status_code, whole(session, "2027").version) == (409, 1)


def step(client: Browser, name: str) -> Any:
    address = f"/samordning/upplagor/2027/{name}"
    assert client.get(address).status_code == 200
    return client.post(address)


def test_it_is_opened_published_and_archived_after_a_question(
    session: Session, edition: Edition, organiser: Organisation, county: User, sign_in: SignIn
) -> None:
    edition.state = EditionState.PLANNED
    make_theme(session, "Tema", edition)
    event = make_event(session, organiser=organiser, edition=edition)
    client = sign_in(county)

    assert step(client, "publicera").status_code == 422
    states = []
    for name in ("oppna", "publicera", "arkivera"):
        assert step(client, name).location == "/samordning/upplagor/2027"
        states.append(whole(session, "2027").state)

    assert states == [EditionState.OPEN, EditionState.PUBLISHED, EditionState.ARCHIVED]
    session.refresh(event)
    assert event.status is EventStatus.ARCHIVED
    assert client.get("/samordning/upplagor/2027").status_code == 200


def test_it_says_what_is_missing_instead_of_opening(
    session: Session, edition: Edition, county: User, sign_in: SignIn
) -> None:
    edition.state = EditionState.PLANNED
    session.flush()
    client = sign_in(county)

    page = client.get("/samordning/upplagor/2027/oppna").get_data(as_text=True)

    assert "Välj minst ett tema." in page
    assert "Öppna upplagan" not in page
    assert client.post("/samordning/upplagor/2027/oppna").status_code == 422
    assert whole(session, "2027").state is EditionState.PLANNED
