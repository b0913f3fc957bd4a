"""What a feed says in words. Files for programs are in Swedish; what people print is told in their language."""

from babel.dates import format_date

from planner.core.clock import STOCKHOLM
from planner.core.dates import clock_in_words, day_in_words, days_in_words
from planner.core.site import Site
from planner.core.text import N_, clean_line
from planner.core.tongue import SWEDISH, Tongue
from planner.events.facts import occurrence_facts, when_in_words, where_in_words
from planner.events.models import (
    Audience,
    Event,
    EventStatus,
    Form,
    HostingRole,
    Occurrence,
    OccurrenceState,
    SignUp,
    TimeKind,
)
from planner.events.news import Seen
from planner.events.queries import accepted_hostings
from planner.feeds.rules import is_cancelled, is_whole_days, join_address, meeting_place, takes_place
from planner.feeds.text import plain, shorten, web_address
from planner.venues.models import LinkAudience

LONGEST_TEXT = 300
"""Characters of the event's own text: a feed of a thousand events has to stay below 1 MB."""

LONGEST_LIST = 800
"""Characters of a list of names."""


def summary_of(occurrence: Occurrence) -> str:
    """The title, after what a reader must not miss: some calendars show a cancelled entry as any other."""
    title = " – ".join(part for part in (occurrence.event.title, occurrence.label) if part)
    if is_cancelled(occurrence):
        return f"INSTÄLLT: {title}"
    return f"UPPSKJUTET: {title}" if occurrence.state is OccurrenceState.POSTPONED else title


def when_of(occurrence: Occurrence | Seen, tongue: Tongue = SWEDISH) -> str:
    """When it is, for every kind of knowledge about a time: ``tisdag 21 september 2027 kl. 18–19.30``."""
    first, last, start, end = occurrence.first_day, occurrence.last_day, occurrence.starts_at, occurrence.ends_at
    if start and first != last:
        opening = f"{day_in_words(first, tongue.code)} {clock_in_words(start, None, STOCKHOLM, tongue.code)}"
        if end is None:
            return opening
        closing = f"{day_in_words(last, tongue.code)} {clock_in_words(end, None, STOCKHOLM, tongue.code)}"
        return tongue.say(N_("%(from)s till %(to)s")) % {"from": opening, "to": closing}
    if occurrence.is_open_ended and first != last:
        beginning = format_date(first, "d MMMM y", locale=tongue.code)
        days = tongue.say(N_("från %(day)s och tills vidare")) % {"day": beginning}
    else:
        days = days_in_words(first, last, tongue.code)
    if start:
        return f"{days} {clock_in_words(start, end, STOCKHOLM, tongue.code)}"
    match occurrence.time_kind:
        case TimeKind.WITHIN_SPAN:
            span = N_("någon gång under dagen") if first == last else N_("någon gång under perioden")
            return f"{days}, {tongue.say(span)}"
        case TimeKind.ON_BOOKING:
            return ", ".join((days, tongue.say(N_("tid efter bokning"))))
    return days


def where_of(occurrence: Occurrence) -> str:
    """Where it is, for people: the place with its address, that it is digital, or both; nothing if nobody knows."""
    place = meeting_place(occurrence)
    parts = (place.name, occurrence.room, place.address) if place else ()
    on_site = ", ".join(part for part in parts if part)
    if occurrence.digital_place is None:
        return on_site
    return f"{on_site} och digitalt" if on_site else "Digitalt"


def description_of(occurrence: Occurrence, *, site: Site) -> str:
    """What has changed, the text, and the lines that calendars hide elsewhere; last the page's address."""
    event = occurrence.event
    text = event.summary or plain(event.description_html)
    lines = [*_time_lines(occurrence), *details_of(occurrence), f"Läs mer: {page_of(event, site)}"]
    blocks = ("\n".join(news_of(occurrence)), shorten(text, LONGEST_TEXT), "\n".join(lines))
    return "\n\n".join(block for block in blocks if block)


def details_of(occurrence: Occurrence) -> list[str]:
    """What else there is to know, a line each: how to join, who stands behind it, for whom it is, how to sign up."""
    lines = [*_place_lines(occurrence), *_organiser_lines(occurrence.event)]
    return lines + _taking_part_lines(occurrence) if takes_place(occurrence) else lines


