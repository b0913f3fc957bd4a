"""The register of organisations that the product begins with: the county's, and those of the programmes of 2015–2026.

They are unclaimed until somebody registers them. Sources: planner/data/CREDITS.md.
"""

import csv
from datetime import datetime
from importlib.resources import files

import sqlalchemy as sa
from sqlalchemy.orm import Session

from planner.core.text import slugify
from planner.organisations.models import Organisation, OrganisationKind, Standing

_DETAILS = {
    "studieförbund": OrganisationKind.STUDY_ASSOCIATION,
    "bibliotek": OrganisationKind.LIBRARY,
    "gymnasieskola": OrganisationKind.SCHOOL,
    "folkhögskola": OrganisationKind.SCHOOL,
    "högskola": OrganisationKind.UNIVERSITY,
    "universitet": OrganisationKind.UNIVERSITY,
    "trossamfund": OrganisationKind.FAITH_COMMUNITY,
    "företag": OrganisationKind.COMPANY,
    "tidning": OrganisationKind.COMPANY,
    "lokal tv-kanal": OrganisationKind.COMPANY,
    "statlig": OrganisationKind.STATE_AGENCY,
    "riksdagen": OrganisationKind.STATE_AGENCY,
}
_KINDS = {
    "kommun": OrganisationKind.KOMMUN,
    "länsstyrelse": OrganisationKind.STATE_AGENCY,
    "region": OrganisationKind.REGION,
    "förening/folkbildning": OrganisationKind.ASSOCIATION,
}


def ensure_register(session: Session, *, now: datetime) -> int:
    """Add the organisations of the shipped file that are not in the register yet; returns how many were added."""
    names = set(session.scalars(sa.select(Organisation.name)))
    slugs = set(session.scalars(sa.select(Organisation.slug)))
    added = 0
    with (files("planner.data") / "organisations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            slug = slugify(row["name"])
            if row["name"] in names or slug in slugs:
                continue
            session.add(
                Organisation(
                    slug=slug,
                    name=row["name"],
                    kind=_kind(row["kind"], row["kind_detail"]),
                    kommun_code=row["kommun"] or None,
                    website=row["website"].replace("http://", "https://", 1),
                    standing=Standing.UNCLAIMED,
                    created_at=now,
                )
            )
            added += 1
    session.flush()
    return added


def _kind(kind: str, detail: str) -> OrganisationKind:
    """The kind by its detail where that says more ("kommun, bibliotek"), else by the file's own five kinds."""
    if kind in ("länsstyrelse", "region"):
        return _KINDS[kind]
    for word, found in _DETAILS.items():
        if detail.startswith(word):
            return found
    return _KINDS.get(kind, OrganisationKind.OTHER)
