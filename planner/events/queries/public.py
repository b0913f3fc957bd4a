"""The public's questions. What it may see stands in ``visibility``; these only narrow, order and load."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from planner.core.errors import Invalid, NotFound, Problem
from planner.editions.models import Edition, Theme
from planner.editions.queries import PUBLIC_STATES, current_edition, edition_by_slug
from planner.events.calendar_query import CalendarQuery, unknown_value
from planner.events.models import Event, EventSlug, EventText, Hosting, Occurrence
from planner.events.queries.kept import WHOLE_SHELF, is_on, part_of_shelf, shelf_of, start_of
from planner.events.queries.narrowing import conditions_of
from planner.events.queries.shelves import look_up
from planner.events.queries.visibility import hosts_in_public, is_published, may_be_named, may_be_seen
from planner.events.search.spelling import mended
from planner.organisations.models import Organisation, OrganisationSlug, Standing
from planner.venues.models import Venue

SWEDISH = "sv"
"""The language that every event is written in; texts in others stand beside."""

IN_ORDER = (Occurrence.first_day, Occurrence.starts_at.asc().nulls_first(), Occurrence.id)
"""As ``CalendarValue`` keeps them."""
BACKWARDS = (Occurrence.first_day.desc(), Occurrence.starts_at.desc().nulls_last(), Occurrence.id.desc())


def edition_of(session: Session, query: CalendarQuery) -> Edition:
    """The edition that the query is about: the named one, else the newest published, else the newest archived.

    The last keeps a subscription alive when its week is over and the next programme is not out.

    Raises:
        NotFound: there is no such public edition.
    """
    if query.edition:
        edition = edition_by_slug(session, query.edition)
    else:
        edition = current_edition(session) or _newest_public_edition(session)
    if edition is None or not edition.is_public:
        raise NotFound
    return edition


def _newest_public_edition(session: Session) -> Edition | None:
    return session.scalars(
        sa.select(Edition).where(Edition.state.in_(PUBLIC_STATES)).order_by(Edition.first_day.desc()).limit(1)
    ).one_or_none()


def check_query(session: Session, query: CalendarQuery) -> CalendarQuery:
    """The query in today's slugs and names: a former address of an organisation or a venue means what it is now.

    Raises:
        Invalid: one problem for each edition, organisation, theme or venue that the public does not know.
    """
    edition = edition_by_slug(session, query.edition) if query.edition else None
    problems = [] if not query.edition or (edition and edition.is_public) else [unknown_value("upplaga", query.edition)]
    organisations = {slug: now.slug for slug, now in organisations_named(session, query.organisations).items()}
    venues = {slug: now.slug for slug, now in venues_named(session, query.venues).items()}
    themes = {theme.slug: theme.slug for theme in themes_named(session, query.themes)}
    for key, asked, known in (
        ("arrangor", query.organisations, organisations),
        ("tema", query.themes, themes),
        ("plats", query.venues, venues),
    ):
        problems.extend(_unknown(key, asked, known))
    if problems:
        raise Invalid(problems)
    return spelt(session, query.with_(organisations=tuple(organisations.values()), venues=tuple(venues.values())))


def spelt(session: Session, query: CalendarQuery) -> CalendarQuery:
    """The query with what is searched for as it is spelt in the edition: a typing mistake means the nearest name."""
    if not query.words:
        return query
    try:
        edition = edition_of(session, query)
    except NotFound:
        return query
    found = look_up(session, edition, CalendarQuery(words=query.words))
    if found and found.number(session):
        return query
    # The names of events have an index of their own: the sum keeps the database from starting at the edition's.
    named = sa.select(Occurrence).join(Occurrence.event).where(may_be_seen(), Occurrence.edition_id + 0 == edition.id)
    return query.with_(words=mended(session, named, query.words))


def _unknown(key: str, asked: Sequence[str], known: dict[str, str]) -> list[Problem]:
    return [unknown_value(key, slug) for slug in asked if slug not in known]


def organisations_named(session: Session, slugs: Sequence[str]) -> dict[str, Organisation]:
    """The organisations at these present or former addresses that the public may read of."""
    if not slugs:
        return {}
    rows = session.execute(
        sa.select(Organisation, OrganisationSlug.slug)
        .outerjoin(
            OrganisationSlug,
            sa.and_(OrganisationSlug.organisation_id == Organisation.id, OrganisationSlug.slug.in_(slugs)),
        )
        .where(sa.or_(Organisation.slug.in_(slugs), OrganisationSlug.slug.is_not(None)), may_be_named())
    ).all()
    names = {slug: organisation for organisation, slug in rows if slug}
    return {**names, **{organisation.slug: organisation for organisation, _ in rows if organisation.slug in slugs}}


def themes_named(session: Session, slugs: Sequence[str]) -> Sequence[Theme]:
    """The themes at these addresses, by name."""
    if not slugs:
        return ()
    return session.scalars(sa.select(Theme).where(Theme.slug.in_(slugs)).order_by(Theme.name)).all()


def venues_named(session: Session, slugs: Sequence[str]) -> dict[str, Venue]:
    """The venues that everybody may see at these addresses; a merged one's address leads to what it became."""
    if not slugs:
        return {}
    ways = (
        sa.select(Venue.slug, Venue.id, Venue.merged_into_id).where(Venue.slug.in_(slugs)).cte("ways", recursive=True)
    )
    ways = ways.union(
        sa.select(ways.c.slug, Venue.id, Venue.merged_into_id).join(ways, Venue.id == ways.c.merged_into_id)
    )
    rows = session.execute(
        sa.select(ways.c.slug, Venue)
        .join(Venue, Venue.id == ways.c.id)
        .where(Venue.merged_into_id.is_(None), Venue.is_private.is_(False))
    )
    return dict(rows.all())


