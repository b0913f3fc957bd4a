"""What the page of the design shows the programme with: things that were never stored, as long as those of 2021."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from planner.editions.models import Edition, EditionState
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState, PreviousTime, TimeKind
from planner.events.queries import Moment, Span
from planner.organisations.models import Organisation
from planner.venues.models import Venue, VenueKind

FIRST = date(2027, 9, 20)
TODAY = date(2027, 9, 21)
LISTED = date(2027, 10, 2)
SEARCHED = "röst"
IN_KOMMUNER = {"1780": 41, "1784": 18, "1781": 12, "1737": 7, "1730": 3, "1765": 1, "17": 9}
"""Occurrences by kommun, for the map; 17 is the whole county."""

_LIBRARY = Venue(id=1, kind=VenueKind.PHYSICAL, name="Kristinehamns bibliotek", slug="k", kommun_code="1781")
_SQUARE = Venue(id=2, kind=VenueKind.PHYSICAL, name="Stora torget", slug="t", kommun_code="1780")
_STREAM = Venue(id=3, kind=VenueKind.DIGITAL, name="Region Värmlands webbsändning", slug="w")
_LONG = "Vems röst hörs när besluten fattas? Ett samtal om förstagångsväljare, tillit och demokratiseringsprocesser"


def edition() -> Edition:
    """A week of eight days, open for everybody."""
    return Edition(
        name="Demokrativeckan 2027", slug="2027", first_day=FIRST, last_day=FIRST + timedelta(7),
        time_zone="Europe/Stockholm", state=EditionState.PUBLISHED,
    )  # fmt: skip


def week(of: Edition) -> list[Occurrence]:
    """In the order of the calendar: each kind of time, form and state that a card, a row or a bar can show."""
    cancelled, moved = OccurrenceState.CANCELLED, OccurrenceState.MOVED_ONLINE
    return [
        _lasting(of, "Demokratikortlek för skolklasser", 20, 27, TimeKind.ON_BOOKING, time_note="Boka på biblioteket"),
        _lasting(of, "Utställning: Rösträtten 100 år", 20, 24, TimeKind.OPENING_HOURS, place=_LIBRARY),
        _timed(of, "Låna en politiker", 20, 8, place=_LIBRARY),
        _timed(of, "Lunchsamtal om källkritik", 21, 10, digital_place=_STREAM, is_preliminary=True, has_ended=True),
        _timed(of, "Öppet hus på polisstationen", 21, 12, place=_SQUARE, state=cancelled, has_ended=True),
        _timed(of, _LONG, 21, 16, place=_LIBRARY, digital_place=_STREAM, label="Del 1", has_ended=True),
        _timed(of, "Samtal på torget", 21, 16, digital_place=_STREAM, state=moved, has_ended=True),
        _timed(of, "Kommunfullmäktige i direktsändning", 22, 15, place=_SQUARE, state=OccurrenceState.POSTPONED),
        _lasting(of, "Demokratistugan", 25, 27, TimeKind.OPENING_HOURS, place=_SQUARE, time_note="Dagligen kl. 10–17"),
        _moved(_timed(of, "Quiz för alla", 25, 17, place=_LIBRARY, has_ended=True)),
    ]


def spans_of(occurrences: Sequence[Occurrence]) -> list[Span]:
    """How many there are from one day to another, as the database counts them."""
    return [Span(each.first_day, each.last_day, each.starts_at is not None, 1) for each in occurrences]


def moment(occurrences: Sequence[Occurrence]) -> Moment:
    """What goes on at noon on the second day, and what comes next."""
    on_the_day = [each for each in occurrences if each.first_day == TODAY and each.state.takes_place]
    return Moment(TODAY, going_on=on_the_day[:1], coming=[on_the_day[1], occurrences[-1]], today=())


def _timed(of: Edition, title: str, day: int, hour: int, *, has_ended: bool = False, **facts: Any) -> Occurrence:
    starts_at = datetime(2027, 9, day, hour, tzinfo=UTC)
    ends_at = starts_at + timedelta(minutes=90) if has_ended else None
    kind = TimeKind.START_AND_END if has_ended else TimeKind.START_ONLY
    return _occurrence(of, title, day, day, kind, starts_at=starts_at, ends_at=ends_at, **facts)


def _lasting(of: Edition, title: str, first: int, last: int, kind: TimeKind, **facts: Any) -> Occurrence:
    return _occurrence(of, title, first, last, kind, **facts)


def _occurrence(of: Edition, title: str, first: int, last: int, kind: TimeKind, **facts: Any) -> Occurrence:
    known: dict[str, Any] = {
        "label": "", "starts_at": None, "ends_at": None, "time_note": "", "is_open_ended": False, "room": "",
        "is_preliminary": False, "has_no_audience_on_site": False, "state": OccurrenceState.SCHEDULED, "place": None,
        "digital_place": None,
    }  # fmt: skip
    facts = known | facts
    places = {f"{key}_id": facts[key] and facts[key].id for key in ("place", "digital_place")}
    organiser = Organisation(name="Studieförbundet Vuxenskolan Värmland", slug="studieforbundet")
    summary = "Vi prövar hur det låter när alla får en röst." if SEARCHED in title else ""
    event = Event(
        title=title, slug="programpunkt", summary=summary, status=EventStatus.PUBLISHED, edition=of, organiser=organiser
    )
    uid, days = f"{first}-{title[:5]}", (date(2027, 9, first), date(2027, 9, last))
    return Occurrence(
        event=event,
        id=first * 100 + len(title),
        uid=uid,
        time_kind=kind,
        first_day=days[0],
        last_day=days[1],
        **places,
        **facts,
    )


def _moved(occurrence: Occurrence) -> Occurrence:
    before = {
        "time_kind": "start_only", "first_day": "2027-09-24", "last_day": "2027-09-24", "place": "Stora torget",
        "starts_at": "2027-09-24T15:00:00+00:00", "ends_at": None, "time_note": "", "place_slug": "t",
        "digital_place_slug": None, "digital_place": "", "form": "pa-plats", "state": "scheduled",
    }  # fmt: skip
    occurrence.previous_times = [PreviousTime(replaced_at=datetime(2027, 9, 1, tzinfo=UTC), facts=before)]
    return occurrence
