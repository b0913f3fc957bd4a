"""On an English page, what people have written in Swedish says that it is Swedish (WCAG 3.1.2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy.orm import Session

from planner.events.models import Audience, EventText, SignUp
from planner.venues.models import Answer, Feature, VenueFact
from tests.browsing import Browser
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
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


@pytest.fixture
def world(session: Session) -> None:
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


def visible_words(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Every visible text of an element with the language that it is marked with."""
    language = element.get("lang") or language
    if element.tag in ("script", "style", "head"):
        return
    yield element.text or "", language
    for child in element:
        yield from visible_words(child, language)
        yield child.tail or "", language


@pytest.mark.usefixtures("world")
def test_what_people_have_written_is_marked_as_swedish_on_every_public_page(client: Browser) -> None:
    seen = ""
    for path in PAGES:
        page = client.get(f"/en{path}")
        assert page.status_code == 200, path
        tree = html5lib.parse(page.get_data(as_text=True), namespaceHTMLElements=False)
        found = [(words.strip(), language) for words, language in visible_words(tree) if "agt " in words]
        assert [(path, words) for words, language in found if language != "sv"] == []
        seen += "\n".join(words for words, _language in found) + "\n"
    assert [text for text in WRITTEN.values() if text not in seen] == []


@pytest.mark.usefixtures("world")
def test_a_swedish_page_marks_nothing_as_swedish_again(client: Browser) -> None:
    for path in PAGES[:-3]:
        assert client.get(path).get_data(as_text=True).count('lang="sv"') == 1, path
