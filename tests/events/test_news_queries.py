"""News is found by what an occurrence is and by what it was, at a cost that does not depend on how much there is."""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.events.actions import change_occurrence
from planner.events.actions.publication import show_all
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, Form, NewsItem, NewsLine, Occurrence
from planner.events.news import Seen
from planner.events.queries import count_news, list_news, lock_event
from planner.events.queries.news import MOST_NEWS
from planner.venues.models import Venue
from tests.events.cast import Cast
from tests.events.programme import AUDIENCES, LANGUAGES, everything, is_public, make_programme, matches
from tests.factories import MONDAY, make_edition, make_event, make_occurrence

Counter = Callable[[], AbstractContextManager[Any]]
ALL = CalendarQuery()


def random_query(choose: random.Random) -> CalendarQuery:
    """Wishes of which most find something."""

    def some(*values: Any) -> list[Any]:
        return choose.sample(values, choose.choice((0, 0, 0, 1, 2)))

    return CalendarQuery(
        days=some(*(MONDAY + timedelta(n) for n in range(8))),  # type: ignore[arg-type]
        kommuner=some("17", "1780", "1784", "1730"),  # type: ignore[arg-type]
        organisations=some("arrangor-a", "arrangor-b"),  # type: ignore[arg-type]
        themes=some("kultur", "miljo"),  # type: ignore[arg-type]
        audiences=some(*AUDIENCES),  # type: ignore[arg-type]
        forms=some(*Form),  # type: ignore[arg-type]
        languages=some(*LANGUAGES),  # type: ignore[arg-type]
        venues=some("biblioteket-0", "rum-ett"),  # type: ignore[arg-type]
    )


def stir(session: Session, choose: random.Random, now: datetime) -> None:
    """Move half of the occurrences to other days and places, and show it."""
    venues = {
        kind: [each for each in session.scalars(sa.select(Venue)) if each.kind == kind]
        for kind in ("physical", "digital")
    }
    for occurrence in everything(session):
        if choose.random() < 0.5:
            occurrence.place = choose.choice([None, *venues["physical"]])
            occurrence.digital_place = choose.choice([None, *venues["digital"]])
            if occurrence.starts_at is None:
                later = timedelta(choose.randrange(4))
                occurrence.first_day, occurrence.last_day = occurrence.first_day + later, occurrence.last_day + later
    show_all(session, session.scalars(sa.select(Event.id)).all(), now=now)


def before_of(session: Session, line: NewsLine, occurrence: Occurrence) -> Any:
    """The occurrence as it was, with what ``matches`` looks at."""
    if line.before is None:
        return None
    was = Seen.of(line.before)
    places = {
        key: session.get(Venue, id_) if id_ else None
        for key, id_ in (("place", was.place_id), ("digital_place", was.digital_place_id))
    }
    return SimpleNamespace(event=occurrence.event, first_day=was.first_day, last_day=was.last_day, **places)


def test_news_is_found_by_what_is_and_by_what_was(session: Session, now: datetime) -> None:
    choose = random.Random(2027)
    edition = make_programme(session)
    for days in range(3):
        stir(session, choose, now + timedelta(days=days))
    occurrences = {each.id: each for each in everything(session)}
    lines = session.scalars(sa.select(NewsLine)).all()
    sizes = set()
    for query in [ALL, *(random_query(choose) for _ in range(40))]:
        expected = {
            line.id
            for line in lines
            if (one := occurrences[line.occurrence_id]) and is_public(one.event)
            for was in [before_of(session, line, one)]
            if matches(one, query) or (was is not None and matches(was, query))
        }
        news = list_news(session, edition, query)
        assert {line.id for each in news for line in each.lines} == expected, str(query)
        assert (
            count_news(session, edition, query)
            == len(news)
            == len({line.item_id for line in lines if line.id in expected})
        )
        sizes.add(len(news))
    assert len(sizes) > 8


