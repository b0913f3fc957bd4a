"""CSV and Excel: what a person meets who opens the file, and what a spreadsheet must not be tricked into."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.editions.models import Edition, EditionState
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, OccurrenceState, TimeKind
from planner.feeds.columns import COLUMNS
from planner.feeds.csv import as_text
from planner.feeds.feed import Feed
from planner.feeds.rows import Row
from planner.feeds.xlsx import OTHER_DAYS, WHOLE, by_day, has_room_for_links, workbook_of
from tests.browsing import Browser
from tests.factories import MONDAY, make_edition, make_event, make_occurrence
from tests.feeds.conftest import Show
from tests.feeds.reading import read_csv, read_xlsx
from tests.feeds.unsaved import SITE, STAMP, digital_place, event, occurrence, place, row, whole_days

FORMULAS = [
    "=1+1",
    "+46 70 123",
    "-1",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "|cmd",
    "%0a",
    "＝1+1",
    '=HYPERLINK("https://ont.example";"Klicka")',
]
TUESDAY = date(2027, 9, 21)


def feed_of(edition: Edition | None = None) -> Feed:
    return Feed(SITE, "/kalender", CalendarQuery(), CalendarQuery(), (), edition, STAMP)


def sheets_in(rows: list[Row]) -> dict[str, list[dict[str, object]]]:
    return read_xlsx(workbook_of(feed_of(), {WHOLE: rows}))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_cell_is_text_and_never_a_formula(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Samtal", "1 + 1 = 2", "a@b", "50 %", "–", "’", ""])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert as_text(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (date(2027, 9, 21), "2027-09-21"),
        (time(9, 5), "09:05"),
        (datetime(2027, 9, 21, 9, 5, 59), "2027-09-21 09:05"),  # noqa: DTZ001 - a wall clock in a cell
    ],
)
def test_values_as_a_swedish_excel_knows_them(value: date | time | None, text: str) -> None:
    assert as_text(value) == text


def test_csv_is_parted_by_semicolons_after_a_byte_order_mark(session: Session, client: Browser, show: Show) -> None:
    make_event(session, '=Rubrik; med "citat"')
    show()

    source = client.get("/kalender.csv").data

    assert source.startswith('\ufeff"Första dag";"Sista dag";"Börjar";"Slutar";"Rubrik";'.encode())
    [line] = read_csv(source)
    assert [*line] == [column.heading for column in COLUMNS]
    assert [line[heading] for heading in ("Första dag", "Sista dag", "Börjar", "Slutar", "Rubrik", "Läge", "Form")] == [
        "2027-09-20",
        "2027-09-20",
        "18:00",
        "19:30",
        '\'=Rubrik; med "citat"',
        "Planerat",
        "På plats",
    ]


def test_excel_has_days_times_and_moments_as_such_and_nothing_where_nobody_knows() -> None:
    timed, booked = sheets_in(
        [row(occurrence()), row(whole_days(TimeKind.ON_BOOKING, TUESDAY, TUESDAY, is_open_ended=True))]
    )[WHOLE]

    assert (timed["Första dag"], timed["Sista dag"]) == (TUESDAY, TUESDAY)
    assert (timed["Börjar"], timed["Slutar"]) == (time(18), time(19, 30))
    assert timed["Ändrad"] == datetime(2027, 8, 20, 10, 15)  # noqa: DTZ001 - a wall clock in a cell
    assert (booked["Sista dag"], booked["Börjar"], booked["Slutar"]) == ("", "", "")
    assert booked["Tid i ord"] == "tisdag 21 september 2027, tid efter bokning"


@pytest.mark.parametrize("text", FORMULAS)
def test_an_excel_cell_is_text_and_never_a_formula(text: str) -> None:
    made = row(occurrence(event=event(text, summary=text)))
    source = workbook_of(feed_of(), {WHOLE: [made]})

    [line] = read_xlsx(source)[WHOLE]

    assert line["Rubrik"] == text.strip()
    with ZipFile(BytesIO(source)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_people_write_the_workbook_opens(text: str) -> None:
    made = row(
        occurrence(
            event=event(text or "x", summary=text, price=text), time_note=text, place=place(text or "x"), label=text
        )
    )

    [line] = sheets_in([made])[WHOLE]

    assert line["Sammanfattning"] == made.summary
    assert line["Id"] == made.uid


def test_the_heading_stays_the_columns_filter_and_links_can_be_followed() -> None:
    with ZipFile(BytesIO(workbook_of(feed_of(), {WHOLE: [row(occurrence())]}))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert f'<autoFilter ref="A1:{last_column()}2"/>' in sheet
    assert re.findall(r'Target="([^"]*)"', links) == ["https://demokrativeckan.example/evenemang/vem-far-horas"]


def last_column() -> str:
    number = len(COLUMNS)
    return chr(ord("A") + (number - 1) // 26 - 1) + chr(ord("A") + (number - 1) % 26)


def test_more_links_than_excel_takes_are_text() -> None:
    links = sum(column.is_link for column in COLUMNS)
    assert has_room_for_links(65_530 // links)
    assert not has_room_for_links(65_530 // links + 1)


def test_a_longer_link_than_excel_takes_is_text() -> None:
    address = f"https://moten.example/{'å' * 400}"
    made = row(occurrence(place=None, digital_place=digital_place(join_url=address)))
    source = workbook_of(feed_of(), {WHOLE: [made]})
    with ZipFile(BytesIO(source)) as parts:
        assert b"moten.example" not in parts.read("xl/worksheets/_rels/sheet1.xml.rels")
    assert read_xlsx(source)[WHOLE][0]["Länk för att delta"] == f"https://moten.example/{'%C3%A5' * 400}"


def edition(**columns: object) -> Edition:
    defaults = {
        "name": "Demokrativeckan 2027",
        "slug": "2027",
        "first_day": MONDAY,
        "last_day": date(2027, 9, 22),
        "state": EditionState.PUBLISHED,
    }
    return Edition(**{**defaults, **columns})


def test_a_sheet_for_each_day_holds_what_takes_place_or_goes_on_that_day() -> None:
    evening = row(occurrence(uid="kvall"))
    lasting = row(whole_days(TimeKind.OPENING_HOURS, MONDAY, TUESDAY, uid="utstallning"))
    before = row(whole_days(TimeKind.OPENING_HOURS, date(2027, 9, 1), date(2027, 9, 2), uid="forre"))

    sheets = by_day([before, lasting, evening], edition())

    assert {name: [found.uid for found in rows] for name, rows in sheets.items()} == {
        "Mån 20 sep": ["utstallning"],
        "Tis 21 sep": ["utstallning", "kvall"],
        OTHER_DAYS: ["forre"],
    }
    assert [*read_xlsx(workbook_of(feed_of(), sheets))] == [*sheets]


def test_the_year_stands_on_the_sheets_of_an_edition_over_new_year() -> None:
    night = row(whole_days(TimeKind.OPENING_HOURS, date(2027, 12, 31), date(2028, 1, 1)))

    assert [*by_day([night], edition(last_day=date(2028, 1, 1), first_day=date(2027, 12, 31)))] == [
        "Fre 31 dec 2027",
        "Lör 1 jan 2028",
    ]


@pytest.mark.parametrize("address", ["/kalender.xlsx", "/kalender.xlsx?blad=dag"])
def test_a_workbook_of_nothing_has_its_headings(session: Session, client: Browser, address: str) -> None:
    unpublished = read_xlsx(client.get(address).data)
    make_edition(session)

    assert unpublished == read_xlsx(client.get(address).data) == {WHOLE: []}


def test_the_table_says_what_has_become_of_each(session: Session, client: Browser, show: Show) -> None:
    show_states(session, make_event(session, with_occurrence=False), show)

    states = [line["Läge"] for line in read_csv(client.get("/kalender.csv").data)]

    assert states == ["Planerat", "Inställt", "Uppskjutet", "Flyttat till digitalt", "Planerat, preliminärt"]


def show_states(session: Session, event: Event, show: Callable[[], None]) -> None:
    for days, state in enumerate(OccurrenceState):
        make_occurrence(session, event, date(2027, 9, 20 + days), state=state)
    make_occurrence(session, event, date(2027, 9, 24), is_preliminary=True)
    show()


def test_the_workbook_is_dated_by_its_content() -> None:
    with ZipFile(BytesIO(workbook_of(feed_of(), {WHOLE: []}))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = parts.read("docProps/core.xml").decode()
    assert f"{STAMP.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dcterms:created>" in properties
