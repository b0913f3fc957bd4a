"""The page of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from planner.browse import accessibility
from planner.browse.maps import MapLink, maps_of
from planner.browse.subscription import name_of
from planner.browse.views.beside import more_from_hosts, near_the_same_day
from planner.browse.views.blueprint import blueprint, feed_url
from planner.browse.views.start import phase_of
from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.core.subscription import Subscription
from planner.editions.models import EditionState
from planner.events.changes import Changes, changes_of
from planner.events.models import Event, EventStatus, EventText, Occurrence
from planner.events.models.vocabulary import LANGUAGES, RIGHT_TO_LEFT
from planner.events.queries import accepted_hostings, public_event, related_events
from planner.venues.models import Answer, Feature, Venue
from planner.web.access import Level, access
from planner.web.database import db
from planner.web.language import text_language

EASY_READ = "sv-lattlast"


@blueprint.get("/evenemang/<slug>")
@access(Level.ANYONE)
def event(slug: str) -> str | Response:
    """When, where and how to take part; who stands behind it; what has changed."""
    session = db.session()
    found = public_event(session, slug)
    if found is None:
        raise NotFound
    if found.slug != slug:
        return redirect(url_for("browse.event", slug=found.slug), 301)
    today = phase_of(found.edition, utc_now()).today
    texts = {text.language: text for text in found.texts}
    own = texts.pop(text_language(), None)
    related = related_events(session, found)
    more = more_from_hosts(session, found, today, without=related)
    return render_template(
        "browse/event.html",
        event=found,
        occasions=[_occasion(found, occurrence, today) for occurrence in found.occurrences],
        hostings=accepted_hostings(found),
        related=related,
        places=[(place, accessibility.of_venue(place)) for place in _places(found)],
        offered=accessibility.of_event(found),
        easy_read=texts.pop(EASY_READ, None),
        own=own,
        calendar=Subscription(feed_url(), name_of([found.title], "")),
        texts=[Text(text) for text in texts.values()],
        more=more,
        near=near_the_same_day(session, found, today, without=[*related, *(each.event for each in more.occurrences)]),
    )


@dataclass(frozen=True)
class Occasion:
    """An occurrence with what the page has to know of it beside what it says itself."""

    occurrence: Occurrence
    changes: Changes
    is_off: bool
    is_open: bool
    """Whether one can still take part: links to join and to sign up are shown."""
    shows_recording: bool
    onsite_offers: list[Feature]
    """What the place is known to have for those who need it, and the digital one below."""
    online_offers: list[Feature]
    maps: list[MapLink]
    """Where the place lies, where it has no page of its own that tells."""


def _occasion(event: Event, occurrence: Occurrence, today: date) -> Occasion:
    is_off = event.status is EventStatus.CANCELLED or not occurrence.state.takes_place
    is_archived = event.status is EventStatus.ARCHIVED or event.edition.state is EditionState.ARCHIVED
    until = occurrence.recording_until
    return Occasion(
        occurrence,
        changes=changes_of(occurrence),
        is_off=is_off,
        is_open=not is_off and not is_archived,
        shows_recording=bool(occurrence.recording_url) and (until is None or until >= today),
        onsite_offers=_offers(occurrence.place),
        online_offers=_offers(occurrence.digital_place),
        maps=maps_of(occurrence.place) if occurrence.place and occurrence.place.is_private else [],
    )


def _offers(venue: Venue | None) -> list[Feature]:
    known = accessibility.of_venue(venue).known if venue else []
    return [feature for feature, answer, _note in known if answer is Answer.YES]


@dataclass(frozen=True)
class Text:
    """The event's texts in another language."""

    text: EventText

    @property
    def language_name(self) -> str:
        return LANGUAGES[self.text.language]

    @property
    def direction(self) -> str:
        return "rtl" if self.text.language in RIGHT_TO_LEFT else "ltr"


def _places(event: Event) -> Sequence[Venue]:
    """Every place and digital place of the event, once each, in the order of its occurrences."""
    places = (place for each in event.occurrences for place in (each.place, each.digital_place) if place)
    return list(dict.fromkeys(places))
