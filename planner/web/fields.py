"""Form fields: text in, clean typed values out, friendly Swedish messages, what was typed always kept.

Every field has a ``value_typed``: what the macros in ``templates/components/forms.html`` write back into the page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from wtforms import Field, ValidationError
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from planner.core.addresses import clean_email, clean_phone, clean_web_address, shown_phone
from planner.core.clock import parse_clock_time
from planner.core.text import N_, clean_line, clean_text


class Needed:
    """The field must be filled in. Says so with ``message``, or "Fyll i …" and the label."""

    field_flags = {"required": True}

    def __init__(self, message: str = "") -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if field.data not in (None, "", [], False) or field.errors:
            return
        if self.message:
            raise StopValidation(gettext(self.message))
        raise StopValidation(gettext("Fyll i fältet ”%(label)s”.", label=gettext(str(field.label.text))))


class Longest:
    """At most this many characters; says how many there were."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.field_flags = {"longest": length}

    def __call__(self, form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.length:
            raise ValidationError(
                gettext(
                    "Texten får vara högst %(longest)s tecken. Den är %(length)s tecken nu.",
                    longest=self.length,
                    length=length,
                )
            )


class Within:
    """A number from ``lowest`` to ``highest``."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is not None and not self.lowest <= field.data <= self.highest:
            raise ValidationError(
                gettext("Skriv ett tal från %(lowest)s till %(highest)s.", lowest=self.lowest, highest=self.highest)
            )


class _TypedField(Field):  # type: ignore[misc]
    """A one-value field: ``understand`` turns cleaned text into a value or raises ValueError; "" is ``empty``."""

    widget = TextInput()
    empty: Any = ""
    not_understood = N_("Vi förstår inte vad som står i fältet.")

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        self.hint: str = options.pop("hint", "")
        super().__init__(label, validators, **options)

    def understand(self, typed: str) -> Any:
        return typed

    def shown(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist and isinstance(valuelist[0], str) else ""
        self.data = self.empty
        if not typed:
            return
        try:
            self.data = self.understand(typed)
        except ValueError as reason:
            raise ValueError(gettext(self.not_understood)) from reason

    def _value(self) -> str:
        return self.value_typed

    @property
    def value_typed(self) -> str:
        """What to write back into the page: what was typed if it was not understood, else the value."""
        if self.raw_data and self.data == self.empty:
            return str(self.raw_data[0])
        return "" if self.data in (None, "") else self.shown(self.data)


class LineField(_TypedField):
    """One line of clean text; "" when empty."""


class TextField(_TypedField):
    """Several lines of clean text; "" when empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist and isinstance(valuelist[0], str) else ""


class HiddenField(LineField):
    """A value that travels with the form, such as the version that the person started from."""

    is_hidden = True


class PasswordField(_TypedField):
    """A password: taken exactly as typed and never written back."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    @property
    def value_typed(self) -> str:
        return ""


class NumberField(_TypedField):
    """A whole number or None; accepts spaces between thousands."""

    empty = None
    not_understood = N_("Skriv ett helt tal med siffror, till exempel 40.")

    def understand(self, typed: str) -> int:
        return int(typed.replace(" ", ""))


MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_ISO_DAY = re.compile(r"(\d{4})-?(\d{1,2})-?(\d{1,2})")
_SLASHED_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[ ./-](\d{4})")
_WORDED_DAY = re.compile(r"(?:\w+dag(?:en)?\s+)?(?:den\s+)?(\d{1,2})(?:\s*:?[ea])?\s+([a-zåäö]+)\.?\s+(\d{4})")


def parse_day(typed: str) -> date:
    """A day as people write it: 2027-09-21, 20270921, 21/9 2027, 21 september 2027, "tisdag den 21 sep 2027".

    Raises:
        ValueError: not a day with its year.
    """
    typed = typed.strip().casefold()
    if match := _ISO_DAY.fullmatch(typed):
        year, month, day = match.groups()
        return date(int(year), int(month), int(day))
    if match := _SLASHED_DAY.fullmatch(typed):
        day, month, year = match.groups()
        return date(int(year), int(month), int(day))
    if match := _WORDED_DAY.fullmatch(typed):
        day, name, year = match.groups()
        months = [number for number, month in enumerate(MONTHS, 1) if len(name) >= 3 and month.startswith(name)]
        if len(months) == 1:
            return date(int(year), months[0], int(day))
    raise ValueError(f"not a day: {typed!r}")


class DateField(_TypedField):
    """A day or None. Shown as the browser's own date field, unless what was typed is no date."""

    empty = None
    not_understood = N_("Skriv ett datum, till exempel 2027-09-21.")

    def understand(self, typed: str) -> date:
        return parse_day(typed)

    def shown(self, value: date) -> str:
        return value.isoformat()

    @property
    def input_type(self) -> str:
        """A date field cannot show what is no date, so the text stays in a text field until it is mended."""
        return "text" if self.raw_data and self.data is None and self.value_typed else "date"


class ClockTimeField(_TypedField):
    """A clock time or None; accepts 9, 9.30, 09:30, 0930, "kl. 9"."""

    empty = None
    not_understood = N_(
        "Skriv ett klockslag från 00.00 till 23.59, till exempel 9, 18.30 eller 1830. Midnatt skrivs 00.00 och hör till"
        " nästa dag."
    )

    def understand(self, typed: str) -> Any:
        return parse_clock_time(typed)

    def shown(self, value: Any) -> str:
        return f"{value:%H.%M}"


class EmailField(_TypedField):
    """An e-mail address in lower case; "" when empty."""

    not_understood = N_("Skriv en hel e-postadress, till exempel namn@kommun.se.")

    def understand(self, typed: str) -> str:
        return clean_email(typed.replace(" ", ""))


class PhoneField(_TypedField):
    """A telephone number, stored as E.164; "" when empty."""

    not_understood = N_("Skriv telefonnumret med riktnummer, till exempel 054-540 00 00.")

    def understand(self, typed: str) -> str:
        return clean_phone(typed)

    def shown(self, value: str) -> str:
        return shown_phone(value)


class UrlField(_TypedField):
    """A web address that begins with https://; "" when empty. An address without its beginning gets it."""

    not_understood = N_("Skriv en hel webbadress som börjar med https://, till exempel https://kommun.se/demokrati.")

    def understand(self, typed: str) -> str:
        address = clean_web_address(typed)
        if not address.startswith("https://"):
            raise ValueError(f"not a safe address: {typed!r}")
        return address


class TickField(Field):  # type: ignore[misc]
    """A single checkbox: True or False."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        self.hint: str = options.pop("hint", "")
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist) and valuelist[-1] not in ("", "0", "false")


class UploadField(Field):  # type: ignore[misc]
    """A file, as Werkzeug's FileStorage, or None."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        self.hint: str = options.pop("hint", "")
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = next((file for file in valuelist if getattr(file, "filename", "")), None)


Choices = type[StrEnum] | Iterable[tuple[Any, str]] | Mapping[Any, str]


class ChoiceField(Field):  # type: ignore[misc]
    """One of several: a member of the enum given as ``choices``, or a value of (value, label) pairs; None when empty.

    Labels that stand in the form class are ours and translated; those that a view gives later (names of places and
    organisations) are shown as they are. ``blank`` is the label of the empty choice; without it there is none.
    """

    not_understood = N_("Välj ett av alternativen.")
    data: Any

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        self.hint: str = options.pop("hint", "")
        self.blank: str | None = options.pop("blank", None)
        self.choices: Choices = options.pop("choices", ())
        self.own_choices = self.choices
        super().__init__(label, validators, **options)

    def options(self) -> list[tuple[str, str, bool]]:
        """Value, label in the language of the page, and whether it is chosen, for each choice."""
        chosen = self.chosen()
        return [
            (str(value), gettext(label) if self.has_own_choices else label, str(value) in chosen)
            for value, label in _pairs(self.choices)
        ]

    @property
    def has_own_choices(self) -> bool:
        """Whether the labels are ours, rather than what people have written."""
        return self.choices is self.own_choices or isinstance(self.choices, type)

    def chosen(self) -> set[str]:
        return set() if self.data is None else {str(self.data)}

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = None
        if typed:
            self.data = self._value_of(typed)

    def _value_of(self, typed: str) -> Any:
        for value, _label in _pairs(self.choices):
            if str(value) == typed:
                return value
        raise ValueError(gettext(self.not_understood))


class ChoicesField(ChoiceField):
    """Any number of several: a list of enum members or values, in the order of the choices."""

    def chosen(self) -> set[str]:
        return {str(value) for value in self.data or ()}

    def process_formdata(self, valuelist: list[str]) -> None:
        wanted = {typed for typed in valuelist if typed}
        self.data = [value for value, _label in _pairs(self.choices) if str(value) in wanted]
        if wanted - self.chosen():
            raise ValueError(gettext(self.not_understood))


def _pairs(choices: Choices) -> list[tuple[Any, str]]:
    if isinstance(choices, type):
        return [(member, member.label) for member in choices]  # type: ignore[attr-defined]
    return list(choices.items() if isinstance(choices, Mapping) else choices)