def test_latest_first_and_page_by_page(cast: Cast, session: Session, now: datetime) -> None:
    for number in range(7):
        event = cast.event(title=f"Samtal {number}")
        show_all(session, [event.id], now=now + timedelta(hours=number // 2))

    pages = [
        [news.event.title for news in list_news(session, cast.edition, ALL, offset=start, limit=3)]
        for start in (0, 3, 6)
    ]
    assert pages == [["Samtal 6", "Samtal 5", "Samtal 4"], ["Samtal 3", "Samtal 2", "Samtal 1"], ["Samtal 0"]]


def test_another_edition_has_its_own_news(cast: Cast, session: Session, now: datetime) -> None:
    show_all(session, [cast.event().id], now=now)
    other = make_edition(session, "2028", slug="2028", number_prefix="DV28")
    assert (list_news(session, other, ALL), count_news(session, other, ALL)) == ([], 0)


def test_a_list_ends_somewhere(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event()
    show_all(session, [event.id], now=now)
    [line] = list_news(session, cast.edition, ALL)[0].lines
    row = {key: getattr(line, key) for key in ("occurrence_id", "kind", "before", "after")}
    items = [
        {"id": 1_000 + n, "edition_id": cast.edition.id, "event_id": event.id, "at": now, "day": now.date()}
        for n in range(MOST_NEWS + 5)
    ]
    session.execute(sa.insert(NewsItem), items)
    session.execute(sa.insert(NewsLine), [{**row, "item_id": item["id"]} for item in items])

    assert count_news(session, cast.edition, ALL) == len(list_news(session, cast.edition, ALL)) == MOST_NEWS


@pytest.mark.parametrize("much", [1, 3, 30])
def test_a_list_costs_two_questions_however_much_has_changed(
    cast: Cast, session: Session, now: datetime, count_queries: Counter, much: int
) -> None:
    show_all(session, make_events(cast, much), now=now)
    edition = cast.edition
    session.expunge_all()

    with count_queries() as queries:
        news = list_news(session, edition, CalendarQuery(kommuner=("1780",)))
        words = [(each.event.title, each.kind, each.event.status, each.lines[0].occurrence.state_note) for each in news]

    assert (len(words), queries.count) == (much, 2)


def make_events(cast: Cast, much: int) -> Sequence[int]:
    return [cast.event(title=f"Samtal {number}").id for number in range(much)]


@pytest.mark.parametrize("others", [0, 30])
@pytest.mark.parametrize("occurrences", [1, 3])
def test_a_change_costs_the_same_however_much_there_is(
    cast: Cast, session: Session, now: datetime, count_queries: Counter, occurrences: int, others: int
) -> None:
    show_all(session, make_events(cast, others), now=now - timedelta(days=2))
    event = cast.event()
    for number in range(1, occurrences):
        make_occurrence(session, event, date(2027, 9, 22 + number))
    show_all(session, [event.id], now=now - timedelta(days=1))
    costs = []
    for minutes, start in ((0, 17), (10, 16), (300, 15)):
        occurrence = lock_event(session, event.id).occurrences[0]
        with count_queries() as queries:
            change_occurrence(
                session,
                occurrence,
                {"start": datetime.min.time().replace(hour=start)},
                actor=cast.anna,
                now=now + timedelta(minutes=minutes),
            )
        costs.append(sum("news_" in statement for statement in queries.statements))

    # Is there an item to correct? An item and its lines; or the item, its lines, and both written anew.
    assert costs == [3, 4, 3]


@pytest.mark.parametrize("much", [1, 3, 30])
def test_many_changes_at_once_are_looked_up_together(
    cast: Cast, session: Session, now: datetime, count_queries: Counter, much: int
) -> None:
    ids = make_events(cast, much)
    with count_queries() as queries:
        show_all(session, ids, now=now)

    asked = [one for one in queries.statements if "news_" in one and one.startswith("SELECT")]
    assert len(asked) == 1
    assert len(list_news(session, cast.edition, ALL)) == much


def test_what_has_not_changed_asks_nothing(cast: Cast, session: Session, now: datetime, count_queries: Counter) -> None:
    event = make_event(session, edition=cast.edition)
    show_all(session, [event.id], now=now)
    with count_queries() as queries:
        show_all(session, [event.id], now=now)

    assert [statement for statement in queries.statements if "news_" in statement] == []


def test_the_lines_of_a_page_are_found_from_its_items_and_not_among_the_whole_edition(
    cast: Cast, session: Session, now: datetime, count_queries: Counter
) -> None:
    show_all(session, make_events(cast, 3), now=now)
    with count_queries() as queries:
        list_news(session, cast.edition, CalendarQuery(kommuner=("1780",)))

    # Asked for the edition's occurrences, SQLite goes through all of them: at 100 000 that is seconds.
    assert [statement for statement in queries.statements if "occurrence.edition_id =" in statement] == []
