"""Every page of an organisation, tried by everybody."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.organisations.models import MemberInvitation, MemberRole, Membership, Organisation
from planner.organisations.queries import members_of
from planner.organisations.rules import INVITATION_LIFE
from tests.browsing import Browser
from tests.factories import LONG_AGO, make_coordinator, make_organisation, make_user

BASE = "/arbetsyta/organisationer"
SHOW = f"{BASE}/fub-karlstad"
SignIn = Callable[[User], Browser]
VISITORS = ("stranger", "editor", "administrator", "other kommun", "own kommun")


@pytest.fixture
def visitors(session: Session, sign_in: SignIn, client: Browser) -> dict[str, Browser]:
    """A browser for each kind of visitor to FUB Karlstad, which has an invitation waiting."""
    stranger, editor, administrator = (make_user(session) for _ in range(3))
    make_organisation(session, "ABF", members=[stranger])
    fub = make_organisation(session, "FUB Karlstad", members=[administrator], editors=[editor])
    session.add(
        MemberInvitation(
            organisation_id=fub.id,
            email="anna@example.se",
            role=MemberRole.EDITOR,
            token_hash="x",
            created_at=LONG_AGO,
            expires_at=LONG_AGO + 100 * INVITATION_LIFE,
        )
    )
    people = {
        "stranger": stranger,
        "editor": editor,
        "administrator": administrator,
        "other kommun": make_coordinator(session, "1730"),
        "own kommun": make_coordinator(session, "1780"),
    }
    return {"nobody": client, **{name: sign_in(user) for name, user in people.items()}}


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        (BASE, (200, 200, 200, 200, 200)),
        (f"{BASE}/ny", (200, 200, 200, 200, 200)),
        (f"{BASE}/ny/uppgifter", (200, 200, 200, 200, 200)),
        (SHOW, (403, 200, 200, 403, 200)),
        (f"{SHOW}/andra", (403, 403, 200, 403, 200)),
        (f"{SHOW}/medlemmar", (403, 200, 200, 403, 200)),
        (f"{SHOW}/medlemmar/MEMBER/ta-bort", (403, 403, 200, 403, 200)),
        (f"{SHOW}/lamna", (403, 200, 200, 403, 200)),
        (f"{SHOW}/bli-medlem", (200, 303, 303, 200, 303)),
        (f"{SHOW}/det-ar-vi", (303, 303, 303, 303, 303)),
        (f"{BASE}/finns-inte", (404, 404, 404, 404, 404)),
    ],
)
def test_who_sees_what(session: Session, visitors: dict[str, Browser], path: str, codes: tuple[int, ...]) -> None:
    path = path.replace("MEMBER", str(_editor_of(session).id))

    nobody = visitors["nobody"].get(path)

    assert (nobody.status_code, nobody.location) == (303, f"/konto/logga-in?nasta={path}")
    assert tuple(visitors[name].get(path).status_code for name in VISITORS) == codes


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        (f"{BASE}/ny/uppgifter", (422, 422, 422, 422, 422)),
        (f"{SHOW}/andra", (403, 403, 422, 403, 422)),
        (f"{SHOW}/medlemmar", (403, 403, 422, 403, 422)),
        (f"{SHOW}/medlemmar/MEMBER/roll", (403, 403, 422, 403, 422)),
        (f"{SHOW}/medlemmar/MEMBER/ta-bort", (403, 403, 303, 403, 303)),
        (f"{SHOW}/inbjudningar/1/skicka-igen", (403, 403, 303, 403, 303)),
        (f"{SHOW}/inbjudningar/1/ta-tillbaka", (403, 403, 303, 403, 303)),
        (f"{SHOW}/be-om-ny-kontroll", (403, 403, 403, 403, 403)),
        (f"{SHOW}/det-ar-vi", (422, 422, 422, 422, 422)),
        (f"{BASE}/inbjudningar/1", (403, 403, 403, 403, 403)),
    ],
)
def test_who_does_what(session: Session, visitors: dict[str, Browser], path: str, codes: tuple[int, ...]) -> None:
    waiting = session.query(MemberInvitation).one().id
    path = path.replace("MEMBER", str(_editor_of(session).id)).replace("/1/", f"/{waiting}/")
    path = path.removesuffix("/1") + f"/{waiting}" if path.endswith("/1") else path

    nobody = visitors["nobody"].post(path)

    assert (nobody.status_code, nobody.location.partition("?")[0]) == (303, "/konto/logga-in")
    assert tuple(visitors[name].post(path).status_code for name in VISITORS) == codes


def _editor_of(session: Session) -> Membership:
    organisation = session.query(Organisation).filter_by(slug="fub-karlstad").one()
    return next(member for member in members_of(session, organisation) if member.role is MemberRole.EDITOR)
