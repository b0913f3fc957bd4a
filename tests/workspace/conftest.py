"""Whom the workspace's tests are about: an organiser, her event, and the organiser next door."""

import re
from collections.abc import Callable

import html5lib
import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from planner.accounts.models import User
from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus
from planner.events.queries import event_for_editing
from planner.organisations.models import Organisation
from tests.browsing import Browser
from tests.factories import make_criterion, make_edition, make_event, make_organisation, make_theme, make_user

SignIn = Callable[[User], Browser]


@pytest.fixture
def edition(session: Session) -> Edition:
    """A week that is open for submission, with a theme and a criterion."""
    edition = make_edition(session, state=EditionState.OPEN)
    make_theme(session, edition=edition)
    make_criterion(session, edition)
    return edition


@pytest.fixture
def anna(session: Session) -> User:
    return make_user(session, "Anna Andersson")


@pytest.fixture
def ours(session: Session, anna: User) -> Organisation:
    """The organisation that Anna administers."""
    return make_organisation(session, members=[anna])


@pytest.fixture
def draft(session: Session, ours: Organisation, edition: Edition) -> Event:
    """A draft of Anna's with one occurrence."""
    return whole(session, make_event(session, organiser=ours, edition=edition, status=EventStatus.DRAFT))


@pytest.fixture
def published(session: Session, ours: Organisation, edition: Edition) -> Event:
    """A published event of Anna's in a published week."""
    edition.state = EditionState.PUBLISHED
    return whole(session, make_event(session, "Öppet hus", organiser=ours, edition=edition))


def whole(session: Session, event: Event) -> Event:
    """The event as it is now, with everything that belongs to it."""
    found = event_for_editing(session, event.id)
    assert found is not None
    return found


@pytest.fixture
def hers(sign_in: SignIn, anna: User) -> Browser:
    """Anna's browser."""
    return sign_in(anna)


@pytest.fixture
def stranger(session: Session, sign_in: SignIn) -> Browser:
    """The organiser next door."""
    other = make_user(session, "Olle Olsson")
    make_organisation(session, "Grannföreningen", members=[other])
    return sign_in(other)


def at(event: Event, rest: str = "") -> str:
    """The address of an event in the workspace."""
    return f"/arbetsyta/evenemang/{event.number.lower()}{rest}"


def fields_of(response: TestResponse, action: str = "") -> dict[str, list[str]]:
    """What a browser would send from the page's form: hidden fields, texts, ticked boxes, chosen options."""
    page = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    main = page.find(".//main")
    forms = [form for form in main.iter("form") if form.get("method") == "post" and action in form.get("action", "")]
    fields: dict[str, list[str]] = {}
    for field in forms[0].iter():
        name = field.get("name")
        if name is None or name == "csrf_token" or field.tag == "button":
            continue
        if field.tag == "select":
            chosen = [one.get("value", "") for one in field.iter("option") if one.get("selected") is not None]
            fields.setdefault(name, []).extend(chosen or [next(field.iter("option")).get("value", "")])
        elif field.tag == "textarea":
            fields.setdefault(name, []).append(re.sub("^\n", "", field.text or ""))
        elif field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                fields.setdefault(name, []).append(field.get("value", "on"))
        elif field.get("type") != "file":
            fields.setdefault(name, []).append(field.get("value", ""))
    return fields


def heading(response: TestResponse) -> str:
    """The text of the page's h1."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.get_data(as_text=True), re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def errors_of(response: TestResponse) -> list[tuple[str, str]]:
    """The error summary: where each link leads, and what it says."""
    page = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    for box in page.iter("div"):
        if "error-summary" in (box.get("class") or "").split():
            items = list(box.iter("li"))
            return [
                (
                    next((link.get("href", "") for link in item.iter("a")), ""),
                    " ".join("".join(item.itertext()).split()),
                )
                for item in items
            ]
    return []
