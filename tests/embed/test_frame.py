"""What other sites show of the programme: what is ahead, kept like a feed, open to every site, and never a cookie."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from planner.editions.models import EditionState
from planner.embed.queries import occurrences_ahead
from planner.embed.views.frame import ANY_SITE
from planner.events.actions.counting import count_anew
from planner.events.calendar_query import CalendarQuery
from planner.events.models import EventStatus, EventText, Form, Occurrence, OccurrenceState, Visibility
from planner.organisations.models import OrganisationSlug
from tests.browse.reading import PublicPage, text
from tests.browsing import Browser
from tests.events.programme import make_programme
from tests.factories import (
    MONDAY,
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_venue,
)

SITE = "https://demokrativeckan.example"
Counter = Callable[[], AbstractContextManager[Any]]


def show(client: Browser, query: str = "", language: str = "", status: int = 200) -> PublicPage:
    return PublicPage(client.get(f"{language}/inbaddat{'?' if query else ''}{query}"), status)


def titles(page: PublicPage) -> list[str]:
    return page.with_class("embed__title")


def test_each_look_tells_what_when_and_where(session: Session, client: Browser) -> None:
    event = make_event(session)
    make_hosting(session, event)
    boxes = show(client)
    assert boxes.heading == "Demokrativeckan 2027"
    assert titles(boxes) == ["Samtal om demokrati"]
    assert boxes.with_class("embed__box") == [
        "Samtal om demokrati måndag 20 september 2027 kl. 18–19.30 Stadsbiblioteket, Karlstad"
        " Vi talar om vad demokrati betyder i vardagen. Föreningen Samtal och Region Värmland"
    ]
    days = show(client, "visa=dagar")
    assert days.with_class("embed__day-heading") == ["Måndag 20 september 2027"]
    assert days.with_class("embed__item") == [
        "kl. 18–19.30 Samtal om demokrati Stadsbiblioteket, Karlstad · Föreningen Samtal och Region Värmland"
    ]
    rows = show(client, "visa=kompakt")
    assert rows.with_class("embed__item") == ["mån 20 sep. 18.00 Samtal om demokrati Stadsbiblioteket, Karlstad"]


def test_links_are_whole_and_lead_out_of_the_frame(session: Session, client: Browser) -> None:
    make_event(session)
    page = show(client, "kommun=1780", "/en")
    assert page.heading == "Demokrativeckan 2027: Karlstad"
    assert page.links() == {
        "Samtal om demokrati": f"{SITE}/en/evenemang/samtal-om-demokrati",
        "See the programme in the calendar of Demokrativeckan": f"{SITE}/en/kalender?kommun=1780",
    }
    assert [link.get("target") for link in page.main.iter("a")] == ["_top", "_top"]


def test_only_so_many_are_shown_and_the_rest_is_a_link_away(session: Session, client: Browser) -> None:
    event = make_event(session)
    for days in range(1, 4):
        make_occurrence(session, event, MONDAY + timedelta(days=days))
    page = show(client, "antal=2")
    assert len(titles(page)) == 2
    assert page.with_class("embed__more") == ["Se hela programmet i Demokrativeckans kalender"]


def test_what_is_over_is_gone_and_what_goes_on_comes_after_todays(
    session: Session, client: Browser, clock: time_machine.Traveller
) -> None:
    for title, first, last in (("Utställning", 0, 4), ("Igår", 0, 0), ("Idag", 1, 1)):
        event = make_event(session, title, with_occurrence=False)
        days = {"last_day": MONDAY + timedelta(days=last), "start": None}
        make_occurrence(session, event, MONDAY + timedelta(days=first), **days)
    assert titles(show(client)) == ["Igår", "Utställning", "Idag"]
    clock.move_to(datetime(2027, 9, 21, 5, tzinfo=UTC))
    page = show(client, "visa=dagar")
    assert titles(page) == ["Idag", "Utställning"]
    assert page.with_class("embed__day-heading") == ["Tisdag 21 september 2027"]
    assert "20–24 september 2027" in page.words
    clock.move_to(datetime(2027, 10, 1, tzinfo=UTC))
    assert show(client).words.startswith("Demokrativeckan 2027 Inget är planerat just nu.")


@pytest.mark.usefixtures("few")
def test_it_is_the_same_whether_the_programme_is_kept_or_looked_through(session: Session) -> None:
    edition = make_programme(session, events=60)
    days = [None, *(MONDAY + timedelta(days=n) for n in (-1, 0, 1, 5, 9))]
    asked = [CalendarQuery(), CalendarQuery(forms=(Form.ONLINE,)), CalendarQuery(kommuner=("1780", "1784"))]
    cases = list(itertools.product(asked, days, (3, 50)))

    def found() -> list[list[str]]:
        return [
            [each.uid for each in occurrences_ahead(session, edition, query, since, limit=limit, language="sv")]
            for query, since, limit in cases
        ]

    looked_through = found()
    count_anew(session, edition)
    assert found() == looked_through
    assert {len(each) for each in looked_through} >= {3, 0}


def test_an_archive_is_shown_whole_and_a_site_without_programme_says_so(session: Session, client: Browser) -> None:
    assert show(client).words == (
        "Demokrativeckan Programmet är inte ute än. Se hela programmet på Demokrativeckans webbplats"
    )
    edition = make_edition(session, "Demokrativeckan 2021", slug="2021", state=EditionState.ARCHIVED)
    event = make_event(session, edition=edition, with_occurrence=False)
    make_occurrence(session, event, date(2021, 9, 20))
    assert titles(show(client, "upplaga=2021")) == ["Samtal om demokrati"]
    assert show(client, "upplaga=2021&form=digitalt").words.startswith(
        "Demokrativeckan 2021: Digitalt Inget i programmet passar urvalet."
    )


def test_what_is_called_off_stays_and_says_so_and_nothing_secret_is_there(session: Session, client: Browser) -> None:
    event = make_event(session, with_occurrence=False)
    make_occurrence(session, event, digital_place=make_digital_venue(session), state=OccurrenceState.CANCELLED)
    make_event(session, "Utkast", status=EventStatus.DRAFT)
    make_event(session, "Slutet", visibility=Visibility.CLOSED)
    page = show(client)
    assert titles(page) == ["Samtal om demokrati"]
    assert page.with_class("badge") == ["Inställt"]
    assert "moten.example" not in page.html


def test_an_english_one_has_the_english_title(session: Session, client: Browser) -> None:
    event = make_event(session, "Samtal")
    session.add(EventText(event_id=event.id, language="en", title="Talk", summary="", description_html=""))
    make_event(session, "Debatt")
    page = show(client, "visa=dagar", "/en")
    assert sorted(titles(page)) == ["Debatt", "Talk"]
    assert [text(each) for each in page.main.iter("span") if each.get("lang") == "sv"].count("Debatt") == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kommun=9999", "Det finns ingen kommun i länet med koden ”9999”."),
        ("arrangor=finns-inte", "Det finns ingen arrangör som heter ”finns-inte”."),
        ("storlek=5", "Kalendern har inget filter som heter ”storlek”."),
        ("antal=500", "Välj ett antal mellan 1 och 100."),
        ("farg=ffff00", "Färgen #ffff00 går inte att läsa mot bakgrunden"),
        ("farg=%3Cscript%3E", "”<script>” är ingen färg."),
    ],
)
def test_what_is_wrong_is_said_in_its_place(session: Session, client: Browser, query: str, words: str) -> None:
    make_event(session)
    answer = client.get(f"/inbaddat?{query}")
    page = PublicPage(answer, 400)
    assert page.heading == "Programmet kan inte visas"
    assert words in page.words
    assert answer.headers["Cache-Control"] == "no-store"
    assert ANY_SITE.items() <= dict(answer.headers).items()


def test_a_former_name_still_works(session: Session, client: Browser) -> None:
    organisation = make_organisation(session, "Nya namnet")
    session.add(OrganisationSlug(slug="gamla-namnet", organisation_id=organisation.id))
    make_event(session, organiser=organisation)
    assert show(client, "arrangor=gamla-namnet").heading == "Demokrativeckan 2027: Nya namnet"


@pytest.mark.parametrize("address", ["/inbaddat", "/inbaddat.css?farg=005a9c", "/inbaddat.js"])
def test_any_site_may_show_it_and_nothing_else_of_ours(session: Session, client: Browser, address: str) -> None:
    make_event(session)
    answer = client.get(address)
    assert ANY_SITE.items() <= dict(answer.headers).items()
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    for other in ("/kalender", "/visa-pa-er-webbplats", "/evenemang/samtal-om-demokrati"):
        headers = client.get(other).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert not {"Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy"} & set(headers.keys())


def test_the_style_has_the_colours_that_were_asked_for(client: Browser) -> None:
    style = client.get("/inbaddat.css?grund=mork&farg=FFCC00").text
    assert style.startswith(":root, :host { --accent: #ffcc00; --ground: #15211e; }\n")
    assert client.get("/inbaddat.css?farg=red").status_code == 400


def test_another_time_is_another_tag(session: Session, client: Browser) -> None:
    make_event(session)
    etag = client.get("/inbaddat").headers["ETag"]
    session.execute(sa.update(Occurrence).values(starts_at=datetime(2027, 9, 20, 17, tzinfo=UTC)))
    assert client.get("/inbaddat", headers={"If-None-Match": etag}).status_code == 200


def test_it_takes_as_many_questions_however_much_there_is(
    session: Session, client: Browser, count_queries: Counter
) -> None:
    place = make_venue(session, "Folkets hus", kommun_code="1780")
    counts = []
    for number in (1, 2, 3):
        event = make_event(session, f"Punkt {number}", with_occurrence=False)
        make_hosting(session, event, make_organisation(session, f"Med {number}"))
        make_occurrence(session, event, place=place, start=time(9 + number))
        with count_queries() as counted:
            show(client, "kommun=1780&visa=dagar", "/en")
        counts.append(counted.count)
    assert counts == [6, 6, 6]
