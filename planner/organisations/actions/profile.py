"""Changing what an organisation says of itself."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.audit.actions import log
from planner.core.errors import Invalid, NotAllowed, StaleVersion
from planner.organisations import letters
from planner.organisations.actions.registering import free_slug, name_is_taken
from planner.organisations.fields import CONTACT, IDENTITY, OrganisationFields, cleaned
from planner.organisations.models import Organisation, OrganisationSlug, Standing
from planner.organisations.queries import lock_organisation, organisation_by_name
from planner.organisations.rules import Actor, may_edit_organisation, may_rename_organisation
from planner.organisations.signals import organisation_changed


def change_organisation(
    session: Session,
    organisation: Organisation,
    fields: OrganisationFields,
    *,
    expected_version: int | None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Change what is given of an organisation's name, kind, kommun, contact and responsible person.

    Its old address goes on leading to it. ``expected_version`` is the version that the person saw.

    Raises:
        NotAllowed: the actor may not edit it, or not change what it was checked by.
        Invalid: something does not hold together, or the name is taken.
        StaleVersion: somebody else saved in between.
    """
    organisation = lock_organisation(session, organisation.id)
    if not may_edit_organisation(actor, organisation):
        raise NotAllowed
    changes = _changes(organisation, _checked(session, organisation, fields))
    if not changes:
        return organisation
    if expected_version is not None and expected_version != organisation.version:
        raise StaleVersion(organisation.version)
    if not may_rename_organisation(actor, organisation) and any(key in changes for key in IDENTITY):
        raise NotAllowed
    old_name = organisation.name
    _apply(session, organisation, changes)
    organisation.version += 1
    name, changed = organisation.name, sorted(changes)
    log(session, "change_organisation", organisation, name=name, actor=actor, now=now, fields=changed)
    is_identity = any(key in changes for key in IDENTITY)
    if is_identity and organisation.standing is Standing.VERIFIED:
        letters.send_identity_changed(session, organisation, old_name, actor, now=now)
    if is_identity or not organisation.is_claim:
        organisation_changed.send(organisation, session=session, now=now)
    return organisation


def stated_details(organisation: Organisation) -> dict[str, Any]:
    """What its people have stated of an organisation: of one that is claimed, what they want to show."""
    keys = (*IDENTITY, *CONTACT, "responsible_name")
    claim = organisation.claim or {}
    return {key: claim.get(key, getattr(organisation, key)) for key in keys}


def _checked(session: Session, organisation: Organisation, fields: OrganisationFields) -> OrganisationFields:
    fields, problems = cleaned(fields)
    if "name" in fields:
        taken = organisation_by_name(session, fields["name"])
        problems += [name_is_taken()] if taken and taken.id != organisation.id else []
    if problems:
        raise Invalid(problems)
    return fields


def _changes(organisation: Organisation, fields: OrganisationFields) -> dict[str, Any]:
    before = stated_details(organisation)
    return {key: value for key, value in fields.items() if before[key] != value}


def _apply(session: Session, organisation: Organisation, changes: dict[str, Any]) -> None:
    if organisation.claim is not None:
        organisation.claim = organisation.claim | {key: changes[key] for key in CONTACT if key in changes}
        changes = {key: value for key, value in changes.items() if key not in CONTACT}
    try:
        with session.begin_nested():
            for key, value in changes.items():
                setattr(organisation, key, value)
            if "name" in changes:
                _move(session, organisation)
            session.flush()
    except IntegrityError as error:
        raise Invalid([name_is_taken()]) from error


def _move(session: Session, organisation: Organisation) -> None:
    slug = free_slug(session, organisation.name, of=organisation.id)
    if slug == organisation.slug:
        return
    session.execute(sa.delete(OrganisationSlug).where(OrganisationSlug.slug == slug))
    session.add(OrganisationSlug(slug=organisation.slug, organisation_id=organisation.id))
    organisation.slug = slug
