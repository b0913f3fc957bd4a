"""Demokrativeckan 2027, made through the actions that people use: open for submission, published, in every state."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from planner.core.text import slugify
from planner.data.kommuner import kommuner
from planner.editions.actions import create_edition, open_edition, publish_edition
from planner.editions.models import Edition
from planner.editions.queries import edition_with_all
from planner.exchange.demonstration.events import EventMaker
from planner.exchange.demonstration.fates import PUBLISHED_AGO, give_fates, live_on
from planner.exchange.demonstration.people import People, SignIn
from planner.exchange.demonstration.places import Places
from planner.exchange.register import ensure_register
from planner.organisations.rules import SYSTEM

SLUG = "2027"
LATEST = datetime(2027, 8, 20, 8, tzinfo=UTC)
"""When the week is made at the latest, by its own clock: soon afterwards it takes nothing more in."""
INTRO = (
    "I hela Värmland möts vi för att prata om demokrati och mänskliga rättigheter: på torg, i bibliotek och på nätet. "
    "Det här är en demonstration. Programpunkterna är påhittade efter det verkliga programmet 2021."
)


def make_demonstration(session: Session, password: str, *, now: datetime) -> list[SignIn]:
    """Make the week with its people. The caller commits; one that is there already is left alone and gives no one."""
    if edition_with_all(session, SLUG) is not None:
        return []
    now = min(now, LATEST)
    then = now - PUBLISHED_AGO
    ensure_register(session, now=then)
    edition = _open_edition(session, then)
    people = People(session, password, now=then)
    sign_ins = people.add_coordinators()
    shapes = json.loads((files("planner.data") / "demonstration.json").read_text(encoding="utf-8"))
    people.add_local_associations()
    people.add_members(sorted(_hosts(shapes)))
    sign_ins += [
        SignIn(f"Administratör, {people.organisation(slug).name}", people.acts_for(slug).email)
        for slug in ("arvika-kommun", "region-varmland", "studieforbundet-vuxenskolan-varmland")
    ]
    sign_ins += [people.add_editor("arvika-kommun"), people.add_newcomer()]
    maker = EventMaker(session, edition, people, Places(session, now=then), now=then)
    events = [maker.make(shape, kommun) for shape, kommun in _placed(shapes)]
    give_fates(session, edition, events, people, now=then)
    publish_edition(session, edition, actor=people.acts_for("samordnare"), now=then)
    live_on(session, edition, events, people, now=now)
    people.give_password(sign_ins)
    return sign_ins


def _open_edition(session: Session, now: datetime) -> Edition:
    create_edition(
        session,
        {
            "name": "Demokrativeckan 2027",
            "slug": SLUG,
            "first_day": date(2027, 9, 20),
            "last_day": date(2027, 9, 27),
            "submit_by": date(2027, 8, 31),
            "print_by": date(2027, 8, 20),
            "intro": INTRO,
            "contact_email": "demokrativeckan@demo.example",
            "verified_may_publish": True,
        },
        actor=SYSTEM,
        now=now,
    )
    session.flush()
    edition = edition_with_all(session, SLUG)
    if edition is None:
        raise LookupError(SLUG)
    return open_edition(session, edition, actor=SYSTEM, now=now)


def _placed(shapes: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every shape in every kommun where it is held; one that is held nowhere in particular comes once, with ""."""
    for shape in shapes:
        codes = list(kommuner()) if shape.get("everywhere") else shape.get("kommuner", [""])
        yield from ((shape, code) for code in codes)


def _hosts(shapes: list[dict[str, Any]]) -> set[str]:
    """The slugs of every organisation of the register that a shape names, and of the sixteen kommuner."""
    named = {slug for shape in shapes for slug in (shape["host"], *shape.get("partners", []))}
    return (named - {"kommun", "forening", "bygd"}) | {slugify(kommun.official_name) for kommun in kommuner().values()}
