"""What stands on paper of a row: short, because paper is full, and without what only a screen can do."""

from datetime import date

from babel.dates import format_date

from planner.core.clock import STOCKHOLM
from planner.core.dates import clock_in_words, day_in_words, spans_days
from planner.data.kommuner import kommuner
from planner.events.models import Form, HostingRole, OccurrenceState, SignUp, TimeKind
from planner.events.models.vocabulary import LANGUAGES
from planner.feeds.paper.letters import printable
from planner.feeds.rows import Place, Row, When
from planner.feeds.text import shorten
from planner.feeds.words import ages_in_words

LONGEST_SUMMARY = 220
"""Characters: about three lines."""
LONGEST_HOSTS = 400
WORDS_FOR_FORM = {**{form: form.label for form in Form}, Form.HYBRID: "Hybrid: på plats och digitalt"}


def title_of(row: Row) -> str:
    """The title in letters that can be printed; the number of one that has none."""
    return " – ".join(filter(None, (printable(row.title), printable(row.label)))) or row.number


def event_title(row: Row) -> str:
    """The event's own title, without the name of an occurrence."""
    return printable(row.title) or row.number


def is_off(row: Row) -> bool:
    """Whether nobody can come."""
    return not row.state.takes_place


def state_of(row: Row) -> str:
    """What nobody must miss: INSTÄLLT, in capitals as in calendars."""
    match row.state:
        case OccurrenceState.CANCELLED:
            return "INSTÄLLT"
        case OccurrenceState.POSTPONED:
            return "UPPSKJUTET"
        case OccurrenceState.MOVED_ONLINE:
            return "FLYTTAT TILL DIGITALT"
    return "PRELIMINÄRT" if row.when.is_preliminary else ""


def news_of(row: Row) -> list[str]:
    """What somebody who saw it before has to know, beside what its state says."""
    said = {"INSTÄLLT": "Inställt.", "FLYTTAT TILL DIGITALT": "Flyttat till digitalt."}.get(state_of(row), "")
    lines = [line.removeprefix(said).strip() for line in row.news]
    return [line for line in lines if line]


def time_of(when: When, day: date) -> str:
    """The time in the margin of a day: ``18–19.30``, ``20–26 sep``, ``Hela dagen``."""
    if when.starts_at and not spans_days(when.first_day, when.shown_until, has_clock=True):
        clock = clock_in_words(when.starts_at, when.ends_at, STOCKHOLM)
        return clock.removeprefix("kl. ") if when.first_day == day else f"{_short(when.first_day)} {clock}"
    if when.first_day != when.shown_until:
        return _days(when)
    match when.kind:
        case TimeKind.ON_BOOKING:
            return "Efter bokning"
        case TimeKind.WITHIN_SPAN:
            return "Under dagen"
    return "Hela dagen"


def place_of(place: Place | None) -> str:
    """The place with its address, and the kommun where neither name nor town says it."""
    if place is None:
        return ""
    kommun = kommuner()[place.kommun_code].name if place.kommun_code in kommuner() else ""
    said = ""
    for part in (place.name, place.room, place.street, place.town, kommun):
        said = ", ".join(filter(None, (said, part if part not in said else "")))
    return said


def online_of(row: Row) -> str:
    """How to take part at a distance; nothing that is off leads anywhere."""
    online = row.where.online
    if online is None or is_off(row):
        return ""
    name = online.platform or online.name
    if online.is_for_registered:
        return f"{name} (länken skickas till anmälda)"
    return f"{name}, ring in: {online.dial_in}" if online.dial_in else name


def concerns(row: Row) -> str:
    """Which kommuner a programme without a place is for; "" where the place says it."""
    if row.where.place or not (row.where.kommuner or row.where.is_countywide):
        return ""
    names = [kommuner()[code].name for code in row.where.kommuner if code in kommuner()]
    return f"Gäller {', '.join([*names, *(['hela länet'] if row.where.is_countywide else [])])}"


def hosts_of(row: Row) -> str:
    """Everybody who stands behind it, under what they are."""
    titles = {HostingRole.PARTICIPANT: "Medverkande", HostingRole.VENUE_HOST: "Lokal", HostingRole.SUPPORTER: "Stöd"}
    groups = [", ".join(host.name for host in row.organisers)]
    for role, title in titles.items():
        names = ", ".join(host.name for host in row.hosts_as(role))
        groups += [f"{title}: {names}"] if names else []
    return shorten(". ".join(filter(None, groups)), LONGEST_HOSTS)


def practical_of(row: Row) -> str:
    """For whom, in which languages, what it costs, how one signs up, and the number to ask about."""
    who = row.for_whom
    groups = audiences_of(row)
    ages = ages_in_words(who.age_from, who.age_to)
    spoken, interpreted = (
        ", ".join(LANGUAGES.get(code, code) for code in codes) for codes in (who.spoken, who.interpreted)
    )
    parts = (
        f"För {groups}" if groups else "",
        f"Ålder {ages}" if ages else "",
        f"Språk: {spoken}" if set(who.spoken) - {"sv"} else "",
        f"Tolkas till {interpreted}" if interpreted else "",
        "Gratis" if who.is_free else who.price,
        "" if is_off(row) else sign_up_of(row),
        row.number,
    )
    return " · ".join(filter(None, parts))


def audiences_of(row: Row) -> str:
    """Whom it is for."""
    return ", ".join(small(audience.label) for audience in row.for_whom.audiences)


def sign_up_of(row: Row) -> str:
    """Whether one has to sign up, and until when; how stands on the event's page."""
    latest = f" senast {day_in_words(row.for_whom.sign_up_by)}" if row.for_whom.sign_up_by else ""
    match row.for_whom.sign_up:
        case SignUp.UNSTATED:
            return ""
        case SignUp.NONE:
            return "Ingen anmälan"
    return f"Anmälan{latest}"


def capital(words: str) -> str:
    """As at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """As inside a sentence."""
    return words[:1].lower() + words[1:]


def _days(when: When) -> str:
    if when.last_day is None:
        return f"Från {_short(when.first_day)}"
    first, last = when.first_day, when.last_day
    start = str(first.day) if (first.month, first.year) == (last.month, last.year) else _short(first)
    year = f" {last.year}" if first.year != last.year else ""
    return f"{start}{year and f' {first.year}'}–{_short(last)}{year}"


def _short(day: date) -> str:
    return format_date(day, "d MMM", locale="sv").rstrip(".")
