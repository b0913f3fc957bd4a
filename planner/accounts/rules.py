"""What a good account is, which links still work, and who may make whom a coordinator. Pure: no queries, no Flask."""

from datetime import datetime, timedelta
from typing import Protocol

from planner.accounts.models import EmailConfirmation, SignInLink
from planner.accounts.passwords import LONGEST, SHORTEST, is_common, is_monotonous
from planner.core.addresses import holds_address
from planner.core.errors import Problem
from planner.core.text import N_

LINK_LIFE = timedelta(minutes=30)
RECENTLY = timedelta(minutes=30)
KEPT_AFTER_EXPIRY = timedelta(days=1)
MOST_LIVE_LINKS = 5
NAME_LENGTH = 120


class CoordinatingActor(Protocol):
    """What must be known of somebody who wants to make a coordinator."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def is_county_coordinator(self) -> bool: ...
    @property
    def is_system(self) -> bool: ...


def may_grant_coordinator(actor: CoordinatingActor) -> bool:
    """The county's coordinators decide who coordinates; so does whoever runs the server."""
    return actor.is_county_coordinator or actor.is_system


def is_usable(link: SignInLink | EmailConfirmation, now: datetime) -> bool:
    """Whether a one-time link still works."""
    return link.used_at is None and now < link.expires_at


def is_recent(signed_in_at: datetime | None, now: datetime) -> bool:
    """Whether somebody showed so lately who they are that they may change how they get in."""
    return signed_in_at is not None and now - signed_in_at < RECENTLY


def problems_with_name(name: str) -> list[Problem]:
    """Whether a person's name can be used. It may be a title: nobody has to be named."""
    if not name:
        return [Problem("name", N_("Skriv ditt namn."))]
    if len(name) > NAME_LENGTH:
        return [Problem("name", N_("Namnet får vara högst %(longest)d tecken."), {"longest": NAME_LENGTH})]
    if holds_address(name):
        return [Problem("name", N_("Skriv namnet utan webbadress eller e-postadress."))]
    return []


def problems_with_password(password: str, *, email: str, name: str) -> list[Problem]:
    """Why a password will not do: too short, too long, or among the first that would be guessed."""
    if len(password) < SHORTEST:
        return [Problem("password", N_("Lösenordet behöver minst %(shortest)d tecken."), {"shortest": SHORTEST})]
    if len(password) > LONGEST:
        return [Problem("password", N_("Lösenordet får vara högst %(longest)d tecken."), {"longest": LONGEST})]
    if is_common(password) or is_monotonous(password) or _is_about_oneself(password, email, name):
        message = N_("Lösenordet är för lätt att gissa. Välj ett annat, till exempel fyra ord som inte hör ihop.")
        return [Problem("password", message)]
    return []


def _is_about_oneself(password: str, email: str, name: str) -> bool:
    folded = password.casefold()
    own = {email.casefold(), email.partition("@")[0].casefold(), "".join(name.casefold().split())}
    remains = [folded.replace(word, "") for word in own if len(word) >= 4]
    return any(len(rest) < 5 for rest in remains)
