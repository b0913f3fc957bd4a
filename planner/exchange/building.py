"""From typed values to rows. Places, organisations and themes that exist are used as they are; others are made."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.errors import Problem
from planner.core.markdown import render_markdown
from planner.core.site import site_of
from planner.core.text import N_, slugify
from planner.editions.actions import take_event_number
from planner.editions.models import Criterion, Edition, EditionTheme, Theme
from planner.events.models import (
    Event,
    EventAudience,
    EventFeature,
    EventKommun,
    EventLanguage,
    EventSlug,
    EventStatus,
    EventText,
    EventTheme,
    Handover,
    Hosting,
    Occurrence,
    PreviousTime,
)
from planner.exchange.fields import Unreadable
from planner.exchange.reading import EventValues, Values
from planner.organisations.models import Organisation, OrganisationKind, Standing, name_key
from planner.venues.models import Venue, VenueFact


class Builder:
    """Builds events into a session, remembering the ids of what they share so that thousands cost few reads."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.forget()

    def forget(self) -> None:
        """Read anew what the database holds; called first, and after a line had to be undone."""
        self.forget_rows()
        self.organisations = self._ids(Organisation.slug, Organisation.id)
        self.organisation_names = self._ids(Organisation.name_key, Organisation.id)
        self.venues = self._ids(Venue.slug, Venue.id)
        self.themes = self._ids(Theme.slug, Theme.id)
        self.offered = {
            (edition, theme)
            for edition, theme in self.session.execute(sa.select(EditionTheme.edition_id, EditionTheme.theme_id))
        }
        self.slugs = set(self.session.scalars(sa.select(Event.slug))) | set(
            self.session.scalars(sa.select(EventSlug.slug))
        )
        self.places = {
            (kind, name, kommun): id_
            for kind, name, kommun, id_ in self.session.execute(
                sa.select(Venue.kind, Venue.name, Venue.kommun_code, Venue.id).order_by(Venue.id.desc())
            )
        }

    def forget_rows(self) -> None:
        """Read the editions anew; called when the session has let go of its rows."""
        self.editions = {row.slug: row for row in self.session.scalars(sa.select(Edition))}

    def build_event(self, values: EventValues) -> Event:
        """The event with everything that belongs to it, added to the session.

        Raises:
            Unreadable: it names an edition or a criterion that does not exist.
        """
        columns = dict(values.columns)
        edition = self._edition(columns.pop("edition"))
        audiences, kommuner = columns.pop("audiences", []), columns.pop("kommuner", [])
        former_slugs, _ = columns.pop("former_slugs", []), columns.pop("part_of", None)
        criterion = columns.pop("decision_criterion", None)
        columns.setdefault("status", EventStatus.DRAFT)
        columns.setdefault("created_at", self.now)
        columns.setdefault("saved_at", columns["created_at"])
        columns["number"] = columns.get("number") or take_event_number(self.session, edition)
        columns["slug"] = columns.get("slug") or self._free(slugify(columns["title"]), self.slugs)
        event = Event(
            edition_id=edition.id,
            organiser_id=self.organisation(values.organiser),
            decision_criterion_id=self._criterion(edition, criterion) if criterion else None,
            description_html=render_markdown(columns.get("description", "")),
            audiences=[EventAudience(audience=item) for item in audiences],
            kommuner=[EventKommun(kommun_code=item) for item in kommuner],
            languages=[EventLanguage(**item) for item in values.languages],
            features=[EventFeature(feature=key, answer=item) for key, item in values.features.items()],
            texts=[_text(language, item) for language, item in values.texts.items()],
            occurrences=[self._occurrence(edition, item) for item in values.occurrences],
            hostings=[self._hosting(item) for item in values.hostings],
            **columns,
        )
        self.slugs.add(event.slug)
        self._add(event, edition, values, former_slugs)
        return event

    def _add(self, event: Event, edition: Edition, values: EventValues, former_slugs: Iterable[str]) -> None:
        """Add the event, and then what can only point at one that has an id."""
        self.session.add(event)
        self.session.flush()
        self.session.add_all(EventSlug(slug=slug, event_id=event.id) for slug in former_slugs)
        self.session.add_all(
            Handover(event_id=event.id, organisation_id=hosting.organisation_id, **item["handover"])
            for hosting, item in zip(event.hostings, values.hostings, strict=True)
            if item["handover"]
        )
        self.session.add_all(
            EventTheme(event_id=event.id, theme_id=self.theme(edition, item)) for item in values.themes
        )

    def organisation(self, values: Values) -> int:
        """The id of the organisation with this slug, or else this name; made as unclaimed when there is none."""
        known = self.organisations.get(values.get("slug", "")) or self.organisation_names.get(name_key(values["name"]))
        if known:
            return known
        slug = values.get("slug") or self._free(slugify(values["name"]), self.organisations)
        defaults = {"kind": OrganisationKind.OTHER, "standing": Standing.UNCLAIMED, "created_at": self.now}
        organisation = Organisation(**(defaults | values | {"slug": slug}))
        self.session.add(organisation)
        self.session.flush()
        self.organisations[slug] = self.organisation_names[organisation.name_key] = organisation.id
        return organisation.id

    def venue(self, values: Values | None) -> int | None:
        """The id of the place with this slug, or else this kind, name and kommun; made when there is none."""
        if values is None:
            return None
        columns = {key: value for key, value in values.items() if key not in ("owner", "facts")}
        key = (columns["kind"], columns["name"], columns.get("kommun_code"))
        known = self.venues.get(columns["slug"]) if "slug" in columns else self.places.get(key)
        if known:
            return known
        columns["slug"] = columns.get("slug") or self._free(slugify(columns["name"]), self.venues)
        owner = values.get("owner")
        venue = Venue(
            owner_id=self.organisation(owner) if owner else None,
            facts=[VenueFact(**item) for item in values.get("facts", [])],
            created_at=self.now,
            **columns,
        )
        self.session.add(venue)
        self.session.flush()
        self.venues[venue.slug] = self.places[key] = venue.id
        return venue.id

    def theme(self, edition: Edition, values: Values) -> int:
        """The id of the theme with this slug; made, and offered by the edition, when it is not."""
        if values["slug"] not in self.themes:
            theme = Theme(**values)
            self.session.add(theme)
            self.session.flush()
            self.themes[theme.slug] = theme.id
        theme_id = self.themes[values["slug"]]
        if (edition.id, theme_id) not in self.offered:
            self.session.add(EditionTheme(edition_id=edition.id, theme_id=theme_id, position=len(self.offered)))
            self.offered.add((edition.id, theme_id))
        return theme_id

    def _occurrence(self, edition: Edition, values: Values) -> Occurrence:
        columns = dict(values)
        places = {f"{key}_id": self.venue(columns.pop(key)) for key in ("place", "digital_place", "reserve_place")}
        previous = [PreviousTime(**item) for item in columns.pop("previous_times")]
        columns.setdefault("uid", f"{uuid4()}@{site_of(self.session).uid_domain}")
        columns.setdefault("created_at", self.now)
        return Occurrence(edition_id=edition.id, previous_times=previous, **places, **columns)

    def _hosting(self, values: Values) -> Hosting:
        columns = dict(values)
        organisation, _ = columns.pop("organisation"), columns.pop("handover")
        columns.setdefault("asked_at", self.now)
        return Hosting(organisation_id=self.organisation(organisation) if organisation else None, **columns)

    def _edition(self, slug: str) -> Edition:
        if slug not in self.editions:
            raise Unreadable(
                [Problem("edition", N_("Upplagan ”%(slug)s” finns inte. Skapa den först."), {"slug": slug})]
            )
        return self.editions[slug]

    def _criterion(self, edition: Edition, code: str) -> int:
        query = sa.select(Criterion.id).where(Criterion.edition_id == edition.id, Criterion.code == code)
        criterion = self.session.scalars(query).one_or_none()
        if criterion is None:
            raise Unreadable([Problem("decision_criterion", N_("Upplagan har inget sådant kriterium."))])
        return criterion

    def _ids(self, key: sa.orm.InstrumentedAttribute[str], id_: sa.orm.InstrumentedAttribute[int]) -> dict[str, int]:
        return dict(self.session.execute(sa.select(key, id_)).all())

    @staticmethod
    def _free(slug: str, taken: "set[str] | dict[str, int]") -> str:
        free, at = slug, 1
        while free in taken:
            at += 1
            free = f"{slug}-{at}"
        return free


def _text(language: str, values: Values) -> EventText:
    return EventText(language=language, description_html=render_markdown(values.get("description", "")), **values)