def page_of(event: Event, site: Site, tongue: Tongue = SWEDISH) -> str:
    """The address of the event's page."""
    return f"{site.public_url}{tongue.prefix}/evenemang/{event.slug}"


def location_of(occurrence: Occurrence) -> str:
    """Where to go: the place with its address, or for what is only online the link, which calendars make a button."""
    place = meeting_place(occurrence)
    if place is not None:
        return ", ".join(part for part in (place.name, occurrence.room, place.address) if part)
    if occurrence.digital_place is not None:
        return join_address(occurrence) or "Digitalt"
    return ""


def categories_of(occurrence: Occurrence) -> list[str]:
    """Themes, audiences and form. That something is for everybody or of unknown form sorts nothing."""
    audiences = [row.audience for row in occurrence.event.audiences if row.audience is not Audience.EVERYBODY]
    names = [theme.name for theme in occurrence.event.themes] + [audience.label for audience in audiences]
    if occurrence.form is not Form.UNKNOWN:
        names.append(occurrence.form.label)
    return names


def ages_in_words(age_from: int | None, age_to: int | None, tongue: Tongue = SWEDISH) -> str:
    """``13–25 år``; nothing where no ages are given."""
    match (age_from, age_to):
        case (None, None):
            return ""
        case (_, None):
            return tongue.say(N_("från %(age)s år")) % {"age": age_from}
        case (None, _):
            return tongue.say(N_("till och med %(age)s år")) % {"age": age_to}
    return tongue.say(N_("%(first)s–%(last)s år")) % {"first": age_from, "last": age_to}


def news_of(occurrence: Occurrence) -> list[str]:
    """What somebody who saw the entry before has to know, first of all."""
    return [" ".join(filter(None, parts)) for parts in told_of(occurrence)]


def told_of(occurrence: Occurrence, tongue: Tongue = SWEDISH) -> list[tuple[str, str]]:
    """The same, each line in two parts: our own words, and what somebody wrote."""
    event = occurrence.event
    said = event.decision_reason if event.status is EventStatus.CANCELLED else occurrence.state_note
    note, ours = shorten(clean_line(said), LONGEST_TEXT) if said else "", ""
    if is_cancelled(occurrence):
        ours = tongue.say(N_("Inställt."))
    elif occurrence.state is OccurrenceState.POSTPONED:
        ours = tongue.say(N_("Uppskjutet, nytt datum är inte bestämt."))
    elif occurrence.state is OccurrenceState.MOVED_ONLINE:
        ours = tongue.say(N_("Flyttat till digitalt."))
    told = [(ours, note)] if ours or note else []
    if takes_place(occurrence):
        told += [(line, "") for line in _moved(occurrence, tongue)]
        if occurrence.is_preliminary:
            told.append((tongue.say(N_("Preliminärt: tid och plats kan ändras.")), ""))
    return told


def _moved(occurrence: Occurrence, tongue: Tongue) -> list[str]:
    """Where and when it was before its latest move, as far as that differs from now."""
    if not occurrence.previous_times:
        return []
    before, now = occurrence.previous_times[-1].facts, occurrence_facts(occurrence)
    moved = []
    then = {"when": when_in_words(before, STOCKHOLM, tongue), "where": where_in_words(before, tongue)}
    if any(before[key] != now[key] for key in ("first_day", "starts_at")):
        moved.append(tongue.say(N_("Flyttad från %(when)s.")) % then)
    elif then["when"] != when_in_words(now, STOCKHOLM, tongue):
        moved.append(tongue.say(N_("Ändrad tid, tidigare %(when)s.")) % then)
    # A place that was only renamed has another name, one that was merged another address: neither is a move.
    keys = (("place_slug", "digital_place_slug"), ("place", "digital_place"))
    if all(any(before[key] != now[key] for key in pair) for pair in keys):
        moved.append(tongue.say(N_("Tidigare plats: %(where)s.")) % then)
    return moved


def _time_lines(occurrence: Occurrence) -> list[str]:
    lines = [_time_in_words(occurrence)]
    if occurrence.is_open_ended:
        lines.append("Slutdag inte angiven.")
    return [line for line in lines if line]


