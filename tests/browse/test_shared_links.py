"""What the head of a public page says to search engines and to those who share it, and the picture beside it."""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from planner.browse.pictures import ROOM, TITLE_BOTTOM, TITLE_TOP, Face, Picture, _title_lines, draw
from planner.editions.models import EditionState
from planner.events.models import EventSlug, EventStatus, EventText, OccurrenceState, Visibility
from tests.browse.reading import PublicPage
from tests.browsing import Browser
from tests.factories import (
    KEEN,
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_occurrence,
    make_organisation,
    make_programme,
    make_user,
    make_venue,
)

SITE = "https://demokrativeckan.example"
Counter = Callable[[], AbstractContextManager[Any]]


def head_of(client: Browser, address: str) -> dict[str, Any]:
    """The addresses and the social words of a page."""
    page = PublicPage(client.get(address))
    links = [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in page.tree.iter("link")]
    words = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.tree.iter("meta")}
    return {
        "canonical": [href for rel, _lang, href in links if rel == "canonical"],
        "languages": {lang: href for rel, lang, href in links if rel == "alternate" and lang},
        **words,
    }


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/om", "/om"),
        ("/en/om?x=1", "/om"),
        ("/latt/kalender?form=digitalt", "/kalender"),
        ("/kalender?kommun=1780&sida=1", "/kalender"),
        ("/kalender?upplaga=2021&form=hybrid", "/kalender?upplaga=2021"),
        ("/kommuner/karlstad", "/kommuner/karlstad"),
    ],
)
def test_a_public_page_has_one_address_in_each_language(
    session: Session, client: Browser, address: str, path: str
) -> None:
    make_edition(session, "Demokrativeckan 2021", slug="2021", number_prefix="A", state=EditionState.ARCHIVED)
    make_event(session, edition=make_edition(session))
    head = head_of(client, address)
    prefix = address.partition("?")[0].removesuffix(path.partition("?")[0])
    assert head["canonical"] == [f"{SITE}{prefix}{path}"]
    swedish = f"{SITE}{path}"
    assert head["languages"] == {
        "sv": swedish,
        "sv-simple": f"{SITE}/latt{path}",
        "en": f"{SITE}/en{path}",
        "x-default": swedish,
    }
    assert head["og:url"] == head["canonical"][0]
    assert head["og:image"] == f"{SITE}{prefix}/demokrativeckan.png"


def test_what_belongs_to_somebody_or_is_an_error_has_none(
    session: Session, client: Browser, sign_in: Callable[..., Browser]
) -> None:
    make_programme(session, make_occurrence(session, make_event(session, with_occurrence=False)))
    member = make_user(session)
    make_organisation(session, "Annan", members=[member])
    pages = [client.get(f"/mitt-program/{KEEN}"), client.get("/konto/logga-in"), sign_in(member).get("/arbetsyta")]
    for page in pages:
        assert page.status_code == 200
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert not re.search('rel="canonical"|hreflang="x-default"|property="og:', page.text)
    assert 'rel="canonical"' not in client.get("/finns-inte").text
    assert 'rel="canonical"' not in client.get("/evenemang/finns-inte").text


def test_a_shared_event_says_what_it_is_when_and_where(session: Session, client: Browser) -> None:
    event = make_event(session, "Samtal & ”makt”", slug="samtal")
    session.add(EventText(event_id=event.id, language="en", title="Talk", summary="In short.", description_html=""))
    head = head_of(client, "/evenemang/samtal")
    assert head["og:title"] == "Samtal & ”makt”"
    assert head["og:description"] == head["description"] == "Vi talar om vad demokrati betyder i vardagen."
    assert head["og:image"] == f"{SITE}/evenemang/samtal.png"
    assert head["og:image:alt"] == "Samtal & ”makt”. Måndag 20 september 2027 kl. 18–19.30. Stadsbiblioteket, Karlstad"
    assert (head["twitter:card"], head["og:locale"]) == ("summary_large_image", "sv_SE")
    english = head_of(client, "/en/evenemang/samtal")
    assert (english["og:title"], english["og:description"]) == ("Talk", "In short.")
    assert english["og:image:alt"] == "Talk. Monday 20 September 2027 18:00–19:30. Stadsbiblioteket, Karlstad"


