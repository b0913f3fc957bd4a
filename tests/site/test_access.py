"""Who may enter each route: every one says it, and everybody is tried at every door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers
from werkzeug.routing import Rule

from planner.web.access import Level
from planner.web.limits import limiter
from tests.browsing import Browser
from tests.site.world import World, make_world

OPEN = {Level.ANYONE, Level.VISITOR, Level.LETTER, Level.HOLDER}
ENTERS = {
    "nobody": OPEN,
    "outsider": OPEN | {Level.SIGNED_IN},
    "stranger": OPEN | {Level.SIGNED_IN, Level.MEMBER},
    "member": OPEN | {Level.SIGNED_IN, Level.MEMBER},
    "kommun_coordinator": OPEN | {Level.SIGNED_IN, Level.MEMBER, Level.COORDINATOR},
    "county_coordinator": set(Level),
}
OURS = (
    "/arbetsyta/evenemang/<",
    "/arbetsyta/organisationer/<slug>",
    "/arbetsyta/utkast-utan-organisation/<",
)
"""Addresses behind which lies something that belongs to somebody: a stranger finds nothing there."""
FOR_STRANGERS = {
    "organisations.new_claim",
    "organisations.claim",
    "organisations.join",
    "organisations.ask_to_join",
    "organisations.leave",
}
"""Doors beside those, meant for people who do not belong there yet, or (after pressing twice) no longer do."""


@dataclass
class Try:
    """What came of knocking at one door. A failure has no status and says what failed."""

    rule: Rule
    method: str
    level: Level | None
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    failure: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule} ({self.level}): {self.failure or self.status}"


def level_of(app: Flask, rule: Rule) -> Level | None:
    return getattr(app.view_functions[rule.endpoint], "access", None)


def knock_once(app: Flask, browser: Browser, rule: Rule, method: str, address: str) -> Try:
    """A fault of the page, or an exception behind it, is the answer too."""
    door = Try(rule, method, level_of(app, rule))
    try:
        answer = browser.open(address, method=method, data={} if method == "POST" else None)
    except (Exception, AssertionError) as error:
        door.failure = f"{type(error).__name__}: {error}"
    else:
        door.status, door.headers = answer.status_code, answer.headers
    return door


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def knock(
    app: Flask, world: World, new_client: Callable[[], Browser], sign_in: Callable[..., Browser], connection: Connection
) -> Callable[[str], Iterator[Try]]:
    """Lets one person try every address with every method; what each try changed is undone before the next."""

    doors = [(rule, values) for rule in app.url_map.iter_rules() for values in world.arguments_of(rule)]

    def try_all(who: str) -> Iterator[Try]:
        for rule, values in doors:
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **values)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                browser = new_client() if who == "nobody" else sign_in(getattr(world, who))
                limiter.reset()
                browser.test_session.commit()
                point = connection.begin_nested()
                yield knock_once(app, browser, rule, method, address)
                point.rollback()

    return try_all


def test_every_route_says_who_may_enter(app: Flask) -> None:
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if not isinstance(level_of(app, rule), Level)]
    assert silent == []


@pytest.mark.parametrize("who", ENTERS)
def test_everybody_is_tried_at_every_door(knock: Callable[[str], Iterator[Try]], who: str) -> None:
    faults = [f"{door}: {fault}" for door in knock(who) for fault in faults_of(door, who)]
    assert not faults, "\n".join(faults)


def faults_of(door: Try, who: str) -> Iterator[str]:
    """What must never come of knocking, whoever knocks."""
    if door.failure or door.status >= 500:
        yield "it fails"
        return
    allowed = door.level in ENTERS[who]
    if not allowed and door.status != (303 if who == "nobody" else 403):
        yield f"{who} is let in"
    if not allowed and who == "nobody" and "/konto/logga-in" not in door.headers.get("Location", ""):
        yield "it does not lead to signing in"
    if who in ("outsider", "stranger") and is_somebodys(door) and door.status not in (403, 404):
        yield f"{who} gets at what belongs to somebody else"
    if door.level is Level.ANYONE and ("Set-Cookie" in door.headers or "Cookie" in door.headers.get("Vary", "")):
        yield "it is for everybody and yet belongs to a visit"
    if door.level is Level.HOLDER and (
        "Set-Cookie" in door.headers or door.headers["Referrer-Policy"] != "no-referrer"
    ):
        yield "it is opened by a secret and yet leaves a trace"
    if door.level is not Level.ANYONE and not door.headers.get("Cache-Control", "").startswith("private"):
        yield "it belongs to a visit and yet caches may keep it"


def is_somebodys(door: Try) -> bool:
    return door.rule.rule.startswith(OURS) and door.rule.endpoint not in FOR_STRANGERS
