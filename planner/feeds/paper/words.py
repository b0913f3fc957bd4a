"""What stands on paper of a row: short, because paper is full, and without what only a screen can do.

Our own words are told in the language of the paper. What somebody has written is marked with its own where that is
another, so that it is read aloud rightly.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date

from planner.core.clock import STOCKHOLM
from planner.core.dates import FROM, clock_in_words, day_in_words, spans_days
from planner.core.text import N_
from planner.core.tongue import Tongue
from planner.data.kommuner import kommuner
from planner.events.models import Form, HostingRole, OccurrenceState, SignUp, TimeKind
from planner.events.models.vocabulary import LANGUAGES
from planner.feeds.paper.letters import printable
from planner.feeds.rows import Place, Row, Text, When
from planner.feeds.text import shorten
from planner.feeds.words import ages_in_words

LONGEST_SUMMARY = 220
"""Characters: about three lines."""
LONGEST_HOSTS = 400
WORDS_FOR_FORM = {**{form: form.label for form in Form}, Form.HYBRID: N_("Hybrid: på plats och digitalt")}
SWEDISH = "sv"

Line = dict[str, Any]
"""One line of news: our own words, and what somebody wrote."""


def written(text: str, tongue: Tongue, language: str = SWEDISH) -> dict[str, str]:
    """What somebody has written, and in which language if that is not the paper's."""
    tag = language.partition("-")[0]
    return {"text": text, "lang": "" if tag == tongue.code else tag}


def title_of(row: Row, tongue: Tongue) -> dict[str, str]:
    """The title in letters that can be printed; the number of one that has none."""
    title, language = _title_in(row, tongue)
    whole = " – ".join(filter(None, (title, printable(row.label))))
    return written(whole or row.number, tongue, language)


def event_title(row: Row, tongue: Tongue) -> dict[str, str]:
    """The event's own title, without the name of an occurrence."""
    title, language = _title_in(row, tongue)
    return written(title or row.number, tongue, language)


def summary_of(row: Row, tongue: Tongue, longest: int = LONGEST_SUMMARY) -> dict[str, str]:
    """What it is about; nothing of what is off."""
    if is_off(row):
        return written("", tongue)
    own = _text_in(row, tongue)
    summary, language = (own.summary, own.language) if own and own.summary else (row.summary, SWEDISH)
    return written(shorten(summary, longest), tongue, language)


def _title_in(row: Row, tongue: Tongue) -> tuple[str, str]:
    """What of it can be printed, and its language."""
    own = _text_in(row, tongue)
    title, language = (own.title, own.language) if own and own.title else (row.title, SWEDISH)
    return printable(title), language


def _text_in(row: Row, tongue: Tongue) -> Text | None:
    """The event's texts in the language of the paper."""
    return next((text for text in row.texts if text.language == tongue.texts), None)


def is_off(row: Row) -> bool:
    """Whether nobody can come."""
    return not row.state.takes_place


def state_of(row: Row, tongue: Tongue) -> str:
    """What nobody must miss: INSTÄLLT, in capitals as in calendars."""
    match row.state:
        case OccurrenceState.CANCELLED:
            return tongue.say(N_("INSTÄLLT"))
        case OccurrenceState.POSTPONED:
            return tongue.say(N_("UPPSKJUTET"))
        case OccurrenceState.MOVED_ONLINE:
            return tongue.say(N_("FLYTTAT TILL DIGITALT"))
    return tongue.say(N_("PRELIMINÄRT")) if row.when.is_preliminary else ""


def news_of(row: Row, tongue: Tongue) -> list[Line]:
    """What somebody who saw it before has to know, beside what its state says: our words, and those of others."""
    said = {N_("Inställt."), N_("Flyttat till digitalt.")}
    lines = [("" if ours in map(tongue.say, said) else ours, theirs) for ours, theirs in row.told]
    return [{"ours": ours, "theirs": written(theirs, tongue)} for ours, theirs in lines if ours or theirs]


def time_of(when: When, day: date, tongue: Tongue) -> str:
    """The time in the margin of a day: ``18–19.30``, ``20–26 sep``, ``Hela dagen``."""
    if when.starts_at and not spans_days(when.first_day, when.shown_until, has_clock=True):
        clock = clock_in_words(when.starts_at, when.ends_at, STOCKHOLM, tongue.code)
        if when.first_day == day:
            return clock.removeprefix(FROM.get(tongue.code, ""))
        return f"{_short(when.first_day, tongue)} {clock}"
    if when.first_day != when.shown_until:
        return _days(when, tongue)
    match when.kind:
        case TimeKind.ON_BOOKING:
            return tongue.say(N_("Efter bokning"))
        case TimeKind.WITHIN_SPAN:
            return tongue.say(N_("Under dagen"))
    return tongue.say(N_("Hela dagen"))


