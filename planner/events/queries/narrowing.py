"""A ``CalendarQuery`` as conditions on occurrences, none of which costs more for all that other editions hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from planner.data.kommuner import COUNTY_CODE
from planner.editions.models import Theme
from planner.events.calendar_query import CalendarQuery
from planner.events.models import (
    Event,
    EventAudience,
    EventKommun,
    EventLanguage,
    EventStatus,
    EventTheme,
    Form,
    Hosting,
    HostingState,
    NewsLine,
    Occurrence,
    OccurrenceState,
)
from planner.events.models.needs import Need
from planner.events.queries.needs import offers
from planner.events.queries.visibility import may_be_named
from planner.events.search.conditions import answers_to
from planner.organisations.models import Organisation, OrganisationSlug
from planner.venues.models import Venue

Condition = sa.ColumnElement[bool]
Planned = type[Occurrence] | type[NewsLine]
"""What has the columns of a plan: the occurrence as it is, or a line of news with what it was."""


@dataclass(frozen=True)
class Where:
    """By which plan is asked, and in which edition; in every one when None.

    In one edition each of its events is asked whether it has a value, and an organisation's or a place's rows are taken
    from an index that holds the edition: what there was in earlier years then costs nothing.
    """

    plan: Planned
    edition_id: int | None

    def has(self, values: Any, condition: Condition) -> Condition:
        """Whether the event has a value of this table."""
        if self.edition_id is None:
            return Occurrence.event_id.in_(sa.select(values.event_id).where(condition))
        return sa.exists().where(values.event_id == Occurrence.event_id, condition).correlate(Occurrence)

    def is_in(self, edition_id: sa.SQLColumnExpression[int]) -> Condition:
        """Whether a row is of the edition."""
        return sa.true() if self.edition_id is None else edition_id == self.edition_id


def conditions_of(query: CalendarQuery, plan: Planned = Occurrence, edition_id: int | None = None) -> list[Condition]:
    """What an occurrence must fulfil beside being public and of the edition; by the plan that its columns come from."""
    where = Where(plan, edition_id)
    narrowings: dict[str, Callable[[Any, Where], Condition]] = {
        "days": _on_days,
        "kommuner": _in_kommuner,
        "organisations": _by_organisations,
        "themes": _on_themes,
        "audiences": _for_audiences,
        "forms": _in_forms,
        "languages": _in_languages,
        "venues": _at_venues,
        "near": _near,
        "needs": _offering,
        "words": _with_words,
    }
    return [narrow(getattr(query, field), where) for field, narrow in narrowings.items() if getattr(query, field)]


def _on_days(days: Sequence[Any], where: Where) -> Condition:
    plan = where.plan
    return sa.or_(*(sa.and_(plan.first_day <= day, plan.last_day >= day) for day in days))


def _in_kommuner(codes: Sequence[str], where: Where) -> Condition:
    """Where its place lies, or what its event says it concerns; the county's code asks for the countywide."""
    places = sa.select(Venue.id).where(Venue.kommun_code.in_(codes))
    found = sa.or_(where.plan.place_id.in_(places), where.has(EventKommun, EventKommun.kommun_code.in_(codes)))
    return sa.or_(found, Event.is_countywide) if COUNTY_CODE in codes else found


def _by_organisations(slugs: Sequence[str], where: Where) -> Condition:
    """Of these organisations, as organiser or with their accepted hosting; an old slug means the same organisation."""
    former = sa.select(OrganisationSlug.organisation_id).where(OrganisationSlug.slug.in_(slugs))
    ids = sa.select(Organisation.id).where(
        may_be_named(), sa.or_(Organisation.slug.in_(slugs), Organisation.id.in_(former))
    )
    own = sa.select(Event.id).where(Event.organiser_id.in_(ids), where.is_in(Event.edition_id))
    joint = sa.select(Hosting.event_id).where(Hosting.organisation_id.in_(ids), Hosting.state == HostingState.ACCEPTED)
    return Occurrence.event_id.in_(own.union(joint))


def _on_themes(slugs: Sequence[str], where: Where) -> Condition:
    return where.has(EventTheme, EventTheme.theme_id.in_(sa.select(Theme.id).where(Theme.slug.in_(slugs))))


def _for_audiences(audiences: Sequence[Any], where: Where) -> Condition:
    return where.has(EventAudience, EventAudience.audience.in_(audiences))


def _in_languages(codes: Sequence[str], where: Where) -> Condition:
    """Spoken or interpreted to."""
    return where.has(EventLanguage, EventLanguage.code.in_(codes))


def in_form(form: Form, plan: Planned | sa.ColumnCollection[str, Any] = Occurrence) -> Condition:
    """A hybrid is found on site and online alike (design idea 4)."""
    onsite, online = plan.place_id.is_not(None), plan.digital_place_id.is_not(None)
    return {
        Form.ONSITE: onsite,
        Form.ONLINE: online,
        Form.HYBRID: sa.and_(onsite, online),
        Form.UNKNOWN: sa.and_(~onsite, ~online),
    }[form]


def takes_place() -> Condition:
    """Whether neither the occurrence nor its event is called off."""
    states = [state for state in OccurrenceState if state.takes_place]
    return sa.and_(Occurrence.state.in_(states), Event.status != EventStatus.CANCELLED)


def _in_forms(forms: Sequence[Form], where: Where) -> Condition:
    return sa.or_(*(in_form(form, where.plan) for form in forms))


def _at_venues(slugs: Sequence[str], where: Where) -> Condition:
    """At these places, on site or digital, and at every row that was merged with them, however long ago."""
    plan = where.plan
    named = sa.select(Venue.id, Venue.merged_into_id).where(Venue.slug.in_(slugs))
    family = named.cte(f"family_of_{plan.__tablename__}", recursive=True)
    kin = sa.or_(Venue.id == family.c.merged_into_id, Venue.merged_into_id == family.c.id)
    family = family.union(sa.select(Venue.id, Venue.merged_into_id).join(family, kin))
    # What is there for its owner alone cannot be asked for, and is found by nobody who asks for what it once was.
    ids = sa.select(Venue.id).join(family, family.c.id == Venue.id).where(Venue.is_private.is_(False))
    in_edition = where.is_in(Occurrence.edition_id)
    return sa.or_(sa.and_(plan.place_id.in_(ids), in_edition), sa.and_(plan.digital_place_id.in_(ids), in_edition))


def _near(code: str, where: Where) -> Condition:
    """In the kommun, or where nobody is far away: online, or for the whole county."""
    return sa.or_(_in_kommuner((code,), where), where.plan.digital_place_id.is_not(None), Event.is_countywide)


def _offering(needs: Sequence[Need], where: Where) -> Condition:
    """All that is needed, each from the event or from where it takes place."""
    plan = where.plan
    return sa.and_(*(offers(need, Occurrence.event_id, plan.place_id, plan.digital_place_id) for need in needs))


def _with_words(line: str, _where: Where) -> Condition:
    """What is said of the occurrence as it is, by whichever plan is asked: of what it was no words are kept."""
    return answers_to(line)
