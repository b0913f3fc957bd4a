"""From occurrences to the rows that the shapes write."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from planner.core.clock import STOCKHOLM
from planner.core.site import Site
from planner.core.text import clean_text
from planner.core.tongue import SWEDISH, Tongue
from planner.events.models import Event, EventFeature, LanguageUse, Occurrence, OccurrenceState, SignUp
from planner.events.queries import accepted_hostings
from planner.feeds import rules, words
from planner.feeds.feed import Feed
from planner.feeds.queries import occurrences_of
from planner.feeds.rows import Features, ForWhom, Host, Image, Online, Place, Row, Text, When, Where
from planner.feeds.text import plain, single_line, web_address
from planner.venues.models import Answer, LinkAudience, VenueFact


def rows_of(session: Session, feed: Feed, *, most: int | None = None) -> list[Row]:
    """The rows of a feed, oldest day first: all of them, or as many as there is room for."""
    return [row_of(occurrence, feed.site, feed.tongue) for occurrence in occurrences_of(session, feed, most=most)]


def row_of(occurrence: Occurrence, site: Site, tongue: Tongue = SWEDISH) -> Row:
    """The row of an occurrence that ``feeds.queries.occurrences_of`` has loaded.

    What people print is told in a language: when it is, and what has become of it. Files for programs are in Swedish.
    """
    event = occurrence.event
    changed_at = occurrence.component_changed_at or rules.public_since(occurrence)
    return Row(
        uid=occurrence.uid,
        sequence=occurrence.sequence,
        number=event.number,
        url=words.page_of(event, site, tongue),
        published_at=min(rules.public_since(occurrence), changed_at),
        changed_at=changed_at,
        title=single_line(event.title),
        label=single_line(occurrence.label),
        headline=single_line(words.summary_of(occurrence)) or "Programpunkt",
        state=OccurrenceState.CANCELLED if rules.is_cancelled(occurrence) else occurrence.state,
        told=tuple((single_line(ours), single_line(theirs)) for ours, theirs in words.told_of(occurrence, tongue)),
        details=tuple(map(single_line, words.details_of(occurrence))),
        summary=single_line(event.summary or plain(event.description_html)),
        texts=_texts(event),
        image=_image(event, site),
        activity=event.activity,
        categories=tuple(filter(None, map(single_line, words.categories_of(occurrence)))),
        themes=tuple((theme.slug, single_line(theme.name)) for theme in event.themes),
        when=_when(occurrence, tongue),
        where=_where(occurrence, site),
        hosts=_hosts(event, site),
        for_whom=_for_whom(occurrence),
        recording=web_address(occurrence.recording_url) if rules.takes_place(occurrence) else "",
    )


def _texts(event: Event) -> tuple[Text, ...]:
    """The Swedish text first; of the others those that say anything."""
    swedish = Text("sv", event.title, event.summary, event.description_html)
    others = (Text(each.language, each.title, each.summary, each.description_html) for each in event.texts)
    return tuple(
        Text(text.language, single_line(text.title), single_line(text.summary), clean_text(text.html))
        for text in (swedish, *others)
        if text is swedish or text.title or text.summary or text.html
    )


def _image(event: Event, site: Site) -> Image | None:
    if not event.image_file:
        return None
    url = f"{site.public_url}/bilder/{event.image_file}"
    return Image(url, single_line(event.image_alt), single_line(event.image_credit))


def _when(occurrence: Occurrence, tongue: Tongue) -> When:
    return When(
        words=words.when_of(occurrence, tongue),
        kind=occurrence.time_kind,
        first_day=occurrence.first_day,
        last_day=None if occurrence.is_open_ended else occurrence.last_day,
        shown_until=occurrence.last_day,
        starts_at=_local(occurrence.starts_at),
        ends_at=_local(occurrence.ends_at),
        note=single_line(occurrence.time_note),
        is_preliminary=occurrence.is_preliminary,
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(STOCKHOLM) if moment else None


def _where(occurrence: Occurrence, site: Site) -> Where:
    place = _place(occurrence, site)
    is_open = rules.meeting_place(occurrence) is not None
    stated = (row.kommun_code for row in occurrence.event.kommuner)
    codes = dict.fromkeys((place.kommun_code if place else "", *stated))
    return Where(
        words=single_line(words.where_of(occurrence)),
        form=occurrence.form,
        place=place if is_open else None,
        sent_from=None if is_open else place,
        online=_online(occurrence),
        kommuner=tuple(code for code in codes if code),
        is_countywide=occurrence.event.is_countywide,
    )


def _place(occurrence: Occurrence, site: Site) -> Place | None:
    venue = occurrence.place
    if venue is None:
        return None
    return Place(
        name=single_line(venue.name),
        room=single_line(occurrence.room),
        street=single_line(venue.street),
        postcode=venue.postcode,
        town=single_line(venue.town),
        kommun_code=venue.kommun_code or "",
        point=rules.point_of(venue),
        url="" if venue.is_private else f"{site.public_url}/platser/{venue.slug}",
        features=_features(venue.facts),
    )


def _online(occurrence: Occurrence) -> Online | None:
    digital = occurrence.digital_place
    if digital is None:
        return None
    is_for_registered = digital.link_audience is LinkAudience.REGISTERED
    may_call = rules.takes_place(occurrence) and not is_for_registered
    return Online(
        name=single_line(digital.name),
        platform=single_line(digital.platform),
        link=rules.join_address(occurrence),
        dial_in=single_line(digital.dial_in) if may_call else "",
        is_for_registered=is_for_registered,
    )


def _hosts(event: Event, site: Site) -> tuple[Host, ...]:
    roles = [(event.organiser, None), *((hosting.organisation, hosting.role) for hosting in accepted_hostings(event))]
    return tuple(
        Host(single_line(organisation.name), role, f"{site.public_url}/arrangorer/{organisation.slug}")
        for organisation, role in roles
        if organisation is not None
    )


def _for_whom(occurrence: Occurrence) -> ForWhom:
    event = occurrence.event
    is_open = rules.takes_place(occurrence)
    return ForWhom(
        audiences=tuple(row.audience for row in event.audiences),
        age_from=event.age_from,
        age_to=event.age_to,
        spoken=tuple(row.code for row in event.languages if row.use is LanguageUse.SPOKEN),
        interpreted=tuple(row.code for row in event.languages if row.use is LanguageUse.INTERPRETED),
        features=_features(event.features),
        is_free=event.is_free,
        price=single_line(event.price),
        sign_up=event.sign_up,
        sign_up_url=web_address(event.sign_up_url) if is_open and event.sign_up is SignUp.EXTERNAL else "",
        sign_up_by=event.sign_up_by if is_open else None,
    )


def _features(rows: Iterable[EventFeature | VenueFact]) -> Features:
    known = ((row.feature, row.answer) for row in rows if row.answer is not Answer.UNKNOWN)
    return tuple(sorted(known))
