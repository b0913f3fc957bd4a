"""A search that a Swede expects, with the same answers on SQLite and PostgreSQL: every test runs on both."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.core.errors import Invalid, NotAllowed, NotFound, StaleVersion
from planner.events.actions.publication import show_all
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, HostingState, Occurrence, SearchText
from planner.events.queries import (
    check_query,
    count_occurrences,
    edition_of,
    list_occurrences,
    occurrences_for_rendering,
)
from planner.events.rules import is_shown
from planner.events.search.conditions import holds
from planner.events.search.contents import Contents, contents_of
from planner.events.search.marks import hits
from planner.events.search.wishes import terms_of
from planner.events.search.words import stem
from tests.browser.week import make_week
from tests.factories import (
    make_digital_venue,
    make_edition,
    make_event,
    make_hosting,
    make_occurrence,
    make_organisation,
    make_theme,
    make_venue,
)
from tests.site.changes import CHANGES, Change, Pick

TITLES = ("Möte i Demokrativeckan", "Val och väljare", "Fotboll i parken", "Utställning", "En helt annan sak")


@pytest.fixture
def programme(session: Session, now: datetime) -> Session:
    """Five events: each is found by something else of it."""
    edition = make_edition(session)
    culture = make_theme(session, "Mänskliga rättigheter", edition)
    meeting, election, football, exhibition, other = (
        make_event(
            session, title, edition=edition, with_occurrence=False, themes=[culture] if "Fotboll" in title else []
        )
        for title in TITLES
    )
    meeting.summary = "Mötena leds av kommunfullmäktiges ordförande."
    election.description = "Om **riksdagsvalet**. [Läs mer](https://example.se/festival). Det blir öppet hus."
    make_hosting(session, exhibition, make_organisation(session, "Föreningen Länken"))
    make_hosting(session, exhibition, make_organisation(session, "Torsby revysällskap"), state=HostingState.ASKED)
    make_occurrence(session, meeting, place=make_venue(session, "Årjängs bibliotek", kommun_code="1765"))
    make_occurrence(
        session, election, digital_place=make_digital_venue(session, join_url="https://zoom.example/hemlig")
    )
    make_occurrence(session, football, place=make_venue(session, "Tingvallaparken", kommun_code="1780"), label="Final")
    make_occurrence(session, exhibition)
    make_occurrence(session, other)
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    session.expire_all()
    return session


def found(session: Session, words: str) -> list[str]:
    query = check_query(session, CalendarQuery(words=words))
    return sorted(one.event.title for one in list_occurrences(session, edition_of(session, query), query))


MEETING, ELECTION, FOOTBALL, EXHIBITION, OTHER = TITLES


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("möte", [MEETING]),
        ("mötets", [MEETING]),
        ("MÖTENA", [MEETING]),
        ("mote", [MEETING]),
        ("vecka", [MEETING]),
        ("veckorna", [MEETING]),
        ("fullmäktige", [MEETING]),
        ("arjang", [MEETING]),
        ("Årjäng", [MEETING]),
        ("arja\u0308ngs", [MEETING]),
        ("val", [ELECTION]),
        ("valen", [ELECTION]),
        ("väljaren", [ELECTION]),
        ("festival", []),
        ("hemlig", []),
        ('"öppet hus"', [ELECTION]),
        ("”ÖPPET HUS", [ELECTION]),
        ('"hus öppet"', []),
        ("rättighet mänsklig", [FOOTBALL]),
        ("fotboll karlstad final", [FOOTBALL]),
        ("fotboll årjäng", []),
        ("fotboll i en park", [FOOTBALL]),
        ("länk", [EXHIBITION]),
        ("torsby", []),
        ("utstallningar", [EXHIBITION]),
        ("Utstälnling", [EXHIBITION]),
        ("Karlsatd fotbol", [FOOTBALL]),
        ("tingvalaparken", [FOOTBALL]),
        ("xyzzy", []),
        ("🎉 !!!", []),
        ("och", [ELECTION]),
    ],
)
def test_what_a_search_finds(programme: Session, words: str, titles: list[str]) -> None:
    assert found(programme, words) == sorted(titles)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("karlsatd", "karlstad"),
        ("Arjagn fotboll", "årjäng fotboll"),
        ("vall", "vall"),
        ("mötte", "möte"),
        ('"karlsatd"', '"karlsatd"'),
        ("fotboll", "fotboll"),
        ("qwertyuiop", "qwertyuiop"),
    ],
)
def test_a_typing_mistake_is_read_as_the_nearest_name(programme: Session, typed: str, meant: str) -> None:
    assert check_query(programme, CalendarQuery(words=typed)).words == meant


@pytest.mark.parametrize(
    "forms",
    [
        "vecka veckan veckor veckorna veckans",
        "demokrati demokratin demokratins demokratier demokratierna demokratiers",
        "möte mötet möten mötena mötets",
        "val valet valen valens",
        "parti partiet partier partierna",
        "seminarium seminariet seminarier",
        "rättighet rättigheten rättigheter rättigheternas",
        "klimat klimatet klimatets",
        "torg torget torgen",
        "Årjäng Årjängs",
        "medborgare medborgaren medborgarna medborgarnas",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form.casefold()) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("vecka", ["Demokrativeckan"]),
        ("arjang", ["Årjängs"]),
        ('"öppet hus" val', ["riksdagsvalet", "öppet hus"]),
        ("öppet hus", ["öppet", "hus"]),
        ("i", ["i"]),
    ],
)
def test_what_is_found_is_marked_as_whole_words(words: str, marked: list[str]) -> None:
    text = "Demokrativeckan i Årjängs park: riksdagsvalet – öppet hus."
    assert [text[begin:end] for begin, end in hits(words, text)] == marked


STRANGE = st.text(max_size=30) | st.text(alphabet="\"”*()-:^ANDORNEAR åäö%_\\'|{}", max_size=30)


def test_nothing_that_is_typed_breaks_a_search(programme: Session) -> None:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    @given(STRANGE)
    @example('val" OR wording : "a')
    @example("AND *")
    @example("a\x00b\ud800 %_")
    @example('"')
    def answers(typed: str) -> None:
        query = CalendarQuery.parse([("ord", typed)])
        listed = found(programme, query.words)
        assert CalendarQuery.parse(query.pairs()) == query
        assert query.words != "" or listed == sorted(TITLES)
        assert all(0 <= begin < end <= len(typed) for begin, end in hits(query.words, typed))

    answers()


def test_what_is_too_long_is_said_at_the_field() -> None:
    with pytest.raises(Invalid) as refused:
        CalendarQuery.parse([("ord", "demokrati " * 1_000)])
    assert [(problem.field, problem.text) for problem in refused.value.problems] == [
        ("ord", "Det du söker efter är för långt. Skriv högst 100 tecken.")
    ]


def stored(session: Session) -> dict[int, Contents]:
    rows = session.scalars(sa.select(SearchText).execution_options(populate_existing=True))
    return {row.occurrence_id: Contents(row.wording, row.folded, row.names) for row in rows}


def built_anew(session: Session) -> dict[int, Contents]:
    whole = occurrences_for_rendering(session, session.scalars(sa.select(Occurrence.id)).all())
    return {one.id: contents_of(one) for one in whole if is_shown(one.event)}


def is_allowed(session: Session, change: Change, pick: Pick, now: datetime) -> bool:
    try:
        with session.begin_nested():
            change(session, pick, now)
    except (Invalid, NotAllowed, NotFound, StaleVersion):
        return False
    return True


def test_what_is_searched_is_what_would_be_built_anew_after_any_change(session: Session, now: datetime) -> None:
    make_week(session)
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    chance = Random(2027)
    before = stored(session)
    assert before == built_anew(session) != {}
    for name, change in CHANGES.items():
        assert any(is_allowed(session, change, chance.choice, now) for _try in range(40)), f"{name} was never allowed"
        session.expire_all()
        assert (name, stored(session)) == (name, built_anew(session))
    assert stored(session) != before
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("INSERT INTO search_index(search_index) VALUES ('integrity-check')"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("words", "questions"), [("samtal", 2), ("samtl", 7)])
def test_a_search_costs_the_same_number_of_questions_whatever_it_finds(
    session: Session, now: datetime, count_queries: Callable[[], Any], rows: int, words: str, questions: int
) -> None:
    edition = make_edition(session)
    for number in range(rows):
        make_event(session, f"Samtal {number}", edition=edition)
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)
    session.expire_all()
    with count_queries() as queries:
        query = check_query(session, CalendarQuery(words=words))
        assert count_occurrences(session, edition_of(session, query), query) == rows
    # The edition twice, since each asks by itself; what is public, and what of it the words find, which is asked once
    # for all the numbers of a page. A word that finds nothing: whether each is there, two to mend it, and both again.
    assert queries.count == questions + 2


def test_a_search_is_a_condition_that_an_index_answers(session: Session) -> None:
    """Were it a value to compare with 1, every row would be asked on SQLite."""
    found = sa.select(Occurrence.id).where(holds(terms_of("samtal")[0]), Occurrence.id > 0)
    words = str(found.compile(session.get_bind()))
    assert "occurrence.id IN (SELECT" in words
    assert "= 1" not in words