def _time_in_words(occurrence: Occurrence) -> str:
    """What DTSTART and DTEND cannot say of the time."""
    note = occurrence.time_note
    period = "dagen" if occurrence.first_day == occurrence.last_day else "perioden"
    match occurrence.time_kind:
        case TimeKind.START_ONLY:
            return f"Sluttid inte angiven. {note}".strip()
        case TimeKind.OPENING_HOURS:
            return f"Tider: {note}" if note else "Klockslag inte angivna."
        case TimeKind.WITHIN_SPAN:
            return f"Någon gång under {period}. {note}".strip()
        case TimeKind.ON_BOOKING:
            return f"Tid efter bokning. {note}".strip()
    if is_whole_days(occurrence) and occurrence.starts_at and occurrence.ends_at:
        start = f"{day_in_words(occurrence.first_day)} {clock_in_words(occurrence.starts_at, None, STOCKHOLM)}"
        end = f"{day_in_words(occurrence.last_day)} {clock_in_words(occurrence.ends_at, None, STOCKHOLM)}"
        return f"Tid: {start} till {end}. {note}".strip()
    return f"Tid: {note}" if note else ""


def _place_lines(occurrence: Occurrence) -> list[str]:
    if not takes_place(occurrence):
        return []
    lines = []
    if occurrence.place is not None and meeting_place(occurrence) is None:
        lines.append(f"Sänds från {occurrence.place.name} utan publik på plats.")
    reserve = occurrence.reserve_place
    if reserve is not None or occurrence.reserve_note:
        names = (reserve.name, reserve.address, occurrence.reserve_note) if reserve else (occurrence.reserve_note,)
        lines.append(f"Reservplats: {', '.join(name for name in names if name)}")
    return lines + _joining_lines(occurrence)


def _joining_lines(occurrence: Occurrence) -> list[str]:
    digital = occurrence.digital_place
    if digital is None:
        return []
    if digital.link_audience is LinkAudience.REGISTERED:
        return ["Delta på distans: länken skickas till dem som har anmält sig."]
    address = join_address(occurrence)
    lines = [f"Delta på distans: {address or digital.platform or digital.name}"]
    return [*lines, f"Ring in: {digital.dial_in}"] if digital.dial_in else lines


def _organiser_lines(event: Event) -> list[str]:
    """Names only of those that have said yes, under what they are."""
    names: dict[HostingRole, list[str]] = {HostingRole.CO_ORGANISER: [event.organiser.name]}
    for hosting in accepted_hostings(event):
        if hosting.organisation is not None:
            names.setdefault(hosting.role, []).append(hosting.organisation.name)
    titles = {
        HostingRole.CO_ORGANISER: "Arrangörer" if len(names[HostingRole.CO_ORGANISER]) > 1 else "Arrangör",
        HostingRole.PARTICIPANT: "Medverkande",
        HostingRole.VENUE_HOST: "Upplåter plats",
        HostingRole.SUPPORTER: "Med stöd av",
    }
    lists = {title: ", ".join(names[role]) for role, title in titles.items() if role in names}
    return [f"{title}: {shorten(list_of_names, LONGEST_LIST)}" for title, list_of_names in lists.items()]


def _taking_part_lines(occurrence: Occurrence) -> list[str]:
    event = occurrence.event
    audiences = [row.audience.label for row in event.audiences]
    lines = [f"Målgrupp: {', '.join(audiences)}"] if audiences else []
    lines += [f"Ålder: {ages}"] if (ages := ages_in_words(event.age_from, event.age_to)) else []
    lines += _sign_up_lines(event)
    recording = web_address(occurrence.recording_url)
    return [*lines, f"Inspelning: {recording}"] if recording else lines


def _sign_up_lines(event: Event) -> list[str]:
    """How to sign up, without the names and numbers of people: a feed is copied, and kept for ever by others."""
    match event.sign_up:
        case SignUp.UNSTATED:
            return []
        case SignUp.NONE:
            return ["Ingen anmälan behövs."]
    latest = f" senast {day_in_words(event.sign_up_by)}" if event.sign_up_by else ""
    address = web_address(event.sign_up_url)
    if event.sign_up is SignUp.EXTERNAL and address:
        return [*([f"Anmäl dig{latest}."] if latest else []), f"Anmälan: {address}"]
    return [f"Anmäl dig{latest} på det sätt som står på programpunktens sida."]
