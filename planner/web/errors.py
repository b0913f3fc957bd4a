"""Error pages that say what happened and where to go on."""

from dataclasses import dataclass

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from planner.core.errors import Invalid, NotAllowed, NotFound, StaleVersion
from planner.core.text import N_
from planner.web.keeping import NEVER_KEPT, keep_this_form
from planner.web.language import local
from planner.web.origin import is_from_us


@dataclass(frozen=True)
class Explanation:
    """What an error page says: the heading, and what to do."""

    heading: str
    text: str


EXPLANATIONS = {
    400: Explanation(
        N_("Vi förstod inte adressen eller formuläret"),
        N_("Något i adressen eller i det som skickades var fel. Gå tillbaka och försök igen."),
    ),
    403: Explanation(
        N_("Du har inte behörighet hit"),
        N_(
            "Sidan hör till en annan organisation eller till samordnarna. Behöver du komma åt den? Fråga den som bjöd"
            " in dig."
        ),
    ),
    404: Explanation(
        N_("Sidan finns inte"),
        N_("Adressen kan vara felskriven, eller så är sidan borttagen. Allt som är publicerat hittar du i kalendern."),
    ),
    405: Explanation(
        N_("Så kan sidan inte användas"),
        N_("Sidan går inte att öppna direkt. Börja om från kalendern eller din arbetsyta."),
    ),
    409: Explanation(
        N_("Någon annan hann spara före dig"),
        N_("Inget har skrivits över. Gå tillbaka, kopiera det du skrev, ladda om sidan och lägg in det igen."),
    ),
    413: Explanation(
        N_("Filen är för stor"),
        N_("En fil får vara högst 8 megabyte. Välj en mindre fil och försök igen."),
    ),
    414: Explanation(
        N_("Adressen är för lång"),
        N_("En adress får ha högst 8 000 tecken. Välj färre filter, eller börja om från kalendern."),
    ),
    422: Explanation(
        N_("Det gick inte ihop"),
        N_("Det som skickades går inte att spara så som det är. Gå tillbaka och ändra det."),
    ),
    429: Explanation(
        N_("Det blev för många försök"),
        N_("Vänta en stund och försök sedan igen. Spärren skyddar alla som använder webbplatsen."),
    ),
    500: Explanation(
        N_("Något gick fel hos oss"),
        N_("Felet är loggat. Försök igen om en stund. Det du sparade tidigare finns kvar."),
    ),
}


def init_app(app: Flask) -> None:
    """Answer every refusal and every failure with a page."""
    app.register_error_handler(NotAllowed, lambda _error: error_page(403))
    app.register_error_handler(NotFound, lambda _error: error_page(404))
    app.register_error_handler(StaleVersion, lambda _error: error_page(409))
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CSRFError, _token_missing)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, lambda _error: error_page(500))


def error_page(status: int, problems: tuple[str, ...] = ()) -> Response:
    """The page for a status, the same for everybody: it asks neither the session nor the database."""
    g.is_error_page = True
    explanation = EXPLANATIONS[status]
    page = render_template("errors/error.html", status=status, explanation=explanation, problems=problems)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    status = error.code if error.code in EXPLANATIONS else 500 if error.code >= 500 else 400
    response = error_page(status)
    response.status_code = error.code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _invalid(error: Invalid) -> Response:
    """A refusal that no form caught: say what was wrong."""
    from_address = request.method in ("GET", "HEAD")
    problems = tuple(gettext(problem.message, **problem.values) for problem in error.problems)
    return error_page(400 if from_address else 422, problems)


def _token_missing(_error: CSRFError) -> WerkzeugResponse:
    """The session has ended since the form was opened: what was typed waits, or is offered once more.

    Only to somebody who comes from a page of ours; a form that another site posts is simply refused.
    """
    if not is_from_us():
        return error_page(400)
    kept_at = keep_this_form()
    if kept_at:
        return redirect(local(kept_at), 303)
    g.is_error_page = True
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in NEVER_KEPT]
    return make_response(render_template("errors/try_again.html", kept=kept), 400)
