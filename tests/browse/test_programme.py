"""The programme by day: one row each, under the first day that matches."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.browse.programme import by_day, first_matching_day, goes_on_for_days
from planner.events.models import Event, Hosting, HostingRole, HostingState, Occurrence, TimeKind
from planner.events.queries import organisers_of
from planner.organisations.models import Organisation, Standing

MONDAY = date(2027, 9, 20)
days = st.integers(0, 10).map(lambda n: MONDAY + timedelta(days=n))


def on(first: int, last: int | None = None, **columns: object) -> Occurrence:
    """An occurrence of whole days, counted from Monday."""
    last = first if last is None else last
    return Occurrence(first_day=MONDAY + timedelta(first), last_day=MONDAY + timedelta(last), **columns)


@st.composite
def spans(draw: st.DrawFn) -> Occurrence:
    first, last = sorted((draw(days), draw(days)))
    return Occurrence(first_day=first, last_day=last)


def test_each_stands_once_and_what_goes_on_for_days_apart() -> None:
    talk, exhibition, walk = on(0), on(0, 4), on(2)
    monday, wednesday = by_day([talk, exhibition, walk])
    assert (monday.day, monday.on_the_day, monday.lasting, monday.count) == (MONDAY, [talk], [exhibition], 2)
    assert (wednesday.day, wednesday.on_the_day, wednesday.lasting) == (date(2027, 9, 22), [walk], [])


def test_with_days_asked_for_it_stands_under_the_first_of_them() -> None:
    exhibition = on(0, 4)
    asked = [MONDAY + timedelta(3), MONDAY + timedelta(2)]
    assert [day.day for day in by_day([exhibition], asked)] == [MONDAY + timedelta(2)]


@given(st.lists(spans(), max_size=12), st.lists(days, max_size=3))
def test_order_of_first_days_is_the_order_of_the_days_shown(found: list[Occurrence], asked: list[date]) -> None:
    """So a list that is ordered in the database can be cut into pages before it is divided by day."""
    matching = [each for each in found if not asked or any(each.first_day <= day <= each.last_day for day in asked)]
    matching.sort(key=lambda each: each.first_day)
    shown = [first_matching_day(each, asked) for each in matching]
    assert shown == sorted(shown)
    assert sum(day.count for day in by_day(matching, asked)) == len(matching)


def test_evening_past_midnight_is_no_matter_of_days() -> None:
    def lasting(hours: int) -> bool:
        start = datetime(2027, 9, 20, 18, tzinfo=UTC)
        return goes_on_for_days(
            on(0, 1, time_kind=TimeKind.START_AND_END, starts_at=start, ends_at=start + timedelta(hours=hours))
        )

    assert [lasting(hours) for hours in (5, 24, 25, 70)] == [False, False, True, True]
    assert goes_on_for_days(on(0, 1))
    assert not goes_on_for_days(on(0))


def test_card_names_the_organiser_and_accepted_co_organisers() -> None:
    def named(name: str, standing: Standing = Standing.VERIFIED) -> Organisation:
        return Organisation(name=name, standing=standing)

    def hosting(
        organisation: Organisation,
        role: HostingRole = HostingRole.CO_ORGANISER,
        state: HostingState = HostingState.ACCEPTED,
    ) -> Hosting:
        return Hosting(organisation=organisation, role=role, state=state)

    event = Event(organiser=named("Arvika kommun"))
    event.hostings = [
        hosting(named("Region Värmland")),
        hosting(named("Biblioteket"), HostingRole.VENUE_HOST),
        hosting(named("Tveksam"), state=HostingState.ASKED),
        hosting(named("Avhoppad"), state=HostingState.WITHDRAWN),
        hosting(named("Okänd", Standing.PENDING)),
        Hosting(invited_email="a@b.se", role=HostingRole.CO_ORGANISER, state=HostingState.ASKED),
    ]
    assert [each.name for each in organisers_of(event)] == ["Arvika kommun", "Region Värmland"]
