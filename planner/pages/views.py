"""Pages of text. They are the same for everybody, and change only with the code."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WerkzeugResponse

from planner.core.clock import utc_now
from planner.editions.queries import public_editions
from planner.pages import samples
from planner.pages.actions import report_barrier
from planner.pages.forms import BarrierForm, form_with_errors, plain_form, two_versions
from planner.pages.statements import STATEMENT
from planner.web.access import Level, access
from planner.web.caching import MAX_AGE
from planner.web.database import db
from planner.web.language import DEFAULT, LANGUAGES, current_code, current_language, local, prefix_of
from planner.web.limits import limiter
from planner.web.paging import Page
from planner.web.static_files import static_url

blueprint = Blueprint("pages", __name__)

PRIVATE = ("arbetsyta", "samordning", "konto", "svar", "mitt-program/ny", "om/design")
FILTERED = ("kalender?*", "nytt?*", "prenumerera?*", "visa-pa-er-webbplats?*")
"""With the star that the rule would do without: some parsers drop an empty query, and would bar /kalender.ics too."""


def _page(name: str, **values: Any) -> str:
    """A page that is written whole in each language; what is no easier in easy Swedish is the Swedish one."""
    return render_template(
        [f"pages/{code}/{name}.html" for code in (current_code(), DEFAULT)],
        operator=current_app.config["OPERATOR"],
        operator_email=current_app.config["OPERATOR_EMAIL"],
        **values,
    )


@blueprint.get("/om")
@access(Level.ANYONE)
def about() -> str:
    """What the week is, and whose."""
    return _page("about")


@blueprint.get("/oppna-data")
@access(Level.ANYONE)
def open_data() -> str:
    """In which shapes the programme can be fetched, how, and on which terms."""
    return _page("open_data", site_address=current_app.config["SITE"].public_url)


@blueprint.get("/tillganglighet")
@access(Level.ANYONE)
def accessibility() -> str:
    """The tillgänglighetsredogörelse."""
    return _page("accessibility", statement=STATEMENT, site_address=current_app.config["SITE"].public_url)


@blueprint.get("/integritet")
@access(Level.ANYONE)
def privacy() -> str:
    """What happens to personal data, and which cookies there are."""
    return _page(
        "privacy",
        session_cookie=current_app.config["SESSION_COOKIE_NAME"],
        programme_cookie=current_app.config["PROGRAMME_COOKIE"],
    )


@blueprint.get("/tillganglighet/hinder")
@access(Level.VISITOR)
def barrier() -> str:
    """The form for telling of a barrier, without saying who one is."""
    return render_template("pages/barrier.html", form=BarrierForm())


@blueprint.post("/tillganglighet/hinder")
@access(Level.VISITOR)
@limiter.limit("5 per minute; 20 per hour")
def report() -> WerkzeugResponse | tuple[str, int]:
    """Send the report on."""
    form = BarrierForm()
    if not form.validate():
        return render_template("pages/barrier.html", form=form), 422
    report_barrier(
        db.session(),
        form.what.data,
        where=form.where.data,
        reply_to=form.email.data,
        operator_email=current_app.config["OPERATOR_EMAIL"],
        now=utc_now(),
    )
    db.session.commit()
    return redirect(url_for("pages.thanks"), 303)


@blueprint.get("/tillganglighet/hinder/tack")
@access(Level.ANYONE)
def thanks() -> str:
    """The report has been sent."""
    return render_template("pages/barrier_thanks.html")


@blueprint.get("/om/design")
@access(Level.ANYONE)
def design() -> str:
    """Every component in every state, for those who build; its programme is made up and not for the public."""
    if current_app.config["PRODUCTION"]:
        abort(404)
    return render_template(
        "pages/design.html",
        occurrences=samples.occurrences(),
        hosts=samples.HOSTS,
        facts=samples.FACTS,
        differences=two_versions(),
        plain=plain_form(),
        failed=form_with_errors(),
        page=Page(number=5, size=20, total=230),
    )


@blueprint.get("/utan-nat.js")
@access(Level.ANYONE)
def offline_worker() -> Response:
    """What shows a kept page without a network. A browser asks for it only after its visitor has (decision 0020)."""
    source = (Path(current_app.static_folder or "") / "offline" / "worker.js").read_text(encoding="utf-8")
    headers = {
        "Cache-Control": f"public, max-age={MAX_AGE}",
        # A worker fetches under the policy that it came with.
        "Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    }
    return Response(source, mimetype="text/javascript", headers=headers)


@blueprint.get("/utan-nat.webmanifest")
@access(Level.ANYONE)
def offline_manifest() -> Response:
    """What a browser that installs the pages calls them, and where it begins, in the language of the address."""
    icons = [("any", "favicon.svg", "image/svg+xml"), *((f"{n}x{n}", f"icon-{n}.png", "image/png") for n in (192, 512))]
    manifest = {
        "name": "Demokrativeckan",
        "short_name": "Demokrati",
        "description": _("Programmet för Demokrativeckan i Värmland"),
        "lang": current_language(),
        "id": "/",
        "start_url": local("/mitt-program"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fdf8f0",
        "theme_color": "#0c3b30",
        "icons": [{"src": static_url(f"img/{name}"), "sizes": sizes, "type": kind} for sizes, name, kind in icons],
    }
    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    return Response(json.dumps(manifest), mimetype="application/manifest+json", headers=headers)


@blueprint.get("/robots.txt")
@access(Level.ANYONE)
def robots() -> Response:
    """What search engines may read: everything that is public, nothing that belongs to a visit or is made up.

    Nor any filter, of which there are more than anybody wants to read: the lists lead to everything, and so does the
    map of the site. Feeds stay open, narrowed as one likes: Google's calendar asks here before it follows one
    (decision 0017). Programmes of earlier weeks are pages of their own.
    """
    editions = [f"/kalender?upplaga={edition.slug}$" for edition in public_editions(db.session())]
    lines = ["User-agent: *"]
    for prefix in map(prefix_of, LANGUAGES):
        lines += [f"Allow: {prefix}{address}" for address in editions]
        lines += [f"Disallow: {prefix}/{path}" for path in (*PRIVATE, *FILTERED)]
    lines += ["", f"Sitemap: {current_app.config['SITE'].public_url}/sitemap.xml"]
    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    return Response("\n".join(lines) + "\n", mimetype="text/plain", headers=headers)