def public_occurrences(edition: Edition | None, query: CalendarQuery) -> sa.Select[Occurrence]:
    """The occurrences of an edition (of every public one when None) that the public may see and the query asks for.

    Joined with their events; neither ordered nor loaded with anything.
    """
    found = sa.select(Occurrence).join(Occurrence.event).where(may_be_seen())
    if edition is None:
        return found.where(*conditions_of(query))
    start = start_of(edition, query)
    if start is not None and start[0] != WHOLE_SHELF:
        shelf, rest = start
        return found.where(is_on(edition, shelf), *conditions_of(rest, edition_id=edition.id))
    # An organisation, a place or a word has few events: the database shall start there, not from the edition's many.
    # SQLite has no figures to choose by and would take the edition's index, unless the column is part of a sum.
    is_narrow = query.organisations or query.venues or query.words
    of_edition = (Occurrence.edition_id + 0 if is_narrow else Occurrence.edition_id) == edition.id
    return found.where(of_edition, *conditions_of(query, edition_id=edition.id))


def in_order(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
    from_the_end: bool = False,
) -> sa.Select[Occurrence]:
    """What matches, in the order of days and clock, or that backwards; or a part of it.

    A part of a kept programme is read off and nothing else is looked at: at once where it stands together anyway, else
    after a question of its own, or two where that is not all that is found.
    """
    order = BACKWARDS if from_the_end else IN_ORDER
    part = None if limit is None else _part_of_kept(session, edition, query, offset, limit, from_the_end)
    if part is None:
        return public_occurrences(edition, query).order_by(*order).offset(offset).limit(limit)
    # Only that of a public edition is kept. Were that asked again, the database would start from all its events.
    found = sa.select(Occurrence).join(Occurrence.event)
    return found.where(is_published(), Occurrence.id.in_(part)).order_by(*order)


def _part_of_kept(
    session: Session, edition: Edition, query: CalendarQuery, offset: int, limit: int, from_the_end: bool
) -> sa.Select[int] | list[int] | None:
    if shelf := shelf_of(edition, query):
        return part_of_shelf(edition, shelf, offset=offset, limit=limit, from_the_end=from_the_end)
    found = look_up(session, edition, query)
    if found is None:
        return None
    number = found.number(session)
    start = max(0, number - offset - limit) if from_the_end else offset
    stop = number - offset if from_the_end else offset + limit
    return found.some(session, start, stop)


