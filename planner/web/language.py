"""The interface language is in the address: ``/en/kalender`` is ``/kalender`` in English; Swedish has no prefix.

The middleware moves the prefix into SCRIPT_NAME, so that ``url_for`` keeps it and no route knows of it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel, gettext
from markupsafe import Markup, escape

from planner.core.text import N_

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"sv": N_("Svenska"), "en": N_("Engelska")}
OWN_NAMES = {"sv": "Svenska", "en": "English"}
DEFAULT = "sv"
IN_A_QUERY = "%!$&'()*+,;=:@/?[]"
"""What may stand in a query as it is, beside letters, digits and what ``quote`` leaves alone (RFC 3986 3.4)."""

babel = Babel()


def init_app(app: Flask) -> None:
    """Read the language from the address and let the templates speak it."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Stockholm")
    babel.init_app(app, locale_selector=current_language)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        current_language=current_language,
        other_languages=other_languages,
        local=local,
        plain=plain,
        in_swedish=in_swedish,
    )
    app.jinja_env.filters.update(translated=translated, said=said)


class LanguagePrefix:
    """WSGI middleware: ``/en/…`` becomes ``/…`` with the language in the environment and the prefix in SCRIPT_NAME."""

    def __init__(self, wsgi_app: "WSGIApplication") -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["planner.root"] = environ.get("SCRIPT_NAME", "")
        environ["planner.language"] = DEFAULT
        first, slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in LANGUAGES and first != DEFAULT:
            environ["planner.language"] = first
            environ["SCRIPT_NAME"] = f"{environ['planner.root']}/{first}"
            environ["PATH_INFO"] = slash + rest
        return self.wsgi_app(environ, start_response)


def current_language() -> str:
    """The interface language of this request, "sv" outside of one."""
    return str(request.environ.get("planner.language", DEFAULT)) if has_request_context() else DEFAULT


def local(path: str) -> str:
    """A path of ours in the language of this page: ``/kalender`` → ``/en/kalender`` on an English page."""
    return f"{request.script_root}{path}"


def plain(path: str) -> str:
    """A path of ours without language: files and feeds, which are the same in every language."""
    return f"{request.environ.get('planner.root', '')}{path}"


def switch_language_url(language: str) -> str:
    """This page, with its query, in another language."""
    prefix = "" if language == DEFAULT else f"/{language}"
    # As it was sent, but for bytes that belong in no address and in no page either.
    query = f"?{quote(request.query_string, safe=IN_A_QUERY)}" if request.query_string else ""
    return f"{request.environ.get('planner.root', '')}{prefix}{quote(request.path)}{query}"


def other_languages() -> list[tuple[str, str, str]]:
    """Code, own name and address of this page, for every language but the present one."""
    return [(code, name, switch_language_url(code)) for code, name in OWN_NAMES.items() if code != current_language()]


def translated(text: object) -> str:
    """A Swedish text of ours in the language of the page, as plain text that the template still escapes."""
    # The catalogue's entry for "" is its own header.
    return str(gettext(str(text))) if str(text) else ""


def said(text: object) -> Markup:
    """What somebody has written, which is Swedish: marked as such on a page in another language (WCAG 3.1.2)."""
    words = Markup("") if text is None else escape(text)
    return Markup("<span{}>{}</span>").format(in_swedish(), words) if words and in_swedish() else words


def in_swedish() -> Markup:
    """The attribute of an element whose whole text somebody has written, for a page in another language."""
    return Markup("") if current_language() == DEFAULT else Markup(' lang="sv"')
