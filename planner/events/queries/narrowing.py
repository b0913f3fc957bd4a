"""A ``CalendarQuery`` as conditions on occurrences, each a subquery on an index that the database may start from."""

from collections.abc import Sequence
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
    EventTheme,
    Form,
    Hosting,
    HostingState,
    NewsLine,
    Occurrence,
)
from planner.events.queries.visibility import may_be_named
from planner.organisations.models import Organisation, OrganisationSlug
from planner.venues.models import Venue

Condition = sa.ColumnElement[bool]
Planned = type[Occurrence] | type[NewsLine]
"""What has the columns of a plan: the occurrence as it is, or a line of news with what it was."""


def conditions_of(query: CalendarQuery, plan: Planned = Occurrence) -> list[Condition]:
    """What an occurrence must fulfil beside being public and of the edition; by the plan that its columns come from."""
    by_plan = {"days": _on_days, "kommuner": _in_kommuner, "forms": _in_forms, "venues": _at_venues}
    by_event = {
        "organisations": _by_organisations,
        "themes": _on_themes,
        "audiences": _for_audiences,
        "languages": _in_languages,
    }
    return [
        *(narrow(getattr(query, field), plan) for field, narrow in by_plan.items() if getattr(query, field)),
        *(narrow(getattr(query, field)) for field, narrow in by_event.items() if getattr(query, field)),
    ]


def _on_days(days: Sequence[Any], plan: Planned) -> Condition:
    return sa.or_(*(sa.and_(plan.first_day <= day, plan.last_day >= day) for day in days))


def _in_kommuner(codes: Sequence[str], plan: Planned) -> Condition:
    """Where its place lies, or what its event says it concerns; the county's code asks for the countywide."""
    places = sa.select(Venue.id).where(Venue.kommun_code.in_(codes))
    stated = sa.select(EventKommun.event_id).where(EventKommun.kommun_code.in_(codes))
    found = sa.or_(plan.place_id.in_(places), Occurrence.event_id.in_(stated))
    return sa.or_(found, Event.is_countywide) if COUNTY_CODE in codes else found


def _by_organisations(slugs: Sequence[str]) -> Condition:
    """Of these organisations, as organiser or with their accepted hosting; an old slug means the same organisation."""
    former = sa.select(OrganisationSlug.organisation_id).where(OrganisationSlug.slug.in_(slugs))
    ids = sa.select(Organisation.id).where(
        may_be_named(), sa.or_(Organisation.slug.in_(slugs), Organisation.id.in_(former))
    )
    own = sa.select(Event.id).where(Event.organiser_id.in_(ids))
    joint = sa.select(Hosting.event_id).where(Hosting.organisation_id.in_(ids), Hosting.state == HostingState.ACCEPTED)
    return Occurrence.event_id.in_(own.union(joint))


def _on_themes(slugs: Sequence[str]) -> Condition:
    themes = sa.select(Theme.id).where(Theme.slug.in_(slugs))
    return Occurrence.event_id.in_(sa.select(EventTheme.event_id).where(EventTheme.theme_id.in_(themes)))


def _for_audiences(audiences: Sequence[Any]) -> Condition:
    return Occurrence.event_id.in_(sa.select(EventAudience.event_id).where(EventAudience.audience.in_(audiences)))


def _in_languages(codes: Sequence[str]) -> Condition:
    """Spoken or interpreted to."""
    return Occurrence.event_id.in_(sa.select(EventLanguage.event_id).where(EventLanguage.code.in_(codes)))


def in_form(form: Form, plan: Planned = Occurrence) -> Condition:
    """A hybrid is found on site and online alike (design idea 4)."""
    onsite, online = plan.place_id.is_not(None), plan.digital_place_id.is_not(None)
    return {
        Form.ONSITE: onsite,
        Form.ONLINE: online,
        Form.HYBRID: sa.and_(onsite, online),
        Form.UNKNOWN: sa.and_(~onsite, ~online),
    }[form]


def _in_forms(forms: Sequence[Form], plan: Planned) -> Condition:
    return sa.or_(*(in_form(form, plan) for form in forms))


def _at_venues(slugs: Sequence[str], plan: Planned) -> Condition:
    """At these places, on site or digital, and at every row that was merged with them, however long ago."""
    named = sa.select(Venue.id, Venue.merged_into_id).where(Venue.slug.in_(slugs))
    family = named.cte(f"family_of_{plan.__tablename__}", recursive=True)
    kin = sa.or_(Venue.id == family.c.merged_into_id, Venue.merged_into_id == family.c.id)
    family = family.union(sa.select(Venue.id, Venue.merged_into_id).join(family, kin))
    ids = sa.select(family.c.id)
    return sa.or_(plan.place_id.in_(ids), plan.digital_place_id.in_(ids))
