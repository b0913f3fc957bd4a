"""Every question about places. Rows that were merged into another are never among the answers."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.expression import ColumnElement

from planner.core.text import slugify, swedish_key
from planner.organisations.models import Organisation, Standing
from planner.organisations.queries import organisations_of
from planner.organisations.rules import Actor
from planner.venues.models import Venue, VenueKind

SIMILAR = 0.75
"""How alike two folded names are (0–1) when they are probably the same place."""

COMMON_WORDS = frozenset({"i", "pa", "vid", "och", "the", "kommun", "kommuns", "sal", "lokal"})
RESERVED_SLUGS = frozenset({"ny"})
MOST_HOPS = 20


def venue_by_slug(session: Session, slug: str) -> Venue | None:
    """The place at this address with owner and facts; one that was merged leads on to the row that is left."""
    venue = session.scalars(sa.select(Venue).where(Venue.slug == slug)).one_or_none()
    return None if venue is None else venue_by_id(session, venue.id)


def venue_by_id(session: Session, venue_id: int) -> Venue | None:
    """The place with owner and facts; one that was merged leads on to the row that is left."""
    wanted: int | None = venue_id
    for _hop in range(MOST_HOPS):
        venue = session.scalars(_with_all().where(Venue.id == wanted)).one_or_none()
        if venue is None or venue.merged_into_id is None:
            return venue
        wanted = venue.merged_into_id
    return None


def possible_owners(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Who may be said to look after a place: one's own organisations; a coordinator says it of any trusted one."""
    if not actor.is_coordinator:
        return organisations_of(session, actor)
    trusted = Organisation.standing.in_((Standing.VERIFIED, Standing.UNCLAIMED))
    mine = Organisation.id.in_(sorted(actor.roles))
    found = session.scalars(sa.select(Organisation).where(sa.or_(trusted, mine))).all()
    return sorted(found, key=lambda organisation: swedish_key(organisation.name))


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether a place has, or once had, this address, or a page of the registry itself has it."""
    return slug in RESERVED_SLUGS or session.scalar(sa.select(Venue.id).where(Venue.slug == slug)) is not None


def search_venues(
    session: Session,
    words: str,
    *,
    kind: VenueKind | None = None,
    actor: Actor,
    kommun_code: str | None = None,
    limit: int = 20,
) -> Sequence[Venue]:
    """The places one may use whose name, street or town hold every word, best first; å, ä, ö and case do not matter."""
    ids = venue_ids_found(session, words, kind=kind, actor=actor, kommun_code=kommun_code)
    return venues_by_ids(session, ids[:limit])


def venue_ids_found(
    session: Session, words: str, *, kind: VenueKind | None, actor: Actor, kommun_code: str | None
) -> Sequence[int]:
    """Everything that ``search_venues`` would find, best first, as ids: for pages of a long list."""
    where = [_usable_by(actor)]
    if kind is not None:
        where.append(Venue.kind == kind)
    if kommun_code:
        where.append(Venue.kommun_code == kommun_code)
    wanted = _folded(words).split("-") if words.strip() else []
    found = []
    for row in session.execute(sa.select(Venue.id, Venue.name, Venue.street, Venue.town).where(*where)):
        name, rest = _folded(row.name), _folded(f"{row.street} {row.town}")
        if all(word in name or word in rest for word in wanted):
            begins = bool(wanted) and name.startswith(wanted[0])
            in_name = sum(word in name for word in wanted)
            found.append((-in_name, not begins, swedish_key(row.name), row.id))
    return [row_id for *_rank, row_id in sorted(found)]


def venues_by_ids(session: Session, ids: Sequence[int]) -> Sequence[Venue]:
    """The places with owner and facts, in the order of the ids."""
    if not ids:
        return []
    by_id = {venue.id: venue for venue in session.scalars(_with_all().where(Venue.id.in_(ids)))}
    return [by_id[venue_id] for venue_id in ids if venue_id in by_id]


def venues_for(session: Session, actor: Actor, kind: VenueKind) -> Sequence[Venue]:
    """Every place of one kind that the actor may use, by kommun and name: the choices of a form."""
    venues = session.scalars(sa.select(Venue).where(_usable_by(actor), Venue.kind == kind)).all()
    return sorted(venues, key=lambda venue: (venue.kommun_code or "", swedish_key(venue.name), venue.id))


def public_venues(session: Session, kommun_code: str | None = None) -> Sequence[Venue]:
    """The places that anybody may read about, with their facts, by name."""
    where = [_is_left(), ~Venue.is_private, ~Venue.is_placeholder]
    if kommun_code:
        where.append(Venue.kommun_code == kommun_code)
    venues = session.scalars(sa.select(Venue).where(*where).options(selectinload(Venue.facts))).all()
    return sorted(venues, key=lambda venue: (swedish_key(venue.name), venue.id))


def similar_venues(
    session: Session, name: str, kommun_code: str | None, kind: VenueKind = VenueKind.PHYSICAL
) -> Sequence[Venue]:
    """The shared places of the same kommun that are probably the one that is about to be registered, likest first.

    Without a kommun there are too many towns for a word in common to mean anything: there the whole name counts.
    """
    likeness_between = likeness_of if kommun_code else _whole_likeness
    where = [_is_left(), ~Venue.is_private, Venue.kind == kind, _in_kommun(kommun_code)]
    found = []
    for row in session.execute(sa.select(Venue.id, Venue.name).where(*where)):
        likeness = likeness_between(name, row.name)
        if likeness >= SIMILAR:
            found.append((-likeness, row.id))
    return venues_by_ids(session, [row_id for _likeness, row_id in sorted(found)[:5]])


def likeness_of(one: str, other: str) -> float:
    """How alike two names are, 0–1: 1 when one's words are all among the other's ("Biblioteket", "Biblioteket Kil")."""
    first, second = _folded(one), _folded(other)
    words, others = _telling_words(first), _telling_words(second)
    if words and others and (words <= others or others <= words):
        return 1.0
    return _whole_likeness(one, other)


def _whole_likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _folded(one), _folded(other)).ratio()


def _telling_words(folded: str) -> frozenset[str]:
    return frozenset(folded.split("-")) - COMMON_WORDS


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return slugify(text, longest=1_000)


def _with_all() -> sa.Select[Venue]:
    return sa.select(Venue).options(joinedload(Venue.owner), selectinload(Venue.facts))


def _is_left() -> ColumnElement[bool]:
    return Venue.merged_into_id.is_(None)


def _in_kommun(kommun_code: str | None) -> ColumnElement[bool]:
    return Venue.kommun_code == kommun_code if kommun_code else Venue.kommun_code.is_(None)


def _usable_by(actor: Actor) -> ColumnElement[bool]:
    """``rules.may_use_venue`` as a condition."""
    if actor.is_system or actor.is_county_coordinator:
        return _is_left()
    mine: list[ColumnElement[bool]] = [~Venue.is_private]
    if actor.roles:
        mine.append(Venue.owner_id.in_(sorted(actor.roles)))
    if actor.coordinated_kommuner:
        mine.append(Venue.kommun_code.in_(sorted(actor.coordinated_kommuner)))
    return sa.and_(_is_left(), sa.or_(*mine))
