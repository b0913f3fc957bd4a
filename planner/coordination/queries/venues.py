"""Rows of the registry that are probably one and the same place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.text import slugify
from planner.organisations.rules import Actor
from planner.venues.models import Venue
from planner.venues.queries import COMMON_WORDS, SIMILAR, likeness_of, venues_by_ids

MOST = 50


@dataclass(frozen=True)
class Pair:
    """Two places that seem to be one."""

    one: Venue
    other: Venue


def probable_duplicates(session: Session, actor: Actor) -> Sequence[Pair]:
    """Pairs of shared places of the same kommun (outside the county: town) and kind with nearly the same name.

    Only names that share the beginning of a word are compared: the work grows with the registry, not its square.
    """
    rows = sa.select(Venue.id, Venue.name, Venue.kommun_code, Venue.town, Venue.kind)
    rows = rows.where(Venue.merged_into_id.is_(None), ~Venue.is_private, ~Venue.is_placeholder)
    if not (actor.is_system or actor.is_county_coordinator):
        rows = rows.where(Venue.kommun_code.in_(sorted(actor.coordinated_kommuner)))
    groups: dict[tuple[str, str, str], set[tuple[int, str]]] = defaultdict(set)
    for row in session.execute(rows):
        for word in set(slugify(row.name).split("-")) - COMMON_WORDS:
            groups[row.kommun_code or slugify(row.town), row.kind, word[:4]].add((row.id, row.name))
    likest = {
        (first[0], second[0]): likeness_of(first[1], second[1])
        for group in groups.values()
        for first, second in combinations(sorted(group), 2)
    }
    pairs = sorted((-likeness, ids) for ids, likeness in likest.items() if likeness >= SIMILAR)[:MOST]
    wanted = sorted({venue_id for _likeness, ids in pairs for venue_id in ids})
    loaded = {venue.id: venue for venue in venues_by_ids(session, wanted)}
    return [Pair(loaded[one], loaded[other]) for _likeness, (one, other) in pairs]
