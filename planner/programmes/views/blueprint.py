"""The blueprint that the pages of Mitt program share: how its forms are protected, and how it is found.

No session stands behind these pages, so no form of theirs carries a token of one. What protects them instead, and why
that is enough, is told in docs/decisions/0013-mitt-program.md.
"""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from planner.core.errors import NotFound
from planner.core.site import Site
from planner.core.subscription import Subscription
from planner.events.queries import organisers_of
from planner.programmes.models import Programme
from planner.programmes.queries import programme_by_token
from planner.programmes.rules import is_like_a_token, is_offered
from planner.web.database import db
from planner.web.errors import error_page
from planner.web.forms import csrf
from planner.web.origin import is_from_elsewhere
from planner.web.qr import qr_in_page
from planner.web.titles import title_of

blueprint = Blueprint("programmes", __name__)
csrf.exempt(blueprint)


@blueprint.before_request
def only_our_own_forms() -> Response | None:
    """What the browser says that another site has sent is refused, harmless as it would be."""
    return error_page(400) if request.method == "POST" and is_from_elsewhere() else None


@blueprint.url_value_preprocessor
def only_tokens(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Whatever no token of ours ever looked like leads nowhere, before any database is asked."""
    token = (values or {}).get("token")
    if token is not None and not is_like_a_token(token):
        raise NotFound


@blueprint.errorhandler(NotFound)
def dead_address(_error: NotFound) -> Response:
    """A programme that was forgotten, got another address, or never was: nobody is told which."""
    return make_response(render_template("programmes/dead_address.html"), 404)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the templates know."""
    return {"name_of": name_of, "title_of": title_of, "organisers_of": organisers_of, "is_offered": is_offered}


def name_of(programme: Programme) -> str:
    """What the person calls it, or what every programme is called."""
    return programme.name or _("Mitt program")


def programme_at(token: str) -> Programme:
    """The programme at this address.

    Raises:
        NotFound: there is none.
    """
    found = programme_by_token(db.session(), token)
    if found is None:
        raise NotFound
    return found


def public_address(endpoint: str, token: str) -> str:
    """The whole address of a page with a secret, as it is copied, drawn and handed on."""
    site: Site = current_app.config["SITE"]
    return f"{site.public_url}{url_for(endpoint, token=token)}"


def drawn(address: str) -> Markup:
    """The address as a QR code, for a telephone beside this screen."""
    return qr_in_page(address, _("QR-kod med adressen"))


def calendar_of(programme: Programme, token: str, *, is_shared: bool = False) -> Subscription:
    """A programme's calendar to follow, at an address that is the same in every language."""
    site: Site = current_app.config["SITE"]
    address = f"{site.public_url}/mitt-program/{'delat/' if is_shared else ''}{token}.ics"
    return Subscription(address, f"{programme.name or 'Mitt program'} – Demokrativeckan")
