"""The programme as a PDF: read back with another program than the one that made it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from sqlalchemy.orm import Session

from planner.events.models import EventStatus, EventText, Form, OccurrenceState, TimeKind
from planner.feeds import pdf
from planner.feeds.paper import typesetting
from planner.feeds.paper.letters import printable
from tests.browsing import Browser
from tests.conftest import QueryCount
from tests.factories import MONDAY, make_edition, make_event, make_hosting, make_occurrence, make_programme
from tests.feeds.conftest import Show
from tests.feeds.reading import read_pdf
from tools import print_fonts

CountQueries = Callable[[], AbstractContextManager[QueryCount]]
ROOT = Path(__file__).parents[2]
OWN, SHARED = "a-programme-of-somebody-s-own-00", "the-same-as-others-may-read-it-0"
A4, A3 = (595, 842), (842, 1191)
WHOLE_DAYS: dict[str, Any] = {"time_kind": TimeKind.OPENING_HOURS, "starts_at": None, "ends_at": None}
ONE_EVENT = "Adressen till en enda programpunkt tar inga filter.\n"
HOSTILE = ['#import "x"', "$x$ *y* _z_ \\", "]#panic()[", "<script>&amp;", "{{ 1 }}", "= Rubrik", "@ref `kod` ~"]


@pytest.fixture
def document(client: Browser, show: Show) -> Callable[[str], PdfReader]:
    """Fetch a PDF of what is shown now."""

    def fetch(address: str) -> PdfReader:
        show()
        response = client.get(address)
        assert response.status_code == 200, response.text
        return read_pdf(response.data, "en-GB" if address.startswith("/en/") else "sv-SE")

    return fetch


def words_of(reader: PdfReader) -> str:
    """All its text in one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags_in(reader: PdfReader) -> list[str]:
    """What its parts are, in the order in which they are read aloud."""

    def walk(node: Any) -> Iterator[str]:
        for child in node if isinstance(node, list) else [node]:
            part = child.get_object()
            if isinstance(part, DictionaryObject) and "/S" in part:
                yield part["/S"].removeprefix("/")
            if isinstance(part, DictionaryObject) and "/K" in part:
                yield from walk(part["/K"])
            elif isinstance(part, list):
                yield from walk(part)

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


@pytest.mark.parametrize(
    ("asked", "size", "pages"),
    [("", A4, 1), ("?papper=a3", A3, 1), ("?storlek=stor", A4, 1), ("?papper=a3&storlek=stor", A3, 1)],
)
def test_every_paper_says_what_when_where_and_whose(
    session: Session, document: Callable[[str], PdfReader], asked: str, size: tuple[int, int], pages: int
) -> None:
    event = make_event(session, title="Samtal om demokrati", summary="Vad gör vi nu?")
    make_hosting(session, event)

    reader = document(f"/kalender.pdf{asked}")

    words = words_of(reader)
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == size
    assert len(reader.pages) == pages
    for part in ("Demokrativeckan 2027", "Samtal om demokrati", "Vad gör vi nu?", "På plats", "Sida 1 av 1", "version"):
        assert part in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Demokrativeckan 2027"


def test_its_parts_are_tagged(session: Session, document: Callable[[str], PdfReader]) -> None:
    event = make_event(session)
    make_occurrence(session, event, first_day=MONDAY, last_day=MONDAY + timedelta(days=3), **WHOLE_DAYS)

    tags = tags_in(document("/kalender.pdf"))

    assert [tag for tag in tags if tag.startswith("H") or tag == "Title"] == ["Title", "H1", "H2", "H2", "H3"]
    assert tags.count("Figure") == 1  # the QR code, which has a text; other drawings say nothing beside their words
    assert tags[0] == "Document"


@pytest.mark.parametrize("title", HOSTILE)
def test_what_somebody_typed_is_a_text_whatever_it_is(
    session: Session, document: Callable[[str], PdfReader], title: str
) -> None:
    make_event(session, title=title)

    assert title in words_of(document("/kalender.pdf"))


def test_a_letter_that_no_font_has_is_left_out() -> None:
    assert printable("Fika 😀 på Åsa") == "Fika på Åsa"
    assert printable("Łódź Ελλάς Москва") == "Łódź Ελλάς Москва"
    assert printable("A\u030a") == "Å"


def test_a_title_without_any_letter_of_ours_is_its_number(
    session: Session, document: Callable[[str], PdfReader]
) -> None:
    event = make_event(session, title="حوار")

    assert event.number in words_of(document("/kalender.pdf"))


def test_what_is_off_says_so_first(session: Session, document: Callable[[str], PdfReader]) -> None:
    make_event(session, title="Mötet", status=EventStatus.CANCELLED, decision_reason="Talaren är sjuk.")
    event = make_event(session, title="Kursen")
    make_occurrence(session, event, state=OccurrenceState.POSTPONED)

    words = words_of(document("/kalender.pdf"))

    assert "INSTÄLLT Talaren är sjuk." in words
    assert "UPPSKJUTET" in words


