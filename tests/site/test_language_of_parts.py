"""On an English page, what people have written in Swedish says that it is Swedish (WCAG 3.1.2)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.accounts.models import User
from planner.editions.models import Edition
from planner.events.models import Audience, Event, EventText, Occurrence, SignUp
from planner.organisations.models import Organisation
from planner.venues.models import Answer, Feature, VenueFact
from tests import markup
from tests.browsing import Browser
from tests.factories import (
    KEEN,
    MONDAY,
    make_coordinator,
    make_criterion,
    make_digital_venue,
    make_edition,
    make_event,
    make_member,
    make_occurrence,
    make_organisation,
    make_programme,
    make_theme,
    make_venue,
)

# Every text that a person can write, each in a place of its own. "Sagt" is a word that the interface never uses.
WRITTEN = {
    "title": "Sagt som rubrik",
    "summary": "Sagt som sammanfattning.",
    "description": "Sagt som beskrivning.",
    "series": "Sagt som serie",
    "price": "Sagt som pris",
    "sign_up_note": "Sagt om anmälan.",
    "accessibility_note": "Sagt om tillgänglighet.",
    "source_note": "Sagt som källa",
    "label": "Sagt som tillfällets namn",
    "time_note": "Sagt om tiden",
    "room": "Sagt som rum",
    "capacity_note": "Sagt om antalet",
    "reserve_note": "Sagt om reservplatsen",
    "state_note": "Sagt om flytten.",
    "part": "Sagt som del",
    "lasting": "Sagt som utställning",
    "easy": "Sagt lättläst.",
    "venue": "Sagt bibliotek",
    "digital": "Sagt videorum",
    "directions": "Sagt om vägen.",
    "rooms": "Sagt om lokalerna.",
    "fact_note": "Sagt om hissen",
    "theme": "Sagt tema",
    "theme_description": "Sagt om temat.",
    "about": "Sagt om föreningen.",
    "edition": "Sagt som veckans namn",
    "old_edition": "Sagt som förra veckan",
    "intro": "Sagt om veckan.",
}
PAGES = [
    f"/mitt-program/{KEEN}",
    f"/mitt-program/{KEEN}/fler?dag=2027-09-20",
    f"/mitt-program/delat/{KEEN}",
    "/mitt-program/ny?tillfalle=tillfalle-1%40demokrativeckan.example",
    "/",
    "/kalender",
    "/kalender?tema=tema",
    "/kalender?plats=biblioteket&tema=tema&dag=2027-09-25",
    "/evenemang/rubrik",
    "/evenemang/del",
    "/arrangorer",
    "/arrangorer/foreningen",
    "/kommuner/karlstad",
    "/teman/tema",
    "/platser",
    "/platser/biblioteket",
    "/platser/videorummet",
    "/om",
    "/integritet",
    "/tillganglighet",
]
WORK = [
    "/arbetsyta",
    "/arbetsyta/platser",
    "/arbetsyta/platser/biblioteket",
    "/arbetsyta/organisationer/foreningen",
    "/arbetsyta/evenemang/{number}",
    "/arbetsyta/evenemang/{number}/historik",
    "/arbetsyta/evenemang/{number}/kalenderappar",
    "/arbetsyta/evenemang/{number}/tillfallen",
    "/arbetsyta/evenemang/{number}/tillfallen/ny",
    "/arbetsyta/evenemang/{number}/skicka",
    "/arbetsyta/evenemang/{number}/arrangorer",
    "/arbetsyta/evenemang/{number}/bild-och-sprak",
    "/arbetsyta/evenemang/{number}/praktiskt",
    "/arbetsyta/evenemang/{number}/sprak/en",
    "/arbetsyta/evenemang/{number}/stall-in",
    "/arbetsyta/evenemang/{number}/avpublicera",
    "/arbetsyta/evenemang/{number}/vad",
    "/arbetsyta/evenemang/{number}/vilka",
    "/arbetsyta/evenemang/ny",
    "/samordning",
    "/samordning/granskning/{number}",
    "/samordning/granskning/{number}/logg",
    "/samordning/programpunkter",
    "/samordning/oversikt",
    "/samordning/organisationer",
    "/samordning/organisationer/foreningen",
    "/samordning/platser",
    "/samordning/upplagor",
    "/samordning/upplagor/2027",
    "/samordning/upplagor/2027/redigera",
]


@pytest.fixture
def world(session: Session) -> Event:
    """One of everything, filled in to the last field, and a week before this one."""
    said = WRITTEN
    before = MONDAY - timedelta(days=364)
    make_edition(
        session, said["old_edition"], slug="2026", number_prefix="DV26", year=2026, first_day=before, last_day=before
    )
    edition = make_edition(session, said["edition"], intro=said["intro"])
    theme = make_theme(session, said["theme"], edition)
    theme.slug, theme.description = "tema", said["theme_description"]
    organiser = make_organisation(session, "Föreningen", about=said["about"])
    library = make_venue(session, said["venue"], slug="biblioteket", directions=said["directions"], rooms=said["rooms"])
    session.add(VenueFact(venue_id=library.id, feature=Feature.LIFT, answer=Answer.YES, note=said["fact_note"]))
    online = make_digital_venue(session, said["digital"], slug="videorummet")
    of_the_event = ("summary", "series", "price", "sign_up_note", "accessibility_note", "source_note")
    texts: dict[str, Any] = {each: said[each] for each in of_the_event}
    event = make_event(
        session,
        said["title"],
        organiser=organiser,
        edition=edition,
        slug="rubrik",
        with_occurrence=False,
        themes=[theme],
        audiences=[Audience.EVERYBODY],
        description_html=f"<p>{said['description']}</p>",
        is_free=False,
        sign_up=SignUp.CONTACT,
        **texts,
    )
    session.add(EventText(event_id=event.id, language="sv-lattlast", summary=said["easy"]))
    notes: dict[str, Any] = {
        each: said[each] for each in ("label", "time_note", "room", "capacity_note", "reserve_note", "state_note")
    }
    make_occurrence(session, event, place=library, digital_place=online, **notes)
    make_occurrence(session, event, MONDAY + timedelta(days=1), place=None, digital_place=online)
    make_event(session, said["part"], organiser=organiser, edition=edition, slug="del", part_of_id=event.id)
    lasting = make_event(session, said["lasting"], organiser=organiser, edition=edition, with_occurrence=False)
    make_occurrence(session, lasting, last_day=MONDAY + timedelta(days=3), start=None, place=library)
    session.flush()
    make_programme(session, *session.scalars(sa.select(Occurrence)), share_token=KEEN)
    return event


def visible_words(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Every visible text of an element with the language that it is marked with."""
    language = element.get("lang") or language
    if element.tag in ("script", "style", "head", "textarea"):
        return
    yield element.text or "", language
    for child in element:
        yield from visible_words(child, language)
        yield child.tail or "", language


