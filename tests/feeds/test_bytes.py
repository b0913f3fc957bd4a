"""Requirements 1–11: the bytes. Each runs on text that people really paste, and on whatever Hypothesis finds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from planner.editions.models import Theme
from planner.events.models import TimeKind
from planner.feeds.feed import REFRESH_OTHERWISE
from planner.feeds.ical import Heading, calendar_of, component_for
from tests.feeds.strict import Component, read
from tests.feeds.unsaved import (
    SITE,
    STAMP,
    digital_place,
    entry,
    event,
    hosting,
    occurrence,
    organisation,
    place,
    whole_days,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=120)
NASTY = 'Å, ä; ö\\ "x" \\N\\n: ^\'\x0b\x85\u2028\ufeff\x00\x7f\ud800\tslut 👩‍👩‍👧'
NASTY_CLEAN = 'Å, ä; ö\\ "x" \\ N\\n: ^\' slut 👩‍👩‍👧'


def file_of(text: str, name: str = "Demokrativeckan 2027") -> bytes:
    """A file in which this text stands wherever a person's text can."""
    made = occurrence(
        event=event(
            text or "x",
            summary=text,
            organiser=organisation(text or "x"),
            hostings=[hosting(text or "x")],
            themes=[Theme(slug="t", name=text or "x")],
        ),
        label=text,
        time_note=text,
        state_note=text,
        room=text,
        reserve_note=text,
        place=place(text or "x", street=text, town=text),
        digital_place=digital_place(text or "x", dial_in=text, join_url=text),
    )
    heading = Heading(name, f"x{text}", "https://x.example/a.ics", "https://x.example/a", REFRESH_OTHERWISE)
    return calendar_of([component_for(made, site=SITE, changed_at=STAMP)], heading)


def the_event(source: bytes) -> Component:
    [found] = read(source, any_words=True).events
    return found


def test_01_utf8_without_bom() -> None:
    source = file_of("\ufeffSmörgåsbord")

    assert source.startswith(b"BEGIN:VCALENDAR\r\n")
    assert the_event(source).text("SUMMARY") == "Smörgåsbord – Smörgåsbord"


def test_02_every_line_ends_in_crlf_and_nothing_else_does() -> None:
    source = file_of("en\rtvå\ntre\r\nfyra")

    assert source.endswith(b"END:VCALENDAR\r\n")
    assert b"\r" not in source.replace(b"\r\n", b"")
    assert b"\n" not in source.replace(b"\r\n", b"")
    assert the_event(source).text("SUMMARY") == "en två tre fyra – en två tre fyra"


@pytest.mark.parametrize("letter", ["å", "👩", "a", "\\", ",", "^", '"'])
@pytest.mark.parametrize("before", range(4))
def test_03_04_05_folds_at_75_octets_never_inside_a_character_or_an_escape(letter: str, before: int) -> None:
    text = "x" * before + letter * 90

    found = the_event(file_of(text))

    assert found["CATEGORIES"].texts[0] == text
    assert found["X-APPLE-STRUCTURED-LOCATION"].parameters["X-TITLE"] == [text]


@given(text=ANY_TEXT)
def test_06_no_text_brings_a_control_character_or_breaks_the_file(text: str) -> None:
    assert len(read(file_of(text), any_words=True).events) == 1


def test_06_what_is_stripped_and_what_stays() -> None:
    found = the_event(file_of(NASTY))

    assert found["CATEGORIES"].texts[0] == NASTY_CLEAN


@given(text=ANY_TEXT)
def test_07_another_parser_reads_the_same(text: str) -> None:
    source = file_of(text)

    strict = the_event(source)
    [other] = IcsCalendarStream.calendar_from_ics(source.decode()).events

    assert (other.uid, other.summary) == (strict.text("UID"), strict.text("SUMMARY"))
    assert other.description == strict.text("DESCRIPTION")
    assert (other.location or "") == strict.text("LOCATION")


def test_08_text_is_escaped_once_in_every_property() -> None:
    source = file_of("A, B; C\\D", name="A, B; C\\D")

    calendar = read(source)
    found = calendar.events[0]
    assert calendar["NAME"].value == calendar["X-WR-CALNAME"].value == "A\\, B\\; C\\\\D"
    assert calendar["X-WR-CALDESC"].value == "xA\\, B\\; C\\\\D"
    assert found["SUMMARY"].value == "A\\, B\\; C\\\\D – A\\, B\\; C\\\\D"
    assert found["CATEGORIES"].value == "A\\, B\\; C\\\\D,Unga (13–25 år),På plats och digitalt"
    assert found["LOCATION"].text == "A, B; C\\D, A, B; C\\D, A, B; C\\D, 671 31 A, B; C\\D"


def test_09_plain_text_without_markup_none_or_second_escape() -> None:
    made = occurrence(
        event=event("Rätt & fel <nu>", summary="", description_html="<p>Ett &amp; två</p><ul><li>tre</li></ul>")
    )

    found = entry(made)

    assert found.text("SUMMARY") == "Rätt & fel <nu>"
    assert found.text("DESCRIPTION").startswith("Ett & två\ntre\n\nArrangör: Arvika kommun\n")


def test_09_what_is_not_known_leaves_no_property() -> None:
    made = whole_days(TimeKind.ON_BOOKING, date(2027, 9, 20), date(2027, 9, 20), place=None)
    made.event.themes, made.event.audiences, made.event.summary = [], [], ""

    found = entry(made)

    assert {each.name for each in found.properties} == {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "CLASS",
        "CREATED",
        "DESCRIPTION",
        "LAST-MODIFIED",
        "STATUS",
        "TRANSP",
        "URL",
    }


def test_11_no_bidirectional_or_zero_width_characters_in_titles_and_places_but_joined_emoji() -> None:
    made = occurrence(event=event("Evil\u202elive\u200b 👩‍🌾"), place=place("Bib\u200dlio\u2066tek\u200b"))

    found = entry(made)

    assert found.text("SUMMARY") == "Evillive 👩‍🌾"
    assert found.text("LOCATION") == "Bibliotek, Kyrkogatan 41, 671 31 Arvika"
