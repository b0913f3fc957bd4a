"""The strict reader itself: what it must refuse, each with a file that has just that one fault."""

import pytest

from planner.feeds.ical import calendar_of, component_for
from tests.feeds.strict import Refused, read
from tests.feeds.unsaved import SITE, STAMP, digital_place, occurrence

GOOD = calendar_of([component_for(occurrence(digital_place=digital_place()), site=SITE, changed_at=STAMP)])
EVENT = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"END:VCALENDAR")]

FAULTS = {
    "BOM": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    "bare LF": (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\n"),
    "bare CR": (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\rX"),
    "long line": (b"UID:4f0c1c52", b"UID:" + b"4f0c1c52" * 10),
    "character folded in two": ("hörd".encode(), b"h\xc3\r\n \xb6rd"),
    "escape folded in two": (b"Vem f\xc3\xa5r h\xc3\xb6ras\\,", b"Vem\\\r\n ,"),
    "vertical tab": (b"SUMMARY:", b"SUMMARY:\x0b"),
    "line separator": (b"SUMMARY:", "SUMMARY:\u2028".encode()),
    "blank line": (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r\n\r\n"),
    "two calendars": (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\n" + GOOD),
    "small letters": (b"STATUS:", b"Status:"),
    "unbalanced": (b"END:VEVENT\r\n", b""),
    "bare comma": (b"SUMMARY:Vem", b"SUMMARY:Du\\, jag, Vem"),
    "unknown escape": (b"SUMMARY:Vem", b"SUMMARY:C:\\x"),
    "HTML": (b"SUMMARY:Vem", b"SUMMARY:<p>Vem"),
    "entity": (b"SUMMARY:Vem", b"SUMMARY:&amp\\;Vem"),
    "None": (b"SUMMARY:Vem", b"SUMMARY:None Vem"),
    "mojibake": (b"SUMMARY:Vem", "SUMMARY:FÃ¶r".encode()),
    "no VERSION": (b"VERSION:2.0\r\n", b""),
    "METHOD": (b"CALSCALE:GREGORIAN", b"METHOD:REQUEST"),
    "calendar UID": (b"CALSCALE:GREGORIAN", b"UID:1@x"),
    "VALARM": (b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
    "unbare FEATURE": (b"FEATURE=VIDEO", b'FEATURE="AUDIO,VIDEO"'),
    "no VALUE": (b";VALUE=URI:https", b":https"),
    "no zone": (GOOD[GOOD.index(b"BEGIN:VTIMEZONE") : GOOD.index(b"BEGIN:VEVENT")], b""),
    "other zone": (b"DTSTART;TZID=Europe/Stockholm", b"DTSTART;TZID=CET"),
    "floating": (b"DTSTART;TZID=Europe/Stockholm", b"DTSTART"),
    "RDATE": (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nRDATE:20270922T160000Z"),
    "UID with a space": (b"UID:4f0c", b"UID:4f 0c"),
    "UID without host": (b"@demokrativeckan.example\r\nSEQ", b"\r\nSEQ"),
    "same UID twice": (EVENT, EVENT + EVENT),
    "DTSTAMP of today": (b"DTSTAMP:20270820", b"DTSTAMP:20270821"),
    "local stamp": (b"CREATED:20270601T070000Z", b"CREATED:20270601T070000"),
    "created later": (b"CREATED:2027", b"CREATED:2029"),
    "endless SEQUENCE": (b"SEQUENCE:0", b"SEQUENCE:9999999999"),
    "ends at once": (b"20270921T193000", b"20270921T180000"),
    "no DTEND": (b"DTEND;TZID=Europe/Stockholm:20270921T193000\r\n", b""),
    "misspelt STATUS": (b"STATUS:CONFIRMED", b"STATUS:CANCELED"),
    "GEO with a comma": (b"GEO:59.654300;", b"GEO:59.654300,"),
    "scientific GEO": (b"GEO:59.654300;", b"GEO:1e-05;"),
    "ATTENDEE": (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nATTENDEE:mailto:a@b.se"),
    "private": (b"CLASS:PUBLIC", b"CLASS:PRIVATE"),
    "repeated category": (b"CATEGORIES:", b"CATEGORIES:A,A,"),
    "relative URL": (b"URL:https://demokrativeckan.example", b"URL:"),
    "two SUMMARYs": (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nSUMMARY:X"),
}


def test_strict_reader_accepts_a_good_file() -> None:
    assert read(GOOD).uids == ["4f0c1c52-2f6e-4a53-9b51-2c7f0f2f9d10@demokrativeckan.example"]


@pytest.mark.parametrize("fault", FAULTS)
def test_strict_reader_refuses(fault: str) -> None:
    good, bad = FAULTS[fault]
    assert good in GOOD
    with pytest.raises(Refused):
        read(GOOD.replace(good, bad, 1))