def test_above_the_bound_it_says_what_is_left_out(
    session: Session, document: Callable[[str], PdfReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_ROWS", 2)
    edition = make_edition(session)
    for _number in range(3):
        make_event(session, edition=edition)

    reader = document("/kalender.pdf")

    assert len(reader.named_destinations) == 2
    assert "Här står de 2 första av 3 tillfällen, till och med" in words_of(reader)


@pytest.mark.parametrize(("asked", "size"), [("", A4), ("?papper=a3", A3)])
def test_a_poster_is_one_sheet_that_says_it_all(
    session: Session, document: Callable[[str], PdfReader], asked: str, size: tuple[int, int]
) -> None:
    event = make_event(session, title="#strong[Samtal] om demokrati", summary="Vad gör vi nu?", is_free=True)

    reader = document(f"/evenemang/{event.slug}/affisch.pdf{asked}")

    words = words_of(reader)
    [page] = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    for part in ("Demokrativeckan 2027", event.title, "Vad gör vi nu?", "kl. 18–19", "På plats", "Arrangör: "):
        assert part in words
    assert "Kostar: ingenting" in words
    assert "Tillgänglighet: fråga arrangören" in words
    assert tags_in(reader).count("Figure") == 1


def test_a_poster_of_what_is_called_off_says_that_first(session: Session, document: Callable[[str], PdfReader]) -> None:
    event = make_event(session, status=EventStatus.CANCELLED, decision_reason="Talaren är sjuk.")

    words = words_of(document(f"/evenemang/{event.slug}/affisch.pdf"))

    assert words.index("INSTÄLLT Talaren är sjuk.") < words.index(event.title)
    assert "Välkommen" not in words


def test_a_poster_has_room_for_the_longest(session: Session, document: Callable[[str], PdfReader]) -> None:
    event = make_event(session, title="Demokratiutvecklingssamordnare " * 3, summary="Ord och " * 37)
    for _number in range(9):
        make_occurrence(session, event, time_note="Kom i god tid. " * 10)

    reader = document(f"/evenemang/{event.slug}/affisch.pdf")

    assert len(reader.pages) == 1
    assert "tillfällen till: se programpunktens sida" in words_of(reader)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/evenemang/samtal-om-demokrati/affisch.pdf?papper=a5", 400, "”papper” kan bara vara a4 eller a3.\n"),
        ("/evenemang/samtal-om-demokrati/affisch.pdf?form=hybrid", 400, ONE_EVENT),
        ("/evenemang/finns-inte/affisch.pdf", 404, "Den här kalendern finns inte.\n"),
    ],
)
def test_a_poster_that_cannot_be_is_explained(
    session: Session, client: Browser, address: str, status: int, words: str
) -> None:
    make_event(session)

    answer = client.get(address)

    assert (answer.status_code, answer.text) == (status, words)


def test_days_of_several_years_say_which(session: Session, document: Callable[[str], PdfReader]) -> None:
    event = make_event(session)
    make_occurrence(session, event, first_day=MONDAY, last_day=MONDAY.replace(year=2028), **WHOLE_DAYS)

    words = words_of(document("/kalender.pdf"))

    assert "Måndag 20 september 2027" in words
    # A line may end after the dash.
    assert "20 sep 2027–20 sep 2028" in words.replace("– ", "–")


def test_whoever_waits_too_long_may_come_again(
    session: Session, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_event(session)
    monkeypatch.setattr(typesetting, "LONGEST_WAIT", 0.01)
    with typesetting.AT_ONCE, typesetting.AT_ONCE:
        busy = client.get("/kalender.pdf")

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "300")
    assert client.get("/kalender.pdf").status_code == 200


def test_a_poster_is_kept_until_something_changes(session: Session, client: Browser, show: Show) -> None:
    event = make_event(session)
    show()
    address = f"/evenemang/{event.slug}/affisch.pdf"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, client.get(address).data) == (304, first.data)
    assert first.headers["Content-Disposition"] == (
        'inline; filename="affisch-demokrativeckan-2027-samtal-om-demokrati.pdf"'
    )


def test_the_fonts_are_those_of_the_website() -> None:
    folder = ROOT / "planner" / "feeds" / "paper" / "fonts"

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == print_fonts.made()


def test_the_drawings_are_those_of_the_website() -> None:
    icons = (ROOT / "templates" / "components" / "icons.html").read_text(encoding="utf-8")
    folder = ROOT / "planner" / "feeds" / "paper" / "icons"
    drawings = (folder / f"{form}.svg" for form in Form)
    inside = [path.read_text(encoding="utf-8").partition('"round">')[2].partition("</g>")[0] for path in drawings]

    assert len(inside) == 4
    assert [each for each in inside if not each or each not in icons] == []
    trees = (ROOT / "static" / "img" / "treeline.svg").read_text(encoding="utf-8")
    assert (folder / "treeline.svg").read_text(encoding="utf-8") == trees.replace("<path", '<path fill="#0c3b30"')