def for_cards(language: str) -> tuple[ExecutableOption, ...]:
    """What a card shows. The long texts stay in the database; titles in another language come along when asked for."""
    event = contains_eager(Occurrence.event)
    titles = Event.texts.and_(EventText.language == language)
    return (
        sa.orm.defer(Occurrence.component, raiseload=True),
        event.defer(Event.description, raiseload=True),
        event.defer(Event.description_html, raiseload=True),
        event.joinedload(Event.organiser),
        event.selectinload(Event.hostings).joinedload(Hosting.organisation),
        joinedload(Occurrence.place),
        joinedload(Occurrence.digital_place),
        selectinload(Occurrence.previous_times),
        *([event.selectinload(titles).load_only(EventText.title, EventText.summary)] if language != SWEDISH else []),
    )


def list_occurrences(
    session: Session,
    edition: Edition,
    query: CalendarQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
    language: str = SWEDISH,
) -> Sequence[Occurrence]:
    """What matches, in the order of days and clock, all that a card shows in a language loaded.

    Always three questions, four in another language than Swedish; up to two more for a part of what several filters
    find.
    """
    found = in_order(session, edition, query, offset=offset, limit=limit)
    return session.scalars(found.options(*for_cards(language))).all()


def cards_of(session: Session, ids: Sequence[int], language: str) -> list[Occurrence]:
    """The occurrences with these ids, in this order, as far as they are public; with all that a card shows."""
    found = sa.select(Occurrence).join(Occurrence.event).where(may_be_seen(), Occurrence.id.in_(ids))
    cards = {each.id: each for each in session.scalars(found.options(*for_cards(language)))}
    return [cards[id_] for id_ in ids if id_ in cards]


def public_event(session: Session, slug: str) -> Event | None:
    """The event at this present or former address with everything its page shows, if the public may see it."""
    former = sa.select(EventSlug.event_id).where(EventSlug.slug == slug)
    return session.scalars(
        sa.select(Event)
        .where(sa.or_(Event.slug == slug, Event.id.in_(former)), may_be_seen())
        .options(*_for_event_page())
        .order_by(sa.desc(Event.slug == slug))
        .limit(1)
    ).one_or_none()


def _for_event_page() -> tuple[ExecutableOption, ...]:
    occurrences = selectinload(Event.occurrences)
    return (
        joinedload(Event.edition),
        joinedload(Event.organiser),
        selectinload(Event.hostings).joinedload(Hosting.organisation),
        selectinload(Event.themes),
        selectinload(Event.audiences),
        selectinload(Event.languages),
        selectinload(Event.kommuner),
        selectinload(Event.features),
        selectinload(Event.texts),
        occurrences.defer(Occurrence.component, raiseload=True),
        occurrences.selectinload(Occurrence.place).selectinload(Venue.facts),
        occurrences.selectinload(Occurrence.digital_place).selectinload(Venue.facts),
        occurrences.selectinload(Occurrence.reserve_place),
        occurrences.selectinload(Occurrence.previous_times),
    )


def related_events(session: Session, event: Event) -> Sequence[Event]:
    """What the event is part of and what is part of it, as far as the public may see; with times and titles."""
    # Named first and judged afterwards, or the database would go through the whole edition to find two or three.
    family = sa.select(Event.id).where(sa.or_(Event.part_of_id == event.id, Event.id == event.part_of_id))
    return session.scalars(
        sa.select(Event)
        .where(Event.id.in_(family), may_be_seen())
        .options(
            selectinload(Event.occurrences).defer(Occurrence.component, raiseload=True),
            selectinload(Event.texts).load_only(EventText.title, EventText.summary),
        )
        .order_by(Event.title, Event.id)
    ).all()


def public_organisations(session: Session) -> Sequence[Organisation]:
    """The verified organisations, and those that stand behind a public event."""
    return session.scalars(sa.select(Organisation).where(_has_a_page()).order_by(Organisation.name)).all()


def public_organisation(session: Session, slug: str) -> Organisation | None:
    """The organisation at this present or former address, if it has a page of its own."""
    former = sa.select(OrganisationSlug.organisation_id).where(OrganisationSlug.slug == slug)
    return session.scalars(
        sa.select(Organisation)
        .where(sa.or_(Organisation.slug == slug, Organisation.id.in_(former)), _has_a_page())
        .order_by(sa.desc(Organisation.slug == slug))
        .limit(1)
    ).one_or_none()


def _has_a_page() -> sa.ColumnElement[bool]:
    return sa.or_(Organisation.standing == Standing.VERIFIED, hosts_in_public())
