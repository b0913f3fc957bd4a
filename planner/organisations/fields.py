"""What may be stated of an organisation, and what is wrong with what was stated. Pure."""

from typing import TypedDict

from planner.core.addresses import clean_email, clean_phone, clean_web_address, holds_address
from planner.core.errors import Problem
from planner.core.text import N_, clean_line, clean_text
from planner.data.kommuner import kommuner
from planner.organisations.models import OrganisationKind

NAME_LENGTH = 160
ABOUT_LENGTH = 2_000
RESPONSIBLE_LENGTH = 120


class OrganisationFields(TypedDict, total=False):
    """What its people state of an organisation. ``kommun_code`` is None for one that is the whole county's."""

    name: str
    kind: OrganisationKind
    kommun_code: str | None
    about: str
    website: str
    public_email: str
    public_phone: str
    responsible_name: str


IDENTITY = ("name", "kind", "kommun_code")
"""What coordinators know an organisation by, and what was checked when it was verified."""

CONTACT = ("about", "website", "public_email", "public_phone")
"""What is public of an organisation besides."""


def cleaned(fields: OrganisationFields) -> tuple[OrganisationFields, list[Problem]]:
    """The fields in the form that is stored, and what is wrong with them. Those not given are left alone."""
    clean = fields.copy()
    problems: list[Problem] = []
    if "name" in fields:
        clean["name"] = clean_line(fields["name"])
        problems += _problems_with_name(clean["name"])
    if fields.get("kommun_code") is not None and fields["kommun_code"] not in kommuner():
        problems.append(Problem("kommun_code", N_("Välj en kommun i länet, eller hela länet.")))
    if "about" in fields:
        clean["about"] = clean_text(fields["about"])
        problems += _too_long("about", clean["about"], ABOUT_LENGTH)
    if "responsible_name" in fields:
        clean["responsible_name"] = clean_line(fields["responsible_name"])
        problems += _too_long("responsible_name", clean["responsible_name"], RESPONSIBLE_LENGTH)
        if not clean["responsible_name"]:
            problems.append(Problem("responsible_name", N_("Skriv vem som ansvarar för organisationen här.")))
    return clean, problems + _clean_contact(clean)


def _clean_contact(clean: OrganisationFields) -> list[Problem]:
    problems: list[Problem] = []
    if clean.get("website"):
        try:
            clean["website"] = clean_web_address(clean["website"])
        except ValueError:
            problems.append(Problem("website", N_("Skriv webbplatsens adress, till exempel https://www.forening.se.")))
    if clean.get("public_email"):
        try:
            clean["public_email"] = clean_email(clean["public_email"])
        except ValueError:
            problems.append(Problem("public_email", N_("Skriv en e-postadress, till exempel info@forening.se.")))
    if clean.get("public_phone"):
        try:
            clean["public_phone"] = clean_phone(clean["public_phone"])
        except ValueError:
            problems.append(Problem("public_phone", N_("Skriv ett telefonnummer, till exempel 054-540 00 00.")))
    return problems


def _problems_with_name(name: str) -> list[Problem]:
    if not any(char.isalnum() for char in name):
        return [Problem("name", N_("Skriv organisationens namn."))]
    if holds_address(name):
        return [Problem("name", N_("Skriv namnet utan webbadress eller e-postadress."))]
    return _too_long("name", name, NAME_LENGTH)


def _too_long(field: str, text: str, longest: int) -> list[Problem]:
    if len(text) <= longest:
        return []
    return [Problem(field, N_("Skriv högst %(longest)d tecken."), {"longest": longest})]