def said_on(client: Browser, path: str) -> list[tuple[str, str, str]]:
    """What people have written on the English page: address, words, the language they are marked with."""
    page = client.get(f"/en{path}")
    assert page.status_code == 200, path
    tree = markup.parse(page.get_data(as_text=True))
    return [(path, words.strip(), language) for words, language in visible_words(tree) if "agt " in words]


@pytest.mark.usefixtures("world")
def test_what_people_have_written_is_marked_as_swedish_on_every_public_page(client: Browser) -> None:
    found = [each for path in PAGES for each in said_on(client, path)]
    assert [each for each in found if each[2] != "sv"] == []
    seen = "\n".join(words for _path, words, _language in found)
    assert [text for text in WRITTEN.values() if text not in seen] == []


def test_what_people_have_written_is_marked_as_swedish_where_one_works(
    world: Event, session: Session, sign_in: Callable[[User], Browser]
) -> None:
    county = make_coordinator(session)
    make_member(session, county, session.get_one(Organisation, world.organiser_id))
    make_criterion(session, session.get_one(Edition, world.edition_id), "Sagt kriterium")
    number = world.number.lower()
    client = sign_in(county)
    found = [each for path in WORK for each in said_on(client, path.format(number=number))]
    assert [each for each in found if each[2] != "sv"] == []


@pytest.mark.usefixtures("world")
def test_a_swedish_page_marks_nothing_as_swedish_again(client: Browser) -> None:
    for path in [*PAGES[:-3], *(f"/latt{path}" for path in PAGES)]:
        assert client.get(path).get_data(as_text=True).count(' lang="sv"') == 1, path