def test_paper_is_in_the_language_of_its_address(
    session: Session, document: Callable[[str], PdfReader], client: Browser
) -> None:
    event = make_event(session, title="Föredrag", status=EventStatus.CANCELLED, decision_reason="Talaren är sjuk.")
    session.add(EventText(event_id=event.id, language="en", title="Talk", summary="Come"))
    session.add(EventText(event_id=event.id, language="sv-lattlast", title="Vi pratar", summary="Kom"))

    english, easy = document("/en/kalender.pdf?form=pa-plats"), document("/latt/kalender.pdf")

    words = words_of(english)
    for part in ("Monday 20 September", "Talk", "CANCELLED Talaren är sjuk.", "On site", "Page 1 of 1", "1 occasion."):
        assert part in words
    assert "Föredrag" not in words
    assert languages_of_parts(english) == {"en-GB", "sv-SE"}
    assert languages_of_parts(easy) <= {"sv-SE"}
    assert "Vi pratar" in words_of(easy)
    assert "INSTÄLLT (BLIR INTE AV)" in words_of(easy)
    assert f"{addresses_in(english)}".count("https://demokrativeckan.example/en/") == len(addresses_in(english)) > 1
    assert client.get("/en/kalender.pdf").headers["ETag"] != client.get("/kalender.pdf").headers["ETag"]
    assert client.get("/en/kalender.ics").data == client.get("/kalender.ics").data


def test_a_poster_is_in_the_language_of_its_address(session: Session, document: Callable[[str], PdfReader]) -> None:
    event = make_event(session, title="Samtal", is_free=True)

    words = words_of(document(f"/en/evenemang/{event.slug}/affisch.pdf"))

    for part in (
        "Samtal",
        "Monday 20 September 2027 18:00–19:30",
        "Costs: nothing",
        "Accessibility: ask the organiser",
    ):
        assert part in words
    assert "Welcome!" in words


@pytest.mark.parametrize(("prefix", "whole"), [("", "10.10–11.30"), ("/en", "10:10–11:30")])
@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("size", ["normal", "stor"])
def test_no_time_is_broken_between_lines(
    session: Session, document: Callable[[str], PdfReader], prefix: str, whole: str, paper: str, size: str
) -> None:
    event = make_event(session, title="Samtal", with_occurrence=False)
    make_occurrence(session, event, start=time(10, 10), end=time(11, 30))

    reader = document(f"{prefix}/kalender.pdf?papper={paper}&storlek={size}")

    assert any(whole in line for line in reader.pages[0].extract_text().splitlines())


def languages_of_parts(reader: PdfReader) -> set[str]:
    """The languages of parts that are in another than the whole."""
    contents = b"".join(page.get_contents().get_data() for page in reader.pages)  # type: ignore[union-attr]
    return {language.decode() for language in re.findall(rb"/Lang\(([a-zA-Z-]+)\)", contents)}


def addresses_in(reader: PdfReader) -> list[str]:
    """Where its links lead."""
    notes = (note.get_object() for page in reader.pages for note in page.get("/Annots", ()))
    return [str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]]


@pytest.mark.parametrize("path", [f"/mitt-program/{OWN}", f"/mitt-program/delat/{SHARED}"])
def test_mitt_program_is_printed_without_its_secret(
    session: Session, client: Browser, document: Callable[[str], PdfReader], path: str
) -> None:
    both = [make_occurrence(session, make_event(session, title=t, with_occurrence=False)) for t in ("Samtal", "Quiz")]
    make_programme(session, *both, token=OWN, share_token=SHARED, name="Min vecka")

    reader = document(f"{path}.pdf?papper=a3")

    words = words_of(reader)
    for part in ("Min vecka", "Demokrativeckan 2027", "Samtal", "Krockar med: Quiz", "Programmet som det var"):
        assert part in words
    assert [each for each in (OWN, SHARED) if each in words or each in " ".join(addresses_in(reader))] == []
    answer = client.get(f"/en{path}.pdf")
    assert "Clashes with: Quiz" in words_of(read_pdf(answer.data, "en-GB"))
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("private, no-store", False)
    assert f"/en{path}.pdf" in client.get(f"/en{path}").text


def test_an_empty_programme_says_so_on_paper_and_an_unknown_one_has_none(session: Session, client: Browser) -> None:
    make_edition(session)
    make_programme(session, token=OWN)

    assert "Inget är sparat än." in words_of(read_pdf(client.get(f"/mitt-program/{OWN}.pdf").data))
    assert client.get(f"/mitt-program/{SHARED}.pdf").status_code == 404
    assert client.get(f"/mitt-program/{OWN}.pdf?form=hybrid").status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_a_programme_on_paper_costs_the_same_whatever_it_holds(
    session: Session,
    client: Browser,
    show: Show,
    count_queries: Callable[[], AbstractContextManager[QueryCount]],
    number: int,
) -> None:
    edition = make_edition(session)
    saved = [make_occurrence(session, make_event(session, edition=edition)) for _each in range(number)]
    make_programme(session, *saved, token=OWN)
    show()

    with count_queries() as queries:
        assert client.get(f"/mitt-program/{OWN}.pdf").status_code == 200

    assert queries.count == 13
