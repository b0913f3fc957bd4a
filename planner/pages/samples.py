"""What the design page shows its components with: things that were never stored, with the longest texts of 2021."""

from datetime import UTC, date, datetime
from typing import Any

from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState, TimeKind
from planner.venues.models import Answer, Feature, Venue, VenueKind

HOSTS = [
    "Region Värmland",
    "Kristinehamns kommun",
    "Studieförbundet Vuxenskolan Värmland",
    "Funktionsrätt Värmland",
    "Kommittén Demokratin 100 år",
]
FACTS = (
    (Feature.STEP_FREE, Answer.YES),
    (Feature.LIFT, Answer.NO, "Trapphiss går att låna"),
    (Feature.HEARING_LOOP, Answer.UNKNOWN),
    (Feature.ACCESSIBLE_WC, Answer.YES),
)
LIBRARY = Venue(id=1, kind=VenueKind.PHYSICAL, name="Kristinehamns bibliotek", kommun_code="1781")
SQUARE = Venue(id=2, kind=VenueKind.PHYSICAL, name="Stora torget vid Demokratistugan", kommun_code="1780")
STREAM = Venue(id=3, kind=VenueKind.DIGITAL, name="Region Värmlands webbsändning")


def occurrences() -> list[Occurrence]:
    """One for each kind of time, form and state that a card can show."""
    long = "Vems röst hörs när besluten fattas? Ett samtal om förstagångsväljare, tillit och demokratiseringsprocesser"
    evening: dict[str, Any] = {"starts_at": _at(21, 16), "ends_at": _at(21, 17, 30)}
    return [
        _occurrence(long, TimeKind.START_AND_END, 21, place=LIBRARY, digital=STREAM, **evening),
        _occurrence("Låna en politiker", TimeKind.START_ONLY, 21, place=LIBRARY, starts_at=_at(21, 8)),
        _occurrence("Lunchsamtal om källkritik", TimeKind.WITHIN_SPAN, 21, digital=STREAM, is_preliminary=True),
        _occurrence(
            "Demokratistugan", TimeKind.OPENING_HOURS, 25, 27, place=SQUARE, time_note="Öppet dagligen kl. 10–17"
        ),
        _occurrence("Demokratikortlek för skolklasser", TimeKind.ON_BOOKING, 20, 27, time_note="Boka på biblioteket"),
        _occurrence(
            "Öppet hus på polisstationen", TimeKind.START_AND_END, 21, place=SQUARE,
            state=OccurrenceState.CANCELLED, **evening,
        ),
        _occurrence(
            "Samtal på torget", TimeKind.START_AND_END, 21, digital=STREAM,
            state=OccurrenceState.MOVED_ONLINE, **evening,
        ),
    ]  # fmt: skip


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 9, day, hour, minute, tzinfo=UTC)


def _occurrence(
    title: str,
    kind: TimeKind,
    first: int,
    last: int = 0,
    *,
    place: Venue | None = None,
    digital: Venue | None = None,
    **facts: Any,
) -> Occurrence:
    known: dict[str, Any] = {
        "label": "", "starts_at": None, "ends_at": None, "time_note": "", "is_open_ended": False, "room": "",
        "is_preliminary": False, "has_no_audience_on_site": False, "state": OccurrenceState.SCHEDULED,
    }  # fmt: skip
    return Occurrence(
        event=Event(title=title, status=EventStatus.PUBLISHED),
        time_kind=kind,
        first_day=date(2027, 9, first),
        last_day=date(2027, 9, last or first),
        place=place,
        place_id=place and place.id,
        digital_place=digital,
        digital_place_id=digital and digital.id,
        **(known | facts),
    )
