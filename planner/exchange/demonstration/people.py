"""The people of the demonstration: invented, one for each organisation that acts, and one coordinator of each sort."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.actions import register_user, set_password
from planner.accounts.models import CoordinatorRole, User
from planner.core.text import slugify
from planner.data.kommuner import kommuner
from planner.organisations.models import MemberRole, Membership, Organisation, OrganisationKind, Standing
from planner.organisations.queries import actor_for
from planner.organisations.rules import Actor

DOMAIN = "demo.example"
_FIRST = [
    "Alva",
    "Bo",
    "Cecilia",
    "David",
    "Elin",
    "Farid",
    "Greta",
    "Hugo",
    "Inga",
    "Jamal",
    "Karin",
    "Leyla",
    "Maj",
    "Nils",
    "Olga",
    "Per",
    "Rut",
    "Samir",
    "Tove",
    "Ulf",
]
_LAST = [
    "Alm",
    "Björk",
    "Dahl",
    "Ek",
    "Fors",
    "Gran",
    "Holm",
    "Ljung",
    "Myr",
    "Näs",
    "Rönn",
    "Sund",
    "Tall",
    "Vik",
    "Åkerö",
    "Öster",
]


@dataclass(frozen=True)
class SignIn:
    """One way in, as it is printed: what the person is, and the address to sign in with."""

    role: str
    email: str


class People:
    """Whoever acts in the demonstration, by the slug of the organisation that they work for."""

    def __init__(self, session: Session, password: str, *, now: datetime) -> None:
        self.session, self.password, self.now = session, password, now
        self._actors: dict[str, Actor] = {}
        self._count = 0

    def add_coordinators(self) -> list[SignIn]:
        """One coordinator of the county and one of Arvika."""
        county = self._user("samordnare", "Karin Lindh")
        local = self._user("samordnare.arvika", "Olof Ahl")
        for user, kommun in ((county, None), (local, "1784")):
            self.session.add(CoordinatorRole(user_id=user.id, kommun_code=kommun, since=self.now))
        self.session.flush()
        self._actors["samordnare"] = actor_for(self.session, county.id)
        return [SignIn("Länssamordnare", county.email), SignIn("Kommunsamordnare i Arvika", local.email)]

    def add_members(self, slugs: Iterable[str]) -> None:
        """An administrator for every organisation named, which is verified thereby."""
        for slug in slugs:
            organisation = self.organisation(slug)
            organisation.standing, organisation.standing_set_at = Standing.VERIFIED, self.now
            organisation.terms_accepted_at = self.now
            organisation.public_email = organisation.public_email or f"kontakt.{slug}@{DOMAIN}"
            self._join(organisation, self._user(slug, self._name()), MemberRole.ADMINISTRATOR)

    def add_editor(self, slug: str) -> SignIn:
        """An editor beside the administrator."""
        organisation = self.organisation(slug)
        user = self._user(f"redaktor.{slug}", self._name())
        self.session.add(
            Membership(user_id=user.id, organisation_id=organisation.id, role=MemberRole.EDITOR, since=self.now)
        )
        return SignIn(f"Redaktör, {organisation.name}", user.email)

    def add_local_associations(self) -> None:
        """A local heritage society in every kommun, for the events that associations hold."""
        for kommun in kommuner().values():
            name = f"Bygdegårdsföreningen i {kommun.name}"
            self._organisation(name, kommun.code, Standing.VERIFIED)
            self.add_members([slugify(name)])

    def add_newcomer(self) -> SignIn:
        """An association that has registered itself and waits to be verified."""
        organisation = self._organisation("Unga röster i Kristinehamn", "1781", Standing.PENDING)
        organisation.terms_accepted_at = self.now
        user = self._user("unga-roster", self._name())
        self._join(organisation, user, MemberRole.ADMINISTRATOR)
        return SignIn("Ny förening som väntar på att verifieras", user.email)

    def acts_for(self, slug: str) -> Actor:
        """The person who acts for an organisation; ``samordnare`` is the county's coordinator."""
        return self._actors[slug]

    def organisation(self, slug: str) -> Organisation:
        """The organisation of the register with this slug."""
        return self.session.scalars(sa.select(Organisation).where(Organisation.slug == slug)).one()

    def _organisation(self, name: str, kommun: str, standing: Standing) -> Organisation:
        organisation = Organisation(
            slug=slugify(name),
            name=name,
            kind=OrganisationKind.ASSOCIATION,
            kommun_code=kommun,
            public_email=f"kontakt.{slugify(name)}@{DOMAIN}",
            standing=standing,
            created_at=self.now,
        )
        self.session.add(organisation)
        self.session.flush()
        return organisation

    def _join(self, organisation: Organisation, user: User, role: MemberRole) -> None:
        self.session.add(Membership(user_id=user.id, organisation_id=organisation.id, role=role, since=self.now))
        self.session.flush()
        self._actors[organisation.slug] = actor_for(self.session, user.id)

    def _user(self, local_part: str, name: str) -> User:
        return register_user(self.session, f"{local_part}@{DOMAIN}", name, now=self.now)

    def give_password(self, sign_ins: Iterable[SignIn]) -> None:
        """Let those whose addresses are printed sign in with the password of this instance."""
        for sign_in in sign_ins:
            user = self.session.scalars(sa.select(User).where(User.email == sign_in.email)).one()
            set_password(self.session, user, self.password, now=self.now)

    def _name(self) -> str:
        self._count += 1
        return f"{_FIRST[self._count % len(_FIRST)]} {_LAST[self._count * 5 % len(_LAST)]}"
