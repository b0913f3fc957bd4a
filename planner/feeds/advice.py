"""What an organiser might mend before the programme is in everybody's calendar, and what is good to know. Pure.

What is told follows from the entry as calendars get it, so that it is never about anything else; the occurrence tells
why it looks so, and what to do about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.core.text import N_
from planner.events.models import Event, EventStatus, Occurrence, OccurrenceState, SignUp, TimeKind
from planner.feeds.ical import CalendarEntry
from planner.feeds.rules import meeting_place
from planner.feeds.text import plain
from planner.feeds.words import LONGEST_TEXT
from planner.venues.models import LinkAudience, Venue

LONGEST_TITLE = 50
"""Characters. A line of a list on a phone has room for some 40; nine of ten titles of 2021 have 50 or fewer."""

LONGEST_PLACE = 100
"""Characters of the line for the place, which is two or three lines on a phone."""

MANY_DAYS = 3
MANY_OCCURRENCES = 10


@dataclass(frozen=True)
class Advice:
    """What calendars do and what to do about it, in Swedish with ``%(name)s`` for its ``values``.

    ``endpoint`` is the page where it is mended and ``anchor`` the field there; without one it is only good to know.
    ``venue`` is the place whose page that is.
    """

    message: str
    values: dict[str, Any] = field(default_factory=dict)
    endpoint: str = ""
    anchor: str = ""
    venue: Venue | None = None


def advice_on_event(event: Event) -> list[Advice]:
    """What concerns every entry of the event. Needs the occurrences loaded."""
    if event.status is EventStatus.CANCELLED:
        return []
    return [*_on_title(event), *_on_text(event), *_on_signing_up(event), *_on_number(event)]


def advice_on(occurrence: Occurrence, entry: CalendarEntry) -> list[Advice]:
    """What concerns the entry of one occurrence."""
    if entry.is_cancelled:
        return list(_on_cancelling(occurrence))
    return [each for told in TOLD for each in told(occurrence, entry)]


def _on_title(event: Event) -> Iterator[Advice]:
    if len(event.title) > LONGEST_TITLE:
        yield Advice(
            N_(
                "Rubriken är lång, %(length)s tecken. I en månadsvy syns ungefär de 15 första, i en lista i mobilen"
                " ungefär 40. Börja med det viktigaste, eller korta den."
            ),
            {"length": len(event.title)},
            "workspace.edit_basics",
            "title",
        )


def _on_text(event: Event) -> Iterator[Advice]:
    description, limit = plain(event.description_html), {"most": LONGEST_TEXT}
    if event.summary and description:
        yield Advice(N_("I kalendern står sammanfattningen. Beskrivningen läser man på programpunktens sida."))
    elif len(description) > LONGEST_TEXT:
        yield Advice(
            N_("Texten klipps efter %(most)s tecken. Skriv en kort sammanfattning, så väljer ni själva vad som står."),
            limit,
            "workspace.edit_basics",
            "summary",
        )
    elif not event.summary and not description:
        yield Advice(
            N_("Texten saknas: i kalendern står bara det praktiska. Skriv en kort sammanfattning."),
            {},
            "workspace.edit_basics",
            "summary",
        )


def _on_signing_up(event: Event) -> Iterator[Advice]:
    if event.sign_up is SignUp.CONTACT:
        yield Advice(
            N_(
                "Telefonnummer och e-post för anmälan står bara på programpunktens sida. Kalendern hänvisar dit, för"
                " den sparas hos andra."
            )
        )


def _on_number(event: Event) -> Iterator[Advice]:
    if len(event.occurrences) > MANY_OCCURRENCES:
        yield Advice(
            N_(
                "%(number)s tillfällen blir lika många poster i kalendern. Är det samma sak flera dagar i rad kan ett"
                " tillfälle med öppettider räcka."
            ),
            {"number": len(event.occurrences)},
            "workspace.occurrences",
        )


def _on_cancelling(occurrence: Occurrence) -> Iterator[Advice]:
    if occurrence.state is OccurrenceState.POSTPONED and occurrence.event.status is not EventStatus.CANCELLED:
        yield Advice(
            N_("Uppskjutet visas som inställt på den gamla dagen tills ni anger en ny. Då flyttar posten dit."),
            {},
            "workspace.edit_occurrence",
            "first_day",
        )
    else:
        yield Advice(N_("Inställt står kvar i kalendern på sin dag, så att den som tänkte komma får veta det."))


def _on_time(occurrence: Occurrence, entry: CalendarEntry) -> Iterator[Advice]:
    """An hour that nobody stated, or whole days instead of a time."""
    form = "workspace.edit_occurrence"
    match occurrence.time_kind:
        case TimeKind.START_ONLY:
            yield Advice(
                N_("Sluttid saknas: det blir en timme i kalendern. Ange när det slutar, om ni vet."),
                {},
                form,
                "time_kind",
            )
        case TimeKind.OPENING_HOURS if not occurrence.time_note:
            yield Advice(
                N_("Klockslag saknas: det visas som heldag. Skriv en tid eller öppettider."), {}, form, "time_note"
            )
        case TimeKind.OPENING_HOURS:
            yield Advice(N_("Det visas som heldag. Öppettiderna syns först när man öppnar posten."))
        case TimeKind.WITHIN_SPAN:
            yield Advice(
                N_("Inget klockslag är bestämt, så det visas som heldag. Ange en tid när ni vet den."),
                {},
                form,
                "time_kind",
            )
        case TimeKind.ON_BOOKING if not occurrence.time_note:
            yield Advice(N_("Tid efter bokning visas som heldag. Skriv hur man bokar."), {}, form, "time_note")
        case TimeKind.ON_BOOKING:
            yield Advice(N_("Tid efter bokning visas som heldag. Hur man bokar syns först när man öppnar posten."))
        case _ if entry.is_whole_days:
            yield Advice(
                N_(
                    "Det pågår mer än ett dygn och visas därför som hela dagar. Är det flera pass? Lägg in ett"
                    " tillfälle för varje."
                ),
                endpoint="workspace.occurrences",
            )


def _on_days(occurrence: Occurrence, entry: CalendarEntry) -> Iterator[Advice]:
    if occurrence.is_open_ended:
        yield Advice(
            N_("Slutdag saknas: posten ligger kvar varje dag veckan ut. Ange sista dagen när ni vet den."),
            {},
            "workspace.edit_occurrence",
            "is_open_ended",
        )
    elif entry.is_whole_days and entry.number_of_days >= MANY_DAYS:
        yield Advice(
            N_("Posten ligger överst i kalendern varje dag, %(days)s dagar i rad."), {"days": entry.number_of_days}
        )


def _on_place(occurrence: Occurrence, entry: CalendarEntry) -> Iterator[Advice]:
    place = meeting_place(occurrence)
    if not entry.location and occurrence.room:
        yield Advice(
            N_("Lokalen syns inte utan plats: raden för plats är tom. Välj platsen som lokalen ligger i."),
            {},
            "workspace.edit_occurrence",
            "place_id",
        )
    elif not entry.location:
        yield Advice(
            N_("Plats saknas: raden för plats är tom. Välj en plats eller en digital mötesplats."),
            {},
            "workspace.edit_occurrence",
            "place_id",
        )
    if len(entry.location) > LONGEST_PLACE:
        yield Advice(
            N_("Raden för plats är lång, %(length)s tecken, och kortas av i många vyer. Korta lokalens namn."),
            {"length": len(entry.location)},
            "workspace.edit_occurrence",
            "room",
        )
    if place is not None and not entry.is_on_map and not place.is_placeholder:
        yield Advice(
            N_("Ingen karta hos Apple: platsen har inga koordinater i platsregistret."),
            endpoint="venues.show",
            venue=place,
        )


def _on_joining(occurrence: Occurrence, entry: CalendarEntry) -> Iterator[Advice]:
    """A link that is not there, or not for everybody."""
    online = occurrence.digital_place
    if online is None:
        return
    if online.link_audience is LinkAudience.REGISTERED:
        yield from _on_link_for_registered(occurrence.event)
    elif not entry.join_link:
        yield Advice(
            N_("Länken för att delta saknas på den digitala mötesplatsen. Lägg in den när ni har den."),
            endpoint="venues.show",
            venue=online,
        )
    elif meeting_place(occurrence) is not None:
        yield Advice(N_("Adressen står på raden för plats, länken för att delta på distans i texten."))


def _on_link_for_registered(event: Event) -> Iterator[Advice]:
    if event.sign_up in (SignUp.NONE, SignUp.UNSTATED):
        yield Advice(
            N_("Länken visas bara för anmälda, men det står inte hur man anmäler sig. Ange det."),
            {},
            "workspace.edit_practical",
            "sign_up",
        )
    else:
        yield Advice(N_("Länken visas inte i kalendern, för den är bara för anmälda. Skicka den till dem."))


def _on_words(occurrence: Occurrence, entry: CalendarEntry) -> Iterator[Advice]:
    if occurrence.is_preliminary:
        yield Advice(
            N_("Att det är preliminärt står först i texten, inte i rubriken. Ta bort markeringen när det är klart."),
            {},
            "workspace.edit_occurrence",
            "is_preliminary",
        )
    if occurrence.label and len(entry.title) > LONGEST_TITLE >= len(occurrence.event.title):
        yield Advice(
            N_("Med tillfällets namn blir rubriken lång, %(length)s tecken. Korta namnet."),
            {"length": len(entry.title)},
            "workspace.edit_occurrence",
            "label",
        )


TOLD = (_on_time, _on_days, _on_place, _on_joining, _on_words)
"""In the order of the form where an occurrence is changed."""
