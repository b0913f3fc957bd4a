"""What people type becomes clean values; what cannot be understood is kept and explained."""

from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.datastructures import MultiDict
from wtforms import Field

from planner.core.errors import Problem
from planner.web.fields import (
    ChoiceField,
    ChoicesField,
    ClockTimeField,
    DateField,
    EmailField,
    LineField,
    Longest,
    Needed,
    NumberField,
    PasswordField,
    PhoneField,
    TextField,
    TickField,
    UrlField,
    Within,
    parse_day,
)
from planner.web.forms import Form


class Colour(StrEnum):
    GREEN = "gron"
    BLUE = "bla"

    @property
    def label(self) -> str:
        return {Colour.GREEN: "Grön", Colour.BLUE: "Blå"}[self]


class Everything(Form):
    line: Field = LineField("Rubrik", [Needed(), Longest(10)])
    text: Field = TextField("Text")
    number: Field = NumberField("Antal", [Within(1, 100)])
    day: Field = DateField("Dag")
    clock: Field = ClockTimeField("Tid")
    email: Field = EmailField("E-post")
    phone: Field = PhoneField("Telefon")
    url: Field = UrlField("Webbplats")
    password: Field = PasswordField("Lösenord")
    tick: Field = TickField("Ja", [Needed("Kryssa i rutan.")])
    colour: Field = ChoiceField("Färg", choices=Colour, blank="Välj …")
    colours: Field = ChoicesField("Färger", choices=[(1, "Ett"), (2, "Två")])


def filled(app: Flask, **typed: Any) -> Everything:
    with app.test_request_context():
        form = Everything(formdata=MultiDict(typed), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("line", "  Hej \u200bpå\tdig\r\n", "Hej på dig"),
        ("text", "Rad ett\r\n\r\n\r\n\r\nrad två \x00", "Rad ett\n\nrad två"),
        ("number", "1 00", 100),
        ("number", "", None),
        ("day", "2027-09-21", date(2027, 9, 21)),
        ("day", "", None),
        ("clock", "18.30", time(18, 30)),
        ("clock", "kl. 9", time(9)),
        ("clock", "0930", time(9, 30)),
        ("email", " Anna.Berg@Karlstad.SE ", "anna.berg@karlstad.se"),
        ("phone", "054-540 00 00", "+46545400000"),
        ("phone", "+46 (0)70 123 45 67", "+46701234567"),
        ("phone", "0046 54 540 00 00", "+46545400000"),
        ("url", "karlstad.se/demokrati", "https://karlstad.se/demokrati"),
        ("password", "  mellanslag  spelar roll ", "  mellanslag  spelar roll "),
        ("tick", "1", True),
        ("colour", "gron", Colour.GREEN),
        ("colour", "", None),
    ],
)
def test_a_field_understands(app: Flask, field: str, typed: str, value: object) -> None:
    form = filled(app, **{field: typed})
    assert form[field].data == value
    assert form[field].process_errors == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("number", "några", "Skriv ett helt tal med siffror, till exempel 40."),
        ("number", "101", "Skriv ett tal från 1 till 100."),
        ("day", "31/2 2027", "Skriv ett datum, till exempel 2027-09-21."),
        (
            "clock",
            "24.00",
            "Skriv ett klockslag från 00.00 till 23.59, till exempel 9, 18.30 eller 1830. Midnatt skrivs 00.00 och hör "
            "till nästa dag.",
        ),
        ("email", "anna(at)karlstad", "Skriv en hel e-postadress, till exempel namn@kommun.se."),
        ("phone", "540", "Skriv telefonnumret med riktnummer, till exempel 054-540 00 00."),
        (
            "url",
            "http://karlstad.se",
            "Skriv en hel webbadress som börjar med https://, till exempel https://kommun.se/demokrati.",
        ),
        ("colour", "röd", "Välj ett av alternativen."),
        ("line", "", "Fyll i fältet ”Rubrik”."),
        ("line", "Alldeles för långt", "Texten får vara högst 10 tecken. Den är 18 tecken nu."),
    ],
)
def test_a_field_explains_what_it_did_not_understand_and_keeps_it(
    app: Flask, field: str, typed: str, message: str
) -> None:
    form = filled(app, **{field: typed})
    assert list(form[field].errors) == [message]
    if field != "colour":
        assert form[field].value_typed == typed


def test_a_tick_that_is_needed_says_so_in_its_own_words(app: Flask) -> None:
    assert list(filled(app, line="Hej").tick.errors) == ["Kryssa i rutan."]


def test_a_password_is_never_written_back(app: Flask) -> None:
    assert filled(app, password="hemligt").password.value_typed == ""


def test_several_choices_come_in_the_order_of_the_choices(app: Flask) -> None:
    form = filled(app, colours=["2", "1"])
    assert form.colours.data == [1, 2]
    assert form.colours.options() == [("1", "Ett", True), ("2", "Två", True)]


def test_a_choice_that_is_not_among_them_is_refused_and_the_others_kept(app: Flask) -> None:
    form = filled(app, colours=["2", "9"])
    assert form.colours.data == [2]
    assert list(form.colours.errors) == ["Välj ett av alternativen."]


def test_labels_of_the_form_class_are_translated_and_those_of_the_view_are_not(app: Flask) -> None:
    class Two(Form):
        ours: Field = ChoiceField("", choices=[("ja", "Ja")])
        given: Field = ChoiceField("")

    with app.test_request_context():
        request.environ["planner.language"] = "en"
        form = Two(formdata=None, meta={"csrf": False}, choices={"given": [("1", "Ja")]})
        assert form.ours.options() == [("ja", "Yes", False)]
        assert form.given.options() == [("1", "Ja", False)]


def test_the_choices_of_an_enum_are_its_labels(app: Flask) -> None:
    with app.test_request_context():
        form = Everything(formdata=None, colour=Colour.BLUE, meta={"csrf": False})
        assert form.colour.options() == [("gron", "Grön", False), ("bla", "Blå", True)]


def test_a_date_that_is_no_date_stays_in_a_text_field(app: Flask) -> None:
    assert filled(app, day="den tjugoförsta").day.input_type == "text"
    assert filled(app, day="21/9 2027").day.input_type == "date"
    assert filled(app, day="21/9 2027").day.value_typed == "2027-09-21"


@pytest.mark.parametrize(
    "typed",
    [
        "2027-09-21",
        "20270921",
        "21/9 2027",
        "21.9.2027",
        "21 september 2027",
        "tisdag 21 sep 2027",
        "tisdagen den 21:a September 2027",
    ],
)
def test_a_day_as_people_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2027, 9, 21)


@pytest.mark.parametrize("typed", ["21 september", "21 ma 2027", "2027-02-30", "9/21 2027", "imorgon", "21 j 2027"])
def test_what_is_not_a_day(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for developers
        parse_day(typed)


def test_problems_of_an_action_land_at_their_fields_or_above_the_form(app: Flask) -> None:
    with app.test_request_context():
        form = Everything(formdata=None, meta={"csrf": False})
        form.add_problems(
            [
                Problem("start", "Tiden finns inte den %(day)s.", {"day": "28 mars"}),
                Problem("", "Programmet är stängt."),
                Problem("line", "Rubriken är tagen."),
            ],
            names={"start": "clock"},
        )
    assert form.error_links() == [
        ("", "Programmet är stängt."),
        ("line", "Rubriken är tagen."),
        ("clock", "Tiden finns inte den 28 mars."),
    ]
    assert form.has_errors
