"""The registry's pages: finding, registering, changing, facts, links; and strangers at every door."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.organisations.models import Organisation
from planner.venues.models import PLACE_FEATURES, Answer, Feature, Venue, VenueFact
from tests.browsing import Browser
from tests.factories import make_coordinator, make_digital_venue, make_organisation, make_user, make_venue
from tests.reading import fields_of, versions_on

SignIn = Callable[[User], Browser]


@pytest.fixture
def anna(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def owner(session: Session, anna: User) -> Organisation:
    return make_organisation(session, members=[anna])


@pytest.fixture
def stranger(session: Session) -> User:
    user = make_user(session, "Bo Berg")
    make_organisation(session, "Annan förening", members=[user])
    return user


def venues(session: Session) -> list[Venue]:
    return list(session.scalars(sa.select(Venue).order_by(Venue.id)))


def test_members_search_the_registry(session: Session, sign_in: SignIn, stranger: User) -> None:
    make_venue(session, "Arvika bibliotek", kommun_code="1784")
    make_digital_venue(session)
    client = sign_in(stranger)

    assert client.get("/arbetsyta/platser").status_code == 200
    page = client.get("/arbetsyta/platser?q=ARVIKA&kommun=1784&typ=physical").get_data(as_text=True)
    assert "1 plats" in page
    assert "Arvika bibliotek" in page
    assert "Länets videorum" not in page
    assert client.get("/arbetsyta/platser?q=finns+inte&kommun=9999&typ=x").status_code == 200
    assert client.get("/arbetsyta/platser?sida=9").status_code == 404


def test_a_page_of_the_registry_costs_the_same_with_one_place_as_with_three(
    session: Session, sign_in: SignIn, owner: Organisation, anna: User, count_queries: Any
) -> None:
    client = sign_in(anna)

    def cost() -> int:
        with count_queries() as queries:
            client.get("/arbetsyta/platser")
        return int(queries.count)

    make_venue(session, "Sal 1", owner_id=owner.id)
    with_one = cost()
    make_venue(session, "Sal 2", owner_id=owner.id)
    make_venue(session, "Sal 3")
    assert (with_one, cost()) == (8, 8)


@pytest.mark.parametrize("path", ["", "/ny", "/stadsbiblioteket", "/stadsbiblioteket/redigera"])
def test_visitors_are_sent_to_sign_in(session: Session, client: Browser, path: str) -> None:
    make_venue(session)

    response = client.get(f"/arbetsyta/platser{path}")

    assert response.status_code == 303
    assert response.location.startswith("/konto/logga-in")


def test_a_person_without_organisation_may_not_come_in(session: Session, sign_in: SignIn) -> None:
    assert sign_in(make_user(session)).get("/arbetsyta/platser").status_code == 403


STATED = {
    "name": "Folkets hus",
    "kommun_code": "1715",
    "street": "Storgatan 1",
    "postcode": "665 30",
    "town": "Kil",
    "latitude": "59,5018",
    "longitude": "13,3150",
    "capacity": "120",
    "is_outdoors": "1",
}


def test_a_place_is_registered_once_however_often_the_button_is_pressed(
    session: Session, sign_in: SignIn, owner: Organisation, anna: User
) -> None:
    client = sign_in(anna)
    assert client.get("/arbetsyta/platser/ny").status_code == 200

    stated = {**STATED, "owner_id": str(owner.id), "form_key": "one-rendering-of-the-form"}
    responses = [client.post("/arbetsyta/platser/ny", data=stated) for _ in range(2)]

    assert {response.location for response in responses} == {"/arbetsyta/platser/folkets-hus"}
    (venue,) = venues(session)
    assert (venue.name, venue.kommun_code, venue.address, venue.latitude, venue.longitude, venue.capacity) == (
        "Folkets hus",
        "1715",
        "Storgatan 1, 665 30 Kil",
        59.5018,
        13.315,
        120,
    )
    assert (venue.owner_id, venue.is_outdoors, venue.is_private) == (owner.id, True, False)


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(session: Session, sign_in: SignIn, stranger: User) -> None:
    client = sign_in(stranger)

    response = client.post(
        "/arbetsyta/platser/ny", data={**STATED, "name": "", "postcode": "6653", "latitude": "norr", "town": "Kil"}
    )

    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert page.startswith("<!doctype html>")
    assert "Fel: Lägg till en plats" in page
    assert 'value="norr"' in page
    assert 'value="6653"' in page
    assert venues(session) == []
    again = client.post("/arbetsyta/platser/ny", data={**STATED, "postcode": "6653"})
    assert again.status_code == 422
    assert "Ett postnummer har fem siffror" in again.get_data(as_text=True)


def test_a_place_that_seems_to_be_there_is_suggested_first(session: Session, sign_in: SignIn, stranger: User) -> None:
    make_venue(session, "Folkets Hus Kil", kommun_code="1715")
    client = sign_in(stranger)

    asked = client.post("/arbetsyta/platser/ny", data=STATED)

    assert asked.status_code == 422
    assert "Finns platsen redan?" in asked.get_data(as_text=True)
    assert len(venues(session)) == 1
    client.post("/arbetsyta/platser/ny", data={**STATED, "another": "1"})
    assert [venue.slug for venue in venues(session)] == ["folkets-hus-kil", "folkets-hus"]


def test_a_digital_place_is_registered(session: Session, sign_in: SignIn, stranger: User) -> None:
    client = sign_in(stranger)
    address = "/arbetsyta/platser/ny?typ=digital"
    assert client.get(address).status_code == 200

    stated = {"name": "Kils sändning", "platform": "Zoom", "join_url": "https://zoom.example/j/1", "dial_in": ""}
    refused = client.post(address, data={**stated, "join_url": "zoom.example", "link_audience": "public"})
    client.post(address, data={**stated, "link_audience": "registered"})

    assert refused.status_code == 422
    (venue,) = venues(session)
    assert (venue.kind, venue.join_url, venue.public_join_url) == ("digital", "https://zoom.example/j/1", "")


def test_a_place_shows_what_is_known_and_what_is_not(session: Session, sign_in: SignIn, stranger: User) -> None:
    venue = make_venue(session)
    session.add(VenueFact(venue_id=venue.id, feature=Feature.LIFT, answer=Answer.YES))
    digital = make_digital_venue(session)
    client = sign_in(stranger)

    page = client.get("/arbetsyta/platser/stadsbiblioteket").get_data(as_text=True)

    assert "Hiss: <strong>ja</strong>" in page
    assert page.count("<strong>vet inte</strong>") == len(PLACE_FEATURES) - 1
    assert "Ändra uppgifterna" not in page
    assert client.get(f"/arbetsyta/platser/{digital.slug}").status_code == 200
    assert client.get("/arbetsyta/platser/finns-inte").status_code == 404


def test_the_address_of_a_merged_place_leads_on(session: Session, sign_in: SignIn, stranger: User) -> None:
    make_venue(session, "Gammal", merged_into_id=make_venue(session).id)

    response = sign_in(stranger).get("/arbetsyta/platser/gammal")

    assert (response.status_code, response.location) == (301, "/arbetsyta/platser/stadsbiblioteket")


def test_the_owner_changes_a_place(session: Session, sign_in: SignIn, owner: Organisation, anna: User) -> None:
    make_venue(session, owner_id=owner.id, is_private=True)
    client = sign_in(anna)
    assert client.get("/arbetsyta/platser/stadsbiblioteket/redigera").status_code == 200

    client.post(
        "/arbetsyta/platser/stadsbiblioteket/redigera",
        data={"name": "Nya biblioteket", "kommun_code": "1780", "is_private": "1", "version": "1"},
    )

    (venue,) = venues(session)
    assert (venue.name, venue.slug, venue.street, venue.owner_id, venue.is_private, venue.version) == (
        "Nya biblioteket",
        "stadsbiblioteket",
        "",
        owner.id,
        True,
        2,
    )


@pytest.mark.parametrize("version", ["1", "", "x"])
def test_whoever_comes_second_sees_both_versions_and_may_go_on(
    session: Session, sign_in: SignIn, owner: Organisation, anna: User, version: str
) -> None:
    make_venue(session, "Bokhuset", owner_id=owner.id, version=2)
    client = sign_in(anna)
    address = "/arbetsyta/platser/bokhuset/redigera"

    response = client.post(address, data={"name": "Mitt namn", "kommun_code": "1780", "version": version})

    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert versions_on(page)["Namn"] == ("Mitt namn", "Bokhuset", "mine")
    assert 'value="Mitt namn"' in page
    assert 'name="version" value="2"' in page
    assert client.post(address, data={"name": "Mitt namn", "version": "2"}).status_code == 302
    assert venues(session)[0].name == "Mitt namn"


def test_a_coordinator_gives_a_place_to_an_organisation(session: Session, sign_in: SignIn, owner: Organisation) -> None:
    make_venue(session)
    client = sign_in(make_coordinator(session, "1780"))

    client.post(
        "/arbetsyta/platser/stadsbiblioteket/redigera",
        data={"name": "Stadsbiblioteket", "kommun_code": "1780", "owner_id": str(owner.id), "version": "1"},
    )

    assert venues(session)[0].owner_id == owner.id


def test_facts_are_answered_checked_and_signed(
    session: Session, sign_in: SignIn, owner: Organisation, anna: User
) -> None:
    make_venue(session, owner_id=owner.id)
    client = sign_in(anna)
    address = "/arbetsyta/platser/stadsbiblioteket/tillganglighet"
    assert client.get(address).status_code == 200
    answers = {f"answer_{feature}": "unknown" for feature in PLACE_FEATURES}
    answers |= {"answer_lift": "yes", "note_lift": "Till plan 2", "checked_by": "Föreningen", "version": "1"}

    missing = client.post(address, data=answers)
    future = client.post(address, data={**answers, "checked_on": "2027-08-21"})
    saved = client.post(address, data={**answers, "checked_on": "2027-08-19"})

    assert [missing.status_code, future.status_code, saved.status_code] == [422, 422, 302]
    facts = {fact.feature: fact for fact in session.scalars(sa.select(VenueFact))}
    assert len(facts) == len(PLACE_FEATURES)
    assert (facts[Feature.LIFT].answer, facts[Feature.LIFT].note, facts[Feature.LIFT].checked_by) == (
        Answer.YES,
        "Till plan 2",
        "Föreningen",
    )
    assert facts[Feature.STEP_FREE].checked_on is None


def test_whoever_answers_second_sees_both_versions_and_loses_nothing(
    session: Session, sign_in: SignIn, owner: Organisation, anna: User
) -> None:
    make_venue(session, owner_id=owner.id)
    mine, theirs = sign_in(anna), sign_in(anna)
    address = "/arbetsyta/platser/stadsbiblioteket/tillganglighet"
    opened = {**fields_of(mine.get(address)), "checked_on": "2027-08-19", "checked_by": "Föreningen"}
    theirs.post(address, data={**opened, "answer_lift": "yes", "note_lift": "Till plan 2", "answer_microphone": "yes"})

    answer = mine.post(address, data={**opened, "answer_lift": "no", "answer_quiet_room": "yes"})

    assert answer.status_code == 409
    assert versions_on(answer.get_data(as_text=True)) == {
        "Hiss": ("Nej", "Ja", "mine"),
        "Förklaring till Hiss": ("(tomt)", "Till plan 2", "theirs"),
        "Mikrofon": ("Vet inte", "Ja", "theirs"),
        "Lugnt rum": ("Ja", "Vet inte", "mine"),
    }
    assert mine.post(address, data=fields_of(answer)).status_code == 302
    facts = {fact.feature: (fact.answer, fact.note) for fact in session.scalars(sa.select(VenueFact))}
    assert [facts[one] for one in (Feature.LIFT, Feature.MICROPHONE, Feature.QUIET_ROOM)] == [
        (Answer.NO, "Till plan 2"),
        (Answer.YES, ""),
        (Answer.YES, ""),
    ]


def test_any_coordinator_replaces_a_link_in_one_step(session: Session, sign_in: SignIn, owner: Organisation) -> None:
    venue = make_digital_venue(session, owner_id=owner.id)
    client = sign_in(make_coordinator(session, "1715"))
    address = f"/arbetsyta/platser/{venue.slug}/lank"
    assert client.get(address).status_code == 200

    for refused in ({"join_url": "http://ny.example/"}, {}, {"join_url": "https://ny.example/", "without": "1"}):
        assert client.post(address, data=refused).status_code == 422
    client.post(address, data={"join_url": "https://ny.example/rum"})
    assert venues(session)[0].join_url == "https://ny.example/rum"
    client.post(address, data={"without": "1"})
    assert venues(session)[0].join_url == ""


def test_strangers_neither_read_nor_write_what_is_not_theirs(
    session: Session, sign_in: SignIn, owner: Organisation, stranger: User
) -> None:
    make_venue(session, "Delad", owner_id=owner.id)
    make_venue(session, "Egen", owner_id=owner.id, is_private=True)
    digital = make_digital_venue(session, owner_id=owner.id)
    client = sign_in(stranger)

    for part in ("redigera", "tillganglighet"):
        assert client.get(f"/arbetsyta/platser/delad/{part}").status_code == 403
        assert client.post(f"/arbetsyta/platser/delad/{part}", data={"name": "x", "version": "1"}).status_code == 403
    assert client.get(f"/arbetsyta/platser/{digital.slug}/lank").status_code == 403
    assert client.post(f"/arbetsyta/platser/{digital.slug}/lank", data={}).status_code == 403
    for part in ("", "/redigera", "/tillganglighet", "/lank"):
        assert client.get(f"/arbetsyta/platser/egen{part}").status_code == 404
    assert client.post("/arbetsyta/platser/egen/redigera", data={"name": "x", "version": "1"}).status_code == 404
    assert client.post("/arbetsyta/platser/ny", data={**STATED, "owner_id": str(owner.id)}).status_code == 422
    assert [venue.name for venue in venues(session)] == ["Delad", "Egen", "Länets videorum"]
