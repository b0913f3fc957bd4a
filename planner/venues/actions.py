"""Every change of the shared registry of places."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, Problem, StaleVersion
from planner.core.text import N_, clean_line, slugify
from planner.organisations.rules import Actor
from planner.venues import letters, rules
from planner.venues.fields import ONLY_DIGITAL, ONLY_PHYSICAL, VenueFields, clean_fields, is_safe_link, problems_of
from planner.venues.models import Answer, Feature, Venue, VenueFact, VenueKind
from planner.venues.queries import is_slug_taken
from planner.venues.signals import venue_changed, venues_merged

NOTHING: dict[str, Any] = {"latitude": None, "longitude": None, "is_outdoors": False}
"""What a column holds that the other kind of place does not use; an empty text where it is not named here."""


def register_venue(session: Session, fields: VenueFields, *, actor: Actor, now: datetime) -> Venue:
    """A new place in the shared registry."""
    given = {"kind": VenueKind.PHYSICAL, **clean_fields(fields)}
    if not rules.may_register_venue(actor, given.get("owner_id")):
        raise NotAllowed
    _empty_what_does_not_apply(given)
    _require_no_problems(problems_of(given))
    slug = given.pop("slug", "") or given["name"]
    venue = Venue(**given, slug=_free_slug(session, slug, given.get("town", "")), created_at=now, facts=[])
    session.add(venue)
    log(session, "register_venue", venue, name=venue.name, actor=actor, now=now)
    venue_changed.send(venue, session=session, now=now)
    return venue


def change_venue(
    session: Session, venue: Venue, fields: VenueFields, *, expected_version: int | None, actor: Actor, now: datetime
) -> Venue:
    """State something anew about a place. A new name keeps the address; a new address leaves the old one leading on."""
    given = clean_fields(fields)
    _require_may_change(actor, venue, given)
    _lock(session, venue, expected_version)
    if given.pop("kind", venue.kind) is not venue.kind:
        raise Invalid([Problem("kind", N_("En plats kan inte bli en digital mötesplats. Registrera en ny i stället."))])
    whole = {column.key: getattr(venue, column.key) for column in sa.inspect(Venue).columns} | given
    _empty_what_does_not_apply(whole)
    _require_no_problems(problems_of(whole))
    slug = slugify(given.pop("slug")) if given.get("slug") else venue.slug
    changed = sorted(key for key in given if getattr(venue, key) != whole[key])
    before = {key: _plain(getattr(venue, key)) for key in changed}
    for key in whole.keys() - {"slug"}:
        setattr(venue, key, whole[key])
    if slug != venue.slug:
        _move_address(session, venue, slug, now=now)
        changed.append("slug")
    if changed:
        _changed(session, venue, "change_venue", actor=actor, now=now, changed=changed, before=before)
    return venue


def replace_link(
    session: Session, venue: Venue, join_url: str, *, dial_in: str | None = None, actor: Actor, now: datetime
) -> Venue:
    """Give a digital place another link at once, whatever anybody else is editing; its owner is told.

    Needs the owner loaded.
    """
    if not rules.may_replace_link(actor, venue):
        raise NotAllowed
    _lock(session, venue, None)
    join_url = clean_line(join_url)
    if join_url and not is_safe_link(join_url):
        raise Invalid([Problem("join_url", N_("Länken ska börja med https:// och gå till en webbplats."))])
    before = venue.join_url
    venue.join_url = join_url
    if dial_in is not None:
        venue.dial_in = clean_line(dial_in)
    _changed(session, venue, "replace_link", actor=actor, now=now, before={"join_url": before})
    if not actor.works_for(venue.owner_id):
        letters.link_replaced(session, venue, actor=actor, now=now)
    return venue


def set_venue_facts(
    session: Session,
    venue: Venue,
    answers: Mapping[Feature, Answer],
    *,
    notes: Mapping[Feature, str] | None = None,
    checked_on: date | None = None,
    checked_by: str = "",
    expected_version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Venue:
    """Say what is known of a place's accessibility, checked when and by whom; needs the facts loaded.

    Features that are not among the answers keep what was known of them. "Vet inte" forgets when it was checked.
    """
    if not rules.may_edit_venue(actor, venue):
        raise NotAllowed
    _lock(session, venue, expected_version)
    if checked_on is not None and checked_on > now.date():
        raise Invalid([Problem("checked_on", N_("Dagen för kontrollen kan inte ligga i framtiden."))])
    known = {fact.feature: fact for fact in venue.facts}
    for feature, answer in answers.items():
        fact = known.get(feature)
        if fact is None:
            fact = VenueFact(feature=feature, note="")
            venue.facts.append(fact)
        is_known = answer is not Answer.UNKNOWN
        fact.answer = answer
        fact.note = clean_line((notes or {}).get(feature, fact.note))[:200]
        fact.checked_on = (checked_on or now.date()) if is_known else None
        fact.checked_by = clean_line(checked_by)[:160] if is_known else ""
    details = {feature.value: answer.value for feature, answer in answers.items()}
    _changed(session, venue, "set_venue_facts", actor=actor, now=now, answers=details)
    return venue


def merge_venues(session: Session, kept: Venue, merged: Venue, *, actor: Actor, now: datetime) -> Venue:
    """Say that two rows are one place: the other's address and events lead to the row that is left.

    What only the other one knew is taken over. Needs both with their facts loaded.
    """
    if not rules.may_merge_venues(actor, kept, merged):
        raise NotAllowed
    _lock(session, merged, None)
    _lock(session, kept, None)
    _require_mergeable(kept, merged)
    _take_over(kept, merged)
    for leading_here in session.scalars(sa.select(Venue).where(Venue.merged_into_id == merged.id)):
        leading_here.merged_into_id = kept.id
    merged.merged_into_id = kept.id
    merged.version += 1
    log(session, "merge_venues", merged, name=merged.name, actor=actor, now=now, into=kept.slug)
    venues_merged.send(kept, merged=merged, session=session, now=now)
    _changed(session, kept, "merge_venues", actor=actor, now=now, merged=merged.slug)
    return kept


def _require_no_problems(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)


def _require_may_change(actor: Actor, venue: Venue, given: dict[str, Any]) -> None:
    """A rule of its own for each kind of change, so that nobody hands a place to an organisation unasked."""
    allowed = rules.may_edit_venue(actor, venue)
    if "owner_id" in given and given["owner_id"] != venue.owner_id:
        allowed = allowed and rules.may_give_venue_away(actor, venue)
    if given.get("slug") and slugify(given["slug"]) != venue.slug:
        allowed = allowed and rules.may_move_venue_address(actor, venue)
    if not allowed:
        raise NotAllowed


def _lock(session: Session, venue: Venue, expected_version: int | None) -> None:
    """Let nobody else change the row meanwhile, and see that the person saw what it holds."""
    session.flush()
    version = session.scalars(sa.select(Venue.version).where(Venue.id == venue.id).with_for_update()).one()
    if expected_version is not None and version != expected_version:
        raise StaleVersion(version)
    if version != venue.version:
        session.refresh(venue, [column.key for column in sa.inspect(Venue).columns])


def _empty_what_does_not_apply(given: dict[str, Any]) -> None:
    """A digital place has no street and a physical one no link; the database knows it too."""
    digital = given["kind"] is VenueKind.DIGITAL
    for key in ONLY_PHYSICAL if digital else ONLY_DIGITAL:
        if key in given:
            given[key] = NOTHING.get(key, "")


def _free_slug(session: Session, wanted: str, town: str) -> str:
    """The name's address; with the town, and then a number, if another place has it."""
    slug, longer = slugify(wanted), slugify(f"{wanted} {town}", longest=100)
    numbers = count(1)
    while is_slug_taken(session, slug):
        number = next(numbers)
        slug = longer if number == 1 else f"{longer}-{number}"
    return slug


