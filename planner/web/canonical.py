"""The one address under which search engines and shared links shall know a public page, in each language.

That is its path, without what the address asks for: a filter shows a part of the same list, and of filters there are
more than anybody wants to read (decision 0017). Only another edition is another programme.
"""

from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, request

from planner.core.site import Site
from planner.web.language import DEFAULT, LANGUAGES, current_code, prefix_of
from planner.web.visits import is_for_everybody

EDITION = "upplaga"
BY_EDITION = ("/kalender", "/nytt")
"""Where another edition makes it another page."""


def init_app(app: Flask) -> None:
    """Let the head of every page name them."""
    words = {"canonical_url": canonical_url, "language_versions": language_versions, "public_url": public_url}
    app.jinja_env.globals.update(words)


def canonical_url(language: str = "") -> str:
    """The absolute address of this page in a language (its own), "" for a page that is not everybody's or an error."""
    if g.get("is_error_page", False) or request.url_rule is None or not is_for_everybody():
        return ""
    edition = request.args.get(EDITION) if request.path in BY_EDITION else None
    return public_url(quote(request.path), language) + (f"?{urlencode({EDITION: edition})}" if edition else "")


def language_versions() -> list[tuple[str, str]]:
    """Language code and address of this page in each language, last what to take for all others; none if private."""
    versions = [(language.hreflang, canonical_url(code)) for code, language in LANGUAGES.items()]
    return [*versions, ("x-default", canonical_url(DEFAULT))] if versions[0][1] else []


def public_url(path: str, language: str = "") -> str:
    """A path of ours with the host before it, in a language (that of the page)."""
    site: Site = current_app.config["SITE"]
    return f"{site.public_url}{prefix_of(language or current_code())}{path}"
