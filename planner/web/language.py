"""The interface language is in the address: ``/en/kalender`` is ``/kalender`` in English; Swedish has no prefix.

The middleware moves the prefix into SCRIPT_NAME, so that ``url_for`` keeps it and no route knows of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel, gettext
from markupsafe import Markup, escape

from planner.core.tongue import Tongue

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True)
class Language:
    """A language that the pages speak (decision 0019)."""

    own_name: str
    locale: str
    """Language and country: what the page says it is in, and how it writes dates and numbers."""
    easy: str = ""
    """Of an easy version, what its catalogue, which holds only what is easier, has after the language."""
    version: str = ""
    """How links tell it from another version of the same language (BCP 47)."""

    @property
    def tag(self) -> str:
        """What the page is in, for whoever reads it aloud or hyphenates it (BCP 47)."""
        return self.locale.partition("_")[0]

    @property
    def hreflang(self) -> str:
        """What links to it say."""
        return self.version or self.tag

    @property
    def catalogue(self) -> str:
        """Babel's name of its catalogue, a folder of ``planner/translations``."""
        return f"{self.tag}@{self.easy}" if self.easy else self.tag

    @property
    def texts(self) -> str:
        """The code of the texts of events that are shown first."""
        return f"{self.tag}-{self.easy}" if self.easy else self.tag


DEFAULT = "sv"
LANGUAGES = {
    DEFAULT: Language("Svenska", "sv_SE"),
    "latt": Language("Lätt svenska", "sv_SE", easy="lattlast", version="sv-simple"),
    "en": Language("English", "en_GB"),
}
"""By the prefix in the address, in the order in which they are offered. A new one is a line here and a catalogue."""
IN_A_QUERY = "%!$&'()*+,;=:@/?[]"
"""What may stand in a query as it is, beside letters, digits and what ``quote`` leaves alone (RFC 3986 3.4)."""

babel = Babel()


def init_app(app: Flask) -> None:
    """Read the language from the address and let the templates speak it."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", LANGUAGES[DEFAULT].catalogue)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Europe/Stockholm")
    babel.init_app(app, locale_selector=lambda: page_language().catalogue)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        page_language=page_language,
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


def current_code() -> str:
    """Which of LANGUAGES this request asks for, Swedish outside of one."""
    return str(request.environ.get("planner.language", DEFAULT)) if has_request_context() else DEFAULT


def page_language() -> Language:
    """The language of this page."""
    return LANGUAGES[current_code()]


def current_language() -> str:
    """What this page is written in, as its ``lang`` says: "sv" in easy Swedish too."""
    return page_language().tag


def text_language() -> str:
    """In which language the texts of an event are shown first: "sv-lattlast" in easy Swedish."""
    return page_language().texts


def page_tongue() -> Tongue:
    """The language of this page, for rooms that know nothing of pages."""
    return Tongue(current_language(), translated, text_language(), prefix_of(current_code()))


def prefix_of(code: str) -> str:
    """What the addresses of a language begin with."""
    return "" if code == DEFAULT else f"/{code}"


def local(path: str) -> str:
    """A path of ours in the language of this page: ``/kalender`` → ``/en/kalender`` on an English page."""
    return f"{request.script_root}{path}"


def plain(path: str) -> str:
    """A path of ours without language: files and feeds, which are the same in every language."""
    return f"{request.environ.get('planner.root', '')}{path}"


def switch_language_url(code: str) -> str:
    """This page, with its query, in another language."""
    # As it was sent, but for bytes that belong in no address and in no page either.
    query = f"?{quote(request.query_string, safe=IN_A_QUERY)}" if request.query_string else ""
    return f"{request.environ.get('planner.root', '')}{prefix_of(code)}{quote(request.path)}{query}"


def other_languages() -> list[tuple[Language, str]]:
    """Every language but that of this page, each with the address of this page in it."""
    return [(language, switch_language_url(code)) for code, language in LANGUAGES.items() if code != current_code()]


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
    return Markup("") if current_language() == LANGUAGES[DEFAULT].tag else Markup(' lang="sv"')
