"""Changing what an organisation says of itself: renaming it, two people at once, a claim."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.organisations import actions
from planner.organisations.models import Organisation, OrganisationKind, Standing
from planner.organisations.queries import organisation_by_slug
from planner.organisations.rules import SYSTEM, Actor
from planner.organisations.signals import organisation_changed
from tests.browsing import Browser
from tests.factories import actor_of, make_coordinator, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent
from tests.reading import fields_of, versions_on

EDIT = "/arbetsyta/organisationer/fub-karlstad/andra"
FORM = {
    "name": "FUB Karlstad",
    "kind": "association",
    "kommun_code": "1780",
    "responsible_name": "Olle Ordförande",
    "version": "1",
}
SignIn = Callable[[User], Browser]


@pytest.fixture
def admin(session: Session) -> User:
    return make_user(session, "Olle Ordförande", email="olle@fub.se")


@pytest.fixture
def fub(session: Session, admin: User) -> Organisation:
    return make_organisation(session, "FUB Karlstad", members=[admin], responsible_name="Olle Ordförande")


def test_a_renamed_organisation_is_found_at_both_addresses(
    session: Session, now: datetime, fub: Organisation, admin: User, assert_letter: AssertLetter
) -> None:
    make_coordinator(session, "1780", "Karin Karlsson").email = "karin@karlstad.se"
    told = []

    with organisation_changed.connected_to(lambda it, **_told: told.append(it.name)):
        actions.change_organisation(
            session, fub, {"name": "FUB i Karlstad"}, expected_version=1, actor=actor_of(session, admin), now=now
        )

    assert (fub.name, fub.slug, fub.version) == ("FUB i Karlstad", "fub-i-karlstad", 2)
    assert organisation_by_slug(session, "fub-karlstad") is organisation_by_slug(session, "fub-i-karlstad") is fub
    assert told == ["FUB i Karlstad"]
    assert letters_sent(session) == [("organisation_identity_changed", "karin@karlstad.se")]
    assert_letter("organisation_identity_changed")
    entry = history_of(session, "organisation", fub.id)[0]
    assert (entry.action, entry.details) == ("change_organisation", {"fields": ["name"]})


def test_a_name_taken_back_gets_its_old_address_back(session: Session, now: datetime, fub: Organisation) -> None:
    for name in ("FUB i Karlstad", "FUB Karlstad", "FUB i Karlstad"):
        actions.change_organisation(session, fub, {"name": name}, expected_version=None, actor=SYSTEM, now=now)

    assert fub.slug == "fub-i-karlstad"
    assert organisation_by_slug(session, "fub-karlstad") is fub


def test_a_change_of_case_keeps_the_address(session: Session, now: datetime, fub: Organisation) -> None:
    actions.change_organisation(session, fub, {"name": "Fub Karlstad"}, expected_version=1, actor=SYSTEM, now=now)

    assert (fub.name, fub.slug) == ("Fub Karlstad", "fub-karlstad")


def test_a_name_that_another_has_is_refused(session: Session, now: datetime, fub: Organisation) -> None:
    make_organisation(session, "ABF Värmland")

    with pytest.raises(Invalid) as refusal:
        actions.change_organisation(session, fub, {"name": "abf värmland"}, expected_version=1, actor=SYSTEM, now=now)

    assert [problem.field for problem in refusal.value.problems] == ["name"]


def test_nothing_changed_is_no_change_even_sent_twice(session: Session, now: datetime, fub: Organisation) -> None:
    for _ in range(2):
        actions.change_organisation(session, fub, {"website": "www.fub.se"}, expected_version=1, actor=SYSTEM, now=now)

    assert (fub.website, fub.version) == ("https://www.fub.se", 2)
    assert len(history_of(session, "organisation", fub.id)) == 1


def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    session: Session, now: datetime, fub: Organisation
) -> None:
    actions.change_organisation(session, fub, {"about": "Först"}, expected_version=1, actor=SYSTEM, now=now)

    with pytest.raises(StaleVersion) as refusal:
        actions.change_organisation(session, fub, {"about": "Sedan"}, expected_version=1, actor=SYSTEM, now=now)

    assert (refusal.value.current_version, fub.about) == (2, "Först")


@pytest.mark.parametrize(
    "actor",
    [
        Actor(id=1),
        Actor(id=1, is_county_coordinator=False, coordinated_kommuner=frozenset({"1730"})),
    ],
)
def test_strangers_change_nothing(session: Session, now: datetime, fub: Organisation, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.change_organisation(session, fub, {"about": "x"}, expected_version=1, actor=actor, now=now)


def test_a_claimant_changes_only_what_waits(session: Session, now: datetime, admin: User) -> None:
    organisation = make_organisation(
        session,
        "Region Värmland",
        standing=Standing.UNCLAIMED,
        claimed_by_id=admin.id,
        claim={"about": "", "website": ""},
    )
    actor = actor_of(session, admin)

    with pytest.raises(NotAllowed):
        actions.change_organisation(
            session, organisation, {"kind": OrganisationKind.PARTY}, expected_version=1, actor=actor, now=now
        )
    with pytest.raises(NotAllowed):
        actions.change_organisation(session, organisation, {"name": "Region"}, expected_version=1, actor=actor, now=now)
    actions.change_organisation(
        session, organisation, {"about": "Vi är regionen"}, expected_version=1, actor=actor, now=now
    )

    assert (organisation.name, organisation.about, organisation.claim) == (
        "Region Värmland",
        "",
        {"about": "Vi är regionen", "website": ""},
    )


def test_a_coordinator_may_mend_a_claimed_ones_kommun(session: Session, now: datetime) -> None:
    claimant = make_user(session)
    organisation = make_organisation(
        session, standing=Standing.UNCLAIMED, kommun_code=None, claim={"about": ""}, claimed_by_id=claimant.id
    )
    actor = actor_of(session, make_coordinator(session))

    actions.change_organisation(
        session, organisation, {"kommun_code": "1780"}, expected_version=1, actor=actor, now=now
    )

    assert organisation.kommun_code == "1780"


def test_the_form_shows_and_saves(session: Session, sign_in: SignIn, fub: Organisation, admin: User) -> None:
    client = sign_in(admin)

    page = client.get(EDIT).get_data(as_text=True)
    assert ['value="FUB Karlstad"' in page, 'name="version" value="1"' in page] == [True, True]
    answer = client.post(EDIT, data={**FORM, "name": "FUB i Karlstad", "public_phone": "054-540 00 00"})

    assert (answer.status_code, answer.location) == (303, "/arbetsyta/organisationer/fub-i-karlstad")
    assert (fub.name, fub.public_phone) == ("FUB i Karlstad", "+46545400000")
    old = client.get("/arbetsyta/organisationer/fub-karlstad")
    assert (old.status_code, old.location) == (301, "/arbetsyta/organisationer/fub-i-karlstad")


def test_the_form_keeps_what_was_typed_when_something_is_wrong(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User
) -> None:
    make_organisation(session, "ABF Värmland")

    answers = [
        sign_in(admin).post(EDIT, data={**FORM, "about": "Det jag skrev", **wrong})
        for wrong in ({"name": ""}, {"public_email": "info"}, {"name": "ABF Värmland"})
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert ["Det jag skrev" in answer.get_data(as_text=True) for answer in answers] == [True, True, True]


def test_two_people_saving_get_a_page_with_both(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User
) -> None:
    first, second = sign_in(admin), sign_in(admin)
    first.post(EDIT, data={**FORM, "about": "Det första", "kommun_code": "1730"})

    answer = second.post(EDIT, data={**FORM, "about": "Det andra"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert versions_on(page) == {
        "Var hör ni hemma?": ("Karlstad", "Eda", "mine"),
        "Kort om er (frivilligt)": ("Det andra", "Det första", "mine"),
    }
    assert 'name="version" value="2"' in page
    assert fub.about == "Det första"
    saved = second.post(EDIT, data={**FORM, "about": "Det andra", "version": "2"})
    assert (saved.status_code, fub.about) == (303, "Det andra")


def test_what_only_the_other_has_touched_stands_in_the_form_that_is_sent_again(
    sign_in: SignIn, fub: Organisation, admin: User
) -> None:
    first, second = sign_in(admin), sign_in(admin)
    opened = fields_of(second.get(EDIT))
    first.post(EDIT, data={**FORM, "about": "Det första", "kommun_code": "1730"})

    answer = second.post(EDIT, data={**opened, "about": "Det andra"})

    assert versions_on(answer.get_data(as_text=True)) == {
        "Var hör ni hemma?": ("Karlstad", "Eda", "theirs"),
        "Kort om er (frivilligt)": ("Det andra", "Det första", "mine"),
    }
    assert second.post(EDIT, data=fields_of(answer)).status_code == 303
    assert (fub.kommun_code, fub.about) == ("1730", "Det andra")


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999999999999999"])
def test_a_strange_version_overwrites_nothing(
    session: Session, sign_in: SignIn, fub: Organisation, admin: User, version: str
) -> None:
    answer = sign_in(admin).post(EDIT, data={**FORM, "about": "Nytt", "version": version})

    assert (answer.status_code, fub.about) == (409, "")


def test_the_claimants_form_lacks_what_the_register_says(session: Session, sign_in: SignIn, admin: User) -> None:
    organisation = make_organisation(
        session, "FUB Karlstad", standing=Standing.UNCLAIMED, claimed_by_id=admin.id, claim={"about": "Vi"}
    )
    client = sign_in(admin)

    page = client.get(EDIT).get_data(as_text=True)
    assert ['name="name"' in page, ">Vi<" in page or "\nVi<" in page] == [False, True]
    answer = client.post(EDIT, data={**FORM, "name": "Något annat", "kommun_code": "1730", "about": "Vi igen"})

    assert (answer.status_code, organisation.name, organisation.kommun_code) == (303, "FUB Karlstad", "1780")
    assert (organisation.claim, organisation.about) == ({"about": "Vi igen"}, "")
