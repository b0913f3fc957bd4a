"""What may be stated of an organisation."""

from typing import Any

import pytest

from planner.organisations.fields import cleaned


@pytest.mark.parametrize(
    "name",
    [
        "FUB Karlstad",
        "Länsstyrelsen Värmland & Region Värmland, i samverkan",
        "Kils kommun",
        "Eda kommun",
        "Å",
        "Föreningen för Å, Ä och Ö i Årjängs, Säffles och Hammarös kommuner " + "ö" * 93,
    ],
)
def test_names_with_commas_ampersands_and_swedish_letters_will_do(name: str) -> None:
    assert (len(name) <= 160, cleaned({"name": name})) == (True, ({"name": name}, []))


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"name": ""}, [("name", "Skriv organisationens namn.")]),
        ({"name": "…"}, [("name", "Skriv organisationens namn.")]),
        ({"name": "Köp på www.evil.se"}, [("name", "Skriv namnet utan webbadress eller e-postadress.")]),
        ({"name": "info@evil.se"}, [("name", "Skriv namnet utan webbadress eller e-postadress.")]),
        ({"name": "å" * 161}, [("name", "Skriv högst 160 tecken.")]),
        ({"kommun_code": "0180"}, [("kommun_code", "Välj en kommun i länet, eller hela länet.")]),
        ({"about": "a" * 2001}, [("about", "Skriv högst 2000 tecken.")]),
        ({"responsible_name": " "}, [("responsible_name", "Skriv vem som ansvarar för organisationen här.")]),
        (
            {"website": "javascript:alert(1)"},
            [("website", "Skriv webbplatsens adress, till exempel https://www.forening.se.")],
        ),
        ({"public_email": "info"}, [("public_email", "Skriv en e-postadress, till exempel info@forening.se.")]),
        ({"public_phone": "växeln"}, [("public_phone", "Skriv ett telefonnummer, till exempel 054-540 00 00.")]),
        (
            {"name": "", "public_email": "x"},
            [
                ("name", "Skriv organisationens namn."),
                ("public_email", "Skriv en e-postadress, till exempel info@forening.se."),
            ],
        ),
    ],
)
def test_what_will_not_do_is_said_at_its_field(fields: Any, problems: list[tuple[str, str]]) -> None:
    assert [(problem.field, problem.text) for problem in cleaned(fields)[1]] == problems


def test_fields_are_stored_clean_and_those_not_given_are_left_alone() -> None:
    stated, problems = cleaned(
        {
            "name": "  FUB\u200b \n Karlstad ",
            "about": "Rad ett\r\n\r\n\r\n\r\nrad två  ",
            "website": "www.fub.se",
            "public_email": "Info@FUB.se",
            "public_phone": "054-540 00 00",
            "kommun_code": None,
        }
    )

    assert problems == []
    assert stated == {
        "name": "FUB Karlstad",
        "about": "Rad ett\n\nrad två",
        "website": "https://www.fub.se",
        "public_email": "info@fub.se",
        "public_phone": "+46545400000",
        "kommun_code": None,
    }
