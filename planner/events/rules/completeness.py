"""What an event still lacks before it can be sent in, and what its organiser might want to think of. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.errors import Problem
from planner.core.text import N_
from planner.editions.models import Edition
from planner.events.models import Captions, Event, Occurrence, Permit, SignUp, TimeKind
from planner.organisations.models import Organisation


def zone_of(event: Event) -> ZoneInfo:
    """The time zone that the event's clock times are told in."""
    return ZoneInfo(event.edition.time_zone)


def today_in(edition: Edition, now: datetime) -> date:
    """The local day of an instant where the edition takes place."""
    return now.astimezone(ZoneInfo(edition.time_zone)).date()


def missing_for_submission(event: Event) -> list[Problem]:
    """What is still to be filled in before the event can be sent in; the field is the form field's name.

    Needs the organiser, the audiences and the occurrences loaded. A place that is not settled is no obstacle: marking
    the occurrence as preliminary, or "on booking", says so.
    """
    facts = {
        "title": event.title,
        "summary": event.summary,
        "audiences": event.audiences,
        "contact_email": event.contact_email,
        "contact_phone": event.contact_phone,
        "sign_up": event.sign_up,
        "sign_up_url": event.sign_up_url,
        "sign_up_note": event.sign_up_note,
        "image_file": event.image_file,
        "image_alt": event.image_alt,
    }
    return [*missing_texts(facts, event.organiser), *_missing_occurrences(event.occurrences)]


def missing_texts(facts: Mapping[str, Any], organiser: Organisation) -> list[Problem]:
    """What the event's own fields lack; ``facts`` has the names of ``EventFields``."""
    has_contact = facts["contact_email"] or facts["contact_phone"]
    checks = (
        (facts["title"], "title", N_("Skriv en rubrik.")),
        (facts["summary"], "summary", N_("Skriv kort vad som händer: en eller två meningar.")),
        (
            facts["audiences"],
            "audiences",
            N_("Välj målgrupp. Välj Alla om den är öppen för alla."),
        ),
        (
            has_contact or organiser.public_email or organiser.public_phone,
            "contact_email",
            N_("Ange en e-postadress eller ett telefonnummer dit den som undrar kan vända sig."),
        ),
        (
            facts["sign_up"] is not SignUp.EXTERNAL or facts["sign_up_url"],
            "sign_up_url",
            N_("Ange adressen till sidan där man anmäler sig."),
        ),
        (
            facts["sign_up"] is not SignUp.CONTACT or has_contact or facts["sign_up_note"],
            "sign_up_note",
            N_("Skriv vart man ringer eller mejlar för att anmäla sig."),
        ),
        (
            not facts["image_file"] or facts["image_alt"],
            "image_alt",
            N_("Beskriv bilden för den som inte ser den."),
        ),
    )
    return [Problem(field, message) for is_there, field, message in checks if not is_there]


def warnings_for(event: Event) -> list[Problem]:
    """What does not stop anybody but deserves a thought. Needs the edition and the occurrences with places loaded."""
    return [problem for occurrence in event.occurrences for problem in _warnings_for(occurrence, event)]


def _missing_occurrences(occurrences: Sequence[Occurrence]) -> list[Problem]:
    taking_place = [occurrence for occurrence in occurrences if occurrence.state.takes_place]
    if not taking_place:
        return [Problem("occurrences", N_("Lägg till minst ett tillfälle: en dag, och en tid om den är bestämd."))]
    if all(_says_where(occurrence) for occurrence in taking_place):
        return []
    return [
        Problem(
            "occurrences",
            N_("Ange plats eller digital mötesplats för varje tillfälle, eller markera tillfället som preliminärt."),
        )
    ]


def _says_where(occurrence: Occurrence) -> bool:
    """A place, a link, words about it, or the plain statement that it is not settled."""
    return bool(
        occurrence.place_id
        or occurrence.digital_place_id
        or occurrence.room
        or occurrence.is_preliminary
        or occurrence.time_kind is TimeKind.ON_BOOKING
    )


def _warnings_for(occurrence: Occurrence, event: Event) -> Collection[Problem]:
    edition, place = event.edition, occurrence.place
    is_outside = occurrence.last_day < edition.first_day or occurrence.first_day > edition.last_day
    too_many = place is not None and place.capacity is not None and (occurrence.capacity_onsite or 0) > place.capacity
    needs_permit = place is not None and place.is_outdoors and occurrence.permit in (None, Permit.TO_APPLY)
    checks = (
        (is_outside, "first_day", N_("Tillfället ligger utanför veckan. Det går bra, men kontrollera dagen.")),
        (too_many, "capacity_onsite", N_("Antalet platser är fler än lokalen rymmer.")),
        (
            needs_permit,
            "permit",
            N_("Platsen är utomhus. Behövs polisens tillstånd ska det sökas senast en vecka före."),
        ),
        (
            occurrence.has_no_audience_on_site and occurrence.digital_place_id is None,
            "has_no_audience_on_site",
            N_("Sändning utan publik på plats: ange var man kan följa den digitalt."),
        ),
        (
            bool(occurrence.recording_url) and occurrence.captions in (None, Captions.NO),
            "captions",
            N_("En inspelning som ligger kvar ska textas, senast 14 dagar efter sändningen."),
        ),
    )
    return [Problem(field, message) for is_so, field, message in checks if is_so]
