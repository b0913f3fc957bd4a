"""An organisation comes in: registered, claimed, asked to be joined."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.audit.queries import history_of
from planner.core.errors import Invalid, NotAllowed
from planner.organisations import actions
from planner.organisations.fields import OrganisationFields
from planner.organisations.models import Organisation, OrganisationKind, OrganisationSlug, Standing
from planner.organisations.queries import actor_for, members_of, organisation_by_name
from planner.organisations.rules import NOBODY, SYSTEM
from planner.organisations.signals import organisation_changed, organisation_registered
from planner.web.limits import limiter
from tests.browsing import Browser
from tests.factories import actor_of, make_coordinator, make_organisation, make_user
from tests.letterbox import AssertLetter, letters_sent

FIELDS: OrganisationFields = {
    "name": "FUB Karlstad",
    "kind": OrganisationKind.ASSOCIATION,
    "kommun_code": "1780",
    "about": "Vi arbetar för personer med intellektuell funktionsnedsättning.",
    "website": "www.fub.se",
    "public_email": "info@fub.se",
    "public_phone": "054-540 00 00",
    "responsible_name": "Olle Ordförande",
}
FORM = {
    "name": "FUB Karlstad",
    "kind": "association",
    "kommun_code": "1780",
    "public_email": "info@fub.se",
    "responsible_name": "Olle Ordförande",
    "accepts_terms": "1",
}
NEW = "/arbetsyta/organisationer/ny/uppgifter"
SignIn = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def _fresh_limits(app: object) -> None:
    limiter.reset()


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    """Which organisations were registered, with the invitation that led there, and which were changed."""
    heard: list[tuple[str, str]] = []

    def hear_registered(organisation: Organisation, **told: Any) -> None:
        heard.append((organisation.name, told["invitation"]))

    def hear_changed(organisation: Organisation, **_told: Any) -> None:
        heard.append((organisation.name, "changed"))

    with organisation_registered.connected_to(hear_registered), organisation_changed.connected_to(hear_changed):
        yield heard


def test_an_organisation_is_registered_and_waits(
    session: Session, now: datetime, assert_letter: AssertLetter, told: list[tuple[str, str]]
) -> None:
    user = make_user(session, "Anna Andersson", email="anna@example.se")
    make_coordinator(session, "1780", "Karin Karlsson").email = "karin@karlstad.se"
    make_coordinator(session, None, "Lena Länsson").email = "lena@lansstyrelsen.se"
    make_coordinator(session, "1730", "Edvin Eda").email = "edvin@eda.se"

    organisation = actions.register_organisation(
        session, FIELDS, actor=actor_of(session, user), now=now, invitation="abc"
    )

    assert (organisation.slug, organisation.standing, organisation.terms_accepted_at) == (
        "fub-karlstad",
        Standing.PENDING,
        now,
    )
    assert (organisation.website, organisation.public_phone) == ("https://www.fub.se", "+46545400000")
    assert actor_for(session, user.id).administers(organisation.id)
    assert told == [("FUB Karlstad", "abc")]
    assert letters_sent(session) == [
        ("organisation_received", "anna@example.se"),
        ("organisation_awaiting", "karin@karlstad.se"),
        ("organisation_awaiting", "lena@lansstyrelsen.se"),
    ]
    assert_letter("organisation_received")
    assert_letter("organisation_awaiting", to="karin@karlstad.se")
    assert [entry.action for entry in history_of(session, "organisation", organisation.id)] == ["register_organisation"]


def test_sent_twice_it_is_registered_once(session: Session, now: datetime) -> None:
    actor = actor_of(session, make_user(session))

    organisations = [actions.register_organisation(session, FIELDS, actor=actor, now=now) for _ in range(2)]

    assert organisations[0] is organisations[1]
    assert len(letters_sent(session)) == 1


@pytest.mark.parametrize("name", ["FUB Karlstad", "fub  KARLSTAD", " Fub Karlstad"])
@pytest.mark.parametrize("standing", list(Standing))
def test_a_name_is_registered_once_whatever_its_case_and_spaces(
    session: Session, now: datetime, name: str, standing: Standing
) -> None:
    make_organisation(session, "FUB Karlstad", standing=standing)

    with pytest.raises(Invalid) as refusal:
        actions.register_organisation(
            session, {**FIELDS, "name": name}, actor=actor_of(session, make_user(session)), now=now
        )

    assert [(problem.field, problem.text) for problem in refusal.value.problems] == [
        ("name", "Det finns redan en organisation med det namnet i registret.")
    ]


def test_the_database_refuses_the_same_name_twice(session: Session, now: datetime) -> None:
    make_organisation(session, "ÖREBRO Å")
    session.add(
        Organisation(name="örebro  å", slug="x", kind=OrganisationKind.OTHER, standing=Standing.PENDING, created_at=now)
    )

    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def test_everything_that_is_missing_is_said_at_once(session: Session, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.register_organisation(
            session, {}, accepts_terms=False, actor=actor_of(session, make_user(session)), now=now
        )

    assert [problem.field for problem in refusal.value.problems] == ["name", "responsible_name", "accepts_terms"]


def test_nobody_registers_nothing(session: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.register_organisation(session, FIELDS, actor=NOBODY, now=now)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ny", "ny-2"),
        ("Inbjudningar", "inbjudningar-2"),
        ("FUB, Karlstad", "fub-karlstad-2"),
        ("Gamla Namnet", "gamla-namnet-2"),
        ("Å & Ä, Ö", "a-a-o"),
    ],
)
def test_an_address_is_never_anothers(session: Session, now: datetime, name: str, slug: str) -> None:
    other = make_organisation(session, "FUB Karlstad")
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=other.id))

    organisation = actions.register_organisation(
        session, {**FIELDS, "name": name}, actor=actor_of(session, make_user(session)), now=now
    )

    assert organisation.slug == slug


def test_a_claim_changes_nothing_that_the_public_sees(
    session: Session, now: datetime, assert_letter: AssertLetter, told: list[tuple[str, str]]
) -> None:
    user = make_user(session, "Anna Andersson", email="anna@example.se")
    make_coordinator(session, "1780", "Karin Karlsson").email = "karin@karlstad.se"
    organisation = make_organisation(
        session, "FUB Karlstad", standing=Standing.UNCLAIMED, website="https://fub.example", about="I registret"
    )

    actions.claim_organisation(
        session,
        organisation,
        {**FIELDS, "name": "Något annat", "kommun_code": "1730", "kind": OrganisationKind.PARTY},
        actor=actor_of(session, user),
        now=now,
        invitation="abc",
    )

    assert (organisation.name, organisation.kommun_code, organisation.kind, organisation.standing) == (
        "FUB Karlstad",
        "1780",
        OrganisationKind.ASSOCIATION,
        Standing.UNCLAIMED,
    )
    assert (organisation.website, organisation.about, organisation.public_email) == (
        "https://fub.example",
        "I registret",
        "",
    )
    assert actions.stated_details(organisation) == {
        **FIELDS,
        "website": "https://www.fub.se",
        "public_phone": "+46545400000",
    }
    actor = actor_for(session, user.id)
    assert (actor.claims, actor.roles, actor.is_member) == ({organisation.id}, {}, True)
    assert list(members_of(session, organisation)) == []
    assert told == []
    assert_letter("organisation_received", file="organisation_received_claim")
    assert_letter("organisation_awaiting", file="organisation_awaiting_claim")


def test_claimed_twice_by_the_same_person_it_is_claimed_once(session: Session, now: datetime) -> None:
    actor = actor_of(session, make_user(session))
    organisation = make_organisation(session, standing=Standing.UNCLAIMED)

    for _ in range(2):
        actions.claim_organisation(session, organisation, FIELDS, actor=actor, now=now)

    assert (organisation.claimed_by_id, organisation.version) == (actor.id, 2)
    assert len(letters_sent(session)) == 1


def test_one_that_another_has_claimed_cannot_be_claimed(session: Session, now: datetime) -> None:
    organisation = make_organisation(session, standing=Standing.UNCLAIMED)
    first, second = make_user(session), make_user(session)
    actions.claim_organisation(session, organisation, FIELDS, actor=actor_of(session, first), now=now)

    with pytest.raises(NotAllowed):
        actions.claim_organisation(session, organisation, FIELDS, actor=actor_of(session, second), now=now)

    assert organisation.claimed_by_id == first.id


def test_a_claim_is_taken_back(session: Session, sign_in: SignIn, now: datetime) -> None:
    organisation = make_organisation(session, "FUB Karlstad", standing=Standing.UNCLAIMED)
    user = make_user(session)
    actions.claim_organisation(session, organisation, FIELDS, actor=actor_of(session, user), now=now)
    client, address = sign_in(user), "/arbetsyta/organisationer/fub-karlstad/lamna"

    assert client.get(address).status_code == 200
    assert client.post(address).location == "/arbetsyta/organisationer"
    assert client.post(address).location == "/arbetsyta/organisationer"

    assert (organisation.is_claim, organisation.responsible_name, organisation.terms_accepted_at) == (False, "", None)
    assert actor_for(session, user.id).claims == frozenset()
    logged = [entry.action for entry in history_of(session, "organisation", organisation.id)]
    assert logged == ["withdraw_claim", "claim_organisation"]


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.VERIFIED, Standing.REFUSED, Standing.SUSPENDED])
def test_only_one_that_nobody_has_claimed_can_be_claimed(session: Session, now: datetime, standing: Standing) -> None:
    organisation = make_organisation(session, standing=standing, members=[make_user(session)])
    stranger = make_user(session)

    with pytest.raises(NotAllowed):
        actions.claim_organisation(session, organisation, FIELDS, actor=actor_of(session, stranger), now=now)

    assert actor_for(session, stranger.id).roles == {}


def test_imports_may_claim_nothing_for_nobody(session: Session, now: datetime) -> None:
    organisation = make_organisation(session, standing=Standing.UNCLAIMED)

    with pytest.raises(NotAllowed):
        actions.claim_organisation(session, organisation, FIELDS, actor=NOBODY, now=now)
    with pytest.raises(NotAllowed):
        actions.claim_organisation(session, organisation, FIELDS, actor=SYSTEM, now=now)


def test_the_flow_looks_in_the_register_first(session: Session, sign_in: SignIn) -> None:
    make_organisation(session, "FUB Karlstad", standing=Standing.UNCLAIMED)
    make_organisation(session, "FUB Arvika")
    make_organisation(session, "FUB Avstängd", standing=Standing.SUSPENDED)
    client = sign_in(make_user(session))

    page = client.get("/arbetsyta/organisationer/ny?namn=fub&inbjudan=abc").get_data(as_text=True)

    assert 'href="/arbetsyta/organisationer/fub-karlstad/det-ar-vi?inbjudan=abc"' in page
    assert 'href="/arbetsyta/organisationer/fub-arvika/bli-medlem"' in page
    assert "FUB Avstängd" not in page
    assert 'href="/arbetsyta/organisationer/ny/uppgifter?namn=fub&amp;inbjudan=abc"' in page


def test_an_organisation_is_registered_by_its_form(
    session: Session, sign_in: SignIn, told: list[tuple[str, str]]
) -> None:
    client = sign_in(make_user(session, "Anna"))

    page = client.get(f"{NEW}?namn=FUB Karlstad&inbjudan=abc").get_data(as_text=True)
    assert ['value="FUB Karlstad"' in page, 'name="inbjudan" value="abc"' in page] == [True, True]
    assert "Vi tar avstånd från diskriminering, extremism, främlingsfientlighet, korruption och rasism." in page
    answer = client.post(NEW, data=FORM)

    assert (answer.status_code, answer.location) == (303, "/arbetsyta/organisationer/fub-karlstad")
    assert told == [("FUB Karlstad", "")]
    assert client.get(answer.location).status_code == 200
    again = client.post(NEW, data=FORM)
    assert (again.status_code, again.location) == (303, "/arbetsyta/organisationer/fub-karlstad")


def test_who_was_invited_is_led_back_to_the_invitation(
    session: Session, sign_in: SignIn, told: list[tuple[str, str]]
) -> None:
    answer = sign_in(make_user(session, "Anna")).post(NEW, data={**FORM, "inbjudan": "a/b?c"})

    assert (answer.status_code, answer.location) == (303, "/svar/a%2Fb%3Fc")
    assert told == [("FUB Karlstad", "a/b?c")]


def test_who_was_invited_and_claims_hears_when_the_invitation_can_be_answered(
    session: Session, sign_in: SignIn
) -> None:
    make_organisation(session, "FUB Karlstad", standing=Standing.UNCLAIMED)
    client = sign_in(make_user(session, "Anna"))

    answer = client.post("/arbetsyta/organisationer/fub-karlstad/det-ar-vi", data={**FORM, "inbjudan": "abc"})

    assert (answer.status_code, answer.location) == (303, "/arbetsyta/organisationer/fub-karlstad")
    page = client.get(answer.location).get_data(as_text=True)
    assert "Ni kan svara på inbjudan så snart det är klart." in page


@pytest.mark.parametrize(
    ("without", "message"),
    [
        ("name", "Skriv organisationens namn."),
        ("kind", "Välj vilken typ av organisation ni är."),
        ("kommun_code", "Välj en kommun, eller hela Värmland."),
        ("responsible_name", "Skriv vem som ansvarar för organisationen här."),
        ("accepts_terms", "Kryssa i att den som ansvarar ställer sig bakom deklarationens värden."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    session: Session, sign_in: SignIn, without: str, message: str
) -> None:
    given = {name: value for name, value in FORM.items() if name != without}

    answer = sign_in(make_user(session)).post(NEW, data=given)

    page = answer.get_data(as_text=True)
    assert (answer.status_code, message in page, 'value="info@fub.se"' in page) == (422, True, True)
    assert organisation_by_name(session, "FUB Karlstad") is None


def test_the_whole_county_is_a_choice(session: Session, sign_in: SignIn) -> None:
    sign_in(make_user(session)).post(NEW, data={**FORM, "kommun_code": "17"})

    organisation = organisation_by_name(session, "FUB Karlstad")
    assert organisation is not None
    assert organisation.kommun_code is None


@pytest.mark.parametrize(
    ("standing", "leads_to"), [(Standing.UNCLAIMED, "det-ar-vi"), (Standing.VERIFIED, "bli-medlem")]
)
def test_a_name_that_is_taken_leads_on(session: Session, sign_in: SignIn, standing: Standing, leads_to: str) -> None:
    make_organisation(session, "FUB Karlstad", standing=standing)

    answer = sign_in(make_user(session)).post(NEW, data={**FORM, "name": "fub karlstad"})

    assert answer.status_code == 422
    assert f'href="/arbetsyta/organisationer/fub-karlstad/{leads_to}"' in answer.get_data(as_text=True)


def test_an_organisation_is_claimed_by_its_form(session: Session, sign_in: SignIn) -> None:
    make_organisation(session, "FUB Karlstad", standing=Standing.UNCLAIMED)
    client, address = sign_in(make_user(session)), "/arbetsyta/organisationer/fub-karlstad/det-ar-vi"

    assert client.get(address).status_code == 200
    assert client.post(address, data={"responsible_name": "Olle"}).status_code == 422
    answers = [client.post(address, data=FORM) for _ in range(2)]

    assert [answer.location for answer in answers] == ["/arbetsyta/organisationer/fub-karlstad"] * 2
    page = client.get(answers[0].location).get_data(as_text=True)
    assert ["Väntar på att verifieras" in page, "info@fub.se" in page] == [True, True]


def test_a_claimed_one_leads_to_asking_its_people_without_saying_who_they_are(
    session: Session, sign_in: SignIn, assert_letter: AssertLetter
) -> None:
    administrator = make_user(session, "Olle Ordförande", email="olle@fub.se")
    editor = make_user(session, "Rut Redaktör", email="rut@fub.se")
    make_organisation(session, "FUB Karlstad", members=[administrator], editors=[editor])
    client = sign_in(make_user(session, "Anna Andersson", email="anna@example.se"))

    claiming = client.get("/arbetsyta/organisationer/fub-karlstad/det-ar-vi")
    assert claiming.location == "/arbetsyta/organisationer/fub-karlstad/bli-medlem"
    assert client.post("/arbetsyta/organisationer/fub-karlstad/det-ar-vi", data=FORM).location == claiming.location
    page = client.get(claiming.location).get_data(as_text=True)
    assert [secret in page for secret in ("Olle", "olle@fub.se", "Rut")] == [False] * 3
    assert client.post(claiming.location).location == "/arbetsyta/organisationer"

    assert letters_sent(session) == [("member_request", "olle@fub.se")]
    assert_letter("member_request")


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.REFUSED, Standing.SUSPENDED, Standing.UNCLAIMED])
def test_one_without_people_to_ask_is_not_asked(session: Session, sign_in: SignIn, standing: Standing) -> None:
    make_organisation(session, "FUB Karlstad", standing=standing)
    client = sign_in(make_user(session))

    assert client.get("/arbetsyta/organisationer/fub-karlstad/bli-medlem").status_code == 200
    assert client.post("/arbetsyta/organisationer/fub-karlstad/bli-medlem").status_code == 403


def test_whose_organisation_somebody_else_has_claimed_is_told_whom_to_call(
    session: Session, sign_in: SignIn, now: datetime
) -> None:
    make_coordinator(session, "1780").email = "karin@karlstad.se"
    impostor = make_user(session, "Ingvar Impostor", email="ingvar@example.se")
    organisation = make_organisation(session, "FUB Karlstad", standing=Standing.UNCLAIMED)
    actions.claim_organisation(session, organisation, FIELDS, actor=actor_of(session, impostor), now=now)
    client = sign_in(make_user(session))

    answer = client.post("/arbetsyta/organisationer/fub-karlstad/det-ar-vi", data=FORM)
    page = client.get(answer.location).get_data(as_text=True)

    assert ["mailto:karin@karlstad.se" in page, "Ingvar" in page, "ingvar@example.se" in page] == [True, False, False]
    assert client.post("/arbetsyta/organisationer/fub-karlstad/bli-medlem").status_code == 403


def test_strangers_cannot_write_to_administrators_without_end(session: Session, sign_in: SignIn) -> None:
    make_organisation(session, "FUB Karlstad", members=[make_user(session)])
    client = sign_in(make_user(session))

    codes = [client.post("/arbetsyta/organisationer/fub-karlstad/bli-medlem").status_code for _ in range(6)]

    assert codes == [303] * 5 + [429]