@pytest.mark.parametrize(
    ("occurrences", "status", "words"),
    [
        ([{"state": OccurrenceState.CANCELLED}], "published", "Inställt. Rubrik. Måndag"),
        ([{}], "cancelled", "Inställt. Rubrik. Måndag"),
        ([{}, {"state": OccurrenceState.CANCELLED}], "published", "Rubrik. 2 tillfällen, 20–21 september 2027. Stads"),
        ([{"place": "hybrid"}], "published", "Rubrik. Måndag 20 september 2027 kl. 18–19.30. Arvika bibliotek och dig"),
        ([{}, {"place": None}], "published", "Rubrik. 2 tillfällen, 20–21 september 2027. Stadsbiblioteket, Karlstad"),
        ([{}, {"place": "hybrid"}], "published", "Rubrik. 2 tillfällen, 20–21 september 2027. Flera platser"),
        ([], "published", "Rubrik"),
    ],
)
def test_a_picture_tells_what_nobody_must_miss(
    session: Session, client: Browser, occurrences: Sequence[dict[str, Any]], status: str, words: str
) -> None:
    event = make_event(session, "Rubrik", status=EventStatus(status), with_occurrence=False)
    library = make_venue(session, "Arvika bibliotek", kommun_code="1784")
    for number, columns in enumerate(occurrences):
        if columns.get("place") == "hybrid":
            columns = {"place": library, "digital_place": make_digital_venue(session)}
        make_occurrence(session, event, MONDAY + timedelta(days=number), **columns)
    assert head_of(client, "/evenemang/rubrik")["og:image:alt"].startswith(words)


def test_the_picture_is_a_png_of_the_size_that_is_promised(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    event = make_event(session, "Rubrik")
    session.add(EventSlug(slug="forr", event_id=event.id))
    counts = []
    for more in range(3):
        make_occurrence(session, event, MONDAY + timedelta(days=more + 1))
        with count_queries() as counted:
            answer = client.get("/evenemang/rubrik.png")
        counts.append(counted.count)
    assert counts == [4, 4, 4]
    assert (answer.mimetype, answer.status_code) == ("image/png", 200)
    with Image.open(BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answer.data) < 60_000
    again = client.get("/evenemang/rubrik.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/evenemang/forr.png").headers["Location"] == "/evenemang/rubrik.png"
    assert client.get("/en/evenemang/rubrik.png").headers["ETag"] != answer.headers["ETag"]
    event.title = "Ny rubrik"
    assert client.get("/evenemang/rubrik.png").headers["ETag"] != answer.headers["ETag"]


def test_what_nobody_may_see_has_no_picture(session: Session, client: Browser) -> None:
    make_event(session, "Utkast", status=EventStatus.DRAFT)
    make_event(session, "Slutet", visibility=Visibility.CLOSED)
    assert [client.get(f"/evenemang/{slug}.png").status_code for slug in ("utkast", "slutet")] == [404, 404]


@pytest.mark.parametrize("edition", [True, False])
def test_the_week_has_a_picture_before_it_has_a_programme(session: Session, client: Browser, edition: bool) -> None:
    if edition:
        make_edition(session)
    assert client.get("/demokrativeckan.png").mimetype == "image/png"


@pytest.mark.parametrize(
    "title",
    [
        "Hej",
        "Å ä ö " * 16,
        "Hur påverkas demokratin av desinformation, hot och hat mot förtroendevalda i Värmland – och vad gör vi",
        "Demokratiutvecklingssamverkansarbetsgruppsmötesprotokollsjusterarutbildningsdagsanmälningsformuläret",
        "Ord 🎉 مرحبا Łódź",
    ],
)
def test_every_title_has_room(title: str) -> None:
    face, lines = _title_lines(title)
    assert all(face.width(line) <= ROOM for line in lines)
    assert face.size * 1.08 * len(lines) <= TITLE_BOTTOM - TITLE_TOP
    shown = "".join(lines).replace("-", "").replace(" ", "")
    assert shown == title.replace("-", "").replace(" ", "")


def test_letters_that_no_font_of_ours_has_leave_no_trace() -> None:
    assert Face(40, 400).width("🎉مرحبا") == 0
    assert draw(Picture("Ord")) == draw(Picture("Ord🎉"))
    assert Face(40, 400).cut("Samverkansnätverket för demokrati", 200).endswith("…")
