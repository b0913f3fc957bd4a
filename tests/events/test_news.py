"""What the public sees otherwise than before is told, once, with what was: whoever changed it, and in whatever way."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.editions.actions import archive_edition, change_edition, publish_edition
from planner.editions.models import EditionState
from planner.events.actions import (
    add_occurrence,
    cancel_event,
    cancel_occurrence,
    change_occurrence,
    move_occurrence_online,
    postpone_occurrence,
    publish_event,
    reinstate_event,
    reinstate_occurrence,
    save_event,
    submit_event,
    take_back_event,
    use_reserve_place,
    withdraw_event,
)
from planner.events.actions.publication import show_all, show_change
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Event, EventStatus, NewsKind, NewsLine, Occurrence, TimeKind, Visibility
from planner.events.news import Seen, kinds_of
from planner.events.queries import News, count_from_the_start, count_news, list_news, lock_event
from planner.organisations.models import Standing
from planner.organisations.rules import SYSTEM
from planner.organisations.signals import organisation_changed
from planner.venues.actions import change_venue, merge_venues
from planner.venues.queries import venue_by_id
from tests.events.cast import Cast
from tests.factories import make_edition, make_event, make_occurrence, make_venue

K, S = NewsKind, EventStatus
TUESDAY = date(2027, 9, 21)
ALL = CalendarQuery()
Act = Callable[[Cast, Occurrence, datetime], object]


def told(cast: Cast, query: CalendarQuery = ALL, **options: Any) -> list[News]:
    return list_news(cast.session, cast.edition, query, **options)


def kinds(news: News) -> list[str]:
    """The kinds of its lines."""
    return [line.kind.value for line in news.lines]


def seen(line: NewsLine) -> tuple[Seen | None, Seen]:
    return Seen.of(line.before) if line.before else None, Seen.of(line.after)


@pytest.fixture
def event(cast: Cast, session: Session, now: datetime) -> Event:
    """An event that was published ten days ago, with one occurrence on the Monday at 18 in the library."""
    return publish_event(session, cast.event(S.SUBMITTED), actor=cast.karin, now=now - timedelta(days=10))


def change(**fields: Any) -> Act:
    """States something anew about an occurrence."""
    return lambda cast, one, now: change_occurrence(cast.session, one, fields, actor=cast.anna, now=now)  # type: ignore[arg-type]


def test_published_is_new_with_all_its_days(cast: Cast, session: Session, now: datetime) -> None:
    event = cast.event(S.SUBMITTED)
    make_occurrence(session, event, TUESDAY)

    publish_event(session, lock_event(session, event.id), actor=cast.karin, now=now)

    [news] = told(cast)
    assert (news.event.id, news.item.at, news.item.day, news.kind) == (event.id, now, date(2027, 8, 20), K.NEW)
    assert kinds(news) == ["new", "new"]
    assert [(before, after.first_day) for before, after in map(seen, news.lines)] == [
        (None, date(2027, 9, 20)),
        (None, TUESDAY),
    ]


CHANGES: dict[str, tuple[Act, list[NewsKind]]] = {
    "another day": (change(first_day=TUESDAY), [K.MOVED]),
    "another hour": (change(start=time(17)), [K.MOVED]),
    "the whole day": (change(time_kind=TimeKind.OPENING_HOURS), [K.MOVED]),
    "preliminary": (change(is_preliminary=True), [K.PRELIMINARY]),
    "no place": (change(place_id=None), [K.NEW_PLACE]),
    "cancelled": (lambda c, o, now: cancel_occurrence(c.session, o, "Sjuk", actor=c.anna, now=now), [K.CANCELLED]),
    "all of it": (lambda c, o, now: cancel_event(c.session, o.event, "Sjuk", actor=c.anna, now=now), [K.CANCELLED]),
    "postponed": (lambda c, o, now: postpone_occurrence(c.session, o, "Sjuk", actor=c.anna, now=now), [K.POSTPONED]),
    "online": (lambda c, o, now: move_occurrence_online(c.session, o, c.room, actor=c.anna, now=now), [K.MOVED_ONLINE]),
    "title": (
        lambda c, o, now: save_event(
            c.session, o.event, {"title": "Annat"}, expected_version=None, actor=c.anna, now=now
        ),
        [K.RETITLED],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_is_told_with_what_was_before(
    cast: Cast, session: Session, now: datetime, event: Event, what: str
) -> None:
    act, expected = CHANGES[what]

    act(cast, event.occurrences[0], now)

    latest, first = told(cast)
    assert kinds(first) == ["new"]
    [line] = latest.lines
    before, after = seen(line)
    assert before == seen(first.lines[0])[1]
    assert before is not None
    assert kinds_of(before, after) == expected
    assert (latest.kind, latest.item.at, first.item.at) == (expected[0], now, now - timedelta(days=10))


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("cancelled", lambda c, o, now: reinstate_occurrence(c.session, o, actor=c.anna, now=now), [K.REINSTATED]),
        ("all of it", lambda c, o, now: reinstate_event(c.session, o.event, actor=c.anna, now=now), [K.REINSTATED]),
        ("postponed", change(first_day=TUESDAY), [K.REINSTATED, K.MOVED]),
        ("preliminary", change(is_preliminary=False), [K.SETTLED]),
        ("preliminary", change(is_preliminary=False, start=time(17)), [K.MOVED, K.SETTLED]),
    ],
)
def test_what_follows_on_another_change(
    cast: Cast, session: Session, now: datetime, event: Event, first: str, then: Act, expected: list[NewsKind]
) -> None:
    act, _kinds = CHANGES[first]
    act(cast, event.occurrences[0], now)
    then(cast, event.occurrences[0], now + timedelta(hours=1))

    latest, *_rest = told(cast)
    before, after = seen(latest.lines[0])
    assert before is not None
    assert (latest.kind, kinds_of(before, after)) == (expected[0], expected)


def test_the_reserve_place_is_a_new_place(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    (occurrence,) = event.occurrences
    hall = make_venue(session, "Aulan")
    change(reserve_place_id=hall.id)(cast, occurrence, now)
    assert len(told(cast)) == 1

    use_reserve_place(session, occurrence, reason="Regn", actor=cast.anna, now=now)

    before, after = seen(told(cast)[0].lines[0])
    assert before is not None
    assert (before.place, after.place, told(cast)[0].kind) == ("Stadsbiblioteket", "Aulan", K.NEW_PLACE)


@pytest.mark.parametrize("fields", [{"room": "B"}, {"time_note": "Insläpp 17.30"}, {"capacity_onsite": 30}])
def test_small_changes_are_quiet(cast: Cast, now: datetime, event: Event, fields: Any) -> None:
    change(**fields)(cast, event.occurrences[0], now)

    assert [news.kind for news in told(cast)] == [K.NEW]


def test_another_day_of_what_is_known_is_added_to_it(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    add_occurrence(session, event, {"time_kind": TimeKind.ON_BOOKING, "first_day": TUESDAY}, actor=cast.anna, now=now)

    latest, _first = told(cast)
    assert (latest.kind, kinds(latest)) == (K.ADDED, ["added"])


def test_two_corrections_within_ten_minutes_read_as_one(cast: Cast, now: datetime, event: Event) -> None:
    (occurrence,) = event.occurrences
    for minutes, hour in ((0, 17), (10, 16), (35, 15)):
        change(start=time(hour))(cast, occurrence, now + timedelta(minutes=minutes))

    latest, _first = told(cast)
    before, after = seen(latest.lines[0])
    assert before is not None
    assert before.starts_at is not None
    assert after.starts_at is not None
    assert (before.starts_at.hour, after.starts_at.hour) == (16, 13)  # in UTC
    assert latest.item.at == now + timedelta(minutes=35)


def test_after_a_while_it_is_another_thing_to_tell(cast: Cast, now: datetime, event: Event) -> None:
    (occurrence,) = event.occurrences
    for minutes, hour in ((0, 17), (31, 16)):
        change(start=time(hour))(cast, occurrence, now + timedelta(minutes=minutes))

    assert [news.kind for news in told(cast)] == [K.MOVED, K.MOVED, K.NEW]


def test_a_slip_right_after_publishing_is_not_told_as_a_change(cast: Cast, session: Session, now: datetime) -> None:
    event = publish_event(session, cast.event(S.SUBMITTED), actor=cast.karin, now=now)
    change(start=time(17))(cast, event.occurrences[0], now + timedelta(minutes=5))
    save_event(session, event, {"title": "Rätt"}, expected_version=None, actor=cast.anna, now=now)
    later = {"time_kind": TimeKind.ON_BOOKING, "first_day": TUESDAY}
    add_occurrence(session, event, later, actor=cast.anna, now=now)  # type: ignore[arg-type]

    [news] = told(cast)
    assert (news.kind, kinds(news)) == (K.NEW, ["new", "added"])
    assert {after.title for _before, after in map(seen, news.lines)} == {"Rätt"}


def test_what_ends_where_it_began_says_nothing_but_to_those_who_may_have_read_it(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    (occurrence,) = event.occurrences
    cancel_occurrence(session, occurrence, "Fel knapp", actor=cast.anna, now=now)
    reinstate_occurrence(session, occurrence, actor=cast.anna, now=now + timedelta(minutes=10))

    assert [news.kind for news in told(cast)] == [K.NEW]
    assert count_news(session, cast.edition, ALL) == 1
    taken_back, _first = told(cast, with_undone=True)
    assert (taken_back.kind, taken_back.item.at) == (K.UNDONE, now + timedelta(minutes=10))

    change(start=time(17))(cast, occurrence, now + timedelta(minutes=20))
    assert [news.kind for news in told(cast)] == [K.MOVED, K.NEW]


def test_different_days_of_an_event_are_told_together_when_they_change_together(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    add_occurrence(session, event, {"time_kind": TimeKind.ON_BOOKING, "first_day": TUESDAY}, actor=cast.anna, now=now)
    first, second = event.occurrences
    change(start=time(17))(cast, first, now + timedelta(hours=2))
    cancel_occurrence(session, second, "Sjuk", actor=cast.anna, now=now + timedelta(hours=2, minutes=5))

    news = told(cast)[0]
    assert (news.kind, kinds(news)) == (K.CANCELLED, ["moved", "cancelled"])


def hide(cast: Cast, event: Event, now: datetime, how: str) -> None:
    """Take an event from the public."""
    match how:
        case "withdrawn":
            withdraw_event(cast.session, event, "Fel", actor=cast.anna, now=now)
        case "closed":
            fields: Any = {"visibility": Visibility.CLOSED}
            save_event(cast.session, event, fields, expected_version=None, actor=cast.anna, now=now)
        case "suspended":
            event.organiser.standing = Standing.SUSPENDED
            organisation_changed.send(event.organiser, session=cast.session, now=now)


def show(cast: Cast, event: Event, now: datetime, how: str) -> None:
    """And give it back."""
    match how:
        case "withdrawn":
            take_back_event(cast.session, event, actor=cast.anna, now=now)
            submit_event(cast.session, event, actor=cast.anna, now=now)
            publish_event(cast.session, event, actor=cast.karin, now=now)
        case "closed":
            fields: Any = {"visibility": Visibility.PUBLIC}
            save_event(cast.session, event, fields, expected_version=None, actor=cast.anna, now=now)
        case "suspended":
            event.organiser.standing = Standing.VERIFIED
            organisation_changed.send(event.organiser, session=cast.session, now=now)


@pytest.mark.parametrize("how", ["withdrawn", "closed", "suspended"])
def test_what_is_taken_from_the_public_takes_its_news_along(
    cast: Cast, session: Session, now: datetime, event: Event, how: str
) -> None:
    change(start=time(17))(cast, event.occurrences[0], now)

    hide(cast, event, now + timedelta(days=1), how)
    assert (told(cast), told(cast, with_undone=True), count_news(session, cast.edition, ALL)) == ([], [], 0)

    show(cast, event, now + timedelta(days=2), how)
    assert [news.kind for news in told(cast)] == [K.BACK, K.MOVED, K.NEW]


def test_what_nobody_may_see_makes_no_news(cast: Cast, session: Session, now: datetime) -> None:
    for status in S:
        if not status.is_public:
            show_change(session, cast.event(status), now=now)
    show_change(session, cast.event(visibility=Visibility.CLOSED), now=now)

    assert session.scalar(sa.select(sa.func.count()).select_from(NewsLine)) == 0


def test_what_the_programme_holds_when_it_is_published_was_there_from_the_start(
    cast: Cast, session: Session, now: datetime
) -> None:
    edition = cast.edition
    edition.state, edition.intro, edition.terms = EditionState.OPEN, "Välkommen.", "Var snälla."
    event = publish_event(session, cast.event(S.SUBMITTED), actor=cast.karin, now=now)
    change(start=time(17))(cast, event.occurrences[0], now)
    hidden = publish_event(session, cast.event(S.SUBMITTED, title="Gömd"), actor=cast.karin, now=now)
    withdraw_event(session, hidden, "Fel", actor=cast.anna, now=now)

    opened = now + timedelta(days=1)
    session.refresh(edition, ["themes", "criteria"])
    publish_edition(session, edition, actor=cast.karin, now=opened)
    assert (told(cast), edition.published_at, count_from_the_start(session, edition, ALL)) == ([], opened, 1)

    change(start=time(16))(cast, event.occurrences[0], opened + timedelta(minutes=1))
    show(cast, hidden, opened + timedelta(minutes=2), "withdrawn")
    assert [news.kind for news in told(cast)] == [K.NEW, K.MOVED]
    before, _after = seen(told(cast)[1].lines[0])
    assert before is not None
    assert before.starts_at is not None
    assert before.starts_at.hour == 15
    assert count_from_the_start(session, edition, ALL) == 1
    assert count_from_the_start(session, edition, CalendarQuery(days=(TUESDAY,))) == 0


def test_an_archive_has_no_news_of_its_own(cast: Cast, session: Session, now: datetime, event: Event) -> None:
    old = make_edition(session, "2021", slug="2021", number_prefix="DV21", state=EditionState.ARCHIVED)
    imported = make_event(session, "Då", edition=old, organiser=cast.organiser, status=S.ARCHIVED)
    show_all(session, [imported.id], now=now)
    lock_event(session, imported.id).occurrences[0].first_day = date(2027, 9, 19)
    show_all(session, [imported.id], now=now)
    assert list_news(session, old, ALL) == []

    archive_edition(session, cast.edition, actor=cast.karin, now=now)
    assert [news.kind for news in told(cast)] == [K.NEW]


def test_what_was_shown_before_news_were_written_begins_to_be_told_at_its_next_change(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    session.execute(sa.delete(NewsLine))
    session.execute(sa.update(Occurrence).values(seen_facts=sa.null()))
    session.expire_all()
    (occurrence,) = lock_event(session, event.id).occurrences

    change(start=time(17))(cast, occurrence, now)
    assert told(cast) == []
    change(start=time(16))(cast, occurrence, now + timedelta(hours=1))
    assert [news.kind for news in told(cast)] == [K.MOVED]


def test_a_place_that_gets_another_name_or_row_is_no_new_place(
    cast: Cast, session: Session, now: datetime, event: Event
) -> None:
    kept = venue_by_id(session, make_venue(session, "Biblioteket i stan").id)
    library = venue_by_id(session, cast.library.id)
    assert kept is not None
    assert library is not None
    change_venue(session, library, {"name": "Huvudbiblioteket"}, expected_version=None, actor=SYSTEM, now=now)
    merge_venues(session, kept, library, actor=SYSTEM, now=now)
    assert [news.kind for news in told(cast)] == [K.NEW]

    change(start=time(17))(cast, lock_event(session, event.id).occurrences[0], now + timedelta(hours=1))
    before, after = seen(told(cast)[0].lines[0])
    assert before is not None
    assert kinds_of(before, after) == [K.MOVED]
    assert (before.place, after.place) == ("Biblioteket i stan", "Biblioteket i stan")


def test_what_lasts_until_further_notice_has_not_moved_when_the_week_gets_longer(
    cast: Cast, session: Session, now: datetime
) -> None:
    event = cast.event(with_occurrence=False)
    make_occurrence(session, event, TUESDAY, last_day=date(2027, 9, 27), start=None, is_open_ended=True)
    show_change(session, lock_event(session, event.id), now=now)

    session.refresh(cast.edition, ["themes", "criteria"])
    later = now + timedelta(days=1)
    longer: Any = {"last_day": date(2027, 9, 28)}
    change_edition(session, cast.edition, longer, expected_version=None, actor=SYSTEM, now=later)

    assert lock_event(session, event.id).occurrences[0].last_day == date(2027, 9, 28)
    assert [news.kind for news in told(cast)] == [K.NEW]


STEPS = st.lists(st.tuples(st.sampled_from([1, 30, 31, 600]), st.integers(0, 2), st.booleans()), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_happens_in_whatever_order_each_pause_ends_one_story(
    session: Session, cast: Cast, now: datetime, event: Event, steps: list[tuple[int, int, bool]]
) -> None:
    savepoint = session.begin_nested()
    event = lock_event(session, event.id)
    (occurrence,) = event.occurrences
    monday, known = occurrence.first_day, (0, False)
    stories: list[list[Any]] = []
    last = now - timedelta(days=10)
    for minutes, days, is_off in steps:
        now += timedelta(minutes=minutes)
        occurrence.first_day = occurrence.last_day = monday + timedelta(days=days)
        event.status = S.CANCELLED if is_off else S.PUBLISHED
        show_change(session, event, now=now)
        if (days, is_off) != known:
            if now - last > timedelta(minutes=30):
                stories.append([known, None])
            stories[-1][1] = known = (days, is_off)
            last = now

    found = [
        tuple(((one.first_day - monday).days, not one.state.takes_place) for one in seen(news.lines[0]) if one)
        for news in reversed(told(cast))
    ]
    assert found == [((0, False),), *(tuple(story) for story in stories if story[0] != story[1])]
    session.expunge_all()
    savepoint.rollback()