def _move_address(session: Session, venue: Venue, slug: str, *, now: datetime) -> None:
    """Give a place another address; a row of its own keeps the old one leading here, as after a merge."""
    if is_slug_taken(session, slug):
        raise Invalid([Problem("slug", N_("En annan plats har redan den adressen."))])
    old, venue.slug = venue.slug, slug
    session.flush()
    session.add(Venue(slug=old, kind=venue.kind, name=venue.name, merged_into_id=venue.id, created_at=now))


def _require_mergeable(kept: Venue, merged: Venue) -> None:
    if kept.id == merged.id:
        raise Invalid([Problem("", N_("Välj två olika platser."))])
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise Invalid([Problem("", N_("En av platserna är redan sammanslagen med en annan."))])
    if kept.kind is not merged.kind:
        raise Invalid([Problem("", N_("En plats och en digital mötesplats kan inte slås samman."))])
    if merged.is_private != kept.is_private or (kept.is_private and kept.owner_id != merged.owner_id):
        raise Invalid(
            [Problem("", N_("En plats som bara en organisation använder kan inte slås samman med en delad."))]
        )


def _take_over(kept: Venue, merged: Venue) -> None:
    for key in ("owner_id", "kommun_code", "capacity", "rooms", "directions", "contact", "platform", "dial_in"):
        if not getattr(kept, key):
            setattr(kept, key, getattr(merged, key))
    if not kept.street and kept.town in ("", merged.town):
        kept.street, kept.postcode, kept.town = merged.street, merged.postcode or kept.postcode, merged.town
    if kept.latitude is None:
        kept.latitude, kept.longitude = merged.latitude, merged.longitude
    if not kept.join_url and merged.join_url:
        kept.join_url, kept.link_audience = merged.join_url, merged.link_audience
    known = {fact.feature: fact for fact in kept.facts}
    for other in merged.facts:
        mine = known.get(other.feature)
        if mine is None:
            mine = VenueFact(feature=other.feature, answer=Answer.UNKNOWN)
            kept.facts.append(mine)
        if mine.answer is Answer.UNKNOWN and other.answer is not Answer.UNKNOWN:
            mine.answer, mine.note = other.answer, other.note
            mine.checked_on, mine.checked_by = other.checked_on, other.checked_by


def _changed(session: Session, venue: Venue, action: str, *, actor: Actor, now: datetime, **details: Any) -> None:
    venue.version += 1
    log(session, action, venue, name=venue.name, actor=actor, now=now, **details)
    venue_changed.send(venue, session=session, now=now)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)
