"""Pages of text. They are the same for everybody, and change only with the code."""

from flask import Blueprint, Response, render_template

from planner.pages import samples
from planner.pages.statements import accessibility_statement
from planner.web.access import Level, access
from planner.web.paging import Page

blueprint = Blueprint("pages", __name__)


@blueprint.get("/om")
@access(Level.ANYONE)
def about() -> str:
    """What the week is, and whose."""
    return render_template("pages/about.html")


@blueprint.get("/tillganglighet")
@access(Level.ANYONE)
def accessibility() -> str:
    """The tillgänglighetsredogörelse."""
    return render_template("pages/accessibility.html", statement=accessibility_statement())


@blueprint.get("/integritet")
@access(Level.ANYONE)
def privacy() -> str:
    """What happens to personal data, and which cookies there are."""
    return render_template("pages/privacy.html")


@blueprint.get("/om/design")
@access(Level.ANYONE)
def design() -> str:
    """Every component in every state."""
    return render_template(
        "pages/design.html",
        occurrences=samples.occurrences(),
        hosts=samples.HOSTS,
        facts=samples.FACTS,
        plain=samples.plain_form(),
        failed=samples.form_with_errors(),
        page=Page(number=5, size=20, total=230),
    )


@blueprint.get("/robots.txt")
@access(Level.ANYONE)
def robots() -> Response:
    """What search engines may read: everything that is public, nothing that belongs to a visit."""
    private = (
        "/arbetsyta",
        "/samordning",
        "/konto",
        "/svar",
        "/en/arbetsyta",
        "/en/samordning",
        "/en/konto",
        "/en/svar",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
