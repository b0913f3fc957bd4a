"""The base of every form: what people type becomes clean values, or a friendly message at the field.

Labels, hints and choices are Swedish texts marked with ``N_``, translated when they are shown. A field that cannot be
understood keeps what was typed. ``Form.add_problems`` puts what an action refused with at the field it names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from flask import Flask, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import Field

from planner.core.errors import Problem
from planner.web.fields import Choices

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Refuse every POST without a token, whether it comes from a form class or from a single button."""
    # A form left open overnight must still be accepted: the token lives as long as the session does.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)


def takes_no_token(view: View) -> View:
    """Let a view take POSTs from pages that are the same for everybody, where a token would need a cookie.

    Only for what does nothing to the visitor, whoever has them post it, and as much the second time as the first.
    """
    csrf.exempt(view)
    return view


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose errors can come from its fields and from an action alike.

    ``choices`` maps fields to choices that are known only when the page is asked for: they must be there before what
    was typed is read.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A POST without a single field is an empty form, not an untouched one."""
            wrapped = super().wrap_formdata(form, formdata)
            if wrapped is None and formdata is not None and request.method == "POST":
                return ImmutableMultiDict()
            return wrapped

        def get_translations(self, form: Any) -> None:
            """WTForms' own catalogue is not used: every message is ours."""
            return

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **options: Any) -> None:
        self.given_choices = dict(choices or {})
        super().__init__(*args, **options)

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was typed, now that every field knows its choices."""
        for name, offered in self.given_choices.items():
            self[name].choices = offered
        super().process(*args, **options)

    def add_problems(self, problems: Iterable[Problem], names: Mapping[str, str] | None = None) -> None:
        """Show each problem at its field, or above the form when it has none. ``names`` maps the action's to ours."""
        for problem in problems:
            name = (names or {}).get(problem.field, problem.field)
            self.add_error(name, gettext(problem.message, **problem.values))

    def add_error(self, name: str, message: str) -> None:
        """Show an already translated message at a field, or above the form when there is no such field."""
        field = self._fields.get(name)
        if field is None or name == "csrf_token":
            self.form_errors.append(message)
        elif message not in field.errors:
            field.errors = [*field.errors, message]

    def error_links(self) -> list[tuple[str, str]]:
        """Every error as (id of the field to go to, or "", message), in the order of the form."""
        return [("", message) for message in self.form_errors] + list(_errors_of(self))

    @property
    def has_errors(self) -> bool:
        return bool(self.error_links())


def _errors_of(fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if hasattr(field, "entries") or hasattr(field, "form"):  # a list of fields, or a form inside the form
            yield from _errors_of(field)
            yield from ((field.id, error) for error in field.errors if isinstance(error, str))
        else:
            yield from ((field.id, error) for error in field.errors)