def place_of(place: Place | None) -> str:
    """The place with its address, and the kommun where neither name nor town says it."""
    if place is None:
        return ""
    kommun = kommuner()[place.kommun_code].name if place.kommun_code in kommuner() else ""
    said = ""
    for part in (place.name, place.room, place.street, place.town, kommun):
        said = ", ".join(filter(None, (said, part if part not in said else "")))
    return said


def online_of(row: Row, tongue: Tongue) -> str:
    """How to take part at a distance; nothing that is off leads anywhere."""
    online = row.where.online
    if online is None or is_off(row):
        return ""
    name = online.platform or online.name
    if online.is_for_registered:
        return tongue.say(N_("%(place)s (länken skickas till anmälda)")) % {"place": name}
    if online.dial_in:
        return tongue.say(N_("%(place)s, ring in: %(number)s")) % {"place": name, "number": online.dial_in}
    return name


def concerns(row: Row, tongue: Tongue) -> str:
    """Which kommuner a programme without a place is for; "" where the place says it."""
    if row.where.place or not (row.where.kommuner or row.where.is_countywide):
        return ""
    names = [kommuner()[code].name for code in row.where.kommuner if code in kommuner()]
    names += [tongue.say(N_("hela länet"))] if row.where.is_countywide else []
    return tongue.say(N_("Gäller %(places)s")) % {"places": ", ".join(names)}


def hosts_of(row: Row, tongue: Tongue) -> str:
    """Everybody who stands behind it, under what they are."""
    titles = {
        HostingRole.PARTICIPANT: tongue.say(N_("Medverkande")),
        HostingRole.VENUE_HOST: tongue.say(N_("Lokal")),
        HostingRole.SUPPORTER: tongue.say(N_("Stöd")),
    }
    groups = [", ".join(host.name for host in row.organisers)]
    for role, title in titles.items():
        names = ", ".join(host.name for host in row.hosts_as(role))
        groups += [f"{title}: {names}"] if names else []
    return shorten(". ".join(filter(None, groups)), LONGEST_HOSTS)


def practical_of(row: Row, tongue: Tongue) -> str:
    """For whom, in which languages, what it costs, how one signs up, and the number to ask about."""
    who = row.for_whom
    told = (
        (N_("För %(groups)s"), {"groups": audiences_of(row, tongue)}),
        (N_("Ålder %(ages)s"), {"ages": ages_in_words(who.age_from, who.age_to, tongue)}),
        (N_("Språk: %(languages)s"), {"languages": languages_in(who.spoken, tongue) if not_only_swedish(row) else ""}),
        (N_("Tolkas till %(languages)s"), {"languages": languages_in(who.interpreted, tongue)}),
    )
    parts = (
        *(tongue.say(message) % values for message, values in told if any(values.values())),
        tongue.say(N_("Gratis")) if who.is_free else who.price,
        "" if is_off(row) else sign_up_of(row, tongue),
        row.number,
    )
    return " · ".join(filter(None, parts))


def not_only_swedish(row: Row) -> bool:
    """Whether another language is spoken: that it is Swedish goes without saying."""
    return bool(set(row.for_whom.spoken) - {SWEDISH})


def languages_in(codes: Iterable[str], tongue: Tongue) -> str:
    """What languages are called."""
    return ", ".join(tongue.say(LANGUAGES.get(code, code)) for code in codes)


def audiences_of(row: Row, tongue: Tongue) -> str:
    """Whom it is for."""
    return ", ".join(small(tongue.say(audience.label)) for audience in row.for_whom.audiences)


def sign_up_of(row: Row, tongue: Tongue) -> str:
    """Whether one has to sign up, and until when; how stands on the event's page."""
    match row.for_whom.sign_up:
        case SignUp.UNSTATED:
            return ""
        case SignUp.NONE:
            return tongue.say(N_("Ingen anmälan"))
    if row.for_whom.sign_up_by is None:
        return tongue.say(N_("Anmäl dig"))
    return tongue.say(N_("Anmäl dig senast %(day)s")) % {"day": day_in_words(row.for_whom.sign_up_by, tongue.code)}


def capital(words: str) -> str:
    """As at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """As inside a sentence."""
    return words[:1].lower() + words[1:]


def _days(when: When, tongue: Tongue) -> str:
    if when.last_day is None:
        return capital(tongue.say(N_("från %(day)s")) % {"day": _short(when.first_day, tongue)})
    first, last = when.first_day, when.last_day
    start = str(first.day) if (first.month, first.year) == (last.month, last.year) else _short(first, tongue)
    year = f" {last.year}" if first.year != last.year else ""
    return f"{start}{year and f' {first.year}'}–{_short(last, tongue)}{year}"


def _short(day: date, tongue: Tongue) -> str:
    return format_date(day, "d MMM", locale=tongue.code).rstrip(".")
