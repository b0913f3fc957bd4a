"""The part of the programme that a page is about: an organisation's, a kommun's, a place's, any query's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.browse.programme import ProgrammeDay, by_day
from planner.browse.views.passages import Passage, passages_of
from planner.browse.views.seen import Seen
from planner.core.errors import NotFound
from planner.editions.models import Edition
from planner.editions.queries import public_editions
from planner.events.calendar_query import CalendarQuery
from planner.events.models import Occurrence
from planner.events.queries import count_by_edition, count_occurrences, edition_of, list_occurrences
from planner.web.language import text_language
from planner.web.paging import Page, page_of

PAGE_SIZE = 200


@dataclass(frozen=True)
class Listing:
    """One page of what matches a query in an edition."""

    edition: Edition
    query: CalendarQuery
    page: Page
    days: list[ProgrammeDay]


def listing_of(session: Session, edition: Edition, query: CalendarQuery) -> Listing:
    """The page of the list that the address asks for.

    Raises:
        NotFound: the list has no such page.
    """
    page = page_of(count_occurrences(session, edition, query), PAGE_SIZE)
    return Listing(edition, query, page, by_day(_found(session, edition, query, page), query.days))


def _found(session: Session, edition: Edition, query: CalendarQuery, page: Page) -> Sequence[Occurrence]:
    if not page.total:
        return ()
    language = text_language()
    return list_occurrences(session, edition, query, offset=page.offset, limit=page.size, language=language)


def seen(session: Session, edition: Edition, query: CalendarQuery) -> Seen:
    """The calendar as a list, which it is unless something else is asked for."""
    listing = listing_of(session, edition, query)
    words = {"page": listing.page, "days": listing.days, "passages": _passages(session, listing)}
    return Seen("browse/calendar.html", listing.page.total, words, query.days)


def _passages(session: Session, listing: Listing) -> dict[int, Passage]:
    if not listing.query.words:
        return {}
    shown = (each for day in listing.days for each in (*day.on_the_day, *day.lasting))
    return passages_of(session, listing.query.words, shown)


def current_listing(session: Session, query: CalendarQuery) -> Listing | None:
    """What matches in the edition that the site is about; nothing before the first one is published."""
    try:
        edition = edition_of(session, query)
    except NotFound:
        return None
    return listing_of(session, edition, query)


def other_editions(session: Session, query: CalendarQuery, shown: Listing | None) -> list[tuple[Edition, int]]:
    """The public editions beside the shown one in which anything matches, newest first, and how much."""
    editions = [edition for edition in public_editions(session) if shown is None or edition is not shown.edition]
    counts = count_by_edition(session, query, editions)
    return [(edition, counts[edition.id]) for edition in editions if edition.id in counts]
