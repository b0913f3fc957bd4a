"""The pictures that a shared link shows: of each event, and of the week for every other page."""

from dataclasses import astuple
from datetime import UTC, datetime

from flask import Response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as WerkzeugResponse

from planner.browse.pictures import Picture, draw
from planner.browse.views.blueprint import blueprint
from planner.core.clock import utc_now
from planner.core.errors import NotFound
from planner.editions.queries import current_edition
from planner.events.models import Event, EventStatus, Occurrence
from planner.events.queries import event_in_short, organisers_of
from planner.web.access import Level, access
from planner.web.caching import Version, respond
from planner.web.database import db
from planner.web.filters import days, kommun_name, when
from planner.web.language import DEFAULT, text_language, translated

VERSION = 1
"""Raised when the same words give another picture."""
BEFORE_ALL = datetime(2026, 11, 21, tzinfo=UTC)
"""When the picture of a site without a programme was last changed: with its design."""


@blueprint.get("/evenemang/<slug>.png")
@access(Level.ANYONE)
def picture(slug: str) -> Response | WerkzeugResponse:
    """What an event is, when and where, as a picture of 1200 × 630."""
    found = event_in_short(db.session(), slug, text_language())
    if found is None:
        raise NotFound
    if found.slug != slug:
        return redirect(url_for("browse.picture", slug=found.slug), 301)
    return _answer(picture_of(found), found.edition.changed_at)


@blueprint.get("/demokrativeckan.png")
@access(Level.ANYONE)
def picture_of_the_week() -> Response:
    """The week, for every page that is about no single event."""
    edition = current_edition(db.session())
    where = _("I hela Värmland, på plats och digitalt")
    if edition is None:
        return _answer(Picture("Demokrativeckan", where=where), BEFORE_ALL)
    return _answer(Picture(edition.name, days(edition.first_day, edition.last_day), where), edition.changed_at)


@blueprint.app_template_global()
def picture_of(event: Event) -> Picture:
    """What stands on the picture of an event, in the language of the page: also its text alternative."""
    own = None if text_language() == DEFAULT else event.text_in(text_language())
    return Picture(
        title=(own and own.title) or event.title,
        when=_when(event.occurrences),
        where=_same([_where(each) for each in event.occurrences], _("Flera platser")),
        who=", ".join(organisation.name for organisation in organisers_of(event)),
        state=_state(event),
    )


def _answer(picture: Picture, changed_at: datetime) -> Response:
    """What is printed decides the bytes: a change of anything else leaves the picture as everybody has it."""
    return respond(
        Version(("png", VERSION, *astuple(picture)), changed_at),
        lambda: draw(picture),
        content_type="image/png",
        now=utc_now(),
    )


def _when(occurrences: list[Occurrence]) -> str:
    if len(occurrences) == 1:
        words = when(occurrences[0])
        return words[:1].upper() + words[1:]
    if not occurrences:
        return ""
    count = ngettext("%(num)s tillfälle", "%(num)s tillfällen", len(occurrences))
    span = days(min(each.first_day for each in occurrences), max(each.last_day for each in occurrences))
    return f"{count}, {span}"


def _where(occurrence: Occurrence) -> str:
    """``Arvika bibliotek, Arvika, och digitalt``: as short as it can be told."""
    place = occurrence.place
    if place is None or (occurrence.has_no_audience_on_site and occurrence.digital_place):
        return str(_("Digitalt")) if occurrence.digital_place else ""
    kommun = kommun_name(place.kommun_code)
    on_site = f"{place.name}, {kommun}" if kommun and kommun not in place.name else place.name
    return str(_("%(place)s och digitalt", place=on_site)) if occurrence.digital_place else on_site


def _state(event: Event) -> str:
    """What nobody must miss who sees nothing but the picture."""
    if event.status is EventStatus.CANCELLED:
        return translated("Inställt")
    states = {each.state for each in event.occurrences}
    return translated(states.pop().label) if len(states) == 1 and not _takes_place(event) else ""


def _takes_place(event: Event) -> bool:
    return any(each.state.takes_place for each in event.occurrences)


def _same(words: list[str], otherwise: str) -> str:
    different = {each for each in words if each}
    return different.pop() if len(different) == 1 else otherwise if different else ""
